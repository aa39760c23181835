"""正式合同: cover, parties, the articles of the clause library, signature page, annexes.

Articles and annexes that others refer to are in every contract, so that their numbers hold; what a
deal does not need drops out clause by clause. All text but cover and signatures counts for the
fingerprint in the footer.
"""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    NONE,
    SEMICOLON,
    UNIT_YUAN,
    Annex,
    AnnexClauses,
    Articles,
    Band,
    Break,
    Bullets,
    Column,
    Contents,
    CountedText,
    Cover,
    Field,
    Form,
    FormRows,
    Given,
    Heading,
    Label,
    Layout,
    Lines,
    PageNumber,
    Paragraph,
    Party,
    Phrase,
    Ref,
    Signatures,
    Strong,
    Tab,
    Table,
    When,
    Words,
    annex_bookmark,
    field,
    numbers,
    sentence,
)
from salesdocs.workshop.clauses import article_bookmark
from salesdocs.workshop.sheet import Block

PARTY_A = Phrase("甲方", "Party A")
PARTY_B = Phrase("乙方", "Party B")


def _side(name: Phrase, side: str, bank: str, account: str) -> tuple[Band | Field, ...]:
    path = f"parties.{side}"
    return (
        Band((name, Phrase("：", ": "), f"{{{{ {path}.name }}}}")),
        field(f"{path}.uscc"),
        field(f"{path}.legal_rep"),
        field(f"{path}.address"),
        field(f"{path}.contact"),
        field(f"{path}.phone"),
        field(f"{path}.email"),
        Field(Label(f"{path}.bank"), f"{{{{ {bank} }}}}"),
        Field(Label(f"{path}.account"), f"{{{{ {account} }}}}"),
    )


_PARTIES: tuple[Block, ...] = (
    Form(
        (
            *_side(PARTY_A, "a", "customer.invoice.bank", "customer.invoice.account"),
            *_side(PARTY_B, "b", "supplier.bank.name", "supplier.bank.account"),
        ),
        columns=2,
    ),
    When(
        "contract.recitals",
        (Paragraph((Phrase("鉴于：", "Whereas: "), sentence("contract.recitals"))),),
    ),
    Paragraph(
        Phrase(
            "甲乙双方根据《中华人民共和国民法典》及有关法律法规，在平等、自愿、公平和诚实信用的基础上，"
            "就“{{ meta.title }}”协商一致，订立本合同。",
            "Under the Civil Code of the People's Republic of China and related laws, the parties, "
            "as equals, of their own will, fairly and in good faith, agree on “{{ meta.title }}” "
            "as follows.",
        )
    ),
)

_PAYMENT_DUE: Words = (
    Given(
        "payment.event == 'date'",
        Phrase("{{ payment.date | iso }}前", "by {{ payment.date | iso }}"),
        (
            "{{ payment.event | label }}",
            Given(
                "payment.days",
                Phrase(
                    "之日起{{ payment.days | number }}日内",
                    ", within {{ payment.days | number }} days",
                ),
                Phrase("当日", ", the same day"),
            ),
        ),
    ),
    Given("payment.condition", (Phrase("；", "; "), "{{ payment.condition }}")),
)

_PAYMENTS = Table(
    each="payment in contract.payments",
    unit=UNIT_YUAN,
    columns=(
        numbers(8),
        Column(Label("contract.payments[].name"), "{{ payment.name }}", 18),
        Column(
            Phrase("比例", "Share"),
            "{{ payment.share | percent }}",
            12,
            "center",
            total="{{ contract.share_total | percent }}",
        ),
        Column(
            Phrase("金额（含税）", "Amount incl. VAT"),
            "{{ payment.amount | money }}",
            22,
            "right",
            total=Given("contract.share_total == 1", "{{ contract.amount | money }}"),
        ),
        Column(Phrase("付款条件与期限", "When due"), _PAYMENT_DUE, 40),
    ),
)

_SERVICE_CREDITS = Table(
    each="step in contract.sla.credits",
    columns=(
        numbers(12),
        Column(
            Phrase("统计周期内可用性", "Availability in the period"),
            Phrase("低于{{ step.below | percent }}", "below {{ step.below | percent }}"),
            44,
            "center",
        ),
        Column(
            Phrase("服务补偿（占该周期服务费）", "Credit (share of the fee)"),
            "{{ step.credit | percent }}",
            44,
            "center",
        ),
    ),
    together=True,
)


def _notice(head: Words, path: str) -> tuple[Words, ...]:
    return (head, *(f"{{{{ {path.format(side)} }}}}" for side in ("a", "b")))


_NOTICES = Table(
    (
        Column(Phrase("事项", "Item"), width=14, align="center"),
        Column(PARTY_A, width=43),
        Column(PARTY_B, width=43),
    ),
    rows=(
        _notice(Label("contract.notices.a.addressee"), "contract.notices.{}.addressee"),
        _notice(Label("contract.notices.a.address"), "contract.notices.{}.address"),
        _notice(Label("contract.notices.a.phone"), "parties.{}.phone"),
        _notice(Label("contract.notices.a.email"), "contract.notices.{}.email"),
    ),
    together=True,
)

_PROCESSING = Form(
    (
        field("contract.data.personal_info", "label"),
        Field(
            Label("contract.data.purpose"),
            Given(
                "contract.data.purpose",
                "{{ contract.data.purpose }}",
                Phrase(
                    "履行本合同约定的系统建设、运行维护和售后服务",
                    "to build, operate, maintain and service the system under this contract",
                ),
            ),
        ),
        Field(
            Phrase("处理期限", "Period"),
            (
                Phrase(
                    "自本合同生效之日起，至按",
                    "from the effective date until return or deletion under ",
                ),
                Ref(article_bookmark(15), Phrase("第十五条", "Article 15")),
                Phrase("返还或者删除完成之日止", " is complete"),
            ),
        ),
        Field(
            Phrase("处理方式", "Manner"),
            Phrase(
                "存储、使用、加工、传输、删除等履行本合同所必需的方式",
                "storage, use, processing, transmission, deletion, as performance requires",
            ),
        ),
        Field(
            Label("contract.data.categories"),
            Given(
                "contract.data.categories",
                "{{ contract.data.categories }}",
                Phrase(
                    "甲方及其用户使用交付物过程中录入和产生的个人信息，以甲方书面确认的清单为准",
                    "personal information that Party A and its users enter or generate "
                    "in using the Deliverables, as listed by Party A in writing",
                ),
            ),
        ),
        FormRows(
            (
                Field(
                    Phrase("敏感个人信息", "Sensitive information"),
                    Given(
                        "contract.data.sensitive",
                        Phrase("涉及，须采取严格保护措施", "yes; strict protection applies"),
                        Phrase("不涉及", "no"),
                    ),
                ),
            ),
            condition="contract.data.sensitive is not none",
        ),
        Field(
            Label("contract.data.measures"),
            Given(
                "contract.data.measures",
                "{{ contract.data.measures }}",
                Phrase(
                    "账号实名、最小授权、传输和存储加密、操作日志留存不少于六个月、定期备份",
                    "named accounts, least privilege, encryption in transit and at rest, "
                    "logs kept for at least six months, regular backup",
                ),
            ),
        ),
        FormRows(
            (field("contract.data.protection_level"),), condition="contract.data.protection_level"
        ),
        FormRows((field("contract.data.location"),), condition="contract.data.location"),
    ),
    columns=2,
)

_TABLES: dict[str, tuple[Block, ...]] = {
    "payments": (_PAYMENTS,),
    "service_credits": (_SERVICE_CREDITS,),
    "notices": (_NOTICES,),
    "processing": (_PROCESSING,),
}

# ---- signature page ----

_SIGNATURES: tuple[Block, ...] = (
    Heading(Phrase("签署页", "Signature page"), numbered=False, new_page=True),
    Paragraph(
        Phrase(
            "（本页为《{{ contract.title }}》签署页，无正文。）",
            "(Signature page of “{{ contract.title }}”; no text of the contract.)",
        ),
        style="BodyText",
    ),
    CountedText(
        (
            Paragraph(
                Strong(
                    Phrase(
                        "双方确认：已注意到本合同以加粗字体标示的免除或者限制责任等"
                        "与对方有重大利害关系的条款，"
                        "提供条款的一方已应要求予以说明，双方理解并接受其含义。",
                        "The parties have noted the terms in bold, which exclude or limit "
                        "liability or otherwise matter greatly to the other; the party that drew "
                        "them up has explained them on request, and both understand and accept "
                        "them.",
                    )
                )
            ),
        )
    ),
    Signatures(
        Party((Phrase("甲方：", "Party A:"), Break(), "{{ parties.a.name }}")),
        Party((Phrase("乙方：", "Party B:"), Break(), "{{ parties.b.name }}")),
    ),
)

# ---- annex 1: what is delivered ----


def _part(zh: str, en: str) -> Heading:
    return Heading(Phrase(zh, en), level=2, numbered=False)


_QUANTITY = Given(
    "deliverable.qty",
    "{{ deliverable.qty | number }}{{ deliverable.unit }}",
    Lines("line in deliverable.lines", "{{ line.qty | number }}{{ line.unit }}", SEMICOLON, "/"),
)

_DELIVERABLES = Table(
    each="deliverable in contract.deliverables",
    small=True,
    columns=(
        Column(Phrase("编号", "No."), "{{ deliverable.id }}", 9, "center"),
        Column(Label("contract.deliverables[].name"), "{{ deliverable.name }}", 24),
        Column(Phrase("数量", "Quantity"), _QUANTITY, 12, "center"),
        Column(Label("contract.deliverables[].criteria"), "{{ deliverable.criteria }}", 46),
        Column(
            Label("contract.deliverables[].due"),
            Given(
                "deliverable.due",
                "{{ deliverable.due | iso }}",
                (
                    Phrase("按", "under "),
                    Phrase("第六条", "Article 6"),
                ),
            ),
            17,
            "center",
        ),
    ),
)

_FUNCTIONS = Table(
    each="function in proposal.functions",
    small=True,
    columns=(
        numbers(8),
        Column(Phrase("对应需求", "Need"), "{{ function.need.id }}", 12, "center"),
        Column(Label("proposal.functions[].function"), "{{ function.function }}", 26),
        Column(
            Phrase("功能说明与指标", "Description and measure"),
            (
                Given("function.description", "{{ function.description }}"),
                Given("function.description and function.need.metric", SEMICOLON),
                Given("function.need.metric", "{{ function.need.metric }}"),
                Given("not function.description and not function.need.metric", "/"),
            ),
            46,
        ),
        Column(Label("proposal.functions[].type"), "{{ function.type | label }}", 14, "center"),
    ),
)

_SCOPE: tuple[Block, ...] = (
    Annex(
        Phrase("技术方案与功能清单", "Scope and functions"), bookmark=annex_bookmark("annex-scope")
    ),
    _part("交付物与验收标准", "Deliverables and acceptance criteria"),
    _DELIVERABLES,
    When("proposal.functions", (_part("功能清单", "Functions"), _FUNCTIONS)),
    _part("不包含的内容", "Excluded"),
    Bullets(each="item in needs.out_of_scope", words="{{ item }}", numbered=True, empty=NONE),
    When(
        "proposal.assumptions",
        (
            _part("前提条件", "Assumptions"),
            Bullets(each="item in proposal.assumptions", words="{{ item }}", numbered=True),
        ),
    ),
)

# ---- annex 2: prices ----

_LINES = Table(
    each="line in proposal.quote.lines",
    unit=UNIT_YUAN,
    small=True,
    columns=(
        Column(Phrase("行号", "No."), "{{ line.id }}", 9, "center"),
        Column(Label("proposal.quote.lines[].name"), "{{ line.name }}", 22),
        Column(Label("proposal.quote.lines[].spec"), "{{ line.spec }}", 18),
        Column(Label("proposal.quote.lines[].unit"), "{{ line.unit }}", 9, "center"),
        Column(Label("proposal.quote.lines[].qty"), "{{ line.qty | number }}", 9, "right"),
        Column(
            Label("proposal.quote.lines[].unit_deal"), "{{ line.unit_deal | money }}", 20, "right"
        ),
        Column(Label("proposal.quote.lines[].vat"), "{{ line.vat | vat }}", 10, "center"),
        Column(
            Label("proposal.quote.lines[].gross"),
            "{{ line.gross | money }}",
            22,
            "right",
            total="{{ proposal.quote.total | money }}",
        ),
    ),
    notes=(
        (
            Given(
                "proposal.quote.price_basis == 'tax_excluded'",
                Phrase("单价为不含税价。", "Unit prices exclude VAT. "),
                Phrase("单价为含税价。", "Unit prices include VAT. "),
            ),
            Phrase(
                "单价已扣除优惠，四舍五入到分；各行金额按优惠前单价、数量和优惠比例计算，以金额为准。",
                "They are after discount, rounded to cents; amounts are computed from list price, "
                "quantity and discount and prevail.",
            ),
        ),
    ),
)

_BILLING = Table(
    each="line in proposal.quote.lines if line.billing",
    columns=(
        Column(Phrase("行号", "No."), "{{ line.id }}", 12, "center"),
        Column(Label("proposal.quote.lines[].name"), "{{ line.name }}", 40),
        Column(Label("proposal.quote.lines[].billing"), "{{ line.billing | label }}", 20, "center"),
        Column(Label("proposal.quote.lines[].remark"), "{{ line.remark }}", 40),
    ),
)

_TAX_SPLIT = Table(
    each="part in proposal.quote.by_rate",
    unit=UNIT_YUAN,
    columns=(
        Column(Phrase("税率", "VAT rate"), "{{ part.rate | vat }}", 16, "center"),
        Column(
            Phrase("含税金额", "Gross"),
            "{{ part.gross | money }}",
            28,
            "right",
            total="{{ proposal.quote.total | money }}",
        ),
        Column(
            Phrase("不含税金额", "Net"),
            "{{ part.net | money }}",
            28,
            "right",
            total="{{ proposal.quote.net | money }}",
        ),
        Column(
            Phrase("税额", "VAT"),
            "{{ part.tax | money }}",
            28,
            "right",
            total="{{ proposal.quote.tax | money }}",
        ),
    ),
    together=True,
)

_INVOICE = Form(
    (
        Field(
            Phrase("发票抬头", "Title"),
            Given("customer.invoice.title", "{{ customer.invoice.title }}", "{{ parties.a.name }}"),
            whole=True,
        ),
        Field(
            Phrase("纳税人识别号", "Tax No."),
            Given(
                "customer.invoice.tax_no", "{{ customer.invoice.tax_no }}", "{{ parties.a.uscc }}"
            ),
            whole=True,
        ),
        Field(
            Phrase("地址、电话", "Address, phone"),
            (
                Given(
                    "customer.invoice.address",
                    "{{ customer.invoice.address }}",
                    "{{ parties.a.address }}",
                ),
                Phrase("　", "  "),
                "{{ customer.invoice.phone }}",
            ),
            whole=True,
        ),
        Field(
            Phrase("开户行及账号", "Bank and account"),
            ("{{ customer.invoice.bank }}", Phrase("　", "  "), "{{ customer.invoice.account }}"),
            whole=True,
        ),
        Field(Phrase("收票邮箱", "E-mail"), "{{ customer.invoice.email }}", whole=True),
        Field(Phrase("发票类型", "Invoice"), "{{ contract.invoicing.type | label }}", whole=True),
    ),
    together=True,
)

_PRICES: tuple[Block, ...] = (
    Annex(Phrase("报价明细表", "Price table"), bookmark=annex_bookmark("annex-price")),
    _part("价格明细", "Prices"),
    _LINES,
    Paragraph(
        Phrase(
            "含税总价：{{ proposal.quote.total | yuan }}"
            "（大写：{{ proposal.quote.total | capitals }}）。",
            "Total incl. VAT: {{ proposal.quote.total | yuan }} "
            "({{ proposal.quote.total | capitals }}).",
        )
    ),
    When(
        "contract.type == 'saas'",
        (_part("计费方式", "Billing"), _BILLING),
    ),
    _part("按税率分列", "By VAT rate"),
    _TAX_SPLIT,
    _part("甲方开票信息", "Invoice data of Party A"),
    _INVOICE,
)

# ---- annex 3: plan ----

_WEEKS: Words = Given(
    "phase.end_week",
    Given(
        "phase.start_week == phase.end_week",
        Phrase("第{{ phase.end_week }}周", "{{ phase.end_week }}"),
        Phrase(
            "第{{ phase.start_week }}—{{ phase.end_week }}周",
            "{{ phase.start_week }}–{{ phase.end_week }}",
        ),
    ),
    "/",
)
_WEEKS_NOTE = Phrase(
    "周次自本合同生效之日起计算；具体日期由双方项目经理在项目交付计划中确认，不得超出合同约定的总期限。",
    "Weeks run from the effective date; dates are settled by the project managers in the delivery "
    "plan, within the total time of the contract.",
)

_PHASES = Table(
    each="phase in proposal.plan",
    columns=(
        numbers(8),
        Column(Label("proposal.plan[].phase"), "{{ phase.phase }}", 50),
        Column(Phrase("周次", "Weeks"), _WEEKS, 24, "center"),
        Column(
            Phrase("周数", "Number of weeks"),
            "{{ phase.weeks | number }}",
            18,
            "center",
            total="{{ proposal.plan_weeks | number }}",
        ),
    ),
    notes=(_WEEKS_NOTE,),
)

_PHASES_IN_DETAIL = Table(
    each="phase in proposal.plan",
    columns=(
        numbers(8),
        Column(Label("proposal.plan[].phase"), "{{ phase.phase }}", 15),
        Column(Phrase("周次", "Weeks"), _WEEKS, 19, "center"),
        Column(Label("proposal.plan[].tasks"), "{{ phase.tasks }}", 25),
        Column(Label("proposal.plan[].output"), "{{ phase.output }}", 17),
        Column(Phrase("甲方配合", "Party A"), "{{ phase.customer_duties }}", 18),
    ),
    notes=(_WEEKS_NOTE,),
)

_WAVES = Table(
    each="wave in contract.deliverables",
    columns=(
        Column(Phrase("编号", "No."), "{{ wave.id }}", 12, "center"),
        Column(Phrase("上线内容", "Scope"), "{{ wave.name }}", 48),
        Column(
            Phrase("上线期限", "Live by"),
            Given("wave.due", "{{ wave.due | iso }}", Phrase("按第六条", "Article 6")),
            22,
            "center",
        ),
        Column(Phrase("确认方式", "Record"), Phrase("上线确认单", "go-live record"), 22, "center"),
    ),
)

_DUTIES = Table(
    each="duty in contract.customer_duties",
    columns=(
        numbers(8),
        Column(Label("contract.customer_duties[].what"), "{{ duty.what }}", 66),
        Column(
            Label("contract.customer_duties[].due"),
            Given("duty.due", "{{ duty.due | iso }}", Phrase("项目启动前", "before kick-off")),
            22,
            "center",
        ),
    ),
)

_STAFF = Table(
    each="person in contract.key_staff",
    columns=(
        numbers(8),
        Column(Phrase("姓名", "Name"), "{{ person.name }}", 24, "center"),
        Column(Phrase("岗位", "Role"), "{{ person.role | label }}", 30, "center"),
        Column(Phrase("职务", "Post"), "{{ person.title }}", 30, "center"),
    ),
    together=True,
)

_TEAM = Table(
    each="place in proposal.team",
    columns=(
        numbers(8),
        Column(Phrase("岗位", "Role"), "{{ place.role }}", 24),
        Column(
            Phrase("人员", "Person"),
            Given("place.person", "{{ place.person.name }}", "{{ place.grade }}"),
            24,
            "center",
        ),
        Column(Phrase("职责", "Duty"), "{{ place.duty }}", 44),
    ),
)

_PLAN: tuple[Block, ...] = (
    Annex(Phrase("项目实施计划", "Implementation plan"), bookmark=annex_bookmark("annex-plan")),
    _part("实施阶段", "Phases"),
    When(
        "proposal.plan and (proposal.plan[0].tasks or proposal.plan[0].output)",
        (_PHASES_IN_DETAIL,),
        (_PHASES,),
    ),
    When("contract.type == 'saas'", (_part("上线内容与确认", "Going live"), _WAVES)),
    _part("甲方配合事项", "Duties of Party A"),
    When(
        "contract.customer_duties",
        (_DUTIES,),
        (
            Bullets(
                (
                    Phrase(
                        "在项目启动前指定项目负责人并提供现场办公条件；",
                        "Project lead and premises before kick-off;",
                    ),
                    Phrase(
                        "按各阶段需要提供网络、账号和基础数据；",
                        "Network, accounts and base data as each phase needs;",
                    ),
                    Phrase(
                        "组织相关人员参加调研、培训和验收。",
                        "Attendance at survey, training and acceptance.",
                    ),
                ),
                numbered=True,
            ),
        ),
    ),
    When(
        "contract.type != 'sale'",
        (
            _part("乙方关键人员", "Key staff of Party B"),
            When(
                "contract.key_staff",
                (_STAFF,),
                (
                    When(
                        "proposal.team",
                        (_TEAM,),
                        (
                            Paragraph(
                                Phrase(
                                    "乙方应在本合同生效后5日内书面通知甲方项目经理及主要技术人员的姓名和联系方式。",
                                    "Within 5 days of the effective date Party B names its "
                                    "project manager and lead engineers in writing.",
                                )
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
)

# ---- annex 4: service and training ----


def _hours(path: str) -> Words:
    return Phrase(f"{{{{ {path} | number }}}}小时内", f"within {{{{ {path} | number }}}} hours")


_SERVICE: tuple[Block, ...] = (
    Annex(Phrase("售后服务承诺", "Service"), bookmark=annex_bookmark("annex-service")),
    _part("服务标准", "Service standards"),
    Form(
        (
            FormRows(
                (
                    Field(
                        Phrase("质保期", "Warranty"),
                        Phrase(
                            "{{ contract.warranty.months | number }}个月，"
                            "自{{ contract.warranty.from | label }}次日起算",
                            "{{ contract.warranty.months | number }} months from the day after: "
                            "{{ contract.warranty.from | label }}",
                        ),
                        whole=True,
                    ),
                ),
                condition="contract.type != 'saas'",
            ),
            Field(Phrase("响应时间", "Response"), _hours("contract.warranty.response_hours")),
            Field(Phrase("到场时间", "On site"), _hours("contract.warranty.onsite_hours")),
            Field(
                Label("proposal.service.hours"),
                Given(
                    "proposal.service.hours",
                    "{{ proposal.service.hours }}",
                    Phrase(
                        "工作日9:00—18:00，重大故障不受此限",
                        "9:00–18:00 on working days; severe faults at any time",
                    ),
                ),
                whole=True,
            ),
            Field(
                Label("proposal.service.content"),
                Given(
                    "proposal.service.content",
                    "{{ proposal.service.content }}",
                    Phrase(
                        "电话、远程和现场支持，缺陷修复，故障记录和处理结果书面反馈",
                        "support by telephone, remotely and on site, repair of defects, "
                        "written records of faults and their remedy",
                    ),
                ),
                whole=True,
            ),
        )
    ),
    When(
        "training_terms.admins or training_terms.operators",
        (
            _part("培训安排", "Training"),
            Form(
                (
                    Field(
                        Label("training_terms.admins"),
                        Phrase(
                            "{{ training_terms.admins | number }}人",
                            "{{ training_terms.admins | number }}",
                        ),
                    ),
                    Field(
                        Label("training_terms.operators"),
                        Phrase(
                            "{{ training_terms.operators | number }}人",
                            "{{ training_terms.operators | number }}",
                        ),
                    ),
                    Field(
                        Label("training_terms.days"),
                        Phrase(
                            "{{ training_terms.days | number }}天",
                            "{{ training_terms.days | number }}",
                        ),
                    ),
                    Field(
                        Label("training_terms.pass_rate"),
                        Given(
                            "training_terms.pass_rate",
                            "{{ training_terms.pass_rate | percent }}",
                            Phrase("以附件一验收标准为准", "see Annex 1"),
                        ),
                    ),
                    Field(
                        Label("training_terms.content"),
                        Given(
                            "training_terms.content",
                            "{{ training_terms.content }}",
                            Phrase(
                                "系统管理、日常操作和常见问题处理",
                                "administration, daily use, common problems",
                            ),
                        ),
                        whole=True,
                    ),
                ),
                together=True,
            ),
        ),
    ),
)

# ---- annex 6: who may sign ----


def _authority(side: str) -> tuple[Words, ...]:
    path = f"contract.signatories.{side}"
    agent = f"{path}.capacity == 'agent'"
    return (
        PARTY_A if side == "a" else PARTY_B,
        f"{{{{ {path}.name }}}}",
        f"{{{{ {path}.capacity | label }}}}",
        Given(agent, f"{{{{ {path}.poa.doc_no }}}}", Phrase("无需授权", "none needed")),
        Given(agent, f"{{{{ {path}.poa.valid_to | iso }}}}", "/"),
        Given(agent, f"{{{{ {path}.poa.limit | money }}}}", "/"),
    )


_AUTHORITY: tuple[Block, ...] = (
    Annex(Phrase("授权委托书", "Powers of attorney"), bookmark=annex_bookmark("annex-authority")),
    Paragraph(
        Phrase(
            "双方签署本合同的代表及其权限如下。由授权代表签署的，授权委托书原件附后；由法定代表人签署的，无需授权委托书。",
            "Who signs for the parties and by what authority. The original power of an agent "
            "follows; a legal representative needs none.",
        ),
        keep_next=True,
    ),
    Table(
        (
            Column(Phrase("一方", "Party"), width=8, align="center"),
            Column(Phrase("签约代表", "Signatory"), width=13, align="center"),
            Column(Phrase("签约身份", "Capacity"), width=16, align="center"),
            Column(Phrase("委托书编号", "Power No."), width=26, align="center"),
            Column(Phrase("有效期至", "Valid until"), width=18, align="center"),
            Column(Phrase("授权限额（元）", "Limit, CNY"), width=22, align="right"),
        ),
        rows=(_authority("a"), _authority("b")),
        together=True,
    ),
)

_UNSIGNED = Phrase("　　　年　　月　　日", "")

_COVER = Cover(
    (
        (Phrase("甲　　方：", "Party A:"), "{{ parties.a.name }}"),
        (Phrase("乙　　方：", "Party B:"), "{{ parties.b.name }}"),
        (
            Phrase("签订日期：", "Signed on:"),
            Given("contract.signed", "{{ contract.signed | day }}", _UNSIGNED),
        ),
        (
            Phrase("签订地点：", "Signed at:"),
            Given("contract.signed_at", "{{ contract.signed_at }}", Phrase("　", "")),
        ),
    ),
    name="{{ contract.title }}",
    title=Phrase("合　同　书", "Contract"),
)

LAYOUT = Layout(
    kind="contract",
    header=(
        "{{ document.company }}",
        Tab(),
        Phrase("合同　", "Contract  "),
        "{{ document.classification | label }}",
    ),
    footer=(
        "{{ document.doc_no }}",
        Phrase("　", "  "),
        "{{ document.version }}",
        Tab(),
        Phrase("第 ", "Page "),
        PageNumber("PAGE"),
        Phrase(" 页　共 ", " of "),
        PageNumber("NUMPAGES"),
        Phrase(" 页", ""),
        Tab(),
        Phrase("文本指纹 ", "Fingerprint "),
        "{{ document.fingerprint }}",
    ),
    blocks=(
        _COVER,
        Contents(levels=1),
        CountedText((*_PARTIES, Articles(_TABLES))),
        *_SIGNATURES,
        CountedText(
            (
                *_SCOPE,
                *_PRICES,
                *_PLAN,
                *_SERVICE,
                AnnexClauses("integrity-agreement"),
                *_AUTHORITY,
                AnnexClauses("data-processing", _TABLES),
            )
        ),
    ),
)
