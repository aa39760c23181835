"""The articles of a contract as the clause library words them, with the fallbacks of the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from salesdocs.calc.numerals import annex_label, article_label
from salesdocs.findings import Phrase
from salesdocs.process import clauses as library
from salesdocs.workshop.markup import Element, make
from salesdocs.workshop.paragraphs import (
    Annex,
    Clause,
    When,
    lay_all,
    named,
    paragraph,
)
from salesdocs.workshop.sheet import Block, Sheet
from salesdocs.workshop.words import Given, Ref, Strong, Worded, Words, runs

Tables = Mapping[str, tuple[Block, ...]]


def clause_bookmark(clause_id: str, fallback: int = 0) -> str:
    """Return the bookmark of a clause: `cl_late_payment`, `cl_late_payment_1` for a fallback."""
    name = f"cl_{clause_id.replace('-', '_')}"
    return f"{name}_{fallback}" if fallback else name


def article_bookmark(number: int) -> str:
    """Return the bookmark that references to an article point at."""
    return f"_RefArticle{number}"


def annex_bookmark(name: str) -> str:
    """Return the bookmark that references to an annex of `clauses.ANNEXES` point at."""
    return f"_RefAnnex{library.ANNEXES[name]}"


def clause_title(row: str) -> Words:
    """Return the title of the clause that the row of `contract.clauses` names, or else its id."""

    def words(sheet: Sheet) -> Words:
        said: Words = f"{{{{ {row}.clause }}}}"
        for clause in _with_fallbacks(sheet):
            said = Given(f"{row}.clause == '{clause.id}'", clause.title, said)
        return said

    return Worded(words)


def concession(row: str) -> Words:
    """Return what we concede with the fallback that the row of `contract.clauses` names."""

    def words(sheet: Sheet) -> Words:
        said: Words = f"{{{{ {row}.fallback | number }}}}"
        for clause in _with_fallbacks(sheet):
            for fallback in clause.fallbacks:
                number = f"{row}.fallback == {fallback.number}"
                chosen = f"{row}.clause == '{clause.id}' and {number}"
                said = Given(chosen, fallback.concedes, said)
        return said

    return Worded(words)


def _with_fallbacks(sheet: Sheet) -> Iterator[library.Clause]:
    for article in sheet.articles:
        yield from (clause for clause in article.clauses if clause.fallbacks)


@dataclass(frozen=True, slots=True)
class CountedText:
    """`blocks` whose text counts for the fingerprint, between two ends of a bookmark `text_1`."""

    blocks: tuple[Block, ...]

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the blocks between the ends of the bookmark."""
        sheet.texts += 1
        number = sheet.bookmark()
        yield make("w:bookmarkStart", id=number, name=f"text_{sheet.texts}")
        yield from lay_all(self.blocks, sheet)
        yield make("w:bookmarkEnd", id=number)


@dataclass(frozen=True, slots=True)
class Articles:
    """All articles of the library; `tables` are what stands below a clause that asks for one."""

    tables: Tables = field(default_factory=dict)

    def blocks(self, sheet: Sheet) -> tuple[Block, ...]:
        """Return headings and clauses in order, each clause under its condition."""
        return tuple(self._blocks(sheet))

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the articles."""
        yield from lay_all(self.blocks(sheet), sheet)

    def _blocks(self, sheet: Sheet) -> Iterator[Block]:
        for article in sheet.articles:
            if article.is_annex:
                continue
            yield Clause(article.title, level=1, bookmark=article_bookmark(article.number))
            for clause in article.clauses:
                yield from _chosen(clause, _Numbered(sheet, self.tables))


@dataclass(frozen=True, slots=True)
class AnnexClauses:
    """An annex that the library words as clauses, by its id, numbered from 1."""

    id: str
    tables: Tables = field(default_factory=dict)

    def blocks(self, sheet: Sheet) -> tuple[Block, ...]:
        """Return heading and clauses, under the annex's condition where it has one."""
        annex = next((each for each in sheet.articles if each.id == self.id), None)
        if annex is None:
            return ()
        style = _Listed(sheet, self.tables, sheet.new_list())
        inner: tuple[Block, ...] = (
            Annex(annex.title, bookmark=f"_RefAnnex{annex.number}"),
            *(block for clause in annex.clauses for block in _chosen(clause, style)),
        )
        return (When(annex.when, inner),) if annex.when else inner

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the annex."""
        yield from lay_all(self.blocks(sheet), sheet)


def _chosen(clause: library.Clause, style: _Numbered) -> tuple[Block, ...]:
    """Return the clause under its condition, in the wording that the case has chosen."""
    blocks = style.worded(clause, clause.wording, clause_bookmark(clause.id))
    for fallback in reversed(clause.fallbacks):
        bookmark = clause_bookmark(clause.id, fallback.number)
        chosen = f"'{clause.id}/{fallback.number}' in contract.chosen_fallbacks"
        blocks = (When(chosen, style.worded(clause, fallback.wording, bookmark), blocks),)
    return (When(clause.when, blocks),) if clause.when else blocks


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Words clauses as 1.1 with items （1）."""

    sheet: Sheet
    tables: Tables

    def worded(self, clause: library.Clause, wording: Phrase, bookmark: str) -> tuple[Block, ...]:
        """Return the paragraphs of a wording, and the table below it."""
        first, *rest = wording.text(self.sheet.lang).split("\n")
        table = self.tables[clause.table] if clause.table else ()
        follows = bool(rest) or bool(table)
        return (
            self.head(self.words(clause, first), bookmark, follows),
            *(self.item(self.words(clause, line.removeprefix("- "))) for line in rest),
            *table,
        )

    def head(self, words: Words, bookmark: str, keep_next: bool) -> Block:
        """Return the paragraph that begins a clause."""
        return Clause(words, bookmark=bookmark, keep_next=keep_next)

    def item(self, words: Words) -> Block:
        """Return an item below the clause."""
        return Clause(words, level=3)

    def words(self, clause: library.Clause, text: str) -> Words:
        """Return a line with its references live, bold where the clause is."""
        parts = library.REFERENCE.split(text)
        words = tuple(
            self._reference(part) if index % 2 else Phrase(part, part)
            for index, part in enumerate(parts)
            if part
        )
        return Strong(words) if clause.bold else words

    def _reference(self, name: str) -> Words:
        if name in library.ANNEXES:
            number = library.ANNEXES[name]
            label = Phrase(annex_label(number), f"Annex {number}")
            return Ref(annex_bookmark(name), label)
        number = next(each.number for each in self.sheet.articles if each.id == name)
        return Ref(article_bookmark(number), Phrase(article_label(number), f"Article {number}"))


@dataclass(frozen=True, slots=True)
class _Listed(_Numbered):
    """Words clauses as 1. with items （1）, in one list."""

    list_id: int

    def head(self, words: Words, bookmark: str, keep_next: bool) -> Block:
        """Return the paragraph that begins a clause."""
        return _ListItem(words, self.list_id, 0, bookmark, keep_next)

    def item(self, words: Words) -> Block:
        """Return an item below the clause."""
        return _ListItem(words, self.list_id, 1)


@dataclass(frozen=True, slots=True)
class _ListItem:
    """A paragraph of a list that began before it."""

    words: Words
    list_id: int
    level: int
    bookmark: str = ""
    keep_next: bool = False

    def lay(self, sheet: Sheet) -> Iterator[Element]:
        """Yield the paragraph."""
        yield paragraph(
            "ListNumber",
            *named(runs(self.words, sheet), self.bookmark, sheet),
            list_id=self.list_id,
            level=self.level,
            keep_next=self.keep_next,
        )
