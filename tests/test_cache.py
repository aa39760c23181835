"""The compile cache is quick, private, and never trusted unchecked."""

from __future__ import annotations

import marshal
from pathlib import Path

import pytest

from salesdocs import cache as module
from salesdocs.cache import Cache
from tests import world
from tests.word.build import template


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "x.zh.docx"
    path.write_bytes(template("您好 {{ customer.name }}"))
    return path


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name != "key"]


def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates compiled from now on."""
    names: list[str] = []
    real = module._compile

    def spy(name: str, data: bytes) -> object:
        make = real(name, data)
        return lambda: (names.append(name), make())[1]

    monkeypatch.setattr(module, "_compile", spy)
    return names


def test_a_template_is_compiled_once(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = compiled(monkeypatch)
    first = Cache(tmp_path / "cache").template(file)
    second = Cache(tmp_path / "cache").template(file)
    assert names == ["x.zh.docx"]
    assert (first.digest, first.parts) == (second.digest, second.parts)


def test_a_changed_template_is_compiled_again(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = compiled(monkeypatch)
    Cache(tmp_path / "cache").template(file)
    file.write_bytes(template("再见 {{ customer.name }}"))
    assert "再见" in Cache(tmp_path / "cache").template(file).text
    assert len(names) == 2


DAMAGES = {
    "cut off": lambda data: data[:-10],
    "one bit turned": lambda data: data[:50] + bytes([data[50] ^ 1]) + data[51:],
    "emptied": lambda data: b"",
    "code of somebody else": lambda data: data[:32] + marshal.dumps(compile("1/0", "x", "exec")),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_or_foreign_entry_is_ignored(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: object
) -> None:
    folder = tmp_path / "cache"
    Cache(folder).template(file)
    (entry,) = entries(folder)
    entry.write_bytes(damage(entry.read_bytes()))  # type: ignore[operator]
    names = compiled(monkeypatch)
    assert "您好" in Cache(folder).template(file).text
    assert names == ["x.zh.docx"]


def test_an_entry_sealed_with_another_key_is_ignored(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    Cache(ours).template(file)
    Cache(theirs).template(file)
    entries(ours)[0].write_bytes(entries(theirs)[0].read_bytes())
    names = compiled(monkeypatch)
    Cache(ours).template(file)
    assert names == ["x.zh.docx"]


def test_a_folder_that_others_can_write_is_not_used(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    folder.chmod(0o777)
    Cache(folder).template(file)
    assert entries(folder) == []


def test_without_a_usable_folder_everything_works(file: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    for folder in (None, blocked / "cache"):
        assert "您好" in Cache(folder).template(file).text


def test_the_library_comes_back_as_it_was(tmp_path: Path) -> None:
    first = Cache(tmp_path).library()
    assert Cache(tmp_path).library().data == first.data == world.library().data


def test_the_key_is_readable_by_its_owner_only(file: Path, tmp_path: Path) -> None:
    Cache(tmp_path / "cache").template(file)
    assert (tmp_path / "cache" / "key").stat().st_mode & 0o077 == 0
    assert (tmp_path / "cache").stat().st_mode & 0o077 == 0
