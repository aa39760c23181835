"""`salesdocs templates list` and `diff`: where templates come from, how one's own differ."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from salesdocs.cli.common import (
    FINDINGS,
    finish_quietly,
    format_option,
    lang_option,
    library_option,
    open_library,
    print_findings,
    print_json,
    reports_findings,
    shipped_digest,
    template_file,
)
from salesdocs.cli.tables import print_table, wrapped
from salesdocs.errors import LibraryError
from salesdocs.findings import Finding, Language, Phrase

if TYPE_CHECKING:
    from salesdocs.process.documents import Document
    from salesdocs.process.library import Library
    from salesdocs.word.passages import Passage

_ROOM: Final = 80
_CONTEXT: Final = 24
_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
_SOURCES: Final = {
    "own": Phrase("自有", "own"),
    "shipped": Phrase("随附", "shipped"),
    "none": Phrase("无", "none"),
}
_STATES: Final = {
    "current": Phrase("与现行版式一致", "up to date"),
    "outdated": Phrase("版式已更新，它是旧的", "out of date"),
    "unknown": Phrase("来历不明", "of unknown origin"),
    "": Phrase("", ""),
}
_EDITED: Final = Phrase("改过", "edited")
_HEAD: Final = (
    Phrase("标识", "Id"), Phrase("名称", "Title"), Phrase("语言", "Language"),
    Phrase("来源", "From"), Phrase("状态", "State"), Phrase("大小", "Size"),
)  # fmt: skip


@click.command("list")
@library_option
@lang_option
@format_option
@reports_findings
def list_templates(own: Path | None, lang: Language, form: str) -> None:
    """列出每种文件用的模板：随附还是自有、语言、是否过时、大小。

    List where the template of each document comes from: shipped, your own or none. One of your own
    is out of date when it was built or taken out from another layout than today's, or built with
    another house.yaml, labels or clauses than the library has now.
    """
    from salesdocs.process.letterhead import PLAIN, house_digest, read_letterhead
    from salesdocs.process.library import stray_files

    library = open_library(own)
    letterhead, findings = read_letterhead(own) if own else (PLAIN, [])
    house = house_digest(own, letterhead) if own else ""
    rows = [row for each in library.documents for row in _rows(each, library, own, house, lang)]
    if form == "json":
        print_json(rows)
        return
    print_table([head.text(lang) for head in _HEAD], [_cells(row, lang) for row in rows])
    print_findings([*findings, *(stray_files(own, library) if own else ())], lang)


def _rows(
    document: Document, library: Library, own: Path | None, house: str, lang: Language
) -> Iterator[dict[str, Any]]:
    """Yield a row for each template of a document, one that says so where it has none."""
    about = {"id": document.id, "title": document.title.text(lang)}
    languages = library.languages(document.id)
    for language in languages:
        file = template_file(document.id, language, own)
        is_own = own is not None and file.is_relative_to(own)
        state, edited = _state(file, house) if is_own else ("", False)
        yield about | {
            "lang": language,
            "source": "own" if is_own else "shipped",
            "file": str(file),
            "state": state,
            "edited": edited,
            "size": file.stat().st_size,
        }
    if not languages:
        yield about | {
            "lang": None, "source": "none", "file": None, "state": "", "edited": False, "size": None
        }  # fmt: skip


def _state(file: Path, house: str) -> tuple[str, bool]:
    """Return whether a template of one's own is up to date, and whether it was edited in Word."""
    from salesdocs.errors import TemplateError
    from salesdocs.word.origin import origin_of, was_edited

    package = file.read_bytes()
    try:
        origin = origin_of(package, str(file))
    except TemplateError:
        return "unknown", True
    if not origin.made:
        return "unknown", False
    is_current = origin.layout == shipped_digest(file.name) and origin.house in ("", house)
    return "current" if is_current else "outdated", was_edited(package)


def _cells(row: dict[str, Any], lang: Language) -> list[str]:
    states = [_STATES[row["state"]].text(lang), _EDITED.text(lang) if row["edited"] else ""]
    size = "" if row["size"] is None else f"{round(row['size'] / 1024)} kB"
    return [
        row["id"],
        row["title"],
        row["lang"] or "",
        _SOURCES[row["source"]].text(lang),
        ("，" if lang == "zh" else ", ").join(filter(None, states)),
        size,
    ]


# -- diff ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph that is another one, new or gone; `old` is the shipped text, `new` one's own."""

    old: Passage | None
    new: Passage | None

    @property
    def place(self) -> Phrase:
        """Where it stands in one's own template; what is gone, where it stood."""
        passage = self.new or self.old
        return passage.place if passage else Phrase("", "")


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a template of one's own differs from the shipped one."""

    document: Document
    language: Language
    file: Path
    changes: tuple[Change, ...]
    same_look: bool


@click.command()
@click.argument("document", metavar="[DOC]", required=False)
@library_option
@lang_option
@format_option
@reports_findings
def diff(document: str | None, own: Path | None, lang: Language, form: str) -> None:
    """对照自有模板与随附模板的文字（含标签），逐段列出；不写 DOC 就对照全部自有模板。

    Compare the text of your own templates, tags included, with the shipped ones, paragraph by
    paragraph: - shipped, + your own. Exit code 0 when no text differs, 1 when some does, as diff.
    """
    library = open_library(own)
    wanted = [library.document(document)] if document else list(library.documents)
    pairs = [
        (each, language)
        for each in wanted
        for language in _LANGUAGES
        if own is not None and (own / "docx" / f"{each.id}.{language}.docx").is_file()
    ]
    if own is None or not pairs:
        raise LibraryError([_nothing_own(own, wanted[0].title if document else None)])
    findings = [_without_shipped(each, own) for each, tongue in pairs if not _shipped(each, tongue)]
    compared = [_compared(each, tongue, own) for each, tongue in pairs if _shipped(each, tongue)]
    if form == "json":
        print_json([_as_json(each, lang) for each in compared])
    else:
        for each in compared:
            for line in _told(each, lang):
                _echo(line)
        print_findings(findings, lang)
    if any(each.changes for each in compared):
        sys.exit(FINDINGS)
    finish_quietly(findings)


def _shipped(document: Document, language: Language) -> bool:
    return template_file(document.id, language, None).is_file()


def _nothing_own(own: Path | None, title: Phrase | None) -> Finding:
    if title is not None and own is not None:
        message = Phrase(
            f"《{title.zh}》用的是随附模板，没有可对照的自有模板",
            f"“{title.en}” has no template of your own to compare",
        )
    else:
        message = Phrase("没有自有模板可对照", "there is no template of your own to compare")
    hint = Phrase(
        "用 --library 指明公司自己的模板文件夹，或先 `salesdocs templates eject`",
        "name your own folder with --library, or begin one with `salesdocs templates eject`",
    )
    return Finding("error", message, "CLI-09", file=str(own or ""), hint=hint)


def _without_shipped(document: Document, own: Path) -> Finding:
    message = Phrase(
        f"《{document.title.zh}》没有随附模板，不对照",
        f"“{document.title.en}” has no shipped template and is not compared",
    )
    return Finding("note", message, "CLI-09", file=str(own / "docx"))


def _compared(document: Document, language: Language, own: Path) -> Comparison:
    from salesdocs.word.origin import content_digest
    from salesdocs.word.passages import passages

    shipped, ours = (template_file(document.id, language, each) for each in (None, own))
    old, new = shipped.read_bytes(), ours.read_bytes()
    changes = tuple(_changes(passages(old, str(shipped)), passages(new, str(ours))))
    return Comparison(document, language, ours, changes, content_digest(old) == content_digest(new))


def _changes(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Change]:
    """Yield what differs, in order; what was rewritten stands beside what it was before."""
    matcher = SequenceMatcher(
        None,
        [(each.part, each.text) for each in old],
        [(each.part, each.text) for each in new],
        autojunk=False,
    )
    for kind, start, end, own_start, own_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        gone, come = old[start:end], new[own_start:own_end]
        for was, now in zip_longest(gone, come):
            if was and now and was.part != now.part:
                yield Change(was, None)
                yield Change(None, now)
            else:
                yield Change(was, now)


def _as_json(comparison: Comparison, lang: Language) -> dict[str, object]:
    return {
        "id": comparison.document.id,
        "lang": comparison.language,
        "file": str(comparison.file),
        "same_text": not comparison.changes,
        "same_look": comparison.same_look,
        "changes": [
            {
                "part": (change.new or change.old).part,  # type: ignore[union-attr]
                "place": change.place.text(lang),
                "shipped": change.old.text if change.old else None,
                "own": change.new.text if change.new else None,
            }
            for change in comparison.changes
        ],
    }


def _told(comparison: Comparison, lang: Language) -> Iterator[str]:
    """Yield the comparison in lines of at most eighty columns."""
    count = len(comparison.changes)
    if count:
        said = Phrase(f"{count} 处文字不同", f"{count} paragraph(s) differ")
    elif comparison.same_look:
        said = Phrase("与随附模板相同", "the same as the shipped one")
    else:
        said = Phrase("文字相同，版式不同", "the same text, another look")
    title = comparison.document.title
    head = Phrase(
        f"《{title.zh}》 {comparison.file.name}：", f"{title.en}, {comparison.file.name}: "
    )
    yield from wrapped(head.text(lang) + said.text(lang), _ROOM)
    for change in comparison.changes:
        yield f"  {change.place.text(lang)}"
        old, new = _shortened(
            change.old.text if change.old else "", change.new.text if change.new else ""
        )
        for sign, passage, text in (("-", change.old, old), ("+", change.new, new)):
            if passage is not None:
                for number, line in enumerate(wrapped(_on_one_line(text), _ROOM - 4)):
                    yield f"  {sign if number == 0 else ' '} {line}"


def _on_one_line(text: str) -> str:
    return text.replace("\t", " → ").replace("\n", " ↵ ")


def _shortened(old: str, new: str) -> tuple[str, str]:
    """Return both texts without the long stretches at begin and end that they share.

    A tag is shown whole or not at all.
    """
    if not old or not new:
        return old, new
    begin = _shared(old, new) - _CONTEXT
    begin = max(begin, 0)
    while begin and _is_inside_tag(old, begin):
        begin -= 1
    rest_old, rest_new = old[begin:], new[begin:]
    end = max(_shared(rest_old[::-1], rest_new[::-1]) - _CONTEXT, 0)
    while end and any(_is_inside_tag(each, len(each) - end) for each in (rest_old, rest_new)):
        end -= 1
    before, after = "…" * bool(begin), "…" * bool(end)
    return tuple(  # type: ignore[return-value]
        f"{before}{text[: len(text) - end]}{after}" for text in (rest_old, rest_new)
    )


def _shared(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def _is_inside_tag(text: str, position: int) -> bool:
    opened = max(text.rfind("{{", 0, position + 1), text.rfind("{%", 0, position + 1))
    closed = max(text.rfind("}}", 0, position), text.rfind("%}", 0, position))
    return opened > closed and opened < position


def _echo(line: str) -> None:
    colour = {"-": "red", "+": "green"}.get(line[2:3]) if line.startswith("  ") else None
    click.secho(line, fg=colour)
