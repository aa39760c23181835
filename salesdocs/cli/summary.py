"""What a manager reads of a check: the case, how many problems of which kind, what was settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from salesdocs.cli.tables import table_lines
from salesdocs.findings import Finding, Language, Phrase

if TYPE_CHECKING:
    from salesdocs.produce import Dossier
    from salesdocs.rules.run import Verdict

_READING: Final = Phrase("写法", "Writing")
_MISSING: Final = Phrase("缺少的内容", "What is missing")
_HEAD: Final = (Phrase("类别", "Kind"), Phrase("错误", "Errors"), Phrase("提醒", "Warnings"),
                Phrase("规则", "Rules"))  # fmt: skip
_MOST_RULES: Final = 6


def summary(
    dossier: Dossier,
    stage: int,
    findings: Sequence[Finding],
    verdict: Verdict,
    lang: Language,
) -> Iterator[str]:
    """Yield a table of the kinds of problems, what was settled, and one line on the whole."""
    rows = list(_rows(dossier, findings, lang))
    if rows:
        yield from table_lines([head.text(lang) for head in _HEAD], rows, 80)
        yield ""
    for settled in verdict.settled:
        by = settled.disposition.by
        said = Phrase(
            f"已处置  {settled.finding.rule}  {by.name if by else ''}：{settled.disposition.text}",
            f"settled  {settled.finding.rule}  {by.name if by else ''}: {settled.disposition.text}",
        )
        yield said.text(lang)
    yield _whole(dossier, stage, findings, verdict).text(lang)


def _rows(dossier: Dossier, findings: Sequence[Finding], lang: Language) -> Iterator[list[str]]:
    """Yield a row for each kind of problem: its name, how many errors and warnings, which rules."""
    kinds: dict[Phrase, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(_kind(dossier, finding), []).append(finding)
    for kind, found in kinds.items():
        errors = sum(each.severity == "error" for each in found)
        rules = list(dict.fromkeys(each.rule for each in found))
        listed = " ".join(rules[:_MOST_RULES]) + (" …" if len(rules) > _MOST_RULES else "")
        yield [kind.text(lang), str(errors), str(len(found) - errors), listed]


def _kind(dossier: Dossier, finding: Finding) -> Phrase:
    if finding.rule == "FRM-02":
        return _MISSING
    ruling = dossier.library.rulings.get(finding.rule)
    return ruling.group if ruling else _READING


def _whole(dossier: Dossier, stage: int, findings: Sequence[Finding], verdict: Verdict) -> Phrase:
    """Return one line on the whole: which case, which stage, how many problems."""
    meta = dossier.loaded.case.meta
    name = dossier.library.stage(stage).name
    zh = "  ".join(filter(None, (meta.case_no, meta.title, name.zh)))
    en = "  ".join(filter(None, (meta.case_no, meta.title, name.en)))
    errors = sum(each.severity == "error" for each in findings)
    others, settled = len(findings) - errors, len(verdict.settled)
    if not findings:
        return Phrase(
            f"{zh}：没有问题" + (f"，{settled} 个提醒已处置" if settled else ""),
            f"{en}: no findings" + (f", {settled} settled" if settled else ""),
        )
    return Phrase(
        f"{zh}：{errors} 个错误" + (f"，{others} 个提醒" if others else ""),
        f"{en}: {errors} error(s)" + (f", {others} other(s)" if others else ""),
    )
