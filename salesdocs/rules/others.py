"""The other cases of the store, as far as one compares with them; needs no case to be read."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from salesdocs.findings import Phrase


@dataclass(frozen=True, slots=True)
class OtherCase:
    """Another case of the store, as far as rules compare with it."""

    case_no: str
    file: str
    customer: str
    uscc: str
    customer_no: str = ""
    documents: tuple[str, ...] = ()


def duplicate_of(this: OtherCase, other: OtherCase) -> tuple[str, Phrase] | None:
    """Return path and message when two cases have one customer under two customer numbers."""
    same_number = bool(this.customer_no) and this.customer_no == other.customer_no
    if same_number or other.case_no == this.case_no:
        return None
    same_code = bool(this.uscc) and this.uscc == other.uscc
    same_name = bool(this.customer) and plain_name(this.customer) == plain_name(other.customer)
    if not (same_code or same_name):
        return None
    message = Phrase(
        f"可能重复的客户：{other.case_no}（{other.file}）也是{other.customer}",
        f"possibly the customer of {other.case_no} ({other.file}): {other.customer}",
    )
    return "customer.uscc" if same_code else "customer.name", message


def plain_name(name: str) -> str:
    """Return a name without gaps, width and case, by which two spellings are compared."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
