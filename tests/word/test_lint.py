"""A wrong template gives all its errors at once, each with its Word place and what to do."""

from __future__ import annotations

import docx
import pytest

from salesdocs.findings import Finding
from salesdocs.word.lint import template_findings
from tests import world
from tests.word.build import saved, template


def findings(package: bytes, name: str = "acceptance_report.zh.docx") -> list[Finding]:
    return template_findings(package, name, world.library())


def test_all_errors_of_a_wrong_template_come_at_once() -> None:
    document = docx.Document()
    document.add_paragraph("客户 {{ customer.nmae }}")
    document.add_paragraph("{%p for line in proposal.quote.lines %}")
    document.add_paragraph("旁边的字 {%p if contract.signed %}")
    split = document.add_paragraph()
    split.add_run("{{ contract.am")
    split.add_run("ount | money }}").bold = True
    table = document.add_table(1, 2)
    table.cell(0, 1).text = "{{ negotiation.internal.floor.amount | money }}"
    found = findings(saved(document))
    told = {(finding.rule, finding.message.zh.partition("“")[0]) for finding in found}
    assert told >= {
        ("TPL-30", "第1段"),
        ("DTL101", "第2段"),
        ("DTL209", "第3段"),
        ("TPL-03", "第4段"),
        ("TPL-31", "第1个表格第1行第2格"),
    }
    assert "customer.name" in next(f.hint.zh for f in found if f.rule == "TPL-30")
    assert all(finding.file and finding.message.en for finding in found)


WRONG = {
    "an unknown path": ("{{ contract.amuont | money }}", "TPL-30", "contract.amount"),
    "an unknown path in a row": ("{% for l in proposal.quote.lines %}{{ l.nam }}{% endfor %}", "TPL-30", "name"),
    "an unknown name of the document": ("{{ document.titel }}", "TPL-30", "salesdocs show"),
    "a misspelt filter": ("{{ contract.amount | mony }}", "TPL-33", "money"),
    "bare money": ("{{ contract.amount }}", "TPL-32", "money"),
    "a bare day": ("{{ contract.signed }}", "TPL-32", "day"),
    "a bare share": ("{% for p in contract.payments %}{{ p.share }}{% endfor %}", "TPL-32", "percent"),
    "a confidential path": ("{{ contract.internal.gross_margin | percent }}", "TPL-31", "对外字段"),
    "a call": ("{{ contract.title.upper() }}", "TPL-12", "过滤器"),
    "a private name": ("{{ contract.__class__ }}", "TPL-11", "下划线"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "rule", "hint"), WRONG.values(), ids=WRONG.keys())
def test_it_names_the_mistake_and_the_remedy(content: str, rule: str, hint: str) -> None:
    found = [f for f in findings(template("前", f"x {content}")) if f.rule == rule]
    assert found, content
    assert "第2段" in found[0].message.zh
    assert hint in found[0].hint.zh


def test_an_internal_path_may_stand_in_an_internal_document() -> None:
    package = template("{{ lead.initial_need }}", "{{ needs.review.date | day }}")
    assert findings(package, "review_minutes.zh.docx") == []


@pytest.mark.parametrize("paper", [p.document.id for p in world.papers()])
def test_shipped_templates_are_right(paper: str) -> None:
    path = world.template_file(paper)
    assert [
        f.text() for f in template_findings(path.read_bytes(), path.name, world.library())
    ] == []
