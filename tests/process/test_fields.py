"""The field catalogue: complete, readable, and right about who may see what and when it is due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.case.load import read_case
from salesdocs.case.model import Case
from salesdocs.case.model.base import Block, Row
from salesdocs.case.model.scalars import _FLAGS
from salesdocs.case.paths import PathInfo, pattern_of, resolve_type, walk_paths
from salesdocs.case.source import _BOOLEANS
from salesdocs.errors import LibraryError
from salesdocs.process.fields import (
    AUDIENCES,
    Catalogue,
    missing_values,
    read_fields,
    strip,
)
from tests import world

ROOT = Path(__file__).parents[2]


def read_blocks() -> dict[str, Any]:
    return {
        path.stem: yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        for path in sorted((ROOT / "templates/fields").glob("*.yaml"))
    }


BLOCKS = read_blocks()
HOUSE = read_fields(BLOCKS)


LOADED = read_case((ROOT / "examples/mes/case.yaml").read_bytes(), "case.yaml")
TREE: Any = LOADED.tree
SAMPLE = LOADED.sound()


def entry(**changes: Any) -> dict[str, Any]:
    return {"zh": "字段", "en": "Field", "audience": "customer", "stage": 1, "by": "SR"} | changes


def catalogue(**entries: dict[str, Any]) -> Catalogue:
    """Return a catalogue of `a__b=…` → `a.b` and `rows___x=…` → `rows[].x`."""
    return read_fields(
        {"some": {name.replace("___", "[].").replace("__", "."): e for name, e in entries.items()}}
    )


# ---- the catalogue and the model ----

MODEL = {info.path: info for info in walk_paths()}
OF_THE_CASE = [path for path in HOUSE if path.partition(".")[0] != "document"]


def row_kinds(info: PathInfo) -> tuple[type, ...]:
    """Return the kinds of rows or blocks a path holds, one or many."""
    rows = resolve_type(f"{info.path}[]") if info.kind == "list" else info
    return rows.owners if rows else ()


def test_catalogue_and_model_are_the_same_set_of_paths() -> None:
    assert sorted(set(MODEL) - set(OF_THE_CASE)) == []
    assert sorted(set(OF_THE_CASE) - set(MODEL)) == []


def test_no_field_that_people_write_has_a_name_that_yaml_takes_for_yes_or_no() -> None:
    stated = [path for path in OF_THE_CASE if not HOUSE[path].computed]
    assert [path for path in stated if path.rpartition(".")[2] in _BOOLEANS] == []


def test_what_the_model_computes_the_catalogue_calls_computed() -> None:
    assert [path for path in OF_THE_CASE if HOUSE[path].computed != MODEL[path].computed] == []


def test_a_field_refers_to_the_rows_the_model_resolves_it_to() -> None:
    places = {
        kind: path
        for path, info in reversed(MODEL.items())
        if info.item == "block" and not info.computed
        for kind in row_kinds(info)
    }
    for path in OF_THE_CASE:
        info = MODEL[path]
        named = {"person", "reference"} & {info.kind, info.item}
        refers = tuple(places[kind] for kind in row_kinds(info)) if named else ()
        assert (path, HOUSE[path].refers) == (path, refers)


def test_a_bare_text_stands_for_the_same_field_as_in_the_model() -> None:
    for path in OF_THE_CASE:
        info = MODEL[path]
        blocks = row_kinds(info) if "block" in (info.kind, info.item) else ()
        short = [kind.shorthand for kind in blocks if issubclass(kind, Block)]
        assert (path, HOUSE[path].shorthand) == (path, "".join(short))


def test_software_as_a_service_has_no_fee_after_the_warranty_to_state() -> None:
    rate = "contract.warranty.after_warranty_fee_rate"
    tree = deepcopy(TREE)
    del tree["contract"]["warranty"]["after_warranty_fee_rate"]
    assert rate in missing_paths(tree)
    tree["contract"]["type"] = "saas"
    assert rate not in missing_paths(tree)


def missing_paths(tree: Any) -> list[str]:
    """Return the paths of what a case still needs at stage 7."""
    return [path for path, _ in missing_values(Case.model_validate(tree), 7, HOUSE)]


def example_of(pattern: str) -> Any:
    """Return what a field holds when it is filled in as its example says."""
    info, text = MODEL[pattern], HOUSE[pattern].example
    if info.kind == "map":
        name, _, value = text.partition("：")
        return {name: value}
    columns = {
        child.rpartition(".")[2]: example_of(child)
        for child in HOUSE.children(pattern)
        if not HOUSE[child].computed
    }
    if pattern in ("team", "contacts"):
        del columns["id"]
        return {f"{pattern[0].replace('t', 'p')}{number}": columns for number in range(1, 10)}
    return [columns or text] if info.kind == "list" else columns or text


def test_a_case_filled_in_with_the_examples_is_a_case_that_misses_nothing() -> None:
    blocks = [path for path in HOUSE.children("") if path in MODEL and not HOUSE[path].computed]
    case = Case.model_validate({path: example_of(path) for path in blocks})
    assert missing_values(case, 7, HOUSE) == []


def test_a_condition_names_a_field_and_options_it_can_have() -> None:
    conditions = {HOUSE[path].required_if for path in HOUSE} - {""}
    assert conditions
    for condition in conditions:
        path, options = re.split(" [=!]= ", condition)
        choice = MODEL[path].choice
        allowed = {option.value for option in choice} if choice else {"true", "false"}
        assert set(options.split(" | ")) <= allowed


def test_what_is_released_is_computed_and_holds_nothing_that_is_stated() -> None:
    """A released value is taken whole from the full case, so it may lead to no block of it."""
    released = [field.path for field in HOUSE.released]
    assert released
    for path in released:
        below = [p for p in OF_THE_CASE if p == path or p.startswith((f"{path}.", f"{path}[]"))]
        assert all(MODEL[p].computed for p in below), path
        assert not any({"reference", "person"} & {MODEL[p].kind, MODEL[p].item} for p in below)
        assert {HOUSE.audience_of(p) for p in below} == {HOUSE.audience_of(path)}
        assert path.rpartition(".")[0].endswith("[]"), "blank blocks are shared by all cases"


# ---- what stands in templates/fields ----


def test_a_file_holds_only_the_fields_of_its_block() -> None:
    strays = [
        path
        for name, block in BLOCKS.items()
        for path in block
        if path not in ("schema",)
        and name != "case"
        and path.partition(".")[0].removesuffix("[]") != name
    ]
    assert strays == []


@pytest.mark.parametrize("key", ["zh", "en", "note"])
def test_every_field_says(key: str) -> None:
    assert [path for path in HOUSE if not getattr(HOUSE[path], key)] == []


def test_every_field_people_fill_in_has_an_example() -> None:
    leaves = [HOUSE[path] for path in HOUSE if not HOUSE.children(path)]
    assert [f.path for f in leaves if not f.example and not f.computed] == []


HALF_WIDTH = re.compile(r"[一-鿿][,;:!?()]|[,;:!?()][一-鿿]|\.\.\.|\s[一-鿿]{0}$")


@pytest.mark.parametrize("key", ["zh", "note"])
def test_chinese_text_is_punctuated_in_full_width(key: str) -> None:
    assert [p for p in HOUSE if HALF_WIDTH.search(getattr(HOUSE[p], key))] == []


def test_labels_fit_the_cell_of_a_form() -> None:
    assert [p for p in HOUSE if len(HOUSE[p].zh) > 14 or HOUSE[p].zh.endswith("。")] == []


def test_a_note_does_not_repeat_its_label() -> None:
    assert [p for p in HOUSE if HOUSE[p].note in (HOUSE[p].zh, "填写" + HOUSE[p].zh)] == []


def test_labels_of_neighbours_differ() -> None:
    twins = [
        (one, other)
        for path in ("", *HOUSE)
        for one in HOUSE.children(path)
        for other in HOUSE.children(path)
        if one < other and HOUSE[one].zh == HOUSE[other].zh
    ]
    assert twins == []


def test_what_is_computed_is_never_asked_for() -> None:
    asked = [p for p in HOUSE if HOUSE[p].computed and (HOUSE[p].required or HOUSE[p].example)]
    assert asked == []


def test_nothing_under_a_key_named_internal_is_for_customers() -> None:
    inside = [path for path in HOUSE if "internal" in path.split(".")]
    assert inside
    assert [path for path in inside if HOUSE.audience_of(path) == "customer"] == []


@pytest.mark.parametrize(
    ("pattern", "audience"),
    [
        ("contacts[].name", "customer"),
        ("contacts[].title", "customer"),
        ("contacts[].mobile", "internal"),
        ("contacts[].phone", "internal"),
        ("contacts[].wechat", "internal"),
        ("contacts[].internal.attitude", "internal"),
        ("lead.evaluation.score", "internal"),
        ("lead.budget_hint.min", "internal"),
        ("needs.internal.competitors[].name", "confidential"),
        ("needs.review.findings[].cost", "internal"),
        ("negotiation.internal.floor.amount", "confidential"),
        ("negotiation.internal.targets.ideal", "confidential"),
        ("contract.internal.gross_margin", "internal"),
        ("contract.internal.commission_rate", "confidential"),
        ("contract.internal.lint_dispositions[].text", "internal"),
        ("contract.approvals[].opinion", "internal"),
        ("contract.payments[].share", "customer"),
        ("delivery.followups[].issue", "internal"),
        ("receivables[].amount", "customer"),
        ("payment_schedule[].outstanding", "customer"),
        ("payment_schedule[].damages", "internal"),
        ("aftersales.surveys[].responses[].overall", "internal"),
        ("aftersales.surveys[].low_scores[].score", "internal"),
        ("aftersales.surveys[].improvements[].cause", "internal"),
        ("aftersales.surveys[].nps.score", "customer"),
        ("aftersales.growth[].incentive.value", "internal"),
    ],
)
def test_who_may_see(pattern: str, audience: str) -> None:
    assert HOUSE.audience_of(pattern) == audience


# ---- the catalogue ----


def test_a_field_in_an_internal_block_is_internal_whatever_its_entry_says() -> None:
    known = catalogue(a=entry(audience="internal"), a__b=entry(), a__b___c=entry())
    assert known.audience_of("a.b") == "internal"
    assert known.audience_of("a.b[].c") == "internal"


def test_behind_a_reference_the_audience_is_that_of_the_row() -> None:
    assert HOUSE.audience_of("meta.owner.name") == "customer"
    assert HOUSE.audience_of("meta.owner.mobile") == "internal"
    assert HOUSE.audience_of("delivery.changes[].signed_by[].mobile") == "internal"
    assert HOUSE.audience_of("needs.interviews[].theirs[].internal.attitude") == "internal"
    assert HOUSE.audience_of("aftersales.growth[].referrer.name") == "internal"
    assert HOUSE.audience_of("acceptance.items[].deliverable.criteria") == "customer"


def test_a_label_is_found_behind_references_and_for_one_value_of_a_list() -> None:
    assert HOUSE.label("acceptance.items[].deliverable.criteria") == "验收标准"
    assert HOUSE.label("delivery.milestones[].deliverables[].lines[].unit_deal") == "成交单价"
    assert HOUSE.label("needs.out_of_scope[]") == "不包含的内容"
    assert HOUSE.label("contract.payments[]") == "付款计划"
    assert HOUSE.homes("delivery.risks[].owner.name") == ("team[].name", "contacts[].name")


def test_a_path_nobody_catalogued_is_as_secret_as_what_is_around_it() -> None:
    known = catalogue(a=entry(), b=entry(audience="internal"))
    assert known.audience_of("a.x") == "customer"
    assert known.audience_of("b.x.y") == "internal"
    assert known.audience_of("x") == "confidential"


def test_a_pattern_writes_rows_without_their_number() -> None:
    assert pattern_of("contract.payments[0].share") == "contract.payments[].share"


def test_labels_come_in_both_languages_and_an_unknown_pattern_is_its_own_label() -> None:
    assert HOUSE.label("contract.payments[].share") == "付款比例"
    assert HOUSE.label("contract.payments[].share", "en") == "Share"
    assert HOUSE.label("no.such") == "no.such"


def test_plain_data_gives_the_same_catalogue() -> None:
    again = Catalogue.from_data(BLOCKS)
    assert [again[path] for path in again] == [HOUSE[path] for path in HOUSE]


def test_required_fields_grow_with_the_stage() -> None:
    due = [{field.path for field in HOUSE.required_at(stage)} for stage in range(8)]
    assert due[0] == set()
    assert all(early < late for early, late in pairwise(due))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param("text", "不是一组字段说明", id="no entry"),
        pytest.param({"zh": "字段"}, "缺少 en", id="keys missing"),
        pytest.param(entry(lable="x"), "没有 lable 这一说明项", id="unknown key"),
        pytest.param(entry(required="yes"), "类型不对", id="wrong type"),
        pytest.param(entry(example=""), "类型不对", id="empty"),
        pytest.param(entry(stage=8), "stage 不能是", id="no such stage"),
        pytest.param(entry(audience="all"), "audience 不能是", id="no such audience"),
        pytest.param(entry(by="BOSS"), "by 不能是", id="no such role"),
        pytest.param(entry(required_if="a = b"), "required_if 应写成", id="condition"),
        pytest.param(entry(customer_if="a.b"), "customer_if 应写成", id="condition to see it"),
    ],
)
def test_a_wrong_entry_is_reported_with_its_path(wrong: Any, said: str) -> None:
    with pytest.raises(LibraryError) as caught:
        read_fields({"some": {"some.path": wrong}})
    assert {finding.path for finding in caught.value.findings} == {"some.path"}
    assert {finding.file for finding in caught.value.findings} == {"fields/some.yaml"}
    assert said in caught.value.findings[0].message.zh


# ---- missing values ----

NEED = entry(required=True)


def missing(known: Catalogue, stage: int = 1, **case: Any) -> list[str]:
    return [path for path, _ in missing_values(SimpleNamespace(**case), stage, known)]


def test_a_value_is_missing_from_the_stage_it_is_due() -> None:
    known = catalogue(a=entry(required=True, stage=2))
    assert missing(known, 1, a=None) == []
    assert missing(known, 2, a=None) == ["a"]
    assert missing(known, 2, a=0) == []


def test_an_absent_block_that_is_due_reports_what_it_lacks_once() -> None:
    known = catalogue(a=NEED, a__b=NEED, a__c=entry())
    assert missing(known, a={}) == ["a.b"]


def test_an_absent_block_that_is_optional_lacks_nothing_but_a_begun_one_does() -> None:
    known = catalogue(a=entry(), a__b=NEED, a__c=entry())
    assert missing(known, a={}) == []
    assert missing(known, a={"c": 1}) == ["a.b"]


def test_every_row_is_looked_at_and_an_empty_list_only_when_it_is_due() -> None:
    known = catalogue(rows=entry(), rows___x=NEED)
    assert missing(known, rows=()) == []
    assert missing(known, rows=({"x": 1}, {})) == ["rows[1].x"]
    assert missing(known, rows={"p1": {}, "p2": {"x": 1}}) == ["rows.p1.x"]
    assert missing(catalogue(rows=NEED, rows___x=NEED), rows=()) == ["rows"]


def test_a_condition_looks_at_the_same_row_or_at_the_case() -> None:
    beside = catalogue(
        rows=entry(), rows___kind=entry(), rows___x=entry(required_if="rows[].kind == a | b")
    )
    assert missing(beside, rows=({"kind": "b"}, {"kind": "c"}, {})) == ["rows[0].x"]
    above = catalogue(
        meta=entry(), meta__mode=entry(), a=entry(), a__x=entry(required_if="meta.mode != open")
    )
    assert missing(above, meta={"mode": "open"}, a={"y": 1}) == []
    assert missing(above, meta={"mode": None}, a={"y": 1}) == ["a.x"]


@pytest.mark.parametrize("stage", range(1, 8))
def test_the_sample_case_misses_nothing_at_any_stage(stage: int) -> None:
    assert missing_values(SAMPLE, stage, HOUSE) == []


def test_the_smallest_case_misses_nothing_until_it_leaves_stage_1() -> None:
    case = read_case(world.SMALLEST.encode(), "case.yaml").sound()
    assert missing_values(case, 1, HOUSE) == []
    due = [path for path, _ in missing_values(case, 2, HOUSE)]
    assert "contacts.c1.role" in due
    assert "lead.evaluation.ratings.budget" in due
    assert "needs.items" in due
    assert not [path for path in due if path.startswith(("proposal", "contract"))]


def test_an_empty_case_misses_what_every_case_needs() -> None:
    due = [path for path, _ in missing_values(Case.model_validate({}), 1, HOUSE)]
    assert due[:4] == ["schema", "meta.case_no", "meta.title", "meta.stage"]
    assert {"team", "contacts", "customer.name"} <= set(due)


def test_a_public_tender_needs_neither_negotiation_nor_letter_of_intent() -> None:
    left = {key: value for key, value in TREE.items() if key not in ("negotiation", "intent")}
    tender = left | {
        "meta": left["meta"] | {"procurement_mode": "public_tender"},
        "tender": example_of("tender"),
    }
    assert missing_values(Case.model_validate(tender), 7, HOUSE) == []
    due = {
        path.partition(".")[0] for path, _ in missing_values(Case.model_validate(left), 7, HOUSE)
    }
    assert due == {"negotiation", "intent"}


# ---- stripping ----


def leaves(tree: Any, pattern: str = "") -> Iterator[tuple[str, str]]:
    """Yield pattern and text of every value of a raw tree."""
    if isinstance(tree, list):
        for row in tree:
            yield from leaves(row, pattern + "[]" if isinstance(row, dict) else pattern)
    elif isinstance(tree, dict):
        rows = HOUSE.has_rows(pattern)
        for key, value in tree.items():
            inner = f"{pattern}[]" if rows and not pattern.endswith("[]") else f"{pattern}.{key}"
            yield from leaves(value, inner.removeprefix("."))
    else:
        yield pattern, tree


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_stripped_case_holds_nothing_above_its_audience(audience: Any) -> None:
    limit = AUDIENCES.index(audience)
    left = dict(leaves(strip(TREE, audience, HOUSE)))
    assert [p for p in left if AUDIENCES.index(HOUSE.audience_of(p)) > limit] == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_stripped_case_keeps_everything_its_audience_may_see(audience: Any) -> None:
    limit = AUDIENCES.index(audience)
    may_see = [
        (path, text)
        for path, text in leaves(TREE)
        if AUDIENCES.index(HOUSE.audience_of(path)) <= limit
        and not (audience == "customer" and HOUSE[path].customer_if)
    ]
    assert list(leaves(strip(TREE, audience, HOUSE))) == may_see


def test_stripping_for_the_full_audience_changes_nothing() -> None:
    assert strip(TREE, "confidential", HOUSE) == TREE


def test_stripping_takes_out_only_values_so_that_references_hold() -> None:
    tree = strip(TREE, "customer", HOUSE)
    assert list(tree["team"]) == list(TREE["team"])
    assert [row["id"] for row in tree["negotiation"]["rounds"]] == ["R-01", "R-02"]
    assert len(tree["contacts"]) == 5
    assert "approvals" not in tree["contract"]


@pytest.mark.parametrize("said", ["true", "是", "yes", "√", True])
def test_the_budget_is_shown_to_customers_who_agreed_to_it(said: object) -> None:
    agreed = {"needs": {"four_w": {"budget": "1300000", "budget_disclosed": said}}}
    assert strip(agreed, "customer", HOUSE) == agreed


@pytest.mark.parametrize("said", ["false", "否", "", None, "maybe"])
def test_the_budget_is_withheld_from_all_other_customers(said: object) -> None:
    secret = {"needs": {"four_w": {"budget": "1300000", "budget_disclosed": said}}}
    left = strip(secret, "customer", HOUSE)
    assert left == {"needs": {"four_w": {"budget_disclosed": said}}}
    assert strip(secret, "internal", HOUSE) == secret


def test_whatever_the_model_reads_as_yes_lets_customers_see() -> None:
    yes = [text for text, flag in _FLAGS.items() if flag]
    assert HOUSE["needs.four_w.budget"].customer_if.partition(" == ")[2].split(" | ") == yes


@pytest.mark.parametrize("audience", ["customer", "internal"])
def test_what_an_audience_may_see_is_the_same_in_the_stripped_case(audience: Any) -> None:
    """Also computed values: one that leans on a removed value would change without a word."""
    limit = AUDIENCES.index(audience)
    stripped = world.dossier().case_for(audience)
    may_see = [
        path
        for path in HOUSE
        if AUDIENCES.index(HOUSE.audience_of(path)) <= limit and not HOUSE[path].customer_if
    ]
    assert dict(values(stripped, may_see)) == dict(values(SAMPLE, may_see))


def values(case: Case, patterns: list[str]) -> Iterator[tuple[str, object]]:
    """Yield path and value of every leaf of the case among the patterns, rows by their id."""
    may_see = set(patterns)

    def inside(pattern: str, block: object, path: str) -> Iterator[tuple[str, object]]:
        for child in HOUSE.children(pattern):
            name = child.rpartition(".")[2]
            if child not in may_see or not hasattr(block, name):
                continue
            value, here = getattr(block, name), f"{path}.{name}"
            if HOUSE.has_rows(child):
                yield here, len(value)
                for number, row in enumerate(value):
                    yield from inside(child, row, f"{here}[{number}]")
            elif HOUSE.children(child) and value is not None:
                yield from inside(child, value, here)
            else:
                yield here, ids(value)

    return inside("", case, "")


def ids(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(ids(row) for row in value)
    return (type(value).__name__, value.id) if isinstance(value, Row) else value


def test_what_the_catalogue_does_not_know_is_taken_out_beside_secrets() -> None:
    known = catalogue(
        a=entry(), a__b=entry(), a__c=entry(audience="internal"), d=entry(), d__e=entry()
    )
    tree = {"a": {"b": "1", "x": "2"}, "d": {"old": "3"}, "y": "4"}
    assert strip(tree, "customer", known) == {"a": {"b": "1"}, "d": {"old": "3"}}


def test_a_short_form_is_kept_when_the_field_it_stands_for_may_be_seen() -> None:
    secret = {"rows___name": entry(), "rows___vendor": entry(audience="internal")}
    named = catalogue(rows=entry(shorthand="name"), **secret)
    assert strip({"rows": ["U8"]}, "customer", named) == {"rows": ["U8"]}
    assert strip({"rows": ["U8"]}, "customer", catalogue(rows=entry(), **secret)) == {"rows": []}


texts = st.text(max_size=3)
trees = st.recursive(
    texts,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcxy"), inner, max_size=4)
    ),
)
WORLD = catalogue(
    a=entry(),
    a__b=entry(),
    a__c=entry(audience="internal"),
    b=entry(),
    b___a=entry(),
    b___c=entry(audience="confidential"),
    c=entry(audience="confidential"),
    c__a=entry(),
)


def words(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    for inner in (
        tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    ):
        yield from words(inner)


@given(trees)
def test_stripping_twice_is_stripping_once_and_never_adds(tree: Any) -> None:
    once = strip(tree, "customer", WORLD)
    assert strip(once, "customer", WORLD) == once
    assert set(words(once)) <= set(words(tree))


@given(trees)
def test_who_may_see_more_sees_at_least_as_much(tree: Any) -> None:
    seen = [set(words(strip(tree, audience, WORLD))) for audience in AUDIENCES]
    assert seen[0] <= seen[1] <= seen[2]
