"""What stands in several papers is the same in all of them: read back from the finished files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openxml_audit import OpenXmlValidator

from salesdocs.calc.capitals import parse_capitals
from salesdocs.case.load import LoadedCase, load_case
from salesdocs.case.paths import leaves, pattern_of, resolve_type
from salesdocs.produce import Dossier, Paper, Product, produce
from salesdocs.produce.dossier import case_pattern
from salesdocs.word.extract import printed_values
from tests import world

COMPLETE = ("mes", "his", "saas")
EXAMPLES = ("mes", "his", "saas", "stage1", "stage4")

# The same fact under several paths.
SAME = {
    "customer": ("customer.name", "parties.a.name"),
    "supplier": ("supplier.name", "parties.b.name", "document.company"),
    "code of the customer": ("customer.uscc", "parties.a.uscc"),
    "price": (
        "contract.amount", "proposal.quote.total", "intent.amount", "negotiation.agreed.amount",
        "tender.bid.amount", "intent.award.amount",
    ),
    "warranty": (
        "contract.warranty.months", "negotiation.agreed.warranty_months",
        "tender.bid.warranty_months", "proposal.service.warranty_months",
    ),
}  # fmt: skip
EXACT = {"text", "code", "account", "phone", "email", "money", "day", "count"}


@cache
def dossier(name: str) -> Dossier:
    loaded = load_case(world.ROOT / "examples" / name / "case.yaml")
    return Dossier(loaded, world.library(), world.template)


@cache
def products(name: str) -> tuple[tuple[Paper, Product], ...]:
    papers = [paper for paper in dossier(name).papers() if dossier(name).is_begun(paper)]
    return tuple(
        (paper, produce(dossier(name), paper, world.template(paper.document.id)))
        for paper in papers
    )


def printed(name: str) -> Iterator[tuple[str, str, str]]:
    """Paper, case path and text of every value that the papers of an example print."""
    for paper, product in products(name):
        for value in printed_values(product.data, world.template(paper.document.id)):
            # Each box that answers a path says another thing.
            path = f"{value.path}={value.option}" if value.option else value.path
            if paper.document.row and path.partition(".")[0] == paper.document.row:
                rest = path.partition(".")[2]
                path = f"{paper.document.rows}[{paper.position}].{rest}"
            yield paper.name, path, value.text


def read(text: str) -> object:
    """What a text says, however a paper writes it: an amount, a day, or the text itself."""
    plain = text.strip()
    if plain.startswith("人民币"):
        return parse_capitals(plain)
    if re.fullmatch(r"[¥−]*[\d,]+(\.\d+)?", plain):
        return Decimal(plain.strip("¥").replace(",", "").replace("−", "-"))
    if found := re.fullmatch(r"(\d{4})[-年](\d+)[-月](\d+)日?", plain):
        return date(int(found[1]), int(found[2]), int(found[3]))
    return plain


def is_exact(path: str, paper: str) -> bool:
    pattern = pattern_of(path)
    kind = resolve_type(pattern) or resolve_type(
        case_pattern(pattern, world.library().document(paper.partition("/")[0]))
    )
    return kind is not None and kind.kind in EXACT


def one_of(readings: set[object]) -> set[object]:
    """The readings with those in 万元, a ten thousandth of another one, taken out."""
    numbers = {each for each in readings if isinstance(each, Decimal)}
    return {each for each in readings if not (each in numbers and each * 10000 in numbers)}  # type: ignore[operator]


@pytest.mark.parametrize("name", COMPLETE)
def test_a_value_is_the_same_in_all_papers_of_a_deal(name: str) -> None:
    said: dict[str, dict[object, set[str]]] = defaultdict(lambda: defaultdict(set))
    for paper, path, text in printed(name):
        if text not in ("/", "") and not text.endswith("万元") and is_exact(path, paper):
            said[path][read(text)].add(paper)
    shared = {path for path, readings in said.items() if len(set().union(*readings.values())) > 1}
    assert len(shared) > 100
    # What customers see of people and texts may be less, never something else.
    differing = {
        path: dict(readings) for path, readings in said.items() if len(one_of(set(readings))) > 1
    }
    assert differing == {}


@pytest.mark.parametrize("name", COMPLETE)
@pytest.mark.parametrize("fact", SAME)
def test_one_fact_reads_alike_wherever_it_comes_from(name: str, fact: str) -> None:
    readings = {read(text) for _, path, text in printed(name) if path in SAME[fact]}
    readings.discard("/")
    assert len(one_of(readings)) == 1


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_printed_is_what_the_case_says(name: str) -> None:
    """Every text, amount and day of a paper that has a place in the file equals what stands there."""
    values = dict(leaves(dossier(name).loaded.case))
    wrong = [
        (paper, path, text, values[path])
        for paper, path, text in printed(name)
        if path in values and is_exact(path, paper) and isinstance(values[path], (Decimal, date))
        if read(text) != values[path] and not text.endswith(("万元", "%", "折", "%off"))
        and read(text) * 10000 != values[path]  # in 万元
    ]  # fmt: skip
    assert wrong == []


# ---- a marker in every internal field ----


def marked(name: str) -> tuple[Dossier, list[str]]:
    """The example with a marker in place of everything customers may not see, and the markers."""
    loaded = dossier(name).loaded
    catalogue = world.library().catalogue
    accepted, marks = {}, []
    for number, (path, value) in enumerate(leaves(loaded.case), 1):
        if catalogue.audience_of(pattern_of(path)) == "customer" or path.endswith("].role"):
            continue  # how many of which role answered is among the results that customers get
        mark = _mark(value, number)
        if mark and _is_accepted(loaded, {path: mark}):
            accepted[path] = mark
            marks.append(mark)
    return world.changed(accepted, ruled=False, loaded=loaded), marks


def _mark(value: object, number: int) -> str:
    if type(value) is str:
        return f"CANARY{number}X"
    return f"98{number:04d}.37" if isinstance(value, Decimal) and abs(value) > 1000 else ""


def _is_accepted(loaded: LoadedCase, changes: dict[str, str]) -> bool:
    try:
        world.changed(changes, loaded=loaded)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_marker_of_an_internal_field_reaches_a_customer(name: str) -> None:
    """Text, headers, comments, properties and file names of every paper for customers."""
    changed, marks = marked(name)
    assert len(marks) > (3 if name == "stage1" else 25)
    forms = [*marks, *(f"{Decimal(mark):,}" for mark in marks if mark[0] == "9")]
    papers = [paper for paper in changed.papers() if changed.is_begun(paper)]
    for paper in papers:
        if paper.document.audience == "customer":
            made = produce(changed, paper, world.template(paper.document.id))
            with ZipFile(BytesIO(made.data)) as archive:
                parts = [
                    archive.read(member).decode("utf-8", "replace") for member in archive.namelist()
                ]
            everything = "\n".join([made.name, made.folder, *parts])
            assert [form for form in forms if form in everything] == [], paper.name
    assert any(paper.document.audience != "customer" for paper in papers)


# ---- long names, many rows, nothing at all ----

LONG = "宁波" + "铄恒精密" * 49 + "公司"
EXTREMES = {
    "names of 200 characters": {"customer.name": LONG, "meta.title": LONG, "contract.title": LONG},
    "60 quote lines": {},
    "no optional lists": {
        path: []
        for path in (
            "needs.success", "proposal.risks", "proposal.assumptions", "proposal.materials",
            "proposal.feedback", "acceptance.documents", "acceptance.open_issues",
            "delivery.risks", "delivery.communication", "delivery.changes", "aftersales.growth",
            "contract.customer_duties", "negotiation.internal.alternatives", "needs.internal.competitors",
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("extreme", EXTREMES)
def test_every_paper_bears_what_is_extreme(extreme: str, tmp_path: Path) -> None:
    changes: dict[str, Any] = dict(EXTREMES[extreme])
    catalogue = world.library().catalogue
    changes = {
        path: value
        for path, value in changes.items()
        if _is_there(path) and (value or not catalogue[path].required)
    }
    if extreme == "60 quote lines":
        lines: Any = world.sample().tree["proposal"]["quote"]["lines"]
        more = [{**lines[n % len(lines)], "id": f"L-{n + 1:02}"} for n in range(len(lines), 60)]
        changes = {"proposal.quote.lines": [*lines, *more]}
    case = world.changed(changes, ruled=False)
    for paper in case.papers():
        if case.is_begun(paper):
            made = produce(case, paper, world.template(paper.document.id))
            path = tmp_path / "paper.docx"
            path.write_bytes(made.data)
            assert [str(each) for each in OpenXmlValidator().validate(str(path)).errors] == []


def _is_there(path: str) -> bool:
    here: Any = world.sample().tree
    for name in path.split("."):
        if not isinstance(here, dict) or name not in here:
            return False
        here = here[name]
    return True
