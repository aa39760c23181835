"""Word files whose indents in characters are written as lengths, for who does not know characters.

LibreOffice 7.4 reads `w:firstLine` and not `w:firstLineChars`, of which Word obeys the latter: what
it shows can be held against ours only when both say the same.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from salesdocs.word.ooxml import w
from salesdocs.word.shown.paragraphs import read_blocks
from salesdocs.word.shown.parts import open_parts
from salesdocs.word.shown.reading import Reading, open_reading

_SAID = ("left_characters", "right_characters", "first_characters")


def in_lengths(package: bytes) -> bytes:
    """The same file with the indents of its styles and paragraphs as Word resolves them."""
    parts, main = open_parts(package, "")
    reading = open_reading(parts, main, read_blocks)
    changed = {}
    for name in (main, parts.related(main, "styles")):
        root = parts.root(name)
        if root is not None:
            for holder in list(root.iter(w("pPr"))):
                _rewrite(reading, holder)
            changed[name] = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
    target = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item, changed.get(item.filename, old.read(item.filename)))
    return target.getvalue()


def _rewrite(reading: Reading, holder: etree._Element) -> None:
    style = holder.getparent()
    probe = holder
    if style is not None and style.tag == w("style"):
        if style.get(w("type")) != "paragraph":
            return
        probe = etree.Element(w("pPr"))
        etree.SubElement(probe, w("pStyle")).set(w("val"), style.get(w("styleId"), ""))
    setting = reading.looks.setting(reading.ground, probe)
    if not any(setting.said.get(name) for name in _SAID):
        return
    size = reading.looks.style_size(reading.ground, setting)
    shape = reading.looks.shape(reading.ground, setting, size, 0)
    for old in holder.findall(w("ind")):
        holder.remove(old)
    indent = etree.SubElement(holder, w("ind"))
    for name, value in (("left", shape.left), ("right", shape.right)):
        indent.set(w(name), str(round(value * 20)))
    indent.set(w("hanging" if shape.first < 0 else "firstLine"), str(round(abs(shape.first) * 20)))
    # The schema wants the indent before these.
    for later in ("contextualSpacing", "mirrorIndents", "jc", "textDirection", "textAlignment",
                  "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"):  # fmt: skip
        for each in holder.findall(w(later)):
            holder.append(each)
