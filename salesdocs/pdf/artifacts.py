"""Headers and footers are no part of the text, though WeasyPrint marks them as if they were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf  # type: ignore[import-untyped]


def set_aside(pdf: Any) -> None:
    """Make artifacts (ISO 14289-1, 7.8) of all marks that the structure tree does not hold.

    WeasyPrint 70 builds elements for the boxes in a page's margins and links them to nothing: a
    reader that goes by the tree never comes to them, one that goes by the page reads them aloud.
    """
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    linked = set(_linked(pdf, root["K"]))
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    # Nums are pairs; those of pages come first, each with a list by mark, and then annotations'.
    for page, elements in zip(pdf.page_references, numbers[1::2], strict=False):
        loose = {mark for mark, element in enumerate(elements) if element not in linked}
        for mark in loose:
            elements[mark] = b"null"
        if loose:
            _unmark(_object(pdf, _object(pdf, page)["Contents"]).stream, loose)


def _linked(pdf: Any, kids: Any) -> Iterator[bytes]:
    """Yield the references of all elements below."""
    waiting = list(kids)
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, bytes):
            yield kid
            waiting += _object(pdf, kid).get("K", ())


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _unmark(stream: list[Any], loose: set[int]) -> None:
    """Let the marks of a page's content begin artifacts: tag, properties and operator follow."""
    for at, operator in enumerate(stream):
        if operator == b"BDC" and stream[at - 1].get("MCID") in loose:
            stream[at - 2] = "/Artifact"
            stream[at - 1] = pydyf.Dictionary({"Type": "/Pagination"})
