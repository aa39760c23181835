"""FRM: nothing blank, nothing left over, the formal parts complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from salesdocs.calc.numerals import annex_label, article_label
from salesdocs.case import choices
from salesdocs.case.paths import pattern_of
from salesdocs.findings import Phrase
from salesdocs.rules.registry import BINDING, SIDES, Deal, Hit, PaperText, paper_rule, rule

_PLACEHOLDER: Final = re.compile(
    r"\{\{|\}\}|\{%|[_＿]{3,}|【[^】]*】|待定|待补充|(?<![A-Za-z0-9])(?:TBD|X{2,})(?![A-Za-z0-9])"
)
_ISSUED: Final = ("proposal", "intent", "nda")
_PARTIES: Final = 2
_MOST: Final = 199
_ARTICLES: Final = {article_label(number): number for number in range(1, _MOST)}
_ANNEXES: Final = {annex_label(number): number for number in range(1, 100)}
_ARTICLE: Final = re.compile(r"(?P<before>[法典例释定》]?)第[零〇一二三四五六七八九十百]+条")
_HEADING: Final = re.compile(r"第[零〇一二三四五六七八九十百]+条(?=[　\s])").match
_ANNEX: Final = re.compile(r"附件[一二三四五六七八九十]+")
_LABOUR: Final = "劳动"


@rule(
    "FRM-01",
    title="No placeholder is left",
    fix="write what belongs there, or delete the sentence",
    basis="house rule",
)
def no_placeholder_is_left(deal: Deal) -> Iterator[Hit]:
    """给客户的内容里没有占位符：花括号、下划线空格、【】、待定、TBD、XX。

    为什么：签出去的空白可以被任何人填写；“待定”的条款等于没有约定。

    怎么改：补上内容；确实没有的，删去这句话。

    依据：公司规定。
    """
    texts = [*deal.texts_below(*_ISSUED), *deal.contract_texts()]
    for path, text in texts:
        found = _PLACEHOLDER.search(text)
        if found and deal.library.catalogue.audience_of(pattern_of(path)) == "customer":
            message = Phrase(
                f"存在未填写内容“{found[0]}”：{text}", f"a placeholder “{found[0]}” is left: {text}"
            )
            yield Hit(path, message)


@paper_rule("FRM-01", papers=BINDING)
def no_placeholder_is_printed(deal: Deal, paper: PaperText) -> Iterator[Hit]:
    """成品全文没有占位符，包括模板里的文字。"""
    for line in paper.lines:
        found = _PLACEHOLDER.search(line.text)
        if found:
            message = Phrase(
                f"存在未填写内容“{found[0]}”：{line.text}",
                f"a placeholder “{found[0]}” is left: {line.text}",
            )
            yield Hit(paper.path, message)


@rule(
    "FRM-02",
    title="No required field is blank",
    fix="fill it in",
    basis="house rule",
)
def no_required_field_is_blank(deal: Deal) -> Iterator[Hit]:
    """到了这个阶段该填的必填项都已填写。

    为什么：必填项空着，文件上就是一道斜线，签约时谁都不认。

    怎么改：按字段说明补填；不知道的，问字段目录里写明的填写人。

    依据：字段目录。
    """
    for _, hit in deal.missing:
        yield hit


@rule(
    "FRM-03",
    title="Place and day of signing are stated",
    fix="fill in contract.signed_at, and contract.signed once it is signed",
    basis="Civil Code, art. 493; Civil Procedure Law, art. 35",
)
def signing_is_placed_and_dated(deal: Deal) -> Iterator[Hit]:
    """写明合同签订地点；已用印或已履行的，写明签订日期。

    为什么：签订地点决定合同成立地，也是可以约定的管辖地；没有日期，期限无从起算。

    怎么改：填写 contract.signed_at 和 contract.signed。

    依据：民法典第四百九十三条；民事诉讼法第三十五条。
    """
    contract = deal.case.contract
    if not contract.signed_at:
        yield Hit("contract.signed_at", Phrase("签订地点缺失", "the place of signing is missing"))
    is_sealed = contract.approval_form.seal.date is not None
    if contract.signed is None and (is_sealed or deal.case.delivery.kickoff is not None):
        yield Hit("contract.signed", Phrase("签订日期缺失", "the day of signing is missing"))


@rule(
    "FRM-04",
    title="The copies add up",
    fix="total = parties × copies each",
    basis="arithmetic",
)
def copies_add_up(deal: Deal) -> Iterator[Hit]:
    """合同总份数等于双方各执份数之和。

    为什么：份数写错，少的那份说不清在谁手里。

    怎么改：改正总份数或各执份数。

    依据：算术。
    """
    copies = deal.case.contract.copies
    if copies.total is not None and copies.each is not None:
        expected = _PARTIES * copies.each
        if copies.total != expected:
            message = Phrase(
                f"合同份数不一致：一式 {copies.total} 份，各执 {copies.each} 份应为 {expected} 份",
                f"{copies.total} copies in all, but {_PARTIES} × {copies.each} = {expected}",
            )
            yield Hit("contract.copies.total", message)


@rule(
    "FRM-05",
    title="Annexes named and annexes listed are the same",
    fix="add the annex to the list, or correct the reference",
    basis="house rule",
)
def annexes_are_listed(deal: Deal) -> Iterator[Hit]:
    """正文提到的附件都在附件清单里，清单编号连续。

    为什么：附件是合同的一部分，缺一份，就缺一份约定。

    怎么改：补全 contract.annexes，或改正正文的引用。

    依据：公司规定。
    """
    annexes = deal.case.contract.annexes
    if not annexes:
        return
    for index, name in enumerate(annexes):
        wanted = annex_label(index + 1)
        found = _ANNEX.match(name)
        if found and found[0] != wanted:
            message = Phrase(
                f"附件清单编号不连续：第 {index + 1} 项应为“{wanted}”，写的是“{name}”",
                f"annex {index + 1} is called “{name}”",
            )
            yield Hit(f"contract.annexes[{index}]", message)
    for path, text in deal.contract_texts():
        if path.startswith("contract.annexes"):
            continue
        for named in _ANNEX.findall(text):
            if _ANNEXES.get(named, 0) > len(annexes):
                message = Phrase(
                    f"正文引用的{named}不在附件清单中：{text}",
                    f"{named} is referred to and not listed: {text}",
                )
                yield Hit(path, message)


@paper_rule("FRM-05", papers=("contract",))
def annexes_are_there(deal: Deal, paper: PaperText) -> Iterator[Hit]:
    """成品合同里，提到的每个附件都有附件页或在附件清单中。"""
    listed = {found[0] for name in deal.case.contract.annexes if (found := _ANNEX.match(name))}
    present = {found[0] for line in paper.lines if (found := _ANNEX.match(line.text))}
    present |= {annex_label(line.annex) for line in paper.lines if line.annex}
    named = set(_ANNEX.findall(paper.text))
    for label in sorted(named - listed - present, key=lambda each: _ANNEXES.get(each, 0)):
        message = Phrase(
            f"附件清单与正文引用不一致：正文提到{label}，既无附件也未列入清单",
            f"{label} is referred to, and neither there nor listed",
        )
        yield Hit("contract.annexes", message)


@rule(
    "FRM-06",
    title="What the contract needs to take effect is there",
    fix="name signatory and seal of both sides, or choose another rule of effect",
    basis="Civil Code, art. 490 and 502",
)
def formal_requirements_are_met(deal: Deal) -> Iterator[Hit]:
    """约定签字并盖章生效的，双方都有签约人和印章。

    为什么：约定了签字“并”盖章，缺一样合同就没有生效。

    怎么改：补上签约人和印章，或改为签字或盖章生效。

    依据：民法典第四百九十条、第五百零二条。
    """
    contract = deal.case.contract
    if contract.effective.rule != choices.EffectiveRule.BOTH_SIGNED_AND_SEALED:
        return
    for side, _, name in SIDES:
        signatory = getattr(contract.signatories, side)
        for key, label in (
            ("name", Phrase("签约人", "signatory")),
            ("seal", Phrase("印章", "seal")),
        ):
            if not getattr(signatory, key):
                message = Phrase(
                    f"生效要件不全：{name.zh}缺少{label.zh}", f"{name.en} has no {label.en}"
                )
                yield Hit(f"contract.signatories.{side}.{key}", message)


@rule(
    "FRM-07",
    title="A bilingual contract says which text prevails",
    fix="fill in contract.prevailing_language",
    basis="Civil Code, art. 466",
)
def bilingual_text_has_a_master(deal: Deal) -> Iterator[Hit]:
    """双语合同约定以哪种文本为准。

    为什么：两种文本总有出入，没有约定时只能按目的解释，各说各话。

    怎么改：填写 contract.prevailing_language。

    依据：民法典第四百六十六条。
    """
    contract = deal.case.contract
    if contract.language == choices.Language.BILINGUAL and contract.prevailing_language is None:
        message = Phrase("双语文本未约定以何种文本为准", "no language prevails")
        yield Hit("contract.prevailing_language", message)


@paper_rule(
    "FRM-08",
    papers=("contract",),
    title="What limits liability catches the eye",
    fix="set the paragraph in bold",
    basis="Civil Code, art. 496; interpretation of the general part of contracts, art. 10",
)
def limits_are_bold(deal: Deal, paper: PaperText) -> Iterator[Hit]:
    """免除或限制责任、视同验收之类的条款加粗。

    为什么：格式条款中免除或减轻责任的内容没有以足以引起注意的方式提示的，对方可以主张不成为合同内容。

    怎么改：在模板里把这一段设为加粗。

    依据：民法典第四百九十六条；合同编通则解释第十条。
    """
    words = deal.policy.words("wording.limits")
    for line in paper.lines:
        found = next((word for word in words if word in line.text), None)
        if found and not line.bold:
            message = Phrase(
                f"免责、限责条款未加粗提示：{_short(line.text)}",
                f"a limit of liability is not in bold: {_short(line.text)}",
            )
            yield Hit("contract", message)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}……"


@rule(
    "FRM-09",
    title="The order of precedence of the papers is stated",
    fix="fill in contract.precedence",
    basis="house rule",
)
def papers_have_an_order(deal: Deal) -> Iterator[Hit]:
    """约定了合同正文、附件、确认函、建议书的效力顺序。

    为什么：几份文件说法不同时，没有顺序就以对自己不利的那份为准。

    怎么改：填写 contract.precedence，正文在前。

    依据：公司规定。
    """
    if not deal.case.contract.precedence:
        yield Hit(
            "contract.precedence", Phrase("未约定文件效力顺序", "no order of precedence is stated")
        )


@rule(
    "FRM-10",
    title="Both sides have an address for notices",
    fix="fill in contract.notices",
    basis="house rule",
)
def notices_have_an_address(deal: Deal) -> Iterator[Hit]:
    """约定了双方的送达地址。

    为什么：没有送达地址，催告、解除通知和诉讼文书都可能送不到。

    怎么改：填写双方的收件人、地址和邮箱。

    依据：公司规定。
    """
    for side, _, name in SIDES:
        notice = getattr(deal.case.contract.notices, side)
        if not notice.address:
            message = Phrase(f"未约定{name.zh}送达地址", f"{name.en} has no address for notices")
            yield Hit(f"contract.notices.{side}.address", message)


@rule(
    "FRM-11",
    title="No repealed statute is cited",
    fix="cite the Civil Code",
    basis="Civil Code, art. 1260",
)
def no_repealed_statute_is_cited(deal: Deal) -> Iterator[Hit]:
    """对外文字不引用已经废止的法律（合同法、民法通则、担保法等）。

    为什么：引用废止的法律，说明文本多年没有更新，对方法务会整份存疑。

    怎么改：改引民法典的对应条文。

    依据：民法典第一千二百六十条。
    """
    for path, text in deal.texts_below("proposal", "intent", "contract", "nda"):
        law = _repealed(deal, text)
        if law:
            yield Hit(path, Phrase(f"引用已废止法律《{law}》：{text}", f"cites the repealed {law}"))


@paper_rule("FRM-11", papers=BINDING)
def no_repealed_statute_is_printed(deal: Deal, paper: PaperText) -> Iterator[Hit]:
    """成品全文不引用已经废止的法律，包括模板里的文字。"""
    for line in paper.lines:
        law = _repealed(deal, line.text)
        if law:
            message = Phrase(
                f"引用已废止法律《{law}》：{_short(line.text)}", f"cites the repealed {law}"
            )
            yield Hit(paper.path, message)


def _repealed(deal: Deal, text: str) -> str | None:
    """Return the repealed law that a text cites; the Labour Contract Law is in force."""
    for law in deal.policy.words("wording.repealed_laws"):
        place = text.find(law)
        while place >= 0:
            if not text[:place].endswith(_LABOUR):
                return law
            place = text.find(law, place + 1)
    return None


@paper_rule(
    "FRM-12",
    papers=("contract", "supplement", "nda"),
    title="Articles are numbered without gaps, and references lead somewhere",
    fix="correct the number or the reference",
    basis="house rule",
)
def articles_and_references_match(deal: Deal, paper: PaperText) -> Iterator[Hit]:
    """条款编号连续不重复，交叉引用的条款存在。

    为什么：引用落空的条款等于没有约定；重复的编号不知道指哪一条。

    怎么改：用模板的自动编号；手工写的编号和引用逐一改正。

    依据：公司规定。
    """
    headings = [line.article or _typed_article(line.text) for line in paper.lines]
    numbers = [number for number in headings if number]
    for before, number in pairwise((0, *numbers)):
        if number != before + 1:
            message = Phrase(
                f"条款编号错误：第 {before} 条之后是{article_label(number)}",
                f"article {before} is followed by article {number}",
            )
            yield Hit(paper.path, message)
    for line in paper.lines:
        for found in _ARTICLE.finditer(line.text):
            number = _ARTICLES.get(found[0].removeprefix(found["before"]), 0)
            if not found["before"] and number and numbers and number > max(numbers):
                message = Phrase(
                    f"引用的{article_label(number)}不存在：{_short(line.text)}",
                    f"there is no article {number}: {_short(line.text)}",
                )
                yield Hit(paper.path, message)


def _typed_article(text: str) -> int:
    found = _HEADING(text)
    return _ARTICLES.get(found[0], 0) if found else 0
