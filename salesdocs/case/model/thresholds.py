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

APPROVAL_ROUTES: Final[tuple[tuple[int, tuple[tuple[str, tuple[str, ...]], ...]], ...]] = (
    (
        0,
        (("sales", ("sales_manager",)), ("legal", ("legal",)), ("finance", ("finance",))),
    ),
    (
        200_000,
        (
            ("sales", ("sales_manager",)),
            ("sales", ("sales_director",)),
            ("legal", ("legal",)),
            ("finance", ("finance",)),
        ),
    ),
    (
        1_000_000,
        (
            ("sales", ("sales_manager", "sales_director")),
            ("legal", ("legal",)),
            ("finance", ("finance",)),
            ("gm", ("gm",)),
        ),
    ),
)
"""From which amount (included) which departments approve, and who of them may."""
BOARD_FROM: Final = 5_000_000

DIMENSION_LOW: Final = Decimal(4)
LOW_SCORE: Final = 2
COUNTS_ONLY_BELOW: Final = 5
THIS_CUSTOMER_ONLY_BELOW: Final = 30
