"""Why a document that was asked for is not among those that can be printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from salesdocs.findings import Finding, Language, Phrase

if TYPE_CHECKING:
    from salesdocs.process.documents import Document
    from salesdocs.process.library import Library
    from salesdocs.produce import Dossier, Paper

_SEE_LIST = Phrase(
    "`salesdocs list` 列出每种文件的阶段和现有模板",
    "`salesdocs list` shows the stage and the templates of each kind",
)


def absent(
    dossier: Dossier,
    papers: Sequence[Paper],
    stage: int | None,
    ids: Sequence[str],
    lang: Language,
) -> list[Finding]:
    """Return a finding for what was asked for and has no paper.

    A kind asked for by its id is an error each; of all others one note names those that have no
    template, an error when nothing at all is left to print.
    """
    printed = {paper.document.id for paper in papers}
    if ids:
        wanted = [dossier.library.document(name) for name in dict.fromkeys(ids)]
        missing = [document for document in wanted if document.id not in printed]
        return [_why(document, dossier, stage, lang) for document in missing]
    meta = dossier.loaded.case.meta
    reached = dossier.stage
    if stage is not None and stage > reached:
        return [
            _not_reached(
                dossier,
                Phrase(f"没有第 {stage} 阶段的文件", f"no document of stage {stage}"),
                stage,
            )
        ]
    due = dossier.library.documents_reached(reached, str(meta.procurement_mode or "direct"))
    asked = [document for document in due if stage is None or document.stage == stage]
    bare = [document for document in asked if lang not in dossier.library.languages(document.id)]
    if bare:
        return [_without_template(bare, dossier.library, lang, is_all=not papers)]
    return [] if papers else [_nothing(stage)]


def _why(document: Document, dossier: Dossier, stage: int | None, lang: Language) -> Finding:
    """Return why there is no paper of that kind."""
    from salesdocs.produce.dossier import case_pattern

    title = _title(document)
    case = dossier.loaded.case
    if lang not in dossier.library.languages(document.id):
        return _without_template([document], dossier.library, lang, is_all=True)
    if stage is not None and document.stage != stage:
        message = Phrase(
            f"{title.zh}属于第 {document.stage} 阶段，与 --stage {stage} 不符",
            f"{title.en} belongs to stage {document.stage}, not to --stage {stage}",
        )
        return Finding("error", message, "CLI-01", hint=Phrase("去掉 --stage", "leave --stage out"))
    if document.stage > dossier.stage:
        return _not_reached(
            dossier,
            Phrase(
                f"{title.zh}是第 {document.stage} 阶段的文件",
                f"{title.en} is a document of stage {document.stage}",
            ),
            document.stage,
        )
    if document.rows and not document.rows_of(case):
        return _at(
            dossier,
            document.rows,
            Phrase(
                f"{title.zh}每一行 {document.rows} 出一份，现在还没有行",
                f"{title.en} is issued for each row of {document.rows}, and there is none",
            ),
            Phrase(f"在 {document.rows} 里加一行", f"add a row to {document.rows}"),
        )
    mode = case.meta.procurement_mode
    if document.id not in dossier.library.mode(str(mode or "direct")).skips and document.when:
        label = dossier.catalogue.label(case_pattern(document.when, document), lang)
        return _at(
            dossier,
            document.rows or document.when,
            Phrase(
                f"现在不需要出{title.zh}：案件里没有“{label}”",
                f"nothing calls for {title.en}: the case has no {label}",
            ),
            Phrase(
                f"`salesdocs show {document.id}` 说明什么时候出",
                f"`salesdocs show {document.id}` says when it is issued",
            ),
        )
    return _at(
        dossier,
        "meta.procurement_mode",
        Phrase(
            f"采购方式为“{getattr(mode, 'zh', mode)}”时不出{title.zh}",
            f"{title.en} is not issued when the mode is {getattr(mode, 'en', mode)}",
        ),
        _SEE_LIST,
    )


def _not_reached(dossier: Dossier, said: Phrase, stage: int) -> Finding:
    reached = dossier.stage
    message = Phrase(
        f"{said.zh}，案件现在在第 {reached} 阶段", f"{said.en}; the case is at stage {reached}"
    )
    hint = Phrase(
        f"到了那个阶段再生成：把 meta.stage 改为 {stage}，补上那个阶段的内容",
        f"when the deal is there, set meta.stage to {stage} and add what that stage needs",
    )
    return _at(dossier, "meta.stage", message, hint)


def _without_template(
    documents: Sequence[Document], library: Library, lang: Language, *, is_all: bool
) -> Finding:
    language = Phrase("中文" if lang == "zh" else "英文", "Chinese" if lang == "zh" else "English")
    titles = Phrase(
        "".join(_title(document).zh for document in documents),
        ", ".join(_title(document).en for document in documents),
    )
    if is_all:
        message = Phrase(
            f"还没有{language.zh} Word 模板，不能生成：{titles.zh}",
            f"there is no {language.en} Word template yet for {titles.en}",
        )
        return Finding("error", message, "CLI-01", hint=_those_with(library, lang))
    message = Phrase(
        f"另有 {len(documents)} 种文件还没有{language.zh} Word 模板，没有生成：{titles.zh}",
        f"{len(documents)} more kinds have no {language.en} Word template yet: {titles.en}",
    )
    return Finding("note", message, "CLI-02")


def _those_with(library: Library, lang: Language) -> Phrase:
    """Return which kinds do have a template, and from which stage on."""
    found = [each for each in library.documents if lang in library.languages(each.id)]
    if not found:
        return _SEE_LIST
    zh = "、".join(f"{each.title.zh}（第 {each.stage} 阶段）" for each in found)
    en = ", ".join(f"{each.title.en} (stage {each.stage})" for each in found)
    return Phrase(f"现有模板：{zh}", f"there are templates for {en}")


def _nothing(stage: int | None) -> Finding:
    where = Phrase(f"第 {stage} 阶段", f"stage {stage}") if stage else Phrase("该案件", "the case")
    message = Phrase(f"{where.zh}没有要生成的文件", f"there is nothing to print for {where.en}")
    return Finding("error", message, "CLI-01", hint=_SEE_LIST)


def _at(dossier: Dossier, path: str, message: Phrase, hint: Phrase) -> Finding:
    file, place = dossier.loaded.place(path)
    return Finding("error", message, "CLI-01", path, file, *place, hint=hint)


def _title(document: Document) -> Phrase:
    return Phrase(f"《{document.title.zh}》", f"“{document.title.en}”")
