"""The field catalogue: what every path of a case is called, who may see it, from when it is due.

A catalogue is plain data (`Catalogue.from_data` keeps it as it is), so that a caller can cache it;
a `Field` is made when somebody asks for it. Patterns write a row as `[]`, whether the rows are a
list or a map: `contract.payments[].share`, `team[].name`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal, NamedTuple, get_args

from salesdocs.errors import LibraryError
from salesdocs.findings import Finding, Language, Phrase

Audience = Literal["customer", "internal", "confidential"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
"""From what everybody may see to what only a few may; each includes those before it."""

FILLED_BY: Mapping[str, Phrase] = {
    "SR": Phrase("销售代表", "the sales rep"),
    "SM": Phrase("销售经理", "the sales manager"),
    "PD": Phrase("产品", "product"),
    "TE": Phrase("技术", "technical"),
    "LG": Phrase("法务", "legal"),
    "FN": Phrase("财务", "finance"),
    "PM": Phrase("项目经理", "the project manager"),
    "CS": Phrase("客户成功", "customer success"),
    "GM": Phrase("总经理", "the general manager"),
    "CU": Phrase("客户", "the customer"),
    "SYS": Phrase("程序", "the program"),
}
"""Who fills a field in, by the code of the catalogue."""

ROLES = tuple(FILLED_BY)

_KEYS: Mapping[str, type] = {
    "zh": str,
    "en": str,
    "example": str,
    "note": str,
    "audience": str,
    "stage": int,
    "required": bool,
    "required_if": str,
    "customer_if": str,
    "by": str,
    "computed": bool,
    "released": bool,
    "shorthand": str,
    "refers": str,
}
_OPTIONS: Mapping[str, Sequence[object]] = {
    "audience": AUDIENCES,
    "stage": range(1, 8),
    "by": ROLES,
}
_CONDITIONS = ("required_if", "customer_if")
_NEEDED = ("zh", "en", "audience", "stage", "by")
_ORDER = (
    *("meta", "team", "supplier", "customer", "contacts", "lead", "nda", "needs", "proposal"),
    *(
        "tender",
        "negotiation",
        "intent",
        "contract",
        "delivery",
        "acceptance",
        "receivables",
        "aftersales",
    ),
    *("documents", "case", "document"),
)
_place = {name: place for place, name in enumerate(_ORDER)}


@dataclass(frozen=True, slots=True)
class Field:
    """One entry: `stage` is the stage it is born in and, if `required`, due from.

    A required field inside a block or row is due when that block is there, or itself due: a row
    that was begun must be finished, a block nobody needs may be absent. `required_if` makes a field
    due under a condition (`path == value | value`, or `!=`) on a field beside it or of the case,
    `customer_if` lets customers see a field on a condition on a field beside it.
    `shorthand` is the field that a bare text stands for in place of the block, `refers` the lists
    in which the rows stand that the field names. A computed field that is `released` may be seen
    though what it is computed from may not: the mean of a survey, not its answers.
    """

    path: str
    zh: str
    en: str
    example: str
    note: str
    audience: Audience
    stage: int
    required: bool
    by: str
    computed: bool
    required_if: str = ""
    customer_if: str = ""
    shorthand: str = ""
    refers: tuple[str, ...] = ()
    released: bool = False

    def label(self, lang: Language = "zh") -> str:
        """Return what the field is called on a printed form."""
        return self.zh if lang == "zh" else self.en


class Catalogue:
    """All fields by pattern, in the order of the catalogue's files."""

    def __init__(self, entries: Mapping[str, Mapping[str, Any]]) -> None:
        self._entries = entries
        self._fields: dict[str, Field] = {}
        self._sieves: dict[Audience, _Sieve] = {}
        self._asked: dict[str, tuple[str, ...]] = {}
        self._questions: dict[str, tuple[tuple[str, str, bool, bool], ...]] = {}

    @classmethod
    def from_data(cls, blocks: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Catalogue:
        """Return the catalogue over data that `read_fields` accepted; nothing is checked."""
        order = sorted(blocks, key=lambda name: _place.get(name, len(_place)))
        return cls({path: entry for name in order for path, entry in blocks[name].items()})

    def sieve(self, audience: Audience) -> _Sieve:
        """Return what takes everything above `audience` out of a raw tree."""
        known = self._sieves.get(audience)
        if known is None:
            known = self._sieves[audience] = _Sieve(audience, self)
        return known

    def __contains__(self, pattern: object) -> bool:
        return pattern in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, pattern: str) -> Field:
        """Return the field; raises KeyError for a pattern that no entry has."""
        known = self._fields.get(pattern)
        if known is None:
            known = self._fields[pattern] = _field(pattern, self._entries[pattern])
        return known

    def entry(self, pattern: str) -> Mapping[str, Any]:
        """Return the entry as it stands in the file, for those who ask for many."""
        return self._entries[pattern]

    def get(self, pattern: str) -> Field | None:
        """Return the field a pattern leads to, through references and into lists of values too.

        `acceptance.items[].deliverable.criteria` is `contract.deliverables[].criteria`. None when
        no entry says what it is.
        """
        home = next((home for home in self.homes(pattern) if home in self._entries), None)
        return None if home is None else self[home]

    def label(self, pattern: str, lang: Language = "zh") -> str:
        """Return the field's label; the pattern itself when it is not catalogued."""
        field = self.get(pattern)
        return field.label(lang) if field else pattern

    def homes(self, pattern: str) -> tuple[str, ...]:
        """Return the patterns at which the value stands that `pattern` leads to.

        There are two where a reference can name someone of either side, and the pattern itself
        where it follows no reference.
        """
        bare = pattern.removesuffix("[]")
        head, _, name = bare.rpartition(".")
        if bare in self._entries or not head:
            return (bare,)
        return tuple(
            f"{place}.{name}"
            for home in self.homes(head)
            for place in self._rows_of(home, rows=head.endswith("[]"))
        )

    def _rows_of(self, home: str, *, rows: bool) -> tuple[str, ...]:
        """Return where the columns of `home` stand: in the rows it refers to, or in its own."""
        refers = _listed(self._entries.get(home, {}).get("refers", ""))
        return tuple(f"{place}[]" for place in refers) or (f"{home}[]" if rows else home,)

    def required_at(self, stage: int) -> tuple[Field, ...]:
        """Return the fields due without condition at `stage`, a block's before it is begun too."""
        return tuple(
            self[path]
            for path, entry in self._entries.items()
            if entry.get("required") and entry["stage"] <= stage
        )

    def audience_of(self, pattern: str) -> Audience:
        """Return the most restrictive audience of the field and all blocks around it.

        Behind a reference, those of the row it names count as well. A path nobody catalogued has
        the audience of the blocks around it; with none of them known it is confidential, because
        what we do not know must not leave the house.
        """
        levels = [
            self._entries[part]["audience"]
            for path in (pattern, *self.homes(pattern))
            for part in _lineage(path)
            if part in self._entries
        ]
        return max(levels, key=AUDIENCES.index, default="confidential")

    def children(self, pattern: str) -> tuple[str, ...]:
        """Return the patterns one level below; `""` gives the blocks of the case.

        A list or map of rows has the columns of its rows: `contract.payments` →
        `contract.payments[].id` ….
        """
        return self._children.get(pattern, ())

    def has_rows(self, pattern: str) -> bool:
        """Return whether the pattern is a list or map of rows with columns."""
        below = self.children(pattern)
        return bool(below) and below[0].startswith(pattern + "[]")

    def questions(self, pattern: str) -> tuple[tuple[str, str, bool, bool], ...]:
        """Return (pattern, name, has rows, has fields) of each asked child."""
        known = self._questions.get(pattern)
        if known is None:
            known = self._questions[pattern] = tuple(
                (child, child.rpartition(".")[2], self.has_rows(child), bool(self.children(child)))
                for child in self.asked(pattern)
            )
        return known

    def asked(self, pattern: str) -> tuple[str, ...]:
        """Return the children that are due at some time, or have something due inside them."""
        known = self._asked.get(pattern)
        if known is None:
            known = self._asked[pattern] = tuple(
                child
                for child in self.children(pattern)
                if not self._entries[child].get("computed")
                and (self._entries[child].keys() & {"required", "required_if"} or self.asked(child))
            )
        return known

    @cached_property
    def released(self) -> tuple[Field, ...]:
        """Return the fields that are seen though what they are computed from is not."""
        return tuple(self[path] for path, entry in self._entries.items() if entry.get("released"))

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        below: dict[str, list[str]] = {}
        for path in self._entries:
            parent = path.rpartition(".")[0]
            below.setdefault(parent.removesuffix("[]"), []).append(path)
        return {parent: tuple(paths) for parent, paths in below.items()}


# ---- reading ----


def read_fields(data: Mapping[str, Mapping[str, Any]]) -> Catalogue:
    """Return the catalogue of `templates/fields/*.yaml`, parsed, by file name without suffix.

    Raises LibraryError with all that is wrong with the entries.
    """
    findings = [
        Finding("error", flaw, "library.field", path, f"fields/{name}.yaml")
        for name, block in data.items()
        for path, entry in block.items()
        for flaw in _flaws(entry)
    ]
    if findings:
        raise LibraryError(findings)
    return Catalogue.from_data(data)


def _flaws(entry: object) -> Iterator[Phrase]:
    """Yield what is wrong with an entry as it stands in the file."""
    if not isinstance(entry, Mapping):
        yield Phrase("不是一组字段说明", "is not the entry of a field")
        return
    for key in _NEEDED:
        if key not in entry:
            yield Phrase(f"缺少 {key}", f"{key} is missing")
    for key, value in entry.items():
        options = _OPTIONS.get(key, ())
        if key not in _KEYS:
            yield Phrase(f"没有 {key} 这一说明项", f"there is no key {key}")
        elif type(value) is not _KEYS[key] or value == "":
            yield Phrase(f"{key} 的值“{value}”类型不对", f"{key} cannot be “{value}”")
        elif options and value not in options:
            listed = ", ".join(str(option) for option in options)
            yield Phrase(f"{key} 不能是“{value}”，可选：{listed}", f"{key} must be one of {listed}")
        elif key in _CONDITIONS and _condition(str(value)) is None:
            yield Phrase(
                f"{key} 应写成“路径 == 值 | 值”", f"{key} must read: path == value | value"
            )


def _field(path: str, entry: Mapping[str, Any]) -> Field:
    return Field(
        path=path,
        zh=entry["zh"],
        en=entry["en"],
        example=entry.get("example", ""),
        note=entry.get("note", ""),
        audience=entry["audience"],
        stage=entry["stage"],
        required=entry.get("required", False),
        by=entry["by"],
        computed=entry.get("computed", False),
        required_if=entry.get("required_if", ""),
        customer_if=entry.get("customer_if", ""),
        shorthand=entry.get("shorthand", ""),
        refers=_listed(entry.get("refers", "")),
        released=entry.get("released", False),
    )


def _listed(text: str) -> tuple[str, ...]:
    """Return the parts of `a | b`; no text has none."""
    return tuple(part.strip() for part in text.split("|")) if text else ()


def _lineage(pattern: str) -> Iterator[str]:
    """Yield the pattern and everything around it, the innermost first; rows and their list both."""
    while pattern:
        yield pattern
        bare = pattern.removesuffix("[]")
        pattern = bare if bare != pattern else pattern.rpartition(".")[0]


# ---- missing values ----


def missing_values(case: object, stage: int, catalogue: Catalogue) -> list[tuple[str, Field]]:
    """Return the required values that a case at `stage` does not have, with path and field.

    `case` is anything whose attributes are the catalogue's names: blocks are objects that are
    never None, rows are sequences or mappings by code, an absent value is None. An absent block
    that is due reports its required values once, a list that is due and empty reports itself.
    """
    search = _Search(case, stage, catalogue)
    return list(search.inside("", case, ""))


@dataclass(frozen=True, slots=True)
class _Search:
    case: object
    stage: int
    catalogue: Catalogue

    def inside(self, pattern: str, block: object, path: str) -> Iterator[tuple[str, Field]]:
        """Yield what is missing among the fields of a block that is there, or due."""
        for child, name, has_rows, has_fields in self.catalogue.questions(pattern):
            value = _value(block, name)
            here = f"{path}.{name}" if path else name
            if has_rows:
                yield from self._rows(child, block, value, here)
            elif has_fields:
                if _present(value) or self._due(child, block):
                    yield from self.inside(child, value, here)
            elif _absent(value) and self._due(child, block):
                yield here, self.catalogue[child]

    def _rows(
        self, pattern: str, block: object, rows: object, path: str
    ) -> Iterator[tuple[str, Field]]:
        keyed = _keyed(rows)
        if not keyed and self._due(pattern, block):
            yield path, self.catalogue[pattern]
        for key, row in keyed:
            yield from self.inside(pattern, row, f"{path}{key}")

    def _due(self, pattern: str, block: object) -> bool:
        entry = self.catalogue.entry(pattern)
        if entry["stage"] > self.stage:
            return False
        condition = entry.get("required_if", "")
        return entry.get("required", False) or (
            condition != "" and self._holds(condition, pattern, block)
        )

    def _holds(self, text: str, pattern: str, block: object) -> bool:
        condition = _condition(text)
        if condition is None:
            return False
        if condition.is_beside(pattern):
            return condition.met_by(_value(block, condition.path.rpartition(".")[2]))
        return condition.holds_in(self.case)


class _Condition(NamedTuple):
    """`path == a | b`, or `!=` where not `equal`."""

    path: str
    equal: bool
    values: tuple[str, ...]

    def met_by(self, value: object) -> bool:
        """Return whether it holds when `value` stands at the path, typed or as text."""
        return (str(value) in self.values or str(value).lower() in self.values) == self.equal

    def is_beside(self, pattern: str) -> bool:
        """Return whether it is about a field of the block in which `pattern` stands."""
        return _beside(self.path, pattern)

    def holds_in(self, case: object) -> bool:
        """Return whether it holds for a case, its path counted from there."""
        value = case
        for name in self.path.split("."):
            value = _value(value, name)
        return self.met_by(value)


def condition_of(field: Field) -> _Condition | None:
    """Return on which condition the field is due, None if on none."""
    return _condition(field.required_if) if field.required_if else None


@cache
def _condition(text: str) -> _Condition | None:
    """Return what `path == a | b` or `path != a | b` says, None for anything else."""
    for sign, equal in ((" == ", True), (" != ", False)):
        path, found, values = text.partition(sign)
        if found and path.strip() and values.strip():
            return _Condition(path.strip(), equal, _listed(values))
    return None


def _beside(path: str, other: str) -> bool:
    """Return whether both are fields of the same block."""
    return path.rpartition(".")[0] == other.rpartition(".")[0]


def _value(block: object, name: str) -> object:
    if isinstance(block, Mapping):
        return block.get(name)
    return getattr(block, name, None)


def _absent(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, (tuple, list)) and not value)


def _present(block: object) -> bool:
    """Return whether anybody wrote something into the block."""
    written = getattr(block, "model_fields_set", None)
    if written is None:
        return bool(block)
    return any(not _absent(getattr(block, name)) for name in written)


def _keyed(rows: object) -> list[tuple[str, object]]:
    """Return each row with what its path adds to that of the list: `[0]`, or `.p1` of a person."""
    if isinstance(rows, Mapping):
        return [(f".{key}", row) for key, row in rows.items()]
    if not isinstance(rows, Sequence):
        return []
    if hasattr(type(rows), "get"):  # people, whom the file gives by their code
        return [(f".{_value(row, 'id')}", row) for row in rows]
    return [(f"[{number}]", row) for number, row in enumerate(rows)]


# ---- the case without what a reader may not see ----


def strip(tree: object, audience: Audience, catalogue: Catalogue) -> Any:
    """Return the tree of a case file without the values above `audience`.

    Rows stay where their list may be seen, so that a reference to them still finds its row. A key
    or short form the catalogue does not know is kept only in a block of which everything may be
    seen. `confidential` returns the tree itself.
    """
    if audience == AUDIENCES[-1]:
        return tree
    return catalogue.sieve(audience).block(tree, "")


class _Sieve:
    """Takes everything above an audience out of raw trees."""

    def __init__(self, audience: Audience, catalogue: Catalogue) -> None:
        self._allowed = AUDIENCES[: AUDIENCES.index(audience) + 1]
        self._catalogue = catalogue
        self._columns: dict[str, tuple[dict[str, str], bool]] = {}
        self._open: dict[str, bool] = {}

    def block(self, tree: object, pattern: str) -> Any:
        """Return what may be seen of a block or value; a list keeps all its rows."""
        if self._is_open(pattern):
            return tree
        columns, whole = self._visible(pattern)
        shorthand = whole or self._shorthand(pattern) in columns
        if isinstance(tree, list):
            return [
                self.block(row, pattern) for row in tree if shorthand or not isinstance(row, str)
            ]
        if isinstance(tree, dict):
            return {
                key: self._value(value, columns[key]) if key in columns else value
                for key, value in tree.items()
                if (key in columns or whole) and not self._withheld(columns.get(key), tree)
            }
        return tree if shorthand else None

    def _value(self, value: object, pattern: str) -> Any:
        if isinstance(value, dict) and self._catalogue.has_rows(pattern):
            return {code: self.block(row, pattern) for code, row in value.items()}
        return self.block(value, pattern)

    def _withheld(self, pattern: str | None, block: Mapping[str, object]) -> bool:
        """Return whether customers may not see the field for what stands beside it."""
        if pattern is None or len(self._allowed) > 1:
            return False
        condition = _condition(self._catalogue.entry(pattern).get("customer_if", ""))
        return condition is not None and not condition.met_by(
            block.get(condition.path.rpartition(".")[2])
        )

    def _is_open(self, pattern: str) -> bool:
        """Return whether all at and below the pattern may be seen, whatever the case says."""
        known = self._open.get(pattern)
        if known is None:
            conditional = len(self._allowed) == 1 and "customer_if" in (
                self._catalogue.entry(pattern) if pattern else ()
            )
            known = self._open[pattern] = (
                not conditional
                and self._visible(pattern)[1]
                and all(self._is_open(child) for child in self._catalogue.children(pattern))
            )
        return known

    def _shorthand(self, pattern: str) -> str:
        return str(self._catalogue.entry(pattern).get("shorthand", "")) if pattern else ""

    def _visible(self, pattern: str) -> tuple[dict[str, str], bool]:
        """Return the visible keys of a block with their patterns, and whether that is all of it."""
        known = self._columns.get(pattern)
        if known is None:
            children = self._catalogue.children(pattern)
            columns = {
                child.rpartition(".")[2]: child
                for child in children
                if self._catalogue.entry(child)["audience"] in self._allowed
            }
            whole = len(columns) == len(children) and all(
                self._visible(child)[1] for child in children
            )
            known = self._columns[pattern] = (columns, whole)
        return known
