"""What stands in a paragraph: fields, links, marks, breaks, changes, notes, content controls."""

from __future__ import annotations

import pytest

from salesdocs.word.shown.fields import code_of
from salesdocs.word.shown.model import (
    Break,
    Counter,
    Mark,
    NoteMark,
    Paragraph,
    Tab,
    Text,
    Unknown,
)
from tests.word.shown.build import NAMES, blocks, p, paragraph, shown, style, texts


def r(content: str) -> str:
    return f"<w:r>{content}</w:r>"


def t(text: str) -> str:
    return r(f'<w:t xml:space="preserve">{text}</w:t>')


def field(code: str, result: str = "", separate: bool = True) -> str:
    return (
        r('<w:fldChar w:fldCharType="begin"/>')
        + r(f'<w:instrText xml:space="preserve">{code}</w:instrText>')
        + (r('<w:fldChar w:fldCharType="separate"/>') if separate else "")
        + result
        + r('<w:fldChar w:fldCharType="end"/>')
    )


BEGIN, SEPARATE, END = (
    r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")
)


def items(content: str, **more: object) -> list[tuple[object, ...]]:
    """The items of a paragraph: kind and what matters of it."""
    found: list[tuple[object, ...]] = []
    for item in paragraph(f"<w:p>{content}</w:p>", **more).inlines:
        match item:
            case Text():
                found.append((item.text, item.link))
            case Counter():
                found.append((item.kind, item.cached, item.target, item.format, item.link))
            case Mark():
                found.append((item.name, item.end))
            case Tab():
                found.append(("tab", item.align, item.leader))
            case Break():
                found.append(("break", item.kind))
            case NoteMark():
                found.append((item.kind, item.id, item.text))
    return found


FIELDS = {
    "a page number": (field(" PAGE ", t("7")), [("PAGE", "7", "", "", "")]),
    "a page number in Chinese": (field(" PAGE \\* CHINESENUM3 \\* MERGEFORMAT ", t("七")), [("PAGE", "七", "", "chineseCountingThousand", "")]),
    "a page number in large Roman": (field(" PAGE \\* ROMAN"), [("PAGE", "", "", "upperRoman", "")]),
    "a simple field": ('<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>', [("NUMPAGES", "9", "", "", "")]),
    "a field without a result": (field(" SECTIONPAGES ", separate=False), [("SECTIONPAGES", "", "", "", "")]),
    "a page of a bookmark": (field(" PAGEREF _Toc1 \\h ", t("3")), [("PAGEREF", "3", "_Toc1", "", "#_Toc1")]),
    "a saved result": (field(' DATE \\@ "yyyy年M月d日" ', t("2025年7月8日")), [("2025年7月8日", "")]),
    "a reference": (field(" REF 附件一 \\h ", t("见附件")), [("见附件", "#附件一")]),
    "a link by field": (field(' HYPERLINK "https://example.com/a" \\l "b" ', t("网")), [("网", "https://example.com/a#b")]),
    "a link within": (field(' HYPERLINK \\l "b" ', t("此")), [("此", "#b")]),
    "a page number in a contents entry": (field(" TOC \\o ", t("一") + field(" PAGEREF x ", t("2"))), [("一", ""), ("PAGEREF", "2", "x", "", "")]),
    "a field in the code of a field": (field(' IF ' + "</w:instrText></w:r>" + field(" PAGE ", t("1")) + '<w:r><w:instrText> = 1 "甲"', t("甲")), [("甲", "")]),
    "a button": (field(" MACROBUTTON NoMacro 点此填写 ", separate=False), [("点此填写", "")]),
    "an index entry": (t("字") + field(' XE "条目" ', separate=False), [("字", "")]),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), FIELDS.values(), ids=FIELDS)
def test_a_field_shows_what_it_counts_or_what_was_saved(
    content: str, expected: list[tuple[object, ...]]
) -> None:
    assert items(content) == expected


def test_a_field_goes_on_through_paragraphs() -> None:
    body = (
        f"<w:p>{BEGIN}{r('<w:instrText> TOC </w:instrText>')}"
        f"{SEPARATE}{t('一')}</w:p><w:p>{t('二')}{END}</w:p>"
    )
    assert [texts(each)[0].text for each in blocks(body) if isinstance(each, Paragraph)] == [
        "一",
        "二",
    ]


def test_a_field_that_never_ends_does_not_hide_what_follows_in_another_part() -> None:
    body = f"<w:p>{BEGIN}{t('一')}</w:p>"
    header = f"<w:hdr {NAMES}><w:p>{t('页眉')}</w:p></w:hdr>"
    found = shown(
        body + '<w:sectPr><w:headerReference w:type="default" r:id="h"/></w:sectPr>',
        parts={"word/header1.xml": header},
        links={"h": ("header", "header1.xml")},
    )
    head = found.sections[0].headers["default"].blocks[0]
    assert isinstance(head, Paragraph)
    assert texts(head)[0].text == "页眉"


CODES = {
    ' HYPERLINK "https://例.cn/a b" \\o "提示" ': ("HYPERLINK", ("https://例.cn/a b",), "https://例.cn/a b"),
    'PAGEREF _Toc1 \\h': ("PAGEREF", ("_Toc1",), "#_Toc1"),
    'PAGEREF _Toc1': ("PAGEREF", ("_Toc1",), ""),
    ' FILENAME \\p \\* Upper ': ("FILENAME", (), ""),
    ' "C:\\\\a" ': ('"C:\\\\A"', (), ""),
    "": ("", (), ""),
}  # fmt: skip


@pytest.mark.parametrize("text", CODES)
def test_the_code_of_a_field_has_a_name_arguments_and_switches(text: str) -> None:
    code = code_of(text)
    assert (code.name, code.arguments, code.link) == CODES[text]


FORMS = {
    "a box that is ticked": ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "☒"),
    "a box that is not": ('<w:checkBox><w:default w:val="0"/></w:checkBox>', "☐"),
    "a list": ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>', "乙"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), FORMS.values(), ids=FORMS)
def test_an_old_form_field_shows_its_state(data: str, expected: str) -> None:
    begin = f'<w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar>'
    content = (
        r(begin) + r("<w:instrText> FORM </w:instrText>") + r('<w:fldChar w:fldCharType="end"/>')
    )
    assert items(content) == [(expected, "")]


INLINES = {
    "breaks": (r('<w:br/><w:br w:type="page"/><w:cr/>'), [("break", "line"), ("break", "page"), ("break", "line")]),
    "tabs": (r("<w:tab/>"), [("tab", "", "")]),
    "a placed tab": (r('<w:ptab w:relativeTo="margin" w:alignment="right" w:leader="dot"/>'), [("tab", "right", "dot")]),
    "hyphens": (r("<w:noBreakHyphen/><w:softHyphen/>"), [("\u2011\u00ad", "")]),
    "a symbol": (r('<w:sym w:font="Wingdings" w:char="F0FE"/>'), [("☑", "")]),
    "a symbol of an ordinary font": (r('<w:sym w:font="宋体" w:char="25A1"/>'), [("□", "")]),
    "space at the ends": (r('<w:t> 一 </w:t><w:t xml:space="preserve"> 二 </w:t>'), [("一 二 ", "")]),
    "an insertion and a deletion": (f'<w:ins w:id="1">{t("新")}</w:ins><w:del w:id="2">{r("<w:delText>旧</w:delText>")}</w:del>', [("新", "")]),
    "what was moved": (f'<w:moveFrom w:id="1">{t("字")}</w:moveFrom><w:moveTo w:id="2">{t("字")}</w:moveTo>', [("字", "")]),
    "wrappers": (f'<w:smartTag>{t("甲")}</w:smartTag><w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent>{t("☒")}</w:sdtContent></w:sdt>', [("甲☒", "")]),
    "a bookmark": ('<w:bookmarkStart w:id="1" w:name="_x"/>' + t("字") + '<w:bookmarkEnd w:id="1"/>', [("_x", False), ("字", ""), ("_x", True)]),
    "a link within the file": (f'<w:hyperlink w:anchor="a">{t("字")}</w:hyperlink>', [("字", "#a")]),
    "a link that leads out": (f'<w:hyperlink r:id="out">{t("字")}</w:hyperlink>', [("字", "https://example.com/?a=1&b=2")]),
    "a comment": ('<w:commentRangeStart w:id="0"/>' + t("字") + r('<w:commentReference w:id="0"/>'), [("字", "")]),
    "what we choose": (f'<mc:AlternateContent><mc:Choice Requires="wps">{t("新")}</mc:Choice><mc:Fallback>{t("旧")}</mc:Fallback></mc:AlternateContent>', [("新", "")]),
    "what we fall back to": (f'<mc:AlternateContent><mc:Choice Requires="c">{t("新")}</mc:Choice><mc:Fallback>{t("旧")}</mc:Fallback></mc:AlternateContent>', [("旧", "")]),
    "a formula": ("<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>", [("(a)/(b)", "")]),
    "ruby": (r(f"<w:ruby><w:rt>{t('pīn')}</w:rt><w:rubyBase>{t('拼')}</w:rubyBase></w:ruby>"), [("拼", "")]),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), INLINES.values(), ids=INLINES)
def test_what_stands_in_a_paragraph_is_shown_in_order(
    content: str, expected: list[tuple[object, ...]]
) -> None:
    links = {"out": ("hyperlink", "https://example.com/?a=1&amp;b=2")}
    assert items(content, links=links) == expected


def test_a_bookmark_between_paragraphs_stands_in_the_next_one() -> None:
    body = (
        '<w:bookmarkStart w:id="1" w:name="x"/>' + p("一") + '<w:bookmarkEnd w:id="1"/>' + p("二")
    )
    found = [each.inlines for each in blocks(body) if isinstance(each, Paragraph)]
    assert found[0][0] == Mark("x")
    assert found[1][0] == Mark("x", end=True)


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    gone = f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{t("一")}</w:p>'
    found = blocks(gone + p("二"))
    assert [[each.text for each in texts(one)] for one in found if isinstance(one, Paragraph)] == [
        ["一二"]
    ]


NOTES = {
    "footnotes": '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>甲注</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>乙注</w:t></w:r></w:p></w:footnote>',
    "endnotes": '<w:endnote w:id="1"><w:p><w:r><w:t>尾注</w:t></w:r></w:p></w:endnote>',
}  # fmt: skip


def test_notes_are_numbered_as_they_are_referred_to_and_their_words_are_kept() -> None:
    content = "".join(
        r(f'<w:{kind}Reference w:id="{n}"/>')
        for kind, n in (("footnote", 2), ("footnote", 1), ("endnote", 1))
    )
    settings = '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/></w:footnotePr>'
    found = shown(f"<w:p>{content}</w:p>", settings=settings, **NOTES)
    assert items(content, settings=settings, **NOTES) == [
        ("footnote", "2", "①"), ("footnote", "1", "②"), ("endnote", "1", "i"),
    ]  # fmt: skip
    said = {name: "".join(each.text for each in texts(of[0])) for name, of in found.notes.items()}  # type: ignore[arg-type]
    assert said == {"footnote 2": "①甲注", "footnote 1": "②乙注", "endnote 1": "尾注"}


def test_a_note_that_is_not_there_is_named() -> None:
    found = shown('<w:p><w:r><w:footnoteReference w:id="9"/></w:r></w:p>')
    assert found.unknown == (Unknown("w:footnoteReference", "", lost=True),)


def heading(text: str) -> str:
    return p(text, '<w:pStyle w:val="h"/>')


def test_an_entry_of_the_contents_without_a_number_gets_that_of_its_heading() -> None:
    styles = style("h", paragraph='<w:outlineLvl w:val="0"/>')
    contents = (
        f"<w:p>{BEGIN}{r('<w:instrText> TOC </w:instrText>')}"
        f"{SEPARATE}{t('背景')}</w:p>"
        f"<w:p>{t('背景')}</w:p><w:p>{t('没有这一章')}</w:p><w:p>{END}</w:p>"
    )
    found = [
        each
        for each in blocks(contents + heading("背景") + heading("背景"), styles=styles)
        if isinstance(each, Paragraph)
    ]
    aims = [
        [item.target for item in each.inlines if isinstance(item, Counter)] for each in found[:3]
    ]
    marks = [
        [item.name for item in each.inlines if isinstance(item, Mark) and not item.end]
        for each in found[4:]
    ]
    assert aims == [["_entry_1"], ["_entry_2"], []]
    assert marks == [["_entry_1"], ["_entry_2"]]


UNKNOWN = {
    "words inside are named as lost": ("<w:p><w:r><w:contentPart/></w:r></w:p>", Unknown("w:contentPart", "", lost=True)),
    "a look is named": (p("字", run="<w:emboss/>"), Unknown("w:emboss", "字")),
    "a property of a paragraph is named": (p("字", '<w:framePr w:w="1"/>'), Unknown("w:framePr", "字")),
    "another file inside": ("<w:altChunk/>" + p("字"), Unknown("w:altChunk", "", lost=True)),
    "a property of a table": ("<w:tbl><w:tblPr><w:bidiVisual/></w:tblPr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", Unknown("w:bidiVisual", "table")),
    "a property of a section": ('<w:p/><w:sectPr><w:lnNumType w:countBy="5"/></w:sectPr>', Unknown("w:lnNumType", "section")),
    "an element of nobody": ('<w:p><w:r><x:y xmlns:x="urn:x"/></w:r></w:p>', Unknown("y", "", lost=True)),
    "a result that differs from page to page": (f"<w:p>{field(' STYLEREF 1 ', t('字'))}</w:p>", Unknown("w:instrText STYLEREF", "字")),
    "a field without a saved result": ('<w:p>' + field(" EQ \\f(1,2) ", separate=False) + "</w:p>", Unknown("w:instrText EQ", "", lost=True)),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_shown_as_word_shows_it_is_named(body: str, expected: Unknown) -> None:
    assert shown(body).unknown == (expected,)
