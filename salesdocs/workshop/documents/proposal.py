"""解决方案建议书: what we offer, how it is carried out, what it costs and who vouches for it.

Functions, plan, prices and references may never be missing: where such a list is empty its tag
still stands, so that the document is refused, or a draft shows the gap. Other chapters without
data are left out with their heading, and numbering closes up.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    COMMA,
    SEMICOLON,
    STOP,
    Break,
    Bullets,
    Closing,
    Column,
    Contents,
    Cover,
    Each,
    Faint,
    Field,
    Form,
    FormRows,
    Given,
    Heading,
    KeyFigures,
    Label,
    Landscape,
    Layout,
    Lines,
    PageBreak,
    Paragraph,
    Phrase,
    Strong,
    Tab,
    Table,
    TitleBlock,
    When,
    Words,
    field,
    first_of,
    ids,
    numbers,
    sentence,
)
from salesdocs.workshop.needs import MEASURES, NONFUNCTIONAL, SCENARIOS, risk_table
from salesdocs.workshop.pricing import (
    CURRENCY,
    IN_YUAN,
    PRICE,
    TOTAL,
    UNIT,
    WARRANTY,
    price_table,
    rate_table,
)

# A bid is an offer that binds (Civil Code, art. 472), and nothing in it may say that buyer and
# bidder had settled its content beforehand (Tender Law, art. 43): a bid speaks of the call only.
_BID = "tender.project_no"
_NO_BID = "not tender.project_no"


def _due(path: str) -> Paragraph:
    """Return the paragraph that marks an empty list as still to be filled in."""
    return Paragraph(f"{{{{ {path} | listed }}}}")


# Front -------------------------------------------------------------------------------------------

_COVER = Cover(
    (
        (Phrase("致：", "To:"), "{{ customer.name }}"),
        (Phrase("编制单位：", "From:"), "{{ supplier.name }}"),
        (Phrase("日期：", "Date:"), "{{ document.date | day }}"),
        (Phrase("版本：", "Version:"), "{{ document.version }}"),
        (
            Given(
                _BID,
                Phrase("采购项目编号：", "Tender No.:"),
                Phrase("项目编号：", "Case No.:"),
            ),
            Given(_BID, "{{ tender.project_no }}", "{{ meta.case_no }}"),
        ),
    )
)

_BID_OPENING = Paragraph(
    Phrase(
        "我公司已阅读“{{ tender.project_name }}”（采购项目编号：{{ tender.project_no }}）的全部"
        "招标文件，愿意按招标文件的要求参加投标。现递交《{{ document.title }}》，即投标文件的技术与"
        "商务部分，敬请审阅。",
        "We have read all tender documents of {{ tender.project_name }} (No. "
        "{{ tender.project_no }}) and bid by their terms. This {{ document.title }} is the "
        "technical and commercial part of our bid.",
    )
)

_OPENING = Paragraph(
    (
        Phrase(
            "感谢{{ customer.courtesy }}对我公司的信任，给予我公司参与“{{ meta.title }}”的机会。",
            "Thank you for your trust and for the opportunity to take part in {{ meta.title }}. ",
        ),
        Given(
            "needs.interviews",
            Phrase(
                "经与{{ customer.courtesy }}{{ needs.interviews | length }}次调研交流，",
                "After {{ needs.interviews | length }} interviews with your colleagues ",
            ),
            Phrase(
                "经与{{ customer.courtesy }}充分沟通，", "After our talks with your colleagues "
            ),
        ),
        Phrase(
            "我公司编制了《{{ document.title }}》，现呈送{{ customer.courtesy }}，敬请审阅。",
            "we have prepared this {{ document.title }} and submit it for your review.",
        ),
        Given(
            "proposal.quote.versions | length > 1",
            Phrase("本版替代此前提交的各版本。", " It replaces the versions before."),
        ),
    )
)

_OFFER = (
    Paragraph(
        (
            Given(
                _BID,
                Phrase("本文件围绕采购需求中的", "It answers the "),
                Phrase("本建议书围绕双方确认的", "It is built around the "),
            ),
            Phrase(
                "{{ needs.accepted | length }}项需求展开", "{{ needs.accepted | length }} needs"
            ),
            Given(_BID, "", Phrase("", " agreed with you")),
            Phrase(
                "，逐项说明对应的功能、实施安排和报价依据，便于{{ customer.courtesy }}逐条核对。",
                ", and shows for each of them the function, the plan and the price behind it.",
            ),
        )
    ),
    Paragraph(
        (
            Phrase("本方案", "The "),
            TOTAL,
            Phrase("为", " is "),
            PRICE,
            Phrase(
                "，实施周期{{ proposal.plan_weeks }}周，",
                ", the plan takes {{ proposal.plan_weeks }} weeks, the ",
            ),
            WARRANTY,
            Phrase(
                "{{ proposal.service.warranty_months }}个月；",
                " lasts {{ proposal.service.warranty_months }} months; ",
            ),
            Given(
                _BID,
                Phrase("投标有效期至", "the bid is valid until "),
                Phrase("报价有效期至", "the quote is valid until "),
            ),
            "{{ proposal.valid_until | day }}",
            STOP,
        )
    ),
)

_CONTACT = When(
    "meta.owner",
    (
        Paragraph(
            (
                Given(
                    _BID,
                    Phrase(
                        "如需我公司对投标文件作出澄清、说明或补正，请与我公司",
                        "To have the bid clarified please contact ",
                    ),
                    Phrase(
                        "如对本建议书有任何疑问或调整意见，请与我公司",
                        "For any question or change please contact ",
                    ),
                ),
                Phrase(
                    "{{ meta.owner.title }}{{ meta.owner.name }}联系",
                    "{{ meta.owner.name }}, {{ meta.owner.title }}",
                ),
                Given(
                    "meta.owner.phone",
                    Phrase("，电话：{{ meta.owner.phone }}", ", phone {{ meta.owner.phone }}"),
                ),
                Given(
                    "meta.owner.email",
                    Phrase("，电子邮箱：{{ meta.owner.email }}", ", e-mail {{ meta.owner.email }}"),
                ),
                STOP,
            )
        ),
    ),
)

_NUMBERED: Words = (
    Phrase("编号：", "No.: "),
    "{{ document.doc_no }}",
    Tab(),
    Phrase("版本：", "Version: "),
    "{{ document.version }}",
)

_LETTER = (
    TitleBlock(Phrase("致客户函", "Cover letter"), company=False, mark=False, facts=_NUMBERED),
    Paragraph(Phrase("致：{{ customer.name }}", "To: {{ customer.name }}"), style="Addressee"),
    When(_BID, (_BID_OPENING,), (_OPENING,)),
    When("proposal.cover_letter", (Paragraph(sentence("proposal.cover_letter")),), _OFFER),
    _CONTACT,
    When(
        _BID,
        (
            Paragraph(
                Phrase(
                    "我公司承诺在投标有效期内不撤销投标；如中标，按中标通知书规定的期限，"
                    "以招标文件和本投标文件为准与{{ customer.courtesy }}订立合同，并按招标文件的"
                    "要求提交履约担保。",
                    "We shall not withdraw the bid while it is valid. If we win, we shall conclude "
                    "the contract in the time the award notice sets, by the tender documents and "
                    "this bid, and give the security for performance they ask for.",
                )
            ),
        ),
        (
            Paragraph(
                Phrase(
                    "我公司重视与{{ customer.courtesy }}的合作，将投入相应资源，共同做好本项目。"
                    "期待{{ customer.courtesy }}的回复。",
                    "We value this cooperation and will commit the resources the project needs. "
                    "We look forward to your reply.",
                )
            ),
        ),
    ),
    Paragraph(Phrase("顺颂商祺！", "Yours faithfully,")),
    Paragraph("", style="BodyText"),
    Closing(
        (
            "{{ supplier.name }}",
            (
                Phrase("销售经理　", "Sales manager "),
                first_of("sales_manager"),
                # Room for the pen between the name and the hint, as the seal has over its name.
                Faint(Phrase("　　　　　　　　（签字）", "                (signature)")),
            ),
            "{{ document.date | day }}",
        )
    ),
)

# The response to a tender ------------------------------------------------------------------------

_DEVIATIONS = (
    Heading(Label("proposal.deviations"), 2),
    Table(
        each="row in proposal.deviations",
        caption=Label("proposal.deviations"),
        columns=(
            numbers(),
            Column(Label("proposal.deviations[].requirement"), "{{ row.requirement }}", 44),
            Column(
                Label("proposal.deviations[].response"), "{{ row.response | label }}", 14, "center"
            ),
            Column(Label("proposal.deviations[].note"), "{{ row.note }}", 34),
        ),
    ),
)

_BID_FACTS = Form(
    (
        field("tender.project_name", whole=True),
        field("tender.project_no"),
        field("tender.bid_deadline", "iso"),
        Field(Phrase("采购人", "Purchaser"), "{{ customer.name }}", whole=True),
        FormRows((field("tender.agency", whole=True),), condition="tender.agency"),
        Field(Phrase("投标人", "Bidder"), "{{ supplier.name }}", whole=True),
        FormRows((field("tender.ceiling", "yuan", whole=True),), condition="tender.ceiling"),
        FormRows((field("tender.place", whole=True),), condition="tender.place"),
    )
)

_BID_SUMMARY = Form(
    (
        Field(
            Phrase("投标总价（含税）", "Price incl. tax"),
            Given(
                IN_YUAN,
                Phrase(
                    "{{ tender.bid.amount | yuan }}（大写：{{ tender.bid.amount | capitals }}）",
                    "{{ tender.bid.amount | yuan }} ({{ tender.bid.amount | capitals }})",
                ),
                "{{ tender.bid.amount | money }}",
            ),
        ),
        Field(
            Phrase("工期", "Time"),
            Phrase(
                "合同生效后{{ tender.bid.days }}日内",
                "{{ tender.bid.days }} days from the day of effect",
            ),
        ),
        FormRows(
            (
                Field(
                    Phrase("质保期", "Warranty"),
                    Phrase(
                        "{{ tender.bid.warranty_months }}个月",
                        "{{ tender.bid.warranty_months }} months",
                    ),
                ),
            ),
            condition="tender.bid.warranty_months",
        ),
        FormRows((field("tender.bid.payments"),), condition="tender.bid.payments"),
        Field(
            Phrase("投标有效期至", "Bid valid until"),
            "{{ proposal.valid_until | iso }}",
        ),
    ),
    columns=2,
    together=True,
)

_RESPONSE = When(
    _BID,
    (
        Heading(Phrase("投标响应", "Response to the tender")),
        _BID_FACTS,
        Heading(Phrase("报价一览表", "Price summary"), 2),
        Paragraph(
            Phrase(
                "投标总价为完成招标文件规定的全部内容的价格，分项价格见报价明细表。",
                "The price covers all that the tender documents ask for; the price table "
                "gives its parts.",
            ),
            keep_next=True,
        ),
        _BID_SUMMARY,
        When("proposal.deviations", _DEVIATIONS),
        When(
            "tender.qualifications",
            (
                Heading(Phrase("资格文件清单", "Qualification papers"), 2),
                Table(
                    each="paper in tender.qualifications",
                    caption=Phrase("资格文件清单", "Qualification papers"),
                    columns=(
                        numbers(),
                        Column(Phrase("文件名称", "Paper"), "{{ paper }}", 68),
                        Column(
                            Phrase("提交方式", "Where"),
                            Phrase("随投标文件提交", "with the bid"),
                            24,
                            "center",
                        ),
                    ),
                ),
            ),
        ),
    ),
)

# Chapters one and two ----------------------------------------------------------------------------

_TOTAL_SHORT: Words = Given(
    "proposal.quote.yearly_total",
    Phrase("首年含税总价", "First year incl. tax"),
    Phrase("含税总价", "Total incl. tax"),
)

_SUMMARY = (
    Heading(Phrase("方案摘要", "Executive summary")),
    KeyFigures(
        (
            (
                Phrase("{{ proposal.quote.total | wan }}", "{{ proposal.quote.total | money }}"),
                (_TOTAL_SHORT, Phrase("（万", " ("), CURRENCY, Phrase("）", ")")),
            ),
            ("{{ proposal.plan_weeks }}", Phrase("实施周期（周）", "Plan (weeks)")),
            (
                "{{ proposal.service.warranty_months }}",
                Given(
                    "proposal.quote.recurring",
                    Phrase("服务期（个月）", "Term (months)"),
                    Phrase("质保期（个月）", "Warranty (months)"),
                ),
            ),
            ("{{ proposal.valid_until | iso }}", Phrase("有效期至", "Valid until")),
        )
    ),
    Paragraph(sentence("proposal.summary")),
    Bullets(
        (
            (
                Given(
                    _BID,
                    Phrase("范围：响应采购需求", "Scope: "),
                    Phrase("范围：响应{{ customer.courtesy }}已确认的需求", "Scope: "),
                ),
                Phrase(
                    "{{ needs.accepted | length }}项，提供功能"
                    "{{ proposal.functions | length }}项；",
                    "{{ proposal.functions | length }} functions for "
                    "{{ needs.accepted | length }} needs;",
                ),
            ),
            (
                Phrase(
                    "周期：分{{ proposal.plan | length }}个阶段实施，共"
                    "{{ proposal.plan_weeks }}周，依次为",
                    "Time: {{ proposal.plan | length }} phases, {{ proposal.plan_weeks }} weeks: ",
                ),
                Lines("phase in proposal.plan", "{{ phase.phase }}", COMMA),
                SEMICOLON,
            ),
            (
                Phrase("价格：", "Price: "),
                TOTAL,
                Phrase("", " "),
                PRICE,
                Given(
                    "proposal.quote.saved",
                    (
                        Phrase(
                            "，较目录价优惠{{ proposal.quote.saved | money }}",
                            ", {{ proposal.quote.saved | money }} ",
                        ),
                        CURRENCY,
                        Phrase("", " below list price"),
                    ),
                ),
                SEMICOLON,
            ),
            (
                Phrase("服务：", "Service: "),
                WARRANTY,
                Phrase(
                    "{{ proposal.service.warranty_months }}个月，服务时间内"
                    "{{ proposal.service.response_hours }}小时内响应，需要到场的"
                    "{{ proposal.service.onsite_hours }}小时内到场；",
                    " {{ proposal.service.warranty_months }} months, answer within "
                    "{{ proposal.service.response_hours }} hours, on site within "
                    "{{ proposal.service.onsite_hours }} hours where needed;",
                ),
            ),
            Phrase(
                "培训：系统管理员{{ proposal.training.admins }}人、使用人员"
                "{{ proposal.training.operators }}人，共{{ proposal.training.days }}天。",
                "Training: {{ proposal.training.admins }} administrators and "
                "{{ proposal.training.operators }} users in {{ proposal.training.days }} days.",
            ),
        )
    ),
)

_NEEDS_TABLE = Table(
    each="need in needs.accepted",
    empty="{{ needs.items | listed }}",
    caption=Given(_BID, Phrase("采购需求", "Needs"), Phrase("已确认的需求", "Agreed needs")),
    columns=(
        Column(Phrase("编号", "ID"), "{{ need.id }}", 11, "center"),
        Column(
            Label("needs.items[].name"),
            ("{{ need.name }}", Given("need.scenario", (Break(), Faint("{{ need.scenario }}")))),
            34,
        ),
        Column(Label("needs.items[].class"), "{{ need.class | label }}", 15, "center"),
        Column(Label("needs.items[].priority"), "{{ need.priority }}", 11, "center"),
        Column(Label("needs.items[].metric"), "{{ need.metric }}", 40),
    ),
    notes=(
        Phrase(
            "优先级数字越小越优先；衡量指标是后续验收标准的依据。",
            "Priority 1 is the highest; the metrics are the basis of the acceptance criteria.",
        ),
    ),
)

_SCENARIOS = When(
    "needs.scenarios",
    (
        Heading(Label("needs.scenarios"), 2),
        SCENARIOS,
    ),
)


_MEASURES = When(
    "needs.success",
    (
        Heading(Label("needs.success"), 2),
        MEASURES,
    ),
)

# The budget is left out on purpose: it is ours to know, not to print.
_UNDERSTANDING = (
    Heading(Phrase("现状与需求理解", "Present state and needs")),
    Heading(Label("needs.background"), 2),
    Paragraph(sentence("needs.background")),
    Heading(Label("needs.current_state"), 2),
    Paragraph(sentence("needs.current_state")),
    When(
        "customer.existing_systems",
        (
            Paragraph(
                (
                    Phrase("{{ customer.courtesy }}现用系统：", "Systems in use: "),
                    Lines("system in customer.existing_systems", "{{ system.name }}", COMMA),
                    STOP,
                )
            ),
        ),
    ),
    Heading(Phrase("痛点与目标", "Pain points and goals"), 2),
    Form(
        (
            field("needs.four_w.pain"),
            field("needs.four_w.goal"),
            field("needs.four_w.deadline", "iso"),
        ),
        columns=2,
        together=True,
    ),
    _SCENARIOS,
    Heading(Phrase("需求清单", "Needs"), 2),
    Paragraph(
        (
            Phrase(
                "以下{{ needs.accepted | length }}项需求列入本方案",
                "This proposal covers the following {{ needs.accepted | length }} needs",
            ),
            Given(
                f"{_NO_BID} and needs.confirmed.date and needs.confirmed.by",
                Phrase(
                    "，需求内容已由{{ customer.courtesy }}{{ needs.confirmed.by.name }}"
                    "（{{ needs.confirmed.by.title }}）于{{ needs.confirmed.date | day }}确认",
                    ", as confirmed by {{ needs.confirmed.by.name }} "
                    "({{ needs.confirmed.by.title }}) on {{ needs.confirmed.date | day }}",
                ),
            ),
            STOP,
        ),
        keep_next=True,
    ),
    _NEEDS_TABLE,
    _MEASURES,
)

# Chapters three to five --------------------------------------------------------------------------

_SUPPLY = Table(
    each="line in proposal.quote.lines",
    empty="{{ proposal.quote.lines | listed }}",
    caption=Phrase("供货与服务范围", "Scope of supply"),
    columns=(
        Column(Label("proposal.quote.lines[].id"), "{{ line.id }}", 11, "center"),
        Column(Label("proposal.quote.lines[].name"), "{{ line.name }}", 32),
        Column(Label("proposal.quote.lines[].spec"), "{{ line.spec }}", 30),
        Column(Label("proposal.quote.lines[].kind"), "{{ line.kind | label }}", 15, "center"),
        Column(
            Label("proposal.quote.lines[].qty"),
            ("{{ line.qty | number }}", Phrase("", " "), "{{ line.unit }}"),
            14,
            "right",
        ),
    ),
)


def _functions_of(kind: str, lead: Phrase) -> Each:
    """Return the paragraph that names the functions of a `kind`; none where there are none."""
    rows = f"item in proposal.functions if item.type == '{kind}'"
    named = Paragraph((lead, Lines(rows, "{{ item.function }}", COMMA), STOP))
    return Each(rows, (When("loop.first", (named,)),))


_SOLUTION = (
    Heading(Phrase("总体方案", "The solution")),
    When("proposal.solution", (Paragraph(sentence("proposal.solution")),)),
    Paragraph(
        (
            Given(
                _BID,
                Phrase("本方案以招标文件为依据", "The solution rests on the tender documents"),
                Phrase("本方案以双方确认的需求为依据", "The solution rests on the agreed needs"),
            ),
            Phrase(
                "，共提供{{ proposal.functions | length }}项功能，由"
                "{{ proposal.quote.lines | length }}项产品与服务组成，分"
                "{{ proposal.plan | length }}个阶段交付。每项需求均可在需求覆盖表中查到对应的功能和"
                "报价项，衡量指标在验收时逐项核对。",
                ". It offers {{ proposal.functions | length }} functions, made of "
                "{{ proposal.quote.lines | length }} products and services, and is delivered in "
                "{{ proposal.plan | length }} phases. The coverage table leads from each need to "
                "its functions and prices; the metrics are checked at acceptance.",
            ),
        )
    ),
    _functions_of(
        "standard",
        Phrase("以我公司标准产品实现的功能有：", "Functions of our standard product: "),
    ),
    _functions_of(
        "custom",
        Phrase(
            "按{{ customer.courtesy }}业务定制开发的功能有：",
            "Functions developed for your business: ",
        ),
    ),
    Paragraph(
        Phrase(
            "供货与服务的范围如下，价格见报价明细。",
            "We supply the following, priced in the quote.",
        ),
        keep_next=True,
    ),
    _SUPPLY,
)

_FUNCTIONS = (
    Heading(Phrase("功能方案", "Functions")),
    Heading(Phrase("功能清单", "List of functions"), 2),
    When(
        "proposal.functions",
        (
            Table(
                each="item in proposal.functions",
                caption=Phrase("功能清单", "Functions"),
                columns=(
                    numbers(),
                    Column(
                        Label("proposal.functions[].function"),
                        (
                            "{{ item.function }}",
                            Given("item.description", (Break(), Faint("{{ item.description }}"))),
                        ),
                        42,
                    ),
                    Column(
                        Label("proposal.functions[].need"),
                        ("{{ item.need.id }}", " ", "{{ item.need.name }}"),
                        34,
                    ),
                    Column(
                        Label("proposal.functions[].type"), "{{ item.type | label }}", 16, "center"
                    ),
                ),
            ),
        ),
        (_due("proposal.functions"),),
    ),
    Heading(Phrase("需求覆盖表", "Coverage of needs"), 2),
    Paragraph(
        Phrase(
            "下表逐项列出需求与功能、报价项的对应关系，便于{{ customer.courtesy }}核对有无遗漏。",
            "The table leads from each need to the functions and prices that answer it.",
        ),
        keep_next=True,
    ),
    Table(
        each="row in coverage if row.need.status == 'accepted'",
        empty="{{ needs.items | listed }}",
        caption=Phrase("需求覆盖表", "Coverage of needs"),
        columns=(
            Column(
                Phrase("需求", "Need"),
                ("{{ row.need.id }}", " ", "{{ row.need.name }}"),
                48,
            ),
            Column(Label("needs.items[].class"), "{{ row.need.class | label }}", 19, "center"),
            Column(
                Phrase("对应功能", "Functions"),
                Lines("item in row.functions", "{{ item.function }}", empty="/"),
                38,
            ),
            Column(
                Phrase("对应报价项", "Price lines"),
                Given(
                    "row.lines | length <= 4",
                    Lines(
                        "line in row.lines", ("{{ line.id }}", " ", "{{ line.name }}"), empty="/"
                    ),
                    ids("line in row.lines", "{{ line.id }}", 5),
                ),
                52,
            ),
        ),
    ),
)

_TECHNOLOGY = When(
    "proposal.architecture or proposal.deployment or needs.interfaces or needs.nonfunctional"
    " or needs.constraints",
    (
        Heading(Phrase("技术与部署", "Technology and deployment")),
        When(
            "proposal.architecture",
            (
                Heading(Label("proposal.architecture"), 2),
                Paragraph(sentence("proposal.architecture")),
            ),
        ),
        When(
            "proposal.deployment",
            (
                Heading(Phrase("部署方案", "Deployment"), 2),
                Paragraph(sentence("proposal.deployment")),
            ),
        ),
        When(
            "needs.interfaces",
            (
                Heading(Phrase("系统接口", "Interfaces"), 2),
                Table(
                    each="link in needs.interfaces",
                    caption=Phrase("系统接口", "Interfaces"),
                    columns=(
                        numbers(),
                        Column(Label("needs.interfaces[].system"), "{{ link.system }}", 28),
                        Column(
                            Label("needs.interfaces[].direction"),
                            "{{ link.direction | label }}",
                            12,
                            "center",
                        ),
                        Column(Label("needs.interfaces[].data"), "{{ link.data }}", 36),
                        Column(
                            Label("needs.interfaces[].frequency"),
                            "{{ link.frequency }}",
                            16,
                            "center",
                        ),
                    ),
                ),
            ),
        ),
        When(
            "needs.nonfunctional",
            (
                Heading(Label("needs.nonfunctional"), 2),
                NONFUNCTIONAL,
            ),
        ),
        When(
            "needs.constraints",
            (
                Heading(Phrase("约束条件", "Constraints"), 2),
                Bullets(each="limit in needs.constraints", words="{{ limit }}"),
            ),
        ),
    ),
)

# Chapters six to nine ----------------------------------------------------------------------------


def _detail(path: str, lead: Phrase) -> Words:
    """Return a line of its own in a cell, led by what it is, where the value is there."""
    return Given(path, (Break(), lead, f"{{{{ {path} }}}}"))


_PLAN = (
    Heading(Phrase("实施计划", "Implementation plan")),
    When(
        "proposal.plan",
        (
            Paragraph(
                Phrase(
                    "项目分{{ proposal.plan | length }}个阶段实施，共{{ proposal.plan_weeks }}周，"
                    "自项目启动之日起计算；具体日期在交付计划中确定。",
                    "The project has {{ proposal.plan | length }} phases over "
                    "{{ proposal.plan_weeks }} weeks, counted from its kick-off; the delivery plan "
                    "will set the dates.",
                ),
                keep_next=True,
            ),
            Table(
                each="phase in proposal.plan",
                caption=Phrase("实施计划", "Plan"),
                columns=(
                    numbers(),
                    Column(
                        Phrase("阶段与工作内容", "Phase and work"),
                        (
                            Strong("{{ phase.phase }}"),
                            _detail("phase.tasks", Phrase("主要工作：", "Tasks: ")),
                            _detail("phase.output", Phrase("阶段成果：", "Output: ")),
                            _detail("phase.customer_duties", Phrase("客户配合：", "From you: ")),
                        ),
                        58,
                    ),
                    Column(
                        Label("proposal.plan[].weeks"),
                        "{{ phase.weeks }}",
                        14,
                        "right",
                        total="{{ proposal.plan_weeks }}",
                    ),
                    Column(
                        Phrase("起止周", "From, to"),
                        Given(
                            "phase.start_week",
                            Given(
                                "phase.start_week == phase.end_week",
                                Phrase("第{{ phase.start_week }}周", "week {{ phase.start_week }}"),
                                Phrase(
                                    "第{{ phase.start_week }}–{{ phase.end_week }}周",
                                    "week {{ phase.start_week }}–{{ phase.end_week }}",
                                ),
                            ),
                            "/",
                        ),
                        20,
                        "center",
                    ),
                ),
            ),
        ),
        (_due("proposal.plan"),),
    ),
)

_TEAM = When(
    "proposal.team",
    (
        Heading(Phrase("项目组织", "Project team")),
        Paragraph(
            Phrase(
                "我公司为本项目配备以下岗位，人员变动须提前告知{{ customer.courtesy }}。",
                "We staff the project as follows and announce any change to you beforehand.",
            ),
            keep_next=True,
        ),
        Table(
            each="member in proposal.team",
            caption=Phrase("我方项目组织", "Our project team"),
            columns=(
                numbers(),
                Column(Label("proposal.team[].role"), "{{ member.role }}", 24),
                Column(
                    Phrase("人员或级别", "Person or grade"),
                    Given("member.person", "{{ member.person.name }}", "{{ member.grade }}"),
                    20,
                    "center",
                ),
                Column(Label("proposal.team[].duty"), "{{ member.duty }}", 48),
            ),
        ),
    ),
)

_TRAINING = (
    Heading(Phrase("培训", "Training")),
    Paragraph(
        Phrase(
            "培训分系统管理员和使用人员两级进行，日程由双方在实施阶段商定。",
            "Administrators and users are trained apart; the dates are agreed during the project.",
        ),
        keep_next=True,
    ),
    Form(
        (
            Field(
                Phrase("系统管理员", "Admins"),
                Phrase("{{ proposal.training.admins }}人", "{{ proposal.training.admins }}"),
            ),
            Field(
                Phrase("使用人员", "Users"),
                Phrase("{{ proposal.training.operators }}人", "{{ proposal.training.operators }}"),
            ),
            Field(
                Phrase("培训天数", "Training days"),
                Phrase("{{ proposal.training.days }}天", "{{ proposal.training.days }}"),
                whole=True,
            ),
            FormRows(
                (
                    Field(
                        Phrase("考核合格率", "Pass rate"),
                        Phrase(
                            "不低于{{ proposal.training.pass_rate | percent }}",
                            "{{ proposal.training.pass_rate | percent }} at least",
                        ),
                        whole=True,
                    ),
                ),
                condition="proposal.training.pass_rate",
            ),
            FormRows(
                (
                    Field(
                        Phrase("培训内容", "Contents"),
                        "{{ proposal.training.content }}",
                        whole=True,
                    ),
                ),
                condition="proposal.training.content",
            ),
        ),
    ),
)

_SERVICE = (
    Heading(Phrase("售后服务", "Service")),
    Paragraph(
        (
            Phrase(
                "系统交付后，我公司按以下标准提供服务；", "After delivery we serve you as follows; "
            ),
            Phrase("", "the contract says when the "),
            WARRANTY,
            Phrase("的起算和双方权利义务以合同约定为准。", " begins."),
        ),
        keep_next=True,
    ),
    Form(
        (
            Field(
                Given(
                    "proposal.quote.recurring",
                    Phrase("服务期", "Service term"),
                    Phrase("质保期", "Warranty"),
                ),
                Phrase(
                    "{{ proposal.service.warranty_months }}个月",
                    "{{ proposal.service.warranty_months }} months",
                ),
            ),
            Field(
                Phrase("响应时间", "Answer"),
                Phrase(
                    "{{ proposal.service.response_hours }}小时内",
                    "within {{ proposal.service.response_hours }} hours",
                ),
            ),
            Field(
                Phrase("到场时间", "On site"),
                Phrase(
                    "需要到场的，{{ proposal.service.onsite_hours }}小时内",
                    "within {{ proposal.service.onsite_hours }} hours where needed",
                ),
                whole=True,
            ),
            # Without service hours two hours would be promised around the clock.
            Field(
                Label("proposal.service.hours"),
                Given(
                    "proposal.service.hours",
                    "{{ proposal.service.hours }}",
                    Phrase(
                        "法定工作日的工作时间；响应、到场时限在服务时间内计算",
                        "office hours of working days, in which the times above are counted",
                    ),
                ),
                whole=True,
            ),
            FormRows(
                (
                    Field(
                        Phrase("服务内容", "Contents"), "{{ proposal.service.content }}", whole=True
                    ),
                ),
                condition="proposal.service.content",
            ),
        ),
    ),
)

# Chapter ten -------------------------------------------------------------------------------------

_RATES = When(
    "proposal.quote.several_rates",
    (
        Heading(Label("proposal.quote.by_rate"), 2),
        rate_table(caption=Label("proposal.quote.by_rate")),
    ),
)

_VERSIONS = Table(
    each="version in proposal.quote.versions",
    empty="{{ proposal.quote.versions | listed }}",
    caption=Phrase("报价版本", "Versions of the quote"),
    unit=UNIT,
    columns=(
        Column(
            Phrase("版本", "Version"),
            (
                Phrase("第{{ version.v }}版", "{{ version.v }}"),
                Given("version.v == proposal.quote.current", Phrase("（现行）", " (current)")),
            ),
            20,
            "center",
        ),
        Column(Label("proposal.quote.versions[].date"), "{{ version.date | iso }}", 17, "center"),
        Column(
            Label("proposal.quote.versions[].total"), "{{ version.total | money }}", 23, "right"
        ),
        Column(
            Phrase("修订内容", "Change"),
            Given(
                "version.reason",
                "{{ version.reason }}",
                Given(
                    "version.v == 1",
                    Phrase("首次提交", "First submission"),
                    Lines(
                        "opinion in proposal.feedback if opinion.version == version.v",
                        (
                            "{{ opinion.request }}",
                            Given("opinion.action", (Phrase("：", ": "), "{{ opinion.action }}")),
                        ),
                        SEMICOLON,
                        Phrase("方案与报价修订", "Solution and prices revised"),
                    ),
                ),
            ),
            40,
        ),
    ),
)

_QUOTE = Landscape(
    (
        Heading(Phrase("报价明细", "Quotation")),
        Heading(Phrase("报价明细表", "Price table"), 2),
        price_table(caption=Label("proposal.quote.lines"), signed=True),
        Closing(
            (
                (Phrase("报价单位：", "Offered by: "), "{{ supplier.name }}"),
                "{{ document.date | day }}",
            )
        ),
    ),
    slim=True,
)

_QUOTE_RECORD = (
    _RATES,
    # A bid has one price: there is no record of earlier ones.
    When(
        _NO_BID,
        (Heading(Phrase("报价版本与修订记录", "Versions of the quote"), 2), _VERSIONS),
    ),
)

# Chapters eleven to fifteen ----------------------------------------------------------------------

_CASES = (
    Heading(Phrase("成功案例", "References")),
    When(
        "proposal.cases",
        (
            Table(
                each="example in proposal.cases",
                caption=Phrase("成功案例", "References"),
                columns=(
                    numbers(),
                    Column(
                        Label("proposal.cases[].name"),
                        (
                            "{{ example.shown_name }}",
                            Given(
                                "example.industry and example.consent",
                                (Break(), Faint("{{ example.industry }}")),
                            ),
                        ),
                        40,
                    ),
                    Column(Label("proposal.cases[].result"), "{{ example.result }}", 52),
                ),
            ),
        ),
        (_due("proposal.cases"),),
    ),
)


def _fact(path: str, filters: str = "") -> FormRows:
    """Return the row of a company fact, which goes where the fact is not known."""
    return FormRows((field(path, filters),), condition=path)


_COMPANY = (
    Heading(
        Given(
            "supplier.introduction or supplier.qualifications",
            Phrase("公司介绍与资质", "Our company"),
            Phrase("公司基本信息", "Our company"),
        )
    ),
    When("supplier.introduction", (Paragraph(sentence("supplier.introduction")),)),
    Form(
        (
            field("supplier.name"),
            _fact("supplier.uscc"),
            _fact("supplier.legal_rep"),
            _fact("supplier.address"),
            _fact("supplier.vat_status", "label"),
            _fact("supplier.phone"),
            _fact("supplier.website"),
        ),
        columns=2,
    ),
    When(
        "supplier.qualifications",
        (
            Paragraph(Phrase("主要资质：", "Qualifications:"), keep_next=True),
            Bullets(each="paper in supplier.qualifications", words="{{ paper }}"),
        ),
    ),
)


_RISKS = When(
    "proposal.risks or needs.risks",
    (
        Heading(Phrase("风险与应对", "Risks and responses")),
        Paragraph(
            Phrase(
                "以下是实施中可能遇到的主要风险，须由双方共同应对。",
                "These are the main risks of the project; both sides deal with them together.",
            ),
            keep_next=True,
        ),
        When("proposal.risks", (risk_table("proposal.risks"),), (risk_table("needs.risks"),)),
    ),
)

_ASSUMPTIONS = (
    Heading(Phrase("假设与除外", "Assumptions and exclusions")),
    Heading(Phrase("方案成立的前提", "Assumptions"), 2),
    When(
        "proposal.assumptions",
        (Bullets(each="premise in proposal.assumptions", words="{{ premise }}"),),
        (_due("proposal.assumptions"),),
    ),
    When(
        "needs.out_of_scope",
        (
            Heading(Phrase("不包含的内容", "Out of scope"), 2),
            Paragraph(
                Phrase(
                    "以下内容不在本方案和报价范围内，{{ customer.courtesy }}如有需要，可另行商定：",
                    "The following is neither offered nor priced here and can be agreed apart:",
                ),
                keep_next=True,
            ),
            Bullets(each="thing in needs.out_of_scope", words="{{ thing }}"),
        ),
    ),
    When(f"proposal.deviations and {_NO_BID}", _DEVIATIONS),
)

# The wording of the statement follows the house's model text for proposals.
_STATEMENT = (
    Heading(Phrase("有效期与声明", "Validity and statement")),
    Bullets(
        (
            (
                Given(
                    _BID,
                    Phrase("投标有效期至", "The bid is valid until "),
                    Phrase("本报价有效期至", "This quote is valid until "),
                ),
                Strong("{{ proposal.valid_until | day }}"),
                Given(
                    _BID,
                    Phrase(
                        "，在此期间我公司受投标文件的约束。", ", and until then the bid binds us."
                    ),
                    Phrase(
                        "；逾期后，报价须经我公司书面确认，或以更新版本为准。",
                        "; after that day it needs our written confirmation or a new version.",
                    ),
                ),
            ),
            (
                Phrase("报价币种为", "Prices are in "),
                Given(
                    "proposal.quote.currency",
                    "{{ proposal.quote.currency | label }}",
                    Phrase("人民币", "Renminbi"),
                ),
                Phrase(
                    "，总价含税，税额按现行适用税率计算。",
                    "; the total includes tax at the rates now in force.",
                ),
            ),
            (
                Strong(
                    Given(
                        _BID,
                        Phrase(
                            "本文件是投标文件的组成部分，属于要约；中标后，双方按招标文件和投标文件订立"
                            "书面合同，不再订立背离合同实质性内容的其他协议。",
                            "This paper is part of the bid, which is an offer. After an award both "
                            "sides conclude the contract by the tender documents and the bid, and "
                            "no other agreement that departs from its substance.",
                        ),
                        Phrase(
                            "本建议书属于要约邀请，双方权利义务以书面合同为准。",
                            "This proposal is an invitation to treat; rights and duties are those "
                            "of the written contract.",
                        ),
                    )
                ),
            ),
            Given(
                _BID,
                Phrase(
                    "本文件供采购人、采购代理机构和评标委员会评审使用，含我公司商业秘密；依法应当公开的"
                    "内容除外，请予保密。",
                    "It is meant for purchaser, agency and evaluators and holds our trade secrets; "
                    "please keep it confidential but for what must be published by law.",
                ),
                Phrase(
                    "本建议书供{{ customer.courtesy }}评估使用，含我公司商业秘密，"
                    "请勿向第三方披露。",
                    "It is meant for your evaluation and holds our trade secrets; please do not "
                    "pass it on to third parties.",
                ),
            ),
            Phrase(
                "文中提及的第三方名称、商标和产品归其各自权利人所有；案例数据来自相应项目，"
                "实际效果因{{ customer.courtesy }}的使用条件而不同。",
                "Third-party names, marks and products belong to their owners; the figures of "
                "references come from those projects, and results vary with the conditions of use.",
            ),
        ),
        numbered=True,
    ),
    When(
        f"proposal.materials and {_NO_BID}",
        (
            Paragraph(
                (
                    Phrase("随本建议书一并提供的材料：", "Handed over with this proposal: "),
                    "{{ proposal.materials | label }}",
                    STOP,
                )
            ),
        ),
    ),
)

LAYOUT = Layout(
    kind="report",
    blocks=(
        _COVER,
        *_LETTER,
        PageBreak(),
        Contents(),
        *_SUMMARY,
        _RESPONSE,
        *_UNDERSTANDING,
        *_SOLUTION,
        *_FUNCTIONS,
        _TECHNOLOGY,
        *_PLAN,
        _TEAM,
        *_TRAINING,
        *_SERVICE,
        _QUOTE,
        *_QUOTE_RECORD,
        *_CASES,
        *_COMPANY,
        _RISKS,
        *_ASSUMPTIONS,
        *_STATEMENT,
    ),
)
