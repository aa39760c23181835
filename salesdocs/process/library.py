"""The library: process, documents, policy, fields, clauses as one plain value with typed views.

`Library(data)` costs nothing until a view is asked for, and `data` holds only what `marshal` can
keep, so a caller reads the folder once (`reading.read_library`) and stores the result under a hash
of `library_files`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from salesdocs.errors import LibraryError
from salesdocs.findings import Finding, Language, Phrase
from salesdocs.process.clauses import Article, Clause, articles_from_data
from salesdocs.process.documents import Document
from salesdocs.process.fields import Catalogue
from salesdocs.process.glossary import Term, terms_from_data
from salesdocs.process.policy import Policy
from salesdocs.process.ruling import Ruling, rulings_of
from salesdocs.process.stages import Mode, Stage

Data = dict[str, Any]
_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
_IS_READ: Final = re.compile(r"(?:documents|fields|clauses)/[^/]+\.yaml")


def house_folder() -> Path:
    """Return the library that ships with the package: `library` in a wheel, else `templates`."""
    package = Path(__file__).parents[1]
    shipped = package / "library"
    return shipped if shipped.is_dir() else package.parent / "templates"


def library_files(*folders: Path) -> dict[str, tuple[Path, ...]]:
    """Return the files of a library by their relative names, sorted; the first of a name wins.

    A company's folder stands before `house_folder()` and holds only the files that differ. Hash
    all paths, not only the first ones: a policy that is written over still gives what is left out.
    """
    found: dict[str, tuple[Path, ...]] = {}
    for folder in folders:
        for path in folder.rglob("*"):
            if path.suffix in {".yaml", ".docx"} and not path.name.startswith(("~$", ".")):
                name = path.relative_to(folder).as_posix()
                found[name] = (*found.get(name, ()), path)
    return dict(sorted(found.items()))


def stray_files(own: Path, library: Library) -> list[Finding]:
    """Return a warning for each file of a company's folder that nothing reads.

    Under a slip of its name a template would be believed to be in use.
    """
    templates = [
        f"docx/{document.id}.{lang}.docx" for document in library.documents for lang in _LANGUAGES
    ]
    top = [name for name in library_files(house_folder()) if "/" not in name]
    known = [*templates, *top, "house.yaml"]
    return [
        _stray(paths[0], name, known)
        for name, paths in library_files(own).items()
        if name not in known and not _IS_READ.fullmatch(name)
    ]


def _stray(path: Path, name: str, known: Iterable[str]) -> Finding:
    message = Phrase("没有这个名字的模板或规定，不会被用到", "nothing reads a file of this name")
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    hint = (
        Phrase(f"是不是 {near[0]}？", f"did you mean {near[0]}?")
        if near
        else Phrase(
            "模板放在 docx 文件夹，名字是“标识.语言.docx”，如 docx/proposal.zh.docx",
            "templates stand in the folder docx as id.language.docx: docx/proposal.zh.docx",
        )
    )
    return Finding("warning", message, "library.stray-file", file=str(path), hint=hint)


class Library:
    """Typed views on the data of a library folder, each built when first asked for."""

    def __init__(self, data: Data) -> None:
        self.data = data

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The stages in order."""
        return tuple(Stage.from_data(stage) for stage in self.data["process"]["stages"])

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The kinds of documents in the order of their numbers."""
        rows = sorted(self._registered.items(), key=lambda row: int(row[1]["number"]))
        return tuple(Document.from_data(name, data) for name, data in rows)

    @cached_property
    def policy(self) -> Policy:
        """The thresholds of the house."""
        return Policy(self.data["policy"])

    @cached_property
    def rulings(self) -> dict[str, Ruling]:
        """What the library says of each rule, by its id."""
        return rulings_of(self.data["rules"])

    @cached_property
    def catalogue(self) -> Catalogue:
        """The field catalogue."""
        return Catalogue.from_data(self.data["fields"])

    @cached_property
    def glossary(self) -> tuple[Term, ...]:
        """The terms of the trade."""
        return terms_from_data(self.data["glossary"])

    @property
    def search_words(self) -> tuple[str, ...]:
        """The words that people look for in texts of the trade."""
        return tuple(self.data["glossary"].get("search", ()))

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The articles of the contract in order, then the annexes written as clauses."""
        return articles_from_data(self.data["clauses"])

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """The clauses of the contract by their ids."""
        return {clause.id: clause for article in self.articles for clause in article.clauses}

    @cached_property
    def roles(self) -> dict[str, Phrase]:
        """What each role does, by its code."""
        return {code: Phrase(**duty) for code, duty in self.data["process"]["roles"].items()}

    def stage(self, number: int) -> Stage:
        """Return the stage of that number."""
        return next(stage for stage in self.stages if stage.number == number)

    def mode(self, code: str) -> Mode:
        """Return what a procurement mode changes; a mode that is not described changes nothing."""
        return Mode.from_data(self.data["process"].get("modes", {}).get(code, {}))

    def document(self, document_id: str) -> Document:
        """Return the document of that id, or raise `LibraryError` with the nearest ids."""
        if document_id in self._registered:
            return Document.from_data(document_id, self._registered[document_id])
        raise LibraryError([_unknown_document(document_id, self._registered)])

    def documents_of(self, stage: int) -> tuple[Document, ...]:
        """Return the documents that are issued in a stage."""
        return tuple(document for document in self.documents if document.stage == stage)

    def blocks_of(self, stage: int) -> tuple[str, ...]:
        """Return the blocks of a case that are begun in a stage, in the order of the catalogue.

        A block is begun where a document first prints something of it, or where it is first due.
        """
        return tuple(name for name, begun in self._begun.items() if begun == stage)

    def documents_reached(self, stage: int, mode: str = "direct") -> tuple[Document, ...]:
        """Return what a deal at `stage` can have issued, without what its mode leaves out."""
        skipped = self.mode(mode).skips
        return tuple(
            document
            for document in self.documents
            if document.stage <= stage and document.id not in skipped
        )

    def languages(self, document_id: str) -> tuple[Language, ...]:
        """Return the languages for which a Word template of the document exists."""
        templates = self.data["templates"]
        return tuple(lang for lang in _LANGUAGES if f"{document_id}.{lang}" in templates)

    @cached_property
    def _begun(self) -> dict[str, int]:
        """The stage in which each block that people write is begun."""
        printed: dict[str, int] = {}
        for document in sorted(self.documents, key=lambda each: each.stage):
            for path in (path for group in document.groups for path in group.fields):
                printed.setdefault(re.split(r"[.\[]", path)[0], document.stage)
        return {
            name: min(printed.get(name, len(self.stages)), self.catalogue[name].stage)
            for name in self.catalogue.children("")
            if self.catalogue.children(name) and self.catalogue.asked(name)
            if not self.catalogue[name].computed and self.catalogue[name].by != "SYS"
        }

    @property
    def _registered(self) -> Mapping[str, Data]:
        documents: Mapping[str, Data] = self.data["documents"]
        return documents


def _unknown_document(document_id: str, known: Iterable[str]) -> Finding:
    near = get_close_matches(document_id, list(known), n=3, cutoff=0.5)
    hint = Phrase(f"是否指：{'、'.join(near)}", f"did you mean {', '.join(near)}?")
    every = Phrase(f"可选：{'、'.join(known)}", f"there are: {', '.join(known)}")
    return Finding(
        "error",
        Phrase(f"没有名为“{document_id}”的文件", f"there is no document “{document_id}”"),
        "library.unknown-document",
        hint=hint if near else every,
    )
