import json
import random
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from salesdocs.case.fit import fit
from salesdocs.case.load import SCHEMA, load_case, read_case
from salesdocs.case.model import Case
from salesdocs.case.problems import UNKNOWN_REFERENCE, problem
from salesdocs.case.source import read_source
from salesdocs.errors import CaseError
from salesdocs.findings import has_errors

SAMPLE = Path(__file__).parents[2] / "examples" / "mes" / "case.yaml"
HEAD = f"schema: {SCHEMA}\n"


def findings_of(text, company=None, **more):
    data = None if company is None else company.encode()
    try:
        return read_case(text.encode(), "case.yaml", data, **more).findings
    except CaseError as error:
        return tuple(error.findings)


def told(findings):
    return [(each.rule, each.path, each.line, each.column) for each in findings]


# ---- any model


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


def only_known(value, info):
    if value not in info.context:
        raise problem(UNKNOWN_REFERENCE, f"没有 {value}", f"no {value}", "看看编号", "see the ids")
    return value


def entered(value, info):
    info.context.append(value)
    return value


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Row(Strict):
    id: Annotated[str, BeforeValidator(entered)] = ""
    amount: Decimal | None = None
    colour: Colour | None = None


class Terms(Strict):
    rows: tuple[Row, ...] = ()
    notes: list[str] = []


class Deal(Strict):
    terms: Terms = Terms()
    team: dict[str, Row] = {}
    from_: int | None = Field(default=None, alias="from")
    main: Annotated[str, BeforeValidator(only_known)] | None = None


def misfits(text, **more):
    source = read_source(text.encode(), "deal.yaml")
    fitted = fit(Deal, source.tree, list, **more)
    return fitted.value, fitted.misfits


@pytest.mark.parametrize(
    ("text", "loc", "rule", "message", "hint"),
    [
        ("tems: {}", ("tems",), "CASE-02", "unknown key tems", "did you mean terms?"),
        (
            "terms: {colour: red}",
            ("terms", "colour"),
            "CASE-02",
            "unknown key colour",
            "the key belongs to team[], terms.rows[]; check the indentation",
        ),
        ("团队: {}", ("团队",), "CASE-02", "unknown key 团队", "did you mean team?"),
        ("行: {}", ("行",), "CASE-02", "unknown key 行", "did you mean terms?"),
        (
            "terms: rows：x",
            ("terms",),
            "CASE-03",
            "expected a block of `key: value`, got the text rows：x",
            "write an ASCII colon and a space: `rows: `",
        ),
        (
            "terms: {notes: 甲，乙}",
            ("terms", "notes"),
            "CASE-03",
            "expected a list, got the text 甲，乙",
            "write `[甲, 乙]`",
        ),
        (
            "terms: [a]",
            ("terms",),
            "CASE-03",
            "expected a block of `key: value`, got a list",
            "remove the `- ` before the lines",
        ),
        (
            "terms: {notes: [{a: b}]}",
            ("terms", "notes", 0),
            "CASE-03",
            "expected one value, got a block of `key: value`",
            "",
        ),
        (
            "terms: {rows: [{colour: gren}]}",
            ("terms", "rows", 0, "colour"),
            "CASE-04",
            "gren is not an option",
            "did you mean green? one of: red, green",
        ),
        (
            "terms: {rows: [{amount: 十}]}",
            ("terms", "rows", 0, "amount"),
            "CASE-05",
            "expected a number, got the text 十",
            "",
        ),
        ("from: x", ("from",), "CASE-05", "expected a whole number, got the text x", ""),
        ("main: x", ("main",), "CASE-06", "no x", "see the ids"),
    ],
)
def test_each_kind_of_misfit_says_what_to_do(text, loc, rule, message, hint):
    value, (misfit,) = misfits(text, labels={"terms": "行"})
    assert (misfit.loc, misfit.rule) == (loc, rule)
    assert (misfit.message.en, misfit.hint.en) == (message, hint)
    assert misfit.message.zh and bool(misfit.hint.zh) == bool(hint)
    assert value is not None


def test_a_row_that_is_wrong_does_not_make_references_to_it_wrong():
    text = "terms: {rows: [{id: R-1, amount: x}, {id: R-2}]}\nmain: R-1"
    value, found = misfits(text)
    assert [each.loc for each in found] == [("terms", "rows", 0, "amount")]
    assert value.main == "R-1" and value.terms.rows[1].id == "R-2"


def test_references_into_a_part_that_could_not_be_read_are_not_accused():
    assert misfits("main: R-1", whole=False) == (Deal(), [])


def test_the_tree_given_stays_as_it_was():
    tree = {"from": "x"}
    fit(Deal, tree, list)
    assert tree == {"from": "x"}


# ---- cases


def test_the_sample_case_loads_without_a_finding():
    loaded = load_case(SAMPLE)
    assert isinstance(loaded.case, Case) and loaded.findings == ()
    assert loaded.sound() is loaded.case
    assert load_case(SAMPLE.parent).case == loaded.case
    file, (line, column) = loaded.place("contract.payments[0].share")
    text = SAMPLE.read_text("utf-8").split("\n")[line - 1]
    assert file == str(SAMPLE) and text[column - 1 :].startswith("0.30, event: effective")


def test_problems_of_writing_and_of_meaning_come_out_together_in_the_order_of_the_file():
    text = HEAD + (
        "meta：\n"
        "  stage: 七\n"
        "  no: 1\n"
        "team: {p1: {name: 甲, role: techh}}\n"
        "lead: {recorded_by: p1, primary_contact: c9}\n"
        "contract:\n"
        "  warrenty: {}\n"
        "  payments: [{id: P-01, shrae: 0.3}]\n"
    )
    assert told(findings_of(text)) == [
        ("SRC-14", "", 2, 5),
        ("CASE-04", "meta.stage", 3, 10),
        ("SRC-10", "meta", 4, 3),
        ("CASE-04", "team.p1.role", 5, 28),
        ("CASE-06", "lead.primary_contact", 6, 42),
        ("CASE-02", "contract.warrenty", 8, 3),
        ("CASE-02", "contract.payments[0].shrae", 9, 25),
    ]


def test_a_case_with_a_wrong_value_is_there_without_it_but_is_not_sound():
    loaded = read_case((HEAD + "meta: {title: 甲, stage: 七}").encode(), "case.yaml")
    assert loaded.case.meta.title == "甲"
    assert loaded.case.meta.stage is None
    with pytest.raises(CaseError) as caught:
        loaded.sound()
    assert caught.value.findings == list(loaded.findings)


def test_a_case_that_cannot_be_read_whole_is_refused_with_all_findings():
    with pytest.raises(CaseError) as caught:
        read_case((HEAD + "team: {p1: {name: 甲}\nlead: {recorded_by: p1, x: y}").encode(), "c")
    assert [each.rule for each in caught.value.findings] == ["SRC-19", "CASE-02"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("meta: {title: 甲}", "the schema version is missing"),
        ("schema: salesdocs/case@2\nmeta: {}", "salesdocs/case@2 is not supported"),
        ("schema: 1\nmeta: {}", "not that of a case"),
        ("schema: {a: b}\nmeta: {}", "not that of a case"),
    ],
)
def test_the_version_of_the_schema_is_checked_once(text, words):
    (finding,) = findings_of(text)
    assert finding.rule == "CASE-01" and words in finding.message.en


def test_labels_of_the_catalogue_lead_to_the_key():
    (finding,) = findings_of(HEAD + "contract: {标的额: 1}", labels={"contract.amount": "标的额"})
    assert finding.hint.en == "did you mean amount?"


# ---- the company file

COMPANY = "supplier:\n  name: 乙方\n  bank: {name: 甲行, account: '18'}\nteam: {p1: {name: 甲}}\n"


def test_the_company_fills_what_the_case_does_not_state():
    text = HEAD + "supplier: {bank: {name: 丙行}}\nlead: {recorded_by: p1}\n"
    loaded = read_case(text.encode(), "case.yaml", COMPANY.encode())
    assert loaded.findings == ()
    assert loaded.case.supplier.name == "乙方"
    assert loaded.case.supplier.bank.name == "丙行"
    assert loaded.case.supplier.bank.account is None
    assert loaded.case.lead.recorded_by.name == "甲"
    assert loaded.place("supplier.name") == ("company.yaml", (2, 9))
    assert loaded.place("supplier.bank.name") == ("case.yaml", (2, 25))


def test_problems_of_the_company_file_name_that_file():
    company = "supplier:\n  nam: 乙方\n  vat_status: genral\nteam: [p1]\npolicy: {}\nno: 1\n"
    found = findings_of(HEAD + "meta: {stage: 七}", company)
    assert [(each.file, each.rule, each.line) for each in found] == [
        ("case.yaml", "CASE-04", 2),
        ("company.yaml", "CASE-02", 2),
        ("company.yaml", "CASE-04", 3),
        ("company.yaml", "CASE-03", 4),
        ("company.yaml", "CASE-02", 5),
        ("company.yaml", "SRC-10", 6),
    ]


def test_the_nearest_company_file_above_the_case_counts(tmp_path, monkeypatch):
    folder = tmp_path / "deals" / "mes"
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text(HEAD + "meta: {title: 甲}", "utf-8")
    (tmp_path / "company.yaml").write_text("supplier: {name: 远}", "utf-8")
    assert load_case(folder).case.supplier.name == "远"
    (tmp_path / "deals" / "company.yaml").write_text("supplier: {name: 近}", "utf-8")
    monkeypatch.chdir(folder)
    loaded = load_case("case.yaml")
    assert loaded.case.supplier.name == "近"
    assert loaded.company.name == str(Path("..") / "company.yaml")


def test_a_file_that_is_not_there_is_a_finding(tmp_path):
    with pytest.raises(CaseError) as caught:
        load_case(tmp_path / "none.yaml")
    assert caught.value.findings[0].rule == "SRC-23"


# ---- laws


@given(st.binary(max_size=120), st.binary(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_a_case_or_findings(data, company):
    try:
        loaded = read_case(data, "case.yaml", company)
    except CaseError as error:
        assert has_errors(error.findings)
    else:
        assert isinstance(loaded.case, Case)


BLOCKS = [name for name in Case.model_fields if name != "schema_"]
scraps = st.sampled_from(["p1", "x", "0.3", "2025-07-08", "", "通过", "\u3000", "1e999", "９９"])
scrap_trees = st.recursive(
    scraps,
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", "date", "items", "by", "a"]), below)
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(BLOCKS), scrap_trees, max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_tree_gives_a_case_and_findings_at_places_of_the_file(tree):
    text = json.dumps({"schema": SCHEMA, **tree}, ensure_ascii=False, indent=1)
    try:
        loaded = read_case(text.encode(), "case.yaml")
    except CaseError as error:
        found = error.findings
    else:
        found = loaded.findings
    lines = text.split("\n")
    for finding in found:
        assert 1 <= finding.line <= len(lines)
        assert lines[finding.line - 1][finding.column - 1] in '"[{'
        assert finding.message.zh and finding.message.en


def test_the_sample_with_any_value_replaced_is_explained():
    lines = SAMPLE.read_text("utf-8").split("\n")
    dice = random.Random(11)
    for _ in range(25):
        at = dice.randrange(len(lines))
        words = lines[at].split(": ")
        words[-1] = dice.choice(["x", "[x]", "{x: y}", "[[x]]", "12", "无", ""])
        changed = [*lines[:at], ": ".join(words), *lines[at + 1 :]]
        for finding in findings_of("\n".join(changed)):
            assert finding.line and finding.message.zh
