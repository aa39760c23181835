"""Archive copies: a tagged PDF made PDF/A-3a, with files inside that it was made from.

What PDF/A asks for beyond PDF/UA-1 (ISO 19005-3) is added from outside, so that an archive copy is
as accessible as the paper itself, whatever engine set it: the colour space meant, what the metadata
claim, annotations that print, and what each attachment is to the document (`AFRelationship`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import md5
from importlib.resources import files
from io import BytesIO
from pathlib import PurePath
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from salesdocs.pdf.attachment import Attachment
from salesdocs.pdf.saving import saved

_KINDS: Final = {
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".json": "application/json",
    ".xml": "application/xml",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_PRINTS: Final = 4  # the flag of an annotation that is printed (ISO 32000-1, table 165)
_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
# The schema of PDF/UA's own metadata is none of those PDF/A knows: it has to be described in the
# file (ISO 19005-3, 6.6.2.3; ISO 14289-1, 5).
_UA_SCHEMA: Final = """<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 standard</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_A_CLAIM: Final = (
    '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
    ' pdfaid:part="3" pdfaid:conformance="A"/>\n'
)


def archived(pdf: bytes, attachments: Sequence[Attachment]) -> bytes:
    """Return the tagged PDF as PDF/A-3a with the attachments inside."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        make_archive(opened, attachments)
        return saved(opened)


def make_archive(pdf: pikepdf.Pdf, attachments: Sequence[Attachment]) -> None:
    """Make an opened tagged PDF an archive copy."""
    if "/OutputIntents" not in pdf.Root:
        pdf.Root.OutputIntents = Array([pdf.make_indirect(_colours(pdf))])
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            annotation.F = int(annotation.get("/F", 0)) | _PRINTS
    _claim(pdf)
    _attach(pdf, attachments)


def _colours(pdf: pikepdf.Pdf) -> Dictionary:
    """Return the output intent: colours are those of sRGB, whose profile pikepdf brings along."""
    profile = pikepdf.Stream(pdf, files("pikepdf.pdfa.data").joinpath("sRGB.icc").read_bytes())
    profile.N = 3
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        DestOutputProfile=pdf.make_indirect(profile),
    )


def _claim(pdf: pikepdf.Pdf) -> None:
    """Say in the metadata that the file is PDF/A-3a, whatever level it said before."""
    stream = pdf.Root.get("/Metadata")
    text = stream.read_bytes().decode() if stream is not None else _EMPTY
    text = re.sub(r'\s*pdfaid:(part|conformance)="[^"]*"', "", text)
    text = re.sub(r"<pdfaid:(part|conformance)>[^<]*</pdfaid:\1>", "", text)
    added = _A_CLAIM + (_UA_SCHEMA if "pdfuaid" in text and "pdfaExtension" not in text else "")
    metadata = pikepdf.Stream(pdf, text.replace("</rdf:RDF>", f"{added}</rdf:RDF>", 1).encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(metadata)


_EMPTY: Final = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF></x:xmpmeta>\n'
    '<?xpacket end="r"?>'
)


def _attach(pdf: pikepdf.Pdf, attachments: Sequence[Attachment]) -> None:
    """Put the files in, in the order of their names, as the tree of names has to be."""
    names, associated = Array([]), Array([])
    for attachment in sorted(attachments, key=lambda each: each.name):
        entry = pdf.make_indirect(_file(pdf, attachment))
        # All in UTF-16, so that the order of bytes and that of characters are one.
        key = b"\xfe\xff" + attachment.name.encode("utf-16-be")
        names.extend([String(key), entry])
        associated.append(entry)
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=names))
    pdf.Root.AF = associated


def _file(pdf: pikepdf.Pdf, attachment: Attachment) -> Dictionary:
    stream: Any = pikepdf.Stream(pdf, attachment.data)
    kind = _KINDS.get(PurePath(attachment.name).suffix.lower(), "application/octet-stream")
    stream.Type, stream.Subtype = Name.EmbeddedFile, Name(f"/{kind}")
    checksum = md5(attachment.data, usedforsecurity=False).digest()
    stream.Params = Dictionary(Size=len(attachment.data), CheckSum=String(checksum))
    day = _DATE.match(attachment.date)
    if day:
        stream.Params.ModDate = String(f"D:{''.join(day.groups())}000000Z")
    embedded = pdf.make_indirect(stream)
    return Dictionary(
        Type=Name.Filespec,
        F=String(attachment.name),
        UF=String(attachment.name),
        EF=Dictionary(F=embedded, UF=embedded),
        Desc=String(attachment.description or attachment.name),
        AFRelationship=Name(f"/{attachment.relationship}"),
    )
