"""Released values: the sums of what a reader may not see, and nothing of what they sum up."""

from __future__ import annotations

from decimal import Decimal

from tests import world


def test_a_customer_sees_the_figures_of_a_survey_and_no_answer() -> None:
    (seen,) = world.dossier().case_for("customer").aftersales.surveys
    (whole,) = world.sample().case.aftersales.surveys
    assert (seen.overall_mean, seen.csat, seen.nps.score) == (Decimal("4.13"), Decimal("0.875"), 38)
    assert seen.dimension_results == whole.dimension_results
    assert [row.role for row in seen.sample] == [row.role for row in whole.sample]
    assert seen.responses == ()
    assert seen.low_scores == ()
    assert [(row.action, row.cause, row.owner) for row in seen.improvements] == [
        ("提供大按钮模式", None, None),
        ("制作 6 段短视频", None, None),
    ]


def test_released_figures_are_part_of_the_fingerprint_of_the_data() -> None:
    """Other answers give another document, though a customer's data holds none of them."""
    other = world.changed({"aftersales.surveys[0].responses[0].overall": "3"})
    assert other.tree_for("customer") == world.dossier().tree_for("customer")
    assert other.data_digest("customer") != world.dossier().data_digest("customer")


def test_a_case_without_surveys_releases_nothing() -> None:
    dossier = world.changed({"aftersales": None, "meta.stage": "6"})
    assert dossier.case_for("customer").aftersales.surveys == ()
    assert dossier.data_digest("customer") != dossier.data_digest("internal")
