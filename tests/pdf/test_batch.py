"""Many files at once: in their order, the same as one by one, and a crash is one file's."""

from __future__ import annotations

import os
import sys
from typing import Any

import pytest

from salesdocs.errors import PdfError
from salesdocs.findings import Finding, Phrase
from salesdocs.pdf import batch
from salesdocs.pdf.batch import Job, print_all, usual_workers
from salesdocs.pdf.printing import Printed


def pretended(package: bytes, file: str = "", **_: Any) -> Printed:
    """What printing comes to, as the file says itself."""
    if package == b"crash":
        os._exit(139)  # as after a segmentation fault, without its report on the terminal
    if package == b"refuse":
        raise PdfError([Finding("error", Phrase("不行", "no"), "PDF-20", file=file)])
    return Printed(b"%PDF " + package, 1, (Finding("note", Phrase("注", "note"), "PDF-03"),))


@pytest.fixture(autouse=True)
def pretend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "print_document", pretended)


@pytest.mark.skipif(sys.platform != "linux", reason="only forked processes know of the pretence")
@pytest.mark.parametrize("workers", [2, 4])
def test_a_crash_takes_one_file_along_and_no_other(workers: int) -> None:
    said = ["one", "crash", "two", "refuse", "crash", "three"]
    jobs = [Job(each.encode(), f"{number}.docx") for number, each in enumerate(said)]
    done = list(print_all(jobs, workers=workers))
    assert [bool(each.pdf) for each in done] == [True, False, True, False, False, True]
    assert [each.pdf for each in done if each.pdf] == [b"%PDF one", b"%PDF two", b"%PDF three"]
    wrong = [(each.findings[0].rule, each.findings[0].file) for each in done if not each.pdf]
    assert wrong == [("PDF-29", "1.docx"), ("PDF-20", "3.docx"), ("PDF-29", "4.docx")]


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_files(workers: int) -> None:
    jobs = [Job(str(number).encode(), f"{number}.docx") for number in range(7)]
    done = list(print_all(jobs, workers=workers))
    assert [each.pdf for each in done] == [f"%PDF {number}".encode() for number in range(7)]
    assert all(each.findings[0].message.zh == "注" for each in done)


def test_nothing_to_do_is_done_at_once() -> None:
    assert list(print_all([], workers=4)) == []
    assert usual_workers() >= 1
