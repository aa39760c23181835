"""Computed values that a reader may see though what they are computed from is taken out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from salesdocs.case.model import Case
from salesdocs.case.model.base import Block, settle
from salesdocs.process.fields import AUDIENCES, Audience, Catalogue


class Released(NamedTuple):
    """A value of the whole case, with the row of the stripped one that lost what it comes from."""

    row: Block
    name: str
    value: object


def release(whole: Case, kept: Case, audience: Audience, catalogue: Catalogue) -> list[Released]:
    """Return the released values of `whole`, after settling them in the rows of `kept`.

    Must come before anything computes those values from what is left.
    """
    limit = AUDIENCES.index(audience)
    found = [
        Released(row, name, getattr(source, name))
        for field in catalogue.released
        if AUDIENCES.index(catalogue.audience_of(field.path)) <= limit
        for rows, _, name in [field.path.rpartition(".")]
        for source, row in _rows(whole, kept, rows)
    ]
    for row, name, value in found:
        settle(row, name, value)
    return found


def _rows(whole: object, kept: object, pattern: str) -> Iterator[tuple[Block, Block]]:
    """Yield each row of a pattern such as `aftersales.surveys[]` in both cases."""
    pairs: list[tuple[Any, Any]] = [(whole, kept)]
    for part in pattern.split("."):
        name = part.removesuffix("[]")
        pairs = [(getattr(one, name), getattr(other, name)) for one, other in pairs]
        if name != part:
            # A list that is kept keeps all its rows; one that may not be seen has none.
            pairs = [both for one, other in pairs for both in zip(one, other, strict=False)]
    for source, row in pairs:
        assert isinstance(source, Block)
        assert isinstance(row, Block)
        yield source, row
