"""PTY rules: each objects to a change of the sample, and not to one that is right."""

from __future__ import annotations

from datetime import date

import pytest

from salesdocs.rules.parties import credit_code_is_valid
from tests import world
from tests.rules.deals import Trigger, check_trigger

TRIGGERS = [
    Trigger("PTY-01", {"customer.uscc": None}, "customer.uscc"),
    Trigger("PTY-01", {"supplier.address": None}, "supplier.address", said="乙方缺少住所"),
    Trigger(
        "PTY-03",
        {"contract.parties": {"a": {"name": "宁波铄恒精密机械股份有限公司"}}},
        "contract.parties.a.name",
        near={"contract.parties": {"a": {"name": "宁波铄恒 精密机械有限公司"}}},
    ),
    Trigger(
        "PTY-04",
        {"customer.name": "宁波铄恒精密机械有限公司北仑分公司"},
        "customer.name",
        near={
            "customer.name": "宁波铄恒精密机械有限公司北仑分公司",
            "contract.signatories.a.poa": {"doc_no": "SQ-1"},
        },
    ),
    Trigger("PTY-05", {"contract.signatories.b.poa": None}, "contract.signatories.b.poa"),
    Trigger(
        "PTY-05",
        {"contract.signatories.b.poa.valid_to": "2025-07-01"},
        "contract.signatories.b.poa.valid_to",
        near={"contract.signatories.b.poa.valid_to": "2025-07-08"},
    ),
    Trigger(
        "PTY-05",
        {"contract.signatories.b.poa.limit": "1127999.99"},
        "contract.signatories.b.poa.limit",
        near={"contract.signatories.b.poa.limit": "1128000"},
    ),
    Trigger("PTY-06", {"contract.signatories.a.name": "郑烁"}, "contract.signatories.a.name"),
    Trigger("PTY-07", {"customer.credit.dishonest_list": "true"}, "customer.credit.dishonest_list"),
    Trigger("PTY-07", {"customer.credit.status": "revoked"}, "customer.credit.status"),
    Trigger(
        "PTY-08",
        {"customer.credit.checked_on": "2025-04-08"},
        "customer.credit.checked_on",
        near={"customer.credit.checked_on": "2025-04-09"},
    ),
    Trigger("PTY-09", {"customer.invoice.title": "宁波铄恒机械"}, "customer.invoice.title"),
    Trigger(
        "PTY-10",
        {"customer.nature": "institution"},
        "meta.procurement_mode",
        near={"customer.nature": "institution", "contract.amount": "999999.99"},
    ),
]


@pytest.mark.parametrize("trigger", TRIGGERS, ids=str)
def test_the_rule_objects(trigger: Trigger) -> None:
    check_trigger(trigger)


def test_a_wrong_credit_code_is_found_while_reading() -> None:
    text = world.SAMPLE.read_text(encoding="utf-8")
    loaded = world.written(text.replace("91990000MA9XL00244", "91990000MA9XL00248"))
    assert [(each.rule, each.path) for each in loaded.findings] == [("PTY-02", "customer.uscc")]
    assert credit_code_is_valid("91990000MA9XL00248") is not None
    assert credit_code_is_valid("91990000MA9XL00244") is None


def test_an_unsigned_contract_is_measured_on_the_day_of_the_case() -> None:
    dossier = world.changed({"contract.signed": None, "meta.as_of": "2025-09-30"})
    assert dossier.loaded.case.meta.as_of == date(2025, 9, 30)
    from tests.rules.deals import found

    changes = {"contract.signed": None, "meta.as_of": "2025-09-30"}
    assert "PTY-08" in {each.rule for each in found(changes)}
