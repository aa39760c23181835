"""What was said and agreed in talks, with its unit: prices as amounts, terms in days or months."""

from __future__ import annotations

from salesdocs.workshop.blocks import Given, Phrase, Words
from salesdocs.workshop.pricing import IN_YUAN


def spoken(row: str, text: str, number: str) -> Words:
    """Return what `row` says under `text`: its `number`, if it is one, as its topic is counted.

    `spoken("topic", "result", "result_number")` prints ¥1,128,000.00 of a price, 160日 of a
    delivery time, 12个月 of a warranty, and the text itself of all else.
    """
    path = f"{row}.{number}"

    def counted(topic: str, words: Words, otherwise: Words) -> Words:
        return Given(f"{row}.topic == '{topic}' and {path} is not none", words, otherwise)

    amount = Given(
        IN_YUAN,
        f"{{{{ {path} | yuan }}}}",
        (f"{{{{ {path} | money }}}}", Phrase("", " "), "{{ proposal.quote.currency | label }}"),
    )
    days = (f"{{{{ {path} | number }}}}", Phrase("日", " days"))
    months = (f"{{{{ {path} | number }}}}", Phrase("个月", " months"))
    return counted(
        "price",
        amount,
        counted("delivery", days, counted("warranty", months, f"{{{{ {row}.{text} }}}}")),
    )


def difference(row: str, path: str, unit: str = "") -> Words:
    """Return the difference at `path`: of prices as money, else with the unit at `unit`."""
    value = f"{row}.{path}"
    plain: Words = (
        f"{{{{ {value} | number }}}}",
        Given(f"{row}.{unit}", f"{{{{ {row}.{unit} }}}}") if unit else "",
    )
    shown = Given(f"{row}.topic == 'price'", f"{{{{ {value} | money }}}}", plain)
    return Given(f"{value} is none", "/", shown)
