"""Every component on one page: `python -m tests.playbook.gallery FOLDER` writes it and its pictures.

The page is `gallery.html`; its directives are expanded as those of any other page, so that what is
looked at here is what the playbook shows.
"""

from __future__ import annotations

import shutil
import sys
from functools import cache
from io import BytesIO
from pathlib import Path

from markdown import Markdown
from PIL import Image, ImageDraw

from salesdocs.playbook.book import Book
from salesdocs.playbook.components import expanded
from salesdocs.playbook.model import Download, Kind, Page
from salesdocs.playbook.ticks import with_ticks
from salesdocs.playbook.tooltips import Tooltips
from tests import world
from tests.playbook.browser import browser

ASSETS = world.ROOT / "salesdocs" / "playbook" / "assets"
FRAME = Path(__file__).with_name("gallery.html")
SCHEMES = ("default", "slate")
WIDTHS = (1280, 390)
_BYTES: dict[Kind, tuple[str, int]] = {
    "blank": ("docx", 37_900),
    "form": ("pdf", 163_000),
    "sample": ("docx", 41_200),
    "printed": ("pdf", 212_000),
    "starter": ("yaml", 2_100),
    "picture": ("png", 24_000),
}


@cache
def book() -> Book:
    """The shipped library, as if each of its documents had all its files."""
    library = world.library()
    made = tuple(
        Download(
            f"files/{document.id}/{kind}.{suffix}",
            f"{document.title.zh}.{suffix}",
            kind,
            document.id,
            "",
            paper,
            document.title,
            (480, 679) if kind == "picture" else None,
        )
        for document in library.documents
        for kind, (suffix, _) in _BYTES.items()
    )
    sizes = {each.uri: _BYTES[each.kind][1] for each in made}
    return Book(library, "zh", made, sizes, world.sample().case)


def paper() -> bytes:
    """A page with lines, in place of the picture of a document."""
    picture = Image.new("L", (480, 679), 255)
    pen = ImageDraw.Draw(picture)
    for top in range(60, 620, 28):
        pen.rectangle((50, top, 430 if top % 3 else 300, top + 8), 200)
    data = BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def markdown_of(text: str) -> str:
    """Return the HTML of a page, with the extensions that the plugin asks for."""
    extensions = ["attr_list", "def_list", "md_in_html", "tables", "sane_lists"]
    terms = Tooltips(book().library.glossary, "zh", "gallery.md")
    return Markdown(extensions=[*extensions, terms]).convert(text)


def write(folder: Path) -> dict[str, Path]:
    """Write the gallery in both schemes with what it loads; return the pages by scheme."""
    frame, _, rest = FRAME.read_text(encoding="utf-8").partition("<main>\n")
    body, _, foot = rest.partition("</main>")
    # A block of HTML ends at a blank line, where Markdown begins.
    text = body.replace("</h2>\n", "</h2>\n\n").replace("</h3>\n", "</h3>\n\n")
    text = text.replace("</div>\n<h3", "</div>\n\n<h3").replace("\n:::", "\n\n:::")
    said, findings = expanded(book(), Page("gallery.md", "组件样张", text))
    assert findings == []
    html = markdown_of(with_ticks(said, "gallery.md")).replace('"gallery.md#', '"#')
    shutil.copytree(ASSETS, folder / "assets", dirs_exist_ok=True)
    for download in book().downloads:
        if download.kind == "picture":
            place = folder / download.uri
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(paper())
    pages = {}
    for scheme in SCHEMES:
        pages[scheme] = folder / f"{scheme}.html"
        head = frame.format(scheme=scheme)
        pages[scheme].write_text(f"{head}<main>\n{html}\n</main>{foot}", encoding="utf-8")
    return pages


def main(folder: Path) -> None:
    """Write the gallery and a picture of it in each scheme and width."""
    pages = write(folder)
    with browser() as chromium:
        for scheme, place in pages.items():
            for width in WIDTHS:
                page = chromium.new_page(viewport={"width": width, "height": 900})
                page.goto(place.as_uri())
                for picture in page.locator("img").all():
                    picture.scroll_into_view_if_needed()
                page.screenshot(path=folder / f"{scheme}-{width}.png", full_page=True)
                page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
