"""What a form says that somebody filled in: which form it is, and the text at each case path.

The same whether the form came back as a Word file or as a PDF, so that one way leads into the case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from salesdocs.findings import Finding


@dataclass(frozen=True, slots=True)
class Filled:
    """A returned form.

    `document` is its kind, `template` the SHA-256 of the Word template it was made from, `version`
    the program's, `case_no` the case it was made for; each is empty where the file does not say.
    `values` has the text of every field by case path with row numbers (`contacts[0].mobile`,
    `visit.date` in a paper for a row), as people read and write it: a ticked box is the code of
    what it stands for, several are joined by 、, a flag is 是 or 否, what was left blank is empty.
    `findings` say what was strange about the file and not taken.
    """

    document: str
    template: str = ""
    version: str = ""
    case_no: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
