"""Laws first: what is not changed stays byte for byte, and reading back gives exactly the change."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.case.edit import append_block, set_value, written
from salesdocs.case.path import Loc, path_of
from salesdocs.case.source import Tree, read_source
from salesdocs.errors import CaseError
from salesdocs.findings import has_errors
from tests import world

STYLES = """\
# above everything

schema: salesdocs/case@1   # the version
meta: {case_no: XM-2025-0037, title: '铄恒精密 MES 一期项目', stage: "1", owner: p1}  # flow
blank:          # nothing yet
customer:

  name:    宁波铄恒精密机械有限公司   # spaces before the name
  note: |  # a text of lines
    第一行
    第二行

  # between two keys
  folded: >-
    一行
    折起来
  long: 一段
    接着写
  tags: [a, 'b', "c d",
         e]   # over two lines
rows:
  - {id: N-01, name: 甲}     # first
  # a remark between rows
  - id: N-02
    name: 乙
    empty:
  - 丙
last: {a: , b}
# below everything
"""
TEXTS = {
    "styles": STYLES,
    "smallest": world.SMALLEST,
    "sample": world.SAMPLE.read_text(encoding="utf-8"),
}
FORMS = {
    "lf": lambda text: text.encode(),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "no last line end": lambda text: text.rstrip("\n").encode(),
}
FIT = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co"))
VALUES = st.none() | st.text(FIT, max_size=20) | st.sampled_from(
    ["2", "null", "~", "", "yes", "0571", "a: b", "a #b", "# c", "- d", "{e", "f，g", "甲：乙", "“丙”",
     "'", '"', "\\", "a\nb", " c", "d ", "*e", "&f", "!g", "%h", "@i", "`j", "?", "-", ":", "key:"]
)  # fmt: skip


def values_in(tree: Tree, loc: Loc = ()) -> list[Loc]:
    """Return the places of all values that are no block and no list."""
    if isinstance(tree, dict):
        return [place for key, below in tree.items() for place in values_in(below, (*loc, key))]
    if isinstance(tree, list):
        return [place for i, below in enumerate(tree) for place in values_in(below, (*loc, i))]
    return [loc]


def blocks_in(tree: Tree, loc: Loc = ()) -> list[Loc]:
    """Return the places of all blocks that have a key, the whole file among them."""
    pairs = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree if isinstance(tree, list) else ())
    )
    below = [place for key, part in pairs for place in blocks_in(part, (*loc, key))]
    return [loc, *below] if isinstance(tree, dict) and tree else below


def changed(tree: Tree, loc: Loc, value: str | None) -> Tree:
    """Return the tree with another value at a place."""
    tree = deepcopy(tree)
    here: Any = tree
    for part in loc[:-1]:
        here = here[part]
    here[loc[-1]] = value
    return tree


def remarks(data: bytes) -> list[str]:
    """Return the comments of a text in which `#` begins nothing else, in order."""
    lines = data.decode("utf-8-sig").splitlines()
    return [line[line.index("#") :] for line in lines if "#" in line]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", TEXTS)
@given(draw=st.data(), value=VALUES)
def test_a_changed_value_is_the_only_change(
    name: str, form: str, draw: st.DataObject, value: str | None
) -> None:
    data = FORMS[form](TEXTS[name])
    before = read_source(data, "case.yaml")
    loc = draw.draw(st.sampled_from(values_in(before.tree)))
    edited = set_value(data, path_of(loc), value)
    after = read_source(edited, "case.yaml")
    assert after.tree == changed(before.tree, loc, value)
    assert not has_errors(list(after.findings))
    only_the_lines_at(data, edited, before.place(loc).line, loc)
    if name == "styles" and "#" not in (value or ""):
        assert remarks(edited) == remarks(data)


def only_the_lines_at(data: bytes, edited: bytes, line: int, loc: Loc) -> None:
    """Check that before the line of a value, and behind the value, all bytes are the same."""
    was, now = data.splitlines(keepends=True), edited.splitlines(keepends=True)
    assert now[: line - 1] == was[: line - 1]
    extent = read_source(data, "").extents[loc]
    last = extent.end.line - (extent.end.column == 1)
    rest = was[last:]
    assert now[len(now) - len(rest) :] == rest
    assert len(now) - len(rest) >= line


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", TEXTS)
@given(draw=st.data(), value=VALUES)
def test_a_new_key_is_the_only_change(
    name: str, form: str, draw: st.DataObject, value: str | None
) -> None:
    data = FORMS[form](TEXTS[name])
    before = read_source(data, "case.yaml")
    loc = (*draw.draw(st.sampled_from(blocks_in(before.tree))), "new_key")
    edited = set_value(data, path_of(loc), value)
    after = read_source(edited, "case.yaml")
    assert after.tree == changed(before.tree, loc, value)
    lost = set(data.splitlines()) - set(edited.splitlines())
    assert len(lost) <= 1
    if name == "styles" and "#" not in (value or ""):
        assert remarks(edited) == remarks(data)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", TEXTS)
@given(key=st.from_regex(r"[a-z]{8}", fullmatch=True), value=VALUES)
def test_lines_at_the_end_leave_all_before_them(
    name: str, form: str, key: str, value: str | None
) -> None:
    data = FORMS[form](TEXTS[name])
    block = f"# 说明\n{key}:\n  a: {written(value)}   # 值\n"
    edited = append_block(data, block)
    before = read_source(data, "case.yaml").tree
    assert edited.startswith(data)
    assert read_source(edited, "case.yaml").tree == {**before, key: {"a": value}}
    newline = b"\r\n" if form == "crlf" else b"\n"
    assert edited[len(data) :].lstrip(b"\r\n") == block.encode().replace(b"\n", newline)


# -- examples ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "path", "value", "now"),
    [
        ("meta: {stage: 1, owner: p1} # k\n", "meta.stage", "2", "meta: {stage: 2, owner: p1} # k\n"),
        ('stage: "1"\n', "stage", "2", 'stage: "2"\n'),
        ("stage: '1'\n", "stage", "it's", "stage: 'it''s'\n"),
        ("due:   # 期限\n", "due", "2025-07-08", "due: 2025-07-08   # 期限\n"),
        ("note: |  # 说明\n  一\n  二\n\nb: 1\n", "note", "三", "note: 三  # 说明\n\nb: 1\n"),
        ("a: x\n", "a", "价格：八折", 'a: "价格：八折"\n'),
        ("a: x\n", "a", None, "a: null\n"),
        ("a:\n  - x\n  -\n", "a[1]", "y", "a:\n  - x\n  - y\n"),
        ("a: {b: 1}\nc: 2\n", "a.d", "3", "a: {b: 1, d: 3}\nc: 2\n"),
        ("a:\n  b: 1  # 一\n# 尾\nc: 2\n", "a.d", "3", "a:\n  b: 1  # 一\n  d: 3\n# 尾\nc: 2\n"),
        ("a:\n- b: 1\n- c: 2", "a[1].d", "3", "a:\n- b: 1\n- c: 2\n  d: 3"),
    ],
)  # fmt: skip
def test_what_comes_out_reads_like_what_was_there(
    was: str, path: str, value: str | None, now: str
) -> None:
    assert set_value(was.encode(), path, value).decode() == now


def test_lines_at_the_end_are_indented_like_the_file() -> None:
    assert append_block(b"  a: 1", "# c\n\nb:\n  d: 2\n") == b"  a: 1\n  # c\n\n  b:\n    d: 2\n"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param("a: {b: 1}\n", "a", id="a block"),
        pytest.param("a: [1]\n", "a", id="a list"),
        pytest.param("a: 1\n", "b.c", id="no block around it"),
        pytest.param("a: 1\n", "a.c", id="inside a value"),
        pytest.param("a: [1]\n", "a[1]", id="no such row"),
        pytest.param("a: 1\n", "", id="the whole file"),
    ],
)
def test_where_no_value_can_stand_none_is_written(text: str, path: str) -> None:
    with pytest.raises(CaseError) as raised:
        set_value(text.encode(), path, "2")
    (finding,) = raised.value.findings
    assert finding.rule == "CASE-08"
    assert finding.line == 1


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        pytest.param("a: 甲\n".encode("gbk"), "SRC-03", id="GBK"),
        pytest.param(b"a: 1\na: 2\n", "SRC-09", id="twice"),
        pytest.param("a：1\nb: 2\n".encode(), "SRC-14", id="full-width colon"),
        pytest.param(b"", "SRC-05", id="empty"),
    ],
)
def test_a_file_with_errors_is_not_changed(data: bytes, rule: str) -> None:
    for change in (lambda: set_value(data, "a", "2"), lambda: append_block(data, "c: 1\n")):
        with pytest.raises(CaseError) as raised:
            change()
        assert rule in [finding.rule for finding in raised.value.findings]


def test_what_no_document_can_hold_is_not_written() -> None:
    with pytest.raises(CaseError) as raised:
        set_value(b"a: 1\n", "a", "\x07")
    assert [finding.rule for finding in raised.value.findings] == ["SRC-04"]


@pytest.mark.parametrize(
    ("text", "block"),
    [
        pytest.param("{a: 1}\n", "b: 2\n", id="braces around all"),
        pytest.param("a: 1\n", "a: 2\n", id="a key that is there"),
        pytest.param("a: 1\n...\n", "b: 2\n", id="an end of the document"),
        pytest.param("a: |\n  text", "b: 2\n", id="a text without end"),
    ],
)
def test_where_no_lines_can_follow_none_are_written(text: str, block: str) -> None:
    with pytest.raises(CaseError):
        append_block(text.encode(), block)
