"""Figures that computed values of the case depend on; defaults that policy.yaml explains.

The rules and the process read the company's policy.yaml; the model stands below it and computes
scores, grades and steps with these. A test compares them with the policy that ships.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from salesdocs.calc import scores

RATING_WEIGHTS: Final[Mapping[str, int]] = scores.LEAD_WEIGHTS
RATING_MAX: Final = 5
GRADE_A: Final = 80
GRADE_B: Final = 60
RERATE_DAYS: Final = 90

_REST: Final = (("legal", ("legal",)), ("finance", ("finance",)))
_MANAGER: Final = ("sales", ("sales_manager",))
_DIRECTOR: Final = ("sales", ("sales_director",))
_EITHER: Final = ("sales", ("sales_manager", "sales_director"))
_GM: Final = ("gm", ("gm",))
# A resolution of the board or group is recorded by the general manager.
_BOARD: Final = ("board", ("gm",))

Step = tuple[str, tuple[str, ...]]

APPROVAL_ROUTES: Final[tuple[tuple[int, tuple[Step, ...]], ...]] = (
    (0, (_MANAGER, *_REST)),
    (200_000, (_MANAGER, _DIRECTOR, *_REST)),
    (1_000_000, (_EITHER, *_REST, _GM)),
    (5_000_000, (_EITHER, *_REST, _GM, _BOARD)),
)
"""From which amount (included) which departments approve, and which of their roles may."""

DIMENSION_LOW: Final = Decimal(4)
LOW_SCORE: Final = 2
LOW_SCORE_VISIT_DAYS: Final = 7
VISIT_DAYS: Final = 35
SATISFIED_FROM: Final = 4
COUNTS_ONLY_BELOW: Final = 5
THIS_CUSTOMER_ONLY_BELOW: Final = 30
SURVEY_RETENTION_YEARS: Final = 2
FOLLOWUP_DAYS: Final = 7
FOLLOWUP_DAYS_ON_HOLIDAYS: Final = 10
