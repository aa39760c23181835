"""Forms filled in as PDFs come into the case as those filled in in Word do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from salesdocs.case.load import read_case
from salesdocs.case.path import Loc, loc_of
from salesdocs.pdf.forms.make import case_form, empty_form
from salesdocs.pdf.forms.read import filled
from salesdocs.process.documents import Document
from salesdocs.produce import Dossier
from salesdocs.produce.answers import same
from salesdocs.produce.placing import Placer
from salesdocs.produce.returned import Proposal, proposed
from tests.produce.test_returned import FORMS, emptied, example, reader, said, value_of
from tests.world import library, template, template_file

ASKED = [name for name in FORMS if name != "survey_form"]


@cache
def known(document_id: str) -> bytes:
    """The form with what the example knows in its fields."""
    document, dossier = library().document(document_id), example("mes")[1]
    package = template_file(document_id).read_bytes()
    return case_form(dossier, document, package, position=0 if document.rows else None).pdf


@cache
def empty(document_id: str) -> bytes:
    package = template_file(document_id).read_bytes()
    return empty_form(library().document(document_id), package, library()).pdf


def typed(pdf: bytes, values: Mapping[str, str]) -> bytes:
    """The PDF as a viewer saves it after somebody filled it in."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    fields = writer.get_fields() or {}
    written: dict[str, str] = {}
    for name, field in fields.items():
        path, _, option = name.partition("=")
        said = values.get(path, "")
        if not said or option.isdecimal():
            continue
        if field.get("/FT") != "/Btn":
            written[name] = said
        elif option:
            written[name] = "/Yes" if option in said.split("、") else "/Off"
        elif f"/{said}" in (field.get("/_States_") or ()):
            written[name] = f"/{said}"
    for page in writer.pages:
        writer.update_page_form_field_values(page, written, auto_regenerate=False)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def taken(pdf: bytes, dossier: Dossier, case: bytes) -> Proposal:
    return proposed(reader(dossier).pdf(filled(pdf, "表.pdf"), "表.pdf"), dossier, case)


@pytest.mark.parametrize("document_id", ASKED)
def test_a_form_with_what_the_case_knows_changes_nothing(document_id: str) -> None:
    _, dossier, case = example("mes")
    proposal = taken(known(document_id), dossier, case)
    assert said(proposal) == []
    assert [each.text() for each in proposal.findings] == []
    assert proposal.data == case


@pytest.mark.parametrize("document_id", ASKED)
def test_a_form_filled_in_on_a_screen_gives_its_values_to_a_case_without_them(
    document_id: str,
) -> None:
    loaded = example("mes")[0]
    document = library().document(document_id)
    values = filled(known(document_id)).values
    pdf = typed(empty(document_id), values)
    written = filled(pdf).values
    every = Placer(loaded.case, document, 0, blank=True).placed(
        [(path, text) for path, text in written.items() if text]
    )
    # A row is known by what it says: of rows the other laws speak.
    places = [each for each in every if each.info and not _is_in_row(each.loc, document)]
    case = emptied(loaded, [place.loc for place in places])
    dossier = Dossier(read_case(case, "case.yaml"), library(), template)
    proposal = taken(pdf, dossier, case)
    assert [each.text() for each in proposal.findings] == []
    for place in places:
        wanted = value_of(loaded, place.loc) if place.info else None
        if wanted is not None:
            assert same(value_of(proposal.loaded, place.loc), wanted), place.loc


def _is_in_row(loc: Loc, document: Document) -> bool:
    own = len(loc_of(document.rows)) + 1 if document.rows else 0
    return loc[0] == "contacts" or any(isinstance(part, int) for part in loc[own:])


def test_what_somebody_changed_on_the_screen_is_what_changes() -> None:
    _, dossier, case = example("mes")
    pdf = typed(
        known("customer_info"),
        {
            "customer.kind": "returning",
            "customer.phone": "0574-86860002",
            "contacts[0].department": "采购中心",
            "lead.budget_hint.max": "140 万元",
            "customer.remarks": "第一行\n第二行",
        },
    )
    proposal = taken(pdf, dossier, case)
    assert {path: new for path, _, new in said(proposal)} == {
        "customer.kind": "returning",
        "customer.phone": "0574-86860002",
        "contacts.c1.department": "采购中心",
        "lead.budget_hint.max": "1400000",
        "customer.remarks": "第一行\n第二行",
    }
    assert proposal.findings == ()
