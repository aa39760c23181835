"""A whole case, from the YAML text to all its documents on disk.

Warm: in a process that has the library and the compiled templates. The peer is the usual way:
PyYAML (in C) and docxtpl, document by document. It is given the finished context of each document,
so what it does not do (typing, computing, checking, sealing) costs it nothing.

Cold: a process of its own, compile cache and bytecode in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.engine import SAMPLE, context_of, dossier
from benchmarks.measure import Row, Timing, child, child_environment, in_turns, run

if TYPE_CHECKING:
    from salesdocs.word.template import Template

_TIMES: Final = 50
_COLD: Final = 0.35  # seconds
_HELP: Final = 0.15
_CHECK: Final = 0.06
# What pip writes for the console script.
_SCRIPT: Final = "import sys\nfrom salesdocs.cli import run\nsys.exit(run())\n"


def rows(folder: Path, quick: bool) -> Iterator[Row]:
    """Yield the warm rows, then those of processes."""
    rounds = 3 if quick else 7
    yield from _warm(folder, rounds)
    yield from _cold(folder, rounds)


# -- warm ----------------------------------------------------------------------------------------


def _warm(folder: Path, rounds: int) -> Iterator[Row]:
    templates = _templates()
    rivals: dict[str, Callable[[], object]] = {
        "ours": _ours(templates, folder / "ours"),
        "loading": _loading,
        "peer": _peer(templates, folder / "peer"),
    }
    measured = in_turns(rivals, rounds)
    ours, peer = measured["ours"], measured["peer"]
    documents = len(dossier().papers())
    ratio = peer.over(ours)
    yield Row(
        f"case: YAML to {documents} files, warm", "s", ours.median, peer.median, ratio,
        target=f">=x{_TIMES}", met=ratio >= _TIMES, ours_best=ours.best, peer_best=peer.best,
    )  # fmt: skip
    yield _plain("case: of it reading the YAML", measured["loading"])
    yield from _checking(rounds)


def _checking(rounds: int) -> Iterator[Row]:
    """Yield what a check of the whole case takes; the peer only parses the YAML, in C."""
    import yaml

    text = SAMPLE.read_bytes()
    rivals: dict[str, Callable[[], object]] = {
        "check": _check,
        "parse": lambda: yaml.load(text, yaml.CSafeLoader),
    }
    measured = in_turns(rivals, rounds)
    ours, peer = measured["check"], measured["parse"]
    yield Row(
        "check: a full case, 117 rules, warm", "s", ours.median, peer.median, peer.over(ours),
        target=f"<={_CHECK * 1000:.0f} ms", met=ours.median <= _CHECK,
        ours_best=ours.best, peer_best=peer.best,
    )  # fmt: skip


def _check() -> object:
    from salesdocs.case.load import load_case
    from salesdocs.produce import Dossier

    verdict = Dossier(load_case(SAMPLE), dossier().library).verdict()
    assert not verdict.findings
    return verdict


def _templates() -> dict[str, tuple[bytes, Template]]:
    """Return the bytes and the compiled template of each document of the sample case."""
    from salesdocs.process.library import house_folder
    from salesdocs.word.compile import compile_template

    files = {
        paper.document.id: house_folder() / "docx" / f"{paper.document.id}.zh.docx"
        for paper in dossier().papers()
    }
    return {
        name: (file.read_bytes(), compile_template(file.read_bytes(), file.name))
        for name, file in files.items()
    }


def _ours(templates: Mapping[str, tuple[bytes, Template]], folder: Path) -> Callable[[], object]:
    from salesdocs.case.load import read_case
    from salesdocs.cli.files import write_products
    from salesdocs.produce import Dossier, produce, with_unique_names

    library = dossier().library
    text = SAMPLE.read_bytes()
    # A new folder each time, because files that are there already are not written again. Nothing
    # is deleted meanwhile: ext4 makes files slowly for minutes after thousands were deleted.
    turns = count()

    def case() -> None:
        each = Dossier(read_case(text, SAMPLE.name), library)
        products = [
            produce(each, paper, templates[paper.document.id][1]) for paper in each.papers()
        ]
        _, findings = write_products(with_unique_names(products), folder / str(next(turns)), "")
        if findings:
            raise OSError(findings[0].text())

    return case


def _peer(templates: Mapping[str, tuple[bytes, Template]], folder: Path) -> Callable[[], object]:
    import yaml

    from tests.reference import render_with_docxtpl

    text = SAMPLE.read_bytes()
    contexts: list[tuple[str, bytes, dict[str, Any]]] = [
        (paper.name.replace("/", "_"), templates[paper.document.id][0], context_of(paper))
        for paper in dossier().papers()
    ]
    turns = count()

    def case() -> None:
        yaml.load(text, yaml.CSafeLoader)
        target = folder / str(next(turns))
        target.mkdir(parents=True)
        for name, template, context in contexts:
            (target / f"{name}.docx").write_bytes(render_with_docxtpl(template, context))

    return case


def _loading() -> object:
    from salesdocs.case.load import load_case

    return load_case(SAMPLE)


# -- cold ----------------------------------------------------------------------------------------


def _cold(folder: Path, rounds: int) -> Iterator[Row]:
    script = folder / "bin" / "salesdocs"
    script.parent.mkdir()
    script.write_text(_SCRIPT)
    environment = child_environment(folder)
    turns = count()

    def command(*arguments: str) -> float:
        return child([str(script), *arguments], environment)[0]

    def render() -> float:
        return command("render", str(SAMPLE), "-o", str(folder / "cold" / str(next(turns))))

    commands: dict[str, Callable[[], float]] = {
        "render": render,
        "one": lambda: command(
            "render",
            str(SAMPLE),
            "--doc",
            "proposal",
            "-o",
            str(folder / "cold" / str(next(turns))),
        ),
        "check": lambda: command("check", str(SAMPLE)),
        "help": lambda: command("--help"),
        "python": lambda: child(["-c", "pass"], environment)[0],
    }
    measured = _processes(commands, rounds)
    yield _plain(f"salesdocs render, cold, {len(dossier().papers())} files", measured["render"])
    yield _plain("salesdocs render --doc proposal, cold", measured["one"], _COLD)
    yield _plain("salesdocs check, cold", measured["check"])
    yield _plain("salesdocs --help", measured["help"], _HELP)
    yield _plain("python -c pass", measured["python"])


def _processes(commands: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, Timing]:
    """Return the CPU time of each command, in turns, after a first run that fills the caches."""
    for command in commands.values():
        command()
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            spent[name].append(command())
    return {name: Timing(tuple(each)) for name, each in spent.items()}


def _plain(name: str, timing: Timing, most: float | None = None) -> Row:
    if most is None:
        return Row(name, "s", timing.median, ours_best=timing.best)
    target, met = f"<={most * 1000:.0f} ms", timing.median <= most
    return Row(name, "s", timing.median, target=target, met=met, ours_best=timing.best)


if __name__ == "__main__":
    run(__doc__ or "", rows)
