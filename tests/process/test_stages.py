import pytest

from salesdocs.case.choices import ProcurementMode, Role
from salesdocs.case.choices import Stage as StageChoice
from salesdocs.process.library import Library, house_folder
from salesdocs.process.naming import safe_name
from salesdocs.process.reading import read_library

LIBRARY = Library(read_library(house_folder()))


def test_the_stages_are_those_of_the_case() -> None:
    assert [(str(s.number), s.name.zh, s.name.en) for s in LIBRARY.stages] == [
        (choice.value, choice.zh, choice.en) for choice in StageChoice
    ]


def test_every_role_of_the_house_has_a_duty() -> None:
    assert set(LIBRARY.roles) == {role.value for role in Role}


def test_every_procurement_mode_is_described() -> None:
    assert set(LIBRARY.data["process"]["modes"]) == {mode.value for mode in ProcurementMode}
    assert all(LIBRARY.mode(mode.value).notes for mode in ProcurementMode)


def test_a_mode_that_is_not_described_changes_nothing() -> None:
    assert LIBRARY.mode("barter").skips == LIBRARY.mode("barter").waives == frozenset()


@pytest.mark.parametrize("stage", LIBRARY.stages, ids=lambda stage: str(stage.number))
def test_a_new_colleague_can_work_by_a_stage(stage: object) -> None:
    assert len(stage.steps) >= 4
    assert len(stage.exit) >= 3
    assert len(stage.cautions) >= 3
    assert 0 < stage.days[0] < stage.days[1]
    assert all(step.by and step.output.zh for step in stage.steps)
    assert {role for step in stage.steps for role in step.by} <= {*stage.roles, *LIBRARY.roles}


@pytest.mark.parametrize("stage", LIBRARY.stages, ids=lambda stage: str(stage.number))
def test_chinese_is_chinese_and_english_is_english(stage: object) -> None:
    phrases = [stage.name, stage.goal, stage.entry, *stage.cautions, *stage.measures]
    phrases += [step.text for step in stage.steps] + [gate.text for gate in stage.exit]
    for phrase in phrases:
        assert any("一" <= sign <= "鿿" for sign in phrase.zh), phrase
        assert not any("一" <= sign <= "鿿" for sign in phrase.en), phrase


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [(3, "3_方案制定", "3_Solution design"), (7, "7_售后维护", "7_After-sales")],
)
def test_a_folder_is_named_by_number_and_stage(number: int, zh: str, en: str) -> None:
    stage = LIBRARY.stage(number)
    assert (stage.folder(), stage.folder("en")) == (zh, en)
    assert stage.folder() == safe_name(stage.folder())
