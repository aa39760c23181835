"""What a finished part reads like: its paragraphs, which are bold, which head an article."""

from __future__ import annotations

from xml.parsers import expat

from salesdocs.rules.registry import Line, PaperText

_ARTICLE_STYLE = "Clause1"
_ANNEX_STYLE = "Annex"
_BOLD_STYLE = "Strong"


def read_paper(document: str, body: bytes) -> PaperText:
    """Return the lines of the body of a finished Word document.

    A paragraph is bold when all its words are; articles are counted as their automatic numbers are.
    """
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.Parse(body, True)
    return PaperText(document, tuple(reader.lines))


class _Reader:
    """Collects paragraphs while a part is parsed; paragraphs within paragraphs do not occur."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._counted = {_ARTICLE_STYLE: 0, _ANNEX_STYLE: 0}
        self._pieces: list[str] = []
        self._plain = False
        self._style = ""
        self._in_text = False
        self._in_run = False
        self._bold = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""
        if name == "w:t":
            self._in_text = True
        elif name == "w:r":
            self._in_run, self._bold = True, False
        elif name == "w:p":
            self._pieces, self._plain, self._style = [], False, ""
        elif name == "w:pStyle":
            self._style = attributes.get("w:val", "")
        elif name == "w:rStyle" and attributes.get("w:val") == _BOLD_STYLE:
            self._bold = True
        elif name == "w:b" and self._in_run:
            self._bold = attributes.get("w:val", "true") not in ("0", "false")
        elif name == "w:tab" and self._in_run:
            self._pieces.append(" ")

    def end(self, name: str) -> None:
        """Take note of an element that ends."""
        if name == "w:t":
            self._in_text = False
        elif name == "w:r":
            self._in_run = False
        elif name == "w:p":
            self._line()

    def text(self, words: str) -> None:
        """Take the words of a run."""
        if self._in_text:
            self._pieces.append(words)
            self._plain |= not self._bold and not words.isspace()

    def _line(self) -> None:
        text = "".join(self._pieces).strip()
        if self._style in self._counted:
            self._counted[self._style] += 1
        if text:
            article, annex = (
                number if style == self._style else 0 for style, number in self._counted.items()
            )
            self.lines.append(Line(text, not self._plain, article, annex))
