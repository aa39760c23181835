"""A playbook ready for a site: its pages said, its files made, what is handed out with them.

An edition holds plain values, so that it is kept between builds: while the library, the samples,
the pages written by hand and the program are as they were, the next build takes it as it is and
loads neither the model of a case nor the rules.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Final

from salesdocs.cache import Cache
from salesdocs.case.company import company_file
from salesdocs.findings import Finding
from salesdocs.playbook.model import Page
from salesdocs.process.library import house_folder, library_files

_KIND: Final = "edition"
_PACKAGE: Final = Path(__file__).parents[1]


@dataclass(frozen=True)
class Edition:
    """What a site takes from a playbook.

    `pages` are as they were written or made, `said` their Markdown with nothing left in it to
    replace. `files` are the made files by their places in the site, `lists` the contents of those
    that list them. `navigation` is as MkDocs writes it.
    """

    pages: Mapping[str, Page]
    said: Mapping[str, str]
    files: Mapping[str, str]
    lists: Mapping[str, bytes]
    navigation: list[Any]
    findings: Sequence[Finding] = ()

    def plain(self) -> tuple[Any, ...]:
        """Return the edition as values that `of_plain` reads back, but for its findings."""
        pages = [astuple(page) for page in self.pages.values()]
        return pages, dict(self.said), dict(self.files), dict(self.lists), self.navigation


def of_plain(plain: tuple[Any, ...]) -> Edition:
    """Return the edition that `Edition.plain` put down."""
    rows, *others = plain
    return Edition({page.uri: page for page in (Page(*row) for row in rows)}, *others)


class Shelf:
    """Where the last edition of a site is kept; `name` tells sites apart."""

    def __init__(self, cache: Cache, name: str) -> None:
        self.cache = cache
        self.name = name

    def edition(self, content: Sequence[bytes]) -> Edition | None:
        """Return the edition made of `content`, if it and all its files are still there."""
        plain = self.cache.remembered(_KIND, self.name, content)
        kept = None if plain is None else of_plain(plain)
        if kept is None or not all(Path(path).is_file() for path in kept.files.values()):
            return None
        for path in kept.files.values():
            os.utime(path)  # what is asked for is not swept away
        return kept

    def keep(self, content: Sequence[bytes], edition: Edition) -> None:
        """Keep an edition in the place of the last one."""
        self.cache.remember(_KIND, self.name, content, edition.plain())


def samples_folder() -> Path:
    """Return where the sample cases are: `examples` in a wheel, else that of the checkout."""
    shipped = _PACKAGE / "examples"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "examples"


def content_of(
    own: Path | None,
    cases: Path | None,
    written: Mapping[str, Page],
    options: Sequence[object],
) -> list[bytes]:
    """Return all that an edition is made of: library, samples, pages by hand, options."""
    return [
        repr(options).encode(),
        *_library(own),
        *_samples(cases or samples_folder()),
        *(repr(astuple(page)).encode() for page in written.values()),
    ]


def _library(own: Path | None) -> Iterator[bytes]:
    for name, paths in library_files(*([own] if own else []), house_folder()).items():
        for path in paths:
            yield name.encode()
            yield path.read_bytes()


def _samples(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix().encode()
            yield path.read_bytes()
    # Cases of a checkout may share what a folder above says of the company.
    if (shared := company_file(folder / "case.yaml")) is not None and shared.parent != folder:
        yield shared.read_bytes()
