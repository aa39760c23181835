"""Other deals than the sample, as changes of it: a subscription, a sale of goods, a tender."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesdocs.produce import Dossier, produce
from tests import reference, world

_BEFORE_DELIVERY: dict[str, Any] = {
    "meta.stage": "5", "delivery": None, "acceptance": None, "receivables": None,
    "aftersales": None,
}  # fmt: skip

SUBSCRIPTION: dict[str, Any] = {
    **_BEFORE_DELIVERY,
    "contract.type": "saas",
    "contract.amount": "206400.00",
    "contract.goods": None,
    "contract.term": {
        "months": "36", "start": "2025-08-01", "end": "2028-07-31", "renewal_notice_days": "60",
    },
    "contract.sla": {
        "availability": "0.999",
        "period": "自然月",
        "credits": [
            {"below": "0.999", "credit": "0.05"},
            {"below": "0.99", "credit": "0.15"},
        ],
    },
    "contract.data": {
        "personal_info": "entrusted_processing",
        "deletion_on_exit": "true",
        "return_days": "30",
        "categories": "会员姓名、手机号、消费记录",
        "purpose": "会员管理与营销",
        "location": "中国境内（深圳）",
    },
    "contract.deliverables": [
        {
            "id": "D-01", "name": "首批 30 家门店", "lines": ["L-01"], "qty": "30", "unit": "店",
            "criteria": "点餐、收银、总部报表上线运行", "due": "2025-08-31",
        },
        {
            "id": "D-02", "name": "第二批 56 家门店", "lines": ["L-01"], "qty": "56", "unit": "店",
            "criteria": "点餐、收银、总部报表上线运行", "due": "2025-10-15",
        },
    ],
    "proposal.quote.lines": [
        {
            "id": "L-01", "name": "门店版订阅", "spec": "每店每年", "unit": "店", "qty": "86",
            "price": "2400", "discount": "0", "vat": "0.06", "needs": ["N-01"], "kind": "saas",
            "billing": "yearly",
        },
    ],
}  # fmt: skip

SALE: dict[str, Any] = {
    **_BEFORE_DELIVERY,
    "contract.type": "sale",
    "contract.amount": "156000.00",
    "contract.data": None,
    "proposal.training": None,
    "proposal.quote.lines": [
        {
            "id": "L-01", "name": "工业数据采集网关", "spec": "LY-GW200", "unit": "台",
            "qty": "24", "price": "6500", "discount": "0", "vat": "0.13", "needs": ["N-04"],
            "kind": "goods",
        },
    ],
    "contract.deliverables": [
        {
            "id": "D-01", "name": "工业数据采集网关", "lines": ["L-01"],
            "criteria": "到货外观与数量核对，通电自检通过",
        },
    ],
}  # fmt: skip

TENDER: dict[str, Any] = {
    "meta.procurement_mode": "public_tender",
    "tender": {
        "project_no": "YZX-2026-0012",
        "project_name": "云泽县人民医院信息系统",
        "bid_deadline": "2025-05-20",
        "bid": {"amount": "1128000.00", "days": "160"},
    },
    "contract.performance_bond": {
        "share": "0.05", "form": "bank_guarantee", "valid_to": "2026-12-31",
    },
    "contract.data": {
        "personal_info": "entrusted_processing",
        "sensitive": "true",
        "protection_level": "第三级",
        "deletion_on_exit": "true",
        "location": "甲方机房（中国境内）",
        "categories": "患者身份信息、诊疗记录",
    },
    "contract.precedence": ["contract_body", "annexes", "tender", "bid"],
}  # fmt: skip

FALLBACKS: dict[str, Any] = {
    "contract.clauses": [
        {
            "clause": "late-payment", "fallback": "1", "by": "p6", "date": "2025-06-26",
            "reason": "客户为集团统一条款，换取首付款三成",
        },
        {
            "clause": "overall-cap", "fallback": "1", "by": "p9", "date": "2025-06-27",
            "reason": "客户集团数据制度要求",
        },
    ],
}  # fmt: skip


def made(changes: Mapping[str, Any], document_id: str, draft: bool = False) -> bytes:
    """The finished paper of the sample case with other values."""
    return produced(world.changed(changes, ruled=False), document_id, draft)


def produced(dossier: Dossier, document_id: str, draft: bool = False) -> bytes:
    """The finished paper of a dossier."""
    paper = next(paper for paper in dossier.papers() if paper.document.id == document_id)
    return produce(dossier, paper, world.template(document_id), draft=draft).data


def text(changes: Mapping[str, Any], document_id: str = "contract", draft: bool = False) -> str:
    """Its text."""
    return reference.text(made(changes, document_id, draft))
