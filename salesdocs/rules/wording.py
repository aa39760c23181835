"""AMT-04: in the words of a paper, figures and capitals say the same amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from salesdocs.calc.capitals import CapitalsError, parse_capitals
from salesdocs.calc.format import money
from salesdocs.findings import Phrase
from salesdocs.rules.registry import BINDING, Deal, Hit, PaperText, paper_rule

_FIGURES: Final = r"[¥￥]?\s*(?P<figures>\d[\d,，]*(?:\.\d+)?)\s*元?"
_BETWEEN: Final = r"\s*[（(，,]?\s*(?:人民币)?(?:大写)?(?:金额)?\s*[：:]?\s*"
_CAPITALS: Final = r"(?P<words>人民币[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]+)"
_PAIR: Final = re.compile(_FIGURES + _BETWEEN + _CAPITALS)


@paper_rule(
    "AMT-04",
    papers=(*BINDING, "quote_sheet", "payment_letter", "confirmation_letter"),
    title="Figures and capitals say the same amount",
    fix="correct whichever is wrong; the program writes both from one value",
    basis="custom; Negotiable Instruments Law, art. 8",
)
def figures_equal_capitals(deal: Deal, paper: PaperText) -> Iterator[Hit]:
    """文件里的小写金额和紧跟着的大写金额是同一个数。

    为什么：票据大小写不一致的无效，合同沿用这个习惯；不一致时双方各取对自己有利的一个。

    怎么改：由程序按一个数同时生成大小写；手工改过的文件逐处核对。

    依据：习惯；票据法第八条。
    """
    for figures, words in amounts_of(paper.text):
        try:
            stated = parse_capitals(words)
        except CapitalsError:
            stated = None
        if stated != figures:
            message = Phrase(
                f"大小写金额不一致：{money(figures)} / {words}",
                f"figures and words differ: {money(figures)} / {words}",
            )
            yield Hit(paper.path, message)


def amounts_of(text: str) -> Iterator[tuple[Decimal, str]]:
    """Yield each amount in figures with the capitals that follow it."""
    for found in _PAIR.finditer(text):
        yield Decimal(re.sub("[,，]", "", found["figures"])), found["words"]
