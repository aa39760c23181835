"""What is wrong with the clause library: doubled ids and numbers, references that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from salesdocs.case.path import Loc
from salesdocs.case.source import Source
from salesdocs.findings import NOTHING, Finding, Phrase
from salesdocs.process.clauses import ANNEXES, REFERENCE
from salesdocs.process.shapes import wrong

Data = Mapping[str, Any]
Places = Mapping[tuple[str, str], tuple[Source, int]]

_ID: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST: Final = 32  # with prefix and fallback, a bookmark's forty characters
_BLANKS: Final = re.compile(r"[_＿]{3,}|〔|〕")


def broken_clauses(data: Data, places: Places, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Yield what is wrong with the clauses, each problem with its place."""
    yield from _wrong_numbers(data["clauses"], sources)
    seen: dict[str, str] = {}
    known = {*data["clauses"], *ANNEXES}
    roles = data["process"]["roles"]
    for name, article in data["clauses"].items():
        for clause in article["clauses"]:
            file = f"clauses/{name}.yaml"
            source, index = places[file, clause["id"]]
            loc: Loc = ("clauses", index)
            if seen.setdefault(clause["id"], name) != name or _doubled(article, clause):
                message = Phrase(
                    f"条款标识“{clause['id']}”重复", f"clause “{clause['id']}” stands twice"
                )
                yield wrong(source, (*loc, "id"), "library.twice", message)
            yield from _wrong_id(clause["id"], source, loc)
            yield from _wrong_words(clause, source, loc, known)
            yield from _unknown_roles(clause, source, loc, roles)


def _doubled(article: Data, clause: Data) -> bool:
    return [other["id"] for other in article["clauses"]].count(clause["id"]) > 1


def _wrong_numbers(articles: Data, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Articles are numbered 1, 2, 3 …: their numbers are printed where others refer to them."""
    taken: dict[tuple[str, int], str] = {}
    numbers = {article["article"] for article in articles.values() if "article" in article}
    for name, article in articles.items():
        source = sources[f"clauses/{name}.yaml"]
        kinds = [kind for kind in ("article", "annex") if kind in article]
        if len(kinds) != 1:
            message = Phrase(
                "条款文件须写明 article（第几条）或 annex（附件几），只写一个",
                "a clause file says which `article` or which `annex` it is, one of the two",
            )
            yield wrong(source, (), "library.missing", message)
            continue
        kind, number = kinds[0], article[kinds[0]]
        other = taken.setdefault((kind, number), name)
        if other != name:
            message = Phrase(f"{number} 已由 {other} 使用", f"{number} belongs to {other}")
            yield wrong(source, (kind,), "library.twice", message)
        if kind == "article" and number > 1 and number - 1 not in numbers:
            message = Phrase(f"没有第 {number - 1} 条", f"there is no article {number - 1}")
            yield wrong(source, (kind,), "library.reference", message)
        if kind == "article" and "when" in article:
            message = Phrase(
                "条不能带条件，编号会错；请在各款上写 when",
                "an article has no condition, or numbers would shift; put `when` on its clauses",
            )
            yield wrong(source, ("when",), "library.kind", message)


def _wrong_id(name: str, source: Source, loc: Loc) -> Iterator[Finding]:
    if not _ID.fullmatch(name) or len(name) > _LONGEST:
        message = Phrase(
            f"条款标识“{name}”须用小写字母、数字和连字符，不超过 {_LONGEST} 个字符",
            f"clause id “{name}”: small letters, digits and hyphens, at most {_LONGEST}",
        )
        yield wrong(source, (*loc, "id"), "library.kind", message)


def _wrong_words(clause: Data, source: Source, loc: Loc, known: set[str]) -> Iterator[Finding]:
    texts: list[tuple[Loc, str]] = [((*loc, lang), clause[lang]) for lang in ("zh", "en")]
    for index, row in enumerate(clause.get("fallbacks", ())):
        texts += [((*loc, "fallbacks", index, lang), row[lang]) for lang in ("zh", "en")]
    for place, text in texts:
        for name in REFERENCE.findall(text):
            if name not in known:
                near = get_close_matches(name, sorted(known), n=1)
                hint = Phrase(f"是否指 {near[0]}", f"did you mean {near[0]}?") if near else NOTHING
                message = Phrase(
                    f"没有条款或附件“{name}”", f"there is no article or annex “{name}”"
                )
                yield wrong(source, place, "library.reference", message, hint)
        if _BLANKS.search(text):
            message = Phrase(
                "条款中不得留空白下划线或可选括号",
                "a clause has no blanks to fill in and no optional brackets",
            )
            yield wrong(source, place, "library.kind", message)
    if re.search(r"[%}]", clause.get("when", "")):
        message = Phrase("条件中不能有 % 或 }", "a condition holds neither % nor }")
        yield wrong(source, (*loc, "when"), "library.kind", message)


def _unknown_roles(clause: Data, source: Source, loc: Loc, roles: Data) -> Iterator[Finding]:
    named: list[tuple[Loc, str]] = [((*loc, "approver"), clause["approver"])]
    for index, row in enumerate(clause.get("fallbacks", ())):
        named.append(((*loc, "fallbacks", index, "approver"), row["approver"]))
    for place, role in named:
        if role not in roles:
            message = Phrase(f"没有这个角色：{role}", f"there is no such role: {role}")
            yield wrong(source, place, "library.reference", message)
