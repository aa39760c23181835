"""What is bound into a pack, its cover, its attachments and the name of its file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from salesdocs.cli.beside import Copies
from salesdocs.cli.pdfs import print_jobs
from salesdocs.findings import Finding, Language, Phrase, has_errors

if TYPE_CHECKING:
    from salesdocs.cache import Cache
    from salesdocs.cli.rendering import Refused
    from salesdocs.pdf.attachment import Attachment
    from salesdocs.pdf.cover import Cover, Entry
    from salesdocs.pdf.pack import Pack
    from salesdocs.process.fields import Audience
    from salesdocs.produce import Dossier, Paper, Product

_INTERNAL: Final = Phrase("内部资料，不得外传", "Internal: not to leave the house")
_DRAFT: Final = Phrase("草稿", "Draft")
_WORD: Final = "Word 文件 / Word file"


@dataclass(slots=True)
class Packing:
    """What is bound of a case, under which title, and what was found on the way.

    `stage` is the one stage the pack is of, None for all.
    """

    dossier: Dossier
    title: Phrase
    stage: int | None
    draft: bool
    lang: Language
    products: list[Product] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    waiting: list[Paper] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def audience(self) -> Audience:
        """Return who may read the whole: those who may read the most restricted paper of it."""
        from salesdocs.process.fields import AUDIENCES

        levels = [each.paper.document.audience for each in self.products]
        return max(levels, key=AUDIENCES.index)


def bind_papers(
    packing: Packing,
    cache: Cache,
    own: Path | None,
    *,
    stamp: str = "",
    archive: bool = False,
    workers: int | None = None,
) -> Pack | None:
    """Return the papers as one PDF; None where one cannot be printed, which `findings` then tell.

    Raises DocumentError when the data for the archive would give something away.
    """
    from salesdocs.pdf.batch import Job

    case_no = packing.dossier.loaded.case.meta.case_no or ""
    jobs = [Job(each.data, each.name) for each in packing.products]
    names = [f"{case_no} {each.paper.name} {packing.lang}" for each in packing.products]
    printed = print_jobs(jobs, names, cache, workers=workers, lang=packing.lang)
    for done in printed:
        packing.findings += [each for each in done.findings if each not in packing.findings]
    if has_errors(packing.findings):
        return None
    from salesdocs.pdf.pack import Sheets, make_pack

    papers = [
        Sheets(_entry(product), done.pdf)
        for product, done in zip(packing.products, printed, strict=True)
    ]
    attached = _attached(packing) if archive else []
    return make_pack(_cover(packing, own), papers, stamp=stamp, archive=attached)


def target_of(packing: Packing, output: Path) -> Path:
    """Return the file of the pack: `output` itself, or in that folder one named by its content."""
    from salesdocs.process.naming import file_name

    if output.suffix.lower() == ".pdf" and not output.is_dir():
        return output
    case = packing.dossier.case_for(packing.audience)
    title = packing.title.text(packing.lang)
    if packing.stage is not None:
        title += Phrase(f"（第 {packing.stage} 阶段）", f" (stage {packing.stage})").text(
            packing.lang
        )
    if packing.draft:
        title += Phrase("（草稿）", " (draft)").text(packing.lang)
    name = file_name(
        case.meta.case_no or "", title, case.customer.name or "", "", case.meta.as_of, ".pdf"
    )
    return output / name


def _entry(product: Product) -> Entry:
    from salesdocs.pdf.cover import Entry

    facts = product.facts
    day = facts.date.isoformat() if facts.date else ""
    return Entry(facts.title, facts.doc_no or "", facts.version, day)


def _cover(packing: Packing, own: Path | None) -> Cover:
    """Return what the cover says: of the case only what every reader of the pack may see."""
    from salesdocs.case.choices import Classification
    from salesdocs.pdf.cover import Cover
    from salesdocs.process.letterhead import PLAIN, read_letterhead

    lang, dossier = packing.lang, packing.dossier
    case = dossier.case_for(packing.audience)
    letterhead = read_letterhead(own)[0] if own else PLAIN
    stage = dossier.library.stage(packing.stage or dossier.stage)
    marks = list(Classification)
    mark = max((each.facts.classification for each in packing.products), key=marks.index)
    is_internal = packing.audience != "customer"
    remarks = [_DRAFT] * packing.draft + [_INTERNAL] * is_internal
    days = [each.facts.date for each in packing.products if each.facts.date]
    day = case.meta.as_of or max(days, default=None)
    number = Phrase(f"第 {stage.number} 阶段　{stage.name.zh}", f"{stage.number}  {stage.name.en}")
    is_english = lang == "en"
    logo = letterhead.logo
    return Cover(
        title=packing.title.text(lang),
        project=(is_english and case.meta.title_en) or case.meta.title or "",
        customer=(is_english and case.customer.name_en) or case.customer.name or "",
        supplier=(is_english and case.supplier.name_en) or case.supplier.name or "",
        case_no=case.meta.case_no or "",
        stage=number.text(lang),
        date=day.isoformat() if day else "",
        classification=getattr(mark, lang),
        marked=is_internal,
        remark="　".join(each.text(lang) for each in remarks),
        logo=logo.data if logo else b"",
        logo_kind=f"image/{logo.kind}" if logo else "",
        logo_size=(logo.width, logo.height) if logo else (0, 0),
        colour=letterhead.colour,
        lang=lang,
    )


def _attached(packing: Packing) -> list[Attachment]:
    """Return what goes into an archive copy: the case as its readers may see it, the Word files."""
    from salesdocs.pdf.attachment import Attachment
    from salesdocs.process.naming import unique_names

    words = [
        Attachment(
            name,
            product.data,
            _WORD,
            "Alternative",
            product.facts.date.isoformat() if product.facts.date else "",
        )
        for product, name in zip(
            packing.products, unique_names(each.name for each in packing.products), strict=True
        )
    ]
    return [*Copies(packing.dossier).of(packing.audience), *words]
