"""A calendar file (RFC 5545) of what is due: whole days with a reminder, stable from run to run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from salesdocs.findings import Language, Phrase

if TYPE_CHECKING:
    from salesdocs.cli.store import Entry
    from salesdocs.rules.agenda import DueItem

_MOST_OCTETS: Final = 75  # of a line, without its end (RFC 5545, 3.1)
_NAME: Final = Phrase("销售到期事项", "Sales: what is due")


def calendar(rows: Sequence[tuple[Entry, DueItem]], today: date, lang: Language) -> str:
    """Return the text of a calendar with an event for each thing that is due."""
    return "".join(f"{folded}\r\n" for line in _lines(rows, today, lang) for folded in _fold(line))


def _lines(rows: Sequence[tuple[Entry, DueItem]], today: date, lang: Language) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//salesdocs//salesdocs due//ZH"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{_escaped(_NAME.text(lang))}"
    for entry, item in rows:
        yield from _event(entry, item, today, lang)
    yield "END:VCALENDAR"


def _event(entry: Entry, item: DueItem, today: date, lang: Language) -> Iterator[str]:
    what, name = item.what.text(lang), entry.short_name or entry.customer
    colon = Phrase("：", ": ").text(lang)
    summary = f"{name}{colon}{what}" if name else what
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(entry, item)}"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{item.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{item.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(summary)}"
    yield f"DESCRIPTION:{_escaped(_described(entry, item, lang))}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_escaped(summary)}"
    yield f"TRIGGER:-P{item.remind}D"
    yield "END:VALARM"
    yield "END:VEVENT"


def _uid(entry: Entry, item: DueItem) -> str:
    """Return what stays the same while the thing is due, even when its day moves.

    Of surveys several are due at the same place of a case; their half-years tell them apart.
    """
    parts = [entry.case_no or entry.file, item.kind, item.path]
    if item.kind == "survey":
        parts.append(item.day.isoformat())
    return f"{blake2b(chr(0).join(parts).encode(), digest_size=16).hexdigest()}@salesdocs"


def _described(entry: Entry, item: DueItem, lang: Language) -> str:
    facts = (
        (Phrase("项目", "Project"), f"{entry.case_no} {entry.title}".strip()),
        (Phrase("客户", "Customer"), entry.customer),
        (Phrase("责任人", "Who"), item.who.text(lang)),
        (Phrase("最迟", "Latest"), item.latest.isoformat() if item.latest != item.day else ""),
        (Phrase("金额", "Amount"), "" if item.amount is None else f"CNY {item.amount:,.2f}"),
    )
    colon = Phrase("：", ": ").text(lang)
    return "\n".join(f"{label.text(lang)}{colon}{value}" for label, value in facts if value)


def _escaped(text: str) -> str:
    r"""Return text with `\`, `;`, `,` and line ends escaped (RFC 5545, 3.3.11)."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def _fold(line: str) -> Iterator[str]:
    """Yield the line in parts of at most 75 octets, the later ones behind a blank."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode("utf-8", "replace"))
        if size + octets > _MOST_OCTETS:
            yield part
            part, size = " ", 1
        part += sign
        size += octets
    yield part
