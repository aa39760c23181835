"""Fonts of this machine: which stack draws a text, and which characters none of them has."""

from __future__ import annotations

from salesdocs.pdf.families import stack

__all__ = ["stack"]
