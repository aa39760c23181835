"""Everything a document module builds with, in one import.

A module `documents/<id>.py` holds one `LAYOUT`; its name is the id, there is no list to edit.

- Words are a `Phrase` in both languages or a plain `str` of tags and digits. Text and tags mix
  freely: `Phrase("总价为{{ contract.amount | yuan }}。", …)`; each tag gets a run of its own, and
  nobody writes `{%p` or `{%tr`. No blank is typed between Chinese and digits: the style sets it.
- Labels come from the catalogue (`field("contract.amount", "yuan")`, `Label(path)`).
- Loops and conditions are `Each`, `When` around blocks, `Lines`, `Given` within words, `each` and
  `rows` of tables, `FormRows` of forms. They hold neither `%` nor `}`, call nothing, and need no
  `or ''`: a missing value prints `/`.
- Reports number every data table with a `caption`, forms have none. Dates are `iso` in tables and
  forms, `day` in sentences, letters and beside signatures.
- Tables break between rows. `together` and `Together` are for what is signed, or too short to part.
- Room for a signature stays empty: who signs is named beside it, not in it.
- A `GanttChart` draws `delivery.gantt` as cells of a table, for any number of bars and months.
- A contract is `Articles` of the clause library; what counts for its fingerprint stands in
  `CountedText`, and whatever prints `{{ document.fingerprint }}` gets that of the contract.
- A `BarChart` stands in no loop, its `each` has no `if`. Neither tables nor `FormRows` nest.
"""

from salesdocs.findings import Phrase
from salesdocs.workshop.clauses import (
    AnnexClauses,
    Articles,
    CountedText,
    annex_bookmark,
    clause_title,
    concession,
)
from salesdocs.workshop.figures import BarChart, KeyFigures, Series
from salesdocs.workshop.forms import Band, Field, Form, FormRows, field
from salesdocs.workshop.front import Contents, Cover, TitleBlock
from salesdocs.workshop.gantt import GanttChart
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
from salesdocs.workshop.questions import BOX, Options, Question, WritingLines, box, ticked
from salesdocs.workshop.signing import (
    WRITE_DAY,
    Attachments,
    Closing,
    FillingNotes,
    Party,
    Signatures,
    SignIn,
    SignOff,
    first_of,
)
from salesdocs.workshop.tables import (
    UNIT_YUAN,
    Beside,
    Column,
    Rows,
    SpanRow,
    Stack,
    Table,
    Tinted,
    Together,
    numbers,
)
from salesdocs.workshop.words import (
    COMMA,
    NONE,
    SEMICOLON,
    STOP,
    Break,
    Faint,
    Given,
    Label,
    Lines,
    Link,
    PageNumber,
    Ref,
    Strong,
    Tab,
    Words,
    answer,
    ids,
    sentence,
)

__all__ = [
    "BOX",
    "COMMA",
    "NONE",
    "SEMICOLON",
    "STOP",
    "UNIT_YUAN",
    "WRITE_DAY",
    "Annex",
    "AnnexClauses",
    "Articles",
    "Attachments",
    "Band",
    "BarChart",
    "Beside",
    "Break",
    "Bullets",
    "Clause",
    "Closing",
    "Column",
    "Contents",
    "CountedText",
    "Cover",
    "Each",
    "Faint",
    "Field",
    "FillingNotes",
    "Form",
    "FormRows",
    "GanttChart",
    "Given",
    "Heading",
    "KeyFigures",
    "Label",
    "Landscape",
    "Layout",
    "Lines",
    "Link",
    "Options",
    "PageBreak",
    "PageNumber",
    "Paragraph",
    "Party",
    "Phrase",
    "Question",
    "Ref",
    "Rows",
    "Series",
    "SignIn",
    "SignOff",
    "Signatures",
    "SpanRow",
    "Stack",
    "Strong",
    "Tab",
    "Table",
    "Tinted",
    "TitleBlock",
    "Together",
    "When",
    "Words",
    "WritingLines",
    "annex_bookmark",
    "answer",
    "box",
    "clause_title",
    "concession",
    "field",
    "first_of",
    "ids",
    "numbers",
    "sentence",
    "ticked",
]
