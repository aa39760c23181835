"""The clause library: articles and annexes of a contract, their clauses, and where we may give way.

Wording holds tags of templates (`{{ contract.amount | yuan }}`), references to articles and annexes
by their id (`[[changes]]`), and lines that begin with `- ` for items （1）, （2） below the clause.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from salesdocs.findings import NOTHING, Phrase

Data = Mapping[str, Any]

# What a clause may have below it, drawn by the layout of the contract.
TABLES: Final = frozenset({"payments", "service_credits", "notices", "processing"})

# The annexes a contract has besides those written as clauses; the case fills them.
ANNEXES: Final = {
    "annex-scope": 1, "annex-price": 2, "annex-plan": 3, "annex-service": 4, "annex-integrity": 5,
    "annex-authority": 6, "annex-data": 7,
}  # fmt: skip

REFERENCE: Final = re.compile(r"\[\[([\w-]+)\]\]")


@dataclass(frozen=True, slots=True)
class Fallback:
    """Another wording of a clause, what we concede with it, and the role that may allow it."""

    number: int
    wording: Phrase
    concedes: Phrase
    approver: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its standard wording, when it belongs into a contract, and how far it may change.

    `approver` is the role that decides on any wording but the standard one and its fallbacks.
    """

    id: str
    version: str
    title: Phrase
    wording: Phrase
    approver: str
    when: str = ""
    bold: bool = False
    table: str = ""
    basis: Phrase = NOTHING
    fallbacks: tuple[Fallback, ...] = ()
    red_lines: tuple[Phrase, ...] = ()

    def fallback(self, number: int) -> Fallback | None:
        """Return the fallback of that number, counted from 1; None if there is none."""
        return self.fallbacks[number - 1] if 0 < number <= len(self.fallbacks) else None


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered article, or an annex written as clauses; `when` says which contracts have it.

    Articles are in every contract, so that their numbers can be referred to.
    """

    id: str
    number: int
    title: Phrase
    clauses: tuple[Clause, ...]
    is_annex: bool = False
    when: str = ""


def articles_from_data(data: Data) -> tuple[Article, ...]:
    """Return the articles in order, then the annexes."""
    articles = (_article(name, entry) for name, entry in data.items())
    return tuple(sorted(articles, key=lambda article: (article.is_annex, article.number)))


def _article(name: str, data: Data) -> Article:
    return Article(
        name,
        data["annex"] if "annex" in data else data["article"],
        Phrase(**data["title"]),
        tuple(_clause(clause) for clause in data["clauses"]),
        "annex" in data,
        data.get("when", ""),
    )


def _clause(data: Data) -> Clause:
    return Clause(
        data["id"],
        data["version"],
        Phrase(**data["title"]),
        Phrase(data["zh"], data["en"]),
        data["approver"],
        data.get("when", ""),
        data.get("bold", False),
        data.get("table", ""),
        Phrase(**data["basis"]) if "basis" in data else NOTHING,
        tuple(
            Fallback(number, Phrase(row["zh"], row["en"]), Phrase(**row["concedes"]),
                     row["approver"])
            for number, row in enumerate(data.get("fallbacks", ()), 1)
        ),
        tuple(Phrase(**line) for line in data.get("red_lines", ())),
    )  # fmt: skip
