"""The JSON Schema says of a case file what the loader says."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from salesdocs.process.schema import case_schema
from tests import world


class _AsEditorsRead(yaml.SafeLoader):
    """YAML as an editor's language server types it: numbers and booleans, but no dates."""


_AsEditorsRead.yaml_implicit_resolvers = {
    first: [rule for rule in rules if rule[0] != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = case_schema(world.library().catalogue)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(json.loads(json.dumps(schema)))


@pytest.fixture
def case() -> Any:
    return yaml.load(world.SAMPLE.read_text(encoding="utf-8"), Loader=_AsEditorsRead)


def places(validator: Draft202012Validator, case: Any) -> list[list[str | int]]:
    return [list(error.absolute_path) for error in validator.iter_errors(case)]


def test_the_sample_is_valid(validator: Draft202012Validator, case: Any) -> None:
    assert places(validator, case) == []


def test_a_blank_is_valid_everywhere(validator: Draft202012Validator, case: Any) -> None:
    case["contract"] = None
    case["needs"] = {"items": None, "background": None, "review": None}
    assert places(validator, case) == []


def test_unknown_keys_and_wrong_choices_are_not(validator: Draft202012Validator, case: Any) -> None:
    case["contract"]["amuont"] = 1
    case["meta"]["status"] = "wonn"
    assert sorted(place[0] for place in places(validator, case)) == ["contract", "meta"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_field_is_explained(lang: Any) -> None:
    schema = case_schema(world.library().catalogue, lang)
    blocks = [schema, *schema["$defs"].values()]
    bare = [
        name
        for block in blocks
        for name, described in block.get("properties", {}).items()
        if "title" not in described
    ]
    assert bare == []
