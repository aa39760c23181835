"""Tables for a terminal: a Chinese character takes two columns, lines break as in print.

Chinese has no spaces to break at, so any two characters may part, but no line begins with a closing
mark and no Latin word is cut that would fit on a line of its own.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

import click

_GAP: Final = "  "
_NARROWEST: Final = 8
_LONGEST_NUMBER: Final = 13  # longer ones are cut rather than take the room of others
_UNIT: Final = re.compile(r"[!-~]+|\s+|.", re.DOTALL)
_NUMBER: Final = re.compile(r"[!-~]*\d[!-~]*", re.ASCII)
_PIECE: Final = re.compile(r"[._/]?[^._/]+|[._/]+")
_CLOSING: Final = frozenset("，。；：、！？）】》」』〉”’…％%,.;:!?)]}")


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table as wide as the terminal allows; in a pipe each row is one line."""
    for number, line in enumerate(table_lines(head, rows, columns_there())):
        click.secho(line, bold=True) if number == 0 else click.echo(line)


def table_lines(
    head: Sequence[str], rows: Sequence[Sequence[str]], room: int | None = None
) -> list[str]:
    """Return the lines of a table of at most `room` columns; None for as wide as it comes."""
    widths = [max(map(width, column)) for column in zip(head, *rows, strict=True)]
    if room is not None:
        room -= len(_GAP) * (len(widths) - 1)
        if sum(widths) > room:
            numbers = [_longest_number(column) for column in zip(head, *rows, strict=True)]
            widths = _fitted(widths, numbers, room)
    lines = _row_lines(head, widths)
    lines.append("─" * (sum(widths) + len(_GAP) * (len(widths) - 1)))
    for row in rows:
        lines += _row_lines(row, widths)
    return lines


def width(text: str) -> int:
    """Return the number of columns that a text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def wrapped(text: str, room: int) -> list[str]:
    """Return the text in lines of at most `room` columns; an empty text is one empty line."""
    lines: list[list[str]] = [[]]
    for unit in _units(text, room):
        line = lines[-1]
        if _fits(line, [unit], room):
            if line or not unit.isspace():
                line.append(unit)
            continue
        carried = [] if unit.isspace() else [unit]
        # A closing mark takes what stands before it along to the next line.
        while (
            carried and carried[0] in _CLOSING and len(line) > 1 and _fits(line[-1:], carried, room)
        ):
            carried.insert(0, line.pop())
        lines.append(carried[1:] if carried and carried[0].isspace() else carried)
    return ["".join(line).rstrip() for line in lines]


def _fits(line: Sequence[str], more: Sequence[str], room: int) -> bool:
    return sum(map(width, line)) + sum(map(width, more)) <= room


def columns_there() -> int | None:
    """Return how many columns the terminal has; None in a pipe, where lines are never broken."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return None
    return shutil.get_terminal_size().columns


def _longest_number(cells: Sequence[str]) -> int:
    """Return the width of the longest number, day or amount of a column, which is not to be cut."""
    lengths = [len(number) for cell in cells for number in _NUMBER.findall(cell)]
    return max((length for length in lengths if length <= _LONGEST_NUMBER), default=0)


def _fitted(widths: list[int], numbers: list[int], room: int) -> list[int]:
    """Return the widths with the widest columns cut so that all fit.

    None is cut to less than a few, nor within a number as long as there is room for all of them.
    """

    def cut(least: Sequence[int]) -> list[int]:
        cut = widths
        for most in range(max(widths, default=0), _NARROWEST - 1, -1):
            cut = [max(min(each, most), low) for each, low in zip(widths, least, strict=True)]
            if sum(cut) <= room:
                break
        return cut

    fitted = cut(numbers)
    if sum(fitted) > room:
        fitted = cut([0] * len(widths))
    spare = room - sum(fitted)
    for index, each in enumerate(widths):
        if spare > 0 and each > fitted[index]:
            fitted[index] += 1
            spare -= 1
    return fitted


def _row_lines(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    columns = [wrapped(cell, room) for cell, room in zip(cells, widths, strict=True)]
    return [
        _GAP.join(
            part + " " * (room - width(part)) for part, room in zip(parts, widths, strict=True)
        ).rstrip()
        for parts in zip_longest(*columns, fillvalue="")
    ]


def _units(text: str, room: int) -> list[str]:
    """Return what may stand apart: words, gaps, single characters.

    Words that no line can hold part before a dot or slash, and anywhere if need be.
    """
    units: list[str] = []
    for unit in _UNIT.findall(text):
        for piece in [unit] if width(unit) <= room else _PIECE.findall(unit):
            units += [piece[start : start + room] for start in range(0, len(piece), room)]
    return units


def _columns(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
