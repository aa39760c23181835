"""What a stage asks for is written out: it loads, it lacks exactly what is due, its comments are YAML."""

from __future__ import annotations

import re

import pytest

from salesdocs.case.edit import append_block, set_value
from salesdocs.case.load import LoadedCase, read_case
from salesdocs.process.fields import missing_values
from salesdocs.process.skeleton import block_skeleton, stage_skeleton
from tests import world

STAGES = range(2, 8)
STAGE_BLOCKS = {
    1: "meta team customer contacts lead", 2: "needs", 3: "supplier proposal",
    4: "negotiation intent", 5: "contract", 6: "delivery acceptance receivables",
    7: "aftersales",
}  # fmt: skip
MODES = ["direct", "public_tender", "competitive_consultation", "single_source", "framework"]
HIDDEN = re.compile(r"^( *)# ( *(?:- )?[a-z][a-z_]*:)", re.MULTILINE)


def text_at(stage: int, mode: str = "direct") -> bytes:
    """The smallest case, its stage and mode changed, with the lines of that stage."""
    text = set_value(world.SMALLEST.encode(), "meta.stage", str(stage))
    text = set_value(text, "meta.procurement_mode", mode)
    start = read_case(text, "case.yaml")
    lines = stage_skeleton(world.library(), start.case, stage, start.source.tree.keys())
    return append_block(text, lines)


def missing(loaded: LoadedCase, stage: int) -> set[str]:
    return {path for path, _ in missing_values(loaded.case, stage, world.library().catalogue)}


def lists(paths: set[str]) -> set[str]:
    """The paths without what is missing in the first row of a list, named by the list instead."""
    return {re.split(r"\[0\]", path)[0] for path in paths}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("stage", STAGES)
def test_a_case_with_the_lines_of_a_stage_loads_and_lacks_what_it_lacked_before(
    stage: int, mode: str
) -> None:
    with_lines = read_case(text_at(stage, mode), "case.yaml")
    assert with_lines.findings == ()
    text = set_value(world.SMALLEST.encode(), "meta.stage", str(stage))
    bare = read_case(set_value(text, "meta.procurement_mode", mode), "case.yaml")
    assert lists(missing(with_lines, stage)) == lists(missing(bare, stage))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("stage", STAGES)
def test_what_is_due_in_the_new_blocks_is_missing_in_a_line_of_its_own(
    stage: int, mode: str
) -> None:
    loaded = read_case(text_at(stage, mode), "case.yaml")
    new = set(world.library().blocks_of(stage))
    paths = [path for path in missing(loaded, stage) if path.partition(".")[0] in new]
    lines = [loaded.source.key_place(path).line for path in paths]
    written = loaded.source.written.splitlines()
    assert len(set(lines)) == len(paths)
    for path, line in zip(paths, lines, strict=True):
        assert f"{path.rpartition('.')[2]}:" in written[line - 1]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("stage", STAGES)
def test_a_comment_with_a_key_is_yaml_when_its_mark_is_taken_away(stage: int, mode: str) -> None:
    shown = HIDDEN.sub(r"\1\2", text_at(stage, mode).decode())
    loaded = read_case(shown.encode(), "case.yaml")
    assert loaded.findings == ()
    assert set(loaded.source.tree) >= {
        name for name in world.library().blocks_of(stage) if mode == "direct" and name != "tender"
    }


def test_what_is_due_in_blocks_that_are_there_is_listed_with_an_example() -> None:
    lines = text_at(2).decode().splitlines()
    assert "#   customer.kind  客户类型，例：新客户" in lines
    assert "#   contacts.c1.role  采购角色，例：采购" in lines


def test_a_block_that_is_there_is_not_begun_again() -> None:
    case = world.written(world.SMALLEST).case
    assert "\nneeds:" in stage_skeleton(world.library(), case, 2, ["customer"])
    assert "\nneeds:" not in stage_skeleton(world.library(), case, 2, ["needs"])


def test_what_a_lead_still_needs_can_be_written_as_comments() -> None:
    case = world.written(world.SMALLEST).case
    lines = block_skeleton(world.library().catalogue, case, ["lead.first_contact"], "  ")
    assert lines[0] == "  # first_contact:   # 首次接触；第 2 阶段必填"
    assert lines[1] == "  #   date:   # 接触日期，例：2025-03-14"
    shown = HIDDEN.sub(r"\1\2", world.SMALLEST + "\n".join(lines))
    assert world.written(shown).findings == ()


@pytest.mark.parametrize("stage", range(1, 8))
def test_the_blocks_of_a_stage_are_those_that_readme_names_and_those_not_always_needed(
    stage: int,
) -> None:
    begun = set(world.library().blocks_of(stage))
    named = set(STAGE_BLOCKS[stage].split())
    assert named <= begun
    assert begun - named <= {"nda", "tender"}


def test_every_block_that_people_write_is_begun_in_one_stage() -> None:
    catalogue = world.library().catalogue
    begun = [name for stage in range(1, 8) for name in world.library().blocks_of(stage)]
    assert len(begun) == len(set(begun))
    written = {name for name in world.sample().source.tree if catalogue.children(name)}
    assert written <= set(begun)
