"""The agreement on confidentiality that is signed before a study of needs."""

from salesdocs.case.model.base import Block
from salesdocs.case.model.scalars import Code, Count, Day, Flag, Text


class Nda(Block):
    """A confidentiality agreement; `mutual` unless only one side discloses."""

    doc_no: Code | None = None
    drafted: Day | None = None
    signed: Day | None = None
    place: Text | None = None
    purpose: Text | None = None
    mutual: Flag | None = None
    years: Count | None = None
    return_days: Count | None = None
    dispute: Text | None = None
