"""Word files that mean harm, or that nobody meant to write. Each says what is to become of it.

Run as a program (`python -m tests.pdf.hostile NAME…`) it prints each file in a process of its own
with limits, and says as JSON what happened: findings or pages, CPU seconds, memory, files written,
places asked for.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

SECONDS = 20
MEGABYTES = 1500

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="{_R}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="jpg" ContentType="image/jpeg"/><Default Extension="svg" ContentType="image/svg+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_R}/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_PAGE = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'

Outcome = Literal["refused", "printed", "either"]
Parts = Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file and what is to become of it. `words` must stand in the PDF when it is printed."""

    make: Callable[[], bytes]
    outcome: Outcome
    words: str = ""


@dataclass(slots=True)
class Happened:
    """What became of a file; `findings` are severity, rule, message and hint of each."""

    name: str
    outcome: str = ""
    findings: list[tuple[str, str, str, str]] = field(default_factory=list)
    pages: int = 0
    text: str = ""
    cpu: float = 0
    megabytes: float = 0
    touched: list[str] = field(default_factory=list)


def package(body: str, parts: Parts | None = None, related: str = "", page: str = _PAGE) -> bytes:
    """Return a Word file of this body; `related` are the document's relationships."""
    document = f"{_HEAD}<w:document {_NAMES}><w:body>{body}{page}</w:body></w:document>"
    links = f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{related}</Relationships>'
    own: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES, "_rels/.rels": _ROOT, "word/document.xml": document,
        "word/_rels/document.xml.rels": links,
    }  # fmt: skip
    return zipped(own | dict(parts or {}))


def zipped(parts: Parts, method: int = ZIP_DEFLATED) -> bytes:
    """Return a zip of these members."""
    target = BytesIO()
    with ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, method)
    return target.getvalue()


def related(kind: str, target: str, ident: str = "rId1", mode: str = "") -> str:
    """Return a relationship of a part."""
    outside = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="{ident}" Type="{_R}/{kind}" Target="{target}"{outside}/>'


def paragraph(text: str = "正文", properties: str = "") -> str:
    """Return a paragraph of one run."""
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def picture(
    ident: str = "rId1", width: str = "1270000", height: str = "1270000", attribute: str = "embed"
) -> str:
    """Return a paragraph holding a picture in the line."""
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="1" name="p" descr="图"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:{attribute}="{ident}"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def table(rows: int, columns: int, grid: str = "", cell: str = "") -> str:
    """Return a table whose cells hold their numbers."""
    widths = grid or f'<w:gridCol w:w="{8000 // columns}"/>' * columns
    lines = (
        "<w:tr>" + "".join(f"<w:tc><w:tcPr>{cell}</w:tcPr>{paragraph(f'{row}.{column}')}</w:tc>" for column in range(columns)) + "</w:tr>"
        for row in range(rows)
    )  # fmt: skip
    return f"<w:tbl><w:tblPr/><w:tblGrid>{widths}</w:tblGrid>{''.join(lines)}</w:tbl>{paragraph()}"


def png(width: int, height: int) -> bytes:
    """Return a white picture of one bit a point: a few kilobytes that fill gigabytes when drawn."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    packer = zlib.compressobj(9)
    line = b"\0" + b"\xff" * ((width + 7) // 8)
    data = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def compound(*streams: str) -> bytes:
    """Return a compound file (MS-CFB) with empty streams of these names, as Word encrypts into."""
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        bytes(6), 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *([0xFFFFFFFF] * 108), 0)[: 512 - len(header)]
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFF] * 126))
    entries = b""
    for number, name in enumerate(("Root Entry", *streams)):
        text = name.encode("utf-16-le")
        entries += text.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(text) + 2, 5 if number == 0 else 2, 1, *([0xFFFFFFFF] * 3)
        )
        entries += bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)
    return header.ljust(512, b"\0") + fat + entries.ljust(512, b"\0")


def styles(content: str) -> dict[str, str]:
    """Return the part of styles."""
    return {"word/styles.xml": f"{_HEAD}<w:styles {_NAMES}>{content}</w:styles>"}


def _styled(content: str, name: str = "A") -> bytes:
    style = f'<w:pStyle w:val="{name}"/>'
    return package(paragraph("有样式", style), styles(content), related("styles", "styles.xml"))


def _pictured(data: bytes, name: str = "i.png", **size: str) -> bytes:
    return package(
        paragraph() + picture(**size),
        {f"word/media/{name}": data},
        related("image", f"media/{name}"),
    )


def _outside(target: str, attribute: str = "link") -> bytes:
    return package(
        paragraph() + picture(attribute=attribute), None, related("image", target, mode="External")
    )


def _style(name: str, based: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/></w:style>'


def _numbered() -> bytes:
    """Two lists that are each what the other says, and a style that is a list of itself."""
    abstract = '<w:abstractNum w:abstractNumId="{0}"><w:{1} w:val="L{2}"/></w:abstractNum>'.format
    numbering = (
        abstract(0, "numStyleLink", 1) + abstract(1, "numStyleLink", 0)
        + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )  # fmt: skip
    list_style = '<w:style w:type="numbering" w:styleId="L{0}"><w:name w:val="L{0}"/><w:pPr><w:numPr><w:numId w:val="{1}"/></w:numPr></w:pPr></w:style>'.format
    own = styles(list_style(0, 1) + list_style(1, 2))
    own["word/numbering.xml"] = f"{_HEAD}<w:numbering {_NAMES}>{numbering}</w:numbering>"
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'.format
    body = paragraph("一", number(1)) + paragraph("二", number(2)) + paragraph("三", number(999))
    return package(
        body,
        own,
        related("styles", "styles.xml", "r1") + related("numbering", "numbering.xml", "r2"),
    )


def _footnote_of_itself() -> bytes:
    mark = '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = f'{_HEAD}<w:footnotes {_NAMES}><w:footnote w:id="2">{paragraph("脚注")}{mark}</w:footnote></w:footnotes>'
    return package(
        paragraph() + mark, {"word/footnotes.xml": notes}, related("footnotes", "footnotes.xml")
    )


def _header(content: str, more: str = "") -> bytes:
    own = {
        "word/header1.xml": f"{_HEAD}<w:hdr {_NAMES}>{content}</w:hdr>",
        "word/_rels/header1.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{more}</Relationships>',
    }
    page = _PAGE.replace(
        "<w:sectPr>", '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
    )
    return package(paragraph(), own, related("header", "header1.xml"), page)


def _page(size: str, margins: str = "") -> bytes:
    return package(
        paragraph("纸"), page=f"<w:sectPr><w:pgSz {size}/><w:pgMar {margins}/></w:sectPr>"
    )


def _entities(definition: str, use: str = "&a;") -> bytes:
    document = f'<?xml version="1.0"?><!DOCTYPE d [{definition}]><w:document {_NAMES}><w:body>{paragraph(use)}</w:body></w:document>'
    return package("", {"word/document.xml": document})


def _laughs() -> str:
    lines = ['<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    return "".join(lines) + '<!ENTITY a "&a11;">'


def _chart(points: int) -> bytes:
    values = "".join(f'<c:pt idx="{n}"><c:v>{n}</c:v></c:pt>' for n in range(points))
    cache = f'<c:numCache><c:ptCount val="{points}"/>{values}</c:numCache>'
    chart = (
        f'{_HEAD}<c:chartSpace {_NAMES}><c:chart><c:plotArea><c:barChart><c:ser><c:idx val="0"/><c:val><c:numRef>{cache}'
        "</c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )
    body = (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="5000000" cy="3000000"/><wp:docPr id="1" name="c"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="rId1"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    return package(
        paragraph() + body, {"word/charts/chart1.xml": chart}, related("chart", "charts/chart1.xml")
    )


def _nested(times: int, opened: str, closed: str, inside: str = "") -> str:
    return opened * times + inside + closed * times


def _overlapping() -> bytes:
    """A zip whose thousand entries are all the same ten megabytes (after David Fifield's bomb)."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 10_000_000)
        entry = archive.filelist[0]
        for number in range(1000):
            copy = ZipInfo(f"word/{number}.xml")
            copy.compress_type, copy.CRC = entry.compress_type, entry.CRC
            copy.file_size, copy.compress_size, copy.header_offset = (
                entry.file_size,
                entry.compress_size,
                entry.header_offset,
            )
            archive.filelist.append(copy)
    return target.getvalue()


def _locked() -> bytes:
    """A zip that says its members are encrypted."""
    data = bytearray(package(paragraph()))
    at = data.find(b"PK\1\2")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\1\2", at + 4)
    return bytes(data)


_RUN = "<w:r><w:t>字</w:t></w:r>"
_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_SPAN = '<w:gridSpan w:val="1000000000"/>'
_CSS = "x&quot;; } * { display: none } @import url(file:///etc/passwd); /*"
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
    '<script>alert(1)</script><image xlink:href="file:///etc/passwd" width="9" height="9"/>'
    '<image xlink:href="http://127.0.0.1:9/x.png" width="9" height="9"/><use xlink:href="#a"/><g id="a"><use xlink:href="#a"/></g></svg>'
)
_BOX = (
    '<w:p><w:r><w:pict><v:shape style="width:100pt;height:50pt"><v:textbox><w:txbxContent>',
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
)

FILES: Mapping[str, Hostile] = {
    # -- not a Word file -------------------------------------------------------------------------
    "nothing": Hostile(lambda: b"", "refused"),
    "plain text": Hostile("不是 Word 文件".encode, "refused"),
    "half a file": Hostile(lambda: (whole := package(paragraph("甲" * 9999)))[: len(whole) // 2], "refused"),
    "a file behind a password": Hostile(lambda: compound("EncryptionInfo", "EncryptedPackage"), "refused"),
    "a .doc of Word 97": Hostile(lambda: compound("WordDocument", "1Table"), "refused"),
    "a workbook": Hostile(lambda: zipped({"[Content_Types].xml": _TYPES, "xl/workbook.xml": "<workbook/>"}), "refused"),
    "a zip of nothing": Hostile(lambda: zipped({}), "refused"),
    "members locked": Hostile(_locked, "refused"),
    "no document part": Hostile(lambda: zipped({"[Content_Types].xml": _TYPES, "_rels/.rels": _ROOT}), "refused"),
    "a document that is no XML": Hostile(lambda: package("", {"word/document.xml": "<w:document"}), "refused"),
    "a document of another kind": Hostile(lambda: package("", {"word/document.xml": "<html><body/></html>"}), "refused"),
    "an empty document part": Hostile(lambda: package("", {"word/document.xml": b""}), "refused"),
    "styles that are no XML": Hostile(lambda: package(paragraph(), {"word/styles.xml": "<w:styles"}, related("styles", "styles.xml")), "refused"),
    # -- bombs -----------------------------------------------------------------------------------
    "a zip bomb": Hostile(lambda: package(paragraph(), {f"word/media/{n}.png": bytes(100_000_000) for n in range(3)}), "refused"),
    "a zip bomb of overlapping members": Hostile(_overlapping, "refused"),
    "entities in entities": Hostile(lambda: _entities(_laughs()), "refused"),
    "an entity of a file": Hostile(lambda: _entities('<!ENTITY a SYSTEM "file:///etc/passwd">'), "refused"),
    "an entity of the network": Hostile(lambda: _entities('<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;', ""), "refused"),
    "100 MB of letters": Hostile(lambda: package(paragraph("字" * 33_000_000)), "refused"),
    "100 MB of white space": Hostile(lambda: package(paragraph() + " " * 100_000_000), "either"),
    "100 MB of empty elements": Hostile(lambda: package("<w:p/>" * 16_000_000), "refused"),
    "10,000 controls in each other": Hostile(lambda: package(_nested(10_000, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", paragraph())), "refused"),
    "500 tables in each other": Hostile(lambda: package(_nested(500, "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>", paragraph()) + paragraph()), "refused"),
    "200 text boxes in each other": Hostile(lambda: package(_nested(200, *_BOX, paragraph())), "either"),
    "a million runs": Hostile(lambda: package(f"<w:p>{_RUN * 1_000_000}</w:p>"), "refused"),
    "a table of 20,000 rows": Hostile(lambda: package(table(20_000, 4)), "refused"),
    "a table of 5,000 columns": Hostile(lambda: package(table(2, 5_000)), "either"),
    "a cell across a thousand million columns": Hostile(lambda: package(table(2, 2, cell=_SPAN)), "either"),
    "one word of a million letters": Hostile(lambda: package(paragraph("w" * 1_000_000)), "refused"),
    "100,000 pages": Hostile(lambda: package(_BREAK * 100_000), "refused"),
    "100,000 fields begun": Hostile(lambda: package(f"<w:p>{_BEGIN * 100_000}</w:p>"), "either"),
    "a chart of a million points": Hostile(lambda: _chart(1_000_000), "either"),
    "a picture of 30,000 × 30,000 points": Hostile(lambda: _pictured(png(30_000, 30_000)), "either"),
    "a picture that says 60,000 × 60,000 points": Hostile(lambda: _pictured(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)), "either"),
    "2,000 paragraphs kept with the next": Hostile(lambda: package(paragraph("连", "<w:keepNext/>") * 2_000), "printed"),
    "10,000 tab stops": Hostile(lambda: package(paragraph("制表", "<w:tabs>" + "".join(f'<w:tab w:val="left" w:pos="{n}"/>' for n in range(10_000)) + "</w:tabs>")), "either", "制表"),
    # -- circles ---------------------------------------------------------------------------------
    "styles based on each other": Hostile(lambda: _styled(_style("A", "B") + _style("B", "A")), "printed", "有样式"),
    "a style based on itself": Hostile(lambda: _styled(_style("A", "A")), "printed", "有样式"),
    "10,000 styles based on the next": Hostile(lambda: _styled(_style("A", "s0") + "".join(_style(f"s{n}", f"s{n + 1}") for n in range(10_000))), "printed", "有样式"),
    "lists linked in a circle": Hostile(_numbered, "printed", "一二三"),
    "a footnote in itself": Hostile(_footnote_of_itself, "printed", "正文"),
    "a header that is the document": Hostile(lambda: package(paragraph(), None, related("header", "document.xml"), _PAGE.replace("<w:sectPr>", '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>')), "either"),
    # -- out of the house ------------------------------------------------------------------------
    "a picture from the network": Hostile(lambda: _outside("http://127.0.0.1:9/x.png"), "printed", "正文"),
    "a picture from the disk": Hostile(lambda: _outside("file:///etc/passwd", "embed"), "printed", "正文"),
    "a picture from above the package": Hostile(lambda: package(paragraph() + picture(), None, related("image", "../../../../../../etc/passwd")), "printed", "正文"),
    "a template from the network": Hostile(lambda: package(paragraph(), None, related("attachedTemplate", "http://127.0.0.1:9/x.dotm", mode="External")), "printed", "正文"),
    "links to scripts and files": Hostile(
        lambda: package(
            '<w:p><w:hyperlink r:id="rId1"><w:r><w:t>脚本</w:t></w:r></w:hyperlink><w:hyperlink r:id="rId2"><w:r><w:t>文件</w:t></w:r></w:hyperlink></w:p>',
            None, related("hyperlink", "javascript:alert(1)", "rId1", "External") + related("hyperlink", "file:///etc/passwd", "rId2", "External"),
        ), "printed", "脚本文件",
    ),
    "a picture with scripts": Hostile(lambda: _pictured(_SVG.encode(), "i.svg"), "printed", "正文"),
    "names that climb out": Hostile(lambda: package(paragraph(), {"../../../../tmp/evil.txt": "x", "/etc/evil.txt": "x", "C:\\evil.txt": "x"}), "printed", "正文"),
    "style sheets in a font's name": Hostile(lambda: package(f'<w:p><w:r><w:rPr><w:rFonts w:ascii="{_CSS}" w:eastAsia="{_CSS}"/><w:color w:val="red;background:url(file:///etc/passwd)"/></w:rPr><w:t>看得见</w:t></w:r></w:p>'), "printed", "看得见"),
    "mark-up in the text": Hostile(lambda: package(paragraph("&lt;/p&gt;&lt;style&gt;*{display:none}&lt;/style&gt;&lt;img src=file:///etc/passwd&gt;看得见")), "printed", "看得见"),
    "mark-up in a header": Hostile(lambda: _header(paragraph("&lt;script&gt;眉&lt;/script&gt;")), "printed", "<script>眉</script>"),
    # -- numbers ---------------------------------------------------------------------------------
    "a paper of no size": Hostile(lambda: _page('w:w="0" w:h="0"'), "either"),
    "a paper of negative size": Hostile(lambda: _page('w:w="-11906" w:h="-16838"'), "either"),
    "a paper of a thousand million points": Hostile(lambda: _page('w:w="1000000000" w:h="1000000000"'), "either"),
    "margins wider than the paper": Hostile(lambda: _page('w:w="11906" w:h="16838"', 'w:left="9000" w:right="9000" w:top="9000" w:bottom="9000" w:header="0" w:footer="0"'), "either"),
    "numbers that are none": Hostile(lambda: _page('w:w="abc" w:h="1e309"', 'w:left="NaN" w:right="" w:top="９９９" w:bottom="0x10"'), "either"),
    "a letter of a thousand million points": Hostile(lambda: package('<w:p><w:r><w:rPr><w:sz w:val="2000000000"/></w:rPr><w:t>大</w:t></w:r></w:p>'), "either"),
    "letters of no and of negative size": Hostile(lambda: package('<w:p><w:r><w:rPr><w:sz w:val="0"/></w:rPr><w:t>零</w:t></w:r><w:r><w:rPr><w:sz w:val="-20"/><w:spacing w:val="-99999"/></w:rPr><w:t>负</w:t></w:r></w:p>' + paragraph("完")), "either"),
    "indents beyond the paper": Hostile(lambda: package(paragraph("缩进", '<w:ind w:left="1000000000" w:right="1000000000" w:firstLine="-1000000000"/>')), "either"),
    "lines of no and of immense height": Hostile(lambda: package(paragraph("零", '<w:spacing w:line="0" w:lineRule="exact"/>') + paragraph("大", '<w:spacing w:line="1000000000" w:lineRule="exact" w:before="-500" w:after="1000000000"/>')), "either"),
    "a row of immense height": Hostile(lambda: package(table(1, 1).replace("<w:tr>", '<w:tr><w:trPr><w:trHeight w:val="1000000000" w:hRule="exact"/></w:trPr>')), "either"),
    "columns of negative and immense width": Hostile(lambda: package(table(2, 2, '<w:gridCol w:w="-5000"/><w:gridCol w:w="1000000000"/>')), "either"),
    "merges that never began": Hostile(lambda: package(table(3, 2, cell="<w:vMerge/>")), "either"),
    "spans of none and less": Hostile(lambda: package(table(2, 2, cell='<w:gridSpan w:val="-3"/>')), "printed"),
    "a table without rows or cells": Hostile(lambda: package("<w:tbl><w:tblPr/><w:tblGrid/></w:tbl><w:tbl><w:tr/><w:tr/></w:tbl>" + paragraph("完")), "printed", "完"),
    "a cell without a paragraph": Hostile(lambda: package("<w:tbl><w:tr><w:tc/></w:tr></w:tbl>" + paragraph("完")), "printed", "完"),
    "a picture of negative size": Hostile(lambda: _pictured(png(8, 8), width="-1270000", height="0"), "printed", "正文"),
    "a picture larger than the world": Hostile(lambda: _pictured(png(8, 8), width="99999999999999", height="99999999999999"), "either"),
    "a million columns of text": Hostile(lambda: package(paragraph("栏") * 3, page=_PAGE.replace("</w:sectPr>", '<w:cols w:num="1000000" w:space="0"/></w:sectPr>')), "either"),
    "a picture that is none": Hostile(lambda: _pictured(b"GIF89a" + bytes(99)), "printed", "正文"),
    "a photograph cut off": Hostile(lambda: _pictured(b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03\x01\x22\0\x02\x11\x01\x03\x11\x01", "i.jpg"), "printed", "正文"),
    "a header without its part": Hostile(lambda: package(paragraph(), None, related("header", "gone.xml"), _PAGE.replace("<w:sectPr>", '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>')), "printed", "正文"),
    "ends without beginnings": Hostile(lambda: package('<w:p><w:bookmarkEnd w:id="7"/><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/><w:t>在</w:t></w:r><w:r><w:footnoteReference w:id="99"/></w:r><w:r><w:commentReference w:id="5"/></w:r></w:p>'), "printed", "在"),
    "50,000 bookmarks of one name": Hostile(lambda: package("<w:p>" + "".join(f'<w:bookmarkStart w:id="{n}" w:name="a"/><w:bookmarkEnd w:id="{n}"/>' for n in range(50_000)) + "<w:r><w:t>签</w:t></w:r></w:p>"), "either"),
    "letters that are turned about": Hostile(lambda: package(paragraph("\u202e金额\u202c\u200b\ufeff\ue000\ufffd")), "either"),
    "no section at all": Hostile(lambda: package(paragraph("没有节"), page=""), "printed", "没有节"),
    "no body": Hostile(lambda: package("", {"word/document.xml": f"<w:document {_NAMES}/>"}), "either"),
}  # fmt: skip


# -- in processes of their own -------------------------------------------------------------------


def happened(names: list[str]) -> Iterator[Happened]:
    """Yield what becomes of each file. The libraries are loaded once, each file has its own fork."""
    from salesdocs.pdf.printing import print_document

    print_document(package(paragraph()), "warm.docx")
    for name in names:
        data = FILES[name].make()
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            _in_child(name, data, writing)
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as said:
            told = said.read()
        _, status, usage = os.wait4(child, 0)
        result = Happened(**json.loads(told)) if told else Happened(name)
        if not told:
            result.outcome = f"died: {os.waitstatus_to_exitcode(status)}"
        result.cpu = round(usage.ru_utime + usage.ru_stime, 2)
        yield result


def _in_child(name: str, data: bytes, writing: int) -> None:
    from salesdocs.errors import SalesdocsError
    from salesdocs.pdf.printing import print_document

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    result = Happened(name)
    before = _peak()
    sys.addaudithook(_listener(result.touched))
    try:
        printed = print_document(data, "敌意.docx")
        result.outcome, result.pages = "printed", printed.pages
        found = printed.findings
    except SalesdocsError as error:
        result.outcome, found = "refused", tuple(error.findings)
    except BaseException as error:
        result.outcome, found = f"raised {type(error).__name__}: {error}"[:300], ()
    result.findings = [
        (each.severity, each.rule, each.message.zh, each.hint.zh) for each in found[:50]
    ]
    result.megabytes = _peak() - before
    touched = list(result.touched)
    if result.outcome == "printed":
        from tests.pdf.letters import pages

        result.text = "".join(page.text for page in pages(printed.pdf)[:3])[:500]
    result.touched = touched
    with os.fdopen(writing, "w", encoding="utf-8") as told:
        json.dump(asdict(result), told)
    os._exit(0)


def _listener(touched: list[str]) -> Callable[[str, tuple[object, ...]], None]:
    """Return what notes each file written, secret read, program started and place called."""

    def listen(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if writes or str(path).startswith("/etc/passwd"):
                touched.append(f"open {path} {mode}")
        elif event.startswith(
            (
                "socket.connect",
                "socket.getaddrinfo",
                "subprocess",
                "os.system",
                "os.mkdir",
                "os.rename",
                "os.remove",
            )
        ):
            touched.append(f"{event} {arguments}"[:200])

    return listen


def _peak() -> float:
    line = next(
        line
        for line in Path("/proc/self/status").read_text().splitlines()
        if line.startswith("VmHWM:")
    )
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    for one in happened(sys.argv[1:] or list(FILES)):
        sys.stdout.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
        sys.stdout.flush()
