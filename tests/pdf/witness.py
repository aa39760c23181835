"""LibreOffice as the witness: its PDFs of Word files, made in one call, remembered by content.

It is a witness of layout, not of truth. What 7.4 does wrong, and how the comparison sees past it:

- `w:isLgl` (ISO/IEC 29500-1, 17.9.4): the second clause of article 四 is 4.2, it prints 四.2. So it
  is given a copy whose articles count in figures (`prepared`), and 第4条 is read as 第四条.
- `w:firstLineChars` and its like: Word obeys these, it reads the lengths beside them. So the copy has
  the lengths Word makes of them.
- `w:autoSpaceDE`, `w:autoSpaceDN` and `w:overflowPunct`: it takes them for on, wherever a file says
  off. So what we are compared by is a copy that does not say it (`common`).
- A bookmark behind a mark that hangs over the right edge: it adds an empty line. Bookmarks have no
  looks, so the copy has none.
- `PAGEREF` in a table of contents: Word asks to refresh the numbers on opening, it prints nothing.
  So our page numbers there are left out (`compare._unseen`); a law of their own checks them.
- `SECTIONPAGES`: it prints what was cached.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory, gettempdir
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from salesdocs.errors import SalesdocsError
from tests.word.shown.indents import in_lengths

FONTS = Path(__file__).with_name("fonts.conf")
_SECONDS = 600
_LIST = re.compile(r"<w:abstractNum .*?</w:abstractNum>", re.DOTALL)
_BOOKMARK = re.compile(rb"<w:bookmark(Start|End)\b[^>]*/>")
_EAST_ASIAN = re.compile(rb"<w:(?:overflowPunct|autoSpaceDE|autoSpaceDN)\b[^>]*/>")
_CHINESE = re.compile(r'w:val="(chineseCounting|chineseCountingThousand|chineseLegalSimplified)"')
_TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


def store() -> Path:
    """Return the folder of the PDFs made so far; SALESDOCS_WITNESS names another."""
    return Path(os.environ.get("SALESDOCS_WITNESS", Path(gettempdir()) / "salesdocs-witness"))


def pdfs(packages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return LibreOffice's PDF of each Word file. A file it cannot open is missing."""
    given = {name: prepared(package) for name, package in packages.items()}
    places = {name: store() / f"{_key(package)}.pdf" for name, package in given.items()}
    _convert({places[name]: package for name, package in given.items()})
    return {name: place.read_bytes() for name, place in places.items() if place.exists()}


def common(package: bytes) -> bytes:
    """Return the Word file without what LibreOffice takes for the opposite: for us to print."""
    parts = _parts(package)
    for name in ("word/styles.xml", "word/document.xml"):
        if name in parts:
            parts[name] = _EAST_ASIAN.sub(b"", parts[name])
    return _package(parts) if parts else package


def prepared(package: bytes) -> bytes:
    """Return the Word file so that LibreOffice shows what Word shows: see above."""
    try:
        package = in_lengths(package)
    except SalesdocsError:
        return package
    parts = _parts(package)
    if "word/document.xml" not in parts:
        return package
    document = _BOOKMARK.sub(b"", parts["word/document.xml"])
    numbering = parts.get("word/numbering.xml", b"").decode()
    figures = _LIST.sub(lambda each: _in_figures(each[0]), numbering)
    if figures != numbering:
        parts["word/numbering.xml"] = figures.encode()
        # A reference to 第九条 would be 第9条 now, and its line shorter: it keeps what it printed.
        document = document.replace(b"> REF _Ref", b"> KEPT _Ref")
    parts["word/document.xml"] = document
    return _package(parts)


def _parts(package: bytes) -> dict[str, bytes]:
    """Return the members of a package; none of what is no zip."""
    try:
        with ZipFile(BytesIO(package)) as archive:
            return {info.filename: archive.read(info) for info in archive.infolist()}
    except BadZipFile:
        return {}


def _package(parts: Mapping[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, ZIP_DEFLATED)
    return target.getvalue()


def _in_figures(numbers: str) -> str:
    return _CHINESE.sub('w:val="decimal"', numbers) if "<w:isLgl" in numbers else numbers


def _convert(wanted: Mapping[Path, bytes]) -> None:
    """Make the PDFs that are not there yet. One call: most of a single one's time is the start."""
    new = {place: package for place, package in wanted.items() if not place.exists()}
    if not new:
        return
    store().mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="salesdocs-witness-") as name:
        folder = Path(name)
        for place, package in new.items():
            (folder / f"{place.stem}.docx").write_bytes(package)
        run(folder.glob("*.docx"), folder)
        # One file it dies of would take the others with it.
        for place in new:
            if not (folder / place.name).exists():
                run([folder / f"{place.stem}.docx"], folder)
        for place in new:
            if (made := folder / place.name).exists():
                # Beside its name first: of two runs at once neither sees half a file.
                beside = place.with_suffix(f".{os.getpid()}")
                beside.write_bytes(made.read_bytes())
                beside.replace(place)


def run(files: Iterable[Path], folder: Path) -> None:
    """Let LibreOffice write the PDFs of `files` into `folder`, in a profile of its own.

    What it cannot open, or dies of, is not there afterwards.
    """
    command = [
        program(), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore",
        "--convert-to", _TAGGED, "--outdir", str(folder), *map(str, sorted(files)),
    ]  # fmt: skip
    environment = os.environ | {"FONTCONFIG_FILE": str(FONTS), "LC_ALL": "C.UTF-8"}
    subprocess.run(command, env=environment, check=False, capture_output=True, timeout=_SECONDS)


def program() -> str:
    """Return where LibreOffice is; raises FileNotFoundError."""
    found = which("soffice") or which("libreoffice")
    if found is None:
        raise FileNotFoundError("soffice: apt install libreoffice-writer-nogui")
    return found


@cache
def version() -> str:
    """Return `7.4.7.2` or the like."""
    command = [program(), "--headless", "--version"]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    return re.search(r"\d+(\.\d+)+", said)[0]  # type: ignore[index]


def _key(package: bytes) -> str:
    digest = sha256(package)
    digest.update(FONTS.read_bytes())
    digest.update(version().encode())
    return digest.hexdigest()[:32]
