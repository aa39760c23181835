"""The calculations, each with the figures of the sample case: computed, never copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from salesdocs.findings import Phrase
from salesdocs.playbook.book import Book
from salesdocs.playbook.components.registry import Argument, component
from salesdocs.playbook.markup import block, plain, table
from salesdocs.process.documents import value_at
from salesdocs.word.filters import filters_for


@dataclass(frozen=True, slots=True)
class Example:
    """What of the sample case shows a calculation: values, and the columns of a list's rows.

    Each is a case path with the filter that prints it, as in a template.
    """

    values: tuple[tuple[str, str], ...] = ()
    rows: str = ""
    columns: tuple[tuple[str, str], ...] = ()


EXAMPLES: Final[Mapping[str, Example]] = {
    "line": Example(
        rows="proposal.quote.lines",
        columns=(
            ("name", ""), ("qty", "number"), ("price", "money"), ("discount", "percent"),
            ("list_amount", "money"), ("gross", "money"), ("unit_deal", "money"),
        ),
    ),
    "discount": Example(
        values=(
            ("proposal.quote.list_total", "money"), ("proposal.quote.total", "money"),
            ("proposal.quote.saved", "money"), ("proposal.quote.discount_rate", "percent"),
            ("proposal.quote.deal_rate", "percent"), ("proposal.quote.deepest_discount", "percent"),
        ),
    ),
    "vat": Example(
        rows="proposal.quote.by_rate",
        columns=(("rate", "percent"), ("gross", "money"), ("net", "money"), ("tax", "money")),
        values=(
            ("proposal.quote.total", "money"), ("proposal.quote.net", "money"),
            ("proposal.quote.tax", "money"),
        ),
    ),
    "capitals": Example(
        values=(("contract.amount", "yuan"), ("contract.amount", "capitals")),
    ),
    "payments": Example(
        rows="contract.payments",
        columns=(("name", ""), ("share", "percent"), ("amount", "money")),
        values=(("contract.share_total", "percent"), ("contract.amount", "money")),
    ),
    "dates": Example(
        rows="payment_schedule",
        columns=(
            ("name", ""), ("event_date", "iso"), ("raw_due", "iso"), ("due", "iso"),
            ("received", "iso"), ("overdue_days", "number"),
        ),
        values=(
            ("contract.start", "iso"), ("contract.delivery.prelim_days", "number"),
            ("contract.prelim_due", "iso"), ("warranty_period.event_date", "iso"),
            ("warranty_period.first", "iso"), ("warranty_period.last", "iso"),
        ),
    ),
    "score": Example(
        rows="lead.evaluation.rows",
        columns=(("dimension", ""), ("weight", "number"), ("rating", ""), ("points", "number")),
        values=(("lead.evaluation.score", "number"), ("lead.evaluation.grade", "label")),
    ),
    "nps": Example(
        values=tuple(
            (f"aftersales.surveys[0].nps.{name}", "number")
            for name in ("n", "promoters", "passives", "detractors", "score")
        ),
    ),
    "satisfaction": Example(
        rows="aftersales.surveys[0].dimension_results",
        columns=(("dimension", "label"), ("n", "number"), ("mean", "score"), ("top2", "percent")),
        values=(
            ("aftersales.surveys[0].overall_mean", "score"),
            ("aftersales.surveys[0].csat", "percent"), ("aftersales.surveys[0].index", "number"),
        ),
    ),
    "receivables": Example(
        rows="payment_schedule",
        columns=(
            ("name", ""), ("amount", "money"), ("due", "iso"), ("received_amount", "money"),
            ("outstanding", "money"), ("overdue_days", "number"), ("damages", "money"),
        ),
        values=(("collected", "money"), ("collected_rate", "percent"), ("outstanding", "money")),
    ),
    "numbering": Example(
        values=(("meta.case_no", ""), ("contract.doc_no", ""), ("proposal.doc_no", "")),
    ),
}  # fmt: skip
CALCULATION: Final = Argument(Phrase("计算", "calculation"), lambda book: EXAMPLES)


@component("calculation", CALCULATION)
def calculation(book: Book, page: str, name: str) -> str:
    """Return a calculation as the sample case has it: the rows, and what comes of them."""
    del page
    if book.sample is None:
        return plain(book.word("没有样例案件。", "There is no sample case."))
    example = EXAMPLES[name]
    return block("div", "sd-calculation", _shown(book, example))


def _shown(book: Book, example: Example) -> Iterator[str]:
    if example.rows:
        pattern = _pattern(example.rows)
        head = [plain(_label(book, f"{pattern}[].{column}")) for column, _ in example.columns]
        yield table(head, _rows(book, example)) + "\n"
    values = [
        (plain(_label(book, _pattern(path))), _printed(book, value_at(book.sample, path), filter_))
        for path, filter_ in example.values
    ]
    if values:
        yield table((book.word("项目", "Item"), book.word("数值", "Value")), values)


def _rows(book: Book, example: Example) -> Iterator[list[str]]:
    rows = value_at(book.sample, example.rows)
    if not isinstance(rows, Sequence):
        return
    for row in rows:
        yield [
            _printed(book, value_at(row, column), filter_) for column, filter_ in example.columns
        ]


def _printed(book: Book, value: Any, filter_: str) -> str:
    if value is None:
        return "/"
    shown = filters_for(book.lang)[filter_](value) if filter_ else value
    label = getattr(shown, book.lang, shown)  # a choice is printed by its label
    return plain(str(label))


def _pattern(path: str) -> str:
    return path.replace("[0]", "[]")


def _label(book: Book, pattern: str) -> str:
    return book.library.catalogue.label(pattern, book.lang)
