"""The seal on PDFs of ours, by which we know later whether somebody changed one.

The second half of a PDF's identifier, which changes with the file (ISO 32000-1, 14.4), is the
digest of the whole file with that half zeroed: no other program writes such a one.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final

_SIZE: Final = 16
_HALF: Final = re.compile(rb"/ID\s*\[\s*<[0-9a-fA-F]{32}>\s*<([0-9a-fA-F]{32})>\s*\]")


def sealed(pdf: bytes) -> bytes:
    """Return the PDF with our seal; one whose identifier is of another form is as it was."""
    place = _place(pdf)
    return pdf if place is None else _with(pdf, place, _digest(pdf, place))


def is_untouched(pdf: bytes) -> bool:
    """Return whether we made the file and nobody has changed it since."""
    place = _place(pdf)
    return place is not None and pdf[place:][: 2 * _SIZE].lower() == _digest(pdf, place)


def _place(pdf: bytes) -> int | None:
    """Return where the second half of the identifier stands, in the last trailer of the file."""
    found = list(_HALF.finditer(pdf))
    return found[-1].start(1) if found else None


def _digest(pdf: bytes, place: int) -> bytes:
    blank = _with(pdf, place, b"0" * (2 * _SIZE))
    return blake2b(blank, digest_size=_SIZE, person=b"salesdocs pdf").hexdigest().encode()


def _with(pdf: bytes, place: int, half: bytes) -> bytes:
    return pdf[:place] + half + pdf[place + 2 * _SIZE :]
