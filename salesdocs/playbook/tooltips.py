"""Terms of the glossary, explained where they stand in running text.

Markdown's own abbreviations need blanks around a word, which Chinese has not: 验收后付清 would
never show what 验收 is. Here the longest word wins, each term is explained once in a section, and
headings, links, code and controls are left alone. A word that holds a term without meaning it
(金额 follows 约定, and 约定金额 has 定金 inside) is told by the glossary: `unless`.

A term is a link to the glossary, so that it can be reached by keyboard and finger and means
something without scripts; a script makes a tooltip of its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER

from salesdocs.findings import Language
from salesdocs.playbook.places import term_anchor
from salesdocs.process.glossary import Term

CLASS: Final = "sd-term"
_CLOSED: Final = frozenset(
    {"a", "abbr", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "label", "nav"}
    | {"pre", "summary", "th", "dt", "caption", "script", "style", "svg", "select", "textarea"}
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3"})
_INLINE: Final = frozenset(
    {
        "b",
        "cite",
        "del",
        "em",
        "i",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
    }
)
_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^>]*?(?P<void>/?)>")
_SHORTEST: Final = 2
# After inline code, links and headings are made (toc: 5), before MkDocs turns links to pages into
# addresses (0).
_PRIORITY: Final = 2


class Tooltips(Extension):
    """Explains the terms of a glossary in a page of Markdown.

    `glossary` is the address of the glossary as seen from the page that is made next; while it is
    None, terms are explained without a link.
    """

    def __init__(
        self, terms: tuple[Term, ...], lang: Language, glossary: str | None = None
    ) -> None:
        super().__init__()
        self.glossary = glossary
        self.lang = lang
        self.words = _words(terms, lang)
        # Markdown keeps raw HTML aside; what stands between two of its tags is text all the same.
        self.raw = re.escape(HTML_PLACEHOLDER) % r"(?P<raw>\d+)"
        self.pattern = re.compile(
            f"{self.raw}|(?P<word>{_alternatives(self.words)})",
            re.IGNORECASE if lang == "en" else 0,
        )

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Come after what makes links and headings, before what resolves links."""
        md.treeprocessors.register(_Marker(md, self), "salesdocs-terms", _PRIORITY)

    def term(self, word: str) -> Term | None:
        """Return the term that a word of a text stands for."""
        return self.words[word.casefold() if self.lang == "en" else word]

    def element(self, word: str, term: Term) -> Element:
        """Return a word with its explanation."""
        said = {"class": CLASS, "data-term": term.id, "title": term.meaning.text(self.lang)}
        if self.glossary is None:
            marked = Element("abbr", {**said, "tabindex": "0"})
        else:
            marked = Element("a", {**said, "href": f"{self.glossary}#{term_anchor(term.id)}"})
        marked.text = word
        return marked


def _words(terms: tuple[Term, ...], lang: Language) -> dict[str, Term | None]:
    """Return the term of each word; None for words that only look like one."""
    words: dict[str, Term | None] = {}
    for term in terms:
        if lang == "en":
            words[term.name.en.casefold()] = term
        else:
            words |= dict.fromkeys((term.name.zh, *term.also), term)
            words |= dict.fromkeys(term.unless)
    return {word: term for word, term in words.items() if len(word) >= _SHORTEST}


def _alternatives(words: Mapping[str, Term | None]) -> str:
    """Return a pattern of the words, longest first; Latin ones only as whole words."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(_bounded(word) for word in longest_first) or r"(?!)"


def _bounded(word: str) -> str:
    before = r"(?<![A-Za-z0-9_])" if word[0].isascii() else ""
    after = r"(?![A-Za-z0-9_])" if word[-1].isascii() else ""
    return f"{before}{re.escape(word)}{after}"


@dataclass
class _Reading:
    """What is known on the way through a page: terms of the section, open tags of raw HTML."""

    known: set[str] = field(default_factory=set)
    closed: list[str] = field(default_factory=list)


class _Marker(Treeprocessor):
    def __init__(self, md: Markdown, tooltips: Tooltips) -> None:
        super().__init__(md)
        self.tooltips = tooltips

    def run(self, root: Element) -> None:
        """Mark the terms below `root`."""
        self._below(root, _Reading())

    def _below(self, element: Element, reading: _Reading) -> None:
        if element.tag not in _INLINE:
            reading.closed.clear()
        if element.text and isinstance(element.text, str):
            self._mark(element, None, element.text, reading)
        for child in list(element):
            self._child(child, reading)
            if child.tail:
                self._mark(element, child, child.tail, reading)

    def _child(self, child: Element, reading: _Reading) -> None:
        if child.tag in _HEADINGS:
            reading.known.clear()
        if child.get("class") == CLASS:
            reading.known.add(child.get("data-term", ""))
        elif child.tag not in _CLOSED:
            self._below(child, reading)

    def _mark(self, parent: Element, before: Element | None, text: str, reading: _Reading) -> None:
        """Put the terms of a text into elements; it stands in `parent`, behind `before`."""
        plain, terms = self._parts(text, reading)
        if before is None:
            parent.text = plain
        else:
            before.tail = plain
        at = 0 if before is None else list(parent).index(before) + 1
        parent[at:at] = terms

    def _parts(self, text: str, reading: _Reading) -> tuple[str, list[Element]]:
        """Return the text before the first term, and the terms, each with what follows it."""
        last, plain, terms = 0, text, list[Element]()
        for found, term in self._found(text, reading):
            if terms:
                terms[-1].tail = text[last : found.start()]
            else:
                plain = text[: found.start()]
            terms.append(self.tooltips.element(found[0], term))
            last = found.end()
        if terms:
            terms[-1].tail = text[last:]
        return plain, terms

    def _found(self, text: str, reading: _Reading) -> Iterator[tuple[re.Match[str], Term]]:
        """Yield the terms of a text that are to be explained."""
        for found in self.tooltips.pattern.finditer(text):
            if found["raw"] is not None:
                self._step(int(found["raw"]), reading.closed)
                continue
            term = self.tooltips.term(found[0])
            if term is not None and not reading.closed and term.id not in reading.known:
                reading.known.add(term.id)
                yield found, term

    def _step(self, number: int, closed: list[str]) -> None:
        """Take note of a tag in raw HTML: below some of them nothing is explained."""
        tag = _TAG.fullmatch(str(self.md.htmlStash.rawHtmlBlocks[number]))
        if tag is None or tag["void"] or tag["name"].lower() not in _CLOSED:
            return
        name = tag["name"].lower()
        if not tag["end"]:
            closed.append(name)
        elif name in closed:
            del closed[closed.index(name) :]
