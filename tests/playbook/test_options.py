"""Each option of the plugin is explained where it is declared and in README, with its default."""

from __future__ import annotations

import ast
import inspect
import re
from itertools import pairwise
from typing import Any

import pytest

from salesdocs.plugin import config
from salesdocs.plugin.config import SalesdocsConfig
from tests import world

OPTIONS = dict(SalesdocsConfig._schema)
README = (world.ROOT / "README.md").read_text(encoding="utf-8")
ROWS = {
    name: cells
    for name, *cells in re.findall(
        r"(?m)^\| `(\w+)` \| (.+) \| (.+) \|$",
        README.partition("\n## 销售手册网站")[2].partition("\n## ")[0],
    )
}
SAID = {True: "是", False: "否"}


def docstrings() -> dict[str, str]:
    """The string behind each assignment of the class."""
    tree = ast.parse(inspect.getsource(config))
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef))
    found: dict[str, str] = {}
    for statement, behind in pairwise(body):
        match statement, behind:
            case ast.Assign(targets=[ast.Name(id=name)]), ast.Expr(value=ast.Constant(value=text)):
                found[name] = str(text)
    return found


def test_readme_explains_no_other_option() -> None:
    assert [name for name in ROWS if name not in OPTIONS] == []


@pytest.mark.parametrize("name", OPTIONS)
def test_each_option_is_explained_and_its_default_stated(name: str) -> None:
    option: Any = OPTIONS[name]
    assert docstrings()[name].endswith((".", "`"))
    if isinstance(option.default, bool):
        assert ROWS[name][1] == SAID[option.default]
    if isinstance(option.default, list):
        assert all(f"`{each}`" in ROWS[name][0] for each in option.default)
