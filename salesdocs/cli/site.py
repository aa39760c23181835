"""`salesdocs site`: the playbook as a site, as a folder of Markdown, as one archive."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import click

from salesdocs.cli.common import (
    FINDINGS,
    format_option,
    lang_option,
    library_option,
    print_findings,
    print_json,
    reports_findings,
)
from salesdocs.cli.files import disk_access, write_atomically
from salesdocs.errors import SiteError
from salesdocs.findings import Finding, Language, Phrase, has_errors

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from salesdocs.plugin.assembling import Assembled

_STAGED: Final = """\
site_name: 销售手册
docs_dir: docs
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - md_in_html
  - tables
  - pymdownx.details
  - pymdownx.superfences
extra_css: [assets/salesdocs/playbook.css]
extra_javascript: [assets/salesdocs/playbook.js]
"""
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)

config_option = click.option(
    "-f",
    "--config",
    "config_file",
    type=click.Path(path_type=Path, readable=False),
    help="MkDocs 的配置，默认本文件夹的 mkdocs.yml，没有时用自带手册 / configuration",
)


@click.group("site")
def site() -> None:
    """生成销售手册网站。

    The playbook site: built by MkDocs, or staged as Markdown for another generator.
    """


@site.command("build")
@config_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    default=Path("build/site"),
    show_default=True,
    help="写到这个文件夹 / folder",
)
@click.option("--strict/--no-strict", default=True, help="有警告就不算成功，默认开 / strict")
@lang_option
@format_option
@reports_findings
def build_site(
    config_file: Path | None, output: Path, strict: bool, lang: Language, form: str
) -> None:
    """生成网站。

    Build the site.
    """
    config = _configuration(config_file, output)
    findings = _built(config)
    files = _contents(output)
    _tell(output, files, findings, lang, form)
    _finish(findings, strict=strict)


@site.command("serve")
@config_option
@click.option("-a", "--address", default="127.0.0.1:8000", show_default=True, help="地址 / address")
@reports_findings
def serve_site(config_file: Path | None, address: str) -> None:
    """在本机看网站，改了文件自动刷新；Ctrl-C 结束。

    Serve the site and build it anew when a page, a template, a field or a rule changes.
    """
    _require()
    from salesdocs.plugin.building import served

    served(_file(config_file), address)


@site.command("zip")
@config_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    default=Path("playbook.zip"),
    show_default=True,
    help="写成这个文件 / file",
)
@click.option(
    "--with-pdf",
    is_flag=True,
    help="连同 PDF：每份可填写的表近 2 MB / with PDFs: almost 2 MB a form",
)
@lang_option
@format_option
@reports_findings
def zip_site(
    config_file: Path | None, output: Path, with_pdf: bool, lang: Language, form: str
) -> None:
    """打包成一个压缩文件，解开后不联网、不用服务器也能看，搜索也能用。

    One archive that works from a folder, search included. The forms are there in Word and to be
    filled in in the browser.
    """
    left_out = () if with_pdf else ("form", "printed")
    with TemporaryDirectory() as folder:
        config = _configuration(config_file, Path(folder), offline=True, without=left_out)
        findings = _built(config)
        files = {place: data for place, data in _contents(Path(folder)).items() if _travels(place)}
    with disk_access(output):
        write_atomically(output, _archive(files))
    _tell(output, files, findings, lang, form)
    _finish(findings)


@site.command("stage")
@click.argument("output", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--docs",
    type=click.Path(path_type=Path, readable=False),
    help="手写的页面所在的文件夹，默认自带手册 / folder of the pages by hand",
)
@library_option
@lang_option
@reports_findings
def stage_site(output: Path, docs: Path | None, own: Path | None, lang: Language) -> None:
    """展开成普通的 Markdown 文件夹，供其他网站生成器使用。

    Write an ordinary tree of Markdown, and a configuration without our plugin beside it.
    """
    from salesdocs.playbook.navigation import navigation
    from salesdocs.playbook.stage import navigation_lines, staged

    made = _assembled(docs, own, lang)
    texts, findings = staged(made.book, made.pages)
    findings = [*made.findings, *findings]
    if not has_errors(findings):
        for place, text in texts.items():
            _write(output / "docs" / place, text.encode())
        for place, path in (*made.files.items(), *_assets()):
            _write(output / "docs" / place, path.read_bytes())
        nav = "\n".join(("nav:", *navigation_lines(navigation(made.book, made.pages))))
        _write(output / "mkdocs.yml", f"{_STAGED}{nav}\n".encode())
    print_findings(findings, lang)
    said = Phrase(f"{output}：{len(texts)} 页", f"{output}: {len(texts)} pages")
    click.echo(said.text(lang))
    _finish(findings)


@site.command("check")
@config_option
@lang_option
@format_option
@reports_findings
def check_site(config_file: Path | None, lang: Language, form: str) -> None:
    """检查网站：指令、链接、锚点、图片、下载，什么也不写。

    Build it aside and walk every link, anchor, image and download.
    """
    from salesdocs.playbook.walk import walk

    with TemporaryDirectory() as folder:
        findings = _built(_configuration(config_file, Path(folder)))
        files = _contents(Path(folder))
    findings += walk(files)
    if form == "json":
        print_json({"files": len(files), "findings": [each.as_dict(lang) for each in findings]})
    else:
        print_findings(findings, lang)
        if not findings:
            said = Phrase(f"{_count(files)} 页，没有问题", f"{_count(files)} pages, nothing wrong")
            click.echo(said.text(lang))
    _finish(findings)


@site.command("pdf")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    default=Path("playbook.pdf"),
    show_default=True,
    help="写成这个文件 / file",
)
@click.option(
    "--docs",
    type=click.Path(path_type=Path, readable=False),
    help="手写的页面所在的文件夹，默认自带手册 / folder of the pages by hand",
)
@click.option("--title", default="销售手册", show_default=True, help="书名 / title")
@library_option
@lang_option
@reports_findings
def print_site(
    output: Path, docs: Path | None, title: str, own: Path | None, lang: Language
) -> None:
    """把整本手册印成一册 PDF：封面、目录、页眉、书签。

    The whole playbook as one PDF.
    """
    from salesdocs.playbook.handbook import handbook
    from salesdocs.playbook.navigation import navigation

    made = _assembled(docs, own, lang, kinds=())
    pdf, findings = handbook(made.book, made.pages, navigation(made.book, made.pages), title)
    with disk_access(output):
        write_atomically(output, pdf)
    print_findings(findings, lang)
    click.echo(str(output))
    _finish(findings)


def _assembled(
    docs: Path | None, own: Path | None, lang: Language, kinds: Sequence[str] | None = None
) -> Assembled:
    """Return the playbook of a folder of Markdown, ours without one."""
    _require()
    from salesdocs.playbook.written import written_page
    from salesdocs.plugin.assembling import assembled
    from salesdocs.plugin.building import shipped_configuration
    from salesdocs.plugin.config import KINDS

    folder = docs or shipped_configuration().parent / "site" / lang
    written = {
        place: written_page(place, path.read_text(encoding="utf-8"), str(path))
        for path in sorted(folder.rglob("*.md"))
        if (place := path.relative_to(folder).as_posix())
    }
    return assembled(written, own=own, lang=lang, kinds=KINDS if kinds is None else kinds)


def _assets() -> list[tuple[str, Path]]:
    from salesdocs.plugin.plugin import ASSETS

    return [(f"assets/salesdocs/{path.name}", path) for path in sorted(ASSETS.iterdir())]


def _write(path: Path, data: bytes) -> None:
    with disk_access(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)


def _require() -> None:
    """Raise SiteError where MkDocs is not installed."""
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("mkdocs", "material")):
        raise SiteError(
            [
                Finding(
                    "error",
                    Phrase("没有安装 MkDocs", "MkDocs is not installed"),
                    "SITE-23",
                    hint=Phrase("pip install 'salesdocs[site]'", "pip install 'salesdocs[site]'"),
                )
            ]
        )


def _file(given: Path | None) -> Path:
    from salesdocs.plugin.building import CONFIGURATION, shipped_configuration

    if given is not None:
        return given
    here = Path(CONFIGURATION)
    return here if here.is_file() else shipped_configuration()


def _configuration(
    given: Path | None, output: Path, *, offline: bool = False, without: Sequence[str] = ()
) -> MkDocsConfig:
    _require()
    from salesdocs.plugin.building import configuration

    place = str(output.absolute())
    return configuration(_file(given), offline=offline, without=without, site_dir=place)


def _built(config: MkDocsConfig) -> list[Finding]:
    from salesdocs.plugin.building import built

    return built(config)


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _travels(place: str) -> bool:
    """Return whether a file is of use without a server: no maps of sources, no list of pages."""
    return not place.endswith((".map", ".gz")) and place not in ("sitemap.xml", "404.html")


def _archive(files: Mapping[str, bytes]) -> bytes:
    """Return the files as one archive, the same for the same files."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for place, data in files.items():
            archive.writestr(ZipInfo(place, _ZIP_DATE), data, ZIP_DEFLATED, 9)
    return target.getvalue()


def _tell(
    output: Path, files: Mapping[str, bytes], findings: list[Finding], lang: Language, form: str
) -> None:
    bytes_ = output.stat().st_size if output.is_file() else sum(map(len, files.values()))
    if form == "json":
        said: dict[str, Any] = {
            "output": str(output),
            "pages": _count(files),
            "files": len(files),
            "bytes": bytes_,
            "findings": [each.as_dict(lang) for each in findings],
        }
        print_json(said)
        return
    print_findings(findings, lang)
    size = f"{bytes_ / 1024 / 1024:.1f} MB"
    words = Phrase(
        f"{output}：{_count(files)} 页，{len(files)} 个文件，{size}",
        f"{output}: {_count(files)} pages, {len(files)} files, {size}",
    )
    click.echo(words.text(lang))


def _count(files: Mapping[str, bytes]) -> int:
    return sum(place.endswith(".html") for place in files)


def _finish(findings: list[Finding], *, strict: bool = True) -> None:
    """Exit with 1 after an error; strictly, after a warning as well."""
    stops = ("error", "warning") if strict else ("error",)
    sys.exit(FINDINGS if any(each.severity in stops for each in findings) else 0)
