"""The small world that document tests share: the sample case, its library, its compiled templates."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from salesdocs.case.load import LoadedCase, load_case, read_case
from salesdocs.case.model import Case
from salesdocs.case.model.base import Registry
from salesdocs.process.library import Library, house_folder
from salesdocs.process.reading import read_library
from salesdocs.produce import Dossier, Paper, Product, produce
from salesdocs.word.compile import compile_template
from salesdocs.word.template import Template

ROOT = Path(__file__).parents[1]
SMALLEST = """\
schema: salesdocs/case@1
meta: {case_no: XM-2025-0037, title: 铄恒精密 MES 一期项目, stage: 1, owner: p1}
team: {p1: {name: 周启明, role: sales_rep, title: 销售代表}}
customer:
  name: 宁波铄恒精密机械有限公司
  industry: {code: C34, name: 通用设备制造业}
  scale: {basis: headcount, value: 620}
contacts: {c1: {name: 何文澜, title: 采购总监, mobile: "13800138000"}}
lead:
  source: {channel: exhibition, detail: 2025 长三角智能制造展}
  created: 2025-03-12
  primary_contact: c1
  initial_need: 需要一套生产管理系统
"""

SAMPLE = ROOT / "examples" / "mes" / "case.yaml"


@cache
def library() -> Library:
    """The library of the checkout."""
    return Library(read_library(house_folder()))


@cache
def sample() -> LoadedCase:
    """The sample case."""
    return load_case(SAMPLE)


@cache
def dossier() -> Dossier:
    """The sample case with the library."""
    return Dossier(sample(), library(), template)


def papers() -> list[Paper]:
    """All papers of the sample case."""
    return dossier().papers()


@cache
def template(document_id: str, lang: str = "zh") -> Template:
    """The compiled template of a document."""
    path = template_file(document_id, lang)
    return compile_template(path.read_bytes(), path.name)


def template_file(document_id: str, lang: str = "zh") -> Path:
    """Where the template of a document lies."""
    return house_folder() / "docx" / f"{document_id}.{lang}.docx"


@cache
def product(name: str) -> Product:
    """The finished paper of that name from the sample case."""
    paper = next(paper for paper in papers() if paper.name == name)
    return produce(dossier(), paper, template(paper.document.id))


@cache
def unruled() -> Library:
    """The library with no rule that stops a paper: for tests of how papers print what they get."""
    rules = library().data["rules"]
    weighed = {each: {**entry, "severity": "note"} for each, entry in rules["rules"].items()}
    return Library({**library().data, "rules": {**rules, "rules": weighed}})


def changed(
    changes: Mapping[str, Any], *, ruled: bool = True, loaded: LoadedCase | None = None
) -> Dossier:
    """The sample, or another case, with other values at some paths; None takes a value away."""
    base = loaded or sample()
    tree = deepcopy(dict(base.tree))
    for path, value in changes.items():
        _set(tree, path, value)
    case = Case.model_validate(tree, context=Registry())
    anew = LoadedCase(case, tree, base.source, ())
    return Dossier(anew, library() if ruled else unruled(), template)


def _set(tree: Any, path: str, value: Any) -> None:
    *parents, last = path.replace("[", ".[").split(".")
    for part in parents:
        tree = tree[_key(part)]
    if isinstance(tree, str):
        raise ValueError(f"{path} is written in a short form")
    if value is None:
        del tree[_key(last)]
    else:
        tree[_key(last)] = value


def _key(part: str) -> str | int:
    return int(part[1:-1]) if part.startswith("[") else part


def written(text: str) -> LoadedCase:
    """The case that a text states."""
    return read_case(text.encode(), "case.yaml")
