"""复购/转介绍线索表: business that grows out of a deal, and what is given for it, openly."""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    UNIT_YUAN,
    Band,
    Break,
    Column,
    Each,
    Field,
    FillingNotes,
    Form,
    FormRows,
    Given,
    Heading,
    Label,
    Layout,
    Phrase,
    SignOff,
    Strong,
    Table,
    TitleBlock,
    When,
    Words,
    answer,
    field,
    first_of,
)

_ROW = "aftersales.growth[]"


def _fact(name: str, filters: str = "", *, whole: bool = False) -> Field:
    """Return a field of the lead with the catalogue's label."""
    label = Label(f"{_ROW}.{name.removesuffix('.name')}")
    return field(f"row.{name}", filters, label, whole=whole)


_SUMMARY = Form(
    (
        (field("meta.title"), field("meta.case_no")),
        field("customer.name", whole=True),
        Field(
            Phrase("线索数量", "Leads"),
            Phrase(
                "{{ aftersales.growth | length }}条，其中转介绍"
                "{{ aftersales.referrals | length }}条",
                "{{ aftersales.growth | length }}, of which referrals"
                " {{ aftersales.referrals | length }}",
            ),
        ),
        field("aftersales.referral_conversion", "percent"),
        Field(Phrase("预计金额合计", "Estimates"), "{{ aftersales.growth_estimate | yuan }}"),
        Field(Phrase("加权金额合计", "Weighted"), "{{ aftersales.growth_weighted | yuan }}"),
        Field(Phrase("激励合计", "Incentives"), "{{ aftersales.incentive_cost | yuan }}"),
        Field(
            Phrase("占合同总价", "Share of price"),
            "{{ incentive_rate | percent }}",
        ),
    )
)

_OVERVIEW = Table(
    each="row in aftersales.growth",
    unit=UNIT_YUAN,
    small=True,
    columns=(
        Column(Phrase("编号", "No."), "{{ row.id }}", 8, "center"),
        Column(Label(f"{_ROW}.kind"), "{{ row.kind | label }}", 8.5, "center"),
        Column(
            Phrase("意向产品或被推荐单位", "Product or company"),
            Given(
                "row.product",
                ("{{ row.product }}", Given("row.company", (Break(), "{{ row.company }}"))),
                "{{ row.company }}",
            ),
            32,
        ),
        Column(
            Phrase("预计金额", "Estimate"),
            "{{ row.estimate | money }}",
            17,
            "right",
            total="{{ aftersales.growth_estimate | money }}",
        ),
        Column(Phrase("概率", "Prob."), "{{ row.probability | percent }}", 8, "center"),
        Column(
            Phrase("加权金额", "Weighted"),
            "{{ row.weighted | money }}",
            17,
            "right",
            total="{{ aftersales.growth_weighted | money }}",
        ),
        Column(Label(f"{_ROW}.status"), "{{ row.status | label }}", 9.5, "center"),
    ),
    notes=(
        Phrase(
            "加权金额为预计金额乘成交概率，未填金额或概率的不计入合计。",
            "Weighted: estimate × probability; leads without either are not in the sum.",
        ),
    ),
)

_REFERRER: Words = Given(
    "row.referrer",
    (
        "{{ row.referrer.name }}",
        Given(
            "row.referrer.title",
            Phrase("（{{ row.referrer.title }}）", " ({{ row.referrer.title }})"),
        ),
    ),
    "{{ row.referrer }}",
)

_NPS: Words = Given(
    "row.referrer_nps is not none",
    Phrase("{{ row.referrer_nps }}分（满分10分）", "{{ row.referrer_nps }} of 10"),
    "/",
)

_CONTACT: Words = (
    "{{ row.contact }}",
    Given(
        "row.contact_phone",
        (Break(), "{{ row.contact_phone | masked }}"),
    ),
)

_INCENTIVE: Words = Given(
    "row.incentive.form",
    (
        "{{ row.incentive.form | label }}",
        Phrase("，价值", ", worth "),
        "{{ row.incentive.value | yuan }}",
        Phrase("，给予", ", to "),
        Given(
            "row.incentive.to == 'individual'",
            Strong(
                Phrase(
                    "个人：属商业贿赂，不得执行",
                    "an individual: commercial bribery, not to be given",
                )
            ),
            "{{ row.incentive.to | label }}",
        ),
        Phrase("。", "."),
        Break(),
        answer(
            "row.incentive.agreed_in_writing",
            Phrase("已书面约定，公开明示；", "Agreed openly in writing; "),
            Phrase("尚未书面约定，不得兑现；", "not agreed in writing, not to be given; "),
            alarm=True,
        ),
        answer(
            "row.incentive.booked",
            Phrase("已如实入账。", "booked as it is."),
            Phrase("尚未入账，不得兑现。", "not booked, not to be given."),
            alarm=True,
        ),
        Given(
            "row.incentive.approved_by",
            (
                Break(),
                Phrase("批准人：", "Approved by: "),
                "{{ row.incentive.approved_by.name }}",
            ),
        ),
    ),
    Phrase("无", "None"),
)

_CARD = Form(
    (
        Band(("{{ row.id }}", Phrase("　", "  "), "{{ row.kind | label }}")),
        _fact("date", "iso"),
        Field(
            Label(f"{_ROW}.source"),
            Given("row.source", "{{ row.source.id }}", "/"),
        ),
        _fact("product", whole=True),
        _fact("need", whole=True),
        _fact("estimate", "yuan"),
        _fact("probability", "percent"),
        FormRows(
            (
                (
                    _fact("weighted", "yuan"),
                    Field(Phrase("预计成交", "Expected"), "{{ row.expected_date | iso }}"),
                ),
            ),
            condition="row.weighted is not none or row.expected_date",
        ),
        FormRows(
            (
                (
                    Field(Label(f"{_ROW}.referrer"), _REFERRER),
                    Field(Label(f"{_ROW}.referrer_nps"), _NPS),
                ),
                _fact("company", whole=True),
                (
                    Field(Phrase("对方联系人", "Contact there"), _CONTACT),
                    Field(
                        Label(f"{_ROW}.consent"),
                        answer(
                            "row.consent",
                            Phrase("已同意", "consented"),
                            Phrase("未同意，不得联系", "no consent, do not call"),
                            alarm=True,
                        ),
                    ),
                ),
            ),
            condition="row.kind == 'referral'",
        ),
        Field(Phrase("激励", "Incentive"), _INCENTIVE, whole=True),
        Field(
            Label(f"{_ROW}.next"),
            (
                "{{ row.next.what }}",
                Given(
                    "row.next.what",
                    (
                        Given(
                            "row.next.owner",
                            (Phrase("，", ", "), "{{ row.next.owner.name }}"),
                        ),
                        Given(
                            "row.next.due",
                            Phrase("，{{ row.next.due | iso }}前", ", by {{ row.next.due | iso }}"),
                        ),
                    ),
                ),
            ),
            whole=True,
        ),
        _fact("owner.name"),
        _fact("status", "label"),
        FormRows((_fact("new_case", whole=True),), condition="row.new_case"),
    ),
    together=True,
)

LAYOUT = Layout(
    kind="form",
    blocks=(
        TitleBlock(),
        _SUMMARY,
        Heading(Phrase("线索一览", "Overview")),
        _OVERVIEW,
        When(
            "aftersales.growth",
            (
                Heading(Phrase("线索明细", "Each lead")),
                Each("row in aftersales.growth", (_CARD,)),
            ),
        ),
        SignOff(
            (
                (Phrase("编制", "Prepared by"), first_of("csm")),
                (Phrase("审核", "Reviewed by"), first_of("sales_manager")),
            )
        ),
        FillingNotes(),
    ),
)
