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
from salesdocs.workshop.pricing import CURRENCY, PRICE, UNIT, price_table, rate_table


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
        (Phrase("项目编号：", "Case No.:"), "{{ meta.case_no }}"),
    )
)

_OPENING = Paragraph(
    (
        Phrase(
            "感谢贵公司对我公司的信任，给予我公司参与“{{ meta.title }}”的机会。",
            "Thank you for your trust and for the opportunity to take part in {{ meta.title }}. ",
        ),
        Given(
            "needs.interviews",
            Phrase(
                "经与贵公司{{ needs.interviews | length }}次调研交流，",
                "After {{ needs.interviews | length }} interviews with your colleagues ",
            ),
            Phrase("经与贵公司充分沟通，", "After our talks with your colleagues "),
        ),
        Phrase(
            "我公司编制了《{{ document.title }}》，现呈送贵公司，敬请审阅。",
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
        Phrase(
            "本建议书围绕双方确认的{{ needs.accepted | length }}项需求展开，逐项说明对应的功能、"
            "实施安排和报价依据，便于贵公司逐条核对。",
            "It is built around the {{ needs.accepted | length }} needs agreed with you, and shows "
            "for each of them the function, the plan and the price behind it.",
        )
    ),
    Paragraph(
        (
            Phrase("本方案含税总价为", "The total price including tax is "),
            PRICE,
            Phrase(
                "，实施周期{{ proposal.plan_weeks }}周，质保期"
                "{{ proposal.service.warranty_months }}个月；报价有效期至"
                "{{ proposal.valid_until | day }}。",
                ", the plan takes {{ proposal.plan_weeks }} weeks, the warranty lasts "
                "{{ proposal.service.warranty_months }} months; the quote is valid until "
                "{{ proposal.valid_until | day }}.",
            ),
        )
    ),
)

_CONTACT = When(
    "meta.owner",
    (
        Paragraph(
            (
                Phrase(
                    "如对本建议书有任何疑问或调整意见，请与我公司{{ meta.owner.title }}"
                    "{{ meta.owner.name }}联系",
                    "For any question or change please contact {{ meta.owner.name }}, "
                    "{{ meta.owner.title }}",
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
    _OPENING,
    When("proposal.cover_letter", (Paragraph(sentence("proposal.cover_letter")),), _OFFER),
    _CONTACT,
    Paragraph(
        Phrase(
            "我公司重视与贵公司的合作，将投入相应资源，与贵公司共同做好本项目。期待贵公司的回复。",
            "We value this cooperation and will commit the resources the project needs. We look "
            "forward to your reply.",
        )
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

# Chapters one and two ----------------------------------------------------------------------------

_SUMMARY = (
    Heading(Phrase("方案摘要", "Executive summary")),
    KeyFigures(
        (
            (
                Phrase("{{ proposal.quote.total | wan }}", "{{ proposal.quote.total | money }}"),
                (Phrase("含税总价（万", "Total incl. tax ("), CURRENCY, Phrase("）", ")")),
            ),
            ("{{ proposal.plan_weeks }}", Phrase("实施周期（周）", "Plan (weeks)")),
            (
                "{{ proposal.service.warranty_months }}",
                Phrase("质保期（个月）", "Warranty (months)"),
            ),
            ("{{ proposal.valid_until | iso }}", Phrase("报价有效期至", "Valid until")),
        )
    ),
    Paragraph(sentence("proposal.summary")),
    Paragraph(Phrase("本方案要点如下：", "In short:"), keep_next=True),
    Bullets(
        (
            Phrase(
                "范围：响应贵公司已确认的需求{{ needs.accepted | length }}项，提供功能"
                "{{ proposal.functions | length }}项；",
                "Scope: {{ proposal.functions | length }} functions for "
                "{{ needs.accepted | length }} agreed needs;",
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
                Phrase("价格：含税总价", "Price: "),
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
            Phrase(
                "服务：质保期{{ proposal.service.warranty_months }}个月，服务时间内"
                "{{ proposal.service.response_hours }}小时内响应，需要到场的"
                "{{ proposal.service.onsite_hours }}小时内到场；",
                "Service: {{ proposal.service.warranty_months }} months of warranty, answer within "
                "{{ proposal.service.response_hours }} hours, on site within "
                "{{ proposal.service.onsite_hours }} hours where needed;",
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
    caption=Phrase("已确认的需求", "Agreed needs"),
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
                    Phrase("贵公司现用系统：", "Systems in use: "),
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
                "needs.confirmed.date and needs.confirmed.by",
                Phrase(
                    "，需求内容已由贵公司{{ needs.confirmed.by.name }}"
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
        Phrase(
            "本方案以双方确认的需求为依据，共提供{{ proposal.functions | length }}项功能，由"
            "{{ proposal.quote.lines | length }}项产品与服务组成，分"
            "{{ proposal.plan | length }}个阶段交付。每项需求均可在需求覆盖表中查到对应的功能和"
            "报价项，衡量指标在验收时逐项核对。",
            "The solution rests on the agreed needs. It offers {{ proposal.functions | length }} "
            "functions, made of {{ proposal.quote.lines | length }} products and services, and is "
            "delivered in {{ proposal.plan | length }} phases. The coverage table leads from each "
            "need to its functions and prices; the metrics are checked at acceptance.",
        )
    ),
    _functions_of(
        "standard",
        Phrase("以我公司标准产品实现的功能有：", "Functions of our standard product: "),
    ),
    _functions_of(
        "custom",
        Phrase("按贵公司业务定制开发的功能有：", "Functions developed for your business: "),
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
            "下表逐项列出需求与功能、报价项的对应关系，便于贵公司核对有无遗漏。",
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
                            Phrase(
                                "第{{ phase.start_week }}–{{ phase.end_week }}周",
                                "week {{ phase.start_week }}–{{ phase.end_week }}",
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
                "我公司为本项目配备以下岗位，人员变动须提前告知贵公司。",
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
        Phrase(
            "系统交付后，我公司按以下标准提供服务；质保期的起算和双方权利义务以合同约定为准。",
            "After delivery we serve you as follows; the contract says when the warranty begins.",
        ),
        keep_next=True,
    ),
    Form(
        (
            Field(
                Phrase("质保期", "Warranty"),
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
    )
)

_QUOTE_RECORD = (
    _RATES,
    Heading(Phrase("报价版本与修订记录", "Versions of the quote"), 2),
    _VERSIONS,
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
            Heading(Phrase("资质与荣誉", "Qualifications"), 2),
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
                    "以下内容不在本方案和报价范围内，贵公司如有需要，可另行商定：",
                    "The following is neither offered nor priced here and can be agreed apart:",
                ),
                keep_next=True,
            ),
            Bullets(each="thing in needs.out_of_scope", words="{{ thing }}"),
        ),
    ),
    When(
        "proposal.deviations",
        (
            Heading(Label("proposal.deviations"), 2),
            Table(
                each="row in proposal.deviations",
                caption=Label("proposal.deviations"),
                columns=(
                    numbers(),
                    Column(Label("proposal.deviations[].requirement"), "{{ row.requirement }}", 44),
                    Column(
                        Label("proposal.deviations[].response"),
                        "{{ row.response | label }}",
                        14,
                        "center",
                    ),
                    Column(Label("proposal.deviations[].note"), "{{ row.note }}", 34),
                ),
            ),
        ),
    ),
)

# The wording of the statement follows the house's model text for proposals.
_STATEMENT = (
    Heading(Phrase("有效期与声明", "Validity and statement")),
    Bullets(
        (
            (
                Phrase("本报价有效期至", "This quote is valid until "),
                Strong("{{ proposal.valid_until | day }}"),
                Phrase(
                    "；逾期后，报价须经我公司书面确认，或以更新版本为准。",
                    "; after that day it needs our written confirmation or a new version.",
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
                    Phrase(
                        "本建议书属于要约邀请，双方权利义务以书面合同为准。",
                        "This proposal is an invitation to treat; rights and duties are those of "
                        "the written contract.",
                    )
                ),
            ),
            Phrase(
                "本建议书供贵公司评估使用，含我公司商业秘密，请勿向第三方披露。",
                "It is meant for your evaluation and holds our trade secrets; please do not pass "
                "it on to third parties.",
            ),
            Phrase(
                "本建议书提及的第三方名称、商标和产品归其各自权利人所有；案例数据来自相应项目，"
                "实际效果因贵公司的使用条件而不同。",
                "Third-party names, marks and products belong to their owners; the figures of "
                "references come from those projects, and results vary with the conditions of use.",
            ),
        ),
        numbered=True,
    ),
    When(
        "proposal.materials",
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
