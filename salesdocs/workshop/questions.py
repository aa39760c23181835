"""What stands on a questionnaire: questions, boxes to tick, and lines to write on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from salesdocs.findings import Phrase
from salesdocs.workshop.house import twips
from salesdocs.workshop.markup import Element, make
from salesdocs.workshop.paragraphs import paragraph
from salesdocs.workshop.sheet import Sheet
from salesdocs.workshop.tables import cell, fill, keep_together, row, shares, table
from salesdocs.workshop.words import Strong, Words, runs

BOX = "□"
_DOT = Phrase("．", ". ")
_LINE = twips(8.5)
_OPTION = twips(7.5)
_ROOM = "_" * 16


@dataclass(frozen=True, slots=True)
class Question:
    """A question in bold, kept with what answers it."""

    number: Words
    words: Words

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the question."""
        said = runs(Strong((self.number, _DOT, self.words)), sheet)
        yield paragraph("BodyText", *said, keep_next=True)


@dataclass(frozen=True, slots=True)
class Options:
    """Boxes to tick in columns of equal width; one that ends in a colon gets room to write."""

    options: tuple[Phrase, ...]
    columns: int = 4

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the boxes and the gap after them."""
        widths = shares([1.0] * self.columns, sheet.width)
        rows = [
            self._row(self.options[start : start + self.columns], widths, sheet)
            for start in range(0, len(self.options), self.columns)
        ]
        keep_together(rows)
        yield table(widths, rows, "HousePlain")
        yield paragraph("TableGap")

    @staticmethod
    def _row(options: tuple[Phrase, ...], widths: list[int], sheet: Sheet) -> Element:
        cells = []
        for place, option in enumerate(options):
            last = place == len(options) - 1
            taken = widths[place:] if last else [widths[place]]
            room = _ROOM if sheet.text(option).endswith(("：", ":")) else ""
            words = Phrase(*(f"{BOX}\u00a0{option.text(lang)}{room}" for lang in ("zh", "en")))
            content = fill(words, "TableText", sheet)
            cells.append(cell(sum(taken), content, span=len(taken)))
        return row(*cells, height=_OPTION)


@dataclass(frozen=True, slots=True)
class WritingLines:
    """A question and ruled lines to write on, kept on one page."""

    number: Words
    words: Words
    lines: int = 2

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the question, the lines and the gap after them."""
        yield from Question(self.number, self.words).lay(sheet)
        rows = [
            row(cell(sheet.width, fill("", "TableText", sheet), borders=_rule()), height=_LINE)
            for _ in range(self.lines)
        ]
        keep_together(rows)
        yield table([sheet.width], rows, "HousePlain")
        yield paragraph("TableGap")


def _rule() -> Element:
    return make("w:tcBorders", make("w:bottom", val="single", sz=4, space=0, color="auto"))
