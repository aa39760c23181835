"""What codes of the library are called."""

from __future__ import annotations

from typing import Final

from salesdocs.findings import Phrase

AUDIENCES: Final = {
    "customer": Phrase("给客户", "For the customer"),
    "internal": Phrase("内部", "Internal"),
    "confidential": Phrase("机密", "Confidential"),
}
