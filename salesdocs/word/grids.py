"""Whether the tables of a part have as many columns in their grid as their rows take."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat


def columns_fit(xml: bytes) -> bool:
    """Return whether no table of the part needs its grid counted anew.

    By docxtpl's count: no row has more cells than the grid has columns, and the widest row, spans
    counted, is as wide as the grid. A table within a table is left to docxtpl.
    """
    counter = _Counter()
    parser = expat.ParserCreate()
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    parser.Parse(xml, True)
    return counter.fits


@dataclass(slots=True)
class _Counter:
    """Counts the columns of one table after the other."""

    fits: bool = True
    _depth: int = 0
    _grid: int = 0
    _widest: int = 0
    _cells: int = 0
    _width: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Count an element that begins."""
        if name == "w:tc":
            self._cells += 1
            self._width += 1
        elif name == "w:gridSpan":
            self._width += int(attributes["w:val"]) - 1
        elif name == "w:tr":
            self._cells = self._width = 0
        elif name == "w:gridCol":
            self._grid += 1
        elif name == "w:tbl":
            self._depth += 1
            self.fits &= self._depth == 1
            self._grid = self._widest = 0

    def end(self, name: str) -> None:
        """Count an element that ends."""
        if name == "w:tr":
            self.fits &= self._cells <= self._grid
            self._widest = max(self._widest, self._width)
        elif name == "w:tbl":
            self._depth -= 1
            self.fits &= self._grid <= self._widest
