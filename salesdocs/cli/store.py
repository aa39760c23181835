"""All cases below a folder, read once: what each is, what is due in it, what is wrong with it.

A case that cannot be read is an entry with its first finding. Entries are remembered by the content
of the files they were read from, so that a second look reads only what changed; the content decides
and nothing else, because a file can change within a second and keep its size.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from salesdocs.errors import CaseError, SalesdocsError
from salesdocs.findings import Finding, Phrase
from salesdocs.rules.agenda import DueItem

if TYPE_CHECKING:
    from salesdocs.cache import Cache
    from salesdocs.case.load import LoadedCase
    from salesdocs.process.library import Library
    from salesdocs.process.policy import Policy

CASE_FILE: Final = "case.yaml"
_ENDINGS: Final = (".yaml", ".yml")
# The first line that is no comment says what a file is.
_IS_CASE: Final = re.compile(rb"\A(?:\s*(?:#[^\n]*)?\n|---[^\n]*\n)*\s*[\"']?schema[\"']?\s*:\s*"
                             rb"[\"']?salesdocs/case@")  # fmt: skip
_STATED: Final = re.compile(rb"^[^#\r\n]*\bcase_no[\"']?\s*:\s*[\"']?([A-Za-z0-9-]+)", re.MULTILINE)
_NUMBER_KEYS: Final = frozenset({"doc_no", "plan_no"})
_SHARED_KEYS: Final = frozenset({"poa"})  # one power of attorney can stand behind many contracts
_HEAD: Final = 4096
_ONE_TASK: Final = 16  # cases that a process is given at a time
# Starting processes takes as long as reading a dozen cases.
_LEAST_FOR_PROCESSES: Final = 48
_MANIFEST: Final = "manifest.json"
_MANIFEST_SCHEMA: Final = "salesdocs/manifest@1"

Plain = tuple[Any, ...]
Watch = Callable[[int, int], None]
"""Is told how many of how many cases have been read."""


@dataclass(frozen=True)
class Entry:
    """A case of the store; `finding` is the first error in it, without which it is sound."""

    file: str
    case_no: str = ""
    title: str = ""
    customer: str = ""
    short_name: str = ""
    uscc: str = ""
    customer_no: str = ""
    owner_id: str = ""
    owner: str = ""
    stage: int = 0
    status: str = ""
    grade: str = ""
    amount: Decimal | None = None
    prefix: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    items: tuple[DueItem, ...] = ()
    errors: int = 0
    finding: Finding | None = None

    @cached_property
    def next_item(self) -> DueItem | None:
        """What is due first."""
        return self.items[0] if self.items else None

    def overdue(self, today: date, *kinds: str) -> list[DueItem]:
        """Return what is overdue on a day, of some kinds or of all."""
        return [
            item
            for item in self.items
            if item.is_overdue(today) and (not kinds or item.kind in kinds)
        ]

    def is_owned_by(self, who: str) -> bool:
        """Return whether the case is that of a person, given by name or code."""
        return who in (self.owner, self.owner_id)


@dataclass
class Store:
    """The cases below a folder in the order of their paths, and what could not be looked into."""

    entries: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_store(
    root: Path,
    library: Library,
    today: date,
    cache: Cache | None = None,
    watch: Watch | None = None,
) -> Store:
    """Return all cases at or below `root`; raises SalesdocsError when there is no such folder.

    `root` may be the file of one case.
    """
    store = Store()
    paths = list(case_files(root, store.findings))
    content = [today.isoformat().encode(), json.dumps(library.data["policy"]).encode()]
    name = str(root.absolute())
    before: Mapping[str, Plain] = {}
    if cache is not None:
        before = cache.remembered("store", name, content) or {}
    companies = _Companies()
    known: dict[str, Plain] = {}
    entries: dict[str, Entry] = {}
    work: list[_Files] = []
    for path in paths:
        files = _Files(path, companies.of(path))
        key = files.key()
        if key in before:
            known[key] = before[key]
            entries[str(path)] = _entry(before[key])
        else:
            work.append(files)
    for path_, key, plain in _readings(work, library.data["policy"], today):
        entries[path_] = _entry(plain)
        if key:
            known[key] = plain
        if watch is not None:
            watch(len(entries), len(paths))
    if cache is not None and known != before:
        cache.remember("store", name, content, known)
    store.entries = [entries[str(path)] for path in paths]
    return store


# ---- which files ----


def case_files(root: Path, findings: list[Finding]) -> Iterator[Path]:
    """Yield the case files at or below `root`, sorted; adds what cannot be looked into."""
    if root.is_file():
        yield root
        return
    if not root.is_dir():
        message = Phrase("没有这个文件夹", "there is no such folder")
        hint = Phrase("写案件所在的文件夹", "give the folder in which the cases are")
        raise SalesdocsError([Finding("error", message, "CLI-14", file=str(root), hint=hint)])
    yield from _below(root, findings)


def _below(folder: Path, findings: list[Finding]) -> Iterator[Path]:
    try:
        with os.scandir(folder) as found:
            members = sorted(found, key=lambda each: each.name)
    except OSError as error:
        message = Phrase(
            f"打不开这个文件夹：{error.strerror}", f"cannot open the folder: {error.strerror}"
        )
        findings.append(Finding("warning", message, "CLI-15", file=str(folder)))
        return
    names = {each.name for each in members}
    ours = _output_folders(folder / _MANIFEST) if _MANIFEST in names else frozenset()
    for each in members:
        if each.name.startswith(".") or each.name in ours:
            continue
        path = folder / each.name
        if each.is_dir(follow_symlinks=False):
            yield from _below(path, findings)
        elif each.name.endswith(_ENDINGS) and each.is_file() and _is_case(path):
            yield path


def _output_folders(manifest: Path) -> frozenset[str]:
    """Return the folders into which `render` wrote beside its manifest."""
    try:
        data = json.loads(manifest.read_bytes())
        if data["schema"] == _MANIFEST_SCHEMA:
            return frozenset(str(row["file"]).partition("/")[0] for row in data["documents"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return frozenset()


def _is_case(path: Path) -> bool:
    """Return whether a file says that it is a case, or is called as one."""
    if path.name == CASE_FILE:
        return True
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    return _IS_CASE.match(head.removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"\n")) is not None


class _Companies:
    """The company file that counts for each folder, looked for once."""

    def __init__(self) -> None:
        self._of: dict[Path, str | None] = {}

    def of(self, case: Path) -> str | None:
        """Return the path of the company's file for a case, as it is to be shown."""
        from salesdocs.case.company import company_file

        folder = case.parent
        if folder not in self._of:
            found = company_file(case)
            shown = found if found is None or case.is_absolute() else Path(os.path.relpath(found))
            self._of[folder] = None if shown is None else str(shown)
        return self._of[folder]


@dataclass(frozen=True)
class _Files:
    """The files that a case is read from."""

    path: Path
    company: str | None

    def read(self) -> tuple[bytes, bytes | None] | None:
        """Return their bytes; None where they cannot be read."""
        try:
            company = None if self.company is None else Path(self.company).read_bytes()
            return self.path.read_bytes(), company
        except OSError:
            return None

    def key(self, read: tuple[bytes, bytes | None] | None = None) -> str:
        """Return what stands for the names and the content; nothing for what cannot be read."""
        data, company = read or self.read() or (None, None)
        if data is None:
            return ""
        digest = blake2b(digest_size=20)
        for piece in (os.fsencode(self.path), data, (self.company or "").encode(), company or b""):
            digest.update(len(piece).to_bytes(8, "big"))
            digest.update(piece)
        return digest.hexdigest()


# ---- reading ----


def _readings(
    work: Sequence[_Files], policy: dict[str, Any], today: date
) -> Iterator[tuple[str, str, Plain]]:
    """Yield path, key and entry of each case, read by as many processes as there are processors."""
    tasks = [work[start : start + _ONE_TASK] for start in range(0, len(work), _ONE_TASK)]
    many = _processors()
    if many == 1 or len(work) < _LEAST_FOR_PROCESSES:
        for task in tasks:
            yield from _read_all(task, policy, today)
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed

    with ProcessPoolExecutor(many, initializer=_collect_garbage) as pool:
        futures = [pool.submit(_read_all, task, policy, today) for task in tasks]
        try:
            for future in as_completed(futures):
                yield from future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _processors() -> int:
    """Return how many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def _collect_garbage() -> None:
    """Let a process that reads many cases give their memory back."""
    import gc

    gc.enable()
    gc.freeze()


def _read_all(
    task: Sequence[_Files], policy: dict[str, Any], today: date
) -> list[tuple[str, str, Plain]]:
    from salesdocs.process.policy import Policy

    typed = Policy(policy)
    return [(str(files.path), *_read(files, typed, today)) for files in task]


def _read(files: _Files, policy: Policy, today: date) -> tuple[str, Plain]:
    """Return the key of a case's files and its entry, both from the same bytes."""
    from salesdocs.case.load import load_case, read_case

    name, read = str(files.path), files.read()
    key = files.key(read) if read is not None else ""
    try:
        if read is None:
            loaded = load_case(files.path)  # which says what is wrong with the file
        else:
            loaded = read_case(read[0], name, read[1], files.company or "")
    except CaseError as error:
        stated = _STATED.search(read[0]) if read is not None else None
        number = stated[1].decode() if stated else ""
        errors = [each for each in error.findings if each.severity == "error"]
        return key, _plain(Entry(name, number, errors=len(errors), finding=errors[0]))
    return key, _plain(_seen(loaded, policy, today))


def _seen(loaded: LoadedCase, policy: Policy, today: date) -> Entry:
    from salesdocs.rules.agenda import agenda

    case, meta = loaded.case, loaded.case.meta
    errors = [each for each in loaded.findings if each.severity == "error"]
    owner = meta.owner or case.lead.owner
    return Entry(
        file=loaded.source.name,
        case_no=meta.case_no or "",
        title=meta.title or "",
        customer=case.customer.name or "",
        short_name=case.customer.short_name or "",
        uscc=case.customer.uscc or "",
        customer_no=case.customer.customer_no or "",
        owner_id=(owner.id if owner is not None else None) or "",
        owner=(owner.name if owner is not None else None) or "",
        stage=int(meta.stage or 0),
        status=str(meta.status or "active"),
        grade=str(case.lead.evaluation.grade or ""),
        amount=_amount(loaded),
        prefix=case.supplier.doc_prefix or "",
        numbers=tuple(_numbers(loaded.source.tree, "")),
        items=agenda(case, policy, today),
        errors=len(errors),
        finding=errors[0] if errors else None,
    )


def _amount(loaded: LoadedCase) -> Decimal | None:
    """Return what the deal is worth as far as it is known: the last figure that was agreed."""
    case = loaded.case
    return next(
        (
            amount
            for amount in (
                case.contract.amount_with_supplements,
                case.intent.amount,
                case.negotiation.agreed.amount,
                case.proposal.quote.total,
                case.lead.budget_hint.max,
            )
            if amount is not None
        ),
        None,
    )


def _numbers(tree: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield the numbers of documents that are stated in a case, each with its path."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            below = f"{path}.{key}" if path else str(key)
            if key in _SHARED_KEYS:
                continue
            if key in _NUMBER_KEYS and isinstance(value, str) and value.strip():
                yield value.strip(), below
            elif isinstance(value, dict | list):
                yield from _numbers(value, below)
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            if isinstance(value, dict | list):
                yield from _numbers(value, f"{path}[{index}]")


# ---- plain values, which the cache keeps ----


def _plain(entry: Entry) -> Plain:
    """Return the entry as what `marshal` keeps."""
    values = {each.name: getattr(entry, each.name) for each in fields(entry)}
    values["amount"] = None if entry.amount is None else str(entry.amount)
    values["items"] = tuple(
        (
            item.kind,
            item.path,
            item.day.toordinal(),
            item.latest.toordinal(),
            tuple(item.what),
            tuple(item.who),
            item.stage,
            item.remind,
            None if item.amount is None else str(item.amount),
        )
        for item in entry.items
    )
    found = entry.finding
    values["finding"] = found and (
        found.severity, tuple(found.message), found.rule, found.path, found.file, found.line,
        found.column, tuple(found.hint),
    )  # fmt: skip
    return tuple(values.values())


def _entry(plain: Plain) -> Entry:
    """Return the entry that `_plain` was given."""
    values = dict(zip((each.name for each in fields(Entry)), plain, strict=True))
    amount, found = values["amount"], values["finding"]
    values["amount"] = None if amount is None else Decimal(amount)
    values["items"] = tuple(
        DueItem(
            kind,
            path,
            date.fromordinal(day),
            date.fromordinal(latest),
            Phrase(*what),
            Phrase(*who),
            stage,
            remind,
            None if sum_ is None else Decimal(sum_),
        )
        for kind, path, day, latest, what, who, stage, remind, sum_ in values["items"]
    )
    if found is not None:
        severity, message, rule, path, file, line, column, hint = found
        values["finding"] = Finding(
            severity, Phrase(*message), rule, path, file, line, column, Phrase(*hint)
        )
    return Entry(**values)


# ---- what only the whole store shows ----


def clashes(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Yield a finding for each number that two cases have, and each customer recorded twice."""
    every = list(entries)
    yield from _same_numbers(every)
    yield from _same_customers(every)


def _same_numbers(entries: Sequence[Entry]) -> Iterator[Finding]:
    holders: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in entries:
        own = [(entry.case_no, "meta.case_no")] if entry.case_no else []
        for number, path in (*own, *entry.numbers):
            holders[number].setdefault(entry.file, path)
    for number, places in holders.items():
        if len(places) > 1:
            first, *others = places.items()
            for file, path in others:
                message = Phrase(
                    f"编号 {number} 已用于 {first[0]}", f"{number} is the number of {first[0]}"
                )
                hint = Phrase(
                    "后建的一个换成 `salesdocs number` 给出的编号",
                    "give the later one the number that `salesdocs number` says",
                )
                yield Finding("error", message, "CLI-16", path, file, hint=hint)


def _same_customers(entries: Sequence[Entry]) -> Iterator[Finding]:
    from salesdocs.rules.others import OtherCase, duplicate_of, plain_name

    # Of the cases with one code or name, the first under each customer number.
    groups: dict[str, dict[str, OtherCase]] = defaultdict(dict)
    for entry in entries:
        this = OtherCase(entry.case_no, entry.file, entry.customer, entry.uscc, entry.customer_no)
        keys = [f"code {this.uscc}"] if this.uscc else []
        keys += [f"name {plain_name(this.customer)}"] if this.customer else []
        others = (other for key in keys for other in groups[key].values())
        found = next((hit for other in others if (hit := duplicate_of(this, other))), None)
        if found is not None:
            path, message = found
            hint = Phrase(
                "确是同一客户的，用同一个客户编号；否则更正名称或代码",
                "if it is the same, give both the same customer number",
            )
            yield Finding("warning", message, "CUS-04", path, entry.file, hint=hint)
        for key in keys:
            groups[key].setdefault(this.customer_no, this)
