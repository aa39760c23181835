"""A compiled template: what it is made of, and how it is kept as bytes.

Free of Jinja, docxtpl and lxml: a document rendered from the compile cache imports none of them.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import CodeType
from typing import Any, Final

from salesdocs.findings import Phrase
from salesdocs.word import runtime
from salesdocs.word.package import Frame

# What a sealed document tells: which document, from which template and data, with which text.
SEAL_NAMES: Final = ("document", "template", "data", "text", "version")

# Part of the key of the compile cache: raise it when compiled code changes shape.
ENGINE: Final = f"1-{sys.implementation.cache_tag}-{sys.hexversion:x}"

PartFunction = Callable[[Mapping[str, Any], list[bytes], Any, Any, Any], None]

_NAMES: Final = {
    name: getattr(runtime, name)
    for name in (
        "MISSING", "attribute", "counted", "followed", "item", "joined", "known", "maybe",
        "needs_care", "pairs", "plain", "rest", "restart", "rows", "sliced", "text", "times",
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A rendered part: its code, and what its printed tags and lines refer to."""

    name: str
    code: CodeType
    run_properties: tuple[str, ...]
    labels: tuple[str, ...]
    lines: tuple[int, ...]
    spots: dict[int, tuple[str, str]]
    has_columns: bool
    function: PartFunction = field(compare=False)


@dataclass(frozen=True, slots=True)
class Use:
    """A case path that a template prints or loops over, with the place in it, in both languages.

    `option` is what a box stands for, where boxes answer the path (`visit.score`, 1 to 5).
    """

    path: str
    filters: tuple[str, ...]
    is_loop: bool
    part: str
    place: Phrase
    option: str = ""


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbering part in two halves, between which restarted lists are inserted."""

    before: bytes
    after: bytes
    next_number: int
    abstracts: dict[int, int]


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template: immutable, so that threads may share it.

    `digest` is the SHA-256 of the template file, hexadecimal; `uses` are the paths it needs;
    `text` is what it says itself, all parts in one;
    `seal` is the part with the custom properties, which says where the document comes from.
    """

    name: str
    digest: str
    frame: Frame
    parts: tuple[Part, ...]
    seal: Part
    uses: tuple[Use, ...]
    numbering: Numbering | None
    text: str


def part_function(code: CodeType) -> PartFunction:
    """Return the function that compiled `code` defines."""
    namespace: dict[str, Any] = dict(_NAMES)
    exec(code, namespace)  # noqa: S102 - our own generator wrote it, or the checked compile cache kept it
    function: PartFunction = namespace["render"]
    return function


def dump(template: Template) -> bytes:
    """Return the template as bytes that `restore` understands, for the same Python only."""
    numbering = template.numbering
    kept: Any = (
        template.name,
        template.digest,
        (template.frame.local, template.frame.directory, template.frame.count),
        [_facts(part) for part in (*template.parts, template.seal)],
        [(u.path, u.filters, u.is_loop, u.part, tuple(u.place), u.option) for u in template.uses],
        numbering
        and (numbering.before, numbering.after, numbering.next_number, numbering.abstracts),
        template.text,
    )
    return marshal.dumps(kept)


def _facts(part: Part) -> tuple[Any, ...]:
    return (
        part.name, part.code, part.run_properties, part.labels, part.lines, part.spots,
        part.has_columns,
    )  # fmt: skip


def _part(facts: tuple[Any, ...]) -> Part:
    name, code, properties, labels, lines, spots, has_columns = facts
    function = part_function(code)
    return Part(name, code, properties, labels, lines, spots, has_columns, function)


def restore(kept: bytes) -> Template:
    """Return the template that `dump` gave; the caller vouches for where `kept` comes from."""
    name, digest, laid_out, parts, uses, numbering, text = marshal.loads(kept)  # noqa: S302
    *others, seal = (_part(facts) for facts in parts)
    return Template(
        name,
        digest,
        Frame(*laid_out),
        tuple(others),
        seal,
        tuple(
            Use(path, filters, is_loop, part, Phrase(*place), option)
            for path, filters, is_loop, part, place, option in uses
        ),
        numbering and Numbering(*numbering),
        text,
    )
