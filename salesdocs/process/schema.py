"""The JSON Schema of a case file, its fields labelled and explained from the catalogue.

Editors show these texts while a case is typed: put `# yaml-language-server: $schema=…` on its first
line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from salesdocs.case.model import Case
from salesdocs.findings import Language
from salesdocs.process.fields import Catalogue, Field

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TITLE = {"zh": "销售案件 case.yaml", "en": "Sales case, case.yaml"}


def case_schema(catalogue: Catalogue, lang: Language = "zh") -> dict[str, Any]:
    """Return the schema as plain data."""
    # A copy of plain data: pydantic may hand out the same part twice.
    schema = json.loads(json.dumps(Case.model_json_schema(by_alias=True)))
    definitions = schema.get("$defs", {})
    _without_titles(schema)
    seen: set[int] = set()
    for path, described in _properties(schema, "", definitions, seen):
        _allow_blank(described)
        field = catalogue.get(path)
        if field is not None:
            described.update(_texts(field, lang))
    return {"$schema": _DIALECT, "title": _TITLE[lang], **schema}


def _allow_blank(described: dict[str, Any]) -> None:
    """Let the property be blank: `deposit:` and `deposit: null` are how a case says nothing."""
    if "$ref" in described:
        described["anyOf"] = [{"$ref": described.pop("$ref")}, {"type": "null"}]
    elif isinstance(described.get("type"), str) and described["type"] != "null":
        described["type"] = [described["type"], "null"]


def _texts(field: Field, lang: Language) -> dict[str, Any]:
    texts: dict[str, Any] = {"title": field.label(lang)}
    if field.note:
        texts["description"] = field.note
    if field.example:
        texts["examples"] = [field.example]
    return texts


def _without_titles(node: object) -> None:
    """Take out the titles that pydantic makes of class and field names: no user knows them."""
    if isinstance(node, dict):
        if isinstance(node.get("title"), str):
            del node["title"]
        for value in node.values():
            _without_titles(value)
    elif isinstance(node, list):
        for value in node:
            _without_titles(value)


def _properties(
    node: dict[str, Any], path: str, definitions: dict[str, Any], seen: set[int]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (path pattern, schema of the property) once for each property of each definition."""
    for block, below in _blocks(node, path, definitions):
        if id(block) in seen:
            continue
        seen.add(id(block))
        for name, described in block["properties"].items():
            child = f"{below}.{name}" if below else name
            yield child, described
            yield from _properties(described, child, definitions, seen)


def _blocks(
    node: dict[str, Any], path: str, definitions: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the blocks that `node` can be, through references, alternatives, lists and maps."""
    if "$ref" in node:
        yield from _blocks(definitions[node["$ref"].rpartition("/")[2]], path, definitions)
    if "properties" in node:
        yield node, path
    for choice in (*node.get("anyOf", ()), *node.get("allOf", ()), *node.get("oneOf", ())):
        yield from _blocks(choice, path, definitions)
    for rows in ("items", "additionalProperties"):
        if isinstance(node.get(rows), dict):
            yield from _blocks(node[rows], f"{path}[]", definitions)
