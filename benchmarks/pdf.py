"""Word files as PDFs, by this program and by LibreOffice: alone, in one go, and long ones.

CPU seconds of whole processes with their children, both sides in this run. LibreOffice has a
profile that exists, the font names of the tests, and the same files. Warm figures are of one
process that has printed before, which LibreOffice's command line has no equal of.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from shutil import which
from statistics import median
from time import process_time
from typing import Final

import docx

from benchmarks.engine import SAMPLE
from benchmarks.measure import ROOT, Row, child_environment, run

_FONTS: Final = ROOT / "tests" / "pdf" / "fonts.conf"
_BATCH: Final = 20
_PAGES: Final = (10, 20, 60, 200)
_LONG: Final = 7  # pages from which on a paper is no form any more
_WARM: Final = 0.15  # seconds a page


@dataclass(frozen=True)
class Spent:
    """CPU seconds and the most memory held at once, MB, of a process with its children."""

    cpu: float
    memory: float


def rows(folder: Path, quick: bool) -> Iterator[Row]:
    """Yield what a paper, all papers of a case, twenty and a long document take."""
    environment = child_environment(folder)
    papers = _papers(folder, environment)
    office = _Office(folder)
    yield from _alone(papers, office, environment, folder, 1 if quick else 3)
    yield from _together(papers, office, environment, folder)
    yield from _warm(papers)
    yield from _long(_PAGES[:2] if quick else _PAGES)


def _papers(folder: Path, environment: Mapping[str, str]) -> list[Path]:
    out = folder / "papers"
    command = ["-m", "salesdocs", "render", str(SAMPLE), "-o", str(out)]
    _spent([sys.executable, *command], environment)
    return sorted(out.rglob("*.docx"))


def _alone(
    papers: Sequence[Path],
    office: _Office,
    environment: Mapping[str, str],
    folder: Path,
    rounds: int,
) -> Iterator[Row]:
    paper = next(path for path in papers if "解决方案建议书" in path.name)
    ours, theirs = [], []
    _ours([paper], environment, folder)  # bytecode
    office.printed([paper])  # its profile
    for _ in range(rounds):
        ours.append(_ours([paper], environment, folder))
        theirs.append(office.printed([paper]))
    mine, its = (median(each.cpu for each in side) for side in (ours, theirs))
    yield Row(
        "pdf: 10 pages in a process of its own", "s", mine, its, its / mine,
        target="<= LibreOffice", met=mine <= its,
        ours_best=min(each.cpu for each in ours), peer_best=min(each.cpu for each in theirs),
    )  # fmt: skip
    memory = [max(each.memory for each in side) for side in (ours, theirs)]
    yield Row("pdf: … its memory", "MB", memory[0], memory[1], memory[1] / memory[0])


def _together(
    papers: Sequence[Path], office: _Office, environment: Mapping[str, str], folder: Path
) -> Iterator[Row]:
    some = papers[:_BATCH]
    ours, theirs = _ours(some, environment, folder), office.printed(some)
    name = f"pdf: {len(some)} papers in one call"
    yield Row(name, "s", ours.cpu, theirs.cpu, theirs.cpu / ours.cpu)
    yield Row("pdf: … its memory", "MB", ours.memory, theirs.memory, theirs.memory / ours.memory)


def _warm(papers: Sequence[Path]) -> Iterator[Row]:
    """Yield seconds a page in a process that has printed before, all papers and long ones."""
    from salesdocs.pdf.printing import print_document

    print_document(papers[0].read_bytes())
    took: list[tuple[int, float]] = []
    for paper in papers:
        data, start = paper.read_bytes(), process_time()
        pages = print_document(data, paper.name).pages
        took.append((pages, process_time() - start))
    long = [each for each in took if each[0] >= _LONG]
    short = [each for each in took if each[0] == 1]
    for words, some in (
        (f"pdf: a page, warm, {len(took)} papers", took),
        (f"pdf: a page, warm, of {_LONG} pages on", long),
        ("pdf: a paper of one page, warm", short),
    ):
        a_page = sum(seconds for _, seconds in some) / sum(pages for pages, _ in some)
        yield Row(words, "s", a_page, target=f"<={_WARM * 1000:.0f} ms", met=a_page <= _WARM)


def _long(sizes: Sequence[int]) -> Iterator[Row]:
    """Yield seconds a page of text and tables: the same however long the document is."""
    from salesdocs.pdf.printing import print_document

    first = 0.0
    for wanted in sizes:
        data = _document(wanted)
        start = process_time()
        pages = print_document(data).pages
        a_page = (process_time() - start) / pages
        first = first or a_page
        yield Row(
            f"pdf: a page of {pages}", "s", a_page,
            target="<= 1.2 of the first", met=a_page <= 1.2 * first,
        )  # fmt: skip


def _document(pages: int) -> bytes:
    """Return a Word file of about so many pages: a heading, text and a table on each."""
    document = docx.Document()
    words = "甲乙双方根据《中华人民共和国民法典》及有关法律，就 MES 一期项目协商一致，订立本合同。"
    for number in range(pages):
        document.add_heading(f"第 {number + 1} 部分", 1)
        for _ in range(3):
            document.add_paragraph(words * 3)
        table = document.add_table(rows=10, cols=5, style="Table Grid")
        for row in table.rows:
            for cell in row.cells:
                cell.text = "设备联网"
        if number + 1 < pages:
            document.add_page_break()
    target = BytesIO()
    document.save(target)
    return target.getvalue()


# -- processes -----------------------------------------------------------------------------------


def _ours(papers: Sequence[Path], environment: Mapping[str, str], folder: Path) -> Spent:
    """Return what our command takes, nothing remembered and in one process."""
    fresh = {**environment, "SALESDOCS_CACHE": ""}
    out = folder / "ours"
    command = ["-m", "salesdocs", "print", *map(str, papers), "-o", str(out), "--jobs", "1"]
    return _spent([sys.executable, *command], fresh)


class _Office:
    """LibreOffice with a profile and an output folder of its own."""

    def __init__(self, folder: Path) -> None:
        found = which("soffice") or which("libreoffice")
        if found is None:
            raise FileNotFoundError("soffice: apt install libreoffice-writer-nogui")
        self._command = [
            found, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore",
            "--convert-to", "pdf", "--outdir", str(folder / "theirs"),
        ]  # fmt: skip
        self._environment = os.environ | {"FONTCONFIG_FILE": str(_FONTS), "LC_ALL": "C.UTF-8"}

    def printed(self, papers: Sequence[Path]) -> Spent:
        """Return what one call takes."""
        return _spent([*self._command, *map(str, papers)], self._environment)


def _spent(command: Sequence[str], environment: Mapping[str, str]) -> Spent:
    process = subprocess.Popen(
        command, cwd=ROOT, env=dict(environment),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: {process.returncode}")
    return Spent(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    run(__doc__ or "", rows)
