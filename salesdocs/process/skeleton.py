"""The lines of a case file that a stage asks for, with nothing filled in yet.

A value that is due stands as a key without value, so that what is missing is found in its line; a
row that is due has begun with its id. What is due at a later stage, or on a condition, or only
where it is needed, stands as a comment: take away the `#` and it is YAML. Labels, examples and
filling notes are those of the catalogue, which has them in Chinese.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from salesdocs.case.model import Case
from salesdocs.case.path import loc_of
from salesdocs.case.paths import resolve_type
from salesdocs.process.fields import (
    FILLED_BY,
    Catalogue,
    Field,
    condition_of,
    missing_values,
)
from salesdocs.process.library import Library

_STEP = "  "
_LAST = 7


def stage_skeleton(library: Library, case: Case, stage: int, present: Collection[str]) -> str:
    r"""Return the lines that a case at `stage` still needs at its end, each ended by `\n`.

    `present` are the blocks that the case has; what is due inside them is listed in a comment.
    """
    writer = _Writer(library.catalogue, case, stage)
    blocks = [name for name in library.blocks_of(stage) if name not in present]
    lines = [line for name in blocks for line in writer.field(name)]
    rest = list(_elsewhere(library, case, stage, blocks))
    return "".join(f"{line}\n" for line in ("", *_head(library, stage), *rest, *lines))


def block_skeleton(
    catalogue: Catalogue, case: Case, patterns: Collection[str], indent: str
) -> list[str]:
    """Return the lines of blocks that are to be filled in before the next stage, as comments."""
    writer = _Writer(catalogue, case, 1)
    return [line for name in patterns for line in writer.comments(name, indent)]


def _head(library: Library, stage: int) -> Iterator[str]:
    known = library.stage(stage)
    papers = " ".join(
        document.id for document in library.documents_of(stage) if not document.accompanies
    )
    yield f"# ---- 第 {stage} 阶段 {known.name.zh} ----"
    yield f"# {known.goal.zh}"
    yield "# 值写在冒号后面；# 后面是说明，填好可以删。以 # 开头的键暂不必填，要填时去掉 #。"
    if papers:
        yield f"# 选填项和填写说明：salesdocs show 加文件标识（{papers}）"


def _elsewhere(library: Library, case: Case, stage: int, blocks: Collection[str]) -> Iterator[str]:
    """Yield what is due at the stage in blocks that are already there."""
    missing = [
        (path, field)
        for path, field in missing_values(case, stage, library.catalogue)
        if str(loc_of(path)[0]) not in blocks
    ]
    if missing:
        yield "# 前面的块里还要补："
        yield from (f"#   {path}  {_explained(field)}" for path, field in missing)


def _explained(field: Field) -> str:
    """Return label, who fills it in and an example, in one line."""
    who = "" if field.by == "SR" else f"（{FILLED_BY[field.by].zh}填）"
    example = _example(field)
    return f"{field.zh}{who}{f'，例：{example}' if example else ''}"


def _example(field: Field) -> str:
    info = resolve_type(field.path)
    is_list = info is not None and info.kind == "list"
    if not field.example or not is_list:
        return field.example
    return f"[{field.example.replace('、', ', ')}]"


@dataclass(frozen=True, slots=True)
class _Writer:
    catalogue: Catalogue
    case: Case
    stage: int

    def field(self, pattern: str, indent: str = "") -> list[str]:
        """Return the lines of a field and of all that is asked for inside it."""
        field = self.catalogue[pattern]
        condition = condition_of(field)
        is_beside = condition is not None and condition.is_beside(pattern)
        if condition is not None and not is_beside and not condition.holds_in(self.case):
            return []
        if not field.required and condition is None:
            name = pattern.rpartition(".")[2]
            return [f"{indent}# {name}:   # 需要时填：{_explained(field)}"]
        if is_beside or field.stage > self.stage:
            return self.comments(pattern, indent)
        remark = [f"{indent}# {field.note}"] if field.note else []
        return [*remark, *self._begun(field, indent)]

    def comments(self, pattern: str, indent: str) -> list[str]:
        """Return the lines of a field as comments, without further remarks."""
        later = _Writer(self.catalogue, self.case, _LAST)
        lines = later._begun(self.catalogue[pattern], indent, self.stage)
        kept = [line for line in lines if not line.lstrip().startswith("#")]
        return [f"{indent}# {line[len(indent) :]}" for line in kept]

    def _begun(self, field: Field, indent: str, reached: int = _LAST) -> list[str]:
        """Return the line of the key and those below it."""
        name = field.path.rpartition(".")[2]
        value = f" {field.example}" if name == "id" and field.example else ""
        later = f"；第 {field.stage} 阶段必填" if field.stage > reached else ""
        key = f"{indent}{name}:{value}   # {_explained(field)}{later}"
        below = [
            line
            for child in self.catalogue.asked(field.path)
            for line in self.field(child, indent + _STEP * (1 + self._has_rows(field)))
        ]
        return [key, *(_as_row(below, indent + _STEP) if self._has_rows(field) else below)]

    def _has_rows(self, field: Field) -> bool:
        return self.catalogue.has_rows(field.path)


def _as_row(lines: list[str], indent: str) -> list[str]:
    """Return the lines of a block as those of a row: its first key behind the dash."""
    first = next(number for number, line in enumerate(lines) if line.lstrip()[0] != "#")
    row = lines[first]
    above = [indent + line.lstrip() for line in lines[:first]]
    return [*above, f"{indent}- {row.lstrip()}", *lines[first + 1 :]]
