"""Who deals with whom: our people, the supplier, the customer and the customer's people."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar, Final

from pydantic import Field

from salesdocs.calc import company_size
from salesdocs.case import choices
from salesdocs.case.model.base import Block, Keyed, Reference, block
from salesdocs.case.model.scalars import (
    Account,
    BankNumber,
    Code,
    CreditCode,
    Day,
    Email,
    Flag,
    IndustryCode,
    Long,
    Number,
    Phone,
    Text,
)
from salesdocs.case.problems import problem
from salesdocs.findings import Phrase


class Person(Keyed):
    """One of our people; the id is the key under `team`."""

    noun: ClassVar[Phrase] = Phrase("我方人员", "team member")

    name: Text | None = None
    name_en: Text | None = None
    role: choices.Role | None = None
    title: Text | None = None
    title_en: Text | None = None
    phone: Phone | None = None
    mobile: Phone | None = None
    email: Email | None = None


class ContactInternal(Block):
    """What we think of a contact; never leaves the house."""

    influence: choices.Level | None = None
    attitude: choices.Attitude | None = None


class Consent(Block):
    """Where personal data came from and when the person was told (个人信息保护法 13, 17)."""

    source: Text | None = None
    notified_on: Day | None = None


class Contact(Keyed):
    """One of the customer's people; the id is the key under `contacts`."""

    noun: ClassVar[Phrase] = Phrase("客户联系人", "customer contact")

    name: Text | None = None
    name_en: Text | None = None
    title: Text | None = None
    title_en: Text | None = None
    department: Text | None = None
    role: choices.BuyingRole | None = None
    mobile: Phone | None = None
    phone: Phone | None = None
    email: Email | None = None
    wechat: Text | None = None
    internal: ContactInternal = block(ContactInternal)
    consent: Consent = block(Consent)
    remarks: Long | None = None

    @cached_property
    def any_phone(self) -> Phone | None:
        """The mobile number, or the landline where there is none; internal like both."""
        return self.mobile or self.phone


PersonRef = Annotated[Person, Reference(Person)]
ContactRef = Annotated[Contact, Reference(Contact)]
MemberRef = Annotated[Person | Contact, Reference(Person, Contact)]
"""Someone of either side."""


class Bank(Block):
    """A company account."""

    name: Text | None = None
    account: Account | None = None
    cnaps: BankNumber | None = None


class Supplier(Block):
    """Our company, as its licence has it; normally the same for all cases."""

    name: Text | None = None
    name_en: Text | None = None
    short_name: Text | None = None
    uscc: CreditCode | None = None
    legal_rep: Text | None = None
    address: Text | None = None
    address_en: Text | None = None
    postcode: Code | None = None
    phone: Phone | None = None
    email: Email | None = None
    website: Text | None = None
    vat_status: choices.VatStatus | None = None
    bank: Bank = block(Bank)
    invoice_phone: Phone | None = None
    logo: Text | None = None
    doc_prefix: Code | None = None
    introduction: Long | None = None
    qualifications: tuple[Text, ...] = ()
    integrity_contact: Text | None = None
    custom: dict[str, Text] = Field(default_factory=dict)


class Industry(Block):
    """Industry by GB/T 4754-2017: a letter, or a letter with two to four digits."""

    shorthand: ClassVar[str] = "code"

    code: IndustryCode | None = None
    name: Text | None = None


_STAFF: Final = (
    (20, choices.ScaleBand.STAFF_UNDER_20),
    (100, choices.ScaleBand.STAFF_20),
    (300, choices.ScaleBand.STAFF_100),
    (500, choices.ScaleBand.STAFF_300),
    (1001, choices.ScaleBand.STAFF_500),
)
_REVENUE: Final = (
    (5_000_000, choices.ScaleBand.REVENUE_UNDER_5M),
    (20_000_000, choices.ScaleBand.REVENUE_5M),
    (100_000_000, choices.ScaleBand.REVENUE_20M),
    (400_000_001, choices.ScaleBand.REVENUE_100M),
)


class Scale(Block):
    """Scale of the customer by headcount or by yearly revenue in yuan, exactly one of the two."""

    basis: choices.ScaleBasis | None = None
    value: Number | None = None
    band: choices.ScaleBand | None = None

    @classmethod
    def spelled_out(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Accept `{headcount: 620}`; raise CUS-01 when both bases are given, or neither."""
        flaw = scale_flaw(data)
        if flaw is not None:
            raise problem(
                "CUS-01",
                f"{flaw.zh}，须在两者中选且只选一个",
                f"{flaw.en}; choose exactly one",
                "例如 scale: {basis: headcount, value: 620}",
                "for example scale: {basis: headcount, value: 620}",
            )
        named = next((basis.value for basis in choices.ScaleBasis if basis.value in data), None)
        if named is None:
            return data
        rest = {key: value for key, value in data.items() if key != named}
        return {"basis": named, "value": data[named], **rest}

    @cached_property
    def stated_band(self) -> choices.ScaleBand | None:
        """The band as written, or the one in which the value lies."""
        if self.band or self.value is None:
            return self.band
        by_headcount = self.basis == choices.ScaleBasis.HEADCOUNT
        bands = _STAFF if by_headcount else _REVENUE
        last = choices.ScaleBand
        above = last.STAFF_OVER_1000 if by_headcount else last.REVENUE_OVER_400M
        return next((band for limit, band in bands if self.value < limit), above)


def scale_flaw(written: Mapping[str, Any]) -> Phrase | None:
    """Return what is wrong with a scale as written: both bases, none, or no value; else None."""
    named = [basis.value for basis in choices.ScaleBasis if basis.value in written]
    if len(named) > 1 or (named and written.get("basis", named[0]) != named[0]):
        return Phrase(
            "客户规模同时写了员工人数和营收规模", "the scale gives both headcount and revenue"
        )
    if written and not named and "basis" not in written:
        return Phrase("客户规模没有写口径", "the scale does not say by what it is measured")
    if written and not named and "value" not in written and "band" not in written:
        return Phrase("客户规模没有写数值或区间", "the scale gives neither value nor band")
    return None


class CreditCheck(Block):
    """What the public registers said of the customer, and when."""

    checked_on: Day | None = None
    status: choices.CreditStatus | None = None
    dishonest_list: Flag | None = None
    lawsuits: Text | None = None
    source: Text | None = None


class InvoiceData(Block):
    """What must stand on invoices to the customer; title and number are the company's if blank."""

    type: choices.InvoiceType | None = None
    title: Text | None = None
    tax_no: CreditCode | None = None
    address: Text | None = None
    phone: Phone | None = None
    bank: Text | None = None
    account: Account | None = None
    email: Email | None = None


class ExistingSystem(Block):
    """A system the customer already uses; the vendor is internal."""

    shorthand: ClassVar[str] = "name"

    name: Text | None = None
    vendor: Text | None = None


_COURTESY: Final = (
    (("医院", "卫生院", "法院", "检察院", "研究院", "学院"), "贵院"),
    (("大学", "学校", "中学", "小学"), "贵校"),
    (("银行",), "贵行"),
    (("局",), "贵局"),
    (("中心",), "贵中心"),
)
_PUBLIC: Final = (choices.Nature.INSTITUTION, choices.Nature.GOVERNMENT, choices.Nature.SOCIAL)


class Customer(Block):
    """The company that buys."""

    customer_no: Code | None = None
    name: Text | None = None
    name_en: Text | None = None
    short_name: Text | None = None
    kind: choices.CustomerKind | None = None
    nature: choices.Nature | None = None
    uscc: CreditCode | None = None
    legal_rep: Text | None = None
    address: Text | None = None
    address_en: Text | None = None
    phone: Phone | None = None
    website: Text | None = None
    group: Text | None = None
    industry: Industry = block(Industry)
    scale: Scale = block(Scale)
    size_class: choices.SizeClass | None = None
    existing_systems: tuple[ExistingSystem, ...] = ()
    invoice: InvoiceData = block(InvoiceData)
    credit: CreditCheck = block(CreditCheck)
    tags: tuple[Text, ...] = ()
    remarks: Long | None = None
    custom: dict[str, Text] = Field(default_factory=dict)

    @cached_property
    def courtesy(self) -> Text:
        """How a letter in Chinese addresses it: 贵院 or 贵局 by its name, else 贵单位 or 贵公司."""
        name = self.name or ""
        for endings, address in _COURTESY:
            if name.endswith(endings):
                return address
        return "贵单位" if self.nature in _PUBLIC else "贵公司"

    @cached_property
    def invoice_title(self) -> Text | None:
        """The name on invoices: the invoice title, or else the company name."""
        return self.invoice.title or self.name

    @cached_property
    def invoice_tax_no(self) -> CreditCode | None:
        """The taxpayer number on invoices: as given, or else the credit code."""
        return self.invoice.tax_no or self.uscc

    @cached_property
    def invoice_address(self) -> Text | None:
        """The address on invoices: as given, or else the company's."""
        return self.invoice.address or self.address

    @cached_property
    def likely_size(self) -> choices.SizeClass | None:
        """The statistical size that industry and scale suggest; None where they leave it open."""
        trade = company_size.trade_of(self.industry.code or "")
        value = self.scale.value
        if trade is None or value is None:
            return None
        if self.scale.basis == choices.ScaleBasis.HEADCOUNT:
            size = company_size.size_class(trade, headcount=int(value))
        else:
            size = company_size.size_class(trade, revenue=Decimal(value))
        return choices.SizeClass.parse(size) if size else None


class Party(Block):
    """A party as named in the contract, where it differs from the company's own data."""

    name: Text | None = None
    uscc: CreditCode | None = None
    legal_rep: Text | None = None
    address: Text | None = None
    phone: Phone | None = None
