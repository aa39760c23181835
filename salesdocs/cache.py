"""Keeps compiled templates and the parsed library between runs, so that a cold start is quick.

An entry is used only when it carries the seal of this user's own key: a damaged entry, or one that
came from elsewhere, is ignored and made anew, because compiled code is code. Where the folder
cannot be used, everything works without it.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from salesdocs import __version__
from salesdocs.process.library import Library, house_folder, library_files
from salesdocs.word.template import ENGINE, Template, dump, restore

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_SEAL_SIZE: Final = 32
_PACKAGE: Final = Path(__file__).parent


class Cache:
    """Compiled templates and libraries by the content of their files; `folder` None keeps none."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._key = _own_key(folder) if folder is not None else None
        self._templates: dict[Path, Template] = {}

    def template(self, path: Path) -> Template:
        """Return the compiled template in the file at `path`; raises TemplateError."""
        known = self._templates.get(path)
        if known is None:
            data = path.read_bytes()
            known = self._kept(
                "template", (path.name.encode(), data), restore, dump, _compile(path.name, data)
            )
            self._templates[path] = known
        return known

    def library(self, *folders: Path) -> Library:
        """Return the library of `folders`, the first one winning, with the house's behind them."""
        files = library_files(*folders, house_folder())
        content = (
            piece
            for name, paths in files.items()
            for path in paths
            for piece in (name.encode(), path.read_bytes() if path.suffix == ".yaml" else b"")
        )

        def read() -> dict[str, Any]:
            from salesdocs.process.reading import read_library

            return read_library(*folders, house_folder())

        return Library(self._kept("library", content, marshal.loads, marshal.dumps, read))

    def remembered(self, kind: str, name: str, content: Iterable[bytes]) -> Any:
        """Return the value remembered under `kind` and `name`; None without one from this content.

        There is one entry for each name, so that what changes daily does not pile up.
        """
        path = self._named(kind, name)
        kept = _unsealed(path, self._key) if path is not None and self._key is not None else None
        try:
            # Sealed with this user's key.
            state, value = marshal.loads(kept) if kept is not None else ("", None)  # noqa: S302
        except (ValueError, EOFError, TypeError):
            return None  # sealed by us in another shape
        return value if state == _state_of_all(content) else None

    def remember(self, kind: str, name: str, content: Iterable[bytes], value: Any) -> None:
        """Keep a plain value under `kind` and `name`, for as long as program and content stay."""
        path = self._named(kind, name)
        if path is not None and self._key is not None:
            _write(path, _seal(marshal.dumps((_state_of_all(content), value)), self._key))

    def _named(self, kind: str, name: str) -> Path | None:
        named = blake2b(name.encode("utf-8", "surrogateescape"), digest_size=20).hexdigest()
        return None if self._folder is None else self._folder / f"{kind}-{named}"

    def _kept(
        self,
        kind: str,
        content: Iterable[bytes],
        restored: Callable[[bytes], Any],
        dumped: Callable[[Any], bytes],
        make: Callable[[], Any],
    ) -> Any:
        """Return what `make` gives, from the folder when it was made before from this content."""
        if self._folder is None or self._key is None:
            return make()
        path = self._folder / f"{kind}-{_digest(kind, content)}"
        kept = _unsealed(path, self._key)
        if kept is not None:
            try:
                return restored(kept)
            except (ValueError, EOFError, TypeError):
                pass  # sealed by us in another shape: made anew below
        value = make()
        _write(path, _seal(dumped(value), self._key))
        return value


def _compile(name: str, data: bytes) -> Callable[[], Template]:
    def compiled() -> Template:
        from salesdocs.word.compile import compile_template

        return compile_template(data, name)

    return compiled


def default_folder() -> Path | None:
    """Return this user's cache folder: `SALESDOCS_CACHE` (empty: none), else the usual place."""
    chosen = os.environ.get("SALESDOCS_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base) / "salesdocs" / "cache" if base else None
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "salesdocs"
    except RuntimeError:  # a user without a home
        return None


def _digest(kind: str, content: Iterable[bytes]) -> str:
    digest = blake2b(f"{kind} {__version__} {ENGINE} {_stamp()}".encode(), digest_size=20)
    for piece in content:
        digest.update(len(piece).to_bytes(8, "big"))
        digest.update(piece)
    return digest.hexdigest()


@cache
def _stamp() -> str:
    """Return what tells two states of the program apart while it is being worked on."""
    sources = [*_PACKAGE.glob("word/*.py"), *_PACKAGE.glob("process/*.py")]
    return str(max((path.stat().st_mtime_ns for path in sources), default=0))


def _state_of_all(content: Iterable[bytes]) -> str:
    """Return what stands for the whole program, Python, and this content."""
    return _digest("all", [_program(), *content])


@cache
def _program() -> bytes:
    """Return what tells two states of the program, of Python and of the holidays apart."""
    sources = sorted((str(path), path.stat().st_mtime_ns) for path in _PACKAGE.rglob("*.py"))
    return repr((sources, sys.version, _holidays())).encode()


def _holidays() -> str:
    """Return the release of the holiday notices, on which working days depend."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("chinesecalendar")
    except PackageNotFoundError:
        return ""


# -- files that only this user can have written --------------------------------------------------


def _own_key(folder: Path) -> bytes | None:
    """Return this user's key, made on the first run; None where the folder is not ours alone."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(folder.lstat()):
            return None
        path = folder / "key"
        try:
            with os.fdopen(
                os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            ) as file:
                file.write(os.urandom(_SEAL_SIZE))
        except FileExistsError:
            pass
        key = path.read_bytes() if _is_ours(path.lstat()) else b""
    except OSError:
        return None
    return key if len(key) == _SEAL_SIZE else None


def _is_ours(facts: os.stat_result) -> bool:
    if sys.platform == "win32":  # there the folder's access list keeps others out
        return True
    others_can_write = facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return facts.st_uid == os.getuid() and not others_can_write and not stat.S_ISLNK(facts.st_mode)


def _seal(payload: bytes, key: bytes) -> bytes:
    return blake2b(payload, key=key, digest_size=_SEAL_SIZE).digest() + payload


def _unsealed(path: Path, key: bytes) -> bytes | None:
    try:
        if not _is_ours(path.lstat()):
            return None
        kept = path.read_bytes()
    except OSError:
        return None
    payload = kept[_SEAL_SIZE:]
    return payload if _seal(payload, key) == kept else None


def _write(path: Path, data: ReadableBuffer) -> None:
    """Write an entry so that another process sees all of it or nothing; give up quietly."""
    waiting = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
        waiting.replace(path)
    except OSError:
        waiting.unlink(missing_ok=True)
