"""All that is wrong with a Word template, each problem with its place in Word's terms.

docxtpl-lint judges the tags; here is added what only a house with a data model can know: paths
that do not exist, values printed without their format, internal values in a customer's document.
Tags are read one by one, so that one broken tag hides no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from docxtpl_lint import Issue, lint
from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError
from lxml import etree

from salesdocs.case.paths import PathInfo, nearest, resolve_type
from salesdocs.errors import TemplateError
from salesdocs.findings import NOTHING, Finding, Phrase
from salesdocs.process.documents import Document
from salesdocs.process.fields import AUDIENCES, Catalogue
from salesdocs.process.library import Library
from salesdocs.word.anchors import TAG, Spot, mark
from salesdocs.word.clauses import CONTRACT, clause_findings
from salesdocs.word.compile import RENDERED, compile_template, unknown_names
from salesdocs.word.filters import FORMATS, filters_for
from salesdocs.word.generate import generate
from salesdocs.word.ooxml import w
from salesdocs.word.package import Member, read_members

# Filters that give a kind of value the look a reader expects; printed bare it would be raw data.
_LOOKS: Final[Mapping[str, frozenset[str]]] = {
    "money": frozenset({"money", "yuan", "wan", "capitals"}),
    "day": frozenset({"day", "iso"}),
    "share": frozenset({"percent", "zhe", "vat"}),
    "choice": frozenset({"label", "boxes", "tick"}),
}
_TAG: Final = re.compile(r"\{([{%])(?:-|(?:p|tr|tc|r)\s)?\s*(.*?)\s*-?[}%]\}", re.DOTALL)
_FOR: Final = re.compile(r"for\s+([\w\s,()]+?)\s+in\s+(.*?)(?:\s+if\s+(.*))?$", re.DOTALL)
_SET: Final = re.compile(r"set\s+(\w+)\s*=\s*(.*)$", re.DOTALL)
_ENVIRONMENT: Final = Environment(autoescape=True)
# Names that are no part of the case; what they hold is checked elsewhere.
_FREE: Final = frozenset({"loop", "range", "seal"})


def template_findings(package: bytes, file: str, library: Library) -> list[Finding]:
    """Return everything that is wrong with the template in `file`.

    A file named `<id>.<lang>.docx` is checked as that document; any other as an internal one.
    """
    try:
        members = read_members(package, file)
    except TemplateError as problem:
        return problem.findings
    findings = _tag_findings(package, file)
    document = _document_of(file, library)
    catalogue = library.catalogue
    for member in members:
        if RENDERED.fullmatch(member.name):
            reader = _Reader(file, member.name, document, catalogue)
            findings += reader.findings_in(member.content)
        findings += _remains(member, file)
    if document is not None and document.id == CONTRACT:
        findings += clause_findings(members, file, library.clauses)
    if not any(finding.severity == "error" for finding in findings):
        findings += _compile_findings(package, file)
    return findings


def _remains(member: Member, file: str) -> Iterator[Finding]:
    """Yield what of its author's work the template would carry into every document."""
    if not member.name.endswith(".xml"):
        return
    content = member.content
    name = member.name
    if b"<w:comment " in content or _REVISION.search(content):
        yield Finding(
            "warning",
            Phrase(f"{name} 中有批注或修订", f"{name} holds comments or tracked changes"),
            "TPL-35",
            file=file,
            hint=Phrase(
                "接受或拒绝全部修订并删除批注，否则会随每份文件发出",
                "accept or reject all changes and delete comments: every document would carry them",
            ),
        )
    if not RENDERED.fullmatch(name) and re.search(rb"\{\{|\{%", content):
        yield Finding(
            "warning",
            Phrase(f"{name} 中的标签不会被填写", f"tags in {name} are not filled in"),
            "TPL-36",
            file=file,
            hint=Phrase(
                "标签只能写在正文、页眉页脚、脚注尾注、图表和内置属性中",
                "tags can stand in text, headers, footers, notes, charts and built-in properties",
            ),
        )


def _document_of(file: str, library: Library) -> Document | None:
    document_id = PurePath(file).name.partition(".")[0]
    known = {document.id: document for document in library.documents}
    return known.get(document_id)


def _tag_findings(package: bytes, file: str) -> list[Finding]:
    """Return what docxtpl-lint finds, as findings of ours."""
    result = lint(package, filters=sorted({*FORMATS, *filters_for("zh")}))
    return [_finding(issue, file) for issue in result.issues]


def _finding(issue: Issue, file: str) -> Finding:
    place = issue.location
    cell = place.cells[-1] if place.cells else None
    table, row, column = (cell.table, cell.row, cell.col) if cell else (0, 0, 0)
    spot = Spot(place.paragraph, table, row, column, issue.snippet)
    part = "" if place.part == "body" else f"{place.part} "
    return Finding(
        "error" if issue.severity == "error" else "warning",
        Phrase(
            f"{part}{spot.zh()}：{issue.message_for('zh')}",
            f"{part}{spot.en()}: {issue.message_for('en')}",
        ),
        issue.rule,
        file=file,
    )


def _compile_findings(package: bytes, file: str) -> list[Finding]:
    try:
        compile_template(package, file)
    except TemplateError as problem:
        return problem.findings
    return []


@dataclass
class _Reader:
    """Reads the tags of one part in their order, knowing what loops are open around them."""

    file: str
    part: str
    document: Document | None
    catalogue: Catalogue
    aliases: list[tuple[str, str | None]] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def findings_in(self, content: bytes) -> list[Finding]:
        try:
            root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError:
            return []  # compiling says so
        marked = mark(root)
        for spot in marked.split:
            self._report("TPL-03", spot, *_SPLIT)
        for spot in marked.spots.values():
            for tag in TAG.finditer(spot.text):
                self._tag(tag.group(), spot)
        if not list(root.iter(w("p"))):
            spot = Spot(0, 0, 0, 0, self.part)
            for tag in TAG.finditer("".join(root.itertext())):
                self._tag(tag.group(), spot)
        return self.findings

    def _tag(self, tag: str, spot: Spot) -> None:
        found = _TAG.fullmatch(tag)
        if found is None:
            return
        kind, code = found.groups()
        if kind == "{" and _STRUCTURAL.match(tag):
            self._report("TPL-34", spot, *_NO_STRUCTURE)
        if kind == "{":
            self._expression(code, spot, printed=True)
        elif loop := _FOR.match(code):
            names, rows, condition = loop.groups()
            path = self._expression(rows, spot)
            # The rows of a list that does not exist are not reported one by one.
            is_known = path is not None and resolve_type(path) is not None
            self.outside.append(len(self.aliases))
            for name in re.findall(r"\w+", names):
                # Of a row that is unpacked, the names hold its parts.
                is_row = is_known and name == names
                self.aliases.append((name, f"{path}[]" if is_row else None))
            self._expression(condition, spot)
        elif code.startswith("endfor") and self.outside:
            # What the loop and `set` inside it named is gone.
            del self.aliases[self.outside.pop() :]
        elif assignment := _SET.match(code):
            self._expression(assignment[2], spot)
            self.aliases.append((assignment[1], None))
        elif code.startswith(("if ", "elif ")):
            self._expression(code.partition(" ")[2], spot)

    def _expression(self, code: str | None, spot: Spot, *, printed: bool = False) -> str | None:
        """Check the paths in an expression; return the path when the expression is one."""
        if not code:
            return None
        try:
            tree = _ENVIRONMENT.parse(f"{{{{ {code} }}}}")
        except TemplateSyntaxError:
            return None  # docxtpl-lint says so
        for refusal in generate(tree, set(), 0, FORMATS).refusals:
            self._report(refusal.rule, spot, refusal.message, refusal.hint)
        expression = tree.find(nodes.Output).nodes[0]  # type: ignore[union-attr]
        for chain in _chains(expression):
            path = self._path(chain)
            if path is not None:
                self._check(path, spot, answered=self._is_answered(chain))
        for refusal in unknown_names(tree):
            self._report(refusal.rule, spot, refusal.message, refusal.hint)
        if printed:
            self._check_look(expression, spot)
        return self._path(expression) if isinstance(expression, _CHAIN) else None

    def _path(self, node: nodes.Node) -> str | None:
        """Return the path pattern of a chain of names, None when it is no path of the case."""
        if isinstance(node, nodes.Name):
            for name, path in reversed(self.aliases):
                if name == node.name:
                    return path
            if self.document is not None:
                path = self.document.pattern(node.name)
                if path != node.name:
                    return path
            return None if node.name in _FREE else str(node.name)
        if isinstance(node, nodes.Getattr):
            owner = self._path(node.node)
            return None if owner is None else f"{owner}.{node.attr}"
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            owner = self._path(node.node)
            key = node.arg.value
            return (
                None
                if owner is None
                else f"{owner}[]"
                if isinstance(key, int)
                else f"{owner}.{key}"
            )
        return None

    def _is_answered(self, node: nodes.Node) -> bool:
        """Return whether a chain of names begins with a row that the reader is to write."""
        while isinstance(node, (nodes.Getattr, nodes.Getitem)):
            node = node.node
        return (
            self.document is not None
            and isinstance(node, nodes.Name)
            and node.name in self.document.answers
        )

    def _check(self, path: str, spot: Spot, *, answered: bool = False) -> None:
        if path.partition(".")[0] == "document":
            if path not in self.catalogue and path != "document":
                self._report("TPL-30", spot, *_unknown(path, None))
            return
        if resolve_type(path) is None:
            self._report("TPL-30", spot, *_unknown(path, nearest(path)))
            return
        if not answered:
            self._check_audience(path, spot)

    def _check_audience(self, path: str, spot: Spot) -> None:
        if self.document is None:
            return
        audience = self.catalogue.audience_of(path)
        if AUDIENCES.index(audience) > AUDIENCES.index(self.document.audience):
            self._report(
                "TPL-31",
                spot,
                Phrase(
                    f"“{path}”不得出现在给此对象的文件中",
                    f"“{path}” ({audience}) may not stand in a document for this reader",
                ),
                Phrase(
                    "删去该标签，或改用对外字段", "take the tag out, or use a field they may see"
                ),
            )

    def _check_look(self, expression: nodes.Node, spot: Spot) -> None:
        filters: list[str] = []
        node = expression
        while isinstance(node, nodes.Filter) and node.node is not None:
            filters.append(node.name)
            node = node.node
        path = self._path(node) if isinstance(node, _CHAIN) else None
        info = resolve_type(path) if path else None
        wanted = _LOOKS.get(info.kind) if info else None
        if info and wanted and not wanted & set(filters):
            self._report("TPL-32", spot, *_bare(info, wanted))

    def _report(self, rule: str, spot: Spot, message: Phrase, hint: Phrase = NOTHING) -> None:
        part = "" if self.part == "word/document.xml" else f"{self.part} "
        found = Finding(
            "error",
            Phrase(f"{part}{spot.zh()}：{message.zh}", f"{part}{spot.en()}: {message.en}"),
            rule,
            file=self.file,
            hint=hint,
        )
        if found not in self.findings:
            self.findings.append(found)


_CHAIN: Final = (nodes.Name, nodes.Getattr, nodes.Getitem)
_REVISION: Final = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo) ")
_STRUCTURAL: Final = re.compile(r"\{\{(?:r|p|tr|tc)\s")
_NO_STRUCTURE: Final = (
    Phrase(
        "{{r …}}、{{p …}} 只能放排版好的内容，案件数据都是文字",
        "{{r …}}, {{p …}} take laid-out content only; the data of a case is text",
    ),
    Phrase("去掉括号后的字母：{{ 字段 }}", "leave the letter out: {{ field }}"),
)
_SPLIT: Final = (
    Phrase("标签被拆成格式不同的几段", "Word has split the tag into pieces of different look"),
    Phrase(
        "选中整个标签，清除格式后重新设置一次",
        "select the whole tag, clear its formatting and format it once",
    ),
)


def _chains(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the longest chains of names in an expression: `a.b.c`, not `a.b` within it."""
    if isinstance(node, _CHAIN):
        yield node
        return
    for child in node.iter_child_nodes():
        yield from _chains(child)


def _unknown(path: str, guess: str | None) -> tuple[Phrase, Phrase]:
    hint = (
        Phrase(f"是否指“{guess}”", f"did you mean “{guess}”?")
        if guess
        else Phrase("用 `salesdocs show` 查字段名", "look the field up with `salesdocs show`")
    )
    return Phrase(f"没有字段“{path}”", f"there is no field “{path}”"), hint


def _bare(info: PathInfo, wanted: frozenset[str]) -> tuple[Phrase, Phrase]:
    names = " / ".join(sorted(wanted))
    return (
        Phrase(f"“{info.path}”未指定显示格式", f"“{info.path}” is printed without a format"),
        Phrase(f"加上过滤器：{names}", f"add a filter: {names}"),
    )
