"""Where a Word template comes from, written into it: what it was laid out as and looked like then.

Custom properties again, because they travel with the file and survive a save in Word. A finished
document has none of them: its own seal takes their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from lxml import etree

from salesdocs.errors import TemplateError
from salesdocs.word.ooxml import CUSTOM_PART
from salesdocs.word.package import assemble, frame, read_members
from salesdocs.word.seal import PREFIX, properties_of, with_properties

# The properties themselves, and what has to name them, say nothing of the template's content.
_BESIDES: Final = frozenset({CUSTOM_PART, "[Content_Types].xml", "_rels/.rels"})
_NAMES: Final = ("layout", "house", "made")


@dataclass(frozen=True, slots=True)
class Origin:
    """`layout`: digest of the shipped template it goes back to; `house`: of the company's own part.

    `made` is the digest of its content when the program wrote it; all empty where nobody knows.
    """

    layout: str = ""
    house: str = ""
    made: str = ""


def with_origin(package: bytes, layout: str, house: str = "") -> bytes:
    """Return the template with its origin written in."""
    values = (layout, house, content_digest(package))
    facts = {name: value for name, value in zip(_NAMES, values, strict=True) if value}
    return assemble(frame(with_properties(read_members(package, ""), facts)), [])


def origin_of(package: bytes, file: str = "") -> Origin:
    """Return the origin written in a template; raises TemplateError when it is no Word file."""
    for member in read_members(package, file):
        if member.name == CUSTOM_PART:
            try:
                found = properties_of(etree.fromstring(member.content, _PARSER))
            except etree.XMLSyntaxError:
                return Origin()
            return Origin(**{name: found.get(PREFIX + name, "") for name in _NAMES})
    return Origin()


def content_digest(package: bytes, file: str = "") -> str:
    """Return the SHA-256 of what a template holds, however it is packed, its origin left out."""
    digest = sha256()
    for member in sorted(read_members(package, file), key=lambda each: each.name):
        if member.name not in _BESIDES:
            digest.update(f"{member.name} {member.size} ".encode())
            digest.update(member.content)
    return digest.hexdigest()


def was_edited(package: bytes) -> bool:
    """Return whether a template holds other content than the program wrote; True if unknown."""
    try:
        return origin_of(package).made != content_digest(package)
    except TemplateError:
        return True


_PARSER: Final = etree.XMLParser(resolve_entities=False)
