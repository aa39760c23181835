"""Who stands for it: signature blocks, sign-off and sign-in tables, closings, filling notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from salesdocs.findings import Phrase
from salesdocs.workshop.house import SHADE, twips
from salesdocs.workshop.markup import Element
from salesdocs.workshop.paragraphs import Bullets, paragraph
from salesdocs.workshop.sheet import Sheet
from salesdocs.workshop.tables import (
    Column,
    Table,
    cell,
    fill,
    keep_together,
    numbers,
    row,
    shares,
    table,
)
from salesdocs.workshop.words import Faint, Given, Lines, Words, runs

NOTES_TITLE = Phrase("填写说明", "How to fill in this form")
WRITE_DAY = Phrase("　　年　　月　　日", "")
NAME = Phrase("姓名", "Name")
SEAL_HERE = Phrase("（盖章）", "(Seal)")
SIGN_HERE = Phrase("（签字）", " (signature)")
SIGN_ROW = 9
"""Millimetres a row needs at least for a name in ink."""

_LINE = twips(SIGN_ROW)


def first_of(role: str) -> Words:
    """Return the name of the first of our people in a role; nothing, to be written, if none."""
    first = Given("loop.first", "{{ person.name }}")
    return Lines(f"person in team if person.role == '{role}'", first, between="", empty="")


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a signature block: its name, and `lines` to sign, each a label and a value.

    An empty value leaves room for the pen.
    """

    name: Words
    lines: tuple[tuple[Words, Words], ...] = (
        (Phrase("法定代表人或授权代表（签字）：", "Authorised signatory:"), ""),
        (Phrase("日期：", "Date:"), (Phrase("　　", ""), WRITE_DAY)),
    )


@dataclass(frozen=True, slots=True)
class Signatures:
    """Two sides without borders, kept on one page, with `seal` mm of free area at each name.

    A company seal is 38–42 mm across, a contract seal 40–58 mm; 0 leaves the seal out.
    """

    left: Party
    right: Party
    seal: float = 60

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the table and the gap after it."""
        widths = shares((1, 1), sheet.width)
        sides = (self.left, self.right)
        rows = [self._row([side.name for side in sides], widths, sheet, _LINE)]
        if self.seal:
            height = twips(self.seal) - _LINE
            rows.append(self._row([Faint(SEAL_HERE)] * 2, widths, sheet, height))
        depth = max(len(side.lines) for side in sides)
        for index in range(depth):
            lines: list[Words] = [
                side.lines[index] if index < len(side.lines) else "" for side in sides
            ]
            rows.append(self._row(lines, widths, sheet, _LINE))
        keep_together(rows)
        yield table(widths, rows, "HousePlain")
        yield paragraph("TableGap")

    @staticmethod
    def _row(contents: list[Words], widths: list[int], sheet: Sheet, height: int) -> Element:
        cells = (
            cell(width, fill(words, "Signing", sheet))
            for words, width in zip(contents, widths, strict=True)
        )
        return row(*cells, height=height)


@dataclass(frozen=True, slots=True)
class SignOff:
    """The boxes 编制 / 审核 / 批准 that end an internal paper: label, and who it is if known.

    Room and day are left to the pen: a name printed where one signs would look signed already.
    """

    signers: tuple[tuple[Words, Words], ...]

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the table, kept on one page, and the gap after it."""
        widths = shares([1.0] * len(self.signers), sheet.width)
        heads = [
            (label, SIGN_HERE, (Phrase("：", ": "), who) if who else "")
            for label, who in self.signers
        ]
        blank = [""] * len(heads)
        rows = [
            self._row(heads, "TableHead", widths, sheet, shade=SHADE),
            self._row(blank, "TableCentre", widths, sheet, height=twips(13)),
            self._row([WRITE_DAY] * len(heads), "TableCentre", widths, sheet),
        ]
        keep_together(rows)
        yield table(widths, rows)
        yield paragraph("TableGap")

    @staticmethod
    def _row(
        contents: Sequence[Words],
        style: str,
        widths: list[int],
        sheet: Sheet,
        height: int = 0,
        shade: str = "",
    ) -> Element:
        cells = (
            cell(width, fill(words, style, sheet), shade=shade)
            for words, width in zip(contents, widths, strict=True)
        )
        return row(*cells, height=height)


@dataclass(frozen=True, slots=True)
class SignIn:
    """The table 签到: number, name, post and room to sign, a row for each of `each`.

    `head` stands above the names, `index` numbers the rows, `days` leaves room for the day of each
    signature; a few people stay on one page with `together`.
    """

    each: str
    name: Words
    post: Words
    head: Words = NAME
    index: bool = True
    days: bool = False
    together: bool = False

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the table."""
        number = numbers()
        columns = (
            *((number,) if self.index else ()),
            Column(self.head, self.name, 24, "center"),
            Column(Phrase("职务", "Post"), self.post, 32, "center"),
            Column(Phrase("签名", "Signature"), "", 40 if not self.days else 24, "center"),
            *((Column(Phrase("日期", "Date"), "", 20, "center"),) if self.days else ()),
        )
        table = Table(columns, each=self.each, together=self.together, row_height=SIGN_ROW)
        yield from table.lay(sheet)


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a letter: company and day at the right, kept together, the seal over both."""

    lines: tuple[Words, ...] = ("{{ document.company }}", "{{ document.date | day }}")
    seal: bool = True

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the lines."""
        for index, line in enumerate(self.lines):
            words: Words = (line, Faint(SEAL_HERE)) if self.seal and not index else line
            yield paragraph("Closing" if index else "ClosingFirst", *runs(words, sheet))


@dataclass(frozen=True, slots=True)
class Attachments:
    """附件：1. … as letters list them: numbered, nothing after the name."""

    items: tuple[Words, ...] = ()
    each: str = ""
    words: Words = ""

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the word 附件 and the list."""
        yield paragraph("BodyIndent", *runs(Phrase("附件：", "Enclosures:"), sheet), keep_next=True)
        yield from Bullets(self.items, self.each, self.words, numbered=True, level=2).lay(sheet)


@dataclass(frozen=True, slots=True)
class FillingNotes:
    """填写说明 in small type below a form: those of the register unless `items` are given."""

    items: tuple[Words, ...] = ()
    title: Words = NOTES_TITLE

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the title and the numbered notes, on one page; nothing where there are none."""
        notes = self.items or sheet.notes
        if not notes:
            return
        yield paragraph("NotesTitle", *runs(self.title, sheet))
        list_id = sheet.new_list()
        *most, last = notes
        for item in most:
            yield paragraph("FillingNotes", *runs(item, sheet), list_id=list_id, keep_next=True)
        yield paragraph("FillingNotes", *runs(last, sheet), list_id=list_id)
