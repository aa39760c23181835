"""Every list of options a case can choose from: stable codes in the file, labels zh and en.

A member equals its code (`result == "pass"`), so templates and rules compare with plain text. In
a file the Chinese label may stand for the code, because that is what people copy from forms.
"""

import re
import unicodedata
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from salesdocs.case.problems import UNKNOWN_CHOICE, problem

_loose = re.compile(r"[\s　]+")


class Choice(StrEnum):
    """One option of a list: its code as text, `zh` and `en` for people."""

    zh: str
    en: str

    def __new__(cls, code: str, zh: str, en: str) -> Self:
        """Return the member that equals `code` and carries both labels."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh = zh
        member.en = en
        return member

    @classmethod
    def parse(cls, value: object) -> Self:
        """Return the member meant by a code, a Chinese label or a member.

        Raises a problem that names the options, the likeliest first.
        """
        known = cls._value2member_map_.get(value) if isinstance(value, str) else None
        if isinstance(known, cls):
            return known
        wanted = _plain(str(value))
        for member in cls:
            if wanted in (_plain(member.value), _plain(member.zh)):
                return member
        raise _not_an_option(cls, str(value))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return a schema that is one call of `parse`: cheaper to build than pydantic's own."""
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the codes as an enumeration whose description holds the labels."""
        labels = "；".join(f"{member.value} {member.zh}" for member in cls)
        codes: list[str | int] = [member.value for member in cls]
        # `stage: 7` is a number to an editor.
        codes += [int(code) for code in codes if isinstance(code, str) and code.isdecimal()]
        return {"enum": codes, "description": labels}


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("–", "-").replace("—", "-")
    return _loose.sub("", folded)


def _not_an_option(kind: type[Choice], written: str) -> Exception:
    options = "、".join(f"{member.value}（{member.zh}）" for member in kind)
    options_en = ", ".join(member.value for member in kind)
    names = {member.value: member for member in kind} | {member.zh: member for member in kind}
    near = get_close_matches(written, names, n=1, cutoff=0.6)
    lead_zh = f"是否想写 {names[near[0]].value}？" if near else ""
    lead_en = f"did you mean {names[near[0]].value}? " if near else ""
    return problem(
        UNKNOWN_CHOICE,
        f"“{written}”不在可选项之内",
        f"“{written}” is not one of the options",
        f"{lead_zh}可填：{options}",
        f"{lead_en}choose from: {options_en}",
    )


# ---- the case ----


class Stage(Choice):
    """The seven stages; the codes are the numbers written in `meta.stage`."""

    DEVELOPMENT = "1", "客户开发", "Customer development"
    NEEDS = "2", "需求分析", "Needs analysis"
    SOLUTION = "3", "方案制定", "Solution design"
    NEGOTIATION = "4", "商务谈判", "Negotiation"
    CONTRACTING = "5", "合同签订", "Contracting"
    DELIVERY = "6", "履约交付", "Delivery"
    AFTERSALES = "7", "售后维护", "After-sales"


class CaseStatus(Choice):
    """Where the whole deal stands."""

    ACTIVE = "active", "进行中", "Active"
    WON_CLOSED = "won_closed", "已成交关闭", "Won and closed"
    LOST = "lost", "已丢单", "Lost"
    SUSPENDED = "suspended", "暂停", "Suspended"


class ProcurementMode(Choice):
    """How the customer buys; public modes change the process (domain.md 2.6)."""

    DIRECT = "direct", "直接采购", "Direct purchase"
    PUBLIC_TENDER = "public_tender", "公开招标", "Public tender"
    COMPETITIVE_CONSULTATION = "competitive_consultation", "竞争性磋商", "Competitive consultation"
    SINGLE_SOURCE = "single_source", "单一来源", "Single source"
    FRAMEWORK = "framework", "框架协议", "Framework agreement"


class SizeClass(Choice):
    """Statistical size of an enterprise (划型办法 2017); drives the SME payment rules."""

    LARGE = "large", "大型", "Large"
    MEDIUM = "medium", "中型", "Medium"
    SMALL = "small", "小型", "Small"
    MICRO = "micro", "微型", "Micro"


class Role(Choice):
    """What one of our people does in the deal."""

    SALES_REP = "sales_rep", "销售代表", "Sales representative"
    SALES_MANAGER = "sales_manager", "销售经理", "Sales manager"
    SALES_DIRECTOR = "sales_director", "销售总监", "Sales director"
    PRESALES = "presales", "售前", "Pre-sales"
    PRODUCT = "product", "产品经理", "Product manager"
    TECH = "tech", "技术负责人", "Technical lead"
    PM = "pm", "项目经理", "Project manager"
    CSM = "csm", "客户成功经理", "Customer success manager"
    LEGAL = "legal", "法务", "Legal"
    FINANCE = "finance", "财务", "Finance"
    GM = "gm", "总经理", "General manager"
    SEAL_KEEPER = "seal_keeper", "印章管理员", "Seal keeper"


class DocumentStatus(Choice):
    """Life of an issued document."""

    DRAFT = "draft", "草稿", "Draft"
    ISSUED = "issued", "已发出", "Issued"
    CONFIRMED = "confirmed", "已确认", "Confirmed"
    SIGNED = "signed", "已签署", "Signed"
    SUPERSEDED = "superseded", "已替代", "Superseded"
    VOID = "void", "作废", "Void"


class Classification(Choice):
    """Who may read a document; printed top right."""

    PUBLIC = "public", "公开", "Public"
    INTERNAL = "internal", "内部", "Internal"
    CONFIDENTIAL = "confidential", "机密", "Confidential"


class Nothing(Choice):
    """Looked at and found nothing: not the same as a field left blank."""

    NONE = "none", "无", "None"


class Level(Choice):
    """High, medium or low, for influence, probability, impact and risk."""

    HIGH = "high", "高", "High"
    MEDIUM = "medium", "中", "Medium"
    LOW = "low", "低", "Low"


class OpenClosed(Choice):
    """Whether something still needs attention."""

    OPEN = "open", "未关闭", "Open"
    DOING = "doing", "处理中", "In progress"
    CLOSED = "closed", "已关闭", "Closed"


class ContactMode(Choice):
    """How two sides met or spoke."""

    ONSITE = "onsite", "现场", "On site"
    ONLINE = "online", "线上", "Online"
    PHONE = "phone", "电话", "Phone"
    QUESTIONNAIRE = "questionnaire", "问卷", "Questionnaire"
    EMAIL = "email", "邮件", "E-mail"
    WECHAT = "wechat", "微信", "WeChat"
    EXHIBITION = "exhibition", "展会面谈", "At an exhibition"


class Side(Choice):
    """Which side something falls to."""

    CUSTOMER = "customer", "甲方", "Party A"
    SUPPLIER = "supplier", "乙方", "Party B"
    BOTH = "both", "双方", "Both parties"
    THIRD_PARTY = "third_party", "第三方", "Third party"


# ---- parties ----


class VatStatus(Choice):
    """Which VAT payer the supplier is."""

    GENERAL = "general", "一般纳税人", "General taxpayer"
    SMALL_SCALE = "small_scale", "小规模纳税人", "Small-scale taxpayer"


class CustomerKind(Choice):
    """How the customer came to us."""

    NEW = "new", "新客户", "New"
    EXISTING = "existing", "老客户", "Existing"
    CHANNEL = "channel", "渠道客户", "Channel"
    RETURNING = "returning", "回流客户", "Returning"


class Nature(Choice):
    """Kind of organisation; institution and government switch on the procurement rules."""

    STATE = "state", "国有", "State-owned"
    PRIVATE = "private", "民营", "Private"
    FOREIGN = "foreign", "外资", "Foreign-funded"
    JOINT = "joint", "合资", "Joint venture"
    INSTITUTION = "institution", "事业单位", "Public institution"
    GOVERNMENT = "government", "机关", "Government body"
    SOCIAL = "social", "社会组织", "Social organisation"
    INDIVIDUAL = "individual", "个体工商户", "Sole trader"


class ScaleBasis(Choice):
    """By what the scale of a customer is stated: exactly one of the two."""

    HEADCOUNT = "headcount", "员工人数", "Headcount"
    REVENUE = "revenue", "营收规模", "Revenue"


class ScaleBand(Choice):
    """Bands of scale: people, or yearly revenue in yuan."""

    STAFF_UNDER_20 = "<20", "20 人以下", "fewer than 20 people"
    STAFF_20 = "20-99", "20–99 人", "20–99 people"
    STAFF_100 = "100-299", "100–299 人", "100–299 people"
    STAFF_300 = "300-499", "300–499 人", "300–499 people"
    STAFF_500 = "500-1000", "500–1000 人", "500–1000 people"
    STAFF_OVER_1000 = ">1000", "1000 人以上", "more than 1000 people"
    REVENUE_UNDER_5M = "<5m", "500 万元以下", "under CNY 5 million"
    REVENUE_5M = "5-20m", "500 万–2000 万元", "CNY 5–20 million"
    REVENUE_20M = "20-100m", "2000 万–1 亿元", "CNY 20–100 million"
    REVENUE_100M = "100-400m", "1 亿–4 亿元", "CNY 100–400 million"
    REVENUE_OVER_400M = ">400m", "4 亿元以上", "over CNY 400 million"


class CreditStatus(Choice):
    """Standing in the enterprise register."""

    NORMAL = "normal", "正常", "In good standing"
    ABNORMAL = "abnormal", "经营异常", "Abnormal operation"
    REVOKED = "revoked", "吊销", "Licence revoked"
    CANCELLED = "cancelled", "注销", "Deregistered"


class InvoiceType(Choice):
    """Kind of VAT invoice."""

    VAT_SPECIAL = "vat_special", "增值税专用发票", "Special VAT invoice"
    VAT_ORDINARY = "vat_ordinary", "增值税普通发票", "Ordinary VAT invoice"


class BuyingRole(Choice):
    """What a contact does in the purchase."""

    DECISION_MAKER = "decision_maker", "决策人", "Decision maker"
    BUDGET = "budget", "预算审批人", "Budget holder"
    TECHNICAL = "technical", "技术负责人", "Technical lead"
    BUYER = "buyer", "采购", "Buyer"
    USER = "user", "使用者", "User"
    FINANCE = "finance", "财务", "Finance"
    LEGAL = "legal", "法务", "Legal"
    OTHER = "other", "其他", "Other"


class Attitude(Choice):
    """How a contact stands to us; internal."""

    SUPPORTER = "supporter", "支持", "Supporter"
    NEUTRAL = "neutral", "中立", "Neutral"
    RESISTANT = "resistant", "抵触", "Resistant"


# ---- lead ----


class LeadChannel(Choice):
    """Where a lead came from."""

    EXHIBITION = "exhibition", "展会", "Exhibition"
    WEBSITE = "website", "官网注册", "Website"
    REFERRAL = "referral", "客户转介绍", "Referral"
    RESEARCH = "research", "行业调研", "Industry research"
    ADVERT = "advert", "广告", "Advertisement"
    PARTNER = "partner", "渠道伙伴", "Partner"
    TENDER = "tender", "招标公告", "Tender notice"
    COLD_CALL = "cold_call", "陌生拜访", "Cold call"
    OTHER = "other", "其他", "Other"


class RatingDimension(Choice):
    """What a lead is rated by."""

    INDUSTRY = "industry", "行业匹配度", "Industry fit"
    SCALE = "scale", "规模匹配度", "Scale fit"
    BUDGET = "budget", "预算匹配度", "Budget"
    URGENCY = "urgency", "需求紧迫度", "Urgency"


class BantLevel(Choice):
    """How far one of Budget, Authority, Need, Timing is settled."""

    FULL = "full", "明确", "Full"
    PARTIAL = "partial", "部分明确", "Partial"
    NONE = "none", "没有", "None"
    UNKNOWN = "unknown", "未知", "Unknown"


class Meddic(Choice):
    """The six questions of MEDDIC."""

    METRICS = "metrics", "量化指标", "Metrics"
    ECONOMIC_BUYER = "economic_buyer", "经济决策人", "Economic buyer"
    DECISION_CRITERIA = "decision_criteria", "决策标准", "Decision criteria"
    DECISION_PROCESS = "decision_process", "决策流程", "Decision process"
    PAIN = "pain", "痛点", "Identified pain"
    CHAMPION = "champion", "内部支持者", "Champion"


class Veto(Choice):
    """Items any of which caps the grade of a lead at C."""

    DISHONEST = "dishonest", "失信", "Dishonest debtor"
    CEASED = "ceased", "吊销/注销", "Revoked or deregistered"
    SANCTIONED = "sanctioned", "受限", "Sanctioned"
    COMPETITOR = "competitor", "竞争对手", "Competitor"
    OUT_OF_SCOPE = "out_of_scope", "超出能力", "Beyond our ability"
    CONFLICT = "conflict", "利益冲突", "Conflict of interest"


class Grade(Choice):
    """Grade of a lead: high, medium or low intent."""

    A = "A", "A 级（高意向）", "A (high intent)"
    B = "B", "B 级（中意向）", "B (medium intent)"
    C = "C", "C 级（低意向）", "C (low intent)"


class LeadDecision(Choice):
    """What is done with a rated lead."""

    PURSUE = "pursue", "跟进", "Pursue"
    NURTURE = "nurture", "培育", "Nurture"
    RETURN = "return", "退回公海", "Return to the pool"
    DROP = "drop", "放弃", "Drop"


# ---- needs ----


class NeedClass(Choice):
    """Class of a need."""

    MUST = "must", "必备功能", "Must have"
    WANT = "want", "期望功能", "Want"
    VALUE_ADD = "value_add", "增值需求", "Value add"


class Feasibility(Choice):
    """Whether the standard product does it or it has to be built."""

    STANDARD = "standard", "标准功能", "Standard"
    CUSTOM = "custom", "定制开发", "Custom"
    NOT_FEASIBLE = "not_feasible", "不可行", "Not feasible"


class NeedStatus(Choice):
    """What became of a need."""

    PROPOSED = "proposed", "待评审", "Proposed"
    ACCEPTED = "accepted", "接受", "Accepted"
    DEFERRED = "deferred", "暂缓", "Deferred"
    REJECTED = "rejected", "不接受", "Rejected"


class NonFunctionalKind(Choice):
    """Kind of a non-functional need."""

    PERFORMANCE = "performance", "性能", "Performance"
    AVAILABILITY = "availability", "可用性", "Availability"
    SECURITY = "security", "安全", "Security"
    DATA = "data", "数据", "Data"
    INTEGRATION = "integration", "集成", "Integration"
    COMPLIANCE = "compliance", "合规", "Compliance"
    OPS = "ops", "运维", "Operations"


class Direction(Choice):
    """Which way an interface moves data, seen from our system."""

    IN = "inbound", "导入", "Inbound"
    OUT = "outbound", "导出", "Outbound"
    BOTH = "both", "双向", "Both ways"


class TechnicalResult(Choice):
    """Technical judgement on one need in the review."""

    PASS = "pass", "可行", "Feasible"
    RISK = "risk", "有风险", "At risk"
    FAIL = "fail", "不可行", "Not feasible"


class ResourceResult(Choice):
    """Whether we have the people for one need."""

    PASS = "pass", "充足", "Sufficient"
    LACK = "lack", "不足", "Lacking"


class ReviewDecision(Choice):
    """What the review decides on one need."""

    ACCEPT = "accept", "接受", "Accept"
    MODIFY = "modify", "修改", "Modify"
    DEFER = "defer", "暂缓", "Defer"
    REJECT = "reject", "不接受", "Reject"


class ReviewConclusion(Choice):
    """What the review concludes."""

    PASS = "pass", "通过", "Pass"
    PASS_WITH_CONDITIONS = "pass_with_conditions", "有条件通过", "Pass with conditions"
    REWORK = "rework", "修改后重审", "Rework"
    REJECT = "reject", "不通过", "Reject"


# ---- proposal ----


class LineKind(Choice):
    """What a quote line sells; decides its customary VAT rate (domain.md 3.4)."""

    GOODS = "goods", "货物", "Goods"
    SOFTWARE = "software", "软件产品", "Software"
    SAAS = "saas", "软件服务", "Software as a service"
    SERVICE = "service", "服务", "Service"
    DEV_SERVICE = "dev_service", "开发服务", "Development service"
    TRAINING = "training", "培训", "Training"
    CONSULTING = "consulting", "咨询", "Consulting"
    MAINTENANCE_GOODS = "maintenance_goods", "维修", "Repair"
    CONSTRUCTION = "construction", "建筑", "Construction"
    INSTALLATION = "installation", "安装", "Installation"
    LEASING_MOVABLE = "leasing_movable", "设备租赁", "Equipment leasing"
    TRANSPORT = "transport", "运输", "Transport"


class PriceBasis(Choice):
    """Whether list prices include tax."""

    TAX_INCLUDED = "tax_included", "含税", "Tax included"
    TAX_EXCLUDED = "tax_excluded", "不含税", "Tax excluded"


class Billing(Choice):
    """How often a line of the price table is charged."""

    ONCE = "once", "一次性", "Once"
    YEARLY = "yearly", "每年", "Yearly"
    MONTHLY = "monthly", "每月", "Monthly"


class Currency(Choice):
    """Currency of all amounts of a case."""

    CNY = "CNY", "人民币", "Renminbi"
    USD = "USD", "美元", "US dollar"
    EUR = "EUR", "欧元", "Euro"
    HKD = "HKD", "港元", "Hong Kong dollar"
    JPY = "JPY", "日元", "Japanese yen"


class Response(Choice):
    """Answer to one requirement in the deviation table of a bid."""

    FULL = "full", "完全响应", "Full"
    PARTIAL = "partial", "部分响应", "Partial"
    DEVIATION = "deviation", "偏离", "Deviation"


class Material(Choice):
    """Supporting material of a proposal."""

    SLIDES = "slides", "演示PPT", "Slides"
    MANUAL = "manual", "产品手册", "Product manual"
    DRAFT_CONTRACT = "draft_contract", "合同草案", "Draft contract"


class ConfirmationResult(Choice):
    """The customer's answer to the proposal."""

    AGREED = "agreed", "同意", "Agreed"
    AGREED_IN_PRINCIPLE = "agreed_in_principle", "原则同意", "Agreed in principle"
    CONDITIONAL = "conditional", "有条件同意", "Conditional"
    REJECTED = "rejected", "不同意", "Rejected"


# ---- negotiation and intent ----


class TopicKind(Choice):
    """What is negotiated."""

    PRICE = "price", "价格", "Price"
    PAYMENT = "payment", "付款", "Payment"
    DELIVERY = "delivery", "交付周期", "Delivery time"
    SERVICE = "service", "服务条款", "Service terms"
    WARRANTY = "warranty", "质保", "Warranty"
    IP = "ip", "知识产权", "Intellectual property"
    LIABILITY = "liability", "违约责任", "Liability"
    ACCEPTANCE = "acceptance", "验收", "Acceptance"
    OTHER = "other", "其他", "Other"


class TopicOutcome(Choice):
    """Where a topic stands after a round."""

    AGREED = "agreed", "达成一致", "Agreed"
    OPEN = "open", "待定", "Open"
    DROPPED = "dropped", "撤回", "Dropped"


class FloorTerm(Choice):
    """A term that has a floor of ours below which we do not go."""

    AMOUNT = "amount", "成交金额", "Amount"
    DAYS = "days", "交付周期（天）", "Delivery days"
    PREPAY = "prepay", "预付款比例", "Advance payment"
    RETENTION = "retention", "质保金比例", "Retention"
    WARRANTY = "warranty", "质保期（月）", "Warranty months"


class BindingClause(Choice):
    """Clauses of a letter of intent that can bind; all else is stated as non-binding."""

    CONFIDENTIALITY = "confidentiality", "保密", "Confidentiality"
    EXCLUSIVITY = "exclusivity", "排他", "Exclusivity"
    COSTS = "costs", "费用承担", "Costs"
    DISPUTE = "dispute", "争议解决", "Dispute resolution"
    VALIDITY = "validity", "有效期", "Validity"
    DEPOSIT = "deposit", "定金", "Deposit"


class IntentArticle(Choice):
    """Articles a letter of intent can have, in their order; those that can bind share the code."""

    PROJECT = "project", "合作项目", "Project"
    KEY_TERMS = "key_terms", "关键条款", "Key terms"
    CONTRACT = "contract", "正式合同的签订", "Conclusion of the contract"
    PREPARATION = "preparation", "前期准备", "Preparatory work"
    DEPOSIT = "deposit", "定金", "Deposit"
    EXCLUSIVITY = "exclusivity", "排他洽谈", "Exclusivity"
    CONFIDENTIALITY = "confidentiality", "保密", "Confidentiality"
    COSTS = "costs", "费用承担", "Costs"
    DISPUTE = "dispute", "争议解决", "Dispute resolution"
    VALIDITY = "validity", "有效期", "Validity"
    EFFECT = "effect", "效力", "Legal effect"


class IntentNature(Choice):
    """What the letter of intent commits the parties to; the two wordings are never mixed."""

    NON_BINDING = "non_binding", "仅为意向", "Statement of intent"
    DUTY_TO_CONTRACT = "duty_to_contract", "约定签约义务", "Duty to conclude the contract"


class DepositNature(Choice):
    """What money paid beforehand is in law; 定金 at most 20 % (Civil Code 586)."""

    DEPOSIT = "deposit", "定金", "Earnest money"
    ADVANCE = "advance", "预付款", "Advance payment"
    SINCERITY = "sincerity", "诚意金", "Good-faith money"


# ---- contract ----


class ContractType(Choice):
    """Kind of contract."""

    SALE = "sale", "买卖合同", "Sale"
    WORK = "work", "承揽合同", "Work"
    TECH_DEVELOPMENT = "tech_development", "技术开发合同", "Technology development"
    TECH_SERVICE = "tech_service", "技术服务合同", "Technology service"
    SOFTWARE_LICENCE = "software_licence", "软件许可合同", "Software licence"
    SAAS = "saas", "软件服务合同", "Software as a service"
    MIXED = "mixed_system_integration", "混合合同（系统集成）", "Mixed (system integration)"


class TemplateKind(Choice):
    """Where the contract text comes from; customer text needs full legal review."""

    OUR_STANDARD = "our_standard", "我方标准文本", "Our standard text"
    OUR_MODIFIED = "our_modified", "我方文本（有修改）", "Our text, modified"
    CUSTOMER = "customer", "对方文本", "Customer's text"
    TENDER = "tender", "招标文本", "Tender text"


class Language(Choice):
    """Language of a text."""

    ZH = "zh", "中文", "Chinese"
    EN = "en", "英文", "English"
    BILINGUAL = "bilingual", "中英双语", "Bilingual"


class EffectiveRule(Choice):
    """When a contract takes effect."""

    SIGNED_OR_SEALED = "signed_or_sealed", "签字或盖章之日", "On signature or seal"
    BOTH_SIGNED_AND_SEALED = (
        "both_signed_and_sealed",
        "双方签字并盖章之日",
        "On signature and seal of both parties",
    )
    ON_DEPOSIT = "on_deposit", "定金到账之日", "On receipt of the deposit"
    ON_DATE = "on_date", "约定日期", "On an agreed date"


class Capacity(Choice):
    """In what capacity someone signs."""

    LEGAL_REP = "legal_rep", "法定代表人", "Legal representative"
    AGENT = "agent", "授权代表", "Authorised agent"


class Seal(Choice):
    """Which seal is used."""

    COMPANY = "company_seal", "公章", "Company seal"
    CONTRACT = "contract_seal", "合同专用章", "Contract seal"
    NONE = "none", "不盖章", "No seal"


class PaymentEvent(Choice):
    """What starts the term of a payment or a period."""

    SIGNED = "signed", "合同签订", "Signature"
    EFFECTIVE = "effective", "合同生效", "Contract in effect"
    DELIVERY = "delivery", "到货", "Delivery of goods"
    PRELIM_ACCEPTANCE = "prelim_acceptance", "初验合格", "Preliminary acceptance"
    FINAL_ACCEPTANCE = "final_acceptance", "终验合格", "Final acceptance"
    WARRANTY_END = "warranty_end", "质保期满", "End of warranty"
    MILESTONE = "milestone", "里程碑完成", "Milestone reached"
    DATE = "date", "约定日期", "Agreed date"


class BondForm(Choice):
    """In what form a performance bond is given."""

    BANK_GUARANTEE = "bank_guarantee", "银行保函", "Bank guarantee"
    INSURANCE = "insurance", "保证保险", "Surety insurance"
    TRANSFER = "transfer", "转账", "Transfer"


class InvoicingTime(Choice):
    """When the invoice is issued."""

    AFTER_RECEIPT = "after_receipt_of_payment", "收款后开票", "After receipt of payment"
    BEFORE_PAYMENT = "before_payment", "付款前开票", "Before payment"
    ON_ACCEPTANCE = "on_acceptance", "验收后开票", "On acceptance"


class BackgroundIp(Choice):
    """Who owns what each side brought along."""

    EACH_RETAINS = "each_retains", "各自保留", "Each retains"
    CUSTOMER_OWNS = "customer_owns", "归甲方", "Party A owns"


class StandardSoftwareIp(Choice):
    """On what terms the standard product is used."""

    SUPPLIER_LICENCE = "supplier_licence", "乙方所有，许可甲方使用", "Supplier's, licensed"
    CUSTOMER_OWNS = "customer_owns", "归甲方", "Party A owns"


class CustomDevIp(Choice):
    """Who owns what is built for the customer."""

    SUPPLIER_OWNS = (
        "supplier_owns_customer_perpetual_licence",
        "乙方所有，甲方永久使用",
        "Supplier owns, customer holds a perpetual licence",
    )
    CUSTOMER_OWNS = "customer_owns", "甲方所有", "Customer owns"
    JOINT = "joint", "双方共有", "Jointly owned"


class PersonalInfo(Choice):
    """How personal information is processed under the contract."""

    NONE = "none", "不涉及", "None"
    ENTRUSTED_PROCESSING = "entrusted_processing", "委托处理", "Entrusted processing"
    JOINT = "joint", "共同处理", "Joint processing"
    PROVIDED = "provided", "向对方提供", "Provided to the other party"


class CarveOut(Choice):
    """What a limit of liability does not cover (Civil Code 506 and usage)."""

    PERSONAL_INJURY = "personal_injury", "人身损害", "Personal injury"
    WILFUL_OR_GROSS_NEGLIGENCE = (
        "wilful_or_gross_negligence",
        "故意或重大过失",
        "Wilful acts or gross negligence",
    )
    CONFIDENTIALITY = "confidentiality", "违反保密义务", "Breach of confidentiality"
    IP = "ip", "侵犯知识产权", "Infringement of intellectual property"
    DATA = "data", "违反数据保护义务", "Breach of data protection"


class DisputeMethod(Choice):
    """How disputes are settled: one way only (Arbitration Law interpretation 7)."""

    LITIGATION = "litigation", "诉讼", "Litigation"
    ARBITRATION = "arbitration", "仲裁", "Arbitration"


class ContractPaper(Choice):
    """Papers that make up a contract, in their order of precedence."""

    CONTRACT_BODY = "contract_body", "合同正文", "Contract body"
    ANNEXES = "annexes", "合同附件", "Annexes"
    SUPPLEMENTS = "supplements", "补充协议", "Supplements"
    CONFIRMATION_LETTER = "confirmation_letter", "方案确认函", "Confirmation letter"
    PROPOSAL = "proposal", "解决方案建议书", "Proposal"
    INTENT = "intent", "合作意向书", "Letter of intent"
    TENDER = "tender", "招标文件", "Tender documents"
    BID = "bid", "投标文件", "Bid"


class ApprovalDept(Choice):
    """Who gives an opinion on a contract; sales, legal, finance in that order."""

    SALES = "sales", "销售部", "Sales"
    LEGAL = "legal", "法务部", "Legal"
    FINANCE = "finance", "财务部", "Finance"
    GM = "gm", "总经理", "General manager"
    BOARD = "board", "董事会", "Board"


class ApprovalResult(Choice):
    """An opinion on a contract."""

    APPROVED = "approved", "同意", "Approved"
    APPROVED_WITH_CHANGES = "approved_with_changes", "修改后同意", "Approved with changes"
    REJECTED = "rejected", "不同意", "Rejected"


class CheckResult(Choice):
    """Result of a check."""

    PASS = "pass", "通过", "Pass"
    PENDING = "pending", "待核", "Pending"
    FAIL = "fail", "不通过", "Fail"


class Attachment(Choice):
    """Paper that goes with a contract to its approvers."""

    LICENCE = "licence", "营业执照", "Business licence"
    POA = "poa", "授权委托书", "Power of attorney"
    QUOTE = "quote", "报价单", "Quotation"
    INTENT = "intent", "合作意向书", "Letter of intent"
    AWARD = "award", "中标通知书", "Award notice"
    TECH = "tech", "技术附件", "Technical annex"
    CREDIT = "credit", "资信材料", "Credit report"


# ---- delivery and acceptance ----


class ChangeDecision(Choice):
    """What was decided on a change."""

    APPROVED = "approved", "同意", "Approved"
    REJECTED = "rejected", "不同意", "Rejected"
    DEFERRED = "deferred", "暂缓", "Deferred"
    DEFERRED_TO_PHASE2 = "deferred_to_phase2", "转入二期", "Deferred to phase 2"
    PENDING = "pending", "待定", "Pending"


class Light(Choice):
    """Traffic light of a milestone or a project."""

    GREEN = "green", "绿灯", "Green"
    YELLOW = "yellow", "黄灯", "Yellow"
    RED = "red", "红灯", "Red"


class AcceptanceResult(Choice):
    """Result of an inspection as a whole."""

    PASS = "pass", "通过", "Pass"
    PASS_WITH_ISSUES = "pass_with_issues", "有条件通过", "Pass with issues"
    FAIL = "fail", "不通过", "Fail"


class ItemResult(Choice):
    """Result of one acceptance item."""

    PASS = "pass", "合格", "Pass"
    PASS_WITH_ISSUES = "pass_with_issues", "有问题但可接受", "Pass with issues"
    FAIL = "fail", "不合格", "Fail"
    NOT_APPLICABLE = "not_applicable", "不适用", "Not applicable"


class Severity(Choice):
    """How bad an open issue or a reported problem is."""

    CRITICAL = "critical", "严重", "Critical"
    MAJOR = "major", "重要", "Major"
    MINOR = "minor", "轻微", "Minor"


class Promise(Choice):
    """A date that was promised and can be compared with the fact."""

    CONTRACT_DEADLINE = "contract_deadline", "签订正式合同", "Contract signed"
    MILESTONE = "milestone", "里程碑", "Milestone"
    PRELIM_ACCEPTANCE = "prelim_acceptance", "初验", "Preliminary acceptance"
    FINAL_ACCEPTANCE = "final_acceptance", "终验", "Final acceptance"


class BasisKind(Choice):
    """Paper on which an acceptance rests."""

    CONTRACT = "contract", "合同", "Contract"
    ANNEX = "annex", "合同附件", "Annex"
    SUPPLEMENT = "supplement", "补充协议", "Supplement"
    CHANGE = "change", "已批准的变更", "Approved change"
    MINUTES = "minutes", "会议纪要", "Minutes"


# ---- after-sales ----


class SurveyDimension(Choice):
    """The six dimensions of the satisfaction questionnaire."""

    PRODUCT = "product", "产品功能", "Product"
    STABILITY = "stability", "系统稳定性", "Stability"
    RESPONSE = "response", "响应速度", "Response"
    EXPERTISE = "expertise", "人员专业度", "Expertise"
    TRAINING = "training", "培训与文档", "Training and documents"
    VALUE = "value", "性价比", "Value for money"


class Satisfaction(Choice):
    """The five-point scale of the questionnaire."""

    VERY_SATISFIED = "5", "非常满意", "Very satisfied"
    SATISFIED = "4", "满意", "Satisfied"
    NEUTRAL = "3", "一般", "Neutral"
    DISSATISFIED = "2", "不满意", "Dissatisfied"
    VERY_DISSATISFIED = "1", "非常不满意", "Very dissatisfied"


class UsageFrequency(Choice):
    """How often a respondent uses the system."""

    DAILY = "daily", "每天", "Daily"
    WEEKLY = "weekly", "每周", "Weekly"
    SOMETIMES = "sometimes", "偶尔", "Sometimes"
    NEVER = "never", "未使用", "Never"


class RespondentRole(Choice):
    """What a respondent of the questionnaire does."""

    MANAGEMENT = "management", "管理层", "Management"
    IT = "it", "信息部", "IT"
    BUSINESS = "business", "业务部门", "Business department"
    USER = "user", "使用者", "User"
    BUYER = "buyer", "采购", "Purchasing"
    FINANCE = "finance", "财务", "Finance"


class GrowthKind(Choice):
    """Kind of business that grows out of a deal."""

    REPURCHASE = "repurchase", "复购", "Repurchase"
    UPSELL = "upsell", "增购", "Upsell"
    RENEWAL = "renewal", "续约", "Renewal"
    REFERRAL = "referral", "转介绍", "Referral"


class IncentiveForm(Choice):
    """Form of an incentive for a referral or repurchase."""

    DISCOUNT = "discount", "折扣", "Discount"
    SERVICE = "service", "增值服务", "Value-added service"
    EXTENSION = "extension", "服务延期", "Service extension"
    COMMISSION = "commission", "佣金", "Commission"
    GIFT = "gift", "礼品", "Gift"


class IncentiveTo(Choice):
    """Who gets an incentive; an employee of the customer must not (bribery)."""

    CUSTOMER_COMPANY = "customer_company", "客户单位", "Customer company"
    INTERMEDIARY = "intermediary", "中间人", "Intermediary"
    INDIVIDUAL = "individual", "个人", "Individual"


class GrowthStatus(Choice):
    """Where a growth lead stands."""

    NEW = "new", "新建", "New"
    CONTACTED = "contacted", "已联系", "Contacted"
    FOLLOWING = "following", "跟进中", "Following"
    CONVERTED = "converted", "已转化", "Converted"
    LOST = "lost", "已流失", "Lost"
