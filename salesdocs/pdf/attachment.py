"""A file that goes into an archive copy, and what it is to the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Relationship = Literal["Source", "Alternative", "Data", "Supplement", "Unspecified"]
"""As PDF names them (ISO 19005-3, annex E): the document was made from a `Source`; an `Alternative`
says the same in another form."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file put into an archive copy: its name, its bytes, what it is to the document.

    `date` is the day it is of, in ISO 8601.
    """

    name: str
    data: bytes
    description: str = ""
    relationship: Relationship = "Source"
    date: str = ""
