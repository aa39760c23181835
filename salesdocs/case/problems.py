"""What a validator of the model says when a value is wrong: a bilingual sentence with a rule id.

A validator raises the error; `salesdocs.case.load` turns it into a `Finding` with path and place.
"""

from __future__ import annotations

from pydantic_core import PydanticCustomError

SCHEMA_VERSION = "CASE-01"
UNKNOWN_KEY = "CASE-02"
WRONG_KIND = "CASE-03"
UNKNOWN_CHOICE = "CASE-04"
WRONG_VALUE = "CASE-05"
UNKNOWN_REFERENCE = "CASE-06"
DUPLICATE_ID = "CASE-07"


def problem(
    rule: str, zh: str, en: str, hint_zh: str = "", hint_en: str = ""
) -> PydanticCustomError:
    """Return the error a validator raises: rule id, what is wrong, what to do (zh and en).

    An unknown reference must carry the rule `UNKNOWN_REFERENCE`: the loader leaves these out when
    a part of the file could not be read, because the missing row may stand in that part.
    """
    context = {"zh": zh, "en": en, "hint_zh": hint_zh, "hint_en": hint_en}
    return PydanticCustomError(rule, "{en}", context)
