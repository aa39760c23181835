"""How complete the record of a customer is: which of the facts it should hold are known.

What only some customers have (a group, an English name, remarks) is not counted, so that a record
can be complete.
"""

from functools import reduce
from typing import Final

from salesdocs.calc import scores
from salesdocs.case.model.record import Record
from salesdocs.case.model.scalars import Count, Share

CUSTOMER_FACTS: Final = (
    "customer.name",
    "customer.industry.code",
    "customer.industry.name",
    "customer.scale.stated_band",
    "customer.nature",
    "customer.kind",
    "customer.address",
    "customer.phone",
    "customer.website",
    "customer.uscc",
    "customer.legal_rep",
    "customer_size",
    "customer.credit.checked_on",
    "customer.credit.status",
    "customer.credit.dishonest_list",
    "customer.credit.source",
    "customer.existing_systems",
)
CONTACT_FACTS: Final = (
    "main_contact.name",
    "main_contact.title",
    "main_contact.department",
    "main_contact.role",
    "main_contact.any_phone",
    "main_contact.email",
    "main_contact.consent.source",
    "main_contact.consent.notified_on",
)
LEAD_FACTS: Final = (
    "lead.source.channel",
    "lead.source.detail",
    "lead.initial_need",
    "lead.budget_hint.max",
    "lead.created",
    "lead.recorded_by",
    "lead.first_contact.date",
    "lead.first_contact.by",
    "lead.first_contact.channel",
    "lead.first_contact.summary",
    "lead.first_contact.basic_need",
    "lead.first_contact.can_cooperate",
)
REFERRER: Final = "lead.source.referrer"


class Completeness(Record):
    """How many of the facts are known; `share` to three decimals."""

    filled: Count
    total: Count
    share: Share | None


def completeness(case: object, referred: bool) -> Completeness:
    """Return how complete the customer's record is; only a referral has a referrer to name."""
    facts = (*CUSTOMER_FACTS, *CONTACT_FACTS, *LEAD_FACTS, *((REFERRER,) if referred else ()))
    filled = sum(_is_known(case, path) for path in facts)
    return Completeness(filled, len(facts), scores.rate(filled, len(facts)))


def _is_known(case: object, path: str) -> bool:
    """Return whether there is a value at the path: `False` is one, an empty list is none."""
    value = reduce(lambda start, name: getattr(start, name, None), path.split("."), case)
    return value not in (None, ())
