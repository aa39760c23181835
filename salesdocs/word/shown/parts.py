"""Opens the parts of a Word file and follows their relationships, trusting nothing in them.

No part can make us reach the network or a file, grow by entities, or nest without end: a part with
a document type is refused, lxml refuses more than 256 levels, and a part may have 64 MB and a
million elements at most (a page of a contract has about a thousand).
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from lxml import etree

from salesdocs.errors import PdfError
from salesdocs.findings import Finding, Phrase
from salesdocs.word.ooxml import DOCUMENT_PART, RELATIONSHIPS
from salesdocs.word.package import Member, read_members
from salesdocs.word.shown.names import transitional

_LIMIT: Final = 64 * 1024 * 1024
_ELEMENTS: Final = 1_000_000
_BODIES: Final = frozenset(("document", "glossaryDocument"))
_SAVE: Final = Phrase(
    "请在 Word 或 WPS 中打开后另存为 .docx，再试一次",
    "open it in Word or WPS, save it as .docx, and try again",
)
_SPLIT: Final = Phrase("请拆成几个文件后再试", "split it into several files and try again")


@dataclass(frozen=True, slots=True)
class Relation:
    """What an id of a part refers to: a part of the package, or with `external` an address."""

    kind: str
    target: str
    external: bool = False


@dataclass(slots=True)
class Parts:
    """The parts of one Word file by name, parsed once when they are asked for."""

    file: str
    members: dict[str, Member]
    _roots: dict[str, etree._Element] = field(default_factory=dict)
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def root(self, name: str) -> etree._Element | None:
        """Return the root of an XML part, None if there is no such part."""
        if name not in self._roots:
            if name not in self.members:
                return None
            self._roots[name] = self._parsed(name)
        return self._roots[name]

    def data(self, name: str) -> bytes | None:
        """Return the bytes of a part that is no XML, None if there is no such part."""
        member = self.members.get(name)
        return None if member is None else member.content

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the relationships of a part by id; of the package for `""`."""
        if name not in self._relations:
            folder, _, base = name.rpartition("/")
            root = self.root(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
            self._relations[name] = {} if root is None else dict(_relations(root, folder))
        return self._relations[name]

    def related(self, name: str, kind: str) -> str:
        """Return the name of the part that `name` has of this kind, `""` if it has none."""
        for relation in self.relations(name).values():
            if relation.kind.endswith(f"/{kind}") and not relation.external:
                return relation.target
        return ""

    def _parsed(self, name: str) -> etree._Element:
        member = self.members[name]
        if member.size > _LIMIT:
            size = f"{member.size / 1024 / 1024:,.0f} MB"
            raise _refused(
                self.file,
                Phrase(f"{name} 过大（{size}）", f"{name} is too large ({size})"),
                "PDF-22",
            )
        try:
            root = etree.fromstring(transitional(member.content), _parser())
        except (etree.XMLSyntaxError, ValueError) as problem:
            said = str(problem)
            raise _refused(
                self.file,
                Phrase(f"{name} 已损坏：{said}", f"{name} is damaged: {said}"),
                "PDF-21",
            ) from problem
        if root.getroottree().docinfo.doctype:
            message = Phrase(
                f"{name} 含有文档类型声明（DTD），Word 文件中不应出现，已拒绝读取",
                f"{name} declares a document type (DTD), which no Word file does: refused",
            )
            raise _refused(self.file, message, "PDF-22")
        if float(str(root.xpath("count(//*)"))) > _ELEMENTS:
            message = Phrase(
                f"{name} 的内容过多（超过一百万个元素）",
                f"{name} holds too much (more than a million elements)",
            )
            raise _refused(self.file, message, "PDF-22", _SPLIT)
        return root


def _parser() -> etree.XMLParser[etree._Element]:
    """Return a parser that resolves nothing and loads nothing."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )


def open_parts(package: bytes, file: str) -> tuple[Parts, str]:
    """Return the parts of a Word file and the name of its main part.

    Raises TemplateError when it is no sound zip, PdfError when it is no Word document.
    """
    parts = Parts(file, {member.name: member for member in read_members(package, file)})
    main = parts.related("", "officeDocument") or DOCUMENT_PART
    root = parts.root(main)
    if root is None or etree.QName(root).localname not in _BODIES:
        message = Phrase("不是 Word 文档：没有正文", "no Word document: it has no body")
        raise _refused(file, message, "PDF-20")
    return parts, main


def _relations(root: etree._Element, folder: str) -> list[tuple[str, Relation]]:
    found = []
    for each in root.iter(f"{{{RELATIONSHIPS}}}Relationship"):
        kind, target = each.get("Type", ""), each.get("Target", "")
        external = each.get("TargetMode") == "External"
        if not external:
            path = target if target.startswith("/") else f"/{folder}/{target}"
            target = unquote(posixpath.normpath(path)).lstrip("/")
        found.append((each.get("Id", ""), Relation(kind, target, external)))
    return found


def _refused(file: str, message: Phrase, rule: str, hint: Phrase = _SAVE) -> PdfError:
    return PdfError([Finding("error", message, rule, file=file, hint=hint)])
