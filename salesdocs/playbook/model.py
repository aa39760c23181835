"""What a playbook consists of: pages in Markdown and files to take along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from salesdocs.findings import Phrase

Kind = Literal["blank", "form", "sample", "printed", "starter", "picture"]
"""The faces of a document: blank Word form, fillable PDF, filled sample in Word and as PDF, YAML
to begin with, picture of a page."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in Markdown; `uri` is its place in the tree of its language (`stages/5-contract.md`).

    `description` is one sentence for those who search; `owner` the role that answers for it and
    `reviewed` the day it last did, as the data say. `file` is where it was written by hand, with
    the line on which its text begins behind the front matter. `order` is its place among the pages
    of its folder, 0 of those that name none: they stand last.
    """

    uri: str
    title: str
    text: str
    description: str = ""
    owner: str = ""
    reviewed: str = ""
    file: str = ""
    first_line: int = 1
    order: int = 0


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the playbook: `uri` is its ASCII place, `name` what it is saved as.

    `make` returns its bytes; `key` is the hash of all that they are made from: who keeps files by
    key need not make them again. `alt` says what a picture shows.
    """

    uri: str
    name: str
    kind: Kind
    document: str
    key: str
    make: Callable[[], bytes] = field(repr=False, compare=False)
    alt: Phrase | None = None
    size: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the navigation: a page, or a group with lines of its own."""

    title: str
    uri: str = ""
    entries: tuple[Entry, ...] = ()
