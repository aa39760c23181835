"""Renders compiled templates: evaluates each part exactly once and writes the package.

Data is never evaluated: a value becomes text in one pass, and nothing looks at the result for tags.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from traceback import walk_tb
from typing import Any, Final

from salesdocs.errors import TemplateError
from salesdocs.findings import Finding, Language, Phrase
from salesdocs.word.filters import TESTS, Filters, filters_for
from salesdocs.word.grids import columns_fit
from salesdocs.word.ooxml import NUMBERING_PART
from salesdocs.word.package import assemble, deflated
from salesdocs.word.runtime import BLANK, RenderProblemError, State
from salesdocs.word.template import SEAL_NAMES, Numbering, Part, Template

# What stands where a value is missing: takes the path pattern, returns XML inside a `w:t`.
Blank = Callable[[str], bytes]

# What a filter on the wrong kind of value raises.
_PROBLEMS: Final = (
    RenderProblemError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
)  # fmt: skip
_EMPTY_SEAL: Final = dict.fromkeys(SEAL_NAMES, "")


def slash(path: str) -> bytes:
    """Return what an optional field left blank prints, so that nothing can be written in later."""
    return BLANK


def render(
    template: Template,
    context: Mapping[str, Any],
    *,
    lang: Language = "zh",
    blank: Blank = slash,
    seal: Mapping[str, str] = _EMPTY_SEAL,
) -> bytes:
    """Return the finished Word file: the template filled with `context`.

    Raises TemplateError when a tag cannot be printed with this data.
    """
    return package(template, evaluate(template, context, lang=lang, blank=blank), seal)


def evaluate(
    template: Template,
    context: Mapping[str, Any],
    *,
    lang: Language = "zh",
    blank: Blank = slash,
    filters: Filters | None = None,
) -> dict[str, bytes]:
    """Return the XML of each part that depends on data, by its name in the package."""
    used = filters_for(lang) if filters is None else filters
    rendered: dict[str, bytes] = {}
    numbering = template.numbering
    next_number = numbering.next_number if numbering else 0
    restarts: list[tuple[int, int]] = []
    for part in template.parts:
        rendered[part.name] = _evaluate_part(
            template, part, context, used, blank, (next_number + len(restarts), restarts)
        )
    if numbering is not None:
        rendered[NUMBERING_PART] = _numbering(numbering, restarts)
    return rendered


def package(
    template: Template, rendered: Mapping[str, bytes], seal: Mapping[str, str] = _EMPTY_SEAL
) -> bytes:
    """Return the Word file made of the template's unchanged members and the `rendered` parts."""
    members = [deflated(name, content) for name, content in rendered.items()]
    filters = filters_for("zh")
    sealed = _evaluate_part(template, template.seal, {"seal": seal}, filters, slash, (0, []))
    members.append(deflated(template.seal.name, sealed))
    return assemble(template.frame, members)


def _evaluate_part(
    template: Template,
    part: Part,
    context: Mapping[str, Any],
    filters: Filters,
    blank: Blank,
    restarted: tuple[int, list[tuple[int, int]]],
) -> bytes:
    labels = part.labels
    state = State(lambda number: blank(labels[number]), part.run_properties, *restarted)
    pieces: list[bytes] = []
    try:
        part.function(context, pieces, state, filters, TESTS)
    except _PROBLEMS as problem:
        raise TemplateError([_problem(template, part, problem)]) from problem
    xml = b"".join(pieces)
    return _recounted_columns(xml) if part.has_columns else xml


def _problem(template: Template, part: Part, problem: Exception) -> Finding:
    """Return what went wrong with the place in the template, found by the line that was running."""
    file = part.code.co_filename
    lines = [
        line for frame, line in walk_tb(problem.__traceback__) if frame.f_code.co_filename == file
    ]
    source = part.lines[lines[-1] - 1] if lines else 0
    zh, en = part.spots.get(source, (part.name, part.name))
    if isinstance(problem, RenderProblemError):
        detail = Phrase(problem.zh, problem.en)
    else:
        detail = Phrase(f"无法打印：{problem}", f"cannot be printed: {problem}")
    return Finding(
        "error",
        Phrase(f"{zh}：{detail.zh}", f"{en}: {detail.en}"),
        "TPL-20",
        file=template.name,
        hint=Phrase(
            "检查此处标签的字段路径和过滤器是否与数据相符",
            "check that path and filter of this tag fit the data",
        ),
    )


def _numbering(numbering: Numbering, restarts: list[tuple[int, int]]) -> bytes:
    """Return the numbering part with a list definition more for each list that begins anew."""
    fresh = (
        b'<w:num w:numId="%d"><w:abstractNumId w:val="%d"/><w:lvlOverride w:ilvl="0">'
        b'<w:startOverride w:val="1"/></w:lvlOverride></w:num>' % (new, numbering.abstracts[old])
        for old, new in restarts
        if old in numbering.abstracts  # Word passes over a list that does not exist
    )
    return b"".join((numbering.before, *fresh, numbering.after))


def _recounted_columns(xml: bytes) -> bytes:
    """Return the part with the grid of each table counted again, as docxtpl does, for `{%tc %}`.

    A part whose tables have the columns that their rows take stays as it is: loading docxtpl for it
    would cost a cold start a quarter of a second.
    """
    if columns_fit(xml):
        return xml
    from docxtpl import DocxTemplate
    from lxml import etree

    tree = DocxTemplate("").fix_tables(xml)
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)
