"""VIS, SUR and REF: visits, surveys, and the business that grows out of a deal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from salesdocs.case import choices
from salesdocs.case.model.aftersales import Survey
from salesdocs.findings import Phrase
from salesdocs.rules.registry import Deal, Hit, rule

_VISITS: Final = "aftersales.visits"
_SURVEYS: Final = "aftersales.surveys"
_GROWTH: Final = "aftersales.growth"
_HALVES: Final = (("H1", 6, 30), ("H2", 12, 31))


def _is_over(deal: Deal) -> bool:
    """Return whether nobody looks after the deal any more."""
    return deal.case.meta.status not in (None, choices.CaseStatus.ACTIVE)


@rule(
    "VIS-01",
    title="The customer is visited every month",
    fix="visit the customer and record it",
    basis="house process",
)
def visits_are_monthly(deal: Deal) -> Iterator[Hit]:
    """验收后每月回访一次，间隔不超过 35 天。

    为什么：客户不用、用不好，一两个月就能看出来；等到续约才发现就晚了。

    怎么改：安排回访并记录；漏填的补上真实日期。

    依据：流程规定。
    """
    most = deal.policy.count("aftersales.visit_days")
    last = deal.case.acceptance.final.date
    for index, visit in enumerate(deal.case.aftersales.visits):
        if visit.gap_days is not None and visit.gap_days > most:
            yield Hit(f"{_VISITS}[{index}].date", _long_gap(visit.gap_days, most))
        last = visit.date or last
    today = deal.case.meta.as_of
    if last is not None and today is not None and not _is_over(deal):
        days = (today - last).days
        if days > most:
            yield Hit(_VISITS, _long_gap(days, most))


def _long_gap(days: int, most: int) -> Phrase:
    return Phrase(
        f"回访间隔 {days} 天，超过 {most} 天", f"{days} days without a visit, more than {most}"
    )


@rule(
    "SUR-01",
    title="There is a survey for every half-year in use",
    fix="send the questionnaire for the half-year that is missing",
    basis="house process",
)
def surveys_are_half_yearly(deal: Deal) -> Iterator[Hit]:
    """验收后每半年做一次满意度调研。

    为什么：断了一期，就看不出变化，改进措施也没法验证。

    怎么改：补发当期问卷；确已不使用的，写明处理意见。

    依据：流程规定。
    """
    accepted, today = deal.case.acceptance.final.date, deal.case.meta.as_of
    if accepted is None or today is None or _is_over(deal):
        return
    grace = deal.policy.table("aftersales.survey_window")
    done = {survey.period for survey in deal.case.aftersales.surveys}
    for year in range(accepted.year, today.year + 1):
        for half, month, last in _HALVES:
            end, name = date(year, month, last), f"{year}{half}"
            in_use = end - accepted >= timedelta(days=int(grace["in_use"]))
            is_late = today - end > timedelta(days=int(grace["after"]))
            if in_use and is_late and name not in done:
                message = Phrase(f"{name} 未开展满意度调研", f"no survey for {name}")
                yield Hit(_SURVEYS, message)


@rule(
    "SUR-02",
    title="The figures of a survey are possible",
    fix="look at the returned sheets and correct the figure",
    basis="arithmetic",
)
def survey_figures_are_possible(deal: Deal) -> Iterator[Hit]:
    """有效份数不多于回收份数，回收不多于发放，评分在量表之内。

    为什么：一个越界的分就能把均值和净推荐值拉偏，报告发出去收不回来。

    怎么改：对照回收的问卷改正。

    依据：问卷量表：分项和总体 1–5 分，推荐意愿 0–10 分。
    """
    for index, survey in enumerate(deal.case.aftersales.surveys):
        path = f"{_SURVEYS}[{index}]"
        yield from _counts(path, survey)
        for place, response in enumerate(survey.responses):
            where = f"{path}.responses[{place}]"
            for number, score in enumerate(response.scores):
                if score is not None and not 1 <= score <= 5:
                    yield Hit(f"{where}.scores[{number}]", _out_of_range(score, "1–5"))
            if response.overall is not None and not 1 <= response.overall <= 5:
                yield Hit(f"{where}.overall", _out_of_range(response.overall, "1–5"))
            if response.recommend is not None and response.recommend > 10:
                yield Hit(f"{where}.recommend", _out_of_range(response.recommend, "0–10"))


def _counts(path: str, survey: Survey) -> Iterator[Hit]:
    for less, more, label in (
        ("valid", "returned", Phrase("有效份数多于回收份数", "more valid than returned")),
        ("returned", "issued", Phrase("回收份数多于发放份数", "more returned than issued")),
    ):
        few, many = getattr(survey, less), getattr(survey, more)
        if few is not None and many is not None and few > many:
            message = Phrase(
                f"问卷数据异常：{label.zh}（{few} > {many}）", f"{label.en}: {few} > {many}"
            )
            yield Hit(f"{path}.{less}", message)
    answers = len(survey.responses)
    if answers and survey.valid is not None and answers != survey.valid:
        message = Phrase(
            f"问卷数据异常：有效 {survey.valid} 份，录入 {answers} 份",
            f"{survey.valid} valid sheets, {answers} entered",
        )
        yield Hit(f"{path}.valid", message)


def _out_of_range(score: int, scale: str) -> Phrase:
    return Phrase(f"问卷数据异常：{score} 不在 {scale} 之内", f"{score} is not within {scale}")


@rule(
    "SUR-03",
    title="A low dimension has an action",
    fix="add an improvement for the dimension, with owner and date",
    basis="house process",
)
def low_dimensions_have_an_action(deal: Deal) -> Iterator[Hit]:
    """均值低于 4.0 的维度至少有一条改进措施。

    为什么：问了不改，下一期就没人认真填。

    怎么改：在 improvements 里加一条，写明维度、措施、责任人和期限。

    依据：流程规定。
    """
    for index, survey in enumerate(deal.case.aftersales.surveys):
        for low in survey.flagged:
            if not any(_is_about(low.dimension, row) for row in survey.improvements):
                message = Phrase(
                    f"低分维度“{low.dimension.zh}”（{low.mean}）无改进措施",
                    f"no action for “{low.dimension.en}” at {low.mean}",
                )
                yield Hit(f"{_SURVEYS}[{index}].improvements", message)


def _is_about(dimension: choices.SurveyDimension, row: object) -> bool:
    """Return whether an improvement names the dimension, or speaks of it."""
    stated = getattr(row, "dimension", None)
    if stated is not None:
        return bool(stated == dimension)
    words = " ".join(getattr(row, key) or "" for key in ("issue", "cause", "action"))
    return dimension.zh[:2] in words


@rule(
    "REF-01",
    title="No incentive goes to an individual of the customer",
    fix="give it to the customer company, in writing and booked, or not at all",
    basis="Anti-Unfair Competition Law, art. 8 (2025 revision; art. 7 in 2019)",
)
def incentives_go_to_companies(deal: Deal) -> Iterator[Hit]:
    """激励不给客户工作人员个人。

    为什么：给个人财物以谋取交易机会是商业贿赂，公司和个人都要承担责任。

    怎么改：改为给客户单位的折扣或增值服务，书面约定、如实入账；不能改的取消。

    依据：反不正当竞争法第八条（2025 年修订；2019 年为第七条）。
    """
    for index, row in enumerate(deal.case.aftersales.growth):
        if row.incentive.to == choices.IncentiveTo.INDIVIDUAL:
            message = Phrase(
                f"{row.id} 的激励给了个人，激励不得给予客户工作人员个人",
                f"the incentive of {row.id} goes to an individual: bribery risk",
            )
            yield Hit(f"{_GROWTH}[{index}].incentive.to", message)


@rule(
    "REF-02",
    title="Incentives are agreed in writing and booked",
    fix="put it in writing and have both sides book it",
    basis="Anti-Unfair Competition Law, art. 8",
)
def incentives_are_open(deal: Deal) -> Iterator[Hit]:
    """激励有书面约定，并如实入账。

    为什么：账外暗中给的折扣、佣金按商业贿赂论。

    怎么改：写进协议或补充协议，双方入账；做不到的取消。

    依据：反不正当竞争法第八条。
    """
    for index, row in enumerate(deal.case.aftersales.growth):
        incentive = row.incentive
        if incentive.form is None:
            continue
        for key, label in (
            ("agreed_in_writing", Phrase("未书面约定", "not agreed in writing")),
            ("booked", Phrase("未入账", "not booked")),
        ):
            if not getattr(incentive, key):
                message = Phrase(
                    f"{row.id} 的激励{label.zh}", f"the incentive of {row.id} is {label.en}"
                )
                yield Hit(f"{_GROWTH}[{index}].incentive.{key}", message)


@rule(
    "REF-03",
    title="A referred person is contacted with consent only",
    fix="ask the referrer to get the consent first, and record it",
    basis="Personal Information Protection Law, art. 13",
)
def referred_people_consented(deal: Deal) -> Iterator[Hit]:
    """联系被推荐人之前，取得其同意。

    为什么：未经同意使用他人提供的联系方式，违反个人信息保护法，也得罪两边。

    怎么改：请推荐人先征得同意，再联系并登记。

    依据：个人信息保护法第十三条。
    """
    new = choices.GrowthStatus.NEW
    for index, row in enumerate(deal.case.aftersales.growth):
        contacted = row.status is not None and row.status != new
        if row.kind == choices.GrowthKind.REFERRAL and contacted and not row.consent:
            message = Phrase(
                f"{row.id} 已联系被推荐人，未取得同意",
                f"the person referred in {row.id} was contacted without consent",
            )
            yield Hit(f"{_GROWTH}[{index}].consent", message)
