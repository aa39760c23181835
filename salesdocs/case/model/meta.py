"""What a case is called, where it stands, and which documents it has issued."""

from functools import cached_property

from salesdocs.calc import numbering
from salesdocs.case import choices
from salesdocs.case.model.base import Block, block
from salesdocs.case.model.parties import PersonRef
from salesdocs.case.model.scalars import Code, Day, Flag, Text


class Sizes(Block):
    """Statistical size of both sides; decides the payment rules for small companies."""

    supplier: choices.SizeClass | None = None
    customer: choices.SizeClass | None = None


class Meta(Block):
    """The case as a record; `as_of` is the day on which everything in it is looked at."""

    case_no: Code | None = None
    title: Text | None = None
    title_en: Text | None = None
    stage: choices.Stage | None = None
    status: choices.CaseStatus | None = None
    as_of: Day | None = None
    owner: PersonRef | None = None
    procurement_mode: choices.ProcurementMode | None = None
    sizes: Sizes = block(Sizes)
    locale: choices.Language | None = None

    @cached_property
    def _record(self) -> numbering.RecordNumber | None:
        return numbering.read_record_number(self.case_no or "")

    @cached_property
    def year(self) -> Code | None:
        """The year in the case number, as it stands in document numbers."""
        return f"{self._record.year:04}" if self._record else None

    @cached_property
    def seq(self) -> Code | None:
        """The running number in the case number, four digits, as in document numbers."""
        return f"{self._record.serial:04}" if self._record else None

    @cached_property
    def public(self) -> Flag:
        """Whether the customer buys by a public procedure."""
        mode = choices.ProcurementMode
        return self.procurement_mode in (mode.PUBLIC_TENDER, mode.COMPETITIVE_CONSULTATION)


class SignedOff(Block):
    """Who prepared, reviewed or approved a document, and when."""

    by: PersonRef | None = None
    date: Day | None = None


class Revision(Block):
    """A line of a document's revision history."""

    version: Code | None = None
    date: Day | None = None
    author: PersonRef | None = None
    change: Text | None = None


class DocumentRecord(Block):
    """A document that was issued; written by the program."""

    type: Code | None = None
    doc_no: Code | None = None
    version: Code | None = None
    date: Day | None = None
    status: choices.DocumentStatus | None = None
    row: Code | None = None
    file: Text | None = None
    sha256: Code | None = None
    commit: Code | None = None
    prepared_by: SignedOff = block(SignedOff)
    reviewed_by: SignedOff = block(SignedOff)
    approved_by: SignedOff = block(SignedOff)
    distribution: tuple[Text, ...] = ()
    retention: Text | None = None
    revisions: tuple[Revision, ...] = ()
