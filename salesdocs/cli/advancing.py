"""`salesdocs advance`: is the gate to the next stage open, and if so, on to it.

The gates cannot be forced: who has the authority writes `meta.stage` by hand and answers for it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from salesdocs.cli.common import (
    FINDINGS,
    case_argument,
    format_option,
    lang_option,
    library_option,
    open_case,
    open_dossier,
    open_library,
    print_findings,
    print_json,
    reports_findings,
)
from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding, Language, Phrase

if TYPE_CHECKING:
    from salesdocs.produce import Dossier
    from salesdocs.rules.gates import Passage

_LAST: Final = 7
_STATES: Final = {
    "open": Phrase("通过", "open  "),
    "closed": Phrase("未过", "closed"),
    "waived": Phrase("免  ", "waived"),
}
_COLOURS: Final = {"open": "green", "closed": "red", "waived": "blue"}


@dataclass
class Step:
    """A step to the next stage: the gates, what keeps them shut, and what became of the file."""

    dossier: Dossier
    passages: Sequence[Passage]
    findings: list[Finding] = field(default_factory=list)
    diff: str = ""
    written: bool = False
    first_line: int = 0

    @property
    def is_open(self) -> bool:
        """Return whether nothing keeps the case in its stage."""
        return not any(finding.severity == "error" for finding in self.findings)


@click.command()
@case_argument
@click.option(
    "--confirm",
    "confirmed",
    multiple=True,
    metavar="GATE",
    help="须由人核对的条件已核对，可多次 / a condition that someone looked at",
)
@click.option("--dry-run", is_flag=True, help="只显示要改的内容，不写文件 / show the change only")
@library_option
@lang_option
@format_option
@reports_findings
def advance(
    case: Path,
    confirmed: tuple[str, ...],
    dry_run: bool,
    own: Path | None,
    lang: Language,
    form: str,
) -> None:
    """把 CASE 推进到下一阶段：条件都满足，才改 meta.stage 并写好下一阶段要填的项。

    Go on to the next stage: when every exit condition is met, meta.stage is set and what the next
    stage needs is appended; otherwise list what is missing and who gives it. Comments and all other
    lines stay as they are. After stage 7 the case is closed.
    """
    library = open_library(own)
    dossier = open_dossier(open_case(case, library), library, own)
    _can_move(dossier)
    _are_gates_for_people(dossier, confirmed)
    step = _looked_at(dossier, confirmed)
    if step.is_open:
        _take(step, confirmed, dry_run=dry_run)
    if form == "json":
        print_json(_as_json(step, lang))
    else:
        _report(step, lang, dry_run=dry_run)
    if not step.is_open:
        sys.exit(FINDINGS)


def _can_move(dossier: Dossier) -> None:
    """Raise what is wrong with a case that is not under way, or in no stage."""
    from salesdocs.case.choices import CaseStatus

    meta = dossier.loaded.case.meta
    if meta.stage is None:
        message = Phrase("案件没有写在第几阶段", "the case does not say in which stage it is")
        hint = Phrase("在 meta 里写 stage: 1", "write stage: 1 into meta")
        raise SalesdocsError([_finding(dossier, "meta.stage", message, hint)])
    if meta.status not in (None, CaseStatus.ACTIVE):
        message = Phrase(
            f"案件状态是“{meta.status.zh}”，不再推进", f"the case is {meta.status.en.lower()}"
        )
        hint = Phrase("重新启动时先把 meta.status 改为 active", "set meta.status to active first")
        raise SalesdocsError([_finding(dossier, "meta.status", message, hint)])


def _are_gates_for_people(dossier: Dossier, confirmed: Sequence[str]) -> None:
    """Raise what is wrong with the gates that were confirmed: each must be one for people here."""
    gates = dossier.library.stage(dossier.stage).exit
    known = [gate.id for gate in gates if gate.check == "person"]
    findings = []
    for name in confirmed:
        if name in known:
            continue
        message = Phrase(
            f"这一阶段没有须由人核对的条件 {name}", f"no condition {name} for people in this stage"
        )
        listed = Phrase(f"可填：{'、'.join(known)}", f"there are: {', '.join(known)}")
        if any(gate.id == name for gate in gates):
            listed = Phrase("这一条由程序核对，不能代替", "the program checks this one itself")
        elif not known:
            listed = Phrase("去掉 --confirm", "leave --confirm out")
        findings.append(Finding("error", message, "CLI-10", "--confirm", hint=listed))
    if findings:
        raise SalesdocsError(findings)


def _looked_at(dossier: Dossier, confirmed: Sequence[str]) -> Step:
    """Return how the gates stand, with a finding for each thing that keeps the case where it is."""
    from salesdocs.cli.checking import case_findings
    from salesdocs.rules.gates import Standing, passages

    wrong = case_findings(dossier)
    deal = Standing(dossier.loaded.case, dossier.library, wrong)
    step = Step(dossier, passages(deal, dossier.stage, confirmed))
    for passage in step.passages:
        for lack in passage.lacks:
            hint = lack.hint if passage.gate.check == "program" else _look(passage, dossier)
            step.findings.append(_finding(dossier, lack.path, lack.message, hint, passage.gate.id))
    named = {finding.path for finding in step.findings}
    step.findings += (each for each in wrong if each.severity == "error" and each.path not in named)
    step.findings.sort(key=lambda each: each.line)
    return step


def _look(passage: Passage, dossier: Dossier) -> Phrase:
    owner = dossier.loaded.case.meta.owner
    name = owner.name if owner is not None and owner.name else ""
    who = Phrase(name or "项目负责人", name or "the owner of the case")
    return Phrase(
        f"程序看不到，由{who.zh}核对；核对无误后加 --confirm {passage.gate.id}",
        f"the program cannot see it: {who.en} looks, then adds --confirm {passage.gate.id}",
    )


def _finding(
    dossier: Dossier, path: str, message: Phrase, hint: Phrase, rule: str = "CLI-09"
) -> Finding:
    file, place = dossier.loaded.place(path or "meta.stage")
    return Finding("error", message, rule, path, file, *place, hint=hint)


# ---- the step ----


def _take(step: Step, confirmed: Sequence[str], *, dry_run: bool) -> None:
    """Change the file, or only tell the change; raises what is wrong when it cannot be changed."""
    from salesdocs.cli.files import disk_access, write_atomically

    source = step.dossier.loaded.source
    path = Path(source.name)
    with disk_access(path):
        before = path.read_bytes()
    after = _moved_on(step.dossier, before, confirmed)
    step.diff = _difference(before, after, source.name)
    step.first_line = before.count(b"\n") + 1
    if dry_run:
        return
    with disk_access(path):
        if path.read_bytes() != before:
            raise SalesdocsError([_changed_meanwhile(source.name)])
        # Behind a link lies the file itself; replacing the link would leave two of it.
        write_atomically(path.resolve(), after)
    step.written = True


def _moved_on(dossier: Dossier, data: bytes, confirmed: Sequence[str]) -> bytes:
    """Return the file in its next stage, with what that stage needs."""
    from salesdocs.case.edit import append_block, set_value
    from salesdocs.process.skeleton import stage_skeleton

    name, case = dossier.loaded.source.name, dossier.loaded.case
    if dossier.stage == _LAST:
        return set_value(data, "meta.status", "won_closed", name)
    following = dossier.stage + 1
    moved = set_value(data, "meta.stage", str(following), name)
    vouched = "".join(f"# 已由人核对：{text}\n" for text in _vouched(dossier, confirmed))
    present = dossier.loaded.tree.keys() | dossier.loaded.source.tree.keys()
    lines = stage_skeleton(dossier.library, case, following, present)
    return append_block(moved, f"\n{vouched}{lines}" if vouched else lines, name)


def _vouched(dossier: Dossier, confirmed: Sequence[str]) -> Iterator[str]:
    for gate in dossier.library.stage(dossier.stage).exit:
        if gate.id in confirmed:
            yield gate.text.zh


def _changed_meanwhile(file: str) -> Finding:
    message = Phrase(
        "文件刚被别的程序改过，没有写入", "the file was changed meanwhile and was not written"
    )
    hint = Phrase("再运行一次", "run again")
    return Finding("error", message, "CLI-04", file=file, hint=hint)


def _difference(before: bytes, after: bytes, name: str) -> str:
    from difflib import unified_diff

    was, now = (data.decode("utf-8-sig").splitlines() for data in (before, after))
    return "".join(f"{line}\n" for line in unified_diff(was, now, name, name, n=1, lineterm=""))


# ---- what is said ----


def _report(step: Step, lang: Language, *, dry_run: bool) -> None:
    """Print the gates, what is missing, and what was done."""
    click.echo(_head(step, lang))
    for passage in step.passages:
        state = click.style(_STATES[passage.state].text(lang), fg=_COLOURS[passage.state])
        click.echo(f"  {state}  {passage.gate.text.text(lang)}")
    print_findings(step.findings, lang)
    if not step.is_open:
        print_findings([_shut(step)], lang)
    elif dry_run:
        click.echo(step.diff, nl=False)
    else:
        click.echo(_done(step).text(lang))


def _head(step: Step, lang: Language) -> str:
    meta = step.dossier.loaded.case.meta
    library, stage = step.dossier.library, step.dossier.stage
    here = library.stage(stage).name
    there = library.stage(stage + 1).name if stage < _LAST else Phrase("结案", "closed")
    move = f"{here.text(lang)} → {there.text(lang)}"
    return "  ".join(filter(None, (meta.case_no, meta.title, move)))


def _shut(step: Step) -> Finding:
    """Return the note that nothing was changed, and how it is done all the same."""
    count = len(step.findings)
    message = Phrase(
        f"还差 {count} 项，案件留在原阶段，文件没有改动",
        f"{count} thing(s) missing: the case stays in its stage, the file is unchanged",
    )
    if step.dossier.stage == _LAST:
        return Finding("note", message, "CLI-11")
    following = step.dossier.stage + 1
    hint = Phrase(
        f"没有强制选项；确需提前的，由有权批准的人手工把 meta.stage 改为 {following}",
        f"there is no forcing it; who has the authority sets meta.stage to {following} by hand",
    )
    return Finding("note", message, "CLI-11", hint=hint)


def _done(step: Step) -> Phrase:
    file = step.dossier.loaded.source.name
    if step.dossier.stage == _LAST:
        return Phrase(f"已结案：{file}", f"closed: {file}")
    return Phrase(
        f"已写 {file}，要填的从第 {step.first_line} 行起；`salesdocs check {file}` 列出还缺的",
        f"wrote {file}, to be filled in from line {step.first_line} on; "
        f"`salesdocs check {file}` lists it",
    )


def _as_json(step: Step, lang: Language) -> dict[str, object]:
    stage = step.dossier.stage
    return {
        "file": step.dossier.loaded.source.name,
        "case_no": step.dossier.loaded.case.meta.case_no,
        "from": stage,
        "to": stage + 1 if stage < _LAST else None,
        "open": step.is_open,
        "written": step.written,
        "gates": [
            {
                "id": each.gate.id,
                "text": each.gate.text.text(lang),
                "check": each.gate.check,
                "state": each.state,
                "missing": [
                    {
                        "path": lack.path,
                        "message": lack.message.text(lang),
                        "who": lack.who.text(lang),
                    }
                    for lack in each.lacks
                ],
            }
            for each in step.passages
        ],
        "diff": step.diff,
        "findings": [finding.as_dict(lang) for finding in step.findings],
    }
