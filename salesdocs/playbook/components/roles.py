"""The roles: what each is there for, and what it does in each stage."""

from __future__ import annotations

from collections.abc import Iterator

from salesdocs.playbook.book import Book
from salesdocs.playbook.components.documents import buttons
from salesdocs.playbook.components.links import (
    document_link,
    joined,
    role_link,
    stage_link,
)
from salesdocs.playbook.components.registry import ROLE, component
from salesdocs.playbook.markup import block, plain, table
from salesdocs.process.documents import Document


@component("roles")
def all_roles(book: Book, page: str) -> str:
    """Return all roles as a table: what each is there for, in which stages."""
    head = (book.word("角色", "Role"), book.word("职责", "Duty"), book.word("阶段", "Stages"))
    rows = [
        (
            role_link(book, page, role),
            plain(book.say(duty)),
            joined(book, (str(number) for number in stages_of(book, role))),
        )
        for role, duty in book.library.roles.items()
    ]
    return block("div", "sd-roles", [table(head, rows)])


@component("role", ROLE)
def one_role(book: Book, page: str, role: str) -> str:
    """Return a role in a line: what it is there for."""
    return f"**{role_link(book, page, role)}** {plain(book.say(book.library.roles[role]))}"


def stages_of(book: Book, role: str) -> list[int]:
    """Return the stages in which a role has something to do."""
    return [
        stage.number
        for stage in book.library.stages
        if role in stage.roles or any(role in step.by for step in stage.steps)
    ]


def role_sections(book: Book, page: str, role: str) -> Iterator[str]:
    """Yield what a role does in each of its stages: its steps with their forms."""
    for number in stages_of(book, role):
        stage = book.library.stage(number)
        yield f"### {number} {plain(book.say(stage.name))} {{ #stage-{number} }}\n"
        steps = [step for step in stage.steps if role in step.by]
        if not steps:
            said = book.word("参与本阶段，没有单独的步骤。", "Takes part; no step of its own.")
            yield f"{said}\n"
        for step in steps:
            yield f"-   {plain(book.say(step.text))}\n"
            if step.document:
                yield f"    {document_link(book, page, step.document)}"
                yield f"    {buttons(book, page, step.document)}\n"
        yield f"{book.word('详见', 'See ')}{stage_link(book, page, number)}\n"


def signed_by(book: Book, role: str) -> list[Document]:
    """Return the documents that a role answers for or signs."""
    return [
        document
        for document in book.documents.values()
        if document.owner == role or any(one.role == role for one in document.signatures)
    ]


def decisions(book: Book, role: str) -> Iterator[str]:
    """Yield what a role may decide: discounts, steps of approval, wording of the contract."""
    limit = book.library.policy.table("discount.authority").get(role)
    if limit is not None:
        said = f"{(limit * 100).normalize():f}%"
        yield book.word(
            f"批准不超过 {said} 的折扣（按最深的一行和整单分别判断）",
            f"Grants discounts up to {said}, of the deepest line and of the order",
        )
    routes = book.library.policy.threshold("approval.routes").value
    amounts = [
        route["from"] for route in routes if any(role in step["roles"] for step in route["steps"])
    ]
    if amounts:
        lowest = min(int(amount) for amount in amounts)
        yield book.word(
            "审批全部合同" if lowest == 0 else f"审批 {lowest:,} 元及以上的合同",
            "Approves every contract" if lowest == 0 else f"Approves contracts from CNY {lowest:,}",
        )
    clauses = [
        clause.id
        for clause in book.library.clauses.values()
        if clause.approver == role or any(one.approver == role for one in clause.fallbacks)
    ]
    if clauses:
        yield book.word(
            f"决定 {len(clauses)} 条合同条款能否用标准以外的文字",
            f"Decides on wording other than the standard in {len(clauses)} clauses",
        )
