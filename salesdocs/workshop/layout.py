"""Builds a template: a document's blocks, laid out in the house style and packed as a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from salesdocs.findings import Language, Phrase
from salesdocs.process.clauses import Article
from salesdocs.process.letterhead import PLAIN, Letterhead
from salesdocs.workshop.dress import LOGO_RELATION, dress, own_fonts
from salesdocs.workshop.front import Contents
from salesdocs.workshop.house import HOUSES, Kind
from salesdocs.workshop.markup import Element, make, make_root, qualified, serialise, unveiled
from salesdocs.workshop.numbering import numbering_part
from salesdocs.workshop.package import pack
from salesdocs.workshop.page import Landscape, footer_part, header_part, relation, section
from salesdocs.workshop.paragraphs import lay_all, paragraph
from salesdocs.workshop.sheet import Block, Orientation, Sheet
from salesdocs.workshop.stylesheet import (
    fonts_part,
    settings_part,
    styles_part,
    theme_part,
)
from salesdocs.workshop.words import Words

_RUNNING = frozenset({"BodyIndent", "BodyText", "ListBullet", "ListNumber", "Clause2", "Clause3"})
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_METADATA = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = {
    "document": f"{_WORD}.document.main+xml",
    "styles": f"{_WORD}.styles+xml",
    "numbering": f"{_WORD}.numbering+xml",
    "settings": f"{_WORD}.settings+xml",
    "fontTable": f"{_WORD}.fontTable+xml",
    "header": f"{_WORD}.header+xml",
    "footer": f"{_WORD}.footer+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    "core": "application/vnd.openxmlformats-package.core-properties+xml",
    "app": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """A document as blocks on paper of a `kind`, which decides margins, type and colour.

    `header` and `footer` replace what every paper of the house says there.
    """

    kind: Kind
    blocks: tuple[Block, ...]
    header: Words | None = None
    footer: Words | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """A member of the package: where it lies, what it is, how its owner refers to it."""

    name: str
    type: str
    root: Element
    relation: str = ""
    default: str = ""
    relations: Element | None = None


def build(
    layout: Layout,
    lang: Language,
    labels: Mapping[str, Phrase],
    notes: tuple[Phrase, ...] = (),
    articles: tuple[Article, ...] = (),
    letterhead: Letterhead = PLAIN,
) -> bytes:
    """Return the Word template of `layout` in `lang`; same layout and wording, same bytes."""
    sheet = Sheet(lang, HOUSES[layout.kind], labels, notes, layout.blocks, articles)
    sheet.header, sheet.footer = layout.header, layout.footer
    sheet.letterhead = letterhead
    sheet.contents = any(isinstance(block, Contents) for block in layout.blocks)
    document = _document(sheet)
    parts = (*_word_parts(document, sheet), *_property_parts())
    for part in parts:
        dress(part.root, letterhead)
    return pack(_members(parts, sheet))


def _document(sheet: Sheet) -> Element:
    body = make("w:body", *_spaced(lay_all(sheet.blocks, sheet)))
    wide = isinstance(sheet.last, Landscape)
    body.append(section(sheet, "landscape" if wide else "portrait"))
    return make_root("w:document", "w r wp a c", body)


def _spaced(elements: Iterable[Element]) -> Iterator[Element]:
    """Yield the elements with a small gap between running text and a table right below it.

    The gap keeps to the table where the text does.
    """
    above, kept = "", False
    for element in elements:
        if element.tag == qualified("w:tbl") and above in _RUNNING:
            yield paragraph("TableGap", keep_next=kept)
        if "{%p" not in "".join(element.itertext()):
            style = element.find(f"{qualified('w:pPr')}/{qualified('w:pStyle')}")
            above = "" if style is None else style.get(qualified("w:val"), "")
            kept = element.find(f"{qualified('w:pPr')}/{qualified('w:keepNext')}") is not None
        yield element


def _word_parts(document: Element, sheet: Sheet) -> Iterator[_Part]:
    yield _Part("word/document.xml", "document", document)
    yield _Part("word/styles.xml", "styles", styles_part(sheet.house, sheet.lang), "rIdStyles")
    numbering = numbering_part(sheet.lang, sheet.lists)
    yield _Part("word/numbering.xml", "numbering", numbering, "rIdNumbering")
    yield _Part("word/settings.xml", "settings", settings_part(sheet.contents), "rIdSettings")
    yield _Part("word/fontTable.xml", "fontTable", _fonts(sheet), "rIdFonts")
    yield _Part("word/theme/theme1.xml", "theme", theme_part(), "rIdTheme")
    for orientation in sorted(sheet.sections):
        yield from _edge_parts(orientation, sheet)
    for number, chart in enumerate(sheet.charts, start=1):
        yield _Part(f"word/charts/chart{number}.xml", "chart", chart, f"rIdChart{number}")


def _edge_parts(orientation: Orientation, sheet: Sheet) -> Iterator[_Part]:
    number = ("portrait", "landscape", "cover").index(orientation) + 1
    top = header_part(sheet, orientation)
    links = _logo_relations(sheet.letterhead)
    name = f"word/header{number}.xml"
    yield _Part(name, "header", top, relation("header", orientation), relations=links)
    if orientation != "cover":
        bottom = footer_part(sheet, orientation)
        yield _Part(f"word/footer{number}.xml", "footer", bottom, relation("footer", orientation))


def _fonts(sheet: Sheet) -> Element:
    table = fonts_part()
    table.extend(own_fonts(sheet.letterhead))
    return table


def _logo_relations(letterhead: Letterhead) -> Element | None:
    """Return the relations of a header that shows the logo."""
    logo = letterhead.logo
    if logo is None:
        return None
    image = _relation(LOGO_RELATION, f"{_OFFICE}/image", f"media/logo.{logo.kind}")
    return make_root("rel:Relationships", "rel", image)


def _property_parts() -> Iterator[_Part]:
    """Yield the properties; their days are unveiled, because Word refuses a tag for a day."""
    created = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">'
        f"{{{{ document.date | iso }}}}T00:00:00Z</dcterms:{name}>"
        for name in ("created", "modified")
    )
    core = make_root(
        "cp:coreProperties",
        "cp dc dcterms xsi",
        make("dc:title", "{{ document.title }}"),
        make("dc:creator", "{{ supplier.name }}"),
        make("cp:lastModifiedBy", "{{ supplier.name }}"),
        unveiled(f"{{% if document.date %}}{created}{{% endif %}}"),
    )
    app = make_root("ep:Properties", "ep", make("ep:Application", "salesdocs"))
    yield _Part("docProps/core.xml", "core", core, "rIdCore")
    yield _Part("docProps/app.xml", "app", app, "rIdApp", default="ep")


def _members(parts: tuple[_Part, ...], sheet: Sheet) -> Iterator[tuple[str, bytes]]:
    yield "[Content_Types].xml", serialise(_content_types(parts, sheet), "ct")
    yield "_rels/.rels", serialise(_package_relations(), "rel")
    for part in parts:
        yield part.name, serialise(part.root, part.default)
        if part.type == "document":
            relations = _document_relations(parts, sheet)
            yield "word/_rels/document.xml.rels", serialise(relations, "rel")
        if part.relations is not None:
            folder, _, name = part.name.rpartition("/")
            yield f"{folder}/_rels/{name}.rels", serialise(part.relations, "rel")
    logo = sheet.letterhead.logo
    if logo is not None:
        yield f"word/media/logo.{logo.kind}", logo.data


def _content_types(parts: tuple[_Part, ...], sheet: Sheet) -> Element:
    logo = sheet.letterhead.logo
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return make_root(
        "ct:Types",
        "ct",
        make("ct:Default", Extension="rels", ContentType=rels),
        make("ct:Default", Extension="xml", ContentType="application/xml"),
        make("ct:Default", Extension=logo.kind, ContentType=f"image/{logo.kind}") if logo else None,
        *(
            make("ct:Override", PartName=f"/{part.name}", ContentType=_TYPES[part.type])
            for part in parts
        ),
    )


def _relation(id_: str, type_: str, target: str, **more: str) -> Element:
    return make("rel:Relationship", Id=id_, Type=type_, Target=target, **more)


def _package_relations() -> Element:
    return make_root(
        "rel:Relationships",
        "rel",
        _relation("rIdDocument", f"{_OFFICE}/officeDocument", "word/document.xml"),
        _relation("rIdCore", f"{_METADATA}/core-properties", "docProps/core.xml"),
        _relation("rIdApp", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
    )


def _document_relations(parts: tuple[_Part, ...], sheet: Sheet) -> Element:
    inner = (part for part in parts if part.name.startswith("word/") and part.relation)
    return make_root(
        "rel:Relationships",
        "rel",
        *(
            _relation(part.relation, f"{_OFFICE}/{part.type}", part.name.removeprefix("word/"))
            for part in inner
        ),
        *(
            _relation(f"rIdLink{number}", f"{_OFFICE}/hyperlink", url, TargetMode="External")
            for number, url in enumerate(sheet.links, start=1)
        ),
    )
