"""`salesdocs list`, `show` and `schema`: what there is, without a case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from salesdocs.cli.common import (
    format_option,
    lang_option,
    library_option,
    open_library,
    print_json,
    reports_findings,
)
from salesdocs.cli.tables import print_table
from salesdocs.findings import Language

if TYPE_CHECKING:
    from salesdocs.process.documents import Document
    from salesdocs.process.fields import Catalogue
    from salesdocs.process.library import Library

_WORDS = {
    "zh": {
        "number": "#", "stage": "阶段", "id": "标识", "title": "名称", "audience": "对象",
        "template": "模板", "none": "—", "customer": "客户", "internal": "内部",
        "confidential": "机密", "field": "字段", "path": "写在 case.yaml 的",
        "example": "例：", "note": "填写说明", "colon": "：", "stop": "；",
        "legend": "* 从这一阶段起必填；[] 是列表的一行；= 由程序算出，不用写", "computed": "= ",
        "issued": "何时出", "owner": "责任人", "purpose": "用途", "notes": "填写说明",
    },
    "en": {
        "number": "#", "stage": "Stage", "id": "Id", "title": "Title", "audience": "For",
        "template": "Template", "none": "—", "customer": "customer", "internal": "internal",
        "confidential": "confidential", "field": "Field", "path": "In case.yaml",
        "example": "e.g. ", "note": "Note (in Chinese)", "colon": ": ", "stop": "; ",
        "legend": "* needed from this stage on; [] a row of a list; = computed, not to be written",
        "computed": "= ",
        "issued": "Issued", "owner": "Owner", "purpose": "Purpose", "notes": "Filling notes",
    },
}  # fmt: skip


@click.command("list")
@library_option
@lang_option
@format_option
@reports_findings
def list_documents(own: Path | None, lang: Language, form: str) -> None:
    """列出全部文件种类：阶段、名称、对象、有无模板。

    List all kinds of documents with stage, audience and templates.
    """
    library = open_library(own)
    rows = [_listed(document, library, lang) for document in library.documents]
    if form == "json":
        print_json(rows)
        return
    words = _WORDS[lang]
    print_table(
        [words[key] for key in ("number", "stage", "id", "title", "audience", "template")],
        [
            [
                str(row["number"]),
                str(row["stage"]),
                str(row["id"]),
                str(row["title"]),
                words[str(row["audience"])],
                " ".join(row["templates"]) or words["none"],  # type: ignore[arg-type]
            ]
            for row in rows
        ],
    )


def _listed(document: Document, library: Library, lang: Language) -> dict[str, object]:
    return {
        "number": document.number,
        "stage": document.stage,
        "id": document.id,
        "title": document.title.text(lang),
        "audience": document.audience,
        "templates": list(library.languages(document.id)),
    }


@click.command()
@click.argument("document", metavar="DOC")
@library_option
@lang_option
@format_option
@reports_findings
def show(document: str, own: Path | None, lang: Language, form: str) -> None:
    """说明一种文件 DOC：用途、责任人、每个字段怎么填。

    Explain one kind of document: purpose, owner and how each field is filled in.
    """
    library = open_library(own)
    found = library.document(document)
    catalogue = library.catalogue
    described = _described(found, library, catalogue, lang)
    if form == "json":
        print_json(described)
        return
    _print_described(described, lang)


def _described(
    document: Document, library: Library, catalogue: Catalogue, lang: Language
) -> dict[str, object]:
    from salesdocs.case.choices import Role

    stage = library.stage(document.stage)
    owner = next(role for role in Role if role == document.owner)
    return {
        **_listed(document, library, lang),
        "stage_name": stage.name.text(lang),
        "purpose": document.purpose.text(lang),
        "issued": document.issued.text(lang),
        "owner": getattr(owner, lang),
        "notes": [note.text(lang) for note in document.notes],
        "groups": [
            {
                "title": group.title.text(lang),
                "fields": [_field(path, catalogue, lang) for path in group.fields],
            }
            for group in document.groups
        ],
    }


def _field(path: str, catalogue: Catalogue, lang: Language) -> dict[str, object]:
    field = catalogue.get(path)
    return {
        "path": path,
        "label": catalogue.label(path, lang),
        "example": field.example if field else "",
        "note": field.note if field else "",
        "required": bool(field and field.required),
        "computed": bool(field and field.computed),
    }


def _explained(field: dict[str, object], words: dict[str, str]) -> str:
    """Return how a field is filled in, in one sentence with its example."""
    example = field["example"] and f"{words['example']}{field['example']}"
    return words["stop"].join(str(part) for part in (field["note"], example) if part)


def _print_described(described: dict[str, object], lang: Language) -> None:
    words = _WORDS[lang]
    click.secho(f"{described['title']}  {described['id']}", bold=True)
    click.echo(f"{words['stage']} {described['stage']} {described['stage_name']}")
    for key in ("purpose", "issued", "owner"):
        click.echo(f"{words[key]}{words['colon']}{described[key]}")
    click.echo(words["legend"])
    for group in described["groups"]:  # type: ignore[attr-defined]
        click.echo()
        click.secho(group["title"], bold=True)
        print_table(
            [words["field"], words["path"], words["note"]],
            [
                [
                    f"{words['computed'] if field['computed'] else ''}{field['label']}"
                    f"{' *' if field['required'] else ''}",
                    str(field["path"]),
                    _explained(field, words),
                ]
                for field in group["fields"]
            ],
        )
    if described["notes"]:
        click.echo()
        click.secho(words["notes"], bold=True)
        for number, note in enumerate(described["notes"], 1):  # type: ignore[arg-type,var-annotated]
            click.echo(f"{number}. {note}")


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    help="写入文件，默认打印 / write to a file",
)
@library_option
@lang_option
@reports_findings
def schema(output: Path | None, own: Path | None, lang: Language) -> None:
    """给出 case.yaml 的 JSON Schema，供编辑器提示和检查。

    Print the JSON Schema of case.yaml, for editors.
    """
    from salesdocs.cli.files import disk_access, write_atomically
    from salesdocs.process.schema import case_schema

    described = case_schema(open_library(own).catalogue, lang)
    if output is None:
        print_json(described)
        return
    text = json.dumps(described, ensure_ascii=False, indent=2)
    with disk_access(output):
        write_atomically(output, f"{text}\n".encode())
