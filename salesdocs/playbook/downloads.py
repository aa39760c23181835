"""The files of the playbook: each kind of document blank, fillable, filled, and in pictures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
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
_DRAWN: Final[Mapping[str, Collection[str]]] = {
    "blank": ("blank",),
    "sample": ("sample",),
    "starter": ("starter",),
    "printed": ("sample",),
    "picture": ("sample", "blank"),
}
"""What is drawn up, by program alone, for each kind; a form is printed from its template."""
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


class Downloads:
    """The files of all documents that have a template in the language, as far as `kinds` go.

    They come in two steps. A change of a rule makes every sample anew, which is quick; what is
    printed from it is told by the bytes of the sample, which are mostly the same as before.
    """

    def __init__(self, makings: Makings, kinds: Collection[str]) -> None:
        self.makings = makings
        self.lang = makings.lang
        self.kinds = kinds
        self._printed = lru_cache(maxsize=8)(_print)

    def drawn(self) -> tuple[Download, ...]:
        """Return the Word and YAML files, unmade, with those that are only there to be printed."""
        wanted = {kind for each in self.kinds for kind in _DRAWN.get(each, ())}
        return tuple(
            download
            for document in self._documents
            for download in self._drawn_of(document)
            if download.kind in wanted
        )

    def printed(self, drawn: Mapping[str, bytes]) -> tuple[Download, ...]:
        """Return the PDFs and pictures, unmade; `drawn` are the files of `drawn()` by places."""
        return tuple(
            download
            for document in self._documents
            for download in self._printed_of(document, drawn)
            if download.kind in self.kinds
        )

    @cached_property
    def _documents(self) -> tuple[Document, ...]:
        library = self.makings.library
        return tuple(each for each in library.documents if self.lang in library.languages(each.id))

    def _drawn_of(self, document: Document) -> Iterator[Download]:
        template = self.makings.template(document.id, self.lang)
        key = (self.makings.stamp, document, self.lang, template)
        empty = (*key, self._fields)
        yield self._download(document, "blank", empty, partial(self._blank, document))
        if (found := self._papers.get(document.id)) is not None:
            filled = (*key, self._library, found[2])
            yield self._download(document, "sample", filled, partial(self._sample, document))
        yield self._download(
            document, "starter", (*key, self._library), partial(self._starter, document)
        )

    def _printed_of(self, document: Document, drawn: Mapping[str, bytes]) -> Iterator[Download]:
        if document.form:
            template = self.makings.template(document.id, self.lang)
            key = (self.makings.stamp, document, self.lang, template, self._fields)
            yield self._download(document, "form", key, partial(self._form, document))
        sample = drawn.get(self._place(document, "sample"))
        if sample is not None:
            yield self._download(
                document, "printed", (self.makings.stamp, sample), partial(self._printed, sample)
            )
            yield self._picture(document, "sample", sample)
        elif (blank := drawn.get(self._place(document, "blank"))) is not None:
            yield self._picture(document, "blank", blank)

    def _place(self, document: Document, kind: Kind) -> str:
        return f"files/{document.id}/{kind}.{self.lang}.{_SUFFIXES[kind]}"

    def _download(
        self, document: Document, kind: Kind, key: Sequence[object], make: Callable[[], bytes]
    ) -> Download:
        suffix = _SUFFIXES[kind]
        title = document.title.text(self.lang)
        word = _WORDS[kind].text(self.lang)
        brackets = "（{}）" if self.lang == "zh" else " ({})"
        return Download(
            self._place(document, kind),
            safe_name(f"{title}{brackets.format(word)}.{suffix}"),
            kind,
            document.id,
            _key(kind, *key),
            make,
        )

    def _picture(self, document: Document, of: str, word: bytes) -> Download:
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
            _key("picture", PICTURE_WIDTH, self.makings.stamp, word),
            partial(self._shown, word),
            alt,
        )

    # -- what is made ----------------------------------------------------------------------------

    def _blank(self, document: Document) -> bytes:
        template = self.makings.template(document.id, self.lang)
        return blank_form(document, template, self.makings.library.catalogue, lang=self.lang).data

    def _form(self, document: Document) -> bytes:
        from salesdocs.pdf.forms.make import empty_form  # noqa: PLC0415 - only who makes it needs it

        template = self.makings.template(document.id, self.lang)
        return empty_form(document, template, self.makings.library, lang=self.lang).pdf

    def _sample(self, document: Document) -> bytes:
        dossier, paper, _ = self._papers[document.id]
        compiled = self.makings.compiled(document.id, self.lang)
        return produce(dossier, paper, compiled, lang=self.lang).data

    def _starter(self, document: Document) -> bytes:
        """Return a case file to begin with, as far as the stage of the document."""
        lines = ["schema: salesdocs/case@1\n"]
        empty = Case.model_validate({})
        present: list[str] = []
        for stage in range(1, document.stage + 1):
            lines.append(stage_skeleton(self.makings.library, empty, stage, present))
            present += self.makings.library.blocks_of(stage)
        return "".join(lines).encode()

    def _shown(self, word: bytes) -> bytes:
        from salesdocs.pdf.preview import pictures  # noqa: PLC0415 - the same

        return pictures(self._printed(word), PICTURE_WIDTH, most=1)[0].png

    # -- what it is made of ----------------------------------------------------------------------

    @cached_property
    def _papers(self) -> Mapping[str, tuple[Dossier, Paper, str]]:
        """The first paper of each kind in the samples, with what tells its case apart."""
        papers: dict[str, tuple[Dossier, Paper, str]] = {}
        for loaded in self.makings.samples:
            dossier = Dossier(loaded, self.makings.library, self.makings.compiled)
            state = _key(loaded.tree)
            for paper in dossier.papers():
                papers.setdefault(paper.document.id, (dossier, paper, state))
        return papers

    @cached_property
    def _library(self) -> str:
        """What tells two states of the definitions apart."""
        data = self.makings.library.data
        return _key(*(data[name] for name in sorted(data)))

    @cached_property
    def _fields(self) -> str:
        """The same of the fields alone, which is all that an empty form depends on."""
        return _key(self.makings.library.data["fields"])


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
