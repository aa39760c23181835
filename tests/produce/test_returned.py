"""Laws of returned forms: what was written comes into the case, and nothing else changes."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from salesdocs.case.fill import block_lines
from salesdocs.case.load import LoadedCase, load_case, read_case
from salesdocs.case.path import Loc
from salesdocs.case.paths import value_in
from salesdocs.findings import Language
from salesdocs.produce import Dossier, Paper, produce
from salesdocs.produce.answers import same, stated
from salesdocs.produce.blank import BlankForm, blank_form
from salesdocs.produce.forms import FormReader
from salesdocs.produce.placing import Placer
from salesdocs.produce.returned import Proposal, proposed
from salesdocs.word.extract import anchored, printed_values
from tests.forms import Texts, answers_for, filled_in, orders_for
from tests.world import ROOT, library, template, template_file

EXAMPLES = ("mes", "his", "saas")
FORMS = [document.id for document in library().documents if document.form]
# What a form is made of before it can be filled in: who deals with whom, and what rows are called.
STAYS = ("id", "name", "date")


BLANKS: dict[tuple[str, Language], BlankForm] = {}


@cache
def example(name: str) -> tuple[LoadedCase, Dossier, bytes]:
    path = ROOT / "examples" / name / "case.yaml"
    loaded = load_case(path)
    return loaded, Dossier(loaded, library(), template), path.read_bytes()


def blank(document_id: str) -> BlankForm:
    if (document_id, "zh") not in BLANKS:
        package = template_file(document_id).read_bytes()
        BLANKS[document_id, "zh"] = blank_form(
            library().document(document_id), package, library().catalogue
        )
    return BLANKS[document_id, "zh"]


def reader(dossier: Dossier) -> FormReader:
    return FormReader(dossier, lambda name, lang: template_file(name, lang).read_bytes(), BLANKS)


def taken(data: bytes, dossier: Dossier, case: bytes) -> Proposal:
    return proposed(reader(dossier).word(data, "表.docx"), dossier, case)


def said(proposal: Proposal) -> list[tuple[str, Any, Any]]:
    return [(change.path, change.old, change.new) for change in proposal.changes]


def rules(proposal: Proposal) -> list[str]:
    return [finding.rule for finding in proposal.findings]


# ---- laws ----

PAPERS = [
    pytest.param(name, paper, id=f"{name} {paper.name}")
    for name in EXAMPLES
    for paper in example(name)[1].papers()
]


@pytest.mark.parametrize(("name", "paper"), PAPERS)
def test_a_paper_that_nobody_changed_changes_nothing(name: str, paper: Paper) -> None:
    _, dossier, case = example(name)
    product = produce(dossier, paper, template(paper.document.id), draft=True)
    proposal = taken(product.data, dossier, case)
    assert said(proposal) == []
    assert proposal.findings == ()
    assert proposal.data == case


def filled(name: str, document_id: str, *, beside: bool) -> tuple[bytes, Texts]:
    """The blank form of a document as somebody who knows the example fills it in."""
    case = example(name)[0].case
    form = blank(document_id)
    texts = answers_for(form.data, form.template, case, form.document)
    orders = orders_for(form, case)
    return filled_in(form.data, form.template, texts, beside=beside, orders=orders), texts


# The class of a company is not written where it is what the program computes.
COMPUTED_TOO = ("customer", "size_class")
FILLED = [
    pytest.param(name, document_id, id=f"{name} {document_id}")
    for name in EXAMPLES
    for document_id in FORMS
    if document_id != "survey_form"
    if library().document(document_id).rows_of(example(name)[0].case)
]


@pytest.mark.parametrize("document_id", [name for name in FORMS if name != "survey_form"])
def test_a_form_filled_in_with_what_the_case_says_changes_nothing(document_id: str) -> None:
    data, _ = filled("mes", document_id, beside=False)
    _, dossier, case = example("mes")
    proposal = taken(data, dossier, case)
    # The class of a company may be written where the program only computes it.
    assert [each for each in said(proposal) if each[0] != "customer.size_class"] == []
    assert proposal.findings == ()


@pytest.mark.parametrize(("name", "document_id"), FILLED)
def test_a_filled_in_form_gives_its_values_to_a_case_without_them(
    name: str, document_id: str
) -> None:
    loaded = example(name)[0]
    data, texts = filled(name, document_id, beside=True)
    document = library().document(document_id)
    written = [(path, text) for (path, _), text in texts.items()]
    places = Placer(loaded.case, document, 0, blank=True).placed(written)
    case = emptied(loaded, [place.loc for place in places if place.info])
    before = read_case(case, "case.yaml")
    dossier = Dossier(before, library(), template)
    proposal = taken(data, dossier, case)
    assert [each.text() for each in proposal.findings] == []
    # A row that is the third of the example may be the first of a case without the others.
    targets = Placer(before.case, document, 0, blank=True).placed(written)
    for place, target in zip(places, targets, strict=True):
        wanted = value_of(loaded, place.loc) if place.info else None
        if wanted is not None and place.loc != COMPUTED_TOO:
            assert same(value_of(proposal.loaded, target.loc), wanted), target.loc
    # Once is enough: what was taken is no change any more.
    again = taken(data, Dossier(proposal.loaded, library(), template), proposal.data)
    assert said(again) == []
    assert again.data == proposal.data
    # What was not asked for stands there as it stood.
    was, now = case.decode().splitlines(), proposal.data.decode().splitlines()
    touched = {place.loc[0] for place in places if place.info}
    for line in was:
        if line.split(":")[0] not in touched and not line.startswith((" ", "-")):
            assert line in now


def value_of(loaded: LoadedCase, loc: Loc) -> Any:
    try:
        return stated(value_in(loaded.case, loc))
    except (KeyError, IndexError):
        return None


def emptied(loaded: LoadedCase, locs: list[Loc]) -> bytes:
    """The case without what stands at these places, as a file."""
    tree = deepcopy(dict(loaded.tree))
    for loc in locs:
        if loc[0] in ("meta", "team", "supplier") or loc[-1] in STAYS:
            continue
        here: Any = tree
        for depth, part in enumerate(loc[:-1]):
            inner = here.get(part) if isinstance(here, dict) else here[part]
            if isinstance(loc[depth + 1], int) and not _has_ids(inner):
                here.pop(part, None)
                break
            if inner is None:
                break
            here = inner
        else:
            if isinstance(here, dict):
                here.pop(loc[-1], None)
    _drop_unfinished(tree)
    lines = [line for key, below in tree.items() for line in block_lines(key, below)]
    return ("\n".join(lines) + "\n").encode()


def _drop_unfinished(tree: dict[str, Any]) -> None:
    """A scale without a value says nothing."""
    scale = tree.get("customer", {}).get("scale", {})
    if isinstance(scale, dict) and "value" not in scale and "band" not in scale:
        tree["customer"].pop("scale", None)


def _has_ids(rows: Any) -> bool:
    return isinstance(rows, list) and any(isinstance(row, dict) and "id" in row for row in rows)


@pytest.mark.parametrize("name", EXAMPLES)
def test_values_that_were_taken_stand_in_the_paper(name: str) -> None:
    _, dossier, case = example(name)
    changes = {
        ("lead.initial_need", ""): "新的需求\n分两行",
        ("customer.phone", ""): "0574-86860001",
    }
    data = filled_in(_paper(dossier, "customer_info"), template("customer_info"), changes)
    proposal = taken(data, dossier, case)
    assert {path for path, *_ in said(proposal)} == {path for path, _ in changes}
    after = Dossier(proposal.loaded, library(), template)
    printed = printed_values(_paper(after, "customer_info"), template("customer_info"))
    texts = {each.path: each.text for each in printed}
    assert {path: texts[path] for path, _ in changes} == {p: t for (p, _), t in changes.items()}


def _paper(dossier: Dossier, name: str) -> bytes:
    paper = next(paper for paper in dossier.papers() if paper.name == name)
    return produce(dossier, paper, template(paper.document.id), draft=True).data


# ---- how people write ----

WRITTEN = [
    ("customer_info", "customer.credit.checked_on", "2025年7月8日", "2025-07-08"),
    ("customer_info", "customer.credit.checked_on", "2025/7/8", "2025-07-08"),
    ("customer_info", "lead.budget_hint.min", "￥1,050,000.00", "1050000"),
    ("customer_info", "lead.budget_hint.max", "135.5万元", "1355000"),
    ("customer_info", "customer.scale.value", "700人", "700"),
    ("customer_info", "customer.kind", "老客户", "existing"),
    ("customer_info", "customer.nature", "□ 民营　☑ 外资", "foreign"),
    ("customer_info", "customer.credit.dishonest_list", "列入名单", "true"),
    ("customer_info", "lead.first_contact.can_cooperate", "否", "false"),
    ("customer_info", "customer.tags", "重点客户、制造业", ["重点客户", "制造业"]),
    ("customer_info", "contacts[0].mobile", "139 0000 1234", "139 0000 1234"),
    ("customer_info", "lead.first_contact.by.name", "周启明", "p1"),
    ("contract_approval", "contract.payments[0].share", "35％", "0.35"),
    ("review_minutes", "needs.review.place", "宁波厂区 2 号会议室", "宁波厂区 2 号会议室"),
]


@pytest.mark.parametrize(("document_id", "path", "text", "value"), WRITTEN)
def test_a_value_may_be_written_as_people_write_it(
    document_id: str, path: str, text: str, value: Any
) -> None:
    _, dossier, case = example("mes")
    data = filled_in(_paper(dossier, document_id), template(document_id), {(path, ""): text})
    proposal = taken(data, dossier, case)
    (place,) = Placer(dossier.loaded.case, library().document(document_id), 0, blank=False).placed(
        [(path, text)]
    )
    assert same(value_of(proposal.loaded, place.loc), value)
    assert proposal.findings == ()


UNREADABLE = [
    ("customer.credit.checked_on", "三月初", "2025-07-08"),
    ("lead.budget_hint.max", "一百多万", "112.8"),
    ("customer.kind", "半新客户", "新客户"),
    ("customer.kind", "☑ 新客户　☑ 老客户", "勾"),
    ("lead.first_contact.by.name", "张三", "team"),
    ("customer.industry.code", "C99", "C34"),
    ("contacts[0].email", "不是邮箱", "@"),
]


@pytest.mark.parametrize(("path", "text", "hint"), UNREADABLE)
def test_what_cannot_be_read_is_told_and_the_rest_is_taken(path: str, text: str, hint: str) -> None:
    _, dossier, case = example("mes")
    texts = {(path, ""): text, ("customer.group", ""): "铄恒集团"}
    data = filled_in(_paper(dossier, "customer_info"), template("customer_info"), texts)
    proposal = taken(data, dossier, case)
    assert said(proposal) == [("customer.group", None, "铄恒集团")]
    (finding,) = proposal.findings
    assert (finding.rule, finding.severity) == ("FIL-05", "error")
    assert text.partition("　")[0] in finding.message.zh
    assert hint in finding.hint.zh


def test_an_empty_place_erases_nothing_and_says_so() -> None:
    _, dossier, case = example("mes")
    texts = {("customer.name", ""): "", ("customer.address", ""): "/"}
    data = filled_in(_paper(dossier, "customer_info"), template("customer_info"), texts)
    proposal = taken(data, dossier, case)
    assert said(proposal) == []
    assert rules(proposal) == ["FIL-09"]
    assert "客户名称" in proposal.findings[0].message.zh


def test_a_computed_value_is_not_written_but_told() -> None:
    _, dossier, case = example("mes")
    paper = _paper(dossier, "lead_screening")
    changed = {("lead.evaluation.score", ""): "99"}
    proposal = taken(filled_in(paper, template("lead_screening"), changed), dossier, case)
    assert said(proposal) == []
    assert rules(proposal) == ["FIL-06"]


def test_one_value_written_differently_in_two_places_is_refused() -> None:
    _, dossier, case = example("mes")
    paper, compiled = _paper(dossier, "lead_screening"), template("lead_screening")
    once = filled_in(paper, compiled, {("lead.evaluation.date", ""): "2025-03-21"})
    twice = filled_in(
        once, compiled, {("lead.evaluation.date", ""): "2025-03-22"},
        orders={"lead.evaluation.date": 1},
    )  # fmt: skip
    proposal = taken(twice, dossier, case)
    assert said(proposal) == []
    assert rules(proposal) == ["FIL-08"]


def test_a_row_more_in_a_form_is_a_row_more_in_the_case() -> None:
    _, dossier, case = example("mes")
    form = blank("customer_info")
    texts = {("contacts[0].name", ""): "新联系人", ("contacts[0].title", ""): "总经理"}
    proposal = taken(filled_in(form.data, form.template, texts), dossier, case)
    assert said(proposal) == [
        ("contacts.c6.name", None, "新联系人"),
        ("contacts.c6.title", None, "总经理"),
    ]


def test_a_visit_that_the_case_does_not_have_is_added_with_a_number_of_its_own() -> None:
    _, dossier, case = example("mes")
    form = blank("visit_record")
    texts = {
        ("visit.date", ""): "2026年9月10日",
        ("visit.by.name", ""): "谭予",
        ("visit.usage", ""): "日均报工 400 单",
        ("visit.score", "4"): "☑",
    }
    proposal = taken(filled_in(form.data, form.template, texts), dossier, case)
    count = len(dossier.loaded.case.aftersales.visits)
    visit = proposal.loaded.case.aftersales.visits[count]
    assert str(visit.date) == "2026-09-10"
    assert visit.score == 4
    assert visit.id is not None
    assert visit.id not in [row.id for row in dossier.loaded.case.aftersales.visits]


def test_the_form_of_another_case_is_refused() -> None:
    from salesdocs.errors import SalesdocsError

    theirs, ours = example("his")[1], example("mes")[1]
    with pytest.raises(SalesdocsError) as caught:
        reader(ours).word(_paper(theirs, "customer_info"), "表.docx")
    assert [each.rule for each in caught.value.findings] == ["FIL-03"]


def test_a_form_made_before_the_case_was_changed_is_told() -> None:
    _, dossier, case = example("mes")
    changed = case.replace(b"title: ", b"title: x", 1)
    after = Dossier(read_case(changed, "case.yaml"), library(), template)
    form = reader(after).word(_paper(dossier, "customer_info"), "表.docx")
    assert "FIL-04" in [each.rule for each in form.findings]


def test_every_path_of_a_form_has_a_code_of_its_own() -> None:
    for document_id in FORMS:
        form = blank(document_id)
        uses = {(use.path, use.option) for use in form.template.uses if not use.is_loop}
        assert len(anchored(form.template)) == len(uses)
