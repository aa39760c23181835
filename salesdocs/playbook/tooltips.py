"""Terms of the glossary, explained where they stand in running text.

Markdown's own abbreviations need blanks around a word, which Chinese has not: 验收后付清 would
never show what 验收 is. Here the longest term wins, the first one of each section is explained,
and headings, links, code and controls are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from salesdocs.findings import Language
from salesdocs.process.glossary import Term

_CLOSED: Final = frozenset(
    {"a", "abbr", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "label", "nav", "pre"}
    | {"summary", "th", "dt", "caption", "script", "style", "svg", "input", "select", "textarea"}
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3"})
_SHORTEST: Final = 2


class Tooltips(Extension):
    """Explains the terms of a glossary in a page of Markdown."""

    def __init__(self, terms: tuple[Term, ...], lang: Language) -> None:
        super().__init__()
        meanings = {
            word: term.meaning.text(lang)
            for term in terms
            for word in ((term.name.zh, *term.also) if lang == "zh" else (term.name.en,))
            if len(word) >= _SHORTEST
        }
        longest_first = sorted(meanings, key=lambda word: (-len(word), word))
        edge = "" if lang == "zh" else r"\b"
        pattern = "|".join(map(re.escape, longest_first)) or r"(?!)"
        self.meanings = meanings
        self.pattern = re.compile(f"{edge}({pattern}){edge}")

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Come after everything that makes links and headings."""
        md.treeprocessors.register(_Marker(md, self), "salesdocs-terms", -10)


class _Marker(Treeprocessor):
    def __init__(self, md: Markdown, tooltips: Tooltips) -> None:
        super().__init__(md)
        self.tooltips = tooltips

    def run(self, root: Element) -> None:
        """Mark the terms below `root`."""
        self._below(root, set())

    def _below(self, element: Element, known: set[str]) -> None:
        if element.text and isinstance(element.text, str):
            self._mark(element, None, element.text, known)
        for child in list(element):
            if child.tag in _HEADINGS:
                known.clear()
            if child.tag not in _CLOSED and "sd-term" not in child.get("class", ""):
                self._below(child, known)
            if child.tail:
                self._mark(element, child, child.tail, known)

    def _mark(self, parent: Element, before: Element | None, text: str, known: set[str]) -> None:
        """Put the terms of a text into elements; it stands in `parent`, behind `before`."""
        pieces = list(self._pieces(text, known))
        if len(pieces) == 1:
            return
        plain = pieces[0][0]
        if before is None:
            parent.text = plain
        else:
            before.tail = plain
        at = 0 if before is None else list(parent).index(before) + 1
        for offset, (after, word) in enumerate(pieces[1:]):
            term = Element("abbr", {"class": "sd-term", "tabindex": "0"})
            term.set("data-meaning", self.tooltips.meanings[word])
            term.text, term.tail = word, after
            parent.insert(at + offset, term)

    def _pieces(self, text: str, known: set[str]) -> Iterator[tuple[str, str]]:
        """Yield the text before the first term, then what follows each term, with the term."""
        last, word = 0, ""
        for found in self.tooltips.pattern.finditer(text):
            if found[1] in known:
                continue
            known.add(found[1])
            yield text[last : found.start()], word
            last, word = found.end(), found[1]
        yield text[last:], word
