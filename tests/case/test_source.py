import codecs
import random
import re
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from salesdocs.case import source as module
from salesdocs.case.decode import MOST_BYTES
from salesdocs.case.path import loc_of, path_of
from salesdocs.case.source import Place, read_source

SAMPLE = Path(__file__).parents[2] / "examples" / "mes" / "case.yaml"


def read(text):
    return read_source(text.encode(), "case.yaml")


def told(source):
    return [(each.rule, each.line, each.column) for each in source.findings]


def leaves(tree, loc=()):
    if isinstance(tree, dict):
        for key, below in tree.items():
            yield from leaves(below, (*loc, key))
    elif isinstance(tree, list):
        for index, below in enumerate(tree):
            yield from leaves(below, (*loc, index))
    else:
        yield loc, tree


# ---- values


@pytest.mark.parametrize(
    "text",
    [
        "0571",
        "1.10",
        "12:30",
        "1e5",
        "91330000123456789E",
        "yes",
        "no",
        "2025-07-08",
        "0.30",
        "0x1F",
    ],
)
def test_a_value_is_the_text_as_written(text):
    assert read(f"a: {text}").tree == {"a": text}


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_an_unquoted_nothing_is_none_and_a_quoted_one_is_text(text):
    assert read(f"a: {text}\nb: '{text}'").tree == {"a": None, "b": text}


def test_texts_of_every_style_keep_their_lines():
    source = read("a: |\n  一\n  二\nb: >-\n  c\n  d\ne: 'f''g'\nh: \"i\\nj\"\n")
    assert source.tree == {"a": "一\n二\n", "b": "c d", "e": "f'g", "h": "i\nj"}


def test_the_sample_case_reads_as_pyyaml_reads_it_and_nothing_is_wrong_with_it():
    def without_nothing(tree):
        if isinstance(tree, dict):
            return {key: without_nothing(below) for key, below in tree.items()}
        if isinstance(tree, list):
            return [without_nothing(below) for below in tree]
        return None if tree in ("", "null") else tree

    data = SAMPLE.read_bytes()
    source = read_source(data, "case.yaml")
    assert source.findings == () and source.whole
    assert source.tree == without_nothing(yaml.load(data, Loader=yaml.BaseLoader))


def test_line_ends_and_a_byte_order_mark_make_no_difference():
    text = "a: 一\nb:\n  - c\n"
    for other in (codecs.BOM_UTF8 + text.encode(), text.replace("\n", "\r\n").encode()):
        source = read_source(other, "case.yaml")
        assert source.tree == {"a": "一", "b": ["c"]}
        assert source.findings == ()
        assert source.place("b[0]") == (3, 5)


# ---- what is wrong, and where

WRONG = [
    pytest.param("客户：x", [("SRC-14", 1, 3)], id="only-a-full-width-colon"),
    pytest.param("a: 1\n客户：x\nb: {}", [("SRC-14", 2, 3)], id="full-width-colon"),
    pytest.param("m:\n  title：x\n  stage: 1", [("SRC-14", 2, 8)], id="full-width-colon-inside"),
    pytest.param(
        "m：\n  a：b\n  客户：x\n  d: e\nf: {x：y}",
        [("SRC-14", 1, 2), ("SRC-14", 2, 4), ("SRC-14", 3, 5), ("SRC-14", 5, 6)],
        id="many-full-width-colons",
    ),
    pytest.param(
        "m:\n  a: 铄恒\n    stage：1", [("SRC-14", 3, 10)], id="swallowed-by-the-line-above"
    ),
    pytest.param("m:\n- name：x\n", [("SRC-14", 2, 7)], id="full-width-colon-in-a-row"),
    pytest.param("schema:x\nb: c", [("SRC-14", 1, 7)], id="no-space-after-the-colon"),
    pytest.param("a: {b:c, d: e}", [("SRC-14", 1, 6)], id="no-space-in-braces"),
    pytest.param("a:{b: c}\nd: e", [("SRC-14", 1, 2)], id="no-space-before-braces"),
    pytest.param("a: {b: c，d: e}", [("SRC-15", 1, 9)], id="full-width-comma-in-braces"),
    pytest.param("a: [p1, p2］\nb: c", [("SRC-15", 1, 11)], id="full-width-bracket-closes"),
    pytest.param("a: ｛b：c｝", [("SRC-15", 1, 4)], id="full-width-braces"),
    pytest.param("a: [p1，p3]", [("SRC-15", 1, 5)], id="full-width-comma-in-a-list"),
    pytest.param("a:\n\tb: c\n\td: e", [("SRC-16", 2, 1)], id="tabs"),
    pytest.param("a: “x: y”", [("SRC-17", 1, 4)], id="chinese-quotes-around-a-colon"),
    pytest.param("a: “x”", [("SRC-17", 1, 4)], id="chinese-quotes-around-a-text"),
    pytest.param("“a”: x", [("SRC-17", 1, 1)], id="chinese-quotes-around-a-key"),
    pytest.param("b: 1\na: 'x\n", [("SRC-18", 2, 4)], id="quote-never-closed"),
    pytest.param('a: "x\nb: "y"\nc: d', [("SRC-18", 1, 4)], id="quote-closed-by-the-next"),
    pytest.param("a: [1, 2\nb: 3", [("SRC-19", 1, 4)], id="bracket-never-closed"),
    pytest.param("a: {b: c\nd: e", [("SRC-19", 1, 4)], id="brace-never-closed"),
    pytest.param("a:\n  - b\n c: d", [("SRC-20", 3, 2)], id="indentation"),
    pytest.param("a: b\nc\nd: e", [("SRC-21", 2, 1)], id="no-colon"),
    pytest.param("a: b: c", [("SRC-21", 1, 5)], id="second-colon"),
    pytest.param("a: @x", [("SRC-21", 1, 4)], id="at-sign"),
    pytest.param('a: "b" c', [("SRC-21", 1, 4)], id="text-after-quotes"),
    pytest.param('a: "C:\\U8"', [("SRC-21", 1, 4)], id="bad-escape"),
    pytest.param("a: | b", [("SRC-21", 1, 4)], id="text-after-a-bar"),
    pytest.param("a: 1\nb: {c: 1, c: 2}\na: 2", [("SRC-09", 2, 11), ("SRC-09", 3, 1)], id="twice"),
    pytest.param("no: 1\nOn: 2", [("SRC-10", 1, 1), ("SRC-10", 2, 1)], id="boolean-keys"),
    pytest.param("1: a\n~: b", [("SRC-11", 1, 1), ("SRC-11", 2, 1)], id="keys-that-are-no-words"),
    pytest.param("? [a, {b: c}]\n: d\n", [("SRC-11", 1, 3)], id="list-as-key"),
    pytest.param("a: &b [c]\nd: *b", [("SRC-12", 1, 4), ("SRC-12", 2, 4)], id="anchor-and-alias"),
    pytest.param("a: {<<: *b, c: d}", [("SRC-12", 1, 5)], id="merge-key"),
    pytest.param("a: *重要*", [("SRC-12", 1, 4)], id="star"),
    pytest.param("a: !!python/object/apply:os.system [ls]", [("SRC-13", 1, 4)], id="python-tag"),
    pytest.param("a: !x y", [("SRC-13", 1, 4)], id="own-tag"),
    pytest.param("a: b\n---\nc: d", [("SRC-07", 2, 1)], id="second-document"),
    pytest.param("", [("SRC-05", 1, 1)], id="empty"),
    pytest.param("# nothing\n", [("SRC-05", 1, 1)], id="only-comments"),
    pytest.param("\n- a\n- b", [("SRC-06", 2, 1)], id="list-at-the-top"),
    pytest.param("a text", [("SRC-06", 1, 1)], id="text-at-the-top"),
    pytest.param('a: "\\x01"\nb: c\x07d', [("SRC-04", 1, 4), ("SRC-04", 2, 5)], id="control"),
    pytest.param("a: b\u2028c", [("SRC-04", 1, 5)], id="line-separator"),
    pytest.param('a: "\\uFFFE"', [("SRC-04", 1, 4)], id="noncharacter"),
    pytest.param("a: b\u200bc\u202ed", [("SRC-22", 1, 5)], id="invisible"),
    pytest.param("a: " + "[" * 60, [("SRC-08", 1, 53)], id="too-deep"),
]


@pytest.mark.parametrize("parser", ["c", "python"])
@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_a_mistake_is_reported_once_at_its_place(text, expected, parser, monkeypatch):
    if parser == "python":
        monkeypatch.setattr(module, "_Parser", module._PythonParser)
    source = read(text)
    assert told(source) == expected
    for finding in source.findings:
        assert finding.file == "case.yaml"
        assert finding.message.zh and finding.message.en
        assert not re.search("[一-鿿]", finding.message.en.split(": `")[0].split("the key")[0])


def test_mistakes_of_different_kinds_all_come_out_in_one_run():
    source = read("客户：x\nb: [1,,2]\nno: y\nc: “d: e”\nf: @g\nh:\n\ti: j\nk: {l: 1, l: 2}\n")
    assert [rule for rule, _, _ in told(source)] == [
        "SRC-14",
        "SRC-19",
        "SRC-10",
        "SRC-17",
        "SRC-21",
        "SRC-16",
        "SRC-09",
    ]
    assert not source.whole


def test_what_was_meant_is_read_so_that_the_rest_can_be_checked():
    source = read("m：\n  a：一\n  b: {c: d，e: f}\n\tg: “h: i”\n")
    assert source.tree == {"m": {"a": "一", "b": {"c": "d", "e": "f"}, "g": "h: i"}}
    assert source.whole
    assert source.place("m.b.e") == (3, 15)
    assert source.place("m.a") == (2, 5)


@pytest.mark.parametrize(
    "text",
    [
        "note: 说明：见附件，含税",
        "note: |\n  说明：见附件\n  name：x\nb: c",
        "list: [甲方（含子公司），乙方, 丙方]",
        "list:\n  - 说明：见附件\n  - 价格：面议，另行约定",
        'quoted: "“全引”"',
        "part: “智造”一期",
        "list: ['甲，乙']",
        "url: http://example.com",
        "N-01: {30/70: a}",
    ],
)
def test_ordinary_text_with_chinese_punctuation_is_left_alone(text):
    assert read(text).findings == ()


def test_a_duplicate_names_both_places_and_the_first_one_counts():
    source = read("a:\n  b: 1\n  b: 2\n")
    (finding,) = source.findings
    assert source.tree == {"a": {"b": "1"}}
    assert "第 2 行第 3 列" in finding.message.zh and finding.path == "a.b"


def test_the_broken_line_is_quoted():
    (finding,) = read("a: b\nc: [1, 2\n").findings
    assert "`c: [1, 2`" in finding.message.zh


# ---- files that are no case


@pytest.mark.parametrize(
    ("data", "rule", "words"),
    [
        (b"PK\x03\x04 [Content_Types].xml word/document.xml", "SRC-02", "a Word file"),
        (b"PK\x03\x04 xl/workbook.xml", "SRC-02", "an Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "SRC-02", "an old Word"),
        (b"%PDF-1.7", "SRC-02", "a PDF file"),
        (bytes(range(32)) * 4, "SRC-02", "a binary file"),
        (b"a: " + b"x" * MOST_BYTES, "SRC-01", "too large"),
        (b"a: [" + b"1," * 400_000, "SRC-01", "too large"),
        ("a: 一\nb: 二".encode() + b"\xff", "SRC-03", "not UTF-8"),
    ],
    ids=["docx", "xlsx", "doc", "pdf", "binary", "big", "many-values", "one-bad-byte"],
)
def test_a_file_that_is_no_case_is_refused_in_one_sentence(data, rule, words):
    source = read_source(data, "case.yaml")
    (finding,) = source.findings
    assert finding.rule == rule and words in finding.message.en
    assert source.tree == {} and not source.whole


@pytest.mark.parametrize(
    ("encoding", "known"),
    [("gbk", "GBK"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16-LE"), ("utf-32", "UTF-32")],
)
def test_another_encoding_is_named_and_the_text_is_read_all_the_same(encoding, known):
    source = read_source("schema: x\n客户: 宁波铄恒\nno: 1\n".encode(encoding), "case.yaml")
    assert told(source) == [("SRC-03", 1, 1), ("SRC-10", 3, 1)]
    assert known in source.findings[0].message.en
    assert source.tree["客户"] == "宁波铄恒"


def test_a_flood_of_problems_is_cut_short():
    source = read("\n".join(f"{n}: x" for n in range(1000)))
    assert len(source.findings) == module.MOST_FINDINGS + 1
    assert source.findings[-1].rule == "SRC-24"


@pytest.mark.parametrize(
    "text",
    [
        "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 50)),
        "[" * 1_000_000,
        "{" * 1_000_000,
        "- " * 1_000_000,
        "? " * 500_000,
        "a: " * 500_000,
        "&a " * 500_000,
        '"' + "a\n" * 500_000,
        "客户：x\n" * 20_000,
        "a：b\n" * 20_000,
        "a: [\n" * 20_000,
        "“" * 300_000,
        "a" * 1_000_000 + ":",
        "\t\n" * 300_000,
        "<<: *a\n" * 20_000,
        ": " * 100_000,
    ],
    ids=lambda text: text[:8].strip(),
)
def test_a_hostile_file_is_refused_quickly(text):
    start = time.process_time()
    assert read(text).findings
    assert time.process_time() - start < 3


# ---- places


def test_a_place_is_that_of_the_value_and_a_key_place_that_of_the_key():
    source = read("a:\n  b: [c, {d: e}]\n  'f': g\n")
    assert source.place("a.b[1].d") == (2, 14)
    assert source.key_place("a.b[1].d") == (2, 11)
    assert source.place(("a", "b", 1)) == source.key_place("a.b[1]") == (2, 10)
    assert source.key_place("a.f") == (3, 3)


def test_a_missing_path_has_the_place_of_its_nearest_parent():
    source = read("a:\n  b: [c]\n")
    assert source.place("a.x.y") == source.place("a")
    assert source.place("a.b[7]") == source.place("a.b") == (2, 6)
    assert source.place("z") == Place(1, 1)


def test_every_value_of_the_sample_begins_at_its_place():
    text = SAMPLE.read_text("utf-8")
    source = read_source(text.encode(), "case.yaml")
    lines = text.split("\n")
    for loc, value in leaves(source.tree):
        line, column = source.place(loc)
        if value:
            assert lines[line - 1][column - 1 :].lstrip("\"'").startswith(value)
        if isinstance(loc[-1], str):
            line, column = source.key_place(loc)
            assert lines[line - 1][column - 1 :].startswith(loc[-1])


# ---- laws

letters = st.characters(
    exclude_categories=["Cs", "Cc"],
    exclude_characters="\u2028\u2029\u200b\u2060\ufeff\ufffe\uffff"
    + "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])),
)
values = st.one_of(
    st.none(),
    st.text(letters, max_size=12),
    st.text(st.sampled_from("：，“”｛［a1 :-#*&!|>'\"{}[]%@`\n\t"), max_size=8),
)
words = st.from_regex(r"[a-z][a-z_0-9]{1,6}", fullmatch=True).filter(
    lambda word: word not in ("yes", "no", "on", "off", "true", "false", "null")
)
keys = st.one_of(words, st.text(letters, min_size=1, max_size=6))
trees = st.dictionaries(
    keys,
    st.recursive(
        values,
        lambda below: st.lists(below, max_size=3) | st.dictionaries(keys, below, max_size=3),
        max_leaves=8,
    ),
    min_size=1,
    max_size=4,
)


class _QuotingDumper(yaml.SafeDumper):
    """Writes every text in double or single quotes, as other programs do."""


def _quoted(dumper, text):
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


_QuotingDumper.add_representer(str, _quoted)


@given(trees, st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_tree_written_as_yaml_reads_back_equal(tree, flow):
    text = yaml.dump(
        tree, Dumper=_QuotingDumper, allow_unicode=True, default_flow_style=flow, width=10_000
    )
    source = read(text)
    assert source.findings == () and source.whole
    assert source.tree == tree
    lines = text.split("\n")
    for loc, value in leaves(tree):
        line, column = source.place(loc)
        if value is not None:
            assert lines[line - 1][column - 1] == '"'


FRAGMENTS = [
    *"：，“”[]{}:-#*&!|>'\"%@`\t\n ?,",
    *("a: b\n", "  c：d\n", "- ", "客户", ": ", "\n  ", "null", "<<", "---\n", "\x00", "\ufeff"),
]


def _bounded(data):
    start = time.process_time()
    source = read_source(data, "case.yaml")
    assert time.process_time() - start < 2
    assert isinstance(source.tree, dict)
    assert source.findings or source.whole
    for finding in source.findings:
        assert finding.text("zh") and finding.text("en") and "\0" not in finding.path
        source.place(finding.path)
    return source


@given(st.binary(max_size=200))
@example(b"\xff\xfe\x00")
@example(b"\xff\xfea\x00\n")
@settings(max_examples=80, deadline=None)
def test_any_bytes_give_findings_or_a_tree(data):
    _bounded(data)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_heap_of_yaml_signs_gives_findings_or_a_tree(text):
    source = _bounded(text.encode())
    # Of a stray byte order mark the two parsers of PyYAML think differently; it is warned of.
    if any(each.severity == "error" or each.rule == "SRC-22" for each in source.findings):
        return
    mine = source.tree
    theirs = yaml.load(text, Loader=yaml.BaseLoader)
    assert set(mine) == set(theirs)


def test_the_sample_damaged_anywhere_gives_findings_or_a_tree():
    data = SAMPLE.read_bytes()
    dice = random.Random(7)
    for _ in range(12):
        at = dice.randrange(len(data))
        _bounded(data[:at] + dice.choice(["：“”\t\"'[]{}，\n"][0]).encode() + data[at + 1 :])


@given(
    st.lists(st.one_of(st.integers(0, 99), st.text(min_size=0, max_size=6)), max_size=5).map(tuple)
)
def test_a_path_names_its_keys_and_indexes(loc):
    assert loc_of(path_of(loc)) == loc
