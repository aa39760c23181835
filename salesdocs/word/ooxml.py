"""Words of the Office Open XML format that more than one module of this room needs."""

from __future__ import annotations

from typing import Final

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
CUSTOM_PROPERTIES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VARIANT_TYPES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"

DOCUMENT_PART: Final = "word/document.xml"
NUMBERING_PART: Final = "word/numbering.xml"
CUSTOM_PART: Final = "docProps/custom.xml"

# Format identifier of user-defined properties (ISO/IEC 29500-1, 22.3): every property carries it.
CUSTOM_FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"

# Characters that XML 1.0 cannot hold (W3C XML 1.0, production 2): no Word file can carry them.
ILLEGAL_CHARACTERS: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"


def w(name: str) -> str:
    """Return the qualified name of `name` in the main WordprocessingML namespace."""
    return f"{{{W}}}{name}"
