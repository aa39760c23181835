"""One problem in something a person wrote: what is wrong, where, and what to do about it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "note"]
Language = Literal["zh", "en"]


class Phrase(NamedTuple):
    """The same sentence in both languages of the house."""

    zh: str
    en: str

    def text(self, lang: Language = "zh") -> str:
        """Return the sentence in `lang`."""
        return self.zh if lang == "zh" else self.en


NOTHING = Phrase("", "")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong (`message`), where (`file`, `line`, `column`, `path`), what to do (`hint`).

    `line` and `column` count from 1; 0 means the place is not known. `rule` is the stable id that
    a page, a disposition or a search can refer to.
    """

    severity: Severity
    message: Phrase
    rule: str
    path: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    hint: Phrase = NOTHING

    def text(self, lang: Language = "zh") -> str:
        """Return `file:line:column: severity: path: message [rule]`, the hint below."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        head = ": ".join(
            part for part in (place, self.severity, self.path, self.message.text(lang)) if part
        )
        hint = self.hint.text(lang)
        return f"{head} [{self.rule}]" + (f"\n    hint: {hint}" if hint else "")

    def as_dict(self, lang: Language = "zh") -> dict[str, str | int]:
        """Return the finding as plain data for `--format json`, its sentences in `lang`."""
        return asdict(self) | {"message": self.message.text(lang), "hint": self.hint.text(lang)}


def has_errors(findings: list[Finding]) -> bool:
    """Return whether any finding stops the work."""
    return any(finding.severity == "error" for finding in findings)
