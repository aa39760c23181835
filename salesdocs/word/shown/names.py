"""Names of the formats that a Word file is written in: namespaces, tags and what they are called.

Files in the strict variant of ISO/IEC 29500 name the same things in other namespaces;
`transitional` writes them as everybody else does.
"""

from __future__ import annotations

from typing import Final

from salesdocs.word.ooxml import WP, W

R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DGM: Final = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
M: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
V: Final = "urn:schemas-microsoft-com:vml"
OFFICE: Final = "urn:schemas-microsoft-com:office:office"
W10: Final = "urn:schemas-microsoft-com:office:word"
MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
WPG: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
WPC: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"
WP14: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"
W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
W15: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
XML: Final = "http://www.w3.org/XML/1998/namespace"
DC: Final = "http://purl.org/dc/elements/1.1/"
DCTERMS: Final = "http://purl.org/dc/terms/"
CORE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"

_PREFIXES: Final = {
    W: "w", WP: "wp", R: "r", A: "a", PIC: "pic", C: "c", DGM: "dgm", M: "m", V: "v", OFFICE: "o",
    W10: "w10", MC: "mc", WPS: "wps", WPG: "wpg", WPC: "wpc", WP14: "wp14", W14: "w14", W15: "w15",
}  # fmt: skip

# ISO/IEC 29500-1 (strict) and -4 (transitional) differ in these beginnings of namespaces.
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"drawingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"officeDocument/2006/"),
)
_BEGINNING: Final = b"http://schemas.openxmlformats.org/"


def transitional(xml: bytes) -> bytes:
    """Return a part with the namespaces of the transitional variant."""
    if b"purl.oclc.org/ooxml" not in xml:
        return xml
    for strict, ours in _STRICT:
        xml = xml.replace(strict, _BEGINNING + ours)
    return xml


def name_of(tag: str) -> str:
    """Return what people call a tag, `w:p` or, where no prefix is known, `p`."""
    namespace, _, local = tag[1:].rpartition("}")
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else local


def tags(namespace: str, names: str) -> frozenset[str]:
    """Return the tags of `names`, parted by spaces, in a namespace."""
    return frozenset(f"{{{namespace}}}{name}" for name in names.split())
