"""Lead scores, satisfaction, promoters."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.calc import scores

ANSWERS = st.lists(st.none() | st.integers(min_value=1, max_value=5), max_size=20)
RESPONSES = [  # the survey of the sample case: six dimensions, overall, recommend
    ([5, 4, 5, 5, 4, 4], 5, 9),
    ([4, 4, 5, 5, 4, 4], 4, 9),
    ([4, 5, 4, 5, 4, 3], 4, 8),
    ([3, 4, 4, 4, 3, 4], 3, 6),
    ([4, 4, 5, 4, 4, 4], 4, 8),
    ([5, 5, 5, 5, 4, 5], 5, 10),
    ([4, 4, 4, 5, 4, 4], 4, 9),
    ([4, 4, 4, 4, 4, 4], 4, 7),
]


@pytest.mark.parametrize(
    ("ratings", "score", "grade"),
    [
        pytest.param((5, 4, 4, 4), "85", "A", id="mes"),
        pytest.param((5, 4, 5, 4), "91", "A", id="hospital"),
        pytest.param((4, 3, 3, 4), "70", "B", id="restaurant"),
        pytest.param((4, 4, 4, 4), "80", "A", id="at-a"),
        pytest.param((3, 3, 3, 3), "60", "B", id="at-b"),
        pytest.param((3, 2, 3, 3), "56", "C", id="below-b"),
    ],
)
def test_a_lead_is_scored_and_graded(ratings: tuple[int, ...], score: str, grade: str) -> None:
    keys = ("industry", "scale", "budget", "urgency")
    points = scores.lead_score(dict(zip(keys, ratings, strict=True)))
    assert points == Decimal(score)
    assert scores.lead_grade(points) == grade
    assert scores.lead_grade(points, vetoed=True) == "C"


def test_weights_and_bounds_can_be_a_companys_own() -> None:
    assert scores.lead_score({"fit": 4}, {"fit": 100}) == 80
    assert scores.lead_grade(Decimal(80), a=90, b=81) == "C"


def test_bant_gives_two_points_for_full_and_one_for_partial() -> None:
    assert scores.bant_score(["partial", "full", "full", "full"]) == 7
    assert scores.bant_score(["none", "unknown", None]) == 0


def test_the_sample_survey_comes_to_its_figures() -> None:
    overall = [overall for _, overall, _ in RESPONSES]
    dimensions = [list(column) for column in zip(*(row for row, _, _ in RESPONSES), strict=True)]
    assert scores.rate(8, 9) == Decimal("0.889")
    assert scores.mean(overall) == Decimal("4.13")
    assert scores.csat(overall) == Decimal("0.875")
    means = [str(scores.mean(column)) for column in dimensions]
    assert means == ["4.13", "4.25", "4.50", "4.63", "3.88", "4.00"]
    promoters = scores.net_promoters(recommend for _, _, recommend in RESPONSES)
    assert promoters == scores.NetPromoters(4, 3, 1)
    assert promoters.score == 38


@given(ANSWERS)
def test_questions_that_do_not_apply_change_nothing(answers: list[int | None]) -> None:
    given = [answer for answer in answers if answer is not None]
    assert scores.mean(answers) == scores.mean(given)
    assert scores.csat(answers) == scores.csat(given)


@given(ANSWERS)
def test_a_mean_lies_between_the_answers(answers: list[int | None]) -> None:
    given = [answer for answer in answers if answer is not None]
    value = scores.mean(answers)
    assert (value is None) == (not given)
    assert value is None or min(given) <= value <= max(given)


@given(st.lists(ANSWERS, min_size=1, max_size=6))
def test_the_index_runs_from_0_to_100(dimensions: list[list[int | None]]) -> None:
    index = scores.satisfaction_index(dimensions)
    assert index is None or 0 <= index <= 100


@pytest.mark.parametrize(
    ("dimensions", "weights", "index"),
    [
        ([[5, 5], [5]], None, "100.0"),
        ([[1], [1]], None, "0.0"),
        ([[5], [1]], None, "50.0"),
        ([[5], [1]], ["0.75", "0.25"], "75.0"),
        ([[5], [None]], ["0.25", "0.75"], "100.0"),
        ([[4, 5, 4]], None, "83.3"),
    ],
)
def test_the_index_weighs_the_dimensions(
    dimensions: list[list[int | None]], weights: list[str] | None, index: str
) -> None:
    parts = None if weights is None else [Decimal(weight) for weight in weights]
    assert scores.satisfaction_index(dimensions, parts) == Decimal(index)


@given(st.lists(st.none() | st.integers(min_value=0, max_value=10), max_size=40))
def test_every_answer_is_a_promoter_a_passive_or_a_detractor(answers: list[int | None]) -> None:
    counts = scores.net_promoters(answers)
    whole = counts.promoters + counts.passives + counts.detractors
    assert whole == sum(answer is not None for answer in answers)
    assert counts.score is None if not whole else -100 <= (counts.score or 0) <= 100


def test_a_share_of_nothing_is_none() -> None:
    assert scores.rate(0, 0) is None
    assert scores.mean([None]) is None
    assert scores.csat([]) is None
    assert scores.satisfaction_index([]) is None


@pytest.mark.parametrize(
    ("valid", "size"), [(0, "tiny"), (4, "tiny"), (5, "small"), (29, "small"), (30, "enough")]
)
def test_small_samples_are_told_apart(valid: int, size: str) -> None:
    assert scores.sample(valid) == size
