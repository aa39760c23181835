"""All rules over a case, or over a finished paper: what they find, and what was settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from salesdocs.case.model.contract import Disposition
from salesdocs.case.source import Place
from salesdocs.findings import NOTHING, Finding, Phrase
from salesdocs.process.ruling import Ruling
from salesdocs.rules.registry import Deal, Hit, PaperText, Rule, all_rules

Placed = Callable[[str], tuple[str, Place]]
"""Where a case path stands: the file, and line and column in it."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A warning that somebody looked at and answered for in the case."""

    finding: Finding
    disposition: Disposition


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules find in a case: what is open, and what is settled by a disposition."""

    findings: tuple[Finding, ...]
    settled: tuple[Settled, ...] = ()


def judge(deal: Deal, stage: int, placed: Placed) -> Verdict:
    """Return what the rules that run at `stage` find in the case, in the order of their ids."""
    found = [
        _finding(hit, each, ruling, placed)
        for each, ruling in running(deal, stage)
        for check in each.on_case
        for hit in check(deal)
    ]
    return _settle(found, deal, placed)


def judge_paper(deal: Deal, paper: PaperText, stage: int, placed: Placed) -> list[Finding]:
    """Return what the rules find in the words of a finished paper."""
    return [
        _finding(hit, each, ruling, placed)
        for each, ruling in running(deal, stage)
        for papers, check in each.on_paper
        if paper.document in papers
        for hit in check(deal, paper)
    ]


@cache
def looked_at() -> frozenset[str]:
    """Return the ids of the documents whose finished words some rule looks at."""
    rules = all_rules().values()
    return frozenset(paper for each in rules for papers, _ in each.on_paper for paper in papers)


def running(deal: Deal, stage: int) -> Iterator[tuple[Rule, Ruling]]:
    """Yield the rules that a case at `stage` has to keep, with what the library says of each."""
    rulings = deal.library.rulings
    for rule_id, each in all_rules().items():
        ruling = rulings[rule_id]
        if ruling.stage <= stage:
            yield each, ruling


def _finding(hit: Hit, each: Rule, ruling: Ruling, placed: Placed) -> Finding:
    file, place = placed(hit.path)
    hint = hit.hint if hit.hint != NOTHING else each.fix
    return Finding(ruling.severity, hit.message, each.id, hit.path, file, *place, hint=hint)


def _settle(found: Sequence[Finding], deal: Deal, placed: Placed) -> Verdict:
    """Part the warnings and notes that a disposition answers from all others.

    A disposition needs a name and a reason, and answers no error: that is to be mended.
    One that answers nothing is told of, because what it was about has changed.
    """
    dispositions = deal.case.contract.internal.lint_dispositions
    given = {row.rule: row for row in dispositions if row.rule and row.by and row.text}
    open_, settled = [], []
    for finding in found:
        answer = given.get(finding.rule)
        if finding.severity != "error" and answer is not None:
            settled.append(Settled(finding, answer))
        else:
            open_.append(finding)
    rules = {finding.rule for finding in found}
    open_ += _idle(dispositions, rules, placed)
    return Verdict(tuple(open_), tuple(settled))


def _idle(
    dispositions: Iterable[Disposition], found: set[str], placed: Placed
) -> Iterator[Finding]:
    for index, row in enumerate(dispositions):
        path = f"contract.internal.lint_dispositions[{index}]"
        if row.rule and row.rule not in found:
            known = row.rule in all_rules()
            message = Phrase(
                f"{row.rule} 没有需要处置的提醒" if known else f"没有 {row.rule} 这条规则",
                f"{row.rule} finds nothing to answer" if known else f"there is no rule {row.rule}",
            )
            hint = Phrase("情况已经变化的，删掉这一条", "if things have changed, delete the line")
            file, place = placed(path)
            yield Finding("note", message, "CASE-08", path, file, *place, hint=hint)
