"""客户信息表: who the customer is, whom we know there, where the lead came from and what they want.

An internal paper, and the record itself: phones are printed whole here and nowhere else.
"""

from __future__ import annotations

from salesdocs.case.model.completeness import CONTACT_FACTS, CUSTOMER_FACTS, LEAD_FACTS
from salesdocs.workshop.blocks import (
    BOX,
    NONE,
    SEMICOLON,
    Break,
    Column,
    Field,
    FillingNotes,
    Form,
    FormRows,
    Given,
    Heading,
    Label,
    Layout,
    Lines,
    Phrase,
    SignOff,
    Table,
    TitleBlock,
    Together,
    Words,
    answer,
    field,
)

_CREDIT_CODE = Phrase("信用代码", "Credit code")
_DISHONEST = Phrase("失信被执行人", "Dishonest debtor")
_COOPERATES = Phrase("能否合作", "Can cooperate")

_SCALE = Given(
    "customer.scale.value",
    (
        Given(
            "customer.scale.basis == 'headcount'",
            Phrase(
                "{{ customer.scale.value | number }}人",
                "{{ customer.scale.value | number }} people",
            ),
            Phrase(
                "年营收{{ customer.scale.value | yuan }}",
                "{{ customer.scale.value | yuan }} a year",
            ),
        ),
        Phrase("（", " ("),
        "{{ customer.scale.stated_band | label }}",
        Phrase("）", ")"),
    ),
    "{{ customer.scale.band | label }}",
)

_BASIC = Form(
    (
        field("customer.name", whole=True),
        field("customer.name_en", whole=True),
        field("customer.customer_no"),
        field("customer.short_name"),
        Field(
            Label("customer.industry"),
            ("{{ customer.industry.code }}", " ", "{{ customer.industry.name }}"),
        ),
        Field(Label("customer.scale"), _SCALE),
        field("customer.nature", "boxes('Nature', 4)", whole=True),
        field("customer.kind", "boxes('CustomerKind')", whole=True),
        field("customer.address", whole=True),
        FormRows((field("customer.address_en", whole=True),), condition="customer.address_en"),
        field("customer.phone"),
        field("customer.website"),
        field("customer.group", whole=True),
    )
)

_CREDIT = Form(
    (
        field("customer.uscc", label=_CREDIT_CODE),
        field("customer.legal_rep"),
        Field(
            Label("customer.size_class"),
            Given(
                "customer_size",
                "{{ customer_size | label }}",
                Given(
                    "customer.likely_size",
                    Phrase(
                        "{{ customer.likely_size | label }}（推算，待财务核定）",
                        "{{ customer.likely_size | label }} (derived, finance to confirm)",
                    ),
                    "/",
                ),
            ),
        ),
        field("customer.credit.status", "label"),
        field("customer.credit.checked_on", "iso"),
        Field(
            _DISHONEST,
            answer(
                "customer.credit.dishonest_list",
                Phrase("列入名单", "listed"),
                Phrase("未列入", "not listed"),
            ),
        ),
        field("customer.credit.source", whole=True),
        field("customer.credit.lawsuits", whole=True),
    ),
    together=True,
)


def _under(path: str, words: Words) -> Given:
    """Return `words` on a line of their own where there is a value."""
    return Given(path, (Break(), words))


_NAME: Words = (
    Phrase("{{ contact.name }}（{{ contact.id }}）", "{{ contact.name }} ({{ contact.id }})"),
    _under("contact.name_en", "{{ contact.name_en }}"),
)

_POST: Words = (
    Given("contact.department", ("{{ contact.department }}", Break())),
    "{{ contact.title }}",
    _under("contact.title_en", "{{ contact.title_en }}"),
)

_REACHED: Words = (
    Given(
        "contact.mobile",
        ("{{ contact.mobile }}", _under("contact.phone", "{{ contact.phone }}")),
        "{{ contact.phone }}",
    ),
    _under("contact.email", "{{ contact.email }}"),
    _under("contact.wechat", Phrase("微信：{{ contact.wechat }}", "WeChat: {{ contact.wechat }}")),
)

_VIEW: Words = Given(
    "contact.internal.influence or contact.internal.attitude",
    (
        "{{ contact.internal.influence | label }}",
        Break(),
        "{{ contact.internal.attitude | label }}",
    ),
    "/",
)

_NOTICE: Words = (
    "{{ contact.consent.source }}",
    _under(
        "contact.consent.notified_on",
        Phrase(
            "{{ contact.consent.notified_on | iso }}告知",
            "told {{ contact.consent.notified_on | iso }}",
        ),
    ),
    _under("contact.remarks", Phrase("备注：{{ contact.remarks }}", "{{ contact.remarks }}")),
)

_CONTACTS = Table(
    each="contact in contacts",
    columns=(
        Column(Label("contacts[].name"), _NAME, 15.5),
        Column(Phrase("部门与职务", "Department and post"), _POST, 13.5),
        Column(Label("contacts[].role"), "{{ contact.role | label }}", 13.5, "center"),
        Column(Phrase("联系方式", "Reached at"), _REACHED, 29.5),
        Column(Phrase("影响力\n态度", "Influence\nAttitude"), _VIEW, 9, "center"),
        Column(Phrase("信息来源、\n告知与备注", "Source, notice, remarks"), _NOTICE, 19),
    ),
    small=True,
    notes=(
        Phrase(
            "联系方式、影响力和态度仅限内部使用；括号内为项目内代号。",
            "Numbers, influence and attitude are for internal use; codes are those of the case.",
        ),
    ),
)

_RANGE = Given(
    "lead.budget_hint.min is not none",
    Given(
        "lead.budget_hint.max is not none",
        Phrase(
            "{{ lead.budget_hint.min | yuan }}至{{ lead.budget_hint.max | yuan }}",
            "{{ lead.budget_hint.min | yuan }} to {{ lead.budget_hint.max | yuan }}",
        ),
        Phrase("不低于{{ lead.budget_hint.min | yuan }}", "from {{ lead.budget_hint.min | yuan }}"),
    ),
    Given(
        "lead.budget_hint.max is not none",
        Phrase(
            "不超过{{ lead.budget_hint.max | yuan }}", "up to {{ lead.budget_hint.max | yuan }}"
        ),
        "/",
    ),
)

_BUDGET: Words = (
    _RANGE,
    Given(
        "lead.budget_hint.confirmed",
        Phrase("（客户已确认）", " (confirmed by the customer)"),
        Given(
            "lead.budget_hint.confirmed == false",
            Phrase("（客户未确认，仅限内部掌握）", " (not confirmed; internal)"),
        ),
    ),
)

_SYSTEMS = Lines(
    "system in customer.existing_systems",
    (
        "{{ system.name }}",
        Given("system.vendor", Phrase("（供应商：{{ system.vendor }}）", " ({{ system.vendor }})")),
    ),
    SEMICOLON,
    empty="/",
)

_NEED = Form(
    (
        field("lead.initial_need"),
        field("lead.source.channel", "boxes('LeadChannel', 4)"),
        field("lead.source.detail"),
        FormRows((field("lead.source.referrer"),), condition="lead.source.channel == 'referral'"),
        Field(Label("lead.budget_hint"), _BUDGET),
        Field(Label("customer.existing_systems"), _SYSTEMS),
    ),
    columns=2,
)

_FIRST_CONTACT = Form(
    (
        field("lead.first_contact.date", "iso"),
        field("lead.first_contact.by.name"),
        field("lead.first_contact.channel", "label"),
        Field(
            _COOPERATES,
            answer("lead.first_contact.can_cooperate"),
        ),
        field("lead.first_contact.summary", whole=True),
        field("lead.first_contact.basic_need", whole=True),
    ),
    together=True,
)


def _is_missing(path: str) -> str:
    """Return the condition under which a fact is to be named among those missing."""
    if path == "customer.existing_systems":
        return f"not {path}"
    if path in CONTACT_FACTS:
        return f"not main_contact or {path} is none"
    for day in ("customer.credit.checked_on", "lead.first_contact.date"):
        if path != day and path.startswith(f"{day.rpartition('.')[0]}."):
            return f"{path} is none and {day} is not none"
    return f"{path} is none"


# Called here as on the form above, where that is not what the catalogue calls them.
_LABELS: dict[str, Words] = {
    "customer_size": Label("customer.size_class"),
    "customer.scale.stated_band": Label("customer.scale"),
    "customer.uscc": _CREDIT_CODE,
    "customer.credit.dishonest_list": _DISHONEST,
    # Without its day a check or talk has not been held: all that belongs to it is one thing to do.
    "customer.credit.checked_on": Label("customer.credit"),
    "lead.first_contact.date": Label("lead.first_contact"),
    "lead.first_contact.can_cooperate": _COOPERATES,
}


def _to_do(path: str) -> Words:
    """Return a box with the name of a fact, printed while the fact is missing."""
    label = _LABELS.get(path, Label(path.replace("main_contact.", "contacts[].")))
    if path in CONTACT_FACTS:
        label = (Phrase("联系人", "contact: "), label)
    return Given(_is_missing(path), (f"{BOX}\u00a0", label, Phrase("　", "  ")))


# A referral has one fact more, the referrer, whom the form itself asks for.
_MISSING = Given(
    "customer_record.filled == customer_record.total",
    NONE,
    (
        *(_to_do(path) for path in (*CUSTOMER_FACTS, *CONTACT_FACTS, *LEAD_FACTS)),
        Given(
            "lead.source.channel == 'referral' and lead.source.referrer is none",
            (f"{BOX}\u00a0", Label("lead.source.referrer")),
        ),
    ),
)

_OWNERSHIP = Form(
    (
        field("lead.created", "iso"),
        field("lead.recorded_by.name"),
        Field(
            Label("lead.owner"),
            Given("lead.owner", "{{ lead.owner.name }}", "{{ meta.owner.name }}"),
        ),
        Field(
            Label("lead.primary_contact"),
            Given(
                "not lead.primary_contact and main_contact",
                "{{ main_contact.name }}",
                "{{ lead.primary_contact.name }}",
            ),
        ),
        field("last_contact", "iso"),
        Field(
            Phrase("距最近联系", "Since then"),
            Given(
                "days_since_contact is not none",
                Phrase(
                    "{{ days_since_contact }}天（至{{ meta.as_of | iso }}）",
                    "{{ days_since_contact }} days (to {{ meta.as_of | iso }})",
                ),
                "/",
            ),
        ),
        field("customer.tags", "listed"),
        Field(
            Label("customer_record"),
            Phrase(
                "{{ customer_record.share | percent }}"
                "（{{ customer_record.filled }}/{{ customer_record.total }}项）",
                "{{ customer_record.share | percent }}"
                " ({{ customer_record.filled }}/{{ customer_record.total }})",
            ),
        ),
        field("customer.remarks", whole=True),
        Field(Phrase("待补充资料", "Still missing"), _MISSING, whole=True),
    )
)

LAYOUT = Layout(
    kind="form",
    blocks=(
        TitleBlock(),
        Heading(Phrase("基本信息", "Basic facts")),
        _BASIC,
        Heading(Phrase("工商与信用", "Registration and credit")),
        _CREDIT,
        Heading(Phrase("联系人", "Contacts")),
        _CONTACTS,
        Heading(Phrase("需求与来源", "Need and source")),
        _NEED,
        Heading(Phrase("首次接触记录", "First contact")),
        _FIRST_CONTACT,
        Together(
            (
                Heading(Phrase("归属与备注", "Ownership and remarks")),
                _OWNERSHIP,
                SignOff(
                    (
                        (
                            Phrase("编制", "Prepared by"),
                            Given("lead.recorded_by", "{{ lead.recorded_by.name }}"),
                        ),
                        (
                            Phrase("审核", "Reviewed by"),
                            Given(
                                "lead.evaluation.approved_by",
                                "{{ lead.evaluation.approved_by.name }}",
                            ),
                        ),
                    )
                ),
            ),
        ),
        FillingNotes(),
    ),
)
