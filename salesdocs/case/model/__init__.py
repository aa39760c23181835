"""The typed case: `Case` and everything in it."""

from salesdocs.case.model.case import Case

__all__ = ["Case"]
