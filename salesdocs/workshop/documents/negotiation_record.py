"""商务谈判记录: how the talks were prepared, how they went, what came of them; confidential.

Four parts in the order of time. What stands in the last one is computed: how far each term is from
the floor, how the two sides came closer, what was given up on the price.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    Band,
    Bullets,
    Column,
    Each,
    Field,
    FillingNotes,
    Form,
    FormRows,
    Given,
    Heading,
    KeyFigures,
    Label,
    Layout,
    Lines,
    Paragraph,
    Phrase,
    SignOff,
    Strong,
    Table,
    TitleBlock,
    Together,
    When,
    Words,
    field,
    numbers,
)
from salesdocs.workshop.talks import difference, spoken

_INTERNAL = "negotiation.internal"
_FLOOR = f"{_INTERNAL}.floor"
_ROLES = f"{_INTERNAL}.roles"
_TOPICS = "negotiation.rounds[].topics[]"
_ITEMS = "negotiation.rounds[].open_items[]"
_AGREED = "negotiation.agreed"
_OUTCOME_ALIKE = "trail.last_ours and trail.last_ours == trail.last_theirs"


def _person(path: str) -> Field:
    """Return the field of someone who may not be named."""
    return Field(Label(path), Given(path, f"{{{{ {path}.name }}}}", "/"))


def _counted(path: str, unit: Phrase) -> Words:
    """Return a number with its unit, a stroke alone where there is none."""
    return Given(f"{path} is none", "/", (f"{{{{ {path} | number }}}}", unit))


def _term_of(subscription: Phrase, other: Phrase) -> Words:
    """Return the words of a subscription, which has a service term and no warranty, or others."""
    return Given("contract.type == 'saas'", subscription, other)


_DAYS, _MONTHS = Phrase("日", " days"), Phrase("个月", " months")

_FACTS = Form(
    (
        field("meta.title"),
        field("meta.case_no"),
        field("customer.name", whole=True),
        Field(
            Phrase("谈判轮数", "Rounds"),
            Phrase(
                "{{ negotiation.rounds | length }}轮",
                "{{ negotiation.rounds | length }}",
            ),
        ),
        field(f"{_AGREED}.agreed_date", "iso"),
    )
)

# Part A ------------------------------------------------------------------------------------------

_LIMITS = Form(
    (
        Band(Phrase("价格（含税，元）", "Price, CNY incl. tax")),
        field(f"{_INTERNAL}.targets.ideal", "money"),
        field(f"{_INTERNAL}.targets.expected", "money"),
        field(f"{_FLOOR}.amount", "money", whole=True),
        Band(Phrase("其他条件底线", "Floors of the other terms")),
        Field(Phrase("最长工期", "Longest time"), _counted(f"{_FLOOR}.max_days", _DAYS)),
        Field(
            _term_of(
                Phrase("最长服务期", "Longest service term"),
                Phrase("最长质保期", "Longest warranty"),
            ),
            _counted(f"{_FLOOR}.max_warranty", _MONTHS),
        ),
        Field(Phrase("最低预付款", "Lowest advance"), f"{{{{ {_FLOOR}.min_prepay | percent }}}}"),
        Field(
            Phrase("最高质保金", "Highest retention"), f"{{{{ {_FLOOR}.max_retention | percent }}}}"
        ),
        field(f"{_FLOOR}.other", whole=True),
        Band(Phrase("底线批准", "Approval of the floor")),
        field(f"{_FLOOR}.approved_by.name"),
        field(f"{_FLOOR}.approved_on", "iso"),
    )
)

_TEAM = Form(
    (
        field(f"{_ROLES}.lead.name"),
        _person(f"{_ROLES}.tech"),
        field(f"{_ROLES}.recorder.name"),
        _person(f"{_ROLES}.observer"),
    )
)

_OBJECTIONS = Table(
    each=f"objection in {_INTERNAL}.objections",
    empty=f"{{{{ {_INTERNAL}.objections | listed }}}}",
    columns=(
        numbers(12),
        Column(Label(f"{_INTERNAL}.objections[].issue"), "{{ objection.issue }}", 44),
        Column(Label(f"{_INTERNAL}.objections[].reply"), "{{ objection.reply }}", 60),
        Column(Label(f"{_INTERNAL}.objections[].evidence"), "{{ objection.evidence }}", 38),
    ),
)

_CONCESSIONS = Table(
    each=f"concession in {_INTERNAL}.concessions",
    columns=(
        Column(
            Phrase("次序", "Order"),
            Given(
                "concession.order is none",
                "{{ loop.index }}",
                "{{ concession.order }}",
            ),
            14,
            "center",
        ),
        Column(Label(f"{_INTERNAL}.concessions[].give"), "{{ concession.give }}", 70),
        Column(Label(f"{_INTERNAL}.concessions[].get"), "{{ concession.get }}", 70),
    ),
)

_PREPARATION = (
    Heading(Label(_INTERNAL)),
    Heading(Phrase("目标与底线", "Targets and floor"), 2),
    _LIMITS,
    Heading(Label(_ROLES), 2),
    _TEAM,
    Heading(Label(f"{_INTERNAL}.objections"), 2),
    _OBJECTIONS,
    Heading(Label(f"{_INTERNAL}.concessions"), 2),
    _CONCESSIONS,
    Heading(Label(f"{_INTERNAL}.alternatives"), 2),
    Bullets(
        each=f"option in {_INTERNAL}.alternatives",
        words="{{ option }}",
        numbered=True,
        empty=Phrase("无。", "None."),
    ),
)

# Part B ------------------------------------------------------------------------------------------

_ROUND_FACTS = Form(
    (
        Field(Label("negotiation.rounds[].date"), "{{ talk.date | iso }}"),
        Field(Label("negotiation.rounds[].mode"), "{{ talk.mode | label }}"),
        Field(Label("negotiation.rounds[].lead"), "{{ talk.lead.name }}"),
        Field(Label("negotiation.rounds[].place"), "{{ talk.place }}"),
        Field(Label("negotiation.rounds[].our"), "{{ talk.our | names }}"),
        Field(Label("negotiation.rounds[].theirs"), "{{ talk.theirs | names }}"),
    )
)

_SAID = Table(
    each="topic in talk.topics",
    columns=(
        Column(Label(f"{_TOPICS}.topic"), "{{ topic.topic | label }}", 20, "center"),
        Column(Label(f"{_TOPICS}.ours"), spoken("topic", "ours", "ours_number"), 33),
        Column(Label(f"{_TOPICS}.theirs"), spoken("topic", "theirs", "theirs_number"), 33),
        Column(Label(f"{_TOPICS}.argument"), "{{ topic.argument }}", 30),
        Column(
            Label(f"{_TOPICS}.outcome"),
            (
                "{{ topic.outcome | label }}",
                Given(
                    "topic.result",
                    (Phrase("：", ": "), spoken("topic", "result", "result_number")),
                ),
            ),
            38,
        ),
    ),
)


def _open_items(rows: str) -> Table:
    return Table(
        each=f"item in {rows}",
        columns=(
            numbers(12),
            Column(Label("negotiation.rounds[].open_items"), "{{ item.what }}", 82),
            Column(Label(f"{_ITEMS}.owner"), "{{ item.owner.name }}", 28, "center"),
            Column(Label(f"{_ITEMS}.due"), "{{ item.due | iso }}", 32, "center"),
        ),
    )


_ROUNDS = (
    Heading(Phrase("逐轮记录", "Rounds")),
    Each(
        "talk in negotiation.rounds",
        (
            Heading(
                Phrase(
                    "第{{ loop.index }}轮（{{ talk.id }}）",
                    "Round {{ loop.index }} ({{ talk.id }})",
                ),
                2,
            ),
            _ROUND_FACTS,
            _SAID,
            When("talk.open_items", (_open_items("talk.open_items"),)),
        ),
        (Paragraph(Phrase("尚未开始谈判。", "The talks have not begun.")),),
    ),
)

# Part C ------------------------------------------------------------------------------------------

_CONSENSUS = Table(
    each="trail in negotiation.agreed_trails",
    columns=(
        numbers(12),
        Column(Label(f"{_TOPICS}.topic"), "{{ trail.topic | label }}", 34),
        Column(
            Label(f"{_TOPICS}.agreed_value"),
            Given(
                f"not trail.agreed_value and {_OUTCOME_ALIKE}",
                spoken("trail", "last_ours", "last_ours_number"),
                spoken("trail", "agreed_value", "agreed_number"),
            ),
            84,
        ),
        Column(Label("negotiation.trails[].rounds"), "{{ trail.rounds }}", 24, "center"),
    ),
)


def _written(name: str, topic: str) -> Field:
    """Return an agreed term, from what was agreed on its topic where it was not written down."""
    rows = f"trail in negotiation.agreed_trails if trail.topic == '{topic}'"
    path = f"{_AGREED}.{name}"
    found = Lines(rows, "{{ trail.agreed_value }}", empty="/")
    return Field(Label(path), Given(path, f"{{{{ {path} }}}}", found), whole=True)


_TERMS = Form(
    (
        Field(
            Phrase("含税金额", "Amount"),
            Given(
                f"{_AGREED}.amount is none",
                "/",
                (
                    Strong(f"{{{{ {_AGREED}.amount | yuan }}}}"),
                    Phrase("（大写：", " ("),
                    f"{{{{ {_AGREED}.amount | capitals }}}}",
                    Phrase("）", ")"),
                ),
            ),
            whole=True,
        ),
        field(f"{_AGREED}.prepay", "percent"),
        field(f"{_AGREED}.retention", "percent"),
        Field(Phrase("工期", "Time"), _counted(f"{_AGREED}.days", _DAYS)),
        Field(
            _term_of(Phrase("服务期", "Service term"), Phrase("质保期", "Warranty")),
            _counted(f"{_AGREED}.warranty_months", _MONTHS),
        ),
        _written("payments", "payment"),
        _written("service", "service"),
        field(f"{_AGREED}.other", whole=True),
    )
)

_DISSENT = Table(
    each="trail in negotiation.open_trails",
    columns=(
        numbers(12),
        Column(Label(f"{_TOPICS}.topic"), "{{ trail.topic | label }}", 30),
        Column(Label(f"{_TOPICS}.ours"), spoken("trail", "last_ours", "last_ours_number"), 40),
        Column(
            Label(f"{_TOPICS}.theirs"), spoken("trail", "last_theirs", "last_theirs_number"), 40
        ),
        Column(Label("negotiation.steps[].gap"), difference("trail", "last_gap"), 32, "right"),
    ),
)

_LEFT_OPEN = "negotiation.last_round and negotiation.last_round.open_items"

_OUTCOME = When(
    "negotiation.rounds",
    (
        Heading(Phrase("共识与分歧汇总", "Agreed and open")),
        Heading(Label("negotiation.agreed_trails"), 2),
        _CONSENSUS,
        When(
            f"{_AGREED}.amount is not none or {_AGREED}.agreed_date",
            (Heading(Label(_AGREED), 2), _TERMS),
        ),
        Heading(Phrase("分歧与待决事项", "Dissent and open items"), 2),
        When("negotiation.open_trails", (_DISSENT,)),
        When(_LEFT_OPEN, (_open_items("negotiation.last_round.open_items"),)),
        When(
            f"not negotiation.open_trails and not ({_LEFT_OPEN})",
            (Paragraph(Phrase("无。", "None.")),),
        ),
    ),
)

# Part D ------------------------------------------------------------------------------------------

_WAN = Phrase("（万元）", " (CNY 10,000)")


def _signed(path: str) -> Words:
    """Return an amount in 万元 with its sign, a stroke where it is not known."""
    shown = (Given(f"{path} > 0", "+"), f"{{{{ {path} | wan }}}}")
    return Given(f"{path} is none", "/", shown)


_FIGURES = KeyFigures(
    (
        (f"{{{{ {_AGREED}.amount | wan }}}}", (Phrase("成交金额", "Agreed"), _WAN)),
        (_signed("negotiation.floor_distance"), (Phrase("较底线", "Above the floor"), _WAN)),
        (_signed("negotiation.target_distance"), (Phrase("较期望", "Above the target"), _WAN)),
        ("{{ negotiation.conceded | wan }}", (Phrase("累计让价", "Conceded"), _WAN)),
        (
            Given(
                "proposal.quote.discount_rate is none",
                "/",
                Phrase(
                    "{{ proposal.quote.discount_rate | zhe }}",
                    "{{ proposal.quote.discount_rate | percent }}",
                ),
            ),
            Phrase("成交折扣", "Discount"),
        ),
    )
)


def _term(name: str, *, distance: bool = False) -> Words:
    """Return a figure of a term in its own measure: yuan, per cent, days or months."""
    path = f"row.{name}"
    share: Words = f"{{{{ {path} | percent }}}}"
    if distance:
        share = Phrase(
            f"{{{{ ({path} * 100) | number }}}}个百分点",
            f"{{{{ ({path} * 100) | number }}}} points",
        )
    amount = f"{{{{ {path} | money }}}}" if distance else f"{{{{ {path} | yuan }}}}"
    return Given(
        "row.term == 'amount'",
        amount,
        Given("row.term in ('prepay', 'retention')", share, f"{{{{ {path} | number }}}}"),
    )


_DISTANCES = Table(
    each="row in negotiation.floor_distances",
    together=True,
    columns=(
        Column(Label("negotiation.floor_distances[].term"), "{{ row.term | label }}", 38),
        Column(Label("negotiation.floor_distances[].floor"), _term("floor"), 34, "right"),
        Column(Label("negotiation.floor_distances[].agreed"), _term("agreed"), 34, "right"),
        Column(
            Label("negotiation.floor_distances[].distance"),
            (Given("row.distance > 0", "+"), _term("distance", distance=True)),
            32,
            "right",
        ),
        Column(
            Phrase("判断", "Verdict"),
            Given(
                "row.crossed",
                Strong(Phrase("突破底线", "crossed")),
                Given(
                    "row.distance == 0", Phrase("等于底线", "at it"), Phrase("优于底线", "within")
                ),
            ),
            22,
            "center",
        ),
    ),
)

_STEP = "negotiation.steps[]"
_CONVERGENCE = Table(
    each="step in negotiation.steps",
    small=True,
    columns=(
        Column(Label(f"{_STEP}.topic"), "{{ step.topic | label }}", 19, "center"),
        Column(Label(f"{_STEP}.round"), "{{ step.round }}", 14, "center"),
        Column(Label(f"{_STEP}.ours"), spoken("step", "ours", "ours_number"), 32),
        Column(Label(f"{_STEP}.theirs"), spoken("step", "theirs", "theirs_number"), 32),
        Column(Label(f"{_STEP}.gap"), difference("step", "gap", "unit"), 26, "right"),
        Column(
            Phrase("较上轮\n收敛", "Closed"),
            Given("step.closed is none", "/", "{{ step.closed | percent }}"),
            15,
            "right",
        ),
        Column(Label(f"{_STEP}.outcome"), "{{ step.outcome | label }}", 19, "center"),
    ),
)

_CONCEDED = Given(
    "negotiation.conceded is none",
    "/",
    (
        "{{ negotiation.conceded | yuan }}",
        Phrase(
            "（首次报价{{ negotiation.first_offer | yuan }}，让价"
            "{{ negotiation.conceded_rate | percent }}）",
            " (first offer {{ negotiation.first_offer | yuan }}, "
            "{{ negotiation.conceded_rate | percent }} given up)",
        ),
    ),
)

_EXCEPTION = "negotiation.exception"
_ENDING = Form(
    (
        Field(Label("negotiation.conceded"), _CONCEDED, whole=True),
        FormRows(
            (
                Band(Label(_EXCEPTION)),
                (_person(f"{_EXCEPTION}.by"), field(f"{_EXCEPTION}.date", "iso")),
                field(f"{_EXCEPTION}.reason", whole=True),
            ),
            condition=f"{_EXCEPTION}.date or {_EXCEPTION}.by",
        ),
        FormRows(
            (
                Field(
                    Label(_EXCEPTION),
                    Strong(
                        Phrase(
                            "已突破底线，尚未批准，不得签署意向书和合同。",
                            "The floor is crossed without approval: neither intent nor contract "
                            "may be signed.",
                        )
                    ),
                    whole=True,
                ),
            ),
            condition=f"negotiation.floor_crossed and not {_EXCEPTION}.date",
        ),
        field("negotiation.summary", whole=True),
    )
)

_SUMMARY = (
    Heading(Label("negotiation.summary")),
    When(
        f"{_AGREED}.amount is not none",
        (
            _FIGURES,
            When(
                "negotiation.floor_distances",
                (
                    Heading(Label("negotiation.floor_distances"), 2),
                    Paragraph(
                        Phrase(
                            "距离为正的优于底线，为负的突破底线；没有定底线或没有谈定的条件不列。",
                            "Above zero is better than the floor, below is beyond it; terms "
                            "without a floor or not agreed are left out.",
                        ),
                        keep_next=True,
                    ),
                    _DISTANCES,
                ),
            ),
        ),
    ),
    When(
        "negotiation.steps",
        (
            Heading(Label("negotiation.steps"), 2),
            Paragraph(
                Phrase(
                    "差距为我方立场减对方立场，双方立场为同一单位的数时才计算。",
                    "The gap is ours less theirs, where both are numbers of one unit.",
                ),
                keep_next=True,
            ),
            _CONVERGENCE,
        ),
    ),
    Together(
        (
            Heading(Phrase("让价与总结", "Concessions and summary"), 2),
            _ENDING,
            SignOff(
                (
                    (Phrase("记录人", "Recorder"), f"{{{{ {_ROLES}.recorder.name }}}}"),
                    (Phrase("主谈人", "Lead"), f"{{{{ {_ROLES}.lead.name }}}}"),
                )
            ),
        )
    ),
)

LAYOUT = Layout(
    kind="form",
    blocks=(
        TitleBlock(),
        _FACTS,
        *_PREPARATION,
        *_ROUNDS,
        _OUTCOME,
        *_SUMMARY,
        FillingNotes(),
    ),
)
