"""A form that can be filled in, from the blank Word form of a document or a paper of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from salesdocs.pdf.document import write_document
from salesdocs.pdf.engine import engrave
from salesdocs.pdf.forms.place import Place, Placing, Spot
from salesdocs.pdf.forms.post import Identity, finish
from salesdocs.word.shown import read


@dataclass(frozen=True, slots=True)
class Made:
    """A fillable PDF, how many pages it has, and its fields in reading order."""

    pdf: bytes
    pages: int
    spots: tuple[Spot, ...]


def fillable(package: bytes, places: Mapping[str, Place], identity: Identity) -> Made:
    """Return the PDF form of a Word file in which `places` says what each bookmark asks for."""
    placing = Placing(places)
    shown = placing.shown(read(package))
    inputs = {spot.key: _room(spot) for spot in placing.spots}
    engraved = engrave(write_document(shown, inputs.get))
    spots = {spot.key: spot for spot in placing.spots}
    return Made(finish(engraved.pdf, spots, identity), engraved.pages, tuple(placing.spots))


def _room(spot: Spot) -> Element:
    """Return what keeps the room of a field in the layout.

    A check box, because WeasyPrint embeds no font for it; `finish` makes of it what it is to be.
    """
    style = {
        "display": "inline-block",
        "appearance": "auto",
        "width": f"{spot.width:.2f}pt",
        "height": f"{spot.height:.2f}pt",
        "vertical-align": f"-{spot.drop:.2f}pt" if spot.drop else "top",
    }
    said = ";".join(f"{name}:{value}" for name, value in style.items())
    return Element("input", {"type": "checkbox", "name": spot.key, "style": said})
