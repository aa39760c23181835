"""Every document of the register that has a template, under the laws all documents obey."""

from __future__ import annotations

import random
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openxml_audit import OpenXmlValidator

from salesdocs.case.paths import leaves, pattern_of, resolve_type
from salesdocs.errors import DocumentError
from salesdocs.produce import produce
from salesdocs.word.render import evaluate, render
from tests import reference, world

PAPERS = [paper.name for paper in world.papers()]
IDS = list(dict.fromkeys(paper.document.id for paper in world.papers()))
CUSTOMER = [paper for paper in world.papers() if paper.document.audience == "customer"]


def context_of(name: str) -> dict[str, Any]:
    """What the template of the paper `name` sees."""
    paper = next(paper for paper in world.papers() if paper.name == name)
    context, _ = world.dossier().context(paper)
    return context.spelled_out()


@pytest.mark.parametrize("name", PAPERS)
def test_it_is_what_docxtpl_makes_of_the_template(name: str) -> None:
    document_id = name.partition("/")[0]
    context = context_of(name)
    ours = render(world.template(document_id), context)
    theirs = reference.render_with_docxtpl(world.template_file(document_id).read_bytes(), context)
    assert reference.body(ours) == reference.body(theirs)


@pytest.mark.parametrize("name", PAPERS)
def test_it_has_no_error_under_the_validator(name: str, tmp_path: Path) -> None:
    path = tmp_path / "document.docx"
    path.write_bytes(world.product(name).data)
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


def test_libreoffice_opens_every_document_with_the_same_text(tmp_path: Path) -> None:
    files = []
    for number, name in enumerate(PAPERS):
        files.append(tmp_path / f"{number}.docx")
        files[-1].write_bytes(world.product(name).data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8",
         "--outdir", tmp_path, *files],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    for file in files:
        shown = _bare(file.with_suffix(".txt").read_text(encoding="utf-8"))
        for line in reference.text(file.read_bytes()).split("\n"):
            assert _bare(line) in shown, file


def _bare(text: str) -> str:
    return re.sub(r"\s|\ufeff", "", text)


# domain.md 8.1: what the sample case must come to, and where it can be read.
GOLDEN = {
    "proposal": [
        "1,278,000.00", "150,000.00", "11.74%", "1,128,000.00", "人民币壹佰壹拾贰万捌仟元整",
        "802,000.00", "709,734.52", "92,265.48", "326,000.00", "307,547.17", "18,452.83",
        "1,017,281.69", "110,718.31",
    ],
    "contract_approval": [
        "1,128,000.00", "人民币壹佰壹拾贰万捌仟元整", "709,734.52", "92,265.48", "307,547.17",
        "18,452.83", "1,017,281.69", "110,718.31", "338,400.00", "394,800.00", "56,400.00",
    ],
    # Days read 2026-01-17 in tables and 2026年1月17日 in text.
    "acceptance_report": ["2025-12-15", "2025-12-12", "2026-01-17", "2027-01-16"],
    "survey_report/S-2026H1": [
        "88.9%", "4.13", "87.5%", "4.25", "4.50", "4.63", "3.88", "4.00", "38",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", GOLDEN)
def test_the_finished_file_holds_the_expected_values(name: str) -> None:
    text = _all_text(world.product(name).data)
    text += re.sub(r"(\d{4})年(\d+)月(\d+)日", _as_iso, text)
    assert [value for value in GOLDEN[name] if value not in text] == []


def _as_iso(day: re.Match[str]) -> str:
    return f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}"


def _all_text(package: bytes) -> str:
    with ZipFile(BytesIO(package)) as archive:
        parts = [
            archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")
        ]
    return "\n".join(re.sub(r"<[^>]+>", "\n", part) for part in parts)


# -- hostile values --------------------------------------------------------------------------------

SENTINEL = "哨兵SENTINEL哨兵"
FINGERPRINT = re.compile(r"(?<![0-9A-F-])[0-9A-F]{4}(?:-[0-9A-F]{4}){3}(?![0-9A-F-])")
HOSTILE = [
    "&", "<", ">", "\"'“”", "&amp;", "</w:t></w:r></w:p>", "<!-- x -->", "]]>", "{{ 7*7 }}",
    "{% raw %}", "{%p for x in y %}", "{# x #}", "{_{ x }_}", "}}", "%}", "{", "😀🏗️", "𠮷野家",
    "\u202eabc\u202c", "عقد", "第一行\n第二行", "列一\t列二", "长" * 10_000, "a" * 10_000,
    "\u00a0x\u3000y\u200b", "%s %d %%", "${x} #{y} \\1 \\n", "=1+1", "../../etc/passwd",
]  # fmt: skip


def _text_paths() -> dict[str, list[str]]:
    """The free-text values of the sample that a paper prints as they are, with these papers."""
    printed: dict[str, list[str]] = {}
    for paper in world.papers():
        uses = world.template(paper.document.id).uses
        plain = {use.path for use in uses if not use.filters and not use.is_loop}
        case = world.dossier().case_for(paper.document.audience)
        for path, _ in leaves(case):
            kind = resolve_type(pattern_of(path))
            if pattern_of(path) in plain and kind is not None and kind.kind == "text":
                printed.setdefault(path, []).append(paper.name)
    return {path: names for path, names in printed.items() if _is_written_out(path)}


def _is_written_out(path: str) -> bool:
    try:
        world.changed({path: SENTINEL})
    except ValueError:
        return False
    return True


def test_hostile_values_appear_exactly_as_given_and_nothing_else_changes() -> None:
    expected = {
        (path, name): text
        for path, names in _text_paths().items()
        for name in names
        if SENTINEL in (text := _text_with(path, SENTINEL, name))
    }
    assert len(expected) > 80
    chance = random.Random(20250708)
    for path, name in chance.choices(sorted(expected), k=500):
        value = "甲" + "".join(chance.sample(HOSTILE, chance.randint(1, 3))) + "乙"
        text = expected[path, name].replace(SENTINEL, value)
        assert _text_with(path, value, name) == text, (path, value)


def _text_with(path: str, value: str, name: str) -> str:
    dossier = world.changed({path: value}, ruled=False)
    paper = next(paper for paper in dossier.papers() if paper.name == name)
    text = reference.text(produce(dossier, paper, world.template(paper.document.id)).data)
    return FINGERPRINT.sub("", text)  # which changes with every word, as it should


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x1f", "\ufffe"])
def test_control_characters_in_a_case_are_a_finding(character: str) -> None:
    text = world.SAMPLE.read_text(encoding="utf-8")
    place = text.index("铄恒精密 MES 一期项目")
    found = _findings_of(text[:place] + character + text[place:])
    assert any(finding.rule.startswith("SRC-") and finding.line == 9 for finding in found)


def _findings_of(text: str) -> list[Any]:
    try:
        return list(world.written(text).findings)
    except Exception as error:
        return list(getattr(error, "findings", []))


# -- audience --------------------------------------------------------------------------------------


def test_no_internal_value_reaches_a_customer_document() -> None:
    """A marker in every field above the customer's audience; everything is rendered; none is found."""
    catalogue = world.dossier().catalogue
    marks: dict[str, str] = {}
    for number, (path, value) in enumerate(leaves(world.sample().case), 1):
        if catalogue.audience_of(pattern_of(path)) == "customer":
            continue
        if type(value) is str and not _is_reference_or_choice(path):
            marks[path] = f"CANARY{number}X"
        elif isinstance(value, Decimal) and abs(value) > 1000:
            marks[path] = f"98{number:04d}.37"
    assert len(marks) > 40
    dossier = world.changed(_accepted(marks), ruled=False)
    forms = [*marks.values(), *(f"{Decimal(m):,}" for m in marks.values() if m[0] == "9")]
    for paper in CUSTOMER:
        again = next(p for p in dossier.papers() if p.name == paper.name)
        made = produce(dossier, again, world.template(paper.document.id))
        everything = made.name + _raw(made.data)
        assert [form for form in forms if form in everything] == [], paper.name


def _is_reference_or_choice(path: str) -> bool:
    kind = resolve_type(pattern_of(path))
    return kind is None or kind.kind != "text"


def _accepted(marks: dict[str, str]) -> dict[str, str]:
    """The marks that leave the case valid."""
    accepted: dict[str, str] = {}
    for path, mark in marks.items():
        try:
            world.changed({path: mark})
        except ValueError:
            continue
        accepted[path] = mark
    assert len(accepted) > 0.8 * len(marks)
    return accepted


def _raw(package: bytes) -> str:
    with ZipFile(BytesIO(package)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize(
    "written",
    [
        "1,080,000.00",
        "1080000.00",
        "1,080,000",
        "1080000",
        "108万",
        "108 万",
        "人民币壹佰零捌万元整",
    ],
)
def test_an_internal_value_copied_into_a_customer_field_stops_the_document(written: str) -> None:
    """The rule says where it was copied to; the search of the finished file, where it comes from."""
    changes = {"proposal.summary": f"我方可以降到 {written} 元"}
    for ruled, path in ((True, "proposal.summary"), (False, "negotiation.internal.floor.amount")):
        dossier = world.changed(changes, ruled=ruled)
        paper = next(paper for paper in dossier.papers() if paper.name == "proposal")
        with pytest.raises(DocumentError) as caught:
            produce(dossier, paper, world.template("proposal"))
        found = caught.value.findings
        assert [(finding.rule, finding.path) for finding in found] == [("NEG-03", path)]


def test_a_number_within_a_longer_one_is_no_secret() -> None:
    dossier = world.changed({"proposal.summary": "编号 91080000 与 31080000.00，约 2108万"})
    paper = next(paper for paper in dossier.papers() if paper.name == "proposal")
    assert produce(dossier, paper, world.template("proposal")).data


# -- missing values --------------------------------------------------------------------------------


def test_a_missing_required_value_stops_the_document_and_is_marked_in_a_draft() -> None:
    dossier = world.changed({"acceptance.final.place": None, "contract.title": None})
    paper = next(paper for paper in dossier.papers() if paper.name == "acceptance_report")
    with pytest.raises(DocumentError) as caught:
        produce(dossier, paper, world.template("acceptance_report"))
    assert "contract.title" in {finding.path for finding in caught.value.findings}
    draft = produce(dossier, paper, world.template("acceptance_report"), draft=True)
    assert "【待填：" in reference.text(draft.data)
    assert draft.facts.watermark == "草稿"


# -- stable bytes, threads -------------------------------------------------------------------------


def test_bytes_are_those_written_down(golden: Any) -> None:
    """The same case and library give the same bytes on every machine and every Python."""
    lines = [f"{sha256(world.product(name).data).hexdigest()}  {name}" for name in PAPERS]
    golden("documents.sha256", "\n".join(lines) + "\n")


def test_threads_print_different_cases_with_one_template() -> None:
    dossiers = [world.changed({"contract.title": f"第{number}号合同"}) for number in range(32)]

    def one(number: int) -> bool:
        dossier = dossiers[number % 32]
        paper = next(p for p in dossier.papers() if p.name == "acceptance_report")
        text = reference.text(produce(dossier, paper, world.template("acceptance_report")).data)
        return set(re.findall(r"第\d+号合同", text)) == {f"第{number % 32}号合同"}

    with ThreadPoolExecutor(32) as pool:
        assert all(pool.map(one, range(128)))


# -- bookmarks -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAPERS)
def test_bookmarks_are_unique_and_short(name: str) -> None:
    found = reference.bookmarks(world.product(name).data)
    names = [bookmark for bookmark, _ in found]
    assert len(set(names)) == len(names) > 10
    ours = ("_Toc", "_RefArticle", "_RefAnnex", "cl_", "text_")
    anchors = [bookmark for bookmark in names if not bookmark.startswith(ours)]
    assert max(len(name) for name in names) <= 40
    assert all(re.fullmatch(r"_[0-9a-z]{5}_[0-9a-z_]{1,30}", anchor) for anchor in anchors)


def test_rendering_leaves_no_tag_behind() -> None:
    for name in PAPERS:
        parts = evaluate(world.template(name.partition("/")[0]), context_of(name))
        assert [part for part, xml in parts.items() if re.search(rb"\{[{%#]", xml)] == []


def test_a_document_whose_block_was_not_written_is_refused() -> None:
    """Before the review was held its minutes have no day, and nothing to say."""
    dossier = world.changed({"needs.review": None, "meta.stage": "2"})
    paper = next(paper for paper in dossier.papers() if paper.name == "review_minutes")
    with pytest.raises(DocumentError) as caught:
        produce(dossier, paper, world.template("review_minutes"))
    assert "needs.review.date" in {finding.path for finding in caught.value.findings}


def test_a_document_without_a_number_is_refused() -> None:
    dossier = world.changed({"supplier.doc_prefix": None})
    paper = next(paper for paper in dossier.papers() if paper.name == "review_minutes")
    with pytest.raises(DocumentError, match="doc_prefix"):
        produce(dossier, paper, world.template("review_minutes"))
