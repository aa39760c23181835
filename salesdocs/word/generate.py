"""Turns one preprocessed template part into Python source that renders it straight to UTF-8 bytes.

Jinja parses; this module writes the code, because Jinja's own code costs several times the deflate
of the finished document (it yields, escapes and concatenates text that then has to be encoded) and
cannot run without importing Jinja, which a cold `salesdocs render` cannot afford. Templates may say
what Jinja can say but macros, includes and calls of methods, which are refused with their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Final

from jinja2 import nodes

from salesdocs.findings import Phrase
from salesdocs.word.anchors import DRAWING_NUMBER, MARK, anchor_code, anchor_key
from salesdocs.word.filters import TICK
from salesdocs.word.runtime import BLANK
from salesdocs.word.writer import Writer

# A table with more rows has bookmarks in its first row only: they tell where the table is and what
# its columns are, and the other rows follow. A bookmark costs a dozen bytes that do not compress.
LONG_TABLE: Final = 200

# Filters whose text never needs an escape.
FIGURES: Final = frozenset(
    {"money", "yuan", "capitals", "wan", "number", "percent", "zhe", "day", "iso", "score"}
)

# docxtpl's way of writing braces that are no tag; only in the template's own text, never in data.
_LITERAL_BRACES: Final = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_NUMBERED: Final = re.compile(
    r'(?P<level><w:ilvl w:val="[1-9]"/>)?<w:numId w:val="(?P<list>[1-9]\d*)"/>'
    rf'|(?<= id="){DRAWING_NUMBER}(?=")'
)
_OPEN_TEXT: Final = re.compile(r"<w:t(?: [^>]*)?>[^<]*$")
# Only for numbers: `*` and `%` of texts could fill the memory. Powers could too: they are refused.
_NUMERIC: Final[dict[type[nodes.BinExpr], str]] = {nodes.Mul: "times", nodes.Mod: "rest"}
_COMPARE: Final = {
    "eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=",
    "in": "in", "notin": "not in",
}  # fmt: skip
_ARITHMETIC: Final[dict[type[nodes.BinExpr], str]] = {
    nodes.Add: "+", nodes.Sub: "-", nodes.Div: "/",
    nodes.FloorDiv: "//", nodes.And: "and", nodes.Or: "or",
}  # fmt: skip
_LOOP: Final = {
    "index": "({p} + 1)", "index0": "{p}", "first": "({p} == 0)", "last": "({p} == {n} - 1)",
    "length": "{n}", "revindex": "({n} - {p})", "revindex0": "({n} - {p} - 1)",
}  # fmt: skip
_VIEWS: Final = frozenset({"items", "keys", "values"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something a template may not say, at a line of the preprocessed part."""

    line: int
    rule: str
    message: Phrase
    hint: Phrase


@dataclass(frozen=True, slots=True)
class Printed:
    """A case path that the part prints or loops over; `filters` in the order they are applied.

    `option` is what a box stands for that is ticked where the value is that.
    """

    path: str
    line: int
    filters: tuple[str, ...]
    is_loop: bool = False
    option: str = ""


@dataclass(slots=True)
class Generated:
    """The source of a part's function and what is known about it.

    `labels` and `anchors` have an entry per printed tag: its path ("" for none), its anchor.
    """

    source: str
    lines: list[int]
    printed: list[Printed]
    labels: list[str]
    anchors: list[int | None]
    restarts: bool
    refusals: list[Refusal]


@dataclass(frozen=True, slots=True)
class _Variable:
    """A template name: its Python name, its path pattern, and the loop counters inside the path.

    What `set` gives has no path (it may be set in one branch only) and is not certain to exist.
    """

    python: str
    path: str | None
    counters: tuple[str, ...] = ()
    certain: bool = False


@dataclass(frozen=True, slots=True)
class _Loop:
    """An open loop: its number, and the Python name that counts the rounds it really makes."""

    number: int
    position: str


@dataclass(slots=True)
class _Scope:
    names: dict[str, _Variable]
    loops: tuple[_Loop, ...] = ()
    is_bare: bool = False


def generate(
    template: nodes.Template,
    marks: set[int],
    first_bookmark: int,
    own_filters: frozenset[str],
    occurrences: dict[str, int] | None = None,
) -> Generated:
    """Return the source of `render(context, pieces, state, filters, tests)` for a parsed part.

    `marks` are the anchors that survived preprocessing; `own_filters` only change how a value
    looks, so that a value behind them still is the value of its path. `occurrences` counts how
    often the parts before this one print each path: a bookmark's name is unique in the whole file.
    """
    generator = _Generator(marks, first_bookmark, own_filters)
    if occurrences is not None:
        generator.occurrences = occurrences
    return generator.run(template)


class _Generator:
    def __init__(self, marks: set[int], first_bookmark: int, own_filters: frozenset[str]) -> None:
        self.marks = marks
        self.own_filters = own_filters
        self.writer = Writer()
        self.refusals: list[Refusal] = []
        self.printed: list[Printed] = []
        self.labels: list[str] = []
        self.anchors: list[int | None] = []
        self.anchor: int | None = None
        self.bookmark = first_bookmark
        self.occurrences: dict[str, int] = {}
        self.roots: set[str] = set()
        self.filters: set[str] = set()
        self.tests: set[str] = set()
        self.counter = 0
        self.restarts = False
        # Whether what comes next stands inside a `w:t`; statements do not change that.
        self.is_text = False
        # How the open anchor ends: the form of its end and what fills it.
        self.open: tuple[str, ...] = ()

    # -- the part -------------------------------------------------------------------------------

    def run(self, template: nodes.Template) -> Generated:
        scope = _Scope({})
        assigned = _assigned(template.body)
        for name in assigned:
            scope.names[name] = _Variable(self._fresh("v"), None)
        self._body(template.body, scope)
        self.writer.flush()
        head = self._head(scope, assigned)
        source = "\n".join([*head, *self.writer.lines, ""])
        lines = [0] * len(head) + self.writer.places
        return Generated(
            source, lines, self.printed, self.labels, self.anchors, self.restarts, self.refusals
        )

    def _head(self, scope: _Scope, assigned: Iterable[str]) -> list[str]:
        head = [
            "def render(context, pieces, state, filters, tests):",
            "    put, put_all = pieces.append, pieces.extend",
            f"    mark = {self.bookmark}",
            # docxtpl numbers the drawings of a document from 1001.
            "    drawing = 1000",
        ]
        head += [f"    r_{name} = context.get({name!r}, MISSING)" for name in sorted(self.roots)]
        head += [
            f"    {scope.names[name].python} = context.get({name!r}, MISSING)" for name in assigned
        ]
        head += [f"    f_{name} = filters[{name!r}]" for name in sorted(self.filters)]
        head += [f"    t_{name} = tests[{name!r}]" for name in sorted(self.tests)]
        return head

    def _fresh(self, prefix: str) -> str:
        self.counter += 1
        return f"{prefix}_{self.counter}"

    def _refuse(self, node: nodes.Node, rule: str, message: Phrase, hint: Phrase) -> str:
        self.refusals.append(Refusal(node.lineno, rule, message, hint))
        return "None"

    # -- statements -----------------------------------------------------------------------------

    def _body(self, body: Sequence[nodes.Node], scope: _Scope) -> None:
        for node in body:
            self.writer.place = node.lineno
            if isinstance(node, nodes.Output):
                self._output(node, scope)
            elif isinstance(node, nodes.For):
                self._for(node, scope)
            elif isinstance(node, nodes.If):
                self._if(node, scope)
            elif isinstance(node, nodes.Assign):
                self._assign(node, scope)
            else:
                self._refuse(
                    node,
                    "TPL-10",
                    Phrase(
                        f"模板中不能使用 Jinja 的“{_keyword(node)}”",
                        f"Jinja's “{_keyword(node)}” cannot be used in a Word template",
                    ),
                    Phrase(
                        "只用 for、if、set 和过滤器；重复的版面请复制段落",
                        "use for, if, set and filters; copy paragraphs that repeat",
                    ),
                )

    def _output(self, node: nodes.Output, scope: _Scope) -> None:
        children = node.nodes
        for position, child in enumerate(children):
            self.writer.place = child.lineno
            if isinstance(child, nodes.TemplateData):
                following = children[position + 1] if position + 1 < len(children) else None
                self._data(child.data, following, scope)
                bare = MARK.sub("", child.data)
                if "<" in bare:
                    self.is_text = _is_running_text(bare)
            else:
                self._print(child, self.is_text, scope)

    def _print(self, node: nodes.Expr, is_text: bool, scope: _Scope) -> None:
        found = self._path(node, scope)
        number = len(self.labels)
        self.labels.append(found[0] if found else "")
        self.anchors.append(self.anchor)
        if found:
            filters, option = _filters_of(node), self._option(node)
            self.printed.append(Printed(found[0], node.lineno, filters, option=option))
        self.writer.value("%b", self._value(node, number, is_text, scope))

    def _value(self, node: nodes.Expr, number: int, is_text: bool, scope: _Scope) -> str:
        """Return the code that gives the value's bytes: in place where it needs no second look."""
        value = self._expression(node, scope)
        function = "text" if is_text else "plain"
        if isinstance(node, nodes.Filter) and node.name in FIGURES:
            blank = f"state.blank({number})" if is_text else repr(BLANK)
            return f"x.encode() if (x := {value}) is not None else {blank}"
        return (
            f"x.encode() if type(x := {value}) is str and not needs_care(x)"
            f" else {function}(x, {number}, state)"
        )

    def _if(self, node: nodes.If, scope: _Scope) -> None:
        for keyword, branch in [("if", node), *(("elif", other) for other in node.elif_)]:
            self.writer.place = branch.lineno
            self.writer.code(f"{keyword} {self._expression(branch.test, scope)}:")
            self._indented(self._body, branch.body, scope)
        if node.else_:
            self.writer.code("else:")
            self._indented(self._body, node.else_, scope)

    def _assign(self, node: nodes.Assign, scope: _Scope) -> None:
        value = self._expression(node.node, scope)
        if not isinstance(node.target, nodes.Name):
            self._refuse(
                node,
                "TPL-10",
                Phrase("set 只能给一个名字赋值", "set gives a value to one name only"),
                Phrase("写成 {% set 名字 = 值 %}", "write {% set name = value %}"),
            )
            return
        self.writer.code(f"{scope.names[node.target.name].python} = {value}")

    def _for(self, node: nodes.For, scope: _Scope) -> None:
        if node.recursive:
            self._refuse(
                node,
                "TPL-10",
                Phrase("不支持递归循环", "recursive loops are not supported"),
                Phrase("把每一层写成一个循环", "write one loop for each level"),
            )
        self._refuse_odd_names(node)
        number = self.counter = self.counter + 1
        inner, unpack = self._loop_scope(node, scope, number)
        found = self._path(node.iter, scope)
        if found:
            self.printed.append(Printed(found[0], node.lineno, (), is_loop=True))
        row = f"i_{number}, e_{number}"
        source = f"rows({self._expression(node.iter, scope)})"
        if node.test is not None:
            condition = self._expression(node.test, inner)
            names = f" for {unpack} in (e_{number},)" if unpack else ""
            source = f"[({row}) for {row} in enumerate({source}){names} if {condition}]"
            row = f"p_{number}, ({row})"
        self.writer.code(f"rows_{number} = {source}")
        self.writer.code(f"n_{number} = len(rows_{number})")
        cut = f"cut_{number}"
        self.writer.code(f"{cut} = n_{number} if n_{number} <= {LONG_TABLE} else 1")
        if not scope.is_bare:
            self.writer.code(f"for {row} in enumerate(rows_{number}[:{cut}]):")
            self._indented(self._round, node, inner, unpack)
        rest = "0" if scope.is_bare else cut
        self.writer.code(f"for {row} in enumerate(rows_{number}[{rest}:], {rest}):")
        self._indented(self._round, node, replace(inner, is_bare=True), unpack)
        if node.else_:
            self.writer.code(f"if not n_{number}:")
            own = _Scope(dict(scope.names), scope.loops, scope.is_bare)
            self._indented(self._own_body, node.else_, own)

    def _refuse_odd_names(self, node: nodes.For) -> None:
        targets = getattr(node.target, "items", [])
        if not all(isinstance(target, nodes.Name) for target in targets):
            self._refuse(
                node,
                "TPL-10",
                Phrase("循环变量不能再套括号", "loop names cannot be nested in brackets"),
                Phrase("写成 for 名称, 值 in …", "write for name, value in …"),
            )
        # What a condition says is known before there is a round to count.
        test = nodes.Output([node.test] if node.test is not None else [])
        if any(name.name == "loop" for name in test.find_all(nodes.Name)):
            self._refuse(node, "TPL-10", *_WHOLE_LOOP)

    def _indented(self, write: Callable[..., None], *arguments: object) -> None:
        self.writer.indent += 1
        self.writer.code("pass")
        write(*arguments)
        self.writer.flush()
        self.writer.indent -= 1

    def _loop_scope(self, node: nodes.For, scope: _Scope, number: int) -> tuple[_Scope, str | None]:
        """Return the scope inside the loop and the names to unpack a row into, None for one."""
        position = f"i_{number}" if node.test is None else f"p_{number}"
        loops = (*scope.loops, _Loop(number, position))
        inner = _Scope(dict(scope.names), loops, is_bare=scope.is_bare)
        if isinstance(node.target, nodes.Name):
            path, counters = self._path(node.iter, scope) or (None, ())
            inner.names[node.target.name] = _Variable(
                f"e_{number}",
                None if path is None else f"{path}[]",
                (*counters, f"i_{number}"),
                certain=True,
            )
            return inner, None
        names = [name.name for name in node.target.find_all(nodes.Name)]
        for name in names:
            inner.names[name] = _Variable(f"u_{number}_{name}", None, certain=True)
        return inner, "".join(f"u_{number}_{name}, " for name in names)

    def _round(self, node: nodes.For, inner: _Scope, unpack: str | None) -> None:
        number = inner.loops[-1].number
        if unpack is not None:
            self.writer.code(f"{unpack}= e_{number}")
        if _holds_loops(node):
            self.writer.code(f"fresh_{number} = {{}}")
        self._own_body(node.body, inner)

    def _own_body(self, body: Sequence[nodes.Node], scope: _Scope) -> None:
        """Write a body whose `set` names end with it."""
        for name in _assigned(body):
            variable = _Variable(self._fresh("v"), None)
            self.writer.code(f"{variable.python} = {self._name(name, scope)}")
            scope.names[name] = variable
        self._body(body, scope)

    # -- static text ----------------------------------------------------------------------------

    def _data(self, data: str, following: nodes.Expr | None, scope: _Scope) -> None:
        position = 0
        for found in MARK.finditer(data):
            self._static(data[position : found.start()], scope)
            position = found.end()
            if found["number"] is None:
                continue
            number = int(found["number"])
            self.anchor = None if found["end"] else number
            if number not in self.marks:
                continue
            if found["end"]:
                self._close_anchor()
            else:
                self._open_anchor(following, scope)
        self._static(data[position:], scope)

    def _static(self, data: str, scope: _Scope) -> None:
        # docxtpl counts paragraphs by line breaks; they are no part of the document.
        data = data.replace("\n<w:p>", "<w:p>").replace("\n<w:p ", "<w:p ")
        for written, meant in _LITERAL_BRACES:
            data = data.replace(written, meant)
        position = 0
        for found in _NUMBERED.finditer(data):
            if found["list"] and len(scope.loops) < 2:
                continue
            self.writer.text(data[position : found.start()])
            if found["list"]:
                outer = scope.loops[-2].number
                # A lower level begins anew by itself; it stays with the list of its upper level.
                function = "followed" if found["level"] else "restart"
                self.writer.text(found["level"] or "")
                self.writer.value("%b", f"{function}(fresh_{outer}, {found['list']}, state)")
                self.restarts = True
            else:
                self.writer.code("drawing += 1")
                self.writer.value("%d", "drawing")
            position = found.end()
        self.writer.text(data[position:])

    def _open_anchor(self, value: nodes.Expr | None, scope: _Scope) -> None:
        found = self._path(value, scope) if value is not None else None
        self.open = ()
        if found is None or scope.is_bare:
            return
        path, counters = found
        key = anchor_key(path, self._option(value))
        occurrence = self.occurrences[key] = self.occurrences.get(key, 0) + 1
        name = f"_{anchor_code(key)}_{_base36(occurrence)}"
        if not scope.loops:
            name += "".join(f"_{number}" for number in counters)
            self.bookmark += 1
            self.writer.text(f'<w:bookmarkStart w:id="{self.bookmark}" w:name="{name}"/>')
            self.open = (f'<w:bookmarkEnd w:id="{self.bookmark}"/>',)
            return
        self.writer.marks += 1
        mark = f"mark + {self.writer.marks}"
        # Every loop around counts: what is not a value of its rows is printed in each round too.
        rounds = (f"i_{loop.number}" for loop in scope.loops)
        counters = (*counters, *(each for each in rounds if each not in counters))
        start = f'<w:bookmarkStart w:id="%d" w:name="{name}{"_%d" * len(counters)}"/>'
        self.writer.value(start, mark, *counters)
        self.open = ('<w:bookmarkEnd w:id="%d"/>', mark)

    def _close_anchor(self) -> None:
        if self.open:
            self.writer.value(*self.open)
        self.open = ()

    # -- paths ----------------------------------------------------------------------------------

    def _option(self, node: nodes.Node | None) -> str:
        """Return what the box stands for that a tag prints, "" where it prints something else."""
        while isinstance(node, nodes.Filter) and node.name in self.own_filters:
            if node.name == TICK and node.args and isinstance(node.args[0], nodes.Const):
                return str(node.args[0].value)
            node = node.node
        return ""

    def _path(self, node: nodes.Node | None, scope: _Scope) -> tuple[str, tuple[str, ...]] | None:
        """Return the path pattern a value comes from with its loop counters, None if computed."""
        if isinstance(node, nodes.Filter) and node.name in self.own_filters:
            return self._path(node.node, scope)
        if isinstance(node, nodes.Name):
            variable = scope.names.get(node.name)
            if variable is None:
                return (node.name, ())
            return None if variable.path is None else (variable.path, variable.counters)
        if isinstance(node, nodes.Getattr):
            if isinstance(node.node, nodes.Name) and node.node.name == "loop":
                return None
            owner = self._path(node.node, scope)
            return None if owner is None else (f"{owner[0]}.{node.attr}", owner[1])
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            owner = self._path(node.node, scope)
            key = node.arg.value
            if owner is None or isinstance(key, str):
                return None if owner is None else (f"{owner[0]}.{key}", owner[1])
            # The last row has no number of its own before the data is known.
            return (f"{owner[0]}[]", (*owner[1], str(key))) if key >= 0 else None
        if isinstance(node, nodes.Getitem) and _is_place_in_loop(node.arg) and scope.loops:
            owner = self._path(node.node, scope)
            return owner and (f"{owner[0]}[]", (*owner[1], f"i_{scope.loops[-1].number}"))
        return None

    # -- expressions ----------------------------------------------------------------------------

    def _expression(self, node: nodes.Node, scope: _Scope) -> str:
        method = getattr(self, f"_visit_{type(node).__name__.lower()}", None)
        if method is not None:
            return str(method(node, scope))
        operator = _ARITHMETIC.get(type(node)) if isinstance(node, nodes.BinExpr) else None
        if isinstance(node, nodes.BinExpr) and operator:
            left, right = (self._expression(side, scope) for side in (node.left, node.right))
            return f"({left} {operator} {right})"
        function = _NUMERIC.get(type(node)) if isinstance(node, nodes.BinExpr) else None
        if isinstance(node, nodes.BinExpr) and function:
            left, right = (self._expression(side, scope) for side in (node.left, node.right))
            return f"{function}({left}, {right})"
        return self._refuse(
            node,
            "TPL-10",
            Phrase("模板中不能使用这种表达式", "this expression cannot be used in a template"),
            Phrase("改用过滤器或计算字段", "use a filter or a computed field"),
        )

    def _name(self, name: str, scope: _Scope) -> str:
        variable = scope.names.get(name)
        if variable is not None:
            return variable.python
        self.roots.add(name)
        return f"r_{name}"

    def _visit_name(self, node: nodes.Name, scope: _Scope) -> str:
        if node.name == "loop" and scope.loops:
            return self._refuse(node, "TPL-10", *_WHOLE_LOOP)
        variable = scope.names.get(node.name)
        if variable is not None and variable.certain:
            return variable.python
        return f"known({self._name(node.name, scope)}, {node.name!r})"

    def _visit_const(self, node: nodes.Const, scope: _Scope) -> str:
        if isinstance(node.value, float) and not isfinite(node.value):
            return self._refuse(node, "TPL-10", *_TOO_LARGE)
        return repr(node.value)

    def _visit_templatedata(self, node: nodes.TemplateData, scope: _Scope) -> str:
        return repr(node.data)

    def _visit_getattr(self, node: nodes.Getattr, scope: _Scope) -> str:
        if node.attr.startswith("_"):
            return self._private(node, node.attr)
        if isinstance(node.node, nodes.Name) and node.node.name == "loop" and scope.loops:
            return self._loop_value(node, scope)
        return f"attribute({self._expression(node.node, scope)}, {node.attr!r})"

    def _loop_value(self, node: nodes.Getattr, scope: _Scope) -> str:
        loop = scope.loops[-1]
        count = f"n_{loop.number}"
        if node.attr in {"previtem", "nextitem"}:
            place = f"{loop.position} {'-' if node.attr == 'previtem' else '+'} 1"
            row = f"rows_{loop.number}[{place}]" + ("[1]" if loop.position[0] == "p" else "")
            return f"({row} if 0 <= {place} < {count} else MISSING)"
        form = _LOOP.get(node.attr)
        if form is None:
            return self._refuse(node, "TPL-10", *_WHOLE_LOOP)
        return form.format(p=loop.position, n=count)

    def _visit_getitem(self, node: nodes.Getitem, scope: _Scope) -> str:
        owner = self._expression(node.node, scope)
        if isinstance(node.arg, nodes.Slice):
            bounds = (node.arg.start, node.arg.stop, node.arg.step)
            parts = [self._expression(b, scope) if b is not None else "" for b in bounds]
            return f"sliced({owner})[{':'.join(parts)}]"
        if isinstance(node.arg, nodes.Const) and str(node.arg.value).startswith("_"):
            return self._private(node, str(node.arg.value))
        return f"item({owner}, {self._expression(node.arg, scope)})"

    def _private(self, node: nodes.Node, name: str) -> str:
        return self._refuse(
            node,
            "TPL-11",
            Phrase(f"不允许访问“{name}”", f"“{name}” may not be read"),
            Phrase("以下划线开头的名字不是数据", "names beginning with _ are no data"),
        )

    def _visit_call(self, node: nodes.Call, scope: _Scope) -> str:
        called = node.node
        is_odd = node.kwargs or node.dyn_args is not None or node.dyn_kwargs is not None
        if is_odd and isinstance(called, nodes.Name) and called.name == "range":
            return self._refuse(node, "TPL-10", *_STARS)
        arguments = ", ".join(self._expression(argument, scope) for argument in node.args)
        if isinstance(called, nodes.Name) and called.name == "range":
            return f"counted({arguments})"
        if isinstance(called, nodes.Getattr):
            if called.attr in _VIEWS and not node.args:
                return f"pairs({self._expression(called.node, scope)}, {called.attr!r})"
            is_loop = isinstance(called.node, nodes.Name) and called.node.name == "loop"
            if is_loop and called.attr == "cycle" and scope.loops and node.args:
                return f"({arguments},)[{scope.loops[-1].position} % {len(node.args)}]"
        return self._refuse(
            node,
            "TPL-12",
            Phrase(
                "模板中不能调用函数或方法", "functions and methods cannot be called in a template"
            ),
            Phrase(
                "改用过滤器，如 {{ 金额 | money }}", "use a filter, such as {{ amount | money }}"
            ),
        )

    def _visit_filter(self, node: nodes.Filter, scope: _Scope) -> str:
        if node.node is None:
            return self._refuse(node, "TPL-10", *_WHOLE_LOOP)
        self.filters.add(node.name)
        value = self._expression(node.node, scope)
        if node.name in {"default", "d"}:
            value = f"maybe(lambda: {value})"
        return f"f_{node.name}({', '.join([value, *self._arguments(node, scope)])})"

    def _visit_test(self, node: nodes.Test, scope: _Scope) -> str:
        value = self._expression(node.node, scope)
        if node.name in {"defined", "undefined"}:
            sense = "is not" if node.name == "defined" else "is"
            return f"(maybe(lambda: {value}) {sense} MISSING)"
        if node.name == "none":
            return f"({value} is None)"
        self.tests.add(node.name)
        return f"t_{node.name}({', '.join([value, *self._arguments(node, scope)])})"

    def _arguments(self, node: nodes.Filter | nodes.Test, scope: _Scope) -> Iterator[str]:
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            self._refuse(node, "TPL-10", *_STARS)
        for argument in node.args:
            yield self._expression(argument, scope)
        for keyword in node.kwargs:
            # A keyword argument is a pair of name and expression in Jinja's tree.
            yield f"{keyword.key}={self._expression(keyword.value, scope)}"

    def _visit_compare(self, node: nodes.Compare, scope: _Scope) -> str:
        parts = [self._expression(node.expr, scope)]
        for operand in node.ops:
            parts += [_COMPARE[operand.op], self._expression(operand.expr, scope)]
        return f"({' '.join(parts)})"

    def _visit_not(self, node: nodes.Not, scope: _Scope) -> str:
        return f"(not {self._expression(node.node, scope)})"

    def _visit_neg(self, node: nodes.Neg, scope: _Scope) -> str:
        return f"(-{self._expression(node.node, scope)})"

    def _visit_pos(self, node: nodes.Pos, scope: _Scope) -> str:
        return f"(+{self._expression(node.node, scope)})"

    def _visit_condexpr(self, node: nodes.CondExpr, scope: _Scope) -> str:
        otherwise = "''" if node.expr2 is None else self._expression(node.expr2, scope)
        test, value = self._expression(node.test, scope), self._expression(node.expr1, scope)
        return f"({value} if {test} else {otherwise})"

    def _visit_concat(self, node: nodes.Concat, scope: _Scope) -> str:
        return f"joined(({', '.join(self._expression(part, scope) for part in node.nodes)},))"

    def _visit_list(self, node: nodes.List, scope: _Scope) -> str:
        return f"[{', '.join(self._expression(part, scope) for part in node.items)}]"

    def _visit_tuple(self, node: nodes.Tuple, scope: _Scope) -> str:
        return "(" + "".join(f"{self._expression(part, scope)}, " for part in node.items) + ")"

    def _visit_dict(self, node: nodes.Dict, scope: _Scope) -> str:
        pairs = (
            f"{self._expression(pair.key, scope)}: {self._expression(pair.value, scope)}"
            for pair in node.items
        )
        return f"{{{', '.join(pairs)}}}"


_STARS: Final = (
    Phrase("这里只能逐个写出参数", "arguments must be written one by one here"),
    Phrase("去掉 *、** 和参数名", "leave out *, ** and the names of arguments"),
)
_TOO_LARGE: Final = (
    Phrase("数字太大", "too large a number"),
    Phrase("改用计算字段", "use a computed field"),
)
_WHOLE_LOOP: Final = (
    Phrase("这里不能这样使用 loop 或过滤器块", "loop or a filter block cannot be used like this"),
    Phrase("只用 loop.index、loop.first、loop.last 等", "use loop.index, loop.first, loop.last …"),
)


def _assigned(body: Sequence[nodes.Node]) -> list[str]:
    """Return the names that `set` gives a value to in `body` itself, not in loops inside it."""
    names: dict[str, None] = {}
    for node in body:
        if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            names[node.target.name] = None
        elif isinstance(node, nodes.If):
            branches = [node.body, node.else_, *(branch.body for branch in node.elif_)]
            for branch in branches:
                names.update(dict.fromkeys(_assigned(branch)))
    return list(names)


def _holds_loops(node: nodes.For) -> bool:
    return any(found is not node for found in node.find_all(nodes.For))


def _filters_of(node: nodes.Node) -> tuple[str, ...]:
    names: list[str] = []
    while isinstance(node, nodes.Filter) and node.node is not None:
        names.append(node.name)
        node = node.node
    return tuple(reversed(names))


def _is_place_in_loop(node: nodes.Node | None) -> bool:
    """Return whether an index is `loop.index0`."""
    return (
        isinstance(node, nodes.Getattr)
        and node.attr == "index0"
        and isinstance(node.node, nodes.Name)
        and node.node.name == "loop"
    )


def _keyword(node: nodes.Node) -> str:
    return {"CallBlock": "call", "AssignBlock": "set … endset", "FilterBlock": "filter"}.get(
        type(node).__name__, type(node).__name__.lower()
    )


def _is_running_text(before: str) -> bool:
    return bool(_OPEN_TEXT.search(before))


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"
