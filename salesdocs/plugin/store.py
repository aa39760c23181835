"""Files that were made, kept by what they were made from: an unchanged one is never made again."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from salesdocs.errors import SalesdocsError
from salesdocs.findings import Finding
from salesdocs.playbook.model import Download

_DAYS: Final = 30
_DAY: Final = 24 * 60 * 60
_waiting: Sequence[Sequence[Download]] = ()


class Store:
    """A folder of files by the key of what they were made from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, download: Download) -> Path:
        """Return where the file is kept, made or not."""
        return self.folder / f"{download.key}.{download.uri.rpartition('.')[2]}"

    def there(self, downloads: Sequence[Download]) -> dict[str, Path]:
        """Return the files that could be made, by their places in the site."""
        paths = ((each.uri, self.path(each)) for each in downloads)
        return {uri: path for uri, path in paths if path.is_file()}

    def fill(self, downloads: Sequence[Download], jobs: int | None = None) -> list[Finding]:
        """Make what is not there yet; return what could not be made, and why."""
        self.folder.mkdir(parents=True, exist_ok=True)
        new = [each for each in downloads if not self.path(each).is_file()]
        self._touch([each for each in downloads if each not in new])
        if not new:
            return []
        self._sweep()
        # What is made of one document shares its steps.
        together = [list(some) for _, some in groupby(new, key=lambda each: each.document)]
        workers = min(jobs or os.cpu_count() or 1, len(together))
        if workers > 1:
            found = self._in_processes(together, workers)
        else:
            found = [self._make_all(some) for some in together]
        return list({each.text(): each for some in found for each in some}.values())

    def _sweep(self) -> None:
        """Remove what nobody has asked for in a month."""
        before = time.time() - _DAYS * _DAY
        for path in self.folder.iterdir():
            if path.is_file() and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    def _in_processes(
        self, together: Sequence[Sequence[Download]], workers: int
    ) -> list[list[Finding]]:
        """Make files in processes that are copies of this one: what makes them cannot be sent."""
        if "fork" not in multiprocessing.get_all_start_methods():
            return [self._make_all(some) for some in together]
        global _waiting  # noqa: PLW0603 - what the copies find in their memory
        _waiting = together
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            return pool.map(self._made_there, range(len(together)), chunksize=1)

    def _made_there(self, number: int) -> list[Finding]:
        return self._make_all(_waiting[number])

    def _make_all(self, downloads: Sequence[Download]) -> list[Finding]:
        return [finding for each in downloads for finding in self._make(each)]

    def _make(self, download: Download) -> list[Finding]:
        try:
            data = download.make()
        except SalesdocsError as error:
            return list(error.findings)
        place = self.path(download)
        # Beside its name first: of two builds at once neither sees half a file.
        beside = place.with_suffix(f".{os.getpid()}")
        beside.write_bytes(data)
        beside.replace(place)
        return []

    def _touch(self, known: Sequence[Download]) -> None:
        for each in known:
            os.utime(self.path(each))
