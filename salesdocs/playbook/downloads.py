"""The files of the playbook: each kind of document blank, fillable, filled, and in pictures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Final

from salesdocs.case.load import LoadedCase
from salesdocs.case.model import Case
from salesdocs.findings import Language, Phrase
from salesdocs.playbook.model import Download, Kind
from salesdocs.process.documents import Document
from salesdocs.process.library import Library
from salesdocs.process.naming import safe_name
from salesdocs.process.skeleton import stage_skeleton
from salesdocs.produce import Dossier, Paper, produce
from salesdocs.produce.blank import blank_form
from salesdocs.word.template import Template

PICTURE_WIDTH: Final = 480
"""Pixels of a page picture: it is shown half as wide."""

_SUFFIXES: Final[Mapping[Kind, str]] = {
    "blank": "docx",
    "form": "pdf",
    "sample": "docx",
    "printed": "pdf",
    "starter": "yaml",
    "picture": "png",
}
_WORDS: Final[Mapping[Kind, Phrase]] = {
    "blank": Phrase("空白", "blank"),
    "form": Phrase("可填写", "fillable"),
    "sample": Phrase("样例", "sample"),
    "printed": Phrase("样例", "sample"),
    "starter": Phrase("案件文件", "case file"),
    "picture": Phrase("第一页", "page one"),
}
_PRINTED: Final[Collection[Kind]] = ("form", "printed", "picture")
"""What needs a machine that can print."""


@dataclass(frozen=True)
class Makings:
    """What files are made of.

    `template` returns the Word template of a document in a language as bytes, `compiled` compiled.
    `samples` are complete cases, the first that has a paper shows it. `stamp` stands for all else
    that the bytes depend on: the program and, for PDFs, the fonts of the machine.
    """

    library: Library
    template: Callable[[str, Language], bytes]
    compiled: Callable[[str, Language], Template]
    samples: Sequence[LoadedCase]
    stamp: str
    lang: Language = "zh"


def downloads(makings: Makings, kinds: Collection[str]) -> tuple[Download, ...]:
    """Return the files of all documents that have a template in the language, unmade."""
    maker = _Maker(makings)
    return tuple(
        download
        for document in makings.library.documents
        if makings.lang in makings.library.languages(document.id)
        for download in maker.of(document)
        if download.kind in kinds
    )


class _Maker:
    """Makes files from one set of makings; papers of the samples are found once."""

    def __init__(self, makings: Makings) -> None:
        self.makings = makings
        self.lang = makings.lang
        self._papers: dict[str, tuple[Dossier, Paper, str]] | None = None
        self._printed = lru_cache(maxsize=8)(_print)

    def of(self, document: Document) -> Iterator[Download]:
        template = self.makings.template(document.id, self.lang)
        base = (self.makings.stamp, document.id, self.lang, self._state(), template)
        yield self._download(document, "blank", base, lambda: self.blank(document))
        if document.form:
            yield self._download(document, "form", base, lambda: self.form(document))
        if (found := self._paper(document.id)) is not None:
            sampled = (*base, found[2])
            yield self._download(document, "sample", sampled, lambda: self.sample(document))
            yield self._download(
                document, "printed", sampled, lambda: self._printed(self.sample(document))
            )
            yield self._picture(document, "sample", sampled, lambda: self.sample(document))
        yield self._download(document, "starter", base, lambda: self.starter(document))
        yield self._picture(document, "blank", base, lambda: self.blank(document))

    def _download(
        self, document: Document, kind: Kind, key: Sequence[object], make: Callable[[], bytes]
    ) -> Download:
        suffix = _SUFFIXES[kind]
        title = document.title.text(self.lang)
        word = _WORDS[kind].text(self.lang)
        brackets = "（{}）" if self.lang == "zh" else " ({})"
        return Download(
            f"files/{document.id}/{kind}.{self.lang}.{suffix}",
            safe_name(f"{title}{brackets.format(word)}.{suffix}"),
            kind,
            document.id,
            _key(kind, *key),
            make,
        )

    def _picture(
        self, document: Document, of: str, key: Sequence[object], make: Callable[[], bytes]
    ) -> Download:
        title = document.title
        zh, en = (
            ("填好的样例", "a filled sample") if of == "sample" else ("空白表", "the blank form")
        )
        alt = Phrase(f"{title.zh}：{zh}的第一页", f"{title.en}: page one of {en}")
        return Download(
            f"files/{document.id}/{of}.{self.lang}.png",
            safe_name(f"{title.text(self.lang)}.png"),
            "picture",
            document.id,
            _key("picture", of, PICTURE_WIDTH, *key),
            lambda: self.picture(make()),
            alt,
        )

    # -- what is made ----------------------------------------------------------------------------

    def blank(self, document: Document) -> bytes:
        template = self.makings.template(document.id, self.lang)
        return blank_form(document, template, self.makings.library.catalogue, lang=self.lang).data

    def form(self, document: Document) -> bytes:
        from salesdocs.pdf.forms.make import empty_form  # noqa: PLC0415 - only who makes it needs it

        template = self.makings.template(document.id, self.lang)
        return empty_form(document, template, self.makings.library, lang=self.lang).pdf

    def sample(self, document: Document) -> bytes:
        found = self._paper(document.id)
        assert found is not None
        dossier, paper, _ = found
        compiled = self.makings.compiled(document.id, self.lang)
        return produce(dossier, paper, compiled, lang=self.lang).data

    def starter(self, document: Document) -> bytes:
        """Return a case file to begin with, as far as the stage of the document."""
        lines = ["schema: salesdocs/case@1\n"]
        empty = Case.model_validate({})
        present: list[str] = []
        for stage in range(1, document.stage + 1):
            lines.append(stage_skeleton(self.makings.library, empty, stage, present))
            present += self.makings.library.blocks_of(stage)
        return "".join(lines).encode()

    def picture(self, word: bytes) -> bytes:
        from salesdocs.pdf.preview import pictures  # noqa: PLC0415 - the same

        return pictures(self._printed(word), PICTURE_WIDTH, most=1)[0].png

    # -- the samples -----------------------------------------------------------------------------

    def _paper(self, document: str) -> tuple[Dossier, Paper, str] | None:
        """Return the first paper of a kind in the samples, with what tells its case apart."""
        if self._papers is None:
            self._papers = {}
            for loaded in self.makings.samples:
                dossier = Dossier(loaded, self.makings.library, self.makings.compiled)
                state = sha256(loaded.source.written.encode()).hexdigest()
                for paper in dossier.papers():
                    self._papers.setdefault(paper.document.id, (dossier, paper, state))
        return self._papers.get(document)

    def _state(self) -> str:
        """Return what tells two states of the definitions apart."""
        data = self.makings.library.data
        return sha256(repr([data[name] for name in sorted(data)]).encode()).hexdigest()


def _print(word: bytes) -> bytes:
    from salesdocs.pdf.printing import print_document  # noqa: PLC0415 - the same

    return print_document(word).pdf


def _key(*parts: object) -> str:
    digest = sha256()
    for part in parts:
        said = part if isinstance(part, bytes) else str(part).encode()
        digest.update(len(said).to_bytes(8, "big") + said)
    return digest.hexdigest()


def needs_printing(kind: str) -> bool:
    """Return whether a kind of file needs a machine that can print."""
    return kind in _PRINTED
