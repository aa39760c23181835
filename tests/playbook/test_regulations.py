"""The page of laws says where each is used, as rules and clauses say on what they rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pytest

from salesdocs.process.library import Library
from salesdocs.rules.registry import all_rules
from tests import world

PAGE: Final = world.ROOT / "site" / "zh" / "guide" / "regulations.md"
NAMES: Final = {
    "civil-code": "民法典",
    "civil-code-interpretation": "合同编通则",
    "e-signature": "电子签名法",
    "civil-procedure": "民事诉讼法",
    "arbitration": "仲裁法",
    "choice-of-law": "涉外民事关系法律适用法",
    "service": "民事送达",
    "sme": "保障中小企业款项支付条例",
    "reply-2024-11": "法释〔2024〕11",
    "vat-law": "增值税法",
    "stamp-duty": "印花税法",
    "invoices": "发票管理办法",
    "tax-collection": "税收征收管理法",
    "bills": "票据法",
    "tender-law": "招标投标法",
    "procurement-law": "政府采购法",
    "pipl": "个人信息保护法",
    "dsl": "数据安全法",
    "csl": "网络安全法",
    "data-regulations": "网络数据安全管理条例",
    "aucl": "反不正当竞争法",
    "criminal": "刑法",
    "advertising": "广告法",
    "copyright": "著作权法",
    "software": "计算机软件保护条例",
    "work-safety": "安全生产法",
    "gb-32100": "GB 32100",
    "gb-4754": "GB/T 4754",
    "gb-9704": "GB/T 9704",
    "gb-15834": "GB/T 15834",
}
"""By the anchor of its section, what a law is called where a rule or a clause rests on it."""
# A basis names the interpretation of the general part in full, with the Civil Code in its name.
NESTED: Final = re.compile(r"《最高人民法院关于适用〈民法典〉(.*?)》")
LAW: Final = re.compile(
    r"(?<!\d)《[^》]+》|[\u4e00-\u9fff]{2,16}?(?:法|条例|解释)(?=第)|法释〔\d+〕\d+ ?号|GB(?:/T)? [\d-]+"
)


@pytest.fixture(scope="module")
def library() -> Library:
    return world.library()


def sections() -> dict[str, str]:
    text = PAGE.read_text(encoding="utf-8")
    parts = re.split(r"^#{2,3} .*\{ #([a-z0-9-]+) \}$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def bases(library: Library) -> Iterator[tuple[str, str, str]]:
    """Yield what rests on the law: its kind, its name, and on what."""
    for name, rule in all_rules().items():
        if name in library.rulings:
            yield "rules", name.lower(), rule.basis.zh
    for article in library.articles:
        for clause in article.clauses:
            yield "clauses", article.id, NESTED.sub(r"《\1》", clause.basis.zh)


@pytest.mark.parametrize("law", NAMES)
def test_each_law_names_the_rules_and_articles_that_rest_on_it(law: str, library: Library) -> None:
    told = sections()[law]
    links = {("rules", name) for name in re.findall(r"rules/[a-z]+\.md#([a-z]+-\d+)", told)}
    links |= {("clauses", name) for name in re.findall(r"clauses/([a-z-]+)\.md", told)}
    used = {(kind, name) for kind, name, basis in bases(library) if NAMES[law] in basis}
    if law == "civil-code":  # nearly all articles rest on it: the page names the list of them
        used = {each for each in used if each[0] == "rules"} | {("clauses", "index")}
    assert links == used


def test_each_law_that_something_rests_on_has_its_section(library: Library) -> None:
    assert {law for law in sections() if sections()[law].strip() and law in NAMES} == set(NAMES)
    unknown = {
        found
        for _, _, basis in bases(library)
        for found in LAW.findall(basis)
        if not any(name in found for name in NAMES.values())
    }
    assert unknown == set()
