"""The reference engine: what docxtpl makes of the same template and context, to compare with ours.

docxtpl is given our filters, autoescape, strict undefined names, and the one convention of the house
that it does not know: a blank prints `/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import jinja2
from docxtpl import DocxTemplate
from lxml import etree

from salesdocs.word.filters import FORMATS, filters_for

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class _Blank(jinja2.StrictUndefined):
    """Blocks that are None have blank fields; anything else undefined is an error."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or self._undefined_obj is not None:
            return super().__getattr__(name)
        return self

    def __getitem__(self, key: Any) -> Any:
        if self._undefined_obj is not None:
            return super().__getitem__(key)
        return self


def environment() -> jinja2.Environment:
    """Jinja as the house uses it, for docxtpl."""
    found = jinja2.Environment(autoescape=True, undefined=_Blank, finalize=_finalize)
    # The builtins that we wrote again keep Jinja's own code here: that is what they must equal.
    ours = filters_for("zh")
    found.filters.update({name: _given_none(ours[name]) for name in FORMATS})
    return found


def _given_none(ours: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, given None where a block is blank, as it is with us."""
    return lambda value, *rest: ours(None if isinstance(value, _Blank) else value, *rest)


def _finalize(value: Any) -> Any:
    if value is None:
        return "/"
    return f"{value:f}" if isinstance(value, Decimal) else value


def render_with_docxtpl(package: bytes, context: Mapping[str, Any]) -> bytes:
    """The finished file as docxtpl writes it."""
    template = DocxTemplate(BytesIO(package))
    template.render(dict(context), environment(), autoescape=True)
    target = BytesIO()
    template.save(target)
    return target.getvalue()


def body(package: bytes) -> str:
    """The canonical document.xml without bookmarks, to compare engines by."""
    root = etree.fromstring(part(package, "word/document.xml"))
    for bookmark in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        bookmark.getparent().remove(bookmark)
    return etree.tostring(root, method="c14n2").decode()


def merged(package: bytes) -> str:
    """As `body`, with neighbouring runs of the same look put together.

    For templates that were not laid out by the workshop: there the compiler gives each tag a run of
    its own, which docxtpl does not.
    """
    root = etree.fromstring(body(package))
    for paragraph in root.iter(f"{W}p"):
        _merge_runs(paragraph)
    return etree.tostring(root, method="c14n2").decode()


def _merge_runs(paragraph: etree._Element) -> None:
    for run in list(paragraph.iter(f"{W}r")):
        for text in list(run.iter(f"{W}t")):
            text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
            if not text.text:
                text.getparent().remove(text)
        before = run.getprevious()
        if before is not None and before.tag == run.tag and _look(before) == _look(run):
            _append(before, run)
            run.getparent().remove(run)


def _append(first: etree._Element, second: etree._Element) -> None:
    for child in [child for child in second if child.tag != f"{W}rPr"]:
        last = first[-1] if len(first) else None
        if child.tag == f"{W}t" and last is not None and last.tag == child.tag:
            last.text = (last.text or "") + (child.text or "")
        else:
            first.append(deepcopy(child))


def _look(run: etree._Element) -> bytes:
    properties = run.find(f"{W}rPr")
    return b"" if properties is None else etree.tostring(properties, method="c14n2")


def part(package: bytes, name: str) -> bytes:
    """One member of the package, inflated."""
    with ZipFile(BytesIO(package)) as archive:
        return archive.read(name)


def text(package: bytes) -> str:
    """The text of the body, a line per paragraph, tabs and breaks as characters."""
    root = etree.fromstring(part(package, "word/document.xml"))
    marks = {f"{W}t": None, f"{W}tab": "\t", f"{W}br": "\n"}
    return "\n".join(
        "".join(marks[node.tag] or node.text or "" for node in paragraph.iter(*marks))
        for paragraph in root.iter(f"{W}p")
    )


def bookmarks(package: bytes) -> list[tuple[str, str]]:
    """(name, text) of each bookmark of the body."""
    xml = part(package, "word/document.xml").decode()
    found = re.findall(
        r'<w:bookmarkStart w:id="(\d+)" w:name="([^"]+)"/>(.*?)<w:bookmarkEnd w:id="\1"/>',
        xml,
        re.S,
    )
    return [(name, re.sub(r"<[^>]+>", "", content)) for _, name, content in found]
