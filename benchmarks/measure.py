"""Measures CPU time of rivals in turns, so that a busy machine slows all of them alike.

Milliseconds drift by half between minutes on a shared machine; ratios taken round by round do not.
Quote ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory, TemporaryFile
from time import process_time
from typing import Final
from unicodedata import east_asian_width

ROOT: Final = Path(__file__).parent.parent
_LEAST: Final = 0.03  # a round shorter than this is lost in the noise of the clock


@dataclass(frozen=True)
class Timing:
    """CPU seconds per call, an entry for each round."""

    rounds: tuple[float, ...]

    @property
    def best(self) -> float:
        """The quickest round."""
        return min(self.rounds)

    @property
    def median(self) -> float:
        """The round in the middle."""
        return median(self.rounds)

    def over(self, other: Timing) -> float:
        """How many times as long as `other`: the median of the rounds' ratios."""
        return median(ours / theirs for ours, theirs in zip(self.rounds, other.rounds, strict=True))


@dataclass(frozen=True)
class Row:
    """A line of the table. `ratio` is peer / ours, `floor` ours / floor; None: not measured.

    `ours` and `peer` are medians in `unit`, `ours_best` and `peer_best` the best rounds. `met` is
    None where there is no target.
    """

    name: str
    unit: str
    ours: float
    peer: float | None = None
    ratio: float | None = None
    floor: float | None = None
    target: str = ""
    met: bool | None = None
    ours_best: float | None = None
    peer_best: float | None = None


# Yields rows; takes a folder to work in and whether to hurry.
Rows = Callable[[Path, bool], Iterator[Row]]


def in_turns(rivals: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Timing]:
    """Return the CPU time per call of each rival, taken in turns in each of `rounds`."""
    calls = {name: _calls_of(call) for name, call in rivals.items()}
    spent: dict[str, list[float]] = {name: [] for name in rivals}
    for _ in range(rounds):
        for name, call in rivals.items():
            spent[name].append(_cpu(call, calls[name]) / calls[name])
    return {name: Timing(tuple(each)) for name, each in spent.items()}


def _calls_of(call: Callable[[], object]) -> int:
    """Return how many calls make a round long enough to be measured; this warms up, too."""
    calls = 1
    while (spent := _cpu(call, calls)) < _LEAST and calls < 100_000:
        calls = max(calls * 2, int(calls * _LEAST / max(spent, 1e-6)))
    return calls


def _cpu(call: Callable[[], object], calls: int) -> float:
    start = process_time()
    for _ in range(calls):
        call()
    return process_time() - start


def child(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[float, str]:
    """Return the CPU seconds of a Python process and what it printed; raises when it fails."""
    with TemporaryFile("w+") as printed, TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=dict(environment),
            stdout=printed,
            stderr=said,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        for stream in (printed, said):
            stream.seek(0)
        if process.returncode:
            raise RuntimeError(f"{' '.join(arguments)}: {said.read()}")
        return usage.ru_utime + usage.ru_stime, printed.read()


def child_environment(folder: Path) -> dict[str, str]:
    """Return the environment of a user's process: bytecode and compile cache kept in `folder`."""
    own = {
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "SALESDOCS_CACHE": str(folder / "cache"),
    }
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | own


def peak_memory() -> float:
    """Return the most memory this process has held, MB.

    Not from getrusage: what it says of a process begins with the size of the one that started it.
    """
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


# -- the table -----------------------------------------------------------------------------------

_HEAD: Final = ("", "ours", "best", "docxtpl", "ratio", "floor", "target", "")
_WIDTHS: Final = (40, 10, 7, 8, 7, 6, 17, 3)


def run(title: str, *sources: Rows) -> None:
    """Print the rows of all sources as they come.

    A floor of 1.6 says that the document took 1.6 times as long as deflating and laying out its
    finished bytes.
    """
    parser = argparse.ArgumentParser(description=title or None)
    parser.add_argument("--json", action="store_true", help="one object per row")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, no table of 10,000")
    arguments = parser.parse_args()
    if not arguments.json:
        print(_line(_HEAD))
    with TemporaryDirectory(prefix="salesdocs-bench-") as folder:
        for source in sources:
            for row in source(Path(folder), arguments.quick):
                print(json.dumps(asdict(row)) if arguments.json else _line(_cells(row)), flush=True)


def _cells(row: Row) -> tuple[str, ...]:
    unit = {"s": "ms", "B": "kB"}.get(row.unit, row.unit)
    met = {None: "", True: "yes", False: "NO"}[row.met]
    return (
        row.name,
        f"{_figure(row.ours, row.unit)} {unit}",
        _figure(row.ours_best, row.unit),
        _figure(row.peer, row.unit),
        "" if row.ratio is None else f"x{_three(row.ratio)}",
        "" if row.floor is None else f"{row.floor:.2f}",
        row.target,
        met,
    )


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return _three(value * 1000 if unit == "s" else value / 1000 if unit == "B" else value)


def _three(value: float) -> str:
    """Return three digits that count, never an exponent."""
    decimals = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:.{decimals}f}"


def _line(cells: Sequence[str]) -> str:
    first, *others = cells
    wide = sum(east_asian_width(character) in "WF" for character in first)
    line = first.ljust(_WIDTHS[0] - wide)
    for cell, width in zip(others[:-2], _WIDTHS[1:-2], strict=True):
        line += cell.rjust(width)
    return f"{line}  {others[-2].ljust(_WIDTHS[-2])}{others[-1]}".rstrip()
