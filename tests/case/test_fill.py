"""Many values into a case file: where they come to stand, and what stays."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesdocs.case.fill import block_lines, fill_in
from salesdocs.case.path import loc_of
from salesdocs.case.source import read_source
from salesdocs.errors import CaseError

CASE = """\
schema: salesdocs/case@1
meta: {case_no: XM-1, tags: [a, b]}   # remark
customer:
  name: 甲   # 名称
  industry:
  credit: {}
  note: null  # later
  lines:
    - one
    - two
contacts:
  c1: {name: 何, title: 总}
aftersales:
  visits:
    - id: V-1
      usage: |
        long text
        more

    - {id: V-2}
  surveys: []
lead:
"""


def filled(values: dict[str, Any], case: str = CASE) -> str:
    return fill_in(case.encode(), {loc_of(path): value for path, value in values.items()}).decode()


def changes(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:3] not in ("---", "+++") and line[:2] != "@@"]


PLACES = [
    ({"customer.name": "乙"}, ["-  name: 甲   # 名称", "+  name: 乙   # 名称"]),
    ({"customer.industry.code": "C34"}, ["+    code: C34"]),
    ({"customer.credit.status": "正常"}, ["-  credit: {}", "+  credit:", "+    status: 正常"]),
    ({"customer.note.x": "1"}, ["-  note: null  # later", "+  note:  # later", "+    x: 1"]),
    ({"customer.lines": ["one", "2", "3"]}, ["-    - two", "+    - 2", "+    - 3"]),
    (
        {"contacts.c1.mobile": "138", "contacts.c2.name": "陈"},
        [
            "-  c1: {name: 何, title: 总}",
            "+  c1: {name: 何, title: 总, mobile: 138}",
            "+  c2:",
            "+    name: 陈",
        ],
    ),
    (
        {"meta.tags": ["a", "c"]},
        [
            "-meta: {case_no: XM-1, tags: [a, b]}   # remark",
            "+meta: {case_no: XM-1, tags: [a, c]}   # remark",
        ],
    ),
    (
        {"aftersales.visits[2].id": "V-3", "aftersales.visits[2].usage": "a: b\n# c"},
        ["+    - id: V-3", "+      usage: |-", "+        a: b", "+        # c"],
    ),
    (
        {"aftersales.visits[0].problem": "p", "aftersales.visits[1].problem": "q"},
        ["+      problem: p", "-    - {id: V-2}", "+    - {id: V-2, problem: q}"],
    ),
    (
        {"lead.owner": "p1", "acceptance.final.date": "2025-01-01"},
        ["+  owner: p1", "+acceptance:", "+  final:", "+    date: 2025-01-01"],
    ),
]


@pytest.mark.parametrize(("values", "expected"), PLACES)
def test_values_come_to_stand_where_one_would_write_them(
    values: dict[str, Any], expected: list[str]
) -> None:
    assert changes(CASE, filled(values)) == expected


@pytest.mark.parametrize("end", ["\r\n", "\n"], ids=["windows", "unix"])
def test_line_ends_stay_what_they_were(end: str) -> None:
    case = CASE.replace("\n", end)
    after = filled({"lead.owner": "p1"}, case)
    assert after == f"{case}  owner: p1{end}"


def test_a_last_line_without_an_end_keeps_none() -> None:
    assert filled({"lead.owner": "p1"}, CASE.rstrip("\n")).endswith("lead:\n  owner: p1")


def test_all_values_together_give_what_they_give_one_by_one() -> None:
    everything: dict[str, Any] = {}
    for values, _ in PLACES:
        everything |= values
    after = filled(everything)
    one_by_one = CASE
    for values, _ in PLACES:
        one_by_one = filled(values, one_by_one)
    assert read_source(after.encode(), "x").tree == read_source(one_by_one.encode(), "x").tree


@pytest.mark.parametrize(
    "values",
    [{"customer.lines": ["one"]}, {"customer.name": "\x07"}],
    ids=["a shorter list", "a control character"],
)
def test_what_cannot_be_written_is_told_and_nothing_is_changed(values: dict[str, Any]) -> None:
    with pytest.raises(CaseError):
        filled(values)


PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]),
    min_size=1, max_size=30,
)  # fmt: skip
TREES = st.recursive(
    PLAIN | st.builds("\n".join, st.lists(PLAIN, min_size=2, max_size=3)),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(
            st.from_regex(r"[a-z]{1,5}", fullmatch=True), inner, min_size=1, max_size=3
        )
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(tree=TREES)
def test_what_is_written_as_lines_reads_back_the_same(tree: Any) -> None:
    text = "schema: salesdocs/case@1\n" + "\n".join(block_lines("key", tree)) + "\n"
    source = read_source(text.encode(), "x")
    errors = [each for each in source.findings if each.severity == "error"]
    assert errors or source.tree["key"] == tree


@settings(max_examples=60, deadline=None)
@given(text=PLAIN)
def test_any_text_written_into_a_file_is_read_back(text: str) -> None:
    try:
        after = filled({"customer.phone": text, "contacts.c1.wechat": text})
    except CaseError:
        return
    tree = read_source(after.encode(), "x").tree
    assert tree["customer"]["phone"] == text
    assert tree["contacts"]["c1"]["wechat"] == text
