"""Word files set as PDF by an installed LibreOffice, for whoever prefers its layout to ours.

It runs apart from the user's own LibreOffice: a profile of its own that fetches nothing from the
network, runs no macro and updates no link (measured with LibreOffice 7.4: a picture that is only
linked is fetched otherwise), bounds on time and memory, files under names of ours. It opens
anything, garbage as text: what is no Word file has to be refused before it comes here.

Rules: PDF-07 LibreOffice is not installed, PDF-08 it could not print a file, PDF-09 it took too
long or too much memory.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from xml.sax.saxutils import escape

from salesdocs.errors import PdfError
from salesdocs.findings import Finding, Phrase
from salesdocs.pdf.families import KINDS

SECONDS: Final = 120.0
"""How long one file may take before it is given up; the start of LibreOffice takes one or two."""
MEMORY: Final = 4 * 1024 * 1024
"""KiB of address space; a paper of forty pages maps less than two million."""

_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_PAUSE: Final = 0.1
_SHORTEST: Final = 100  # bytes; no PDF is as short
# Nothing is asked of the network, by two settings that suffice each: no link of a document is
# followed, and what were to be fetched all the same goes to a port where nobody listens (9, RFC
# 863). The value 0 of `Link` is "always", 2 is "never".
_SETTINGS: Final = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Writer/Content/Update", "Field", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)
_PROFILE: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n{}</oor:items>\n'
)
_ITEM: Final = (
    '<item oor:path="/org.openoffice.{}">'
    '<prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'
)


_FONT_FILE: Final = (
    '<?xml version="1.0"?>\n<fontconfig>\n'
    '<include ignore_missing="yes">{}</include>\n{}</fontconfig>\n'
)
_FONT_RULE: Final = (
    '<match target="pattern"><test name="family" qual="any"><string>{}</string></test>'
    '<edit name="family" mode="append" binding="strong">{}</edit></match>\n'
)


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file to be printed: its bytes, and what it is called in messages."""

    data: bytes
    name: str


def find_soffice() -> str:
    """Return the program; raises PdfError that says how to get it.

    `SALESDOCS_SOFFICE` names it where it is not in one of the usual places.
    """
    chosen = os.environ.get("SALESDOCS_SOFFICE")
    candidates = [chosen] if chosen else ["soffice", "libreoffice", *_PLACES]
    found = next((path for each in candidates if (path := shutil.which(each))), None)
    if found is None:
        raise PdfError([_missing(chosen or "")])
    return found


def print_with_soffice(
    files: Sequence[WordFile],
    *,
    archive: bool = False,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    variables: Mapping[str, str] | None = None,
) -> list[bytes | PdfError]:
    """Return the PDF of each file in its place, or why there is none; one bad file stops no other.

    The PDFs are tagged; with `archive` they are PDF/A-3. `variables` are added to the environment.
    Raises PdfError when LibreOffice is missing.
    """
    program = find_soffice()
    results: dict[int, bytes | PdfError] = {}
    with TemporaryDirectory(prefix="salesdocs-soffice-") as folder:
        room = _Room(Path(folder), program, archive, memory, variables or {})
        waiting = list(range(len(files)))
        while waiting:
            for index in waiting:
                room.put(index, files[index].data)
            why = room.run(waiting, seconds)
            results |= {index: pdf for index in waiting if (pdf := room.take(index)) is not None}
            waiting = [index for index in waiting if index not in results]
            if waiting:
                # The files are printed in their order: the first without a PDF is the one at fault.
                results[waiting[0]] = PdfError([_failed(files[waiting[0]].name, why)])
                waiting = waiting[1:]
    return [results[index] for index in range(len(files))]


class _Room:
    """A temporary folder in which one LibreOffice works, with its profile, files and PDFs."""

    def __init__(
        self, folder: Path, program: str, archive: bool, memory: int, variables: Mapping[str, str]
    ) -> None:
        self._folder = folder
        self._program = program
        self._filter = _filter(archive)
        self._memory = memory
        self._variables = variables
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        items = "".join(_ITEM.format(*setting) for setting in _SETTINGS)
        (user / "registrymodifications.xcu").write_text(_PROFILE.format(items), encoding="utf-8")
        self._fonts = folder / "fonts.conf"
        self._fonts.write_text(_font_rules(), encoding="utf-8")

    def put(self, index: int, data: bytes) -> None:
        """Lay a file in the room."""
        self._word(index).write_bytes(data)

    def take(self, index: int) -> bytes | None:
        """Return the PDF of a file; None where there is none, or only the beginning of one."""
        try:
            pdf = self._pdf(index).read_bytes()
        except OSError:
            return None
        whole = pdf.startswith(b"%PDF-") and b"%%EOF" in pdf[-_SHORTEST:]
        return pdf if whole else None

    def run(self, indexes: Sequence[int], seconds: float) -> str:
        """Print the files; return `` when it ended, `time` when it was stopped, or its words."""
        command = [
            self._program,
            f"-env:UserInstallation={(self._folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            *("--convert-to", self._filter, "--outdir", str(self._folder)),
            *(str(self._word(index)) for index in indexes),
        ]
        if sys.platform != "win32":
            command = ["/bin/sh", "-c", f'ulimit -v {self._memory}; exec "$0" "$@"', *command]
        log = self._folder / "log"
        with log.open("wb") as words:
            process = subprocess.Popen(  # noqa: S603  the program is found by us or named by the user
                command,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                env=self._environment(),
                start_new_session=True,
            )
            try:
                ended = self._wait(process, indexes, seconds)
            finally:
                _stop(process)
        return _words(log) if ended else "time"

    def _wait(self, process: subprocess.Popen[bytes], indexes: Sequence[int], most: float) -> bool:
        """Wait for the end; return False when no file came to its end for `most` seconds."""
        done, since = -1, time.monotonic()
        while process.poll() is None:
            now = sum(self._pdf(index).is_file() for index in indexes)
            if now > done:
                done, since = now, time.monotonic()
            if time.monotonic() - since > most:
                return False
            with suppress(subprocess.TimeoutExpired):
                process.wait(_PAUSE)
        return True

    def _environment(self) -> dict[str, str]:
        """Return the environment: names of fonts are matched as for Chinese, not for Japanese."""
        home = str(self._folder)
        return {
            **os.environ,
            "LC_ALL": "C.UTF-8",
            "LANG": "zh_CN.UTF-8",
            "LANGUAGE": "zh_CN",
            "HOME": home,
            "TMPDIR": home,
            "FONTCONFIG_FILE": str(self._fonts),
            **self._variables,
        }

    def _word(self, index: int) -> Path:
        return self._folder / f"{index:05}.docx"

    def _pdf(self, index: int) -> Path:
        return self._folder / f"{index:05}.pdf"


def _font_rules() -> str:
    """Return rules by which fontconfig finds the families that stand in for absent ones.

    Without them it takes the Japanese forms of Noto for 宋体 and 黑体 (measured, Debian 12). A
    family that is there comes first.
    """
    system = os.environ.get("FONTCONFIG_FILE") or "/etc/fonts/fonts.conf"
    rules = [
        _FONT_RULE.format(
            escape(name), "".join(f"<string>{escape(each)}</string>" for each in kind.open)
        )
        for kind in KINDS
        for name in kind.names
    ]
    return _FONT_FILE.format(escape(system), "".join(rules))


def _filter(archive: bool) -> str:
    """Return the export filter with its options, in JSON since LibreOffice 7.4.

    `SelectPdfVersion` 3 is PDF/A-3.
    """
    options: dict[str, object] = {
        "UseTaggedPDF": {"type": "boolean", "value": "true"},
        "ExportBookmarks": {"type": "boolean", "value": "true"},
        "ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"},
        "SelectPdfVersion": {"type": "long", "value": "3" if archive else "0"},
    }
    return f"pdf:writer_pdf_Export:{json.dumps(options, separators=(',', ':'))}"


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program with all that it started; nothing happens when it has ended."""
    if process.poll() is None:
        if sys.platform == "win32":
            process.kill()
        else:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _words(log: Path) -> str:
    """Return the last error the program told of; what a crash prints says nothing."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    errors = [line.strip() for line in lines if line.lower().startswith("error")]
    return errors[-1][:200] if errors else ""


def _missing(chosen: str) -> Finding:
    said = Phrase(f"（SALESDOCS_SOFFICE 写的是 {chosen}）", f" (SALESDOCS_SOFFICE says {chosen})")
    message = Phrase(
        f"这台机器上没有 LibreOffice{said.zh if chosen else ''}",
        f"there is no LibreOffice on this machine{said.en if chosen else ''}",
    )
    hint = Phrase(
        "安装 LibreOffice（Debian、Ubuntu：apt install libreoffice-writer；macOS：brew install"
        " --cask libreoffice；Windows：libreoffice.org），或去掉 --engine soffice",
        "install LibreOffice (apt install libreoffice-writer; brew install --cask libreoffice;"
        " libreoffice.org), or leave out --engine soffice",
    )
    return Finding("error", message, "PDF-07", hint=hint)


def _failed(name: str, why: str) -> Finding:
    if why == "time":
        message = Phrase(
            "LibreOffice 排这份文件用时太长，已停止", "LibreOffice took too long and was stopped"
        )
        hint = Phrase("用 --engine weasyprint 再试", "try --engine weasyprint")
        return Finding("error", message, "PDF-09", file=name, hint=hint)
    said = f"：{why}" if why else ""
    message = Phrase(
        f"LibreOffice 没能把这份文件印成 PDF{said}",
        f"LibreOffice could not print this file{said.replace('：', ': ')}",
    )
    hint = Phrase(
        "在 Word 或 WPS 里打开另存一次再试，或用 --engine weasyprint",
        "save it anew in Word or WPS and try again, or use --engine weasyprint",
    )
    return Finding("error", message, "PDF-08", file=name, hint=hint)
