"""What all parts of a case share: blocks, rows with an id, references between them.

A block that is absent is a default block, so that `case.contract.warranty.months` always resolves;
a single value that is absent is None. A reference is written as an id and *is* the row it names,
which works because a row enters the `Registry` of the validation when it has been read and blocks
are declared in the order in which a deal grows.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property, partial
from operator import attrgetter
from typing import Any, ClassVar, Self, TypeVar, cast, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from salesdocs.case.choices import Choice
from salesdocs.case.model.scalars import Code, read_text
from salesdocs.case.problems import DUPLICATE_ID, UNKNOWN_REFERENCE, problem
from salesdocs.findings import NOTHING, Phrase

T = TypeVar("T")
B = TypeVar("B", bound="Block")


class Block(BaseModel):
    """A part of a case: immutable, knows its keys, and forgets keys that have no value.

    `shorthand` names the field that a bare text stands for, where people write `pass` instead of
    `{result: pass}`.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, ignored_types=(cached_property,)
    )
    shorthand: ClassVar[str] = ""

    @model_validator(mode="before")
    @classmethod
    def _tidy(cls, data: Any) -> Any:
        """Return `data` without empty values, shorthand spelled out."""
        if isinstance(data, dict):
            if None in data.values() or "" in data.values():
                data = {key: value for key, value in data.items() if value not in (None, "")}
            return cls.spelled_out(data)
        if cls.shorthand and isinstance(data, str):
            return {cls.shorthand: data}
        return data

    @classmethod
    def spelled_out(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Return what was written in a short or older form in the form of the fields."""
        return data

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy; raises TypeError for an `update`.

        References and computed values would keep the old value: a changed case is loaded anew.
        """
        if update:
            raise TypeError("a case is changed by loading a changed tree, not by updating a copy")
        return super().model_copy(deep=deep)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the schema of the block, or a text where the block has a shorthand."""
        described = handler(schema)
        return {"anyOf": [{"type": "string"}, described]} if cls.shorthand else described


_blanks: dict[type[Block], Block] = {}


def _blank(kind: type[Block]) -> Block:
    """Return the one empty block of that kind; made when a case first lacks it."""
    if kind not in _blanks:
        _blanks[kind] = kind.model_construct()
    return _blanks[kind]


def block(kind: type[B]) -> B:
    """Return the field declaration of a block that is there even when the file has none."""
    return cast(B, Field(default_factory=partial(_blank, kind)))


def settle(row: Block, name: str, value: object) -> None:
    """Give `row` a computed value that only the block around it knows, such as a payment's amount.

    It is kept where cached properties are kept, which equality and hash do not look at. Raises
    ValueError when it was settled differently: a row belongs to one block.
    """
    if row.__dict__.setdefault(name, value) != value:
        raise ValueError(f"{name} of {row!r} is already settled by another block")


def keyword(kind: type[Block], name: str) -> None:
    """Let the field `name_` also be read as `name`, a word of Python, as paths and templates do."""
    setattr(kind, name, property(attrgetter(f"{name}_")))


class Registry:
    """The rows read so far in one validation, by kind and id."""

    def __init__(self) -> None:
        self._rows: dict[type[Row], dict[str, Row]] = {}

    def add(self, row: "Row") -> None:
        """Keep `row`; raises a problem when its id is taken."""
        assert row.id is not None
        rows = self._rows.setdefault(type(row), {})
        if row.id in rows:
            raise problem(
                DUPLICATE_ID,
                f"编号“{row.id}”重复，{row.noun.zh}的编号不得重复使用",
                f"the id “{row.id}” is used twice; ids of a {row.noun.en} are unique",
                "换一个未用过的编号",
                "give it an id that was never used",
            )
        rows[row.id] = row

    def find(self, kinds: Iterable[type["Row"]], row_id: str) -> "Row | None":
        """Return the row of one of `kinds` with that id, None if there is none."""
        for kind in kinds:
            row = self._rows.get(kind, {}).get(row_id)
            if row is not None:
                return row
        return None

    def ids(self, kinds: Iterable[type["Row"]]) -> list[str]:
        """Return the ids that rows of `kinds` have, in the order they were read."""
        return [row_id for kind in kinds for row_id in self._rows.get(kind, {})]


class Row(Block):
    """A row that others refer to by its id; `prefix` is how its ids begin."""

    prefix: ClassVar[str] = ""
    noun: ClassVar[Phrase] = Phrase("行", "row")

    id: Code | None = None

    def model_post_init(self, context: Any, /) -> None:
        """Check the form of the id and enter the row into the registry of this validation."""
        if self.id is None:
            return
        if self.prefix and not self.id.startswith(f"{self.prefix}-"):
            raise problem(
                "TYP-12",
                f"{self.noun.zh}的编号“{self.id}”应以“{self.prefix}-”开头",
                f"the id “{self.id}” of a {self.noun.en} must begin with “{self.prefix}-”",
                f"例如 {self.prefix}-01",
                f"for example {self.prefix}-01",
            )
        if isinstance(context, Registry):
            context.add(self)


class Keyed(Row):
    """A row whose id is the key under which it stands in a mapping."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the schema without the id, which is not written inside the row."""
        described = handler(schema)
        handler.resolve_ref_schema(described)["properties"].pop("id", None)
        return described


class Reference:
    """Marks a type as a reference: an id in the file, the row of one of `kinds` in the model."""

    __slots__ = ("kinds",)

    def __init__(self, *kinds: type[Row]) -> None:
        self.kinds = kinds

    def resolve(self, value: Any, info: ValidationInfo) -> Row:
        """Return the row that `value` names; raises a problem that suggests the likeliest id."""
        if isinstance(value, self.kinds):
            return value
        row_id = "".join(read_text(value).split())
        registry = info.context if isinstance(info.context, Registry) else Registry()
        row = registry.find(self.kinds, row_id)
        if row is None:
            raise self._unknown(row_id, registry.ids(self.kinds))
        return row

    def _unknown(self, row_id: str, known: list[str]) -> Exception:
        nouns = [kind.noun for kind in self.kinds]
        near = get_close_matches(row_id, known, n=1, cutoff=0.5)
        guess = Phrase(f"是否想写 {near[0]}？", f"did you mean {near[0]}? ") if near else NOTHING
        return problem(
            UNKNOWN_REFERENCE,
            f"没有编号为“{row_id}”的{'或'.join(noun.zh for noun in nouns)}",
            f"there is no {' or '.join(noun.en for noun in nouns)} with the id “{row_id}”",
            f"{guess.zh}已有：{'、'.join(known)}" if known else "先写上这一行，再引用它的编号",
            f"{guess.en}there are: {', '.join(known)}" if known else "write the row first",
        )

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return a schema that looks the row up, and gives the id back when dumped."""
        return core_schema.with_info_plain_validator_function(
            self.resolve, serialization=core_schema.plain_serializer_function_ser_schema(id_of)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return what an author writes: the id."""
        prefixes = [kind.prefix for kind in self.kinds]
        form = "|".join(f"{prefix}-.+" if prefix else "[A-Za-z].*" for prefix in prefixes)
        nouns = " / ".join(kind.noun.zh for kind in self.kinds)
        return {"type": "string", "pattern": f"^({form})$", "description": f"{nouns}的编号"}


def id_of(row: Row) -> str | None:
    """Return what stands in the file for a reference to `row`."""
    return row.id


R_co = TypeVar("R_co", bound=Keyed, covariant=True)


class Roster(tuple[R_co, ...]):
    """People by id: `{p1: {name: …}}` in the file, a sequence of rows here, `roster["p1"]` one."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        """Return the person with that id, or at that place."""
        if isinstance(key, str):
            found = self.get(key)
            if found is None:
                raise KeyError(key)
            return found
        return super().__getitem__(key)

    def __getattr__(self, name: str) -> R_co:
        """Return the person with that id, so that templates can write `team.p1`."""
        found = self.get(name)
        if found is None:
            raise AttributeError(name)
        return found

    def get(self, row_id: str) -> R_co | None:
        """Return the person with that id, None if there is none."""
        return next((row for row in self if row.id == row_id), None)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return a schema that reads a mapping and gives a mapping back when dumped."""
        (row,) = get_args(source)
        return core_schema.no_info_before_validator_function(
            cls._with_ids,
            core_schema.no_info_after_validator_function(
                lambda rows: cls(rows.values()),
                core_schema.dict_schema(core_schema.str_schema(), handler.generate_schema(row)),
            ),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda rows: {row.id: row.model_dump(exclude={"id"}) for row in rows}
            ),
        )

    @classmethod
    def _with_ids(cls, value: Any) -> Any:
        """Return the mapping with each key entered as the id of its row."""
        if isinstance(value, tuple):
            return {row.id: row for row in value}
        if not isinstance(value, dict):
            return value
        return {
            key: {**row, "id": key} if isinstance(row, dict) else row for key, row in value.items()
        }


class OpenChoice:
    """Marks a type as a choice that may also be free text, as 其他 on a form."""

    __slots__ = ("options",)

    def __init__(self, options: type[Choice]) -> None:
        self.options = options

    def read(self, value: Any) -> str:
        """Return the option that `value` names by code or label, otherwise the text itself."""
        text = read_text(value)
        for option in self.options:
            if text in (option.value, option.zh):
                return option
        return text

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return a schema that is one call of `read`."""
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.to_string_ser_schema()
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return any text, with the options as examples."""
        return {"type": "string", "examples": [option.value for option in self.options]}
