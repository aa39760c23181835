"""The playbook site built without our plugin, with it cold, warm, and served; and its archive.

CPU seconds of whole processes with their children, all sides in this run. The peer is the same
site staged as Markdown (`salesdocs site stage`) and built by MkDocs and Material alone, with the
same navigation, search words and extensions; its words are those that the plugin would make.
Cold is the first build on a machine: every form printed, every picture drawn. What is served is
timed by the clock, from the moment a file is saved to the moment the browser is told.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.measure import ROOT, Row, child, child_environment, run

_CONFIGURATION: Final = ROOT / "mkdocs.yml"
_BUILD: Final = ("-m", "mkdocs", "build", "--quiet", "--strict", "-f")
_WARM: Final = 1.05
_COLD: Final = 1.5
_SERVED: Final = 3.0  # seconds
_ARCHIVE: Final = 4 * 1024 * 1024
_CHANGED: Final = (
    (
        "site: served, a paragraph of a page",
        "site/zh/stages/5-contract.md",
        r"\Z",
        "\n多问一句。\n",
    ),
    (
        "site: served, how a rule weighs",
        "templates/rules.yaml",
        "severity: error",
        "severity: note",
    ),
    (
        "site: served, a title: all navigation",
        "site/zh/start/index.md",
        r"(?m)^title: ",
        r"\g<0>好",
    ),
)
"""What is changed, in which file, and how: a pattern and what takes its place."""


def rows(folder: Path, quick: bool) -> Iterator[Row]:
    """Yield what a build takes without, cold and warm, what a change takes, the archive's size."""
    environment = {**child_environment(folder), "NO_MKDOCS_2_WARNING": "1"}
    rounds = 1 if quick else 5
    plain = _plain(folder, environment)
    yield from _builds(folder, plain, environment, rounds)
    yield from _served_changes(folder, environment, 1 if quick else 3)
    yield _archive(folder, environment)


def _builds(
    folder: Path, plain: Path, environment: Mapping[str, str], rounds: int
) -> Iterator[Row]:
    ours = [*_BUILD, str(_CONFIGURATION), "-d", str(folder / "ours")]
    peer = [*_BUILD, str(plain), "-d", str(folder / "theirs")]
    lean_file = _without_pdf(folder)
    child(peer, environment)  # bytecode
    lean = _cold([*_BUILD, str(lean_file), "-d", str(folder / "lean")], environment, folder)
    cold = _cold(ours, environment, folder)
    sides = [(child(ours, environment)[0], child(peer, environment)[0]) for _ in range(rounds)]
    warm, its = (median(each) for each in zip(*sides, strict=True))
    ratio = median(theirs / mine for mine, theirs in sides)
    yield Row(
        "site: warm, nothing changed", "s", warm, its, ratio,
        target=f"<= {_WARM} of MkDocs", met=1 / ratio <= _WARM,
        ours_best=min(mine for mine, _ in sides), peer_best=min(theirs for _, theirs in sides),
    )  # fmt: skip
    for name, took in (("site: cold", cold), ("site: cold, no PDFs or pictures", lean)):
        yield Row(
            name, "s", took, its, its / took,
            target=f"<= {_COLD} of MkDocs", met=took / its <= _COLD,
        )  # fmt: skip


def _cold(command: list[str], environment: Mapping[str, str], folder: Path) -> float:
    """Return what a build takes where nothing was made before; the program's bytecode is there."""
    shutil.rmtree(folder / "cache", ignore_errors=True)
    return child(command, environment)[0]


def _plain(folder: Path, environment: Mapping[str, str]) -> Path:
    """Return a configuration of the staged site without our plugin, otherwise as ours is."""
    staged = folder / "staged"
    child(["-m", "salesdocs", "site", "stage", str(staged)], environment)
    program = (
        "from salesdocs.cache import Cache;"
        "from salesdocs.playbook.searchwords import search_words;"
        "print(search_words(Cache(None).library()), end='')"
    )
    (staged / "words.txt").write_text(child(["-c", program], environment)[1], encoding="utf-8")
    own = _CONFIGURATION.read_text(encoding="utf-8").replace("docs_dir: site/zh", "docs_dir: docs")
    own = re.sub(r"(?ms)^plugins:\n.*?(?=^\w)", "plugins:\n  search:\n"
                 f"    jieba_dict_user: {staged / 'words.txt'}\n", own)  # fmt: skip
    made = (staged / "mkdocs.yml").read_text(encoding="utf-8")
    extras = re.findall(r"(?m)^extra_\w+: .*$", made)
    navigation = made[made.index("\nnav:") :]
    place = staged / "plain.yml"
    place.write_text("\n".join((own, *extras, navigation)), encoding="utf-8")
    return place


def _without_pdf(folder: Path) -> Path:
    """Return our configuration with the files alone that need no printing."""
    own = _CONFIGURATION.read_text(encoding="utf-8")
    own = own.replace("docs_dir: site/zh", f"docs_dir: {ROOT / 'site' / 'zh'}")
    own = own.replace(
        "navigation: true", "navigation: true\n    downloads: [blank, sample, starter]"
    )
    place = folder / "lean.yml"
    place.write_text(own, encoding="utf-8")
    return place


# -- served --------------------------------------------------------------------------------------


def _served_changes(folder: Path, environment: Mapping[str, str], rounds: int) -> Iterator[Row]:
    copy = folder / "checkout"
    ignored = shutil.ignore_patterns(".git", ".venv", "build", "out", "*.egg-info", "__pycache__")
    shutil.copytree(ROOT, copy, ignore=ignored)
    own = {**environment, "PYTHONPATH": str(copy)}
    with _Served(copy, own) as served:
        for name, place, pattern, by in _CHANGED:
            took = [served.took(copy / place, pattern, by) for _ in range(rounds)]
            middle = median(took)
            yield Row(
                name, "s", middle, target=f"<= {_SERVED:.0f} s", met=middle <= _SERVED,
                ours_best=min(took),
            )  # fmt: skip


class _Served:
    """`salesdocs site serve` of a checkout; what it tells a browser is asked as a browser does."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._address = f"127.0.0.1:{free.getsockname()[1]}"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "salesdocs", "site", "serve", "-a", self._address],
            cwd=folder, env=dict(environment),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def __enter__(self) -> _Served:
        for _ in range(1200):
            try:
                urlopen(f"http://{self._address}/").close()
            except URLError:
                sleep(0.1)
            else:
                return self
        raise TimeoutError(self._address)

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    def took(self, path: Path, pattern: str, by: str) -> float:
        """Return seconds from saving the changed file to the word that the browser reloads on."""
        text, epoch = path.read_text(encoding="utf-8"), self._epoch(0)
        changed, found = re.subn(pattern, by, text, count=1)
        if not found:
            raise ValueError(f"{path}: {pattern}")
        path.write_text(changed, encoding="utf-8")
        start = monotonic()
        while self._epoch(epoch) == epoch:
            continue
        return monotonic() - start

    def _epoch(self, known: int) -> int:
        """Return the number of the last build, as soon as it is another one than `known`."""
        with urlopen(f"http://{self._address}/livereload/{known}/0") as answer:
            return int(answer.read())


# -- taken along ---------------------------------------------------------------------------------


def _archive(folder: Path, environment: Mapping[str, str]) -> Row:
    place = folder / "playbook.zip"
    child(["-m", "salesdocs", "site", "zip", "-o", str(place)], environment)
    size = place.stat().st_size
    target = f"<= {_ARCHIVE // 1024 // 1024} MB"
    return Row("site: archive to take along", "B", size, target=target, met=size <= _ARCHIVE)


if __name__ == "__main__":
    run(__doc__ or "", rows)
