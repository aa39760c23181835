"""Reads what a Word file shows: its text as laid out, every look resolved, no style left to ask.

`read(package, file)` returns a `Shown`. What it meets and does not know is in `Shown.unknown`.
"""

from salesdocs.word.shown.read import read

__all__ = ["read"]
