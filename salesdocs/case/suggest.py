"""Which key or word was probably meant, where another one was written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from salesdocs.case.model.base import Reference
from salesdocs.case.path import Loc

# What people call things in Chinese, and the keys that may be meant; only those that exist at the
# place are suggested. The labels of the field catalogue say more where the caller has them.
_CHINESE = {
    "客户": ("customer",),
    "客户名称": ("name", "customer"),
    "供应商": ("supplier",),
    "我方": ("supplier", "our"),
    "团队": ("team",),
    "成员": ("team",),
    "联系人": ("contacts", "primary_contact"),
    "线索": ("lead",),
    "需求": ("needs", "need", "items"),
    "方案": ("proposal",),
    "报价": ("quote",),
    "谈判": ("negotiation",),
    "意向": ("intent",),
    "意向书": ("intent",),
    "合同": ("contract",),
    "交付": ("delivery",),
    "验收": ("acceptance",),
    "回款": ("receivables",),
    "应收": ("receivables",),
    "售后": ("aftersales",),
    "编号": ("doc_no", "case_no", "id", "customer_no", "plan_no"),
    "名称": ("name", "title"),
    "姓名": ("name",),
    "标题": ("title",),
    "职务": ("title",),
    "角色": ("role",),
    "电话": ("phone", "mobile"),
    "手机": ("mobile", "phone"),
    "邮箱": ("email",),
    "地址": ("address",),
    "日期": ("date", "signed", "created"),
    "签订日期": ("signed",),
    "金额": ("amount", "total", "price"),
    "总价": ("amount", "total"),
    "单价": ("price",),
    "数量": ("qty",),
    "单位": ("unit",),
    "规格": ("spec",),
    "折扣": ("discount",),
    "税率": ("vat",),
    "付款": ("payments", "payment"),
    "付款方式": ("payments",),
    "质保": ("warranty",),
    "发票": ("invoice", "invoicing"),
    "开户行": ("bank",),
    "账号": ("account",),
    "税号": ("uscc",),
    "统一社会信用代码": ("uscc",),
    "法定代表人": ("legal_rep",),
    "行业": ("industry",),
    "阶段": ("stage",),
    "状态": ("status",),
    "负责人": ("owner", "pm", "by"),
    "备注": ("note",),
}


class Option(NamedTuple):
    """A word that may be written, with its labels."""

    code: str
    zh: str = ""
    en: str = ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the one of `known` that `word` is nearest to, or an empty text."""
    plain = {_plain(key): key for key in known}
    found = get_close_matches(_plain(word)[:60], plain, n=1, cutoff=0.6)
    return plain[found[0]] if found else ""


def key_meant(word: str, known: Iterable[str], labels: Mapping[str, str] | None = None) -> str:
    """Return the key of `known` that was probably meant, or an empty text.

    `labels` gives the Chinese label of keys at this place.
    """
    keys = list(known)
    by_label = {label: key for key, label in (labels or {}).items() if key in keys}
    plain = unicodedata.normalize("NFKC", word).strip(" “”‘’\"'：:")
    if plain in by_label:
        return by_label[plain]
    for start in range(len(plain)):  # 合同金额 says what 金额 says
        for key in _CHINESE.get(plain[start:], ()):
            if key in keys:
                return key
    near_label = get_close_matches(plain[:60], by_label, n=1, cutoff=0.6)
    return did_you_mean(word, keys) or (by_label[near_label[0]] if near_label else "")


def keys_at(root: type[BaseModel], loc: Loc) -> list[str]:
    """Return the keys a file may have at `loc`; nothing when the block is not known."""
    return [key for block in blocks_at(root, loc) for key in _keys(block)]


def kinds_at(root: type[BaseModel], loc: Loc) -> list[Any]:
    """Return the types that the value at `loc` may have, unions and annotations taken apart."""
    kinds: list[Any] = [root]
    for part in loc:
        kinds = [inner for kind in kinds for inner in _inside(kind, part)]
    return kinds


@lru_cache(maxsize=8)
def homes_of_keys(root: type[BaseModel]) -> dict[str, tuple[str, ...]]:
    """Return for each key of the model the blocks that have it: `share` → `contract.payments[]`."""
    homes: dict[str, list[str]] = {}
    seen: set[tuple[str, type[BaseModel]]] = set()
    pending: list[tuple[str, Any]] = [("", root)]
    while pending:
        path, kind = pending.pop(0)
        if not _is_block(kind):
            pending += ((f"{path}[]", inner) for inner in _item_kinds(kind) if path.count(".") < 8)
        elif (path, kind) not in seen and path.count(".") < 8:
            seen.add((path, kind))
            for key, annotation in _keys(kind).items():
                homes.setdefault(key, []).append(path)
                below = f"{path}.{key}" if path else key
                pending += ((below, inner) for inner in _unwrapped(annotation))
    return {key: tuple(dict.fromkeys(paths)) for key, paths in homes.items()}


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word).lower()
    return "".join(folded.split()).strip("“”‘’\"'：:").replace("-", "_")


def blocks_at(root: type[BaseModel], loc: Loc) -> list[type[BaseModel]]:
    """Return the models that the value at `loc` may be of."""
    return [kind for kind in kinds_at(root, loc) if _is_block(kind)]


def _is_block(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _keys(block: type[BaseModel]) -> dict[str, Any]:
    """Return the keys of a block as they stand in a file, with their annotations."""
    return {
        field.alias or name: None if _refers(field.metadata) else field.annotation
        for name, field in block.model_fields.items()
    }


def _refers(metadata: Iterable[Any]) -> bool:
    """Return whether an annotation makes a reference of a type: an id is written, not a block."""
    return any(isinstance(mark, Reference) for mark in metadata)


def _inside(kind: Any, part: str | int) -> list[Any]:
    """Return the types of what a value of type `kind` holds under a key or index."""
    if _is_block(kind):
        return _unwrapped(_keys(kind).get(str(part)))
    return _item_kinds(kind)


def _item_kinds(kind: Any) -> list[Any]:
    """Return the types of the values of a list or mapping; nothing for other types."""
    args = [arg for arg in get_args(kind) if arg is not Ellipsis]
    if not args or not isinstance(get_origin(kind), type):
        return []
    return _unwrapped(args[-1])


def _unwrapped(annotation: Any) -> list[Any]:
    """Return the types that `A | None` and `Annotated[A, …]` consist of."""
    if hasattr(annotation, "__metadata__"):
        refers = _refers(annotation.__metadata__)
        return [] if refers else _unwrapped(annotation.__origin__)
    origin = get_origin(annotation)
    if origin is None or (isinstance(origin, type) and origin.__name__ != "UnionType"):
        return [] if annotation in (None, type(None)) else [annotation]
    return [kind for arg in get_args(annotation) for kind in _unwrapped(arg)]
