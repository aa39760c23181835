"""Gives every tag of a Word template a run of its own and marks where printed values begin and end.

The marks are XML comments while the template is compiled; the compiler turns them into hidden
bookmarks named after the case path of the value, or drops them where a tag prints no case value.
Bookmarks, because LibreOffice and WPS keep them on save and damage content controls.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from lxml import etree

from salesdocs.word.bookmarks import keep_sound
from salesdocs.word.ooxml import WP, W, w

TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# `{{r x}}`, `{{p x}}` … replace the run or paragraph around them: there is nothing to anchor.
_STRUCTURAL: Final = re.compile(r"\{\{(?:r|p|tr|tc)\s")
# docxtpl puts the text element around `{% vm %}` into a condition: its tags must stay together.
_MERGES_CELLS: Final = re.compile(r"\{%\s*[vh]m\s*%\}")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_TAKES_AWAY: Final = re.compile(r"\{[{%#](p|tr|tc)\s")
MARK: Final = re.compile(r"<!--(?P<end>/?)anchor (?P<number>\d+)-->|\n?<!--paragraph \d+-->")
# Stands where the number of a drawing goes; a loop may print the same drawing more than once.
DRAWING_NUMBER: Final = "drawing-number"

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_CODE_LENGTH: Final = 5


def anchor_code(pattern: str) -> str:
    """Return the five letters and digits that stand for a path pattern in bookmark names.

    Short, because each bookmark name is incompressible text in every file; a test proves that no
    two paths of the catalogue share a code. Word hides bookmarks whose name begins with `_` and
    allows 40 characters.
    """
    number = int.from_bytes(sha256(pattern.encode()).digest()[:8], "big")
    code = ""
    for _ in range(_CODE_LENGTH):
        number, digit = divmod(number, len(_DIGITS))
        code += _DIGITS[digit]
    return code


def anchor_key(path: str, option: str = "") -> str:
    """Return what a bookmark's name stands for: a path, or one of the boxes that answer it."""
    return f"{path}={option}" if option else path


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a paragraph stands, in the words of someone who looks at the template in Word."""

    paragraph: int
    table: int
    row: int
    cell: int
    text: str

    def zh(self) -> str:
        """Return the place in Chinese: 第 3 个表格第 2 行第 1 格“…”."""
        return f"{self.place_zh()}“{_short(self.text)}”"

    def en(self) -> str:
        """Return the place in English: table 3, row 2, cell 1 “…”."""
        return f"{self.place_en()} “{_short(self.text)}”"

    def place_zh(self) -> str:
        """Return the place in Chinese without its text."""
        if not self.table:
            return f"第{self.paragraph}段"
        return f"第{self.table}个表格第{self.row}行第{self.cell}格"

    def place_en(self) -> str:
        """Return the place in English without its text."""
        if not self.table:
            return f"paragraph {self.paragraph}"
        return f"table {self.table}, row {self.row}, cell {self.cell}"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


@dataclass(slots=True)
class Marked:
    """What was found while marking a part: per anchor the run's properties, per mark its spot."""

    runs: list[str] = field(default_factory=list)
    spots: dict[int, Spot] = field(default_factory=dict)
    split: list[Spot] = field(default_factory=list)


def mark(root: etree._Element) -> Marked:
    """Mark the tags below `root` in place; return what the marks refer to.

    A tag that Word has split over several runs is put back into the first of them; where these runs
    look different, its spot is listed in `split`.
    """
    found = Marked()
    tables = {table: number for number, table in enumerate(root.iter(w("tbl")), 1)}
    for number, paragraph in enumerate(root.iter(w("p")), 1):
        _join_split_tags(_texts(paragraph, "instrText"))
        texts = _texts(paragraph, "t")
        whole = "".join(text.text or "" for text in texts)
        if "{" not in whole:
            continue
        found.spots[number] = spot = spot_of(paragraph, number, whole, tables)
        if _join_split_tags(texts):
            found.split.append(spot)
        for text in texts:
            _isolate(text, found)
        _place_mark(paragraph, whole, etree.Comment(f"paragraph {number}"))
    for drawing in root.iter(f"{{{WP}}}docPr"):
        drawing.set("id", DRAWING_NUMBER)
    keep_sound(root)
    return found


def _texts(paragraph: etree._Element, kind: str) -> list[etree._Element]:
    """Return the text elements of the paragraph itself, not those of a text box inside it."""
    return [
        text for text in paragraph.iter(w(kind)) if next(text.iterancestors(w("p"))) is paragraph
    ]


def _place_mark(paragraph: etree._Element, text: str, comment: etree._Element) -> None:
    """Put `comment` where it survives: before what `{%p %}` or `{%tr %}` takes away."""
    taken = _TAKES_AWAY.search(text)
    if taken is None:
        has_properties = len(paragraph) and paragraph[0].tag == w("pPr")
        paragraph.insert(1 if has_properties else 0, comment)
        return
    around = paragraph if taken[1] == "p" else next(paragraph.iterancestors(w(taken[1])), paragraph)
    around.addprevious(comment)


def spot_of(
    paragraph: etree._Element, number: int, text: str, tables: dict[etree._Element, int]
) -> Spot:
    """Return where a paragraph stands: its own number, or that of its table, row and cell."""
    cell = next(paragraph.iterancestors(w("tc")), None)
    if cell is None:
        return Spot(number, 0, 0, 0, text)
    row = next(cell.iterancestors(w("tr")))
    table = next(cell.iterancestors(w("tbl")))
    return Spot(number, tables[table], _ordinal(row), _ordinal(cell), text)


def _ordinal(element: etree._Element) -> int:
    return 1 + len(list(element.itersiblings(str(element.tag), preceding=True)))


def _join_split_tags(texts: list[etree._Element]) -> bool:
    """Put each tag into one text element; return whether runs of different look were joined."""
    differ = False
    starts = _starts(texts)
    # From the last tag to the first: what has been moved lies behind what is still to be moved.
    for match in reversed(list(TAG.finditer("".join(text.text or "" for text in texts)))):
        first = bisect_right(starts, match.start()) - 1
        last = bisect_right(starts, match.end() - 1) - 1
        if first == last:
            continue
        looks = {_properties(texts[index].getparent()) for index in range(first, last + 1)}
        differ = differ or len(looks) > 1
        tail = (texts[last].text or "")[match.end() - starts[last] :]
        texts[first].text = (texts[first].text or "")[: match.start() - starts[first]] + match[0]
        for index in range(first + 1, last):
            texts[index].text = ""
        texts[last].text = tail
        # Word leaves out blanks at the ends of a text that does not say so.
        texts[first].set(_SPACE, "preserve")
        texts[last].set(_SPACE, "preserve")
    return differ


def _starts(texts: list[etree._Element]) -> list[int]:
    starts, position = [], 0
    for text in texts:
        starts.append(position)
        position += len(text.text or "")
    return starts


def _properties(run: etree._Element | None) -> str:
    """Return the run's properties as XML text without namespace declarations, "" for none."""
    properties = run.find(w("rPr")) if run is not None else None
    if properties is None:
        return ""
    xml = etree.tostring(properties, encoding="unicode", with_tail=False)
    return re.sub(r' xmlns:\w+="[^"]*"', "", xml)


def _isolate(text: etree._Element, found: Marked) -> None:
    """Give each printing tag in `text` a run of its own between two anchor marks."""
    whole = text.text or ""
    run = text.getparent()
    prints = [tag for tag in TAG.finditer(whole) if _prints(tag.group())]
    if not prints or run is None or run.tag != w("r") or _MERGES_CELLS.search(whole):
        return
    pieces = list(_pieces(whole, prints))
    before, after = _split_run(run, text)
    properties = _properties(run)
    fresh: list[etree._Element] = []
    for piece, printing in pieces:
        new = _run_like(run, piece)
        if printing:
            number = len(found.runs)
            found.runs.append(properties)
            fresh += (etree.Comment(f"anchor {number}"), new, etree.Comment(f"/anchor {number}"))
        else:
            fresh.append(new)
    parent = run.getparent()
    if parent is None:
        return
    position = parent.index(run)
    kept = ([before] if before is not None else []) + fresh + ([after] if after is not None else [])
    kept[-1].tail = run.tail
    parent[position : position + 1] = kept


def _prints(tag: str) -> bool:
    """Return whether a tag prints a value and leaves the text around it as it is."""
    trims = tag.startswith("{{-") or tag.endswith("-}}")
    return tag.startswith("{{") and not trims and not _STRUCTURAL.match(tag)


def _pieces(whole: str, prints: list[re.Match[str]]) -> Iterator[tuple[str, bool]]:
    position = 0
    for tag in prints:
        if tag.start() > position:
            yield whole[position : tag.start()], False
        yield tag.group(), True
        position = tag.end()
    if position < len(whole):
        yield whole[position:], False


def _split_run(
    run: etree._Element, text: etree._Element
) -> tuple[etree._Element | None, etree._Element | None]:
    """Return runs with what stands before and after `text` in its run, None where nothing does."""
    children = [child for child in run if child.tag != w("rPr")]
    position = children.index(text)
    return _run_with(run, children[:position]), _run_with(run, children[position + 1 :])


def _run_with(run: etree._Element, children: list[etree._Element]) -> etree._Element | None:
    if not children:
        return None
    new = _bare_run(run)
    new.extend(children)
    return new


def _run_like(run: etree._Element, text: str) -> etree._Element:
    new = _bare_run(run)
    element = etree.SubElement(new, w("t"))
    element.text = text
    element.set(_SPACE, "preserve")
    return new


def _bare_run(run: etree._Element) -> etree._Element:
    new = etree.Element(run.tag, dict(run.attrib), nsmap={"w": W})
    properties = run.find(w("rPr"))
    if properties is not None:
        new.append(deepcopy(properties))
    return new
