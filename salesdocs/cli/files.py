"""Writes documents into a folder: atomically, only when they changed, never over handwork.

What the disk refuses is a finding for each file, so that one file open in Word stops no other.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import copymode
from typing import TYPE_CHECKING, Any, Final

from salesdocs.errors import SalesdocsError
from salesdocs.findings import NOTHING, Finding, Phrase

if TYPE_CHECKING:
    from salesdocs.produce import Product

MANIFEST: Final = "manifest.json"
_SCHEMA: Final = "salesdocs/manifest@1"
_SAID: Final = {
    errno.ENOSPC: Phrase("磁盘已满", "the disk is full"),
    errno.EDQUOT: Phrase("磁盘配额已用完", "the disk quota is used up"),
    errno.EROFS: Phrase("磁盘是只读的", "the disk is read-only"),
    errno.EACCES: Phrase("没有写入权限", "no permission to write"),
    errno.EPERM: Phrase("没有写入权限", "no permission to write"),
    errno.ENOTDIR: Phrase("路径中有一段是文件，不是文件夹", "a part of the path is a file"),
    errno.EEXIST: Phrase("这里已有同名文件，不是文件夹", "there is a file of this name"),
    errno.EISDIR: Phrase("这里已有同名文件夹", "there is a folder of this name"),
    errno.ENAMETOOLONG: Phrase("路径太长", "the path is too long"),
}
_ADVICE: Final = {
    errno.ENOSPC: Phrase(
        "腾出空间，或用 -o 换一个磁盘", "make room, or choose another disk with -o"
    ),
    errno.ENAMETOOLONG: Phrase("用 -o 换一个短一些的路径", "choose a shorter path with -o"),
}
_MOST_BYTES: Final = 200 * 1024 * 1024
_ELSEWHERE: Final = Phrase("用 -o 换一个文件夹", "choose another folder with -o")
# Windows refuses to replace a file that a program holds open.
_OPEN: Final = Phrase("没有写入权限，或文件正被打开", "no permission, or the file is open")
_CLOSE_IT: Final = Phrase(
    "在 Word 或 WPS 里打开着就先关闭再试；没有权限就用 -o 换一个文件夹",
    "close it in Word and try again; without permission choose another folder with -o",
)


class DiskError(SalesdocsError):
    """A file cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a product: its path, whether it was written, where handwork was kept."""

    product: Product
    path: Path
    is_new: bool
    kept: Path | None = None


def write_products(
    products: Sequence[Product], folder: Path, case_no: str
) -> tuple[list[Written], list[Finding]]:
    """Write the products and the manifest below `folder`; return what is there, what is wrong.

    A file that is there with the same bytes is left alone. One that somebody changed since we wrote
    it is moved aside under a name of its own before ours takes its place.
    """
    findings: list[Finding] = []
    written: list[Written] = []
    try:
        with disk_access(folder):
            folder.mkdir(parents=True, exist_ok=True)
            entries = _entries(folder / MANIFEST)
    except DiskError as error:
        return [], error.findings
    known = {entry["file"]: entry["sha256"] for entry in entries}
    try:
        for product in products:
            path = folder / product.folder / product.name
            try:
                with disk_access(path):
                    written.append(_write_product(product, folder, known))
            except DiskError as error:
                findings += error.findings
    finally:
        # Also when stopped half-way: what is not in the manifest would later look like handwork.
        try:
            with disk_access(folder / MANIFEST):
                _write_manifest(folder, written, entries, case_no)
        except DiskError as error:
            findings += error.findings
    return written, findings


def files_of_before(folder: Path, case_no: str) -> dict[str, Path]:
    """Return the file of each paper of the case that an earlier run left in `folder`, by name."""
    try:
        entries = _entries(folder / MANIFEST)
    except (DiskError, OSError):
        return {}
    return {
        str(entry.get("name")): folder / entry["file"]
        for entry in entries
        if entry.get("case_no") == case_no and (folder / entry["file"]).is_file()
    }


@contextmanager
def disk_access(path: Path) -> Iterator[None]:
    """Turn what the disk refuses about `path` into a DiskError that says so."""
    try:
        yield
    except OSError as error:
        raise DiskError([_refused(path, error)]) from error
    except UnicodeEncodeError as error:
        raise DiskError([_unwritable_name(path, error.encoding)]) from error


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that somebody named; raises DiskError that says what is wrong."""
    try:
        facts = path.stat()
        size = facts.st_size
        if stat.S_ISDIR(facts.st_mode):
            raise IsADirectoryError(errno.EISDIR, "")
        if not stat.S_ISREG(facts.st_mode):  # a pipe or a device may never end
            raise OSError(errno.EINVAL, "not a regular file")
        if size > _MOST_BYTES:
            message = Phrase(
                f"文件太大（{size / 1024 / 1024:,.0f} MB，最多 {_MOST_BYTES // 1024 // 1024} MB）",
                f"the file is too large ({size / 1024 / 1024:,.0f} MB)",
            )
            raise DiskError([Finding("error", message, "CLI-21", file=str(path))])
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise DiskError([_not_read(path, error)]) from error


def _not_read(path: Path, error: Exception) -> Finding:
    hint = NOTHING
    match error:
        case FileNotFoundError() | NotADirectoryError():
            said = Phrase("没有这个文件", "there is no such file")
        case IsADirectoryError():
            said = Phrase("这是文件夹，不是文件", "this is a folder")
            example = path / "*.docx"
            hint = Phrase(f"印其中的全部文件：{example}", f"for all files in it: {example}")
        case PermissionError():
            said = Phrase("没有读取权限，或文件正被打开", "no permission to read, or it is open")
        case _:
            reason = getattr(error, "strerror", None) or str(error)
            said = Phrase(f"读不了：{reason}", f"cannot be read: {reason}")
    return Finding("error", said, "CLI-21", file=str(path), hint=hint)


def _unwritable_name(path: Path, encoding: str) -> Finding:
    message = Phrase(
        f"写不进去：这里的文件名编码是 {encoding}，写不了中文文件名",
        f"cannot write: names of files are {encoding} here, without Chinese characters",
    )
    hint = Phrase("设环境变量 PYTHONUTF8=1 再运行", "set PYTHONUTF8=1 and run again")
    return Finding("error", message, "CLI-04", file=str(path), hint=hint)


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` so that the file is at every moment the old one or the new one.

    The new one may be read and written by those who might the old one.
    """
    with _waiting(path, data) as waiting:
        if path.exists():
            copymode(path, waiting)
        waiting.replace(path)


@contextmanager
def _waiting(path: Path, data: bytes) -> Iterator[Path]:
    """Give the data in a file beside `path`, on the same disk; it is gone at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f".{sha256(path.name.encode()).hexdigest()[:12]}.{os.getpid()}.tmp")
    try:
        waiting.write_bytes(data)
        yield waiting
    finally:
        waiting.unlink(missing_ok=True)


def _refused(path: Path, error: OSError) -> Finding:
    said = _SAID.get(error.errno or 0)
    if said is None:
        reason = error.strerror or str(error)
        said = Phrase(reason, reason)
    hint = _ADVICE.get(error.errno or 0, _ELSEWHERE if error.errno in _SAID else NOTHING)
    if isinstance(error, PermissionError) and os.access(path, os.F_OK):
        said, hint = _OPEN, _CLOSE_IT
    message = Phrase(f"写不进去：{said.zh}", f"cannot write: {said.en}")
    return Finding("error", message, "CLI-04", file=str(path), hint=hint)


def _write_product(product: Product, folder: Path, known: Mapping[str, str]) -> Written:
    relative = f"{product.folder}/{product.name}"
    path = folder / product.folder / product.name
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        there = None
    if there == product.data:
        return Written(product, path, is_new=False)
    kept = None
    with _waiting(path, product.data) as waiting:
        if there is not None and known.get(relative) != sha256(there).hexdigest():
            kept = aside(path)
            path.replace(kept)
        waiting.replace(path)
    return Written(product, path, is_new=True, kept=kept)


def aside(path: Path) -> Path:
    """Return a free name for the file that somebody changed by hand."""
    number = 1
    while (found := path.with_name(f"{path.stem[:60]}_手工修改{number}{path.suffix}")).exists():
        number += 1
    return found


def _entries(manifest: Path) -> list[dict[str, Any]]:
    """Return the entries of the manifest that is there; raises DiskError when it is not ours."""
    try:
        data = json.loads(manifest.read_bytes())
        if data["schema"] == _SCHEMA:
            return [entry for entry in data["documents"] if _is_entry(entry)]
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError):
        pass
    message = Phrase(
        "这个文件不是本程序写的清单，不覆盖它", "this manifest is not ours and is not written over"
    )
    hint = Phrase("移走它，或用 -o 换一个文件夹", "move it away, or choose another folder with -o")
    raise DiskError([Finding("error", message, "CLI-05", file=str(manifest), hint=hint)])


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and all(
        isinstance(entry.get(key), str) for key in ("file", "sha256")
    )


def _write_manifest(
    folder: Path, written: Sequence[Written], before: Sequence[dict[str, Any]], case_no: str
) -> None:
    printed = {(entry["file"], entry["sha256"]): _pdf_of(entry) for entry in before}
    fresh = [_entry(each, case_no) for each in written]
    fresh = [entry | printed.get((entry["file"], entry["sha256"]), {}) for entry in fresh]
    replaced = {(entry["case_no"], entry["name"]) for entry in fresh}
    kept = [
        entry
        for entry in before
        if (entry.get("case_no"), entry.get("name")) not in replaced
        and (folder / entry["file"]).is_file()
    ]
    if not kept and not fresh:
        return
    _keep_manifest(folder, [*kept, *fresh])


def note_pdfs(folder: Path, pdfs: Mapping[str, Path]) -> None:
    """Add to the manifest of `folder` the PDF of each file; raises DiskError.

    `pdfs` are by the file's path below the folder.
    """
    with disk_access(folder / MANIFEST):
        entries = _entries(folder / MANIFEST)
        for entry in entries:
            path = pdfs.get(entry["file"])
            if path is not None:
                digest = sha256(path.read_bytes()).hexdigest()
                entry |= {"pdf": path.relative_to(folder).as_posix(), "pdf_sha256": digest}
        if entries:
            _keep_manifest(folder, entries)


def _pdf_of(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an entry says of the PDF: it holds for as long as the Word file is the same."""
    return {key: entry[key] for key in ("pdf", "pdf_sha256") if key in entry}


def _keep_manifest(folder: Path, entries: Sequence[Mapping[str, Any]]) -> None:
    documents = sorted(entries, key=lambda entry: str(entry["file"]))
    text = json.dumps({"schema": _SCHEMA, "documents": documents}, ensure_ascii=False, indent=2)
    data = f"{text}\n".encode()
    path = folder / MANIFEST
    if not path.is_file() or path.read_bytes() != data:
        write_atomically(path, data)


def _entry(written: Written, case_no: str) -> dict[str, Any]:
    product = written.product
    facts = product.facts
    return {
        "case_no": case_no,
        "name": product.paper.name,
        "document": facts.id,
        "title": facts.title,
        "doc_no": facts.doc_no,
        "version": facts.version,
        "date": facts.date.isoformat() if facts.date else None,
        "audience": product.paper.document.audience,
        "draft": facts.draft,
        "file": f"{product.folder}/{product.name}",
        "sha256": sha256(product.data).hexdigest(),
        "template_sha256": product.seal["template"],
        "data_sha256": product.seal["data"],
        "text_sha256": product.seal["text"],
    }
