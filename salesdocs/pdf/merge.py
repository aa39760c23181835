"""Several PDFs bound into one: pages, links, outline and structure of each stay what they were.

pikepdf carries pages, named destinations and outlines over; the structure tree it leaves behind,
and without it the whole would be untagged. So each part's tree is hung below the first one's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

CONTENTS_LINK: Final = "https://contents.invalid/"
"""What a link on the first pages begins with that is to lead to the part of the number after it.

The name can never be one of the network's (RFC 6761, 6.4).
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A PDF to be bound in, under the title that the outline gives it."""

    title: str
    pdf: bytes


def bind(front: pikepdf.Pdf, title: str, parts: Sequence[Part]) -> list[int]:
    """Append the parts to the `front` pages, called `title`; return how many pages each has.

    The metadata and the attachments of the front hold for the whole, those of the parts are left
    behind.
    """
    tree = _Tree(front, title)
    front_pages = len(front.pages)
    counts: list[int] = []
    outline = [_Branch(title, 0, _items_taken(front))]
    for number, part in enumerate(parts, 1):
        first = len(front.pages)
        with pikepdf.open(BytesIO(part.pdf)) as opened:
            tree.prepare(opened, number)
            result = front.add_pages_from(opened)
            tree.hang(opened, part.title)
        counts.append(result.pages_added)
        outline.append(_Branch(part.title, first, _items_taken(front)))
    tree.close()
    _write_outline(front, outline)
    _label_pages(front, title)
    _lead_into(front, front_pages, [branch.page for branch in outline[1:]])
    front.Root.PageMode = Name.UseOutlines
    return counts


def pages_of(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


# -- the outline ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Branch:
    """A part in the outline: its first page, counted from 0, and its own items."""

    title: str
    page: int
    items: list[OutlineItem]


def _items_taken(pdf: pikepdf.Pdf) -> list[OutlineItem]:
    """Return the items of the outline, which is empty afterwards."""
    with pdf.open_outline() as outline:
        items = list(outline.root)
        outline.root.clear()
    return items


def _write_outline(pdf: pikepdf.Pdf, branches: Sequence[_Branch]) -> None:
    with pdf.open_outline() as outline:
        for branch in branches:
            item = OutlineItem(branch.title, branch.page, "Fit")
            # A paper whose only heading is its own title would say it twice.
            alone = branch.items[0] if len(branch.items) == 1 else None
            same = alone is not None and str(alone.title).strip() == branch.title
            item.children.extend(alone.children if alone and same else branch.items)
            item.is_closed = True
            outline.root.append(item)


# -- pages ---------------------------------------------------------------------------------------


def _label_pages(pdf: pikepdf.Pdf, title: str) -> None:
    """Label the pages as they are counted: a viewer's number, the contents' and the printed one.

    The first is called by its title.
    """
    labels: list[Any] = [0, Dictionary(P=String(title))]
    if len(pdf.pages) > 1:
        labels += [1, Dictionary(S=Name.D, St=2)]
    pdf.Root.PageLabels = Dictionary(Nums=Array(labels))


def _lead_into(pdf: pikepdf.Pdf, front_pages: int, first_pages: Sequence[int]) -> None:
    """Turn the links of the contents into links to the first page of each part."""
    for page in list(pdf.pages)[:front_pages]:
        for link in page.obj.get("/Annots", []):
            action = link.get("/A")
            address = str(action.get("/URI", "")) if action is not None else ""
            if address.startswith(CONTENTS_LINK):
                number = int(address.removeprefix(CONTENTS_LINK))
                del link["/A"]
                target = pdf.pages[first_pages[number - 1]].obj
                link.Dest = _array(target, Name.Fit)


def _array(*values: Any) -> Array:
    return Array(values)


# -- the structure tree (ISO 32000-1, 14.7) ------------------------------------------------------


class _Tree:
    """The structure tree of the front, with those of the parts hung below it."""

    def __init__(self, pdf: pikepdf.Pdf, title: str) -> None:
        self._pdf = pdf
        root = pdf.Root.get("/StructTreeRoot")
        if root is None:
            root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([])))
            pdf.Root.StructTreeRoot = root
        self._root = root
        self._numbers = dict(_numbers(root.get("/ParentTree")))
        self._next = max(self._numbers, default=-1) + 1
        self._whole = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array([]))
        )
        self._is_tagged = bool(self._numbers)
        self._append(_kids(root), title)

    def prepare(self, part: pikepdf.Pdf, number: int) -> None:
        """Change the keys and identifiers of a part so that they are none of another part."""
        root = part.Root.get("/StructTreeRoot")
        if root is None:
            self._is_tagged = False
            return
        for each in part.objects:
            if isinstance(each, Dictionary | pikepdf.Stream):
                for key in ("/StructParent", "/StructParents"):
                    if key in each:
                        each[key] = int(each[key]) + self._next
        for element in _elements(root):
            _rename(element, f"{number}.")

    def hang(self, part: pikepdf.Pdf, title: str) -> None:
        """Hang the tree of a part, whose pages are there already, below the whole."""
        theirs = part.Root.get("/StructTreeRoot")
        if theirs is None:
            return
        root = self._pdf.copy_foreign(part.make_indirect(theirs))
        numbers = {key + self._next: value for key, value in _numbers(root.get("/ParentTree"))}
        self._numbers |= numbers
        self._next = max(numbers, default=self._next - 1) + 1
        for key in ("/RoleMap", "/ClassMap"):
            if key in root:
                if key not in self._root:
                    self._root[key] = Dictionary()
                for name, value in root[key].items():
                    if name not in self._root[key]:
                        self._root[key][name] = value
        self._append(_kids(root), title)

    def close(self) -> None:
        """Write the tree; where a part had none, the whole does not say that it is tagged."""
        self._root.K = Array([self._whole])
        nums = [part for key in sorted(self._numbers) for part in (key, self._numbers[key])]
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(nums)))
        self._root.ParentTreeNextKey = self._next
        identified = sorted(
            (bytes(element.ID), element) for element in _elements(self._root) if "/ID" in element
        )
        if identified:
            names = Array([])
            for name, element in identified:
                names.extend([String(name), element])
            self._root.IDTree = self._pdf.make_indirect(Dictionary(Names=names))
        self._pdf.Root.MarkInfo = Dictionary(Marked=self._is_tagged)

    def _append(self, kids: Sequence[Any], title: str) -> None:
        """Append a part made of these elements."""
        part = self._pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem, S=Name.Part, P=self._whole, T=String(title), K=Array([])
            )
        )
        for kid in kids:
            # A document in a document is a part of it; what it holds moves up.
            inner = _kids(kid) if kid.get("/S") == Name.Document else [kid]
            if not all(isinstance(each, Dictionary) and "/S" in each for each in inner):
                inner = [kid]
            for each in inner:
                each.P = part
                part.K.append(each)
        self._whole.K.append(part)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _elements(root: Any) -> Iterator[Any]:
    """Yield each structure element below `root`, without recursion: trees can be deep."""
    waiting = _kids(root)[::-1]
    while waiting:
        element = waiting.pop()
        if isinstance(element, Dictionary) and "/S" in element:
            yield element
            waiting += _kids(element)[::-1]


def _rename(element: Any, prefix: str) -> None:
    """Put the prefix before the element's identifier and those of its headers."""
    if "/ID" in element:
        element.ID = String(prefix.encode() + bytes(element.ID))
    attributes = element.get("/A")
    owned = list(attributes) if isinstance(attributes, Array) else [attributes]
    for each in owned:
        if isinstance(each, Dictionary) and "/Headers" in each:
            each.Headers = Array(
                [String(prefix.encode() + bytes(header)) for header in each.Headers]
            )


def _numbers(tree: Any) -> Iterator[tuple[int, Any]]:
    """Yield the keys and values of a number tree (ISO 32000-1, 7.9.7)."""
    waiting = [] if tree is None else [tree]
    while waiting:
        node = waiting.pop()
        nums = node.get("/Nums", Array([]))
        for index in range(0, len(nums), 2):
            yield int(nums[index]), nums[index + 1]
        waiting += list(node.get("/Kids", Array([])))
