"""What a case knows already, as it stands in the fields of a form: written as people write it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from salesdocs.calc import format as display
from salesdocs.case.model import Case
from salesdocs.case.paths import value_at
from salesdocs.pdf.forms.field import FormField
from salesdocs.process.documents import Document


def known_value(item: FormField, case: Case, document: Document, position: int | None) -> str:
    """Return the text of a field from the case; "" where the case does not say.

    `position` is the row of the case that the paper is for; None where it is a new one.
    """
    path = item.path
    first, dot, rest = path.partition(".")
    if first in document.answers:
        return ""
    if document.row and first == document.row:
        if position is None:
            return ""
        path = f"{document.rows}[{position}]{dot}{rest}"
    try:
        value = value_at(case, path)
    except (KeyError, TypeError, AttributeError):
        return ""  # a row beyond those of the case
    return written(value, item)


def written(value: Any, item: FormField) -> str:
    """Return a value as it is written into a field: a code for what is chosen, else text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (tuple, list)):
        return "、".join(filter(None, (written(each, item) for each in value)))
    if item.choices:
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _figure(value, item.kind)
    named = getattr(value, "name", None) if not isinstance(value, str) else None
    return str(named or getattr(value, "zh", None) or getattr(value, "id", None) or value)


def _figure(value: Decimal, kind: str) -> str:
    if kind == "money":
        return display.money(value)
    if kind in ("share", "rate"):
        return str(display.percent(value))
    return str(display.number(value))
