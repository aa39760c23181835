"""What a rule is, and the list of all rules, which each rule enters by its decorator."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final, NamedTuple

from salesdocs.case.model import Case
from salesdocs.case.paths import leaves, pattern_of
from salesdocs.findings import NOTHING, Phrase
from salesdocs.process.fields import FILLED_BY, Audience, Field, missing_values
from salesdocs.process.library import Library
from salesdocs.process.policy import Policy
from salesdocs.rules.others import OtherCase as OtherCase  # noqa: PLC0414  (rules take it from here)
from salesdocs.rules.secrets import leaks, secrets_of, visible_texts

_ABOUT_THE_CONTRACT: Final = (
    "contract.approvals",
    "contract.approval_form",
    "contract.clauses",
    "contract.internal",
)


SIDES: Final = (
    ("a", "customer", Phrase("甲方", "Party A")),
    ("b", "supplier", Phrase("乙方", "Party B")),
)
"""Each side of the contract: its key there, the block with its own data, what papers call it."""

BINDING: Final = ("contract", "supplement", "letter_of_intent", "nda")
"""The papers that bind both parties, by their ids."""


class Hit(NamedTuple):
    """What a rule objects to: the case path, and what is wrong with the value there.

    `hint` is said in place of the rule's own advice where more can be said.
    """

    path: str
    message: Phrase
    hint: Phrase = NOTHING


def missing_hit(path: str, entry: Field) -> Hit:
    """Return what is said of a required value that is missing: who fills it in, and how."""
    who = FILLED_BY[entry.by]
    example = Phrase(f"，例如 {entry.example}", f", such as {entry.example}")
    if not entry.example:
        example = NOTHING
    return Hit(
        path,
        Phrase(f"缺少“{entry.zh}”", f"“{entry.en}” is missing"),
        Phrase(f"由{who.zh}填写{example.zh}；{entry.note}", f"filled in by {who.en}{example.en}"),
    )


@dataclass(frozen=True)
class Deal:
    """What a rule looks at: the case, the library with its policy, the other cases if known."""

    case: Case
    library: Library
    others: tuple[OtherCase, ...] = ()
    tree: Mapping[str, Any] = field(default_factory=dict)
    at_stage: int | None = None

    @property
    def stage(self) -> int:
        """Return the stage by which the case is judged, by default the one it has reached."""
        return self.at_stage or int(self.case.meta.stage or 1)

    @cached_property
    def missing(self) -> tuple[tuple[Field, Hit], ...]:
        """Return each required value that the case lacks at its stage: the field, and a hit."""
        catalogue = self.library.catalogue
        found = missing_values(self.case, self.stage, catalogue)
        return tuple((entry, missing_hit(path, entry)) for path, entry in found)

    def secrets(self, audience: Audience) -> list[tuple[str, str]]:
        """Return (path, text) of what would give away something that `audience` may not read."""
        return secrets_of(self.case, self.tree, audience, self.library.catalogue)

    @property
    def leaks(self) -> Iterator[tuple[str, str]]:
        """Yield (path of a text that customers see, path of the secret that stands in it)."""
        catalogue = self.library.catalogue
        everything = "\n".join(visible_texts(self.tree, "customer", catalogue))
        standing = [each for each in self.secrets("customer") if each[1] in everything]
        for path, text in self.texts.items() if standing else ():
            if catalogue.audience_of(pattern_of(path)) == "customer":
                found = leaks({path: text}, standing)
                if found:
                    yield path, found[0][0]

    @cached_property
    def values(self) -> tuple[tuple[str, Any], ...]:
        """Return path and value of everything that a person wrote into the case."""
        return tuple(leaves(self.case))

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Return every text that a person wrote into the case, by its path; no codes or choices."""
        return {path: value for path, value in self.values if type(value) is str}

    @cached_property
    def _texts_by_block(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        blocks: dict[str, list[tuple[str, str]]] = {}
        for path, text in self.texts.items():
            blocks.setdefault(path.partition(".")[0].partition("[")[0], []).append((path, text))
        return {block: tuple(texts) for block, texts in blocks.items()}

    def texts_below(self, *roots: str) -> Iterator[tuple[str, str]]:
        """Yield path and text of what was written below any of the paths."""
        for root in roots:
            for path, text in self._texts_by_block.get(root.partition(".")[0], ()):
                if path.startswith(root) and path[len(root) : len(root) + 1] in (".", "["):
                    yield path, text

    def contract_texts(self) -> Iterator[tuple[str, str]]:
        """Yield path and text of what was written into the contract itself, not on its approval."""
        for path, text in self.texts_below("contract"):
            if not path.startswith(_ABOUT_THE_CONTRACT):
                yield path, text

    @property
    def policy(self) -> Policy:
        """Return the thresholds of the house."""
        return self.library.policy

    @property
    def mode(self) -> str:
        """Return the procurement mode, `direct` where the case names none."""
        return str(self.case.meta.procurement_mode or "direct")

    @property
    def is_tender(self) -> bool:
        """Return whether price and plan may not be negotiated (Tender Law, art. 43)."""
        return bool(self.case.meta.public)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a finished paper: its text, whether it is bold, the article or annex it heads.

    Articles and annexes are numbered by Word, so that their numbers stand in no text.
    """

    text: str
    bold: bool = False
    article: int = 0
    annex: int = 0


_BLOCKS: Final = {
    "letter_of_intent": "intent",
    "supplement": "contract.supplements",
    "quote_sheet": "proposal.quote",
    "confirmation_letter": "proposal.confirmation",
    "payment_letter": "contract.payments",
}


@dataclass(frozen=True)
class PaperText:
    """The words of a finished paper as its reader sees them, notes and headers last."""

    document: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Return all lines, one below the other."""
        return "\n".join(line.text for line in self.lines)

    @property
    def path(self) -> str:
        """Return the case path of the block that the paper is made of."""
        return _BLOCKS.get(self.document, self.document)


CaseCheck = Callable[[Deal], Iterator[Hit]]
PaperCheck = Callable[[Deal, PaperText], Iterator[Hit]]
ValueCheck = Callable[[Any], Phrase | None]


class Rule:
    """A rule: its words, and its functions by what they look at.

    `on_case` look at the case, `on_paper` at a finished paper, `on_value` at one value while the
    file is read, where reading itself reports it. The words are read off the docstring when asked
    for, because most runs of most rules find nothing.
    """

    def __init__(
        self, rule_id: str, explained_by: Callable[..., object], english: _English
    ) -> None:
        self.id = rule_id
        self.explained_by = explained_by
        self._english = english
        self.on_case: list[CaseCheck] = []
        self.on_paper: list[tuple[tuple[str, ...], PaperCheck]] = []
        self.on_value: list[ValueCheck] = []

    @cached_property
    def _page(self) -> Mapping[str, str]:
        return page_of(self.explained_by)

    @property
    def title(self) -> Phrase:
        """What holds when all is well."""
        return Phrase(self._page["title"], self._english.title)

    @property
    def why(self) -> str:
        """Why it matters, in Chinese."""
        return self._page["why"]

    @property
    def fix(self) -> Phrase:
        """What to do instead."""
        return Phrase(self._page["fix"].rstrip("。"), self._english.fix)

    @property
    def basis(self) -> Phrase:
        """The law, standard or house rule it rests on."""
        return Phrase(self._page["basis"].rstrip("。"), self._english.basis)


class _English(NamedTuple):
    title: str
    fix: str
    basis: str


_RULES: Final[dict[str, Rule]] = {}


def rule(
    rule_id: str, *, title: str = "", fix: str = "", basis: str = ""
) -> Callable[[CaseCheck], CaseCheck]:
    """Enter a function that looks at the case as the rule of that id.

    `title`, `fix` and `basis` are its English; a function without them joins the rule that stands
    above it in the module.
    """

    def enter(check: CaseCheck) -> CaseCheck:
        _entered(rule_id, check, title, fix, basis).on_case.append(check)
        return check

    return enter


def paper_rule(
    rule_id: str, *, papers: tuple[str, ...], title: str = "", fix: str = "", basis: str = ""
) -> Callable[[PaperCheck], PaperCheck]:
    """Enter a function that looks at the finished papers of some kinds, as `rule` does."""

    def enter(check: PaperCheck) -> PaperCheck:
        _entered(rule_id, check, title, fix, basis).on_paper.append((papers, check))
        return check

    return enter


def value_rule(
    rule_id: str, *, title: str, fix: str, basis: str
) -> Callable[[ValueCheck], ValueCheck]:
    """Enter a function that looks at one value as written; reading a case reports it."""

    def enter(check: ValueCheck) -> ValueCheck:
        _entered(rule_id, check, title, fix, basis).on_value.append(check)
        return check

    return enter


def _entered(rule_id: str, check: Callable[..., object], title: str, fix: str, basis: str) -> Rule:
    """Return the rule of that id; raises ValueError for one that explains itself twice or never."""
    if (rule_id in _RULES) == bool(title):
        raise ValueError(f"{rule_id} needs one function that explains it")
    if title:
        _RULES[rule_id] = Rule(rule_id, check, _English(title, fix, basis))
    return _RULES[rule_id]


_PARTS: Final[Mapping[str, str]] = {"为什么：": "why", "怎么改：": "fix", "依据：": "basis"}


def page_of(check: Callable[..., object]) -> dict[str, str]:
    """Return the parts of a rule's docstring: `title`, `why`, `fix`, `basis`.

    Raises ValueError for a docstring that lacks one of them: a rule nobody can explain is none.
    """
    first, *rest = inspect.cleandoc(check.__doc__ or "").split("\n\n")
    parts = {"title": first.replace("\n", "").rstrip("。")}
    for paragraph in rest:
        for head, name in _PARTS.items():
            if paragraph.startswith(head):
                parts[name] = paragraph.removeprefix(head).replace("\n", "").strip()
    missing = [name for name in ("title", *_PARTS.values()) if not parts.get(name)]
    if missing:
        raise ValueError(f"the docstring of {check.__name__} lacks {', '.join(missing)}")
    return parts


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return every rule by its id, sorted; imports the modules of this package to find them."""
    package = import_module("salesdocs.rules")
    for module in sorted(info.name for info in iter_modules(package.__path__)):
        import_module(f"{package.__name__}.{module}")
    return dict(sorted(_RULES.items()))
