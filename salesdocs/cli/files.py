"""Writes documents into a folder: atomically, only when they changed, never over handwork."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from salesdocs.produce import Product

MANIFEST: Final = "manifest.json"
_SCHEMA: Final = "salesdocs/manifest@1"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a product: its path, whether it was written, where handwork was kept."""

    product: Product
    path: Path
    is_new: bool
    kept: Path | None = None


def write_products(products: Sequence[Product], folder: Path, case_no: str) -> list[Written]:
    """Write the products and the manifest below `folder`; return what became of each.

    A file that is there with the same bytes is left alone. One that somebody changed since we wrote
    it is moved aside under a name of its own before ours takes its place.
    """
    entries = _entries(folder / MANIFEST)
    known = {entry["file"]: entry["sha256"] for entry in entries}
    written = [_write_product(product, folder, known) for product in products]
    _write_manifest(folder, written, entries, case_no)
    return written


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` so that the file is at every moment the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f".{sha256(path.name.encode()).hexdigest()[:12]}.{os.getpid()}.tmp")
    try:
        waiting.write_bytes(data)
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)


def _write_product(product: Product, folder: Path, known: Mapping[str, str]) -> Written:
    relative = f"{product.folder}/{product.name}"
    path = folder / product.folder / product.name
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        there = None
    if there == product.data:
        return Written(product, path, is_new=False)
    kept = None
    if there is not None and known.get(relative) != sha256(there).hexdigest():
        kept = _aside(path)
        path.replace(kept)
    write_atomically(path, product.data)
    return Written(product, path, is_new=True, kept=kept)


def _aside(path: Path) -> Path:
    """Return a free name for the file that somebody changed by hand."""
    number = 1
    while (found := path.with_name(f"{path.stem[:60]}_手工修改{number}{path.suffix}")).exists():
        number += 1
    return found


def _entries(manifest: Path) -> list[dict[str, Any]]:
    """Return the entries of the manifest that is there; none when it is no manifest of ours."""
    try:
        data = json.loads(manifest.read_bytes())
        return [entry for entry in data["documents"] if {"file", "sha256"} <= set(entry)]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return []


def _write_manifest(
    folder: Path, written: Sequence[Written], before: Sequence[dict[str, Any]], case_no: str
) -> None:
    fresh = [_entry(each, case_no) for each in written]
    replaced = {(entry["case_no"], entry["name"]) for entry in fresh}
    kept = [
        entry
        for entry in before
        if (entry.get("case_no"), entry.get("name")) not in replaced
        and (folder / entry["file"]).is_file()
    ]
    documents = sorted([*kept, *fresh], key=lambda entry: str(entry["file"]))
    text = json.dumps({"schema": _SCHEMA, "documents": documents}, ensure_ascii=False, indent=2)
    data = f"{text}\n".encode()
    path = folder / MANIFEST
    if not path.is_file() or path.read_bytes() != data:
        write_atomically(path, data)


def _entry(written: Written, case_no: str) -> dict[str, Any]:
    product = written.product
    facts = product.facts
    return {
        "case_no": case_no,
        "name": product.paper.name,
        "document": facts.id,
        "title": facts.title,
        "doc_no": facts.doc_no,
        "version": facts.version,
        "date": facts.date.isoformat() if facts.date else None,
        "audience": product.paper.document.audience,
        "draft": facts.draft,
        "file": f"{product.folder}/{product.name}",
        "sha256": sha256(product.data).hexdigest(),
        "template_sha256": product.seal["template"],
        "data_sha256": product.seal["data"],
        "text_sha256": product.seal["text"],
    }
