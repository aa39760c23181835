"""All cases of a company at one look: `salesdocs status` over a folder, cold and remembered.

The folder holds cases of every stage, as a company's does: as many in each of the seven. The cold
run reads every case; the second run finds each remembered by its content. Both sides are whole
processes measured in this run: CPU seconds of all processes together, and seconds by the clock.
The clock depends on what else the machine does, so the target is one of CPU time.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from statistics import median
from time import perf_counter
from typing import Final

from benchmarks.engine import SAMPLE
from benchmarks.measure import ROOT, Row, child_environment, run

_CASES: Final = 2_000
_QUICK: Final = 210
_STAGES: Final = 7
_COLD: Final = 10.0  # seconds by the clock for 2,000 cases on an idle machine
_CORES: Final = 2  # … of so many cores, so CPU seconds may be as many times more
_TIMES: Final = 10  # as quick when remembered
# The blocks that a case has from each stage on.
_BLOCKS: Final = {
    2: ("nda", "needs"),
    3: ("proposal", "tender"),
    4: ("negotiation", "intent"),
    5: ("contract",),
    6: ("delivery", "acceptance", "receivables"),
    7: ("aftersales",),
}


@dataclass(frozen=True)
class Spent:
    """What a process and its children took."""

    cpu: float
    clock: float


def rows(folder: Path, quick: bool) -> Iterator[Row]:
    """Yield what the first look and the second one take, whole and for each case."""
    count = _QUICK if quick else _CASES
    rounds = 1 if quick else 3
    store = folder / "store"
    made = _write_cases(store, count)
    environment = child_environment(folder)
    cold, known = [], []
    _status(store, environment)  # bytecode
    for _ in range(rounds):
        rmtree(folder / "cache", ignore_errors=True)
        cold.append(_status(store, environment))
        known.append(_status(store, environment))
    ratio = median(first.cpu / second.cpu for first, second in zip(cold, known, strict=True))
    first, second = _middle(cold), _middle(known)
    within = _COLD * _CORES * count / _CASES
    yield Row(
        f"status: {made:,} cases, first look, CPU", "s", first.cpu,
        target=f"<={within:.0f} s, {_CORES} cores" if not quick else "",
        met=first.cpu <= within if not quick else None,
        ours_best=min(each.cpu for each in cold),
    )  # fmt: skip
    yield Row(
        f"status: {made:,} cases, first look, clock", "s", first.clock,
        ours_best=min(each.clock for each in cold),
    )  # fmt: skip
    yield Row(
        f"status: {made:,} cases, remembered, CPU", "s", second.cpu, first.cpu, ratio,
        target=f">=x{_TIMES} of first" if not quick else "",
        met=ratio >= _TIMES if not quick else None,
        ours_best=min(each.cpu for each in known), peer_best=min(each.cpu for each in cold),
    )  # fmt: skip
    yield Row("status: of it each case, first look", "s", first.cpu / made)
    yield Row("status: of it each case, remembered", "s", second.cpu / made)


def _write_cases(store: Path, count: int) -> int:
    """Write cases of all stages, each with numbers and a customer of its own; return how many."""
    texts = [_at_stage(stage) for stage in range(1, _STAGES + 1)]
    for number in range(count):
        text = texts[number % _STAGES].replace("2025-0037", f"2025-{number + 1:04}")
        text = text.replace("KH-2025-0112", f"KH-2025-{number + 1:04}")
        text = text.replace("宁波铄恒精密机械有限公司", f"宁波第{number + 1}精密机械有限公司")
        text = text.replace("DA-2025-118", f"DA-2025-{number + 1}")
        file = store / f"XM-2025-{number + 1:04}" / "case.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    return count


def _at_stage(stage: int) -> str:
    """Return the sample as it stood in a stage: without the blocks that come later."""
    later = {name for at, names in _BLOCKS.items() if at > stage for name in names}
    kept: list[str] = []
    is_kept = True
    for line in SAMPLE.read_text(encoding="utf-8").splitlines(keepends=True):
        if line[0].isalpha():
            is_kept = line.partition(":")[0] not in later
        if is_kept:
            kept.append(line.replace("stage: 7", f"stage: {stage}") if "stage: 7" in line else line)
    return "".join(kept)


def _status(store: Path, environment: Mapping[str, str]) -> Spent:
    """Run the command; return the time it and its processes took. Raises when it fails."""
    command: Sequence[str] = [
        sys.executable, "-m", "salesdocs", "status", str(store), "--date", "2026-09-20",
        "--format", "csv", "-o", str(store.parent / "status.csv"),
    ]  # fmt: skip
    start = perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    said = process.stderr.read() if process.stderr is not None else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.stderr is not None:
        process.stderr.close()
    if process.returncode:
        raise RuntimeError(said.decode())
    return Spent(usage.ru_utime + usage.ru_stime, perf_counter() - start)


def _middle(spent: Sequence[Spent]) -> Spent:
    return Spent(median(each.cpu for each in spent), median(each.clock for each in spent))


if __name__ == "__main__":
    run(__doc__ or "", rows)
