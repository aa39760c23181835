"""One document at a time: CPU, memory and file size of salesdocs and docxtpl, side by side.

docxtpl is run as one would run it for documents of business: autoescape on (without it, `&` and `<`
in data are lost), our filters, a fresh object per document. Both get the same template and data.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.measure import (
    ROOT,
    Row,
    Timing,
    child,
    child_environment,
    in_turns,
    peak_memory,
    run,
)

if TYPE_CHECKING:
    from salesdocs.produce import Dossier, Paper
    from salesdocs.word.template import Template

SAMPLE: Final = ROOT / "examples" / "mes" / "case.yaml"
_LONG: Final = 1_000
_LONGEST: Final = 10_000
_TABLES: Final = (20, _LONG, _LONGEST)
_TIMES: Final = 100  # as quick as docxtpl, shipped templates
_TIMES_TABLE: Final = 25  # … a bare table, of which docxtpl compiles little
_OVER_FLOOR: Final = 2.0
_LARGER: Final = 1.05  # than docxtpl's file
_LARGER_LONG: Final = 1.30
_BOOKMARK: Final = re.compile(rb"<w:bookmark(?:Start|End) [^>]*/>")
_LINEAR: Final = 11.0  # 10,000 rows, in times of 1,000 rows


@dataclass(frozen=True)
class Subject:
    """A template with the data that fills it; `checked` renders it with all checks and the seal."""

    name: str
    file: Path
    context: Mapping[str, Any]
    checked: Callable[[Template], bytes]
    times: int = _TIMES
    larger: float = _LARGER


# -- shipped templates, filled from the sample case ----------------------------------------------


@cache
def dossier() -> Dossier:
    """Return the sample case with the library."""
    from salesdocs.cache import Cache
    from salesdocs.case.load import load_case
    from salesdocs.produce import Dossier

    loaded = load_case(SAMPLE)
    loaded.sound()
    return Dossier(loaded, Cache().library())


def shipped() -> Iterator[Subject]:
    """Yield each shipped template once; one that is issued for rows with its first row."""
    from salesdocs.process.library import house_folder

    seen: set[str] = set()
    for paper in dossier().papers():
        name = paper.document.id
        if name not in seen:
            seen.add(name)
            file = house_folder() / "docx" / f"{name}.zh.docx"
            yield Subject(name, file, context_of(paper), _produced(paper))


def context_of(paper: Paper) -> dict[str, Any]:
    """Return all names that a template of the paper can use, as a plain dict for either engine."""
    context, _ = dossier().context(paper)
    return context.spelled_out()


def _produced(paper: Paper) -> Callable[[Template], bytes]:
    from salesdocs.produce import produce

    return lambda template: produce(dossier(), paper, template).data


# -- tables of many rows -------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A line of a quotation."""

    id: str
    name: str
    spec: str
    unit: str
    quantity: Decimal
    price: Decimal
    amount: Decimal


@dataclass(frozen=True)
class _Document:
    """What the header and the footer of a template ask for."""

    company: str = "苏州澜砚智造软件有限公司"
    name: str = "苏州澜砚智造软件有限公司"
    title: str = "报价明细表"
    doc_no: str = "LY-BJ-2025-0037"
    version: str = "V1.0"
    date: date = date(2025, 7, 8)
    classification: str = "内部"
    watermark: None = None
    draft: bool = False


def table_template() -> bytes:
    """Return a template with a table of seven columns, in the house style."""
    from salesdocs.findings import Phrase
    from salesdocs.workshop.blocks import Column, Layout, Table, TitleBlock
    from salesdocs.workshop.layout import build

    columns = (
        Column(Phrase("编号", "No."), "{{ line.id }}", 8, "center"),
        Column(Phrase("名称", "Name"), "{{ line.name }}", 22),
        Column(Phrase("规格", "Model"), "{{ line.spec }}", 22),
        Column(Phrase("单位", "Unit"), "{{ line.unit }}", 8, "center"),
        Column(Phrase("数量", "Qty"), "{{ line.quantity | number }}", 10, "right"),
        Column(Phrase("单价", "Price"), "{{ line.price | money }}", 15, "right"),
        Column(Phrase("金额", "Amount"), "{{ line.amount | money }}", 15, "right"),
    )
    return build(Layout("report", (TitleBlock(), Table(columns, "line in lines"))), "zh", {})


def table(count: int, folder: Path) -> Subject:
    """Return the table template filled with `count` lines, all of them different."""
    file = folder / "table.zh.docx"
    if not file.exists():
        file.write_bytes(table_template())
    lines = tuple(_line(number) for number in range(1, count + 1))
    context = {"lines": lines, "document": _Document(), "supplier": _Document()}
    larger = _LARGER_LONG if count >= _LONG else _LARGER
    return Subject(f"table of {count:,}", file, context, _checked(context), _TIMES_TABLE, larger)


def _line(number: int) -> Line:
    quantity, price = Decimal(number % 97 + 1), Decimal("650.00") + number
    name = f"采集网关 {number} 型"
    return Line(f"L-{number}", name, "LY-GW200 标准版", "台", quantity, price, price * quantity)


def _checked(context: Mapping[str, Any]) -> Callable[[Template], bytes]:
    """Return what produce does to a document, for data that is no case."""

    def checked(template: Template) -> bytes:
        from salesdocs.rules.secrets import leaks
        from salesdocs.word.check import fingerprint, structure_problems, texts_of
        from salesdocs.word.render import evaluate, package

        rendered = evaluate(template, context)
        texts = texts_of(rendered)
        assert not structure_problems(rendered)
        assert not leaks(texts, _SECRETS)
        seal = {"document": "table", "template": template.digest, "data": template.digest}
        return package(template, rendered, seal | {"text": fingerprint(texts), "version": "1"})

    return checked


_SECRETS: Final = tuple((f"quote.lines[{n}].cost", f"{n + 7_000_000:,}.50") for n in range(100))


# -- measuring -----------------------------------------------------------------------------------


def rows(folder: Path, quick: bool) -> Iterator[Row]:
    """Yield the rows of each template and of each table."""
    for subject in shipped():
        measured = _measured(subject, 3 if quick else 7)
        yield from _rows(subject, measured, folder)
    thousand: Timing | None = None
    for count in _TABLES[:2] if quick else _TABLES:
        subject = table(count, folder)
        measured = _measured(subject, 2 if count == _LONGEST else 3 if quick else 5)
        yield from _rows(subject, measured, folder)
        if count == _LONG:
            thousand = measured["ours"]
        elif count == _LONGEST and thousand is not None:
            yield _linear(subject, thousand, measured["ours"])


def _measured(subject: Subject, rounds: int) -> dict[str, Timing]:
    from salesdocs.word.compile import compile_template
    from salesdocs.word.render import evaluate, package, render
    from tests.reference import render_with_docxtpl, text

    data = subject.file.read_bytes()
    template = compile_template(data, subject.file.name)
    context = subject.context
    parts = evaluate(template, context)
    if text(render(template, context)) != text(render_with_docxtpl(data, context)):
        raise RuntimeError(f"{subject.name}: docxtpl says something else")
    return in_turns(
        {
            "ours": lambda: render(template, context),
            "floor": lambda: package(template, parts),
            "checked": lambda: subject.checked(template),
            "peer": lambda: render_with_docxtpl(data, context),
        },
        rounds,
    )


def _rows(subject: Subject, measured: Mapping[str, Timing], folder: Path) -> Iterator[Row]:
    ours, peer, checked = measured["ours"], measured["peer"], measured["checked"]
    times = subject.times
    ratio, floor = peer.over(ours), ours.over(measured["floor"])
    yield Row(
        f"{subject.name}: render", "s", ours.median, peer.median, ratio, floor,
        f">=x{times} floor<={_OVER_FLOOR:.0f}", ratio >= times and floor <= _OVER_FLOOR,
        ours.best, peer.best,
    )  # fmt: skip
    yield Row(
        f"{subject.name}: with all checks", "s", checked.median, peer.median, peer.over(checked),
        checked.over(measured["floor"]), ours_best=checked.best, peer_best=peer.best,
    )  # fmt: skip
    yield from _sizes(subject)
    yield _memory(subject, folder)


def _sizes(subject: Subject) -> Iterator[Row]:
    """Yield the size of the file, and without the bookmarks that docxtpl has no counterpart of."""
    from salesdocs.word.compile import compile_template
    from salesdocs.word.render import evaluate, package
    from tests.reference import render_with_docxtpl

    data = subject.file.read_bytes()
    template = compile_template(data, subject.file.name)
    parts = evaluate(template, subject.context)
    bare = {name: _BOOKMARK.sub(b"", content) for name, content in parts.items()}
    peer = len(render_with_docxtpl(data, subject.context))
    for name, content in (("file", parts), ("file, bookmarks aside", bare)):
        ours = len(package(template, content))
        yield Row(
            f"{subject.name}: {name}", "B", ours, peer, ours / peer,
            target=f"<=x{subject.larger:.2f}", met=ours <= subject.larger * peer,
        )  # fmt: skip


def _linear(subject: Subject, thousand: Timing, longest: Timing) -> Row:
    # The two were not measured in the same round: the best ones of both are the fairest pair.
    ratio = longest.best / thousand.best
    return Row(
        f"{subject.name}: / {_LONG:,}", "s", longest.best, ratio=ratio,
        target=f"<=x{_LINEAR:.0f}", met=ratio <= _LINEAR,
    )  # fmt: skip


# -- memory: a process for each engine -----------------------------------------------------------


def _memory(subject: Subject, folder: Path) -> Row:
    ours, peer = (_memory_of(engine, subject.name, folder) for engine in ("ours", "peer"))
    return Row(f"{subject.name}: peak memory", "MB", ours, peer, peer / ours)


def _memory_of(engine: str, name: str, folder: Path) -> float:
    arguments = ["-m", "benchmarks.engine", "--child", engine, name, str(folder)]
    environment = child_environment(folder)
    if engine == "ours":
        child(arguments, environment)  # the first one compiles
    return float(child(arguments, environment)[1])


def _child(engine: str, name: str, folder: Path) -> None:
    """Print the peak memory of rendering a subject three times with one engine."""
    count = name.removeprefix("table of ").replace(",", "")
    if count.isdigit():
        subject = table(int(count), folder)
    else:
        subject = next(each for each in shipped() if each.name == name)
    call = _call(engine, subject)
    for _ in range(3):
        call()
    print(peak_memory())


def _call(engine: str, subject: Subject) -> Callable[[], bytes]:
    if engine == "peer":
        from tests.reference import render_with_docxtpl

        data = subject.file.read_bytes()
        return lambda: render_with_docxtpl(data, subject.context)
    from salesdocs.cache import Cache, default_folder
    from salesdocs.word.render import render

    template = Cache(default_folder()).template(subject.file)
    return lambda: render(template, subject.context)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _child(sys.argv[2], sys.argv[3], Path(sys.argv[4]))
    else:
        run(__doc__ or "", rows)
