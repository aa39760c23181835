"""A document with every block in it, and what tests look at in a finished package."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from salesdocs.findings import Phrase
from salesdocs.workshop import blocks as b
from salesdocs.workshop.house import Kind
from salesdocs.workshop.layout import Layout, build
from salesdocs.workshop.markup import qualified
from salesdocs.workshop.sheet import Block

LABELS = {
    "contract.amount": Phrase("合同金额", "Amount"),
    "needs.review.chair": Phrase("主持人", "Chair"),
    "lines[].name": Phrase("名称", "Name"),
}
TEXT = Phrase(
    "总价“含税”为 {{ contract.amount | yuan }}。", "The price is {{ contract.amount | yuan }}."
)

BLOCKS = (
    b.Cover(
        ((Phrase("客户：", "To:"), "{{ customer.name }}"), (Phrase("日期：", "Date:"), "{{ day }}"))
    ),
    b.TitleBlock(),
    b.Paragraph((Phrase("致：", "To: "), "{{ customer.name }}"), style="Addressee"),
    b.Paragraph(TEXT),
    b.Attachments((Phrase("报价明细表", "Prices"),)),
    b.Closing(),
    b.PageBreak(),
    b.Contents(),
    b.Heading(Phrase("概况", "Summary")),
    b.KeyFigures(
        (("{{ contract.amount }}", Phrase("金额", "Amount")), ("160", Phrase("天数", "Days")))
    ),
    b.Heading(Phrase("目标", "Goals"), 2),
    b.Heading(Phrase("范围", "Scope"), 3),
    b.Bullets(each="line in lines", words="{{ line.name }}", empty=Phrase("无。", "None.")),
    b.Bullets((Phrase("第一", "One"), Phrase("第二", "Two")), numbered=True),
    b.When("contract.amount", (b.Heading(Phrase("报价", "Prices")), b.Paragraph(TEXT))),
    b.Each("line in lines", (b.Heading("{{ line.name }}", 2), b.Paragraph("{{ line.price }}"))),
    b.Form(
        (
            b.Band(Phrase("基本信息", "Basics")),
            b.field("contract.amount", "yuan"),
            b.field("needs.review.chair.name"),
            b.field("contract.amount", "money", whole=True),
            b.Field(
                Phrase("说明", "Remarks"), b.Lines("line in lines", "{{ line.name }}"), tall=30
            ),
            b.FormRows((b.field("contract.amount"),), each="line in lines"),
            b.FormRows((b.Band(Phrase("附", "More")),), condition="contract.amount"),
        )
    ),
    b.Form((b.field("contract.amount"),), columns=2),
    b.Table(
        each="line in lines",
        columns=(
            b.Column(Phrase("序号", "No."), "{{ loop.index }}", 10, "center"),
            b.Column(b.Label("lines[].name"), "{{ line.name }}", 50),
            b.Column(
                Phrase("金额", "Amount"), "{{ line.price }}", 40, "right", "{{ contract.amount }}"
            ),
        ),
        caption=Phrase("明细", "Lines"),
        unit=b.UNIT_YUAN,
        below=(b.SpanRow(Phrase("税率", "Rate"), "{{ line.price }}", each="line in lines"),),
        notes=(Phrase("金额均含税。", "Prices include tax."),),
    ),
    b.Table(
        (b.Column(Phrase("问题", "Question"), width=3), b.Column("5", align="center")),
        rows=((Phrase("满意吗？", "Satisfied?"), b.Stack((b.Paragraph("□", "TableCentre"),))),),
    ),
    b.BarChart(
        "line in lines",
        "{{ line.name }}",
        (b.Series(Phrase("单价", "Price"), "{{ line.price }}"),),
        title=Phrase("单价", "Prices"),
    ),
    b.BarChart(
        "line in lines",
        "{{ line.name }}",
        (
            b.Series(Phrase("甲", "A"), "{{ line.price }}"),
            b.Series(Phrase("乙", "B"), "{{ line.price }}"),
        ),
        stacked=True,
    ),
    b.Landscape(
        (b.Table((b.Column(Phrase("宽", "Wide"), "{{ line.name }}"),), each="line in lines"),)
    ),
    b.Clause(Phrase("合同标的", "Subject"), 1),
    b.Clause(TEXT),
    b.Clause(Phrase("资料齐备", "Papers are complete"), 3),
    b.Paragraph(
        (b.Strong(TEXT), b.Given("contract.amount", Phrase("有", "yes"), Phrase("无", "no")))
    ),
    b.Paragraph((Phrase("网址 ", "see "), b.Link("example.com", "https://example.com/"))),
    b.Signatures(b.Party(Phrase("甲方", "Party A")), b.Party(Phrase("乙方", "Party B"))),
    b.SignOff(
        ((Phrase("编制", "Prepared"), "{{ customer.name }}"), (Phrase("审核", "Reviewed"), ""))
    ),
    b.SignIn("line in lines", "{{ line.name }}", "/"),
    b.Together(
        (
            b.Heading(Phrase("签字", "Signatures")),
            b.SignIn(
                "line in lines", "{{ line.name }}", "/", index=False, days=True, together=True
            ),
        )
    ),
    b.Question("1", Phrase("满意吗？", "Satisfied?")),
    b.Options("meta.title", {"yes": Phrase("是", "Yes"), "other": Phrase("其他：", "Other:")}),
    b.WritingLines("2", Phrase("为什么？", "Why?")),
    b.Table(
        (b.Column("A", width=2), b.Column("B", align="center")),
        rows=(
            b.Rows(("{{ line.name }}", "□"), each="line in lines"),
            b.Rows(("{{ contract.amount }}", "/"), condition="contract.amount", height=20),
        ),
        small=True,
    ),
    b.FillingNotes((Phrase("逐项填写。", "Fill in every line."),)),
    b.Annex(Phrase("技术方案", "Technical annex")),
    b.Landscape((b.Paragraph(TEXT),)),
)

CONTEXT = {
    "customer": {"name": "宁波 & 铄恒"},
    "contract": {"amount": 1128000},
    "needs": {"review": {"chair": {"name": "林若川"}}},
    "supplier": {"name": "苏州澜砚"},
    "meta": {"title": "一期项目"},
    "day": "2025年7月8日",
    "lines": [{"name": "许可", "price": 48}, {"name": "培训", "price": 2}],
    "document": {
        "title": "全部版式",
        "doc_no": "LY-1",
        "version": "V1.0",
        "date": None,
        "classification": None,
        "company": "苏州澜砚",
        "watermark": "草稿",
    },
}


def gallery(kind: Kind = "report", lang: str = "zh", blocks: tuple[Block, ...] = BLOCKS) -> bytes:
    """The template of `blocks`."""
    return build(Layout(kind, blocks), lang, LABELS)


def parts(package: bytes) -> dict[str, etree._Element]:
    """The parts of a package by name."""
    with ZipFile(BytesIO(package)) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def body(package: bytes) -> etree._Element:
    """The document part."""
    return parts(package)["word/document.xml"]


def find(root: etree._Element, tag: str) -> list[etree._Element]:
    """All elements of a tag such as `w:p`."""
    return list(root.iter(qualified(tag)))


def text(element: etree._Element) -> str:
    """The text of an element."""
    return "".join(found.text or "" for found in find(element, "w:t"))


TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
