"""Reads and writes the zip container of a Word file, with stable bytes.

Members that do not change are never inflated: their deflated bytes travel from the template into
every document. Writing the same zip with the standard library costs twenty times as much, because
it deflates every member again.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from deflate import crc32, deflate_compress, deflate_decompress

from salesdocs.errors import TemplateError
from salesdocs.findings import NOTHING, Finding, Phrase

# MS-DOS date of 1980-01-01, the first a zip can hold: a document's bytes must not tell the hour
# at which they were written.
_DATE: Final = 0x0021
_STORED: Final = 0
_DEFLATED: Final = 8
# libdeflate's level at which our files, bookmarks aside, are no larger than those of docxtpl.
_LEVEL: Final = 6
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_LIMIT: Final = 200 * 1024 * 1024
# What the standard library raises over a damaged zip, though it documents only the first.
_BROKEN: Final = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError,
    OverflowError, IndexError, struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the package, as it lies in the zip."""

    name: str
    data: bytes
    size: int
    crc: int
    method: int

    @property
    def content(self) -> bytes:
        """Return the member inflated."""
        if self.method != _DEFLATED:
            return self.data
        return bytes(deflate_decompress(self.data, self.size)) if self.size else b""


def deflated(name: str, content: bytes) -> Member:
    """Return `content` as a member of the package."""
    data = bytes(deflate_compress(content, _LEVEL))
    return Member(name, data, len(content), crc32(content), _DEFLATED)


def read_members(package: bytes, file: str) -> list[Member]:
    """Return the members of a Word file in their order, still deflated.

    Raises TemplateError when `package` is no zip, is encrypted, or inflates to more than 200 MB.
    """
    try:
        with zipfile.ZipFile(BytesIO(package)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            broken = archive.testzip() if _is_sane(infos) else infos[0].filename
    except _BROKEN as problem:
        raise TemplateError([_not_a_package(file)]) from problem
    if broken is not None:
        raise TemplateError([_not_a_package(file, broken)])
    return [_member(package, info) for info in infos]


def _is_sane(infos: list[zipfile.ZipInfo]) -> bool:
    return sum(info.file_size for info in infos) <= _LIMIT and not any(
        info.flag_bits & 1 or info.compress_type not in {_STORED, _DEFLATED} for info in infos
    )


def _member(package: bytes, info: zipfile.ZipInfo) -> Member:
    # The lengths of name and extra field in the local header can differ from the directory's.
    name_size, extra_size = struct.unpack_from("<2H", package, info.header_offset + 26)
    start = info.header_offset + _LOCAL.size + name_size + extra_size
    data = package[start : start + info.compress_size]
    return Member(info.filename, data, info.file_size, info.CRC, info.compress_type)


def _not_a_package(file: str, member: str = "") -> Finding:
    where = Phrase(f"：{member} 已损坏", f": {member} is damaged") if member else NOTHING
    return Finding(
        "error",
        Phrase(f"不是完好的 Word 文件（.docx）{where.zh}", f"not a sound Word file{where.en}"),
        "TPL-01",
        file=file,
        hint=Phrase(
            "请在 Word 或 WPS 中打开后另存为 .docx，不要加密",
            "open it in Word or WPS and save it as .docx, without a password",
        ),
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """The members of a package that never change, laid out for writing at once."""

    local: bytes
    directory: bytes
    count: int


def frame(members: list[Member]) -> Frame:
    """Return `members` laid out as the beginning of a package and of its directory."""
    local, directory = _lay_out(members, 0)
    return Frame(local, directory, len(members))


def assemble(static: Frame, members: list[Member]) -> bytes:
    """Return the whole package: the static frame, then `members`, then the directory."""
    start = len(static.local)
    local, entries = _lay_out(members, start)
    directory = static.directory + entries
    count = static.count + len(members)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), start + len(local), 0)
    return b"".join((static.local, local, directory, end))


def _lay_out(members: list[Member], offset: int) -> tuple[bytes, bytes]:
    local: list[bytes] = []
    directory: list[bytes] = []
    for member in members:
        name = member.name.encode()
        flags = 0 if name.isascii() else 0x800
        facts = (flags, member.method, 0, _DATE, member.crc, len(member.data), member.size)
        header = _LOCAL.pack(b"PK\3\4", 20, *facts, len(name), 0)
        local += (header, name, member.data)
        directory += (
            _CENTRAL.pack(b"PK\1\2", 20, 20, *facts, len(name), 0, 0, 0, 0, 0, offset),
            name,
        )
        offset += len(header) + len(name) + len(member.data)
    return b"".join(local), b"".join(directory)
