"""The directives there are: what each takes, and the function that says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from salesdocs.findings import Finding, Phrase
from salesdocs.playbook.book import Book
from salesdocs.playbook.directives import Directive, expand
from salesdocs.playbook.model import Page

Component = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Argument:
    """What may stand behind a directive's name: the names of one kind."""

    kind: Phrase
    names: Callable[[Book], Iterable[str]]
    optional: bool = False


STAGE: Final = Argument(
    Phrase("阶段", "stage"), lambda book: (str(stage.number) for stage in book.library.stages)
)
STAGE_OR_NONE: Final = Argument(STAGE.kind, STAGE.names, optional=True)
STAGE_OR_ALL: Final = Argument(STAGE.kind, lambda book: ("0", *STAGE.names(book)))
DOCUMENT: Final = Argument(Phrase("文件", "document"), lambda book: book.documents)
ROLE: Final = Argument(Phrase("角色", "role"), lambda book: book.library.roles)
RULE: Final = Argument(Phrase("规则", "rule"), lambda book: book.rules)
GROUP: Final = Argument(
    Phrase("规则组", "group of rules"),
    lambda book: dict.fromkeys(rule[:3] for rule in book.rules),
)
ARTICLE: Final = Argument(
    Phrase("条款", "article"), lambda book: (article.id for article in book.library.articles)
)
THRESHOLD: Final = Argument(
    Phrase("规定", "threshold"),
    lambda book: dict.fromkeys(
        name
        for threshold in book.library.policy
        for name in (threshold.name.partition(".")[0], threshold.name)
    ),
)


@dataclass(frozen=True, slots=True)
class _Known:
    component: Component
    arguments: tuple[Argument, ...]


_COMPONENTS: Final[dict[str, _Known]] = {}


def component(name: str, *arguments: Argument) -> Callable[[Component], Component]:
    """Enter a function as a directive: it gets the book, the page's place, the arguments."""

    def enter(function: Component) -> Component:
        _COMPONENTS[name] = _Known(function, arguments)
        return function

    return enter


def directive_names() -> tuple[str, ...]:
    """Return the names of all directives."""
    return tuple(sorted(_COMPONENTS))


def arguments_of(name: str) -> tuple[Argument, ...]:
    """Return what a directive takes."""
    return _COMPONENTS[name].arguments


@dataclass
class _Expansion:
    """The directives of one page, and what is wrong with them."""

    book: Book
    page: Page
    findings: list[Finding] = field(default_factory=list)

    def said(self, directive: Directive) -> str:
        known = _COMPONENTS.get(directive.name)
        if known is None:
            self._unknown(
                directive.line, Phrase("指令", "directive"), directive.name, _COMPONENTS, "SITE-01"
            )
            return ""
        if not self._fits(directive, known.arguments):
            return ""
        return known.component(self.book, self.page.uri, *directive.arguments)

    def malformed(self, line: int, written: str) -> None:
        self._tell(
            line,
            Phrase(f"指令写法不对：{written}", f"no directive is written so: {written}"),
            Phrase(
                "写成“::: 名称 参数”，独占一行，如 ::: form contract",
                "write `::: name argument` on a line of its own: ::: form contract",
            ),
            "SITE-03",
        )

    def _fits(self, directive: Directive, wanted: tuple[Argument, ...]) -> bool:
        least = sum(not argument.optional for argument in wanted)
        if not least <= len(directive.arguments) <= len(wanted):
            kinds_zh = " ".join(argument.kind.zh for argument in wanted)
            kinds_en = " ".join(argument.kind.en for argument in wanted)
            self._tell(
                directive.line,
                Phrase(
                    f"::: {directive.name} 的参数个数不对",
                    f"::: {directive.name} has another number of arguments",
                ),
                Phrase(
                    f"写成 ::: {directive.name} {kinds_zh}".rstrip(),
                    f"write ::: {directive.name} {kinds_en}".rstrip(),
                ),
                "SITE-02",
            )
            return False
        fits = True
        for argument, name in zip(wanted, directive.arguments, strict=False):
            names = list(argument.names(self.book))
            if name not in names:
                self._unknown(directive.line, argument.kind, name, names, "SITE-02")
                fits = False
        return fits

    def _unknown(self, line: int, kind: Phrase, name: str, known: Iterable[str], rule: str) -> None:
        names = list(known)
        folded = {each.casefold(): each for each in names}
        near = [
            folded[each] for each in get_close_matches(name.casefold(), folded, n=3, cutoff=0.5)
        ]
        shown = near or names[:12]
        more = "" if near or len(names) <= len(shown) else " …"
        self._tell(
            line,
            Phrase(f"没有这个{kind.zh}：{name}", f"there is no such {kind.en}: {name}"),
            Phrase(
                f"{'是否指' if near else '可用'}：{'、'.join(shown)}{more}",
                f"{'did you mean' if near else 'there are'} {', '.join(shown)}{more}",
            ),
            rule,
        )

    def _tell(self, line: int, message: Phrase, hint: Phrase, rule: str) -> None:
        file = self.page.file or self.page.uri
        place = self.page.first_line + line - 1
        self.findings.append(Finding("error", message, rule, file=file, line=place, hint=hint))


def expanded(book: Book, page: Page) -> tuple[str, list[Finding]]:
    """Return the page's Markdown with its directives replaced, and what is wrong with them."""
    expansion = _Expansion(book, page)
    text = expand(page.text, expansion.said, expansion.malformed)
    return text, expansion.findings
