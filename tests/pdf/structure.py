"""What a PDF must have for a reader who listens, and for an archive: what `pdfua` does not check.

Rules are those of ISO 14289-1 (PDF/UA-1) and ISO 19005-3 (PDF/A-3), by their clauses, as far as
they can be read off the file by pikepdf. Each function returns what is wrong, in words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

# ISO 32000-1, 14.8.4: the structure types a reader knows without a role map.
_STANDARD = (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6"
    " L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot"
    " Ruby RB RT RP Warichu WT WP Figure Formula Form"
)
_TYPES = frozenset(_STANDARD.split())
_PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"},
    "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"},
    "LI": {"L"}, "Lbl": {"LI", "Note", "P", "Span", "BibEntry"}, "LBody": {"LI"}, "TOCI": {"TOC"},
}  # fmt: skip


def universal(pdf: bytes) -> list[str]:
    """Return what PDF/UA-1 finds missing."""
    with Pdf.open(BytesIO(pdf)) as document:
        elements = list(_elements(document))
        return [
            *_catalogue(document, "pdfuaid:part", "1"),
            *_tagged(document),
            *_nested(elements),
            *_headings(elements),
            *_tables(elements),
            *_figures(elements),
            *_links(document, elements),
            *_fonts(document),
        ]


def archival(pdf: bytes, attachments: Mapping[str, bytes]) -> list[str]:
    """Return what PDF/A-3a finds missing, and what of the attachments does not read back equal."""
    with Pdf.open(BytesIO(pdf)) as document:
        return [
            *_catalogue(document, "pdfaid:part", "3"),
            *_tagged(document),
            *_conformance(document),
            *_intent(document),
            *_active(document),
            *_fonts(document),
            *_attached(document, attachments),
            *_same_facts(document),
        ]


def outline(pdf: bytes) -> list[tuple[int, str, int]]:
    """Return the bookmarks: depth from 0, title, page from 1."""
    with Pdf.open(BytesIO(pdf)) as document:
        numbers = {page.objgen: number for number, page in enumerate(document.pages, start=1)}
        entries: list[tuple[int, str, int]] = []

        def walk(item: Dictionary, depth: int) -> None:
            while item is not None:
                target = item.get("/Dest") or item.get("/A", Dictionary()).get("/D")
                entries.append((depth, str(item.Title), numbers[target[0].objgen]))
                if "/First" in item:
                    walk(item.First, depth + 1)
                item = item.get("/Next")

        if "/Outlines" in document.Root and "/First" in document.Root.Outlines:
            walk(document.Root.Outlines.First, 0)
        return entries


def attachments(pdf: bytes) -> dict[str, bytes]:
    """Return the files attached, by name."""
    with Pdf.open(BytesIO(pdf)) as document:
        return {name: entry.get_file().read_bytes() for name, entry in document.attachments.items()}


# -- the catalogue -------------------------------------------------------------------------------


def _catalogue(document: Pdf, key: str, part: str) -> Iterator[str]:
    root = document.Root
    if not root.get("/MarkInfo", Dictionary()).get("/Marked"):
        yield "7.1: MarkInfo does not say Marked"
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", str(root.get("/Lang", ""))):
        yield f"7.2: no language of the document: {root.get('/Lang')!r}"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle"):
        yield "7.1: the viewer is not told to show the title"
    with document.open_metadata() as metadata:
        if not metadata.get("dc:title"):
            yield "7.1: no dc:title"
        if metadata.get(key) != part:
            yield f"5: {key} is {metadata.get(key)!r}, not {part}"


def _conformance(document: Pdf) -> Iterator[str]:
    with document.open_metadata() as metadata:
        if metadata.get("pdfaid:conformance") != "A":
            yield f"6.6.4: conformance {metadata.get('pdfaid:conformance')!r}, not A"
    if "/Filter" in document.Root.Metadata:
        yield "6.6.2: the metadata are compressed"  # PDF/A-1 only, but archives read them as text
    if "/ID" not in document.trailer:
        yield "6.1.3: no identifier in the trailer"
    if document.is_encrypted:
        yield "6.1.3: encrypted"


def _intent(document: Pdf) -> Iterator[str]:
    intents = [one for one in document.Root.get("/OutputIntents", []) if one.S == Name.GTS_PDFA1]
    if len(intents) != 1:
        yield f"6.2.3: {len(intents)} output intents for PDF/A"
    for intent in intents:
        profile = intent.get("/DestOutputProfile")
        if not isinstance(profile, Stream) or profile.read_bytes()[36:40] != b"acsp":
            yield "6.2.3: the output intent has no colour profile"


def _active(document: Pdf) -> Iterator[str]:
    for number, thing in enumerate(document.objects):
        if not isinstance(thing, Dictionary | Stream):
            continue
        kind = str(thing.get("/S", ""))
        if kind in {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData"}:
            yield f"6.5.1: object {number} is an action {kind}"
        if isinstance(thing, Stream) and (
            "/F" in thing or "/LZWDecode" in str(thing.get("/Filter", ""))
        ):
            yield f"6.1.7: object {number} is an outside stream, or LZW"
        if thing.get("/Subtype") == Name.Link and not int(thing.get("/F", 0)) & 4:
            yield f"6.3.2: link {number} has no Print flag"
    if "/AA" in document.Root or "/OpenAction" in document.Root:
        yield "6.5.2: something happens on opening"


def _same_facts(document: Pdf) -> Iterator[str]:
    """The facts of Info and XMP are the same ones (6.6.3 of ISO 19005-1, kept as good practice)."""
    info = document.docinfo
    with document.open_metadata() as metadata:
        for key, name in (
            ("/Title", "dc:title"),
            ("/Subject", "dc:description"),
            ("/Creator", "xmp:CreatorTool"),
            ("/Producer", "pdf:Producer"),
        ):
            if key in info and str(info[key]) != str(metadata.get(name)):
                yield f"{key} says {info[key]!s}, {name} says {metadata.get(name)!r}"


def _attached(document: Pdf, wanted: Mapping[str, bytes]) -> Iterator[str]:
    found = {name: entry.get_file().read_bytes() for name, entry in document.attachments.items()}
    if found != dict(wanted):
        yield f"6.8: attached are {sorted(found)}, not the same as {sorted(wanted)}"
    associated = document.Root.get("/AF", Array())
    if len({one.objgen for one in associated}) != len(wanted):
        yield f"6.8: AF lists {len(associated)} files, not {len(wanted)}"
    if len(associated) != len({one.objgen for one in associated}):
        yield "6.8: AF lists a file twice"
    for one in associated:
        if "/AFRelationship" not in one or "/UF" not in one or "/F" not in one:
            yield f"6.8: {one.get('/UF')} lacks its relationship or its name"
        if "/Subtype" not in one.EF.F:
            yield f"6.8: {one.get('/UF')} does not say its MIME type"


# -- tags ----------------------------------------------------------------------------------------


def _elements(document: Pdf) -> Iterator[tuple[Dictionary, tuple[str, ...]]]:
    """Yield each structure element in reading order, with the types of those it stands in."""
    roles = document.Root.get("/StructTreeRoot", Dictionary()).get("/RoleMap", Dictionary())

    def walk(
        node: Dictionary, above: tuple[str, ...]
    ) -> Iterator[tuple[Dictionary, tuple[str, ...]]]:
        for kid in _kids(node):
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield kid, above
                kind = str(roles.get(str(kid.S), kid.S)).lstrip("/")
                yield from walk(kid, (*above, kind))

    root = document.Root.get("/StructTreeRoot")
    if root is not None:
        yield from walk(root, ())


def _kids(node: Dictionary) -> list[object]:
    kids = node.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _kind(element: Dictionary) -> str:
    return str(element.S).lstrip("/")


def _tagged(document: Pdf) -> Iterator[str]:
    """Every piece of content is an artifact or has its one place in the tree, and no place is empty."""
    root = document.Root.get("/StructTreeRoot")
    if root is None:
        yield "7.1: no structure tree"
        return
    claimed = _claimed(document)
    for key, times in claimed.items():
        if times > 1:
            yield f"7.1: content {key[1]} stands in the tree {times} times"
    for number, page in enumerate(document.pages, start=1):
        drawn, untagged = _marked(page)
        for content in sorted(drawn):
            if (page.objgen, content) not in claimed:
                yield f"7.1: page {number}: content {content} is not in the tree"
        if untagged:
            yield f"7.1: page {number}: {untagged} pieces of content are neither tagged nor artifacts"
        if page.get("/Annots") and page.get("/Tabs") != Name.S:
            yield f"7.18.3: page {number}: tab order does not follow the structure"
        if "/StructParents" not in page and drawn:
            yield f"7.1: page {number} has no StructParents"


def _claimed(document: Pdf) -> Counter[tuple[tuple[int, int], int]]:
    """Return how often each content of a page (its page, its MCID) stands in the tree."""
    claimed: Counter[tuple[tuple[int, int], int]] = Counter()
    for element, _ in _elements(document):
        for kid in _kids(element):
            page, number = element.get("/Pg"), kid
            if isinstance(kid, Dictionary) and "/MCID" in kid:
                page, number = kid.get("/Pg", page), kid.MCID
            if isinstance(number, int) and page is not None:
                claimed[page.objgen, int(number)] += 1
    return claimed


def _marked(page: pikepdf.Page) -> tuple[set[int], int]:
    """Return the MCIDs of a page, and how many texts and pictures stand outside any mark."""
    drawn: set[int] = set()
    untagged, stack = 0, []
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator in {"BDC", "BMC"}:
            stack.append(str(operands[0]))
            if operator == "BDC" and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]:
                drawn.add(int(operands[1].MCID))
        elif operator == "EMC":
            stack.pop()
        elif (
            operator in {"Tj", "TJ", "'", '"', "Do", "f", "f*", "S", "B", "B*", "b", "b*", "sh"}
            and not stack
        ):
            untagged += 1
    return drawn, untagged


def _nested(elements: list[tuple[Dictionary, tuple[str, ...]]]) -> Iterator[str]:
    for element, above in elements:
        kind = _kind(element)
        if kind not in _TYPES:
            yield f"7.1: {kind} is no standard structure type"
        wanted = _PARENTS.get(kind)
        near = next((one for one in reversed(above) if one != "NonStruct"), "")
        if wanted and near not in wanted:
            yield f"7.1: {kind} stands in {near or 'nothing'}"
    if elements and _kind(elements[0][0]) != "Document":
        yield f"7.1: the tree begins with {_kind(elements[0][0])}, not Document"


def _headings(elements: list[tuple[Dictionary, tuple[str, ...]]]) -> Iterator[str]:
    levels = [
        int(kind[1]) for kind in (_kind(one) for one, _ in elements) if re.fullmatch("H[1-6]", kind)
    ]
    if levels and levels[0] != 1:
        yield f"7.4.2: the first heading is H{levels[0]}"
    for one, other in pairwise(levels):
        if other > one + 1:
            yield f"7.4.2: H{other} follows H{one}"


def _tables(elements: list[tuple[Dictionary, tuple[str, ...]]]) -> Iterator[str]:
    for element, _ in elements:
        if _kind(element) == "TH" and not _attribute(element, "/Scope"):
            yield "7.5: a TH does not say whether it heads a row or a column"
        if _kind(element) == "Table":
            widths = {_width(row) for row in _rows(element)}
            if len(widths) > 1 and not any(
                "/RowSpan" in str(_attributes(cell))
                for row in _rows(element)
                for cell in _cells(row)
            ):
                yield f"7.2: the rows of a table have {sorted(widths)} cells"


def _rows(element: Dictionary) -> Iterator[Dictionary]:
    for kid in _kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            if _kind(kid) == "TR":
                yield kid
            elif _kind(kid) in {"THead", "TBody", "TFoot"}:
                yield from _rows(kid)


def _cells(row: Dictionary) -> list[Dictionary]:
    return [kid for kid in _kids(row) if isinstance(kid, Dictionary) and _kind(kid) in {"TH", "TD"}]


def _width(row: Dictionary) -> int:
    return sum(int(_attribute(cell, "/ColSpan") or 1) for cell in _cells(row))


def _attributes(element: Dictionary) -> list[Dictionary]:
    found = element.get("/A", Array())
    return [
        one
        for one in (found if isinstance(found, Array) else [found])
        if isinstance(one, Dictionary)
    ]


def _attribute(element: Dictionary, name: str) -> object:
    return next((one[name] for one in _attributes(element) if name in one), None)


def _figures(elements: list[tuple[Dictionary, tuple[str, ...]]]) -> Iterator[str]:
    for element, _ in elements:
        if _kind(element) in {"Figure", "Formula"}:
            if not str(element.get("/Alt", "")).strip() and "/ActualText" not in element:
                yield "7.3: a figure says nothing to who does not see it"
            if not _attribute(element, "/BBox"):
                yield "7.3: a figure does not say where it stands (BBox)"


def _links(document: Pdf, elements: list[tuple[Dictionary, tuple[str, ...]]]) -> Iterator[str]:
    tied = {
        kid.Obj.objgen
        for element, _ in elements
        for kid in _kids(element)
        if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
    }
    for number, page in enumerate(document.pages, start=1):
        for annotation in page.get("/Annots", []):
            if annotation.get("/Subtype") != Name.Link:
                continue
            if annotation.objgen not in tied:
                yield f"7.18.5: page {number}: a link is not in the tree"
            if not str(annotation.get("/Contents", "")).strip():
                yield f"7.18.5: page {number}: a link does not say where it leads"


# -- fonts ---------------------------------------------------------------------------------------


def _fonts(document: Pdf) -> Iterator[str]:
    for thing in document.objects:
        if not isinstance(thing, Dictionary) or thing.get("/Type") != Name.Font:
            continue
        kind, name = str(thing.get("/Subtype")), str(thing.get("/BaseFont", ""))
        if kind in {"/Type0", "/TrueType", "/Type1", "/Type3"} and "/ToUnicode" not in thing:
            yield f"7.21.7: {name} does not say what its glyphs mean"
        if kind == "/Type0" and str(thing.Encoding) not in {"/Identity-H", "/Identity-V"}:
            yield f"7.21.3.3: {name} has the encoding {thing.Encoding}"
        descriptor = thing.get("/FontDescriptor")
        if kind in {"/CIDFontType0", "/CIDFontType2", "/TrueType", "/Type1"} and (
            descriptor is None
            or not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        ):
            yield f"7.21.4.1: {name} is not embedded"
        if kind == "/CIDFontType2" and "/CIDToGIDMap" not in thing:
            yield f"7.21.3.2: {name} has no CIDToGIDMap"
