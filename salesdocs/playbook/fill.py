"""The form of a document that is filled in in the browser: what it asks, as data for a script.

The script (`assets/fill.js`) builds the form from this, writes a case file, and reads one back. It
asks for the fields of the document's groups, and before them for what every case needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from salesdocs.case.paths import PathInfo, resolve_type
from salesdocs.playbook.book import Book
from salesdocs.playbook.labels import AUDIENCES
from salesdocs.process.documents import Document

KEYED: Final = frozenset({"team", "contacts"})
"""Lists that a case file writes as a map, by the ids of their rows."""

_DEAL: Final = (
    "meta.case_no", "meta.title", "meta.owner",
    "team[].name", "team[].role", "team[].title",
    "supplier.name", "supplier.doc_prefix",
)  # fmt: skip
_PEOPLE: Final = frozenset({"person", "contact"})
_KINDS: Final = {
    "day": "date", "long": "long", "count": "number", "number": "number", "money": "number",
    "share": "share", "rate": "share", "flag": "flag", "choice": "choice", "email": "email",
    "phone": "phone", "person": "person", "reference": "text",
}  # fmt: skip


def fill_form(book: Book, document: Document) -> str:
    """Return what a page holds of the form: a place for it, and what it asks as data."""
    said = json.dumps(spec(book, document), ensure_ascii=False, separators=(",", ":"))
    data = said.replace("<", "\\u003c")  # no text may end the script that holds it
    label = book.word("在浏览器里填写", "Fill in here")
    needs = book.word("这里需要打开脚本（JavaScript）。", "This needs scripts.")
    return (
        f'<section class="sd-fill" aria-label="{label}"><noscript>{needs}</noscript>'
        f'<script type="application/json">{data}</script></section>'
    )


def spec(book: Book, document: Document) -> dict[str, Any]:
    """Return what the form of a document asks: groups of fields, and what is computed."""
    asked = dict.fromkeys(_DEAL)
    groups = [_group(book, document.stage, book.word("项目与我方", "The deal and our side"), _DEAL)]
    computed: list[str] = []
    for group in document.groups:
        paths = [document.pattern(path) for path in group.fields]
        new = [path for path in dict.fromkeys(paths) if path not in asked]
        asked.update(dict.fromkeys(new))
        fields = [path for path in new if _is_asked(book, path)]
        computed += [_label(book, path) for path in new if _is_computed(book, path)]
        if fields:
            groups.append(_group(book, document.stage, book.say(group.title), fields))
    return {
        "document": document.id,
        "title": book.title(document.id),
        "stage": str(document.stage),
        "groups": groups,
        "computed": computed,
    }


def _is_asked(book: Book, path: str) -> bool:
    info = resolve_type(path)
    field = book.library.catalogue.get(path)
    if info is None or field is None or info.computed or field.computed:
        return False
    return info.kind != "block" and not (info.kind == "list" and info.item == "block")


def _is_computed(book: Book, path: str) -> bool:
    field = book.library.catalogue.get(path)
    return field is not None and field.computed


def _label(book: Book, path: str) -> str:
    return book.library.catalogue.label(path, book.lang)


def _group(book: Book, stage: int, title: str, paths: Iterable[str]) -> dict[str, Any]:
    return {"title": title, "fields": list(_fields(book, stage, "", list(paths)))}


def _fields(book: Book, stage: int, above: str, paths: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the fields of a block, lists with the columns of their rows where the first stands."""
    seen: set[str] = set()
    for path in paths:
        rest = path.removeprefix(above)
        rows, found, _ = rest.partition("[].")
        if not found:
            yield _field(book, stage, path, rest)
        elif rows not in seen:
            seen.add(rows)
            start = f"{above}{rows}[]."
            columns = [each for each in paths if each.startswith(start)]
            yield _rows(book, stage, f"{above}{rows}", start, columns)


def _rows(book: Book, stage: int, path: str, start: str, columns: list[str]) -> dict[str, Any]:
    return {
        "rows": path.rpartition("[].")[2],
        "label": _label(book, path),
        "keyed": path in KEYED,
        "fields": [
            each
            for each in _fields(book, stage, start, columns)
            if not (path in KEYED and each.get("name") == "id")
        ],
    }


def _field(book: Book, stage: int, path: str, name: str) -> dict[str, Any]:
    field = book.library.catalogue.get(path)
    info = resolve_type(path)
    assert field is not None
    assert info is not None
    said: dict[str, Any] = {
        "name": name,
        "label": field.label(book.lang),
        "kind": _kind(info),
        "note": field.note if book.lang == "zh" else "",
        "example": field.example,
    }
    if field.required and field.stage <= stage:
        said["required"] = True
    if field.audience != "customer":
        said["audience"] = book.say(AUDIENCES[field.audience])
    if info.choice is not None:
        said["options"] = [[each.value, book.word(each.zh, each.en)] for each in info.choice]
        said["free"] = info.free
    return {key: value for key, value in said.items() if value not in ("", False)}


def _kind(info: PathInfo) -> str:
    if info.kind == "list":
        return "list"
    return "uscc" if info.path.endswith(".uscc") else _KINDS.get(info.kind, "text")
