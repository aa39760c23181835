"""Numbers of cases, customers and documents: how they are built and read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

TYPE_CODES: Final[dict[str, str]] = {
    "customer_info": "KHXX",
    "lead_screening": "XSPG",
    "needs_report": "XQFX",
    "review_minutes": "XQPS",
    "proposal": "FA",
    "confirmation_letter": "FAQR",
    "negotiation_record": "TP",
    "letter_of_intent": "YX",
    "contract": "XS",
    "contract_approval": "HTSP",
    "delivery_plan": "JF",
    "acceptance_report": "YS",
    "visit_record": "HF",
    "survey_form": "MYWJ",
    "survey_report": "MYBG",
    "growth_leads": "FGZJ",
    "needs_annex": "XQFN",
    "nda": "BM",
    "quote_sheet": "BJ",
    "meeting_minutes": "HTJY",
    "clarification_minutes": "CQ",
    "power_of_attorney": "SQ",
    "supplement": "BCXY",
    "weekly_followup": "ZGJ",
    "change_request": "BG",
    "payment_letter": "QK",
    "visit_ledger": "HFTZ",
    "survey_summary": "MYZY",
}
"""The letters in the number of each kind of document, by its id."""

_RECORD = r"(?P<series>XM|KH)-(?P<year>\d{4})-(?P<serial>\d{4})"
_DOCUMENT = (
    r"(?P<prefix>[A-Z][A-Z0-9]{0,7})-(?P<code>[A-Z]{2,4})-(?P<year>\d{4})-(?P<serial>\d{4})"
    r"(?:-(?P<part>\d{2}))?(?:-BC(?P<supplement>\d{2}))?"
)

_MOST_SERIAL: Final = 9999


class RecordNumber(NamedTuple):
    """The number of a case (series XM) or of a customer (series KH): `XM-2025-0037`."""

    series: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.series}-{self.year:04}-{self.serial:04}"


class DocumentNumber(NamedTuple):
    """The number of a document: `LY-XS-2025-0037`, its second part `-02`, a supplement `-BC01`."""

    prefix: str
    code: str
    year: int
    serial: int
    part: int | None = None
    supplement: int | None = None

    def __str__(self) -> str:
        part = f"-{self.part:02}" if self.part is not None else ""
        supplement = f"-BC{self.supplement:02}" if self.supplement is not None else ""
        return f"{self.prefix}-{self.code}-{self.year:04}-{self.serial:04}{part}{supplement}"

    @property
    def document(self) -> str | None:
        """The id of the kind of document, None when the letters belong to none."""
        return next((kind for kind, code in TYPE_CODES.items() if code == self.code), None)


def read_record_number(text: str) -> RecordNumber | None:
    """Return the number of a case or customer that `text` is, None if it is none."""
    match = re.fullmatch(_RECORD, text, flags=re.ASCII)
    return match and RecordNumber(match["series"], int(match["year"]), int(match["serial"]))


def next_number(used: Iterable[str], series: str, year: int) -> RecordNumber:
    """Return the number after the highest of the series and year that is used; gaps stay gaps.

    Texts that are no number of a case or customer do not count. Raises ValueError when the four
    digits of the year are used up.
    """
    known = [number for number in map(read_record_number, used) if number is not None]
    taken = [each.serial for each in known if (each.series, each.year) == (series, year)]
    number = RecordNumber(series, year, max(taken, default=0) + 1)
    if number.serial > _MOST_SERIAL:
        raise ValueError(f"no number is left in {series}-{year}")
    return number


def read_document_number(text: str) -> DocumentNumber | None:
    """Return the document number that `text` is, None if it is none."""
    match = re.fullmatch(_DOCUMENT, text, flags=re.ASCII)
    return match and DocumentNumber(
        match["prefix"],
        match["code"],
        int(match["year"]),
        int(match["serial"]),
        int(match["part"]) if match["part"] else None,
        int(match["supplement"]) if match["supplement"] else None,
    )


def document_number(
    prefix: str, document: str, case: RecordNumber, part: int | None = None
) -> DocumentNumber:
    """Return the number of a `document` (its id) of that `case`, `part` when there are several.

    Raises KeyError for a document that has no letters.
    """
    return DocumentNumber(prefix, TYPE_CODES[document], case.year, case.serial, part)


def next_document_number(
    used: Iterable[str], prefix: str, document: str, year: int
) -> DocumentNumber:
    """Return the first number of a kind of document, in a year, that no document or case uses.

    A document has the serial of its case, so the serials of cases are taken too. Raises KeyError
    for a document without letters and ValueError when the four digits of the year are used up.
    """
    code = TYPE_CODES[document]
    taken = [0]
    for text in used:
        case, paper = read_record_number(text), read_document_number(text)
        if case is not None and (case.series, case.year) == ("XM", year):
            taken.append(case.serial)
        if paper is not None and (paper.prefix, paper.code, paper.year) == (prefix, code, year):
            taken.append(paper.serial)
    if max(taken) >= _MOST_SERIAL:
        raise ValueError(f"no number is left in {prefix}-{code}-{year}")
    return DocumentNumber(prefix, code, year, max(taken) + 1)


def supplement_number(contract: DocumentNumber, supplement: int) -> DocumentNumber:
    """Return the number of a supplement to `contract`."""
    return DocumentNumber(
        contract.prefix,
        contract.code,
        contract.year,
        contract.serial,
        contract.part,
        supplement,
    )


def change_number(number: int) -> str:
    """Return the number of a change within its case, CR-02."""
    return f"CR-{number:02}"


def official_number(issuer: str, year: int, number: int) -> str:
    """Return a number as official letters bear it (GB/T 9704-2012, 7.2.5), 某函〔2025〕37号."""
    return f"{issuer}〔{year}〕{number}号"
