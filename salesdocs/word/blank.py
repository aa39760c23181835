"""Makes a template one of its blank form: to be filled in by hand, in Word, or as a PDF.

A condition of a template asks what a case holds; on a form to be filled in it has to be answered
without one, so that every place to write stands there. It is resolved in the parsed template:

- the branch with places to write wins over a stroke, a 无 or nothing; whether a value is there is
  answered yes, whether it *is* a certain one no, unless only then there is something to write;
- where a choice that is not printed parts two ways to write the same value (by headcount, by
  revenue), both stand there behind a box each;
- words in a cell that only tell one answer from another (无, 首次评级) state what nobody knows yet:
  the cell is left empty;
- a list has blank rows; a list of choices (the dimensions of a survey) all that there are;
- everything else keeps its condition, which a case without values answers.

What a person does not write (a computed value, the title of a person who is named) stays away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from jinja2 import nodes

from salesdocs.case.model import Case
from salesdocs.case.model.base import Block
from salesdocs.case.model.record import Record
from salesdocs.case.paths import PathInfo, attributes, resolve_type
from salesdocs.findings import Language
from salesdocs.word.compile import Reshaping, compile_template
from salesdocs.word.filters import FORMATS, UNCHECKED, Filters, filters_for
from salesdocs.word.places import holders, make_seen
from salesdocs.word.template import Template

ROWS_FILTER: Final = "_rows"
VALUE_FILTER: Final = "_value"
TICKS_FILTER: Final = "_ticks"
OWN_FILTERS: Final = FORMATS | {ROWS_FILTER, VALUE_FILTER, TICKS_FILTER}

# How many blank rows a list has where nobody says: in a table, as paragraphs, within a line.
_TABLE_ROWS: Final = 3
_PARAGRAPHS: Final = 3
_WITHIN: Final = 1

# Options of a choice are printed with boxes while they fit on two lines of the cell; else there is
# a blank. Widths in twips: a letter of the table's text, and a cell too narrow for two answers.
_MOST_OPTIONS: Final = 6
_LETTER: Final = 190
_NARROW: Final = 1600
_WIDTH: Final = re.compile(r'<w:tcW [^>]*w:w="(\d+)"')

_OFFERED: Final = (
    f'<w:r><w:t xml:space="preserve">{UNCHECKED}\u00a0</w:t></w:r>',
    '<w:r><w:t xml:space="preserve">\u3000</w:t></w:r>',
)
_CELLS: Final = re.compile(r"<w:tc[ >]|</w:tc>|<w:shd ")
_WORDS: Final = re.compile(r"<w:t(?: [^>]*)?>([^<]*)<")
_STROKE: Final = re.compile(r"(<w:t(?: [^>]*)?>)/(?=<)")
_NOTHING: Final = re.compile(r"[¥−]?0(?:\.0+)?%?|/|-")

Implied = tuple[str, str]
"""A choice and what it must be, told by the place in which a value was written."""

_Names = Mapping[str, str]
_Truth = bool | None


@dataclass(frozen=True, slots=True)
class Blanks:
    """What one document's blank form is made with.

    `label` gives what a path is called, `pattern` the path from the case on (`visit.date` →
    `aftersales.visits[].date`). `written_as` says where a person who writes into the place of a
    computed value means the value to stand; `counts` says how many blank rows a list has, by the
    path the template loops over. `lang` is the language of options and labels. `implied` is filled
    while the form is made: for each place of a path in order, the choice it implies.
    """

    label: Callable[[str], str]
    pattern: Callable[[str], str] = str
    written_as: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    lang: Language = "zh"
    implied: dict[str, list[Implied | None]] = field(default_factory=dict)

    def written(self, pattern: str) -> str:
        """Return the pattern at which a value stands that a person writes in this place."""
        return self.written_as.get(pattern, pattern)


def compile_blank(package: bytes, name: str, blanks: Blanks) -> Template:
    """Return the compiled template of the blank form of the Word template `package`.

    Raises TemplateError as `compile_template` does. Render it with `blank_filters`.
    """
    return compile_template(
        package, name, Reshaping(lambda tree: reshaped(tree, blanks), OWN_FILTERS)
    )


def reshaped(tree: nodes.Template, blanks: Blanks) -> nodes.Template:
    """Return the parsed template of the blank form of what `tree` prints."""
    printed = frozenset(_Reader(blanks).printed(tree.body, {}, {}))
    shaper = _Shaper(blanks, printed)
    body = shaper.body(tree.body, {})
    for holder in holders(body, lambda node: shaper.paths.get(id(node))):
        for place in holder.places:
            blanks.implied.setdefault(place.path or "", []).append(
                shaper.implied.get(id(place.node))
            )
        make_seen(holder, blanks.label, is_entry)
    return nodes.Template(body, lineno=1)


def blank_filters(lang: Language) -> Filters:
    """Return the filters that a reshaped template uses: those of all templates and ours."""
    found = Filters(lang, dict(filters_for(lang)))
    found[ROWS_FILTER] = blank_rows
    found[VALUE_FILTER] = _without_nothing
    found[TICKS_FILTER] = _ticks_in(lang)
    return found


def blank_rows(value: Any, pattern: str, count: int) -> tuple[Any, ...]:
    """Return `count` rows without a value of the list at `pattern`; of choices all there are."""
    info = resolve_type(f"{pattern}[]")
    if info is not None and info.choice is not None:
        return tuple(info.choice)
    return (blank_row(f"{pattern}[]"),) * count


def blank_row(pattern: str) -> Any:
    """Return what stands at a path pattern, without values; None where that is a single value."""
    info = resolve_type(pattern)
    if info is None or not info.owners or info.kind not in ("block", "person", "reference"):
        return None
    kind = info.owners[0]
    if issubclass(kind, Block):
        return kind.model_construct()
    assert issubclass(kind, Record)
    return kind(*(blank_row(f"{pattern}.{name}") for name in kind.field_names()))


def is_entry(pattern: str) -> bool:
    """Return whether a person can write the value at a path pattern.

    What the file states is written; so is what stands in a row that a computed list only regroups
    (`round.agreed_topics[].topic`). Of someone who is named, name or id are written, no more.
    """
    info = resolve_type(pattern)
    if info is None:
        return False
    if pattern.endswith("]"):
        return info.kind not in ("block", "list", "map") and is_entry(pattern[:-2])
    head, _, name = pattern.rpartition(".")
    owners = resolve_type(head).owners if head else (Case,)  # type: ignore[union-attr]
    if not owners or name in ("zh", "en"):
        return False
    for owner in owners:
        found = attributes(owner).get(name)
        if not issubclass(owner, Block) or found is None or found.computed:
            return False
    return name in ("name", "id") or not _behind_reference(head)


def is_writable(pattern: str) -> bool:
    """Return whether what a person writes at a path pattern can be taken into the case file."""
    info = resolve_type(pattern)
    return info is not None and not info.computed and is_entry(pattern)


def _behind_reference(pattern: str) -> bool:
    """Return whether a part of the pattern names a row that stands elsewhere."""
    while pattern:
        info = resolve_type(pattern)
        if info is not None and info.kind in ("person", "reference"):
            return True
        pattern = pattern[:-2] if pattern.endswith("[]") else pattern.rpartition(".")[0]
    return False


def _without_nothing(value: Any, gap: str = "") -> Any:
    """Return a printed value; for one that says 0, which is still to be written, `gap` or None."""
    return (gap or None) if value is None or _NOTHING.fullmatch(str(value)) else value


def _ticks_in(lang: Language) -> Callable[..., str]:
    usual = ("是", "否") if lang == "zh" else ("Yes", "No")

    def ticks(value: Any, yes: str = usual[0], no: str = usual[1]) -> str:
        """Return both answers to a question of yes or no, each behind a box."""
        return "\u3000".join(f"{UNCHECKED}\u00a0{answer.rstrip('。；，')}" for answer in (yes, no))

    return ticks


class _Reader:
    """Follows the names of loops, and tells what a part of a template prints and asks."""

    def __init__(self, blanks: Blanks) -> None:
        self.blanks = blanks

    def path(self, node: nodes.Node | None, names: _Names) -> str | None:
        """Return the case pattern that an expression leads to; None for anything else."""
        if isinstance(node, nodes.Filter) and node.name in OWN_FILTERS:
            return self.path(node.node, names)
        if isinstance(node, nodes.Name):
            if node.name in names:
                return names[node.name] or None
            return self.blanks.written(self.blanks.pattern(node.name))
        if isinstance(node, nodes.Getattr):
            owner = self.path(node.node, names)
            whole = owner and f"{owner}.{node.attr}"
            return self.blanks.written(whole) if whole else None
        if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Slice):
            owner = self.path(node.node, names)
            return owner and f"{owner}[]"
        return None

    def printed(
        self, body: Sequence[nodes.Node], names: _Names, counts: dict[str, int]
    ) -> dict[str, int]:
        """Return the entries that a body prints, in any of its branches, with how often."""
        for node in body:
            if isinstance(node, nodes.Output):
                for child in node.nodes:
                    path = self.path(child, names)
                    if path and is_entry(path):
                        counts[path] = counts.get(path, 0) + 1
            elif isinstance(node, nodes.For):
                self.printed(node.body, self.inside(node, names), counts)
            elif isinstance(node, nodes.If):
                for part in (node.body, *(each.body for each in node.elif_), node.else_):
                    self.printed(part, names, counts)
        return counts

    def inside(self, node: nodes.For, names: _Names) -> dict[str, str]:
        """Return the names as they are inside a loop; "" for one that leads nowhere."""
        path = self.path(node.iter, names)
        if isinstance(node.target, nodes.Name):
            return {**names, node.target.name: f"{path}[]" if path else ""}
        return {**names, **{each.name: "" for each in node.target.find_all(nodes.Name)}}


def text_in(body: Iterable[nodes.Node]) -> str:
    """Return the template's own XML in a body, whatever the branch."""
    found = nodes.Output(list(body))
    return "".join(data.data for data in found.find_all(nodes.TemplateData))


def _has_boxes(body: Sequence[nodes.Node]) -> bool:
    called = nodes.Output(list(body)).find_all(nodes.Filter)
    return text_in(body).count(UNCHECKED) > 1 or any(each.name == "boxes" for each in called)


class _Shaper:
    """Resolves the conditions and loops of a template for its blank form."""

    def __init__(self, blanks: Blanks, printed: frozenset[str]) -> None:
        self.reader = _Reader(blanks)
        self.blanks = blanks
        self.all_printed = printed
        self.paths: dict[int, str] = {}
        self.implied: dict[int, Implied] = {}
        self.width = 0
        self.is_answer = False
        """Whether what comes next stands in a cell that is no label."""

    def body(self, body: Sequence[nodes.Node], names: _Names) -> list[nodes.Node]:
        found: list[nodes.Node] = []
        for node in body:
            if isinstance(node, nodes.If):
                found += self.condition(node, names)
            elif isinstance(node, nodes.For):
                found.append(self.loop(node, names))
            elif isinstance(node, nodes.Output):
                found.append(self.output(node, names))
            else:
                found.append(node)
        return found

    # -- what is printed

    def output(self, node: nodes.Output, names: _Names) -> nodes.Output:
        children: list[nodes.Expr] = []
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                for width in _WIDTH.finditer(child.data):
                    self.width = int(width[1])
                for mark in _CELLS.finditer(child.data):
                    self.is_answer = mark[0].startswith("<w:tc")  # a label has a shade
                children.append(child)
            else:
                children.append(self.value(child, names))
        return nodes.Output(children, lineno=node.lineno)

    def value(self, node: nodes.Expr, names: _Names) -> nodes.Expr:
        """Return the expression with its options to tick, and None for a computed nought."""
        path = self.reader.path(node, names)
        offered = node
        if path and is_entry(path) and isinstance(node, nodes.Filter):
            info = resolve_type(path)
            if node.name == "label" and info and info.choice and self.fits(info):
                offered = _filter(node.node, "boxes", info.choice.__name__)
            elif node.name == "answer" and self.width > _NARROW:
                offered = _renamed(node, TICKS_FILTER)
        shaped = _filter(self.counted(offered, names), VALUE_FILTER)
        if path:
            self.paths[id(shaped)] = path
        return shaped

    def fits(self, info: PathInfo) -> bool:
        """Return whether the options of a choice are few and short enough for the cell."""
        assert info.choice is not None
        options = [getattr(option, self.blanks.lang) for option in info.choice]
        width = sum(len(option) + 3 for option in options) * _LETTER
        is_one = info.kind == "choice" and not info.free and len(options) <= _MOST_OPTIONS
        return is_one and width <= 2 * self.width

    def counted(self, node: nodes.Expr, names: _Names) -> nodes.Expr:
        """Return the expression; what counts a list of choices counts all there are."""
        for each in node.find_all(nodes.Filter):
            path = self.reader.path(each.node, names) if each.name in ("length", "count") else None
            info = resolve_type(f"{path}[]") if path else None
            if path and info is not None and info.choice is not None:
                each.node = _filter(each.node, ROWS_FILTER, path, 0)
        return node

    # -- loops

    def loop(self, node: nodes.For, names: _Names) -> nodes.For:
        path = self.reader.path(node.iter, names)
        inner = self.reader.inside(node, names)
        info = resolve_type(path) if path else None
        body = self.body(node.body, inner)
        if path is None or info is None or info.kind != "list":
            return nodes.For(
                node.target, node.iter, body, self.body(node.else_, names),
                node.test, node.recursive, lineno=node.lineno,
            )  # fmt: skip
        rows = _filter(node.iter, ROWS_FILTER, path, self.count(node, names))
        return nodes.For(node.target, rows, body, [], None, False, lineno=node.lineno)

    def count(self, node: nodes.For, names: _Names) -> int:
        """Return how many blank rows a loop has."""
        said = self.blanks.counts.get(self.reader.path(node.iter, names) or "")
        if said is not None:
            return said
        xml = text_in(node.body)
        if "<w:tbl>" in xml or self.asks_once(node, names):
            return _WITHIN
        if "<w:tr " in xml or "<w:tr>" in xml:
            return _TABLE_ROWS
        return _PARAGRAPHS if "<w:p>" in xml or "<w:p " in xml else _WITHIN

    def asks_once(self, node: nodes.For, names: _Names) -> bool:
        """Return whether all that is to be written in a computed list stands outside of it."""
        path = self.reader.path(node.iter, names)
        entries = self.reader.printed(node.body, self.reader.inside(node, names), {})
        inside = [entry for entry in entries if entry.startswith(f"{path}[]")]
        return bool(entries) and not inside and not is_writable(f"{path}")

    # -- conditions

    def condition(self, node: nodes.If, names: _Names) -> list[nodes.Node]:
        """Return what a condition leaves on the form: one branch, both, or the condition."""
        otherwise = list(node.else_)
        if node.elif_:
            first, *rest = node.elif_
            otherwise = [nodes.If(first.test, first.body, rest, node.else_, lineno=first.lineno)]
        is_answer = self.is_answer
        mine = self.reader.printed(node.body, names, {})
        theirs = self.reader.printed(otherwise, names, {})
        here, there = (_without_stroke(self.body(part, names)) for part in (node.body, otherwise))
        truth = self.truth(node.test, names)
        if truth is not None and _is_sliced(node.test):
            return here if truth else there  # a case without values has no text to slice
        if not mine and not theirs and not _has_boxes(node.body):
            if truth is False and not _asks_for_none(node.test):
                return there
            if truth and otherwise and _has_values(here) and not _is_part_of_page(node.body):
                return here
            if is_answer and _is_either(node.body, otherwise):
                return []
            return [nodes.If(node.test, here, [], there, lineno=node.lineno)]
        if self.parts_ways(node.test, names) and mine.keys() & theirs.keys():
            self.imply(node.test, names, here, there)
            return [_data(_OFFERED[0]), *here, _data(_OFFERED[1] + _OFFERED[0]), *there]
        if not otherwise and truth is None and not _is_part_of_page(node.body):
            return [nodes.If(node.test, here, [], [], lineno=node.lineno)]
        if not otherwise:
            return here if mine or truth else []
        if truth is False:
            return there if theirs and len(theirs) >= len(mine) else here
        if truth is None:
            return there if len(theirs) > len(mine) else here
        return here

    def parts_ways(self, test: nodes.Node, names: _Names) -> bool:
        """Return whether a choice that is printed nowhere decides how something is written."""
        if not isinstance(test, nodes.Compare) or len(test.ops) != 1 or test.ops[0].op != "eq":
            return False
        path = self.reader.path(test.expr, names)
        info = resolve_type(path) if path and is_entry(path) else None
        return info is not None and info.choice is not None and path not in self.all_printed

    def imply(
        self,
        test: nodes.Node,
        names: _Names,
        here: Sequence[nodes.Node],
        there: Sequence[nodes.Node],
    ) -> None:
        """Note for what is written in either place what the choice must then be."""
        assert isinstance(test, nodes.Compare)
        path = self.reader.path(test.expr, names)
        info = resolve_type(path) if path else None
        said = test.ops[0].expr
        if path is None or info is None or info.choice is None or not isinstance(said, nodes.Const):
            return
        others = [str(option) for option in info.choice if option != said.value]
        parts = [(here, str(said.value))] + [(there, other) for other in others if len(others) == 1]
        for part, value in parts:
            for node in nodes.Output(list(part)).find_all(nodes.Filter):
                if id(node) in self.paths:
                    self.implied[id(node)] = (path, value)

    def truth(self, test: nodes.Node, names: _Names) -> _Truth:
        """Return the answer to a question about a form that is filled in; None for no answer."""
        if isinstance(test, nodes.Not):
            inner = self.truth(test.node, names)
            return None if inner is None else not inner
        if isinstance(test, (nodes.And, nodes.Or)):
            sides = [self.truth(side, names) for side in (test.left, test.right)]
            decisive = isinstance(test, nodes.Or)
            if decisive in sides:
                return decisive
            return None if None in sides else not decisive
        if isinstance(test, nodes.Test) and test.name == "none":
            path = self.reader.path(test.node, names)
            info = resolve_type(path) if path else None
            return None if path is None or info is None else not is_entry(path)
        if isinstance(test, nodes.Compare) and len(test.ops) == 1:
            path = self.reader.path(_unsliced(test.expr), names)
            is_simple = isinstance(test.ops[0].expr, (nodes.Const, nodes.Tuple, nodes.List))
            known = path is not None and is_entry(path) and is_simple and not _is_many(path)
            if path is not None and path.endswith("[]"):
                return None  # the rows of a list of choices are all there are
            answers = {"eq": False, "ne": True, "in": False, "notin": True}
            return answers.get(test.ops[0].op) if known else None
        path = self.reader.path(test, names)
        info = resolve_type(path) if path else None
        if path is None or info is None:
            return None
        return True if is_entry(path) or info.kind in ("list", "block") else None


def _filter(node: nodes.Node | None, name: str, *arguments: object) -> nodes.Filter:
    constants: list[nodes.Expr] = [nodes.Const(argument) for argument in arguments]
    return nodes.Filter(node, name, constants, [], None, None, lineno=node.lineno if node else 1)


def _renamed(node: nodes.Filter, name: str) -> nodes.Filter:
    """Return the filter under another name, with the same arguments."""
    return nodes.Filter(
        node.node, name, node.args, node.kwargs, node.dyn_args, node.dyn_kwargs, lineno=node.lineno
    )


def _unsliced(node: nodes.Node) -> nodes.Node:
    """Return what a slice (`text[-1:]`) is taken of; any other expression as it is."""
    is_slice = isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice)
    return node.node if is_slice else node  # type: ignore[attr-defined]


def _without_stroke(body: list[nodes.Node]) -> list[nodes.Node]:
    """Return a branch; where it only prints `/` for what is absent, without that stroke."""
    found = nodes.Output(body)
    data = list(found.find_all(nodes.TemplateData))
    others = any(not isinstance(child, nodes.TemplateData) for each in
                 found.find_all(nodes.Output) for child in each.nodes)  # fmt: skip
    if not others and "".join(_WORDS.findall("".join(each.data for each in data))) == "/":
        for each in data:
            each.data = _STROKE.sub(r"\1", each.data)
    return body


def _has_values(body: Sequence[nodes.Node]) -> bool:
    found = nodes.Output(list(body)).find_all(nodes.Output)
    return any(not isinstance(child, nodes.TemplateData) for each in found for child in each.nodes
               if each.nodes is not body)  # fmt: skip


def _is_either(body: Sequence[nodes.Node], otherwise: Sequence[nodes.Node]) -> bool:
    """Return whether two branches are nothing but other words within a line."""
    parts = body, otherwise
    if not all(parts) or any(_has_values(part) or _has_boxes(part) for part in parts):
        return False
    if any(_is_part_of_page(part) for part in parts):
        return False
    return all(re.search(r"\w", re.sub(r"<[^>]*>", "", text_in(part))) for part in parts)


def _is_sliced(test: nodes.Node) -> bool:
    return any(True for _ in test.find_all(nodes.Slice))


def _asks_for_none(test: nodes.Node) -> bool:
    tests = [test] if isinstance(test, nodes.Test) else [*test.find_all(nodes.Test)]
    return any(each.name == "none" for each in tests)


def _is_part_of_page(body: Sequence[nodes.Node]) -> bool:
    """Return whether a body holds whole rows or paragraphs, not words within a line."""
    return bool(re.search(r"<w:(?:p|tr|tbl)[ >]", text_in(body)))


def _is_many(path: str) -> bool:
    info = resolve_type(path)
    return info is not None and info.kind in ("list", "map")


def _data(xml: str) -> nodes.Output:
    return nodes.Output([nodes.TemplateData(xml)])
