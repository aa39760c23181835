"""The filters of our templates: value in, text out; a missing value passes through as missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import Any, Final

from salesdocs.calc import format as display
from salesdocs.findings import Language
from salesdocs.word.runtime import MISSING, RenderProblemError, item

Filter = Callable[..., Any]

# Filters that only change how a value looks: behind them a tag still prints the value of its path.
FORMATS: Final = frozenset(
    {
        "money", "yuan", "capitals", "wan", "number", "percent", "zhe", "vat", "day", "iso",
        "label", "names", "listed", "boxes", "score", "masked", "answer", "tick", "written",
    }
)  # fmt: skip

TICK: Final = "tick"
CHECKED: Final = "☑"
UNCHECKED: Final = "□"
_GAP: Final = "\u3000"


@cache
def filters_for(lang: Language) -> Filters:
    """Return the filters by name for documents in `lang`, Jinja's own ones behind ours."""
    zh = lang == "zh"
    return Filters(
        lang,
        {
            "money": display.money,
            "yuan": display.yuan,
            "capitals": display.capitals if zh else display.english_amount,
            "wan": display.wan,
            "number": display.number,
            "percent": display.percent,
            "zhe": display.zhe if zh else display.off,
            "vat": _vat(lang),
            "day": display.day if zh else display.english_day,
            "iso": display.iso,
            "score": display.score,
            "masked": display.masked,
            "label": _label(lang),
            "names": _names(lang),
            "listed": _listed(lang),
            "boxes": _boxes(lang),
            "answer": _answer(lang),
            TICK: tick,
            "written": written,
            "default": default,
            "d": default,
            "join": join,
            "length": length,
            "count": length,
            "sum": total,
        },
    )


class Filters(dict[str, Filter]):
    """Our filters; one that we do not have is taken from Jinja, which is imported only then."""

    def __init__(self, lang: Language, ours: dict[str, Filter]) -> None:
        super().__init__(ours)
        self.lang = lang

    def __missing__(self, name: str) -> Filter:
        """Return Jinja's filter `name`, bound to a sandbox that autoescapes; raises KeyError."""
        from salesdocs.word.jinja import builtin_filter

        self[name] = found = builtin_filter(name, self.lang)
        return found


class _Tests(dict[str, Filter]):
    """Jinja's tests (`is even`), imported when the first template uses one."""

    def __missing__(self, name: str) -> Filter:
        from salesdocs.word.jinja import builtin_test

        self[name] = found = builtin_test(name)
        return found


TESTS: Final = _Tests(
    even=lambda number: number % 2 == 0,
    odd=lambda number: number % 2 == 1,
)


def _vat(lang: Language) -> Filter:
    def vat(rate: Any) -> str | None:
        """Return a VAT rate as 13%, or 免税 where the sale is exempt."""
        if rate == "exempt":
            return "免税" if lang == "zh" else "exempt"
        return None if rate is None else str(display.percent(rate))

    return vat


def _label(lang: Language) -> Filter:
    def label(value: Any) -> str | None:
        """Return the label of a choice in the document's language, of several joined by 、."""
        if value is None:
            return None
        if isinstance(value, (tuple, list)):
            return _joined((getattr(each, lang, each) for each in value), lang)
        return str(getattr(value, lang, value))

    return label


def _names(lang: Language) -> Filter:
    def names(people: Iterable[Any] | None) -> str | None:
        """Return the names of people or rows, joined; None of none."""
        return _joined((getattr(person, "name", person) for person in people or ()), lang)

    return names


def _listed(lang: Language) -> Filter:
    def listed(values: Iterable[Any] | None) -> str | None:
        """Return texts, choices or rows with an id, joined; None of none."""
        return _joined((_short(value, lang) for value in values or ()), lang)

    return listed


def _short(value: Any, lang: Language) -> str:
    return str(getattr(value, lang, None) or getattr(value, "id", None) or value)


def _joined(values: Iterable[Any], lang: Language) -> str | None:
    return ("、" if lang == "zh" else ", ").join(str(value) for value in values) or None


def _boxes(lang: Language) -> Filter:
    def boxes(value: Any, kind: str, per_line: int = 0) -> str:
        """Return all options of the choice class `kind`, ticked or not: ☑ 通过　□ 不通过.

        With so many on a line they stand below each other, Chinese labels filled up to one width.
        """
        chosen = set(value) if isinstance(value, (tuple, list)) else {value}
        options = [
            # A no-break space: a line must not end with a lonely box.
            f"{CHECKED if option in chosen else UNCHECKED}\u00a0{getattr(option, lang)}"
            for option in _options(kind)
        ]
        if not per_line:
            return _GAP.join(options)
        width = max(map(len, options)) if lang == "zh" else 0
        lines = (options[start : start + per_line] for start in range(0, len(options), per_line))
        return "\n".join(
            _GAP.join([*(option.ljust(width, _GAP) for option in line[:-1]), line[-1]])
            for line in lines
        )

    return boxes


def tick(value: Any, option: object, known: bool = True) -> str:
    """Return a box, ticked where the value is the option, or has it among others.

    `true` and `false` are the options of a flag, `none` is that of an empty list; what is not yet
    `known` to be empty is ticked nowhere.
    """
    chosen = value if isinstance(value, (tuple, list)) else () if value is None else (value,)
    if option == "none":
        return CHECKED if known and not chosen else UNCHECKED
    codes = {str(each).lower() if isinstance(each, bool) else str(each) for each in chosen}
    return CHECKED if known and str(option) in codes else UNCHECKED


def written(value: Any) -> Any:
    """Return a value that people write on the paper itself: nothing, in place of a stroke."""
    return "" if value is None else value


def _answer(lang: Language) -> Filter:
    zh = lang == "zh"

    def answer(
        value: Any, yes: str = "是" if zh else "Yes", no: str = "否" if zh else "No"
    ) -> str | None:
        """Return what a flag says in words; None where it is not known."""
        return None if value is None else yes if value else no

    return answer


def _options(kind: str) -> Iterable[Any]:
    from salesdocs.case import choices

    found = getattr(choices, kind, None)
    if not (isinstance(found, type) and issubclass(found, choices.Choice)):
        raise RenderProblemError(f"没有选项类“{kind}”", f"there are no choices “{kind}”")
    return list(found)


def default(value: Any, default_value: Any = "", boolean: bool = False) -> Any:
    """Return the default where the value does not exist, with `boolean` also where it is empty."""
    return default_value if value is MISSING or (boolean and not value) else value


def join(values: Iterable[Any] | None, d: str = "", attribute: str | None = None) -> str:
    """Return the values, or an attribute of each, as texts with `d` between; blanks left out."""
    found = (value for value in _each(values, attribute) if value is not None)
    return d.join(f"{value:f}" if isinstance(value, Decimal) else str(value) for value in found)


def total(values: Iterable[Any] | None, attribute: str | None = None, start: Any = 0) -> Any:
    """Return the sum of the values, or of an attribute of each; missing ones count nothing."""
    return sum((value for value in _each(values, attribute) if value is not None), start)


def _each(values: Iterable[Any] | None, attribute: str | None) -> Iterable[Any]:
    """Return the values, or what each has under `attribute`, which may be a path: `deal.net`."""
    found = values or ()
    for name in attribute.split(".") if attribute else ():
        found = [item(value, int(name) if name.isdecimal() else name) for value in found]
    return found


def length(values: Any) -> int:
    """Return the number of rows or characters; a missing list has none."""
    return 0 if values is None else len(values)
