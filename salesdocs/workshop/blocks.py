"""Everything a document module builds with, in one import."""

from salesdocs.findings import Phrase
from salesdocs.workshop.figures import BarChart, KeyFigures, Series
from salesdocs.workshop.forms import Band, Field, Form, FormRows, field
from salesdocs.workshop.front import Contents, Cover, TitleBlock
from salesdocs.workshop.layout import Layout
from salesdocs.workshop.page import Landscape
from salesdocs.workshop.paragraphs import (
    Annex,
    Bullets,
    Clause,
    Each,
    Heading,
    PageBreak,
    Paragraph,
    When,
)
from salesdocs.workshop.signing import (
    Attachments,
    Closing,
    FillingNotes,
    Party,
    Signatures,
    SignIn,
    SignOff,
)
from salesdocs.workshop.tables import UNIT_YUAN, Column, SpanRow, Stack, Table
from salesdocs.workshop.words import (
    NONE,
    Break,
    Faint,
    Given,
    Label,
    Lines,
    Link,
    PageNumber,
    Strong,
    Tab,
    Words,
)

__all__ = [
    "NONE",
    "UNIT_YUAN",
    "Annex",
    "Attachments",
    "Band",
    "BarChart",
    "Break",
    "Bullets",
    "Clause",
    "Closing",
    "Column",
    "Contents",
    "Cover",
    "Each",
    "Faint",
    "Field",
    "FillingNotes",
    "Form",
    "FormRows",
    "Given",
    "Heading",
    "KeyFigures",
    "Label",
    "Landscape",
    "Layout",
    "Lines",
    "Link",
    "PageBreak",
    "PageNumber",
    "Paragraph",
    "Party",
    "Phrase",
    "Series",
    "SignIn",
    "SignOff",
    "Signatures",
    "SpanRow",
    "Stack",
    "Strong",
    "Tab",
    "Table",
    "TitleBlock",
    "When",
    "Words",
    "field",
]
