"""How our PDFs of Word files differ from LibreOffice's: `python -m tests.pdf.compare FOLDER`.

For each file: pages, the share of each page's letters that both print in the same order, how far
the letters stand apart, and the first words that differ. `--pictures out/` lays each pair of pages
side by side with what differs: red is ours only, blue is LibreOffice's only.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from difflib import SequenceMatcher
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from statistics import median
from zipfile import BadZipFile, ZipFile

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from salesdocs.calc.numerals import chinese_numeral
from salesdocs.errors import SalesdocsError
from salesdocs.pdf.printing import print_document
from tests.pdf import letters, witness
from tests.pdf.letters import Letter, Page

_LEADER = re.compile(r"[.·_\-…]{4,}")

_ARTICLE = re.compile(r"第(\d+)(?=条)")
_WORDS = 12
_STEP = 0.6  # points


@dataclass(frozen=True, slots=True)
class PagePair:
    """A page by both. Shares are of 1, distances in points: ours minus theirs.

    `equal` is twice the letters in common over the letters of both. `outside` counts our letters
    beyond the edges of the paper. `steps` are the places from which on our letters stand lower or
    higher than before, each with its words.
    """

    number: int
    equal: float
    dx: float
    dy: float
    outside: int = 0
    ours: str = ""
    theirs: str = ""
    steps: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A file by both."""

    file: str
    ours: int
    theirs: int
    pages: tuple[PagePair, ...] = ()
    error: str = ""

    @property
    def worst(self) -> float:
        """The least equal page; 0 where a page is missing."""
        return min((page.equal for page in self.pages), default=0)

    @property
    def apart(self) -> float:
        """The greatest median distance up or down of a page's letters, points."""
        return max((abs(page.dy) for page in self.pages), default=0)


def compare(file: str, package: bytes, ours: bytes, theirs: bytes) -> Pair:
    """Return how two PDFs of one Word file differ."""
    margins = _margins(package)
    mine = [_in_order(page, *margins) for page in letters.pages(ours)]
    its = [_in_order(page, *margins) for page in letters.pages(theirs)]
    pages = zip_longest(*_without_drawings(mine, its))
    return Pair(
        file, len(mine), len(its),
        tuple(_page(number, *pair) for number, pair in enumerate(pages, start=1)),
    )  # fmt: skip


def _without_drawings(mine: list[Page], its: list[Page]) -> tuple[list[Page], list[Page]]:
    """Return the pages with the letters of charts in the order of the alphabet, and last.

    Which of a chart's words comes first is each program's own affair; that they are the same is
    not. Where a chart stands, we say: of LibreOffice's nothing tells it from other text.
    """
    places = {at: page.drawings for at, page in enumerate(mine) if page.drawings}
    return (
        [_drawn_last(page, places.get(at, ())) for at, page in enumerate(mine)],
        [_drawn_last(page, places.get(at, ())) for at, page in enumerate(its)],
    )


def _drawn_last(page: Page, places: Sequence[tuple[float, float, float, float]]) -> Page:
    text, drawn = [], []
    for one in page.letters:
        inside = any(
            left - 2 <= one.x <= right + 2 and top - 2 <= one.y <= bottom + 2
            for left, top, right, bottom in places
        )
        (drawn if inside and not one.artifact else text).append(one)
    drawn.sort(key=lambda one: one.text)
    return replace(page, letters=(*text, *(replace(one, drawn=True) for one in drawn)))


def _margins(package: bytes) -> tuple[float, float]:
    """Return the greatest top and bottom margin of the file's sections, in points."""
    try:
        with ZipFile(BytesIO(package)) as archive:
            document = archive.read("word/document.xml").decode()
    except (BadZipFile, KeyError):
        return 0, 0
    found = [
        max((abs(int(twips)) / 20 for twips in re.findall(rf'<w:pgMar [^>]*w:{edge}="(-?\d+)"', document)), default=0)
        for edge in ("top", "bottom")
    ]  # fmt: skip
    return found[0], found[1]


def _page(number: int, ours: Page | None, theirs: Page | None) -> PagePair:
    if ours is None or theirs is None:
        return PagePair(number, 0, 0, 0)
    mine = _plain(list(ours.letters))
    its = _plain(_legal(list(theirs.letters)))
    blocks = _blocks(mine, its)
    if unseen := _unseen(mine, blocks):
        mine = [one for at, one in enumerate(mine) if at not in unseen]
        blocks = _blocks(mine, its)
    first, second = _text(mine), _text(its)
    both = [(mine[a + n], its[b + n]) for a, b, size in blocks for n in range(size)]
    common = len(both)
    both = [(one, other) for one, other in both if not (one.drawn or other.drawn)]
    outside = sum(not (0 <= one.x <= ours.width and 0 <= one.y <= ours.height) for one in mine)
    return PagePair(
        number,
        2 * common / (len(first) + len(second)) if first or second else 1,
        round(median([one.x - other.x for one, other in both] or [0]), 2),
        round(median([one.y - other.y for one, other in both] or [0]), 2),
        outside,
        *_difference(first, second),
        steps=tuple(_steps(both)),
    )


def _blocks(mine: list[Letter], its: list[Letter]) -> list[tuple[int, int, int]]:
    """Return what both have in the same order: start with us, start with them, length."""
    first, second = _text(mine), _text(its)
    if first == second:
        return [(0, 0, len(first))]
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return [(one.a, one.b, one.size) for one in matcher.get_matching_blocks()]


def _unseen(mine: list[Letter], blocks: list[tuple[int, int, int]]) -> set[int]:
    """Return which of our letters are page numbers of contents: see `witness.FAULTS`.

    They are figures that LibreOffice lacks, stand at the end of a line, and behind a tab.
    """
    common = {at for a, _, size in blocks for at in range(a, a + size)}
    found: set[int] = set()
    at = 0
    while at < len(mine):
        end = at
        while end < len(mine) and end not in common and mine[end].text.isdecimal():
            end += 1
        if end > at > 0:
            before, last, after = mine[at - 1], mine[end - 1], mine[end : end + 1]
            is_last = not after or abs(after[0].y - last.y) > 2
            if is_last and abs(before.y - mine[at].y) < 2 and mine[at].x - before.x > 18:
                found.update(range(at, end))
        at = max(end, at + 1)
    return found


def _steps(both: list[tuple[Letter, Letter]]) -> Iterator[tuple[float, str]]:
    """Yield by how much our letters go lower from a place on, and the words there."""
    before = 0.0
    for at, (one, other) in enumerate(both):
        now = one.y - other.y
        if abs(now - before) > _STEP and not one.artifact:
            words = "".join(mine.text for mine, _ in both[at : at + _WORDS])
            yield round(now - before, 2), words
        before = now


def _in_order(page: Page, top: float, bottom: float) -> Page:
    """Return a page whose text comes first, then its headers and footers from above to below.

    The text comes as it was drawn, which is the order of reading with both. Headers come first or
    last, as the program likes. Header rows that a table repeats are artifacts, but stand in place.
    """
    text, frame = [], []
    for one in page.letters:
        is_frame = one.artifact and not top < one.y < page.height - bottom
        (frame if is_frame else text).append(one)
    frame.sort(key=lambda one: (round(one.y / 4), one.x))
    return replace(page, letters=(*text, *frame))


def _plain(page: list[Letter]) -> list[Letter]:
    """Return the letters without leaders, whose dots each program spaces as it likes."""
    text = _text(page)
    for match in reversed(list(_LEADER.finditer(text))):
        del page[match.start() : match.end()]
    return page


def _legal(page: list[Letter]) -> list[Letter]:
    """Return the letters with 第4条 as 第四条: see `witness.prepared`."""
    text = _text(page)
    for match in reversed(list(_ARTICLE.finditer(text))):
        start, end = match.span(1)
        page[start:end] = [
            replace(page[start], text=figure) for figure in chinese_numeral(int(match[1]))
        ]
    return page


def _text(page: Sequence[Letter]) -> str:
    # A letter outside the first plane must stay one place wide, which a Python string is.
    return "".join(one.text[0] for one in page)


def _difference(ours: str, theirs: str) -> tuple[str, str]:
    """Return the words around the first difference of both."""
    if ours == theirs:
        return "", ""
    same = next(
        (n for n, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other),
        min(len(ours), len(theirs)),
    )
    before = max(0, same - _WORDS)
    return tuple(f"{text[before:same]}|{text[same : same + _WORDS]}" for text in (ours, theirs))  # type: ignore[return-value]


def pairs(packages: Mapping[str, bytes]) -> Iterator[tuple[Pair, bytes, bytes]]:
    """Yield how each file differs, with both PDFs. LibreOffice works while we do."""
    with ThreadPoolExecutor(1) as pool:
        witnessed = pool.submit(witness.pdfs, packages)
        printed = {name: _printed(name, package) for name, package in packages.items()}
        theirs = witnessed.result()
    for name, ours in printed.items():
        if isinstance(ours, str) or name not in theirs:
            said = ours if isinstance(ours, str) else "LibreOffice makes nothing of it"
            count = len(letters.pages(theirs[name])) if name in theirs else 0
            yield Pair(name, 0, count, error=said), b"", theirs.get(name, b"")
        else:
            yield compare(name, packages[name], ours, theirs[name]), ours, theirs[name]


def _printed(name: str, package: bytes) -> bytes | str:
    try:
        return print_document(witness.common(package), name).pdf
    except SalesdocsError as error:
        return str(error)


# -- for people ----------------------------------------------------------------------------------


def line(pair: Pair) -> str:
    """Return what to read about a file: a line, and one for each page that is not the same."""
    if pair.error:
        return f"{pair.file}\n    {pair.error}"
    lines = [
        f"{pair.file}\n    pages {pair.ours}/{pair.theirs}, worst {pair.worst:.3f}, apart {pair.apart:.2f} pt"
    ]
    for page in pair.pages:
        if page.equal < 1 or abs(page.dy) > 1 or page.outside:
            outside = f", {page.outside} letters outside" if page.outside else ""
            lines.append(
                f"    {page.number:3}: {page.equal:.3f}, dy {page.dy:+.2f}, dx {page.dx:+.2f}{outside}"
            )
            if page.equal < 1:
                lines.append(f"         ours   {page.ours}\n         theirs {page.theirs}")
            lines += [f"         {step:+7.2f} from {words}" for step, words in page.steps[:6]]
    return "\n".join(lines)


def pictures(ours: bytes, theirs: bytes, scale: float = 1.0) -> Iterator[Image.Image]:
    """Yield each pair of pages side by side: ours, LibreOffice's, and one over the other."""
    both = [pypdfium2.PdfDocument(pdf) for pdf in (ours, theirs)]
    for number in range(max(len(document) for document in both)):
        drawn = [
            document[number].render(scale=scale).to_pil().convert("L") if number < len(document) else None
            for document in both
        ]  # fmt: skip
        size = tuple(max(edge) for edge in zip(*(page.size for page in drawn if page), strict=True))
        mine, its = (_on_paper(page, size) for page in drawn)
        over = Image.merge("RGB", (its, ImageChops.darker(mine, its), mine))
        strip = Image.new("RGB", (size[0] * 3 + 8, size[1]), "grey")
        for at, page in enumerate((mine, its, over)):
            strip.paste(page.convert("RGB"), (at * (size[0] + 4), 0))
        ImageDraw.Draw(strip).text((4, 2), f"ours {number + 1}", fill="red")
        yield strip


def _on_paper(page: Image.Image | None, size: tuple[int, ...]) -> Image.Image:
    paper = Image.new("L", (size[0], size[1]), 255)
    if page is not None:
        paper.paste(page)
    return paper


def _files(places: Iterable[str]) -> list[Path]:
    found: list[Path] = []
    for place in map(Path, places):
        found += sorted(place.rglob("*.docx")) if place.is_dir() else [place]
    return found


def main() -> int:
    """Compare the files named; return 1 when a page differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+", help="Word files, or folders of them")
    parser.add_argument("--json", action="store_true", help="one object per file")
    parser.add_argument("--pictures", type=Path, help="a folder for pairs of pages")
    parser.add_argument("--scale", type=float, default=1.0, help="pixels per point")
    parser.add_argument("--all", action="store_true", help="name the files that are the same, too")
    arguments = parser.parse_args()
    packages = {str(file): file.read_bytes() for file in _files(arguments.files)}
    compared = []
    for pair, ours, theirs in pairs(packages):
        compared.append(pair)
        if arguments.json:
            _say(json.dumps(asdict(pair), ensure_ascii=False))
        elif arguments.all or pair.worst < 1 or pair.apart > 1:
            _say(line(pair))
        if arguments.pictures and ours and theirs:
            arguments.pictures.mkdir(parents=True, exist_ok=True)
            for number, picture in enumerate(pictures(ours, theirs, arguments.scale), start=1):
                picture.save(arguments.pictures / f"{Path(pair.file).stem}-{number:03}.png")
    if not arguments.json:
        _say(summary(compared))
    return int(any(pair.worst < 1 for pair in compared))


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def summary(compared: Sequence[Pair]) -> str:
    """Return the figures of all files together."""
    pages = [page for pair in compared for page in pair.pages]
    same = sum(page.equal == 1 for page in pages)
    counts = sum(pair.ours == pair.theirs for pair in compared)
    apart = median([abs(page.dy) for page in pages] or [0])
    return (
        f"{len(compared)} files, {counts} of as many pages; {same} of {len(pages)} pages the same"
        f"; median |dy| {apart:.2f} pt, greatest {max((pair.apart for pair in compared), default=0):.2f}"
    )


if __name__ == "__main__":
    sys.exit(main())
