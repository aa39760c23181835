"""The stages: the map, and what a stage is for, who does what in it, and when it is over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from salesdocs.case.choices import ProcurementMode
from salesdocs.findings import Phrase
from salesdocs.playbook import places
from salesdocs.playbook.book import Book
from salesdocs.playbook.components.documents import buttons, document_list
from salesdocs.playbook.components.links import (
    colon,
    document_link,
    facts,
    joined,
    role_chips,
    rule_link,
)
from salesdocs.playbook.components.registry import (
    STAGE,
    STAGE_OR_ALL,
    STAGE_OR_NONE,
    component,
)
from salesdocs.playbook.components.rules import badge, by_severity
from salesdocs.playbook.markup import block, link, plain, table, ticks
from salesdocs.process.stages import Stage, Step


@component("map", STAGE_OR_NONE)
def stage_map(book: Book, page: str, current: str = "") -> str:
    """Return the seven stages as steps of a way, the current one marked."""
    lines = [
        _map_step(book, page, stage, is_current=str(stage.number) == current)
        for stage in book.library.stages
    ]
    label = book.word("销售七阶段", "The seven stages")
    return block("nav", "sd-map", lines, aria_label=label)


def _map_step(book: Book, page: str, stage: Stage, *, is_current: bool) -> str:
    place = places.stage_page(stage)
    mark = '{ aria-current="step" }' if is_current else ""
    return f"{stage.number}. {link(page, place, book.say(stage.name))}{mark}"


@component("stage", STAGE)
def stage_header(book: Book, page: str, number: str) -> str:
    """Return what a stage is for, when one enters it, how long it takes, who is in it."""
    stage = book.library.stage(int(number))
    first, last = stage.days
    rows = (
        (book.word("目标", "Goal"), plain(book.say(stage.goal))),
        (book.word("何时进入", "Enter when"), plain(book.say(stage.entry))),
        (
            book.word("一般用时", "Usually takes"),
            book.word(f"{first}–{last} 天", f"{first}–{last} days"),
        ),
        (book.word("参与角色", "Roles"), role_chips(book, page, stage.roles)),
    )
    return block("div", "sd-stage", facts(rows))


@component("steps", STAGE)
def steps(book: Book, page: str, number: str) -> str:
    """Return the steps of a stage in order: what, by whom, what comes of it, with its forms."""
    stage = book.library.stage(int(number))
    lines = [line for step in stage.steps for line in _step(book, page, step)]
    return block("div", "sd-steps", lines)


def _step(book: Book, page: str, step: Step) -> Iterator[str]:
    yield f"1.  {plain(book.say(step.text))}\n"
    yield f"    {role_chips(book, page, step.by)}\n"
    made = f"{book.word('产出', 'Output')}{colon(book)}"
    if step.document:
        yield f"    {made}{document_link(book, page, step.document)}"
        yield f"    {buttons(book, page, step.document)}\n"
    elif step.output.zh:
        yield f"    {made}{plain(book.say(step.output))}\n"


@component("gate", STAGE)
def gate(book: Book, page: str, number: str) -> str:
    """Return what must be true to leave a stage, as a list that is ticked off."""
    stage = book.library.stage(int(number))
    kinds = {
        "program": Phrase("程序检查", "checked by the program"),
        "person": Phrase("人工确认", "a person confirms"),
    }
    items = []
    for one in stage.exit:
        kind = f'<span class="sd-kind">{book.say(kinds[one.check])}</span>'
        items.append((one.id, f"{plain(book.say(one.text))} {kind}"))
    return block("div", "sd-ticks", ticks(f"gate-{number}", items), data_ticks=f"gate-{number}")


@component("outputs", STAGE)
def outputs(book: Book, page: str, number: str) -> str:
    """Return the documents of a stage with their files."""
    found = [each for each in book.documents.values() if each.stage == int(number)]
    return document_list(book, page, found)


@component("cautions", STAGE_OR_ALL)
def cautions(book: Book, page: str, number: str) -> str:
    """Return what to mind in a stage; of stage 0, in the whole process."""
    if number == "0":
        said = [Phrase(**each) for each in book.library.data["process"]["about"]["cautions"]]
    else:
        said = list(book.library.stage(int(number)).cautions)
    return block("div", "sd-cautions", [f"- {plain(book.say(each))}" for each in said])


@component("measures", STAGE)
def measures(book: Book, page: str, number: str) -> str:
    """Return the figures by which a stage is judged."""
    return "\n".join(
        f"- {plain(book.say(each))}" for each in book.library.stage(int(number)).measures
    )


@component("watch", STAGE)
def watch(book: Book, page: str, number: str) -> str:
    """Return what legal and finance look at in a stage: the rules that begin there, by group."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in book.rules:
        if book.library.rulings[name].stage == int(number):
            found[name[:3]].append(name)
    if not found:
        return plain(book.word("本阶段没有新增的检查规则。", "No rules begin in this stage."))
    head = (book.word("检查什么", "What"), book.word("规则", "Rules"))
    rows = [
        (
            link(page, places.group_page(group), book.say(book.library.rulings[names[0]].group)),
            "<br>".join(_rule_line(book, page, name) for name in by_severity(book, names)),
        )
        for group, names in found.items()
    ]
    return block("div", "sd-watch", [table(head, rows)])


def _rule_line(book: Book, page: str, name: str) -> str:
    return f"{badge(book, name)} {rule_link(page, name)} {plain(book.say(book.rules[name].title))}"


@component("modes")
def modes(book: Book, page: str) -> str:
    """Return what a way of purchasing changes in the process."""
    lines = []
    for code, name in _mode_names(book):
        mode = book.library.mode(code)
        lines.append(f"**{plain(name)}**\n")
        lines += [f"- {plain(book.say(note))}" for note in mode.notes]
        skipped = [each for each in book.documents if each in mode.skips]
        if skipped:
            said = joined(book, (document_link(book, page, each) for each in skipped))
            lines.append(f"- {book.word('不出的文件：', 'Not issued: ')}{said}")
        lines.append("")
    return block("div", "sd-modes", lines)


def _mode_names(book: Book) -> Iterator[tuple[str, str]]:
    described = book.library.data["process"].get("modes", {})
    for mode in ProcurementMode:
        if mode.value in described:
            yield str(mode.value), str(book.word(mode.zh, mode.en))
