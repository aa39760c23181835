"""Collects the lines of a generated function; text and values between statements go in one call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text to put out, or a form with the expressions that fill it."""

    form: str
    expressions: tuple[str, ...]
    place: int


@dataclass(slots=True)
class Writer:
    """Lines of source with their template lines.

    Text and values between two control statements are put out at once. `indent` counts levels,
    `marks` the bookmarks opened since the last line.
    """

    lines: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    indent: int = 1
    place: int = 0
    pieces: list[_Piece] = field(default_factory=list)
    marks: int = 0

    def text(self, data: str) -> None:
        """Put out text of the template."""
        if self.pieces and not self.pieces[-1].expressions:
            data = self.pieces.pop().form + data
        if data:
            self.pieces.append(_Piece(data, (), self.place))

    def value(self, form: str, *expressions: str) -> None:
        """Put out what `form` makes of the values of `expressions`; `%b` is bytes as they are."""
        self.pieces.append(_Piece(form, expressions, self.place))

    def code(self, line: str) -> None:
        """Write a statement, after all text before it."""
        self.flush()
        self._append(line, self.place)

    def flush(self) -> None:
        """Write the call that puts out what was collected."""
        pieces, self.pieces = self.pieces, []
        if not pieces:
            return
        if all(not piece.expressions for piece in pieces):
            self._append(f"put({pieces[0].form.encode()!r})", pieces[0].place)
        elif all(piece.form == "%b" for piece in pieces if piece.expressions):
            self._together("put_all((", pieces)
        else:
            # Where numbers stand in the text, C fills the whole of it faster than Python joins it.
            form = "".join(
                piece.form if piece.expressions else piece.form.replace("%", "%%")
                for piece in pieces
            )
            values = [piece for piece in pieces if piece.expressions]
            self._together(f"put({form.encode()!r} % (", values)
        if self.marks:
            self._append(f"mark += {self.marks}", self.place)
            self.marks = 0

    def _together(self, head: str, pieces: Sequence[_Piece]) -> None:
        """Write one call over several lines, each with the place of the value on it."""
        self._append(head, self.place)
        for piece in pieces:
            for expression in piece.expressions or (repr(piece.form.encode()),):
                self._append(f"    {expression},", piece.place)
        self._append("))", self.place)

    def _append(self, line: str, place: int) -> None:
        self.lines.append("    " * self.indent + line)
        self.places.append(place)
