"""How a search engine cuts Chinese words of the trade, so that parts of long ones are found.

Search engines for the browser match beginnings of words: whoever looks for 发票 does not find it
inside 增值税专用发票 if that is one word. So long words are taken out of the dictionary of jieba,
and the short ones they are made of put in.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Final

from salesdocs.process.library import Library

_OFTEN: Final = 100_000
"""A frequency that beats any other way to cut: those of jieba go up to some 300,000 for 的."""

_LONGEST: Final = 3


def search_words(library: Library) -> str:
    """Return a user dictionary for jieba: a word and a frequency on each line.

    The short words are those of the trade; what titles and labels hold of longer ones is set to
    nothing, but for those that are short words themselves.
    """
    short = dict.fromkeys(library.search_words)
    long = dict.fromkeys(
        word
        for word in _long(library)
        if word.isalpha() and any(part in word and part != word for part in short)
    )
    lines = chain(
        (f"{word} 0" for word in long),
        (f"{word} {_OFTEN}" for word in short if word not in long),
    )
    return "".join(f"{line}\n" for line in lines)


def _long(library: Library) -> Iterable[str]:
    """Yield the longer words of the trade."""
    titles = (document.title.zh for document in library.documents)
    terms = (word for term in library.glossary for word in (term.name.zh, *term.also))
    labels = (library.catalogue[path].zh for path in library.catalogue)
    for word in chain(titles, terms, labels, library.search_words):
        if len(word) > _LONGEST:
            yield word
