"""Gives a package the custom properties that say where a document comes from.

Custom properties, because Word, WPS and LibreOffice keep them on save and show them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from salesdocs.word.ooxml import (
    CONTENT_TYPES,
    CUSTOM_FORMAT_ID,
    CUSTOM_PART,
    CUSTOM_PROPERTIES,
    RELATIONSHIPS,
    VARIANT_TYPES,
)
from salesdocs.word.package import Member, deflated, read_members
from salesdocs.word.template import SEAL_NAMES

PREFIX: Final = "salesdocs."
TYPES_PART: Final = "[Content_Types].xml"
RELATIONS_PART: Final = "_rels/.rels"
_RELATION: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
_MOST_BYTES: Final = 1024 * 1024
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True)
_CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"


def with_seal(members: list[Member]) -> list[Member]:
    """Return the members with custom properties that hold a tag for each name of the seal."""
    return with_properties(members, {name: f"{{{{ seal.{name} }}}}" for name in SEAL_NAMES})


def with_properties(members: list[Member], values: Mapping[str, str]) -> list[Member]:
    """Return the members with these custom properties of ours, and no others of ours."""
    by_name = {member.name: member for member in members}
    if CUSTOM_PART in by_name:
        by_name[CUSTOM_PART] = _extended(by_name[CUSTOM_PART].content, values)
        return list(by_name.values())
    by_name[CUSTOM_PART] = _extended(
        f'<Properties xmlns="{CUSTOM_PROPERTIES}" xmlns:vt="{VARIANT_TYPES}"/>'.encode(),
        values,
    )
    types, relations = by_name[TYPES_PART], by_name[RELATIONS_PART]
    by_name[types.name] = deflated(types.name, _with_type(types.content))
    by_name[relations.name] = deflated(relations.name, _with_relation(relations.content))
    return list(by_name.values())


def properties_of(root: etree._Element) -> dict[str, str]:
    """Return the custom properties below `root` by their names."""
    return {each.get("name", ""): "".join(each.itertext()).strip() for each in root}


def seal_of(package: bytes, file: str = "") -> dict[str, str]:
    """Return what the seal of a finished document or blank form says, by its names.

    Empty where the file has none. Raises TemplateError when it is no Word file.
    """
    for member in read_members(package, file):
        if member.name == CUSTOM_PART and member.size <= _MOST_BYTES:
            try:
                found = properties_of(etree.fromstring(member.content, _PARSER))
            except etree.XMLSyntaxError:
                return {}
            return {name: found[PREFIX + name] for name in SEAL_NAMES if PREFIX + name in found}
    return {}


def _extended(xml: bytes, values: Mapping[str, str]) -> Member:
    root = etree.fromstring(xml)
    for old in list(root):
        # A finished document made a template again: the new seal takes the place of the old one.
        if (old.get("name") or "").startswith(PREFIX):
            root.remove(old)
    first = max((int(old.get("pid") or "1") for old in root), default=1) + 1
    for number, (name, value) in enumerate(values.items(), first):
        attributes = {"fmtid": CUSTOM_FORMAT_ID, "pid": str(number), "name": PREFIX + name}
        entry = etree.SubElement(root, f"{{{CUSTOM_PROPERTIES}}}property", attributes)
        etree.SubElement(entry, f"{{{VARIANT_TYPES}}}lpwstr").text = value
    return deflated(CUSTOM_PART, _serialised(root))


def _with_type(xml: bytes) -> bytes:
    root = etree.fromstring(xml)
    attributes = {"PartName": f"/{CUSTOM_PART}", "ContentType": _CONTENT_TYPE}
    etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override", attributes)
    return _serialised(root)


def _with_relation(xml: bytes) -> bytes:
    root = etree.fromstring(xml)
    taken = {relation.get("Id") for relation in root}
    number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    attributes = {"Id": f"rId{number}", "Type": _RELATION, "Target": CUSTOM_PART}
    etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", attributes)
    return _serialised(root)


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
