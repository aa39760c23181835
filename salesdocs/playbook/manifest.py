"""What a playbook hands out, for those who check or mirror it: names, sizes, digests, versions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from salesdocs.playbook.model import Download
from salesdocs.process.library import Library

MANIFEST: Final = "manifest.json"
CHECKSUMS: Final = "SHA256SUMS"
_SCHEMA: Final = "salesdocs/playbook@1"


def manifest(library: Library, made: Sequence[Download], contents: Mapping[str, bytes]) -> bytes:
    """Return as JSON every document with its files; `contents` are the bytes by place."""
    documents: dict[str, dict[str, Any]] = {}
    for each in made:
        title = library.document(each.document).title
        entry = documents.setdefault(
            each.document, {"title": {"zh": title.zh, "en": title.en}, "files": []}
        )
        data = contents[each.uri]
        entry["files"].append(
            {
                "kind": each.kind,
                "uri": each.uri,
                "name": each.name,
                "bytes": len(data),
                "sha256": sha256(data).hexdigest(),
            }
        )
    said = {"schema": _SCHEMA, "documents": documents}
    return f"{json.dumps(said, ensure_ascii=False, indent=2)}\n".encode()


def checksums(contents: Mapping[str, bytes]) -> bytes:
    """Return the digests of all files, as `sha256sum --check` reads them."""
    lines = (f"{sha256(data).hexdigest()}  {place}\n" for place, data in sorted(contents.items()))
    return "".join(lines).encode()
