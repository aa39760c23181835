"""Whether the fallbacks that a case chooses are in the clause library and were allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from salesdocs.case.choices import Role
from salesdocs.findings import NOTHING, Finding, Phrase

if TYPE_CHECKING:
    from salesdocs.case.model.contract import ClauseChoice
    from salesdocs.produce.dossier import Dossier

_HIGHEST: Final = "gm"  # may allow whatever anybody may


def fallback_findings(dossier: Dossier) -> list[Finding]:
    """Return what is wrong with the clauses chosen; an unknown one would silently be left out."""
    rows = dossier.loaded.case.contract.clauses
    twice = {name for name, count in Counter(row.clause for row in rows).items() if count > 1}
    return [
        finding
        for index, row in enumerate(rows)
        for finding in _findings(dossier, f"contract.clauses[{index}]", row, row.clause in twice)
    ]


def _findings(dossier: Dossier, path: str, row: ClauseChoice, twice: bool) -> Iterator[Finding]:
    if row.clause is None or row.fallback is None:
        return  # missing values are reported as such
    clauses = dossier.library.clauses
    clause = clauses.get(row.clause)
    if clause is None:
        near = get_close_matches(row.clause, clauses, n=3, cutoff=0.5)
        message = Phrase(f"条款库中没有“{row.clause}”", f"there is no clause “{row.clause}”")
        hint = Phrase(f"是否指：{'、'.join(near)}", f"did you mean {', '.join(near)}?")
        yield _at(dossier, f"{path}.clause", "CLS-01", message, hint if near else NOTHING)
        return
    if twice:
        message = Phrase(
            f"“{clause.title.zh}”只能选一个备选条款",
            f"“{clause.title.en}” can have one fallback only",
        )
        yield _at(dossier, f"{path}.clause", "CLS-01", message)
    fallback = clause.fallback(int(row.fallback))
    if fallback is None:
        count = len(clause.fallbacks)
        message = Phrase(
            f"“{clause.title.zh}”没有第 {row.fallback} 个备选条款，共 {count} 个",
            f"“{clause.title.en}” has no fallback {row.fallback}, only {count}",
        )
        yield _at(dossier, f"{path}.fallback", "CLS-01", message)
    elif row.by is not None and row.by.role not in {fallback.approver, _HIGHEST}:
        role = Role.parse(fallback.approver)
        message = Phrase(
            f"“{clause.title.zh}”的备选条款须由{role.zh}批准",
            f"this fallback of “{clause.title.en}” is for {role.en} to allow",
        )
        yield _at(dossier, f"{path}.by", "CLS-02", message)


def _at(dossier: Dossier, path: str, rule: str, message: Phrase, hint: Phrase = NOTHING) -> Finding:
    file, place = dossier.loaded.place(path)
    return Finding("error", message, rule, path, file, *place, hint=hint)
