"""Runs all benchmarks: `python -m benchmarks [--json] [--quick]`."""

from __future__ import annotations

from benchmarks import case, engine, pdf, site, store
from benchmarks.measure import run

run("", engine.rows, case.rows, store.rows, pdf.rows, site.rows)
