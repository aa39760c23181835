"""ACC: what is delivered can be measured, and what was accepted is what was promised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from salesdocs.case import choices
from salesdocs.findings import Phrase
from salesdocs.rules.delivery import first_handover
from salesdocs.rules.registry import Deal, Hit, rule

_DELIVERABLES: Final = "contract.deliverables"
_MEASURE: Final = re.compile(
    r"[0-9一二三四五六七八九十百两]|测试|检测|核对|签收|逐项|清单|报告"
).search


@rule(
    "ACC-01",
    title="Every deliverable has criteria",
    fix="write by what figure or test it is judged",
    basis="Civil Code, art. 470 and 845",
)
def deliverables_have_criteria(deal: Deal) -> Iterator[Hit]:
    """每个交付物都有验收标准。

    为什么：没有标准的交付物，通过不通过由客户说了算。

    怎么改：写明数字、测试方法或清单；取自需求的指标最好。

    依据：民法典第四百七十条、第八百四十五条。
    """
    for index, deliverable in enumerate(deal.case.contract.deliverables):
        if not deliverable.criteria:
            name = deliverable.name or deliverable.id
            message = Phrase(f"交付物“{name}”缺少验收标准", f"deliverable “{name}” has no criteria")
            yield Hit(f"{_DELIVERABLES}[{index}].criteria", message)


@rule(
    "ACC-02",
    title="Criteria can be measured",
    fix="put a figure, a test or a list in place of the adjective",
    basis="house rule",
)
def criteria_can_be_measured(deal: Deal) -> Iterator[Hit]:
    """验收标准有数字或测试方法，不只是“满意”“良好”“正常”。

    为什么：形容词无法举证，验收会一拖再拖。

    怎么改：换成可测量的指标、测试用例或签收清单。

    依据：公司规定。
    """
    words = deal.policy.words("wording.vague_criteria")
    for index, deliverable in enumerate(deal.case.contract.deliverables):
        text = deliverable.criteria or ""
        if any(word in text for word in words) and not _MEASURE(text):
            message = Phrase(
                f"验收标准不可衡量：“{text}”", f"the criteria cannot be measured: “{text}”"
            )
            yield Hit(f"{_DELIVERABLES}[{index}].criteria", message)


@rule(
    "ACC-03",
    title="The period of inspection is given and long enough",
    fix="give a period of at least three days, by default ten",
    basis="Civil Code, art. 620–622",
)
def inspection_has_a_period(deal: Deal) -> Iterator[Hit]:
    """约定了验收期限，且不少于三日。

    为什么：没有期限就没有视同验收；期限过短的，只视为对外观瑕疵提出异议的期限。

    怎么改：填写验收期限，默认 10 日。

    依据：民法典第六百二十条至第六百二十二条。
    """
    days = deal.case.contract.acceptance.prelim_period_days
    least = deal.policy.count("acceptance.period_min_days")
    if days is None or days < least:
        message = Phrase(
            "验收期限缺失" if days is None else f"验收期限 {days} 日，少于 {least} 日",
            "no period of inspection" if days is None else f"{days} days, fewer than {least}",
        )
        yield Hit("contract.acceptance.prelim_period_days", message)


@rule(
    "ACC-04",
    title="Acceptance items and deliverables match",
    fix="give every deliverable an item, and every item its deliverable",
    basis="house process",
)
def items_trace_to_deliverables(deal: Deal) -> Iterator[Hit]:
    """每个合同交付物都有验收项目，每个验收项目都对应交付物。

    为什么：漏验的交付物等于没有交付的证据；多验的项目是合同外的承诺。

    怎么改：补上漏掉的验收项目，或改正对应的交付物编号。

    依据：流程规定。
    """
    acceptance = deal.case.acceptance
    if not (acceptance.items or acceptance.final.date):
        return
    inspected = {item.deliverable.id for item in acceptance.items if item.deliverable}
    missing = [each.id for each in deal.case.contract.deliverables if each.id not in inspected]
    if missing:
        listed = "、".join(filter(None, missing))
        message = Phrase(
            f"验收项目与合同交付物不对应：{listed} 没有验收项目",
            f"no acceptance item for {listed}",
        )
        yield Hit("acceptance.items", message)
    for index, item in enumerate(acceptance.items):
        if item.deliverable is None:
            message = Phrase(
                f"验收项目与合同交付物不对应：{item.id} 没有写交付物",
                f"acceptance item {item.id} names no deliverable",
            )
            yield Hit(f"acceptance.items[{index}].deliverable", message)


@rule(
    "ACC-05",
    title="A clean pass has no failed item and no serious open issue",
    fix="conclude a conditional pass or a fail, or close the issues first",
    basis="house process",
)
def conclusion_follows_from_the_items(deal: Deal) -> Iterator[Hit]:
    """有不合格项目或未关闭的严重、重要遗留问题时，结论不是“通过”。

    为什么：结论写通过，就放弃了整改的依据；质保和付款也从这一天起算。

    怎么改：结论改为有条件通过或不通过，或先关闭问题再验收。

    依据：验收规则。
    """
    acceptance = deal.case.acceptance
    if acceptance.conclusion != choices.AcceptanceResult.PASS:
        return
    failed = [item.id for item in acceptance.items if item.result == choices.ItemResult.FAIL]
    serious = [issue.id for issue in acceptance.blocking_issues]
    if failed or serious:
        listed = "、".join(filter(None, (*failed, *serious)))
        kind = "final" if acceptance.final.result is not None else "prelim"
        message = Phrase(
            f"存在未通过项或重大遗留问题（{listed}），结论不能为通过",
            f"{listed} failed or is open: the result cannot be a pass",
        )
        yield Hit(f"acceptance.{kind}.result", message)


@rule(
    "ACC-06",
    title="Nothing is accepted before it is signed for, begun and handed over",
    fix="correct the day of acceptance or of the milestone",
    basis="house process",
)
def acceptance_follows_delivery(deal: Deal) -> Iterator[Hit]:
    """验收日期不早于签约、启动和交付。

    为什么：先验收后交付的日期，说明记录是补的，审计和诉讼中不被采信。

    怎么改：核对原始签收单，改正日期。

    依据：流程规定。
    """
    case = deal.case
    for kind in ("prelim", "final"):
        day = getattr(case.acceptance, kind).date
        if day is None:
            continue
        for label, before in _before(deal):
            if day < before:
                message = Phrase(
                    f"验收日期 {day} 早于{label.zh}（{before}）",
                    f"accepted on {day}, before {label.en} on {before}",
                )
                yield Hit(f"acceptance.{kind}.date", message)
                break


def _before(deal: Deal) -> Iterator[tuple[Phrase, date]]:
    """Yield what comes before any acceptance, with its day."""
    case = deal.case
    if case.contract.signed:
        yield Phrase("签约", "signing"), case.contract.signed
    if case.delivery.kickoff:
        yield Phrase("启动", "kick-off"), case.delivery.kickoff
    for milestone in {id(each): each for each in first_handover(deal).values()}.values():
        if milestone.actual:
            name = milestone.name or milestone.id or ""
            yield Phrase(f"“{name}”", f"“{name}”"), milestone.actual


@rule(
    "ACC-07",
    title="Every quoted line is delivered",
    fix="add the line to a deliverable",
    basis="cross-check",
)
def every_line_is_delivered(deal: Deal) -> Iterator[Hit]:
    """每个报价行都列入合同交付物。

    为什么：报了价、收了钱，合同里却没有这一项，验收时客户会说没有交付。

    怎么改：把报价行编号写进对应交付物的 lines。

    依据：跨文件一致性。
    """
    deliverables = deal.case.contract.deliverables
    covered = {line.id for each in deliverables for line in each.lines}
    for index, line in enumerate(deal.case.proposal.quote.lines):
        if deliverables and line.id not in covered:
            message = Phrase(
                f"报价项 {line.id}“{line.name or ''}”未列入合同交付物",
                f"quote line {line.id} “{line.name or ''}” is in no deliverable",
            )
            yield Hit(f"proposal.quote.lines[{index}].id", message)
