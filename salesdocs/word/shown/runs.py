"""Reads what stands in a paragraph: text, breaks, fields, marks, links, pictures.

Insertions are shown and deletions are not, as Word prints a document whose changes are accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from lxml import etree

from salesdocs.word.ooxml import W, w
from salesdocs.word.shown.drawings import read_drawing, read_formula, read_picture
from salesdocs.word.shown.fields import (
    COUNTERS,
    code_of,
    form_text,
    is_drawn,
    is_stale,
    shown_without_result,
)
from salesdocs.word.shown.looks import Ground, Letters, Setting
from salesdocs.word.shown.model import (
    Break,
    Counter,
    Inline,
    Look,
    Mark,
    NoteMark,
    Tab,
    Text,
)
from salesdocs.word.shown.names import MC, W14, W15, WP14, WPG, WPS, M, R, tags
from salesdocs.word.shown.numerals import numeral
from salesdocs.word.shown.reading import Field, Reading
from salesdocs.word.shown.symbols import plain, symbol

UNDERSTOOD: Final = frozenset((WPS, WPG, WP14, W14, W15))
"""Namespaces whose content `mc:Choice` may require."""

MARKS: Final = frozenset("‘’“”…—–·‥‧×÷±°§¶†‡•¨´¸")
"""Characters that Latin and East Asian fonts both have, in widths of their own."""

INLINE_SILENT: Final = tags(
    W,
    "pPr rPr proofErr permStart permEnd commentRangeStart commentRangeEnd commentReference "
    "annotationRef lastRenderedPageBreak moveFromRangeStart moveFromRangeEnd moveToRangeStart "
    "moveToRangeEnd customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart "
    "customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd "
    "customXmlMoveToRangeStart customXmlMoveToRangeEnd separator continuationSeparator "
    "smartTagPr customXmlPr sdtPr sdtEndPr fldData sectPr tblPrEx",
)
"""Elements that show nothing, or that are read where they matter."""

DELETED: Final = tags(W, "del moveFrom delText delInstrText")
"""Elements that are not shown: what somebody took out."""

WRAPPERS: Final = tags(W, "ins moveTo smartTag customXml sdt sdtContent dir bdo")
"""Elements that show what is in them."""


class Inlines:
    """Gathers what a paragraph shows; neighbouring text of one look becomes one."""

    def __init__(self, reading: Reading, ground: Ground, setting: Setting) -> None:
        self.reading = reading
        self.ground = ground
        self.setting = setting
        self.items: list[Inline] = []
        self.link = ""

    def letters(self, properties: etree._Element | None) -> Letters:
        """Return the look of a run here."""
        letters = self.reading.looks.letters(self.ground, self.setting, properties)
        for tag in letters.missed:
            self.reading.miss(tag)
        return letters

    def add(self, item: Inline) -> None:
        """Show an item; inside the code of a field, or the result of a counter, only its text."""
        for each in self.reading.fields:
            each.shown = each.shown or each.in_result
            if not each.in_result or each.kind:
                if isinstance(item, Text):
                    if each.in_result:
                        each.look = item.look
                        each.cached += item.text
                    else:
                        each.code += item.text
                return
        last = self.items[-1] if self.items else None
        if (
            isinstance(item, Text)
            and isinstance(last, Text)
            and last.look is item.look
            and last.link == item.link
        ):
            self.items[-1] = Text(last.text + item.text, last.look, last.link)
        else:
            self.items.append(item)

    def say(self, text: str, letters: Letters) -> None:
        """Show text of a look."""
        if not text or letters.hidden:
            return
        look = letters.look
        if letters.symbols:
            text, known = plain(text, letters.symbols)
            if not known:
                self.reading.miss(f"{w('rFonts')} {letters.symbols}", lost=True)
        if letters.hint and not MARKS.isdisjoint(text):
            look = self.reading.looks.shared(replace(look, east_asian_marks=True))
        self.add(Text(text, look, self.here))

    @property
    def here(self) -> str:
        """Return the link that holds here: that of the innermost field that is one."""
        for each in reversed(self.reading.fields):
            if each.link:
                return each.link
        return self.link


def read_inlines(inlines: Inlines, elements: Iterable[etree._Element]) -> None:
    """Add what the elements of a paragraph show."""
    for element in elements:
        read = _INLINE.get(element.tag)
        if read is not None:
            read(inlines, element)
        elif element.tag in WRAPPERS:
            read_inlines(inlines, element)
        elif element.tag not in INLINE_SILENT and element.tag not in DELETED:
            inlines.reading.miss(str(element.tag), lost=True)


def chosen(reading: Reading, element: etree._Element) -> Iterator[etree._Element]:
    """Return the children of the first `mc:Choice` we understand, else of the fallback.

    ISO/IEC 29500-3, 7.6: a choice requires namespaces, named by their prefixes.
    """
    for branch in element:
        if branch.tag == f"{{{MC}}}Choice":
            needed = branch.get("Requires", "").split()
            if needed and all(branch.nsmap.get(each) in UNDERSTOOD for each in needed):
                return iter(branch)
        elif branch.tag == f"{{{MC}}}Fallback":
            return iter(branch)
    # Nothing we know, and no other way to show it.
    reading.miss(str(element.tag), lost=True)
    return iter(())


def _alternate(inlines: Inlines, element: etree._Element) -> None:
    read_inlines(inlines, chosen(inlines.reading, element))


def _hyperlink(inlines: Inlines, element: etree._Element) -> None:
    before = inlines.link
    inlines.link = _address(inlines.reading, element) or before
    read_inlines(inlines, element)
    inlines.link = before


def _address(reading: Reading, element: etree._Element) -> str:
    anchor = element.get(w("anchor"), "")
    name = element.get(f"{{{R}}}id")
    if not name:
        return f"#{anchor}" if anchor else ""
    relation = reading.relation(name)
    if relation is None or not relation.external:
        reading.miss(str(element.tag))
        return ""
    return f"{relation.target}#{anchor}" if anchor else relation.target


def _bookmark(inlines: Inlines, element: etree._Element) -> None:
    mark = bookmark(inlines.reading, element)
    if mark is not None:
        inlines.add(mark)


def bookmark(reading: Reading, element: etree._Element) -> Mark | None:
    """Return the mark of a bookmark's start or end; None for one that nothing refers to."""
    number = element.get(w("id"), "")
    if element.tag == w("bookmarkStart"):
        name = element.get(w("name"), "")
        if not name or name == "_GoBack":  # where the cursor stood when the file was saved
            return None
        reading.bookmarks[number] = name
        return Mark(name)
    known = reading.bookmarks.pop(number, None)
    return None if known is None else Mark(known, end=True)


def _simple_field(inlines: Inlines, element: etree._Element) -> None:
    field = Field(inlines.letters(None).look, element.get(w("instr"), ""))
    inlines.reading.fields.append(field)
    _turn_to_result(inlines, field)
    read_inlines(inlines, element)
    _end_field(inlines, inlines.letters(None))


def _turn_to_result(inlines: Inlines, field: Field) -> None:
    """Read the code of a field, whose result begins now."""
    code = code_of(field.code)
    field.in_result = True
    field.name = code.name
    field.link = code.link
    if code.name in COUNTERS:
        field.kind = code.name
        field.format = code.format
        field.target = code.target if code.name == "PAGEREF" else ""
    elif is_stale(code):
        inlines.reading.miss(f"{w('instrText')} {code.name}")


def _end_field(inlines: Inlines, letters: Letters) -> None:
    fields = inlines.reading.fields
    if not fields:
        return
    field = fields[-1]
    had_result = field.in_result
    if not had_result:
        _turn_to_result(inlines, field)
    link = inlines.here
    fields.pop()
    if field.kind:
        if not letters.hidden:
            inlines.add(
                Counter(
                    field.kind,  # type: ignore[arg-type]
                    field.look,
                    field.cached,
                    field.target,
                    field.format,
                    link,
                )
            )
        return
    if field.shown:
        return
    code = code_of(field.code)
    text = form_text(field.form) or shown_without_result(code)
    if text:
        inlines.say(text, Letters(field.look))
    elif is_drawn(code) and not had_result:
        inlines.reading.miss(f"{w('instrText')} {code.name}", lost=True)


def _run(inlines: Inlines, element: etree._Element) -> None:
    letters: Letters | None = None
    for child in element:
        tag = child.tag
        if tag == _RPR:
            letters = inlines.letters(child)
            continue
        if letters is None:
            letters = inlines.letters(None)
        if tag == _T:
            inlines.say(_text(child), letters)
            continue
        read = _IN_RUN.get(tag)
        if read is not None:
            if not letters.hidden or tag in _STRUCTURE:
                read(inlines, child, letters)
        elif tag not in INLINE_SILENT and tag not in DELETED:
            inlines.reading.miss(str(tag), lost=True)


def _text(element: etree._Element) -> str:
    """Return the text of a `w:t`; space at its ends counts only where it is said to."""
    text = element.text or ""
    if element.get(_SPACE) != "preserve":
        text = text.strip(" \t\r\n")
    # Line ends and tabs inside a text are shown as spaces.
    return text.translate(_BLANKS) if "\n" in text or "\t" in text or "\r" in text else text


def _tab(inlines: Inlines, element: etree._Element, letters: Letters) -> None:
    inlines.add(Tab(letters.look, inlines.here))


def _placed_tab(inlines: Inlines, element: etree._Element, letters: Letters) -> None:
    align = element.get(w("alignment"), "left")
    leader = element.get(w("leader"), "none")
    if element.get(w("relativeTo"), "margin") != "margin":
        inlines.reading.miss(str(element.tag))
    known = align if align in {"left", "center", "right"} else "left"
    inlines.add(
        Tab(letters.look, inlines.here, known, "" if leader == "none" else leader)  # type: ignore[arg-type]
    )


def _break(inlines: Inlines, element: etree._Element, letters: Letters) -> None:
    kind = element.get(w("type"), "textWrapping")
    if element.get(w("clear"), "none") != "none":
        inlines.reading.miss(f"{element.tag!s} clear")
    inlines.add(Break({"page": "page", "column": "column"}.get(kind, "line"), letters.look))  # type: ignore[arg-type]


def _symbol(inlines: Inlines, element: etree._Element, letters: Letters) -> None:
    font = element.get(w("font"), "")
    try:
        code = int(element.get(w("char"), ""), 16)
    except ValueError:
        code = 0
    said = symbol(code, font)
    if said:
        inlines.add(Text(said, letters.look, inlines.here))
    else:
        inlines.reading.miss(f"{element.tag!s} {font} {code:04X}", lost=True)


def _character(character: str) -> Callable[[Inlines, etree._Element, Letters], None]:
    def say(inlines: Inlines, element: etree._Element, letters: Letters) -> None:
        inlines.add(Text(character, letters.look, inlines.here))

    return say


def _page_number(inlines: Inlines, element: etree._Element, letters: Letters) -> None:
    inlines.add(Counter("PAGE", letters.look))


def _field_character(inlines: Inlines, element: etree._Element, letters: Letters) -> None:
    fields = inlines.reading.fields
    match element.get(w("fldCharType")):
        case "begin":
            fields.append(Field(letters.look, form=element.find(w("ffData"))))
        case "separate":
            if fields and not fields[-1].in_result:
                _turn_to_result(inlines, fields[-1])
        case "end":
            _end_field(inlines, letters)


def _instruction(inlines: Inlines, element: etree._Element, letters: Letters) -> None:
    fields = inlines.reading.fields
    if fields and not fields[-1].in_result:
        fields[-1].code += element.text or ""


def _note(kind: str) -> Callable[[Inlines, etree._Element, Letters], None]:
    def mark(inlines: Inlines, element: etree._Element, letters: Letters) -> None:
        notes = inlines.reading.notes
        number = element.get(w("id"), "")
        if element.get(w("customMarkFollows")) in {"1", "true", "on"}:
            text = ""  # the text that follows in the run is the mark
        else:
            notes.counts[kind] = notes.counts.get(kind, 0) + 1
            form = notes.forms.get(kind, "decimal" if kind == "footnote" else "lowerRoman")
            text = numeral(notes.counts[kind], form)
        notes.order.append((kind, number))
        notes.texts[kind, number] = text
        inlines.add(NoteMark(number, text, letters.look, kind))  # type: ignore[arg-type]

    return mark


def _own_number(inlines: Inlines, element: etree._Element, letters: Letters) -> None:
    inlines.say(inlines.reading.notes.own, letters)


def _ruby(inlines: Inlines, element: etree._Element, letters: Letters) -> None:
    inlines.reading.miss(str(element.tag), lost=True)
    base = element.find(w("rubyBase"))
    if base is not None:
        read_inlines(inlines, base)


def _alternate_in_run(inlines: Inlines, element: etree._Element, letters: Letters) -> None:
    for child in chosen(inlines.reading, element):
        read = _IN_RUN.get(child.tag)
        if read is not None:
            read(inlines, child, letters)
        elif child.tag == _T:
            inlines.say(_text(child), letters)
        else:
            inlines.reading.miss(str(child.tag), lost=True)


def _drawing(inlines: Inlines, element: etree._Element, letters: Letters) -> None:
    for item in read_drawing(inlines.reading, element, letters.look, inlines.here):
        inlines.add(item)


def _picture(inlines: Inlines, element: etree._Element, letters: Letters) -> None:
    for item in read_picture(inlines.reading, element, inlines.here):
        inlines.add(item)


def _formula(inlines: Inlines, element: etree._Element) -> None:
    inlines.reading.miss(str(element.tag))
    inlines.say(read_formula(element), inlines.letters(None))


def _formula_in_run(inlines: Inlines, element: etree._Element, letters: Letters) -> None:
    _formula(inlines, element)


_T: Final = w("t")
_RPR: Final = w("rPr")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS: Final = str.maketrans("\n\t\r", "   ")
_STRUCTURE: Final = tags(W, "fldChar instrText")
_INLINE: Final[Mapping[Any, Callable[[Inlines, etree._Element], None]]] = {
    w("r"): _run,
    w("hyperlink"): _hyperlink,
    w("fldSimple"): _simple_field,
    w("bookmarkStart"): _bookmark,
    w("bookmarkEnd"): _bookmark,
    f"{{{MC}}}AlternateContent": _alternate,
    f"{{{M}}}oMath": _formula,
    f"{{{M}}}oMathPara": _formula,
}
_IN_RUN: Final[Mapping[Any, Callable[[Inlines, etree._Element, Letters], None]]] = {
    w("tab"): _tab,
    w("ptab"): _placed_tab,
    w("br"): _break,
    w("cr"): _break,
    w("sym"): _symbol,
    w("noBreakHyphen"): _character("\u2011"),
    w("softHyphen"): _character("\u00ad"),
    w("pgNum"): _page_number,
    w("fldChar"): _field_character,
    w("instrText"): _instruction,
    w("footnoteReference"): _note("footnote"),
    w("endnoteReference"): _note("endnote"),
    w("footnoteRef"): _own_number,
    w("endnoteRef"): _own_number,
    w("ruby"): _ruby,
    w("drawing"): _drawing,
    w("pict"): _picture,
    w("object"): _picture,
    f"{{{MC}}}AlternateContent": _alternate_in_run,
    f"{{{M}}}oMath": _formula_in_run,
}
INLINE_READ: Final = frozenset((*_INLINE, *_IN_RUN, _T, _RPR))


def look_of(items: Iterable[Inline], default: Look) -> Look:
    """Return the look of the first text among items, else `default`."""
    return next((item.look for item in items if isinstance(item, Text)), default)
