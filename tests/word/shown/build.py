"""Small Word files of raw XML: what a test is about stands in the test, the rest is here."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from salesdocs.word.ooxml import RELATIONSHIPS, WP, W
from salesdocs.word.shown import read
from salesdocs.word.shown.model import Block, Paragraph, Shown, Table, Text
from salesdocs.word.shown.names import (
    DGM,
    MC,
    OFFICE,
    PIC,
    W10,
    W14,
    WP14,
    WPG,
    WPS,
    A,
    C,
    M,
    R,
    V,
)

_PREFIXES = {"w": W, "r": R, "wp": WP, "a": A, "pic": PIC, "c": C, "v": V, "o": OFFICE, "mc": MC,
             "wps": WPS, "wpg": WPG, "w14": W14, "wp14": WP14, "w10": W10, "m": M, "dgm": DGM}  # fmt: skip
NAMES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _PREFIXES.items())
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080200000090775"
    "3de0000000c4944415408d763f8ffff3f0005fe02fea735812d0000000049454e44ae426082"
)
_ROOTS = {"styles": "styles", "numbering": "numbering", "settings": "settings",
          "footnotes": "footnotes", "endnotes": "endnotes"}  # fmt: skip


def package(
    body: str,
    *,
    parts: Mapping[str, str | bytes] | None = None,
    links: Mapping[str, tuple[str, str]] | None = None,
    **roots: str,
) -> bytes:
    """A Word file with this body; `styles=` … are what stands in that part.

    `parts` are more parts by name, `links` the relationships to them: id to kind and target; a
    target with `://` is outside.
    """
    members: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
    }
    related = dict(links or {})
    for name, content in roots.items():
        root = _ROOTS[name]
        members[f"word/{name}.xml"] = f"<w:{root} {NAMES}>{content}</w:{root}>"
        related[f"auto_{name}"] = (name, f"{name}.xml")
    members |= parts or {}
    members["_rels/.rels"] = _relations({"rId1": ("officeDocument", "word/document.xml")})
    members["word/_rels/document.xml.rels"] = _relations(related)
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def _relations(related: Mapping[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if "://" in target else "")
        + "/>"
        for name, (kind, target) in related.items()
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{entries}</Relationships>'


def story(kind: str, content: str) -> str:
    """A part that holds a header (`hdr`) or footer (`ftr`)."""
    return f"<w:{kind} {NAMES}>{content}</w:{kind}>"


def p(text: str = "", properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    said = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{said}</w:p>"


def style(
    name: str,
    run: str = "",
    paragraph: str = "",
    based: str = "",
    kind: str = "paragraph",
    more: str = "",
) -> str:
    """A style."""
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}" {more}><w:name w:val="{name}"/>{on}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def defaults(run: str = "", paragraph: str = "") -> str:
    """The defaults of a document."""
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{paragraph}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def cell(text: str = "", properties: str = "") -> str:
    """A cell with a paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def table(rows: list[list[str]], properties: str = "", grid: tuple[int, ...] = ()) -> str:
    """A table of rows of cells as `cell` writes them."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    lines = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{lines}</w:tbl>"


def shown(body: str, **more: object) -> Shown:
    """What such a file shows."""
    return read(package(body, **more))  # type: ignore[arg-type]


def blocks(body: str, **more: object) -> tuple[Block, ...]:
    """The blocks of its sections."""
    return tuple(block for section in shown(body, **more).sections for block in section.blocks)


def paragraph(body: str, **more: object) -> Paragraph:
    """Its first paragraph."""
    return next(each for each in blocks(body, **more) if isinstance(each, Paragraph))


def the_table(body: str, **more: object) -> Table:
    """Its first table."""
    return next(each for each in blocks(body, **more) if isinstance(each, Table))


def texts(of: Paragraph) -> list[Text]:
    """The pieces of text of a paragraph."""
    return [item for item in of.inlines if isinstance(item, Text)]
