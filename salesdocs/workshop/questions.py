"""What stands on a questionnaire: questions, boxes to tick, and lines to write on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from salesdocs.case.choices import Choice
from salesdocs.findings import Phrase
from salesdocs.workshop.house import twips
from salesdocs.workshop.markup import Element, make
from salesdocs.workshop.paragraphs import paragraph
from salesdocs.workshop.sheet import Sheet
from salesdocs.workshop.tables import cell, fill, keep_together, row, shares, table
from salesdocs.workshop.words import Break, Strong, Words, runs

BOX = "□"
_DOT = Phrase("．", ". ")
_LINE = twips(8.5)
_OPTION = twips(7.5)
_ROOM = "_" * 16


def box(path: str, option: object, known: str = "") -> str:
    """Return a box that is ticked where the value at `path` is the option, or has it.

    With `known` it is ticked only where that condition holds: "none" of what was looked at.
    """
    return f"{{{{ {path} | tick('{option}'{', ' if known else ''}{known}) }}}}"


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
    """Boxes to tick in columns of equal width; one that ends in a colon gets room to write.

    They answer the `path`; `options` has the words behind each box by what it stands for.
    """

    path: str
    options: Mapping[str, Phrase]
    columns: int = 4

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the boxes and the gap after them."""
        widths = shares([1.0] * self.columns, sheet.width)
        options = tuple(self.options.items())
        rows = [
            self._row(options[start : start + self.columns], widths, sheet)
            for start in range(0, len(options), self.columns)
        ]
        keep_together(rows)
        yield table(widths, rows, "HousePlain")
        yield paragraph("TableGap")

    def _row(
        self, options: tuple[tuple[str, Phrase], ...], widths: list[int], sheet: Sheet
    ) -> Element:
        cells = []
        for place, (option, said) in enumerate(options):
            last = place == len(options) - 1
            taken = widths[place:] if last else [widths[place]]
            room = _ROOM if sheet.text(said).endswith(("：", ":")) else ""
            words = Phrase(*(f"\u00a0{said.text(lang)}{room}" for lang in ("zh", "en")))
            content = fill((box(self.path, option), words), "TableText", sheet)
            cells.append(cell(sum(taken), content, span=len(taken)))
        return row(*cells, height=_OPTION)


def ticked(path: str, options: Iterable[Choice], per_line: int = 3) -> Words:
    """Return the boxes of a list of choices, so many on a line and below each other.

    Where they fill more than one line; on one line the filter `boxes` does. Labels are filled up
    with blanks of the width of a character, because boxes that do not stand in columns look torn.
    """
    known = tuple(options)
    width = max(len(option.zh) for option in known)
    words: list[Words] = []
    for place, option in enumerate(known, 1):
        ends = place % per_line == 0 or place == len(known)
        room = "" if ends else "\u3000" * (width - len(option.zh) + 1)
        words.append(box(path, option))
        words.append(
            Phrase(f"\u00a0{option.zh}{room}", f"\u00a0{option.en}{'' if ends else '   '}")
        )
        if ends and place < len(known):
            words.append(Break())
    return tuple(words)


@dataclass(frozen=True, slots=True)
class WritingLines:
    """A question and ruled lines to write on, kept on one page.

    An `answer` that is known stands on the first of them; a questionnaire has none.
    """

    number: Words
    words: Words
    answer: Words = ""
    lines: int = 2

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the question, the lines and the gap after them."""
        yield from Question(self.number, self.words).lay(sheet)
        rows = [
            row(cell(sheet.width, fill(words, "TableText", sheet), borders=_rule()), height=_LINE)
            for words in (self.answer, *("",) * (self.lines - 1))
        ]
        keep_together(rows)
        yield table([sheet.width], rows, "HousePlain")
        yield paragraph("TableGap")


def _rule() -> Element:
    return make("w:tcBorders", make("w:bottom", val="single", sz=4, space=0, color="auto"))
