"""The documents: their files to take along, their card, their fields."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from salesdocs.findings import Phrase
from salesdocs.playbook import places
from salesdocs.playbook.book import Book
from salesdocs.playbook.components.links import document_link, facts, role_link, stage_link
from salesdocs.playbook.components.registry import (
    DOCUMENT,
    component,
)
from salesdocs.playbook.fill import fill_form
from salesdocs.playbook.labels import AUDIENCES
from salesdocs.playbook.markup import block, plain, relative, size
from salesdocs.playbook.model import Download, Kind
from salesdocs.process.documents import Document
from salesdocs.process.fields import FILLED_BY, Field

_FACES: Final[dict[Kind, Phrase]] = {
    "blank": Phrase("空白表", "Blank form"),
    "form": Phrase("可填写的表", "Fillable form"),
    "sample": Phrase("填好的样例", "Filled sample"),
    "printed": Phrase("样例的 PDF", "Sample as PDF"),
    "starter": Phrase("案件文件的开头", "Start of a case file"),
}
_USUAL: Final[tuple[Kind, ...]] = ("blank", "form", "sample")
_TYPES: Final = {"docx": "Word", "pdf": "PDF", "yaml": "YAML"}


def buttons(
    book: Book, page: str, document: str, kinds: Iterable[Kind] = ("blank", "form", "sample")
) -> str:
    """Return links to the files of a document, each with its type and size."""
    offered = book.offered(document)
    return " ".join(_button(book, page, offered[kind]) for kind in kinds if kind in offered)


def _button(book: Book, page: str, download: Download) -> str:
    suffix = download.uri.rpartition(".")[2]
    said = (_TYPES[suffix], size(book.sizes[download.uri]))
    words = book.say(_FACES[download.kind]) + book.word("（{}，{}）", " ({}, {})").format(*said)
    saved = f'.sd-download .sd-{suffix} download="{escape(download.name)}"'
    return f"[{words}]({relative(page, download.uri)}){{ {saved} }}"


@component("downloads", DOCUMENT)
def downloads(book: Book, page: str, document: str) -> str:
    """Return all files of a document."""
    return block("div", "sd-downloads", [buttons(book, page, document, _FACES)])


@component("form", DOCUMENT)
def card(book: Book, page: str, name: str) -> str:
    """Return a document as a card: what for, who, when, its files, how it looks."""
    document = book.documents[name]
    lines = [
        f"**{document_link(book, page, name)}** {_audience(book, document)}\n",
        f"{plain(book.say(document.purpose))}\n",
        *_facts(book, page, document),
        buttons(book, page, name, _FACES),
    ]
    return block("div", "sd-card", [*_picture(book, page, name), *lines])


def _picture(book: Book, page: str, name: str) -> list[str]:
    pictures = book.pictures(name)
    if not pictures:
        return []
    place = relative(page, places.document_page(name))
    return [f"[{image(book, page, pictures[0])}]({place}){{ .sd-thumb }}\n"]


def image(book: Book, page: str, picture: Download) -> str:
    """Return a page picture in Markdown."""
    wide, high = picture.size or (0, 0)
    room = f'width="{wide // 2}" height="{high // 2}" ' if picture.size else ""
    said = plain(book.say(picture.alt)) if picture.alt else ""
    return f"![{said}]({relative(page, picture.uri)}){{ .sd-page {room}loading=lazy }}"


def _audience(book: Book, document: Document) -> str:
    said = book.say(AUDIENCES[document.audience])
    return f'<span class="sd-audience sd-{document.audience}">{said}</span>'


def _facts(book: Book, page: str, document: Document) -> list[str]:
    return facts(
        (
            (book.word("谁来出", "Who"), role_link(book, page, document.owner)),
            (book.word("什么时候", "When"), plain(book.say(document.issued))),
            (book.word("阶段", "Stage"), stage_link(book, page, document.stage)),
        )
    )


@component("documents")
def all_documents(book: Book, page: str) -> str:
    """Return all documents as a list."""
    return document_list(book, page, book.documents.values())


def document_list(book: Book, page: str, documents: Iterable[Document]) -> str:
    """Return documents as a list: title, for whom, what for, their files."""
    lines = []
    for document in documents:
        title = document_link(book, page, document.id)
        lines.append(f"-   **{title}** {_audience(book, document)}\n")
        lines.append(f"    {plain(book.say(document.purpose))}\n")
        if files := buttons(book, page, document.id):
            lines.append(f"    {files}\n")
    return block("div", "sd-documents", lines)


@component("fields", DOCUMENT)
def fields(book: Book, page: str, name: str) -> str:
    """Return the fields that people fill in for a document: name, example, how to fill it."""
    document = book.documents[name]
    parts = []
    for group in document.groups:
        patterns = dict.fromkeys(document.pattern(path) for path in group.fields)
        rows = [
            field
            for pattern in patterns
            if (field := book.library.catalogue.get(pattern)) is not None and not field.computed
        ]
        if rows:
            parts.append(field_table(book, document.stage, book.say(group.title), rows))
    return "\n\n".join(parts)


def field_table(book: Book, stage: int, title: str, rows: Iterable[Field]) -> str:
    """Return fields as a table in HTML, whose cells name their columns for narrow screens."""
    heads = (
        book.word("字段名", "Field"),
        book.word("示例内容", "Example"),
        book.word("填写说明", "How to fill it in"),
        book.word("谁填", "Who"),
    )
    lines = [f'<table class="sd-fields"><caption>{escape(title)}</caption><thead><tr>']
    lines += [f'<th scope="col">{head}</th>' for head in heads]
    lines.append("</tr></thead><tbody>")
    lines += [_field_row(book, stage, field, heads) for field in rows]
    lines.append("</tbody></table>")
    return "\n".join(lines)


def _field_row(book: Book, stage: int, field: Field, heads: tuple[str, ...]) -> str:
    marks = []
    if field.required or field.required_if:
        later = book.word(f"第 {field.stage} 阶段起必填", f"required from stage {field.stage}")
        said = book.word("必填", "required") if field.stage <= stage else later
        marks.append(f'<span class="sd-required">{said}</span>')
    if field.audience != "customer":
        said = book.say(AUDIENCES[field.audience])
        marks.append(f'<span class="sd-audience sd-{field.audience}">{said}</span>')
    label = " ".join((escape(field.label(book.lang)), *marks))
    cells = (
        f"{label}<br><code>{escape(field.path)}</code>",
        escape(field.example) or "/",
        escape(field.note) if book.lang == "zh" else "",
        book.say(FILLED_BY[field.by]),
    )
    rest = "".join(
        f'<td data-label="{head}">{cell}</td>'
        for head, cell in zip(heads[1:], cells[1:], strict=True)
    )
    return f'<tr><th scope="row">{cells[0]}</th>{rest}</tr>'


@component("fill", DOCUMENT)
def fill(book: Book, page: str, name: str) -> str:
    """Return the form of a document to fill in in the browser."""
    del page
    return fill_form(book, book.documents[name])
