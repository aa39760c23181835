"""A pack: the pages of its papers behind a cover, every number, link, title and tag of it true."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pikepdf
import pytest

from salesdocs.pdf.attachment import Attachment
from salesdocs.pdf.cover import Cover, Entry
from salesdocs.pdf.merge import CONTENTS_LINK, pages_of
from salesdocs.pdf.own import is_untouched
from salesdocs.pdf.pack import FRONT, Pack, Sheets, make_pack
from tests.pdf.small import opened, paper, texts

COVER = Cover(
    title="项目文件汇编",
    project="铄恒精密 MES 一期项目",
    customer="宁波铄恒精密机械有限公司",
    supplier="苏州澜砚智造软件有限公司",
    case_no="XM-2025-0037",
    stage="第 7 阶段　售后维护",
    date="2026-08-31",
    classification="机密",
    marked=True,
    remark="内部资料，不得外传",
)
TITLES = ("报价单", "保密协议", "会谈纪要", "会谈纪要", "正式合同")
PAGES = (1, 2, 3, 1, 4)


@cache
def sheets(times: int = 1) -> tuple[Sheets, ...]:
    return (
        tuple(
            Sheets(Entry(title, f"LY-{number}", "V1.0", "2026-01-02"), paper(title, pages))
            for number, (title, pages) in enumerate(zip(TITLES, PAGES, strict=True), 1)
        )
        * times
    )


@cache
def bound(times: int = 1, stamp: str = "", archive: bool = False) -> Pack:
    attached = [Attachment("case.yaml", b"schema: x\n", "案件", date="2026-08-31")]
    return make_pack(COVER, sheets(times), stamp=stamp, archive=attached if archive else ())


def contents_links(pdf: pikepdf.Pdf, front: int) -> list[int]:
    """The page, counted from 1, that each link of the first pages leads to, in their order."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    return [
        numbers[link.Dest[0].objgen]
        for page in list(pdf.pages)[:front]
        for link in page.obj.get("/Annots", [])
    ]


@pytest.mark.parametrize("times", [1, 4, 12], ids=["few", "two pages of contents", "many"])
def test_the_page_numbers_of_the_contents_are_true(times: int) -> None:
    pack = bound(times)
    pages = texts(pack.pdf)
    assert pack.pages == len(pages)
    front = pack.entries[0].page - 1
    for sheet, entry in zip(sheets(times), pack.entries, strict=True):
        assert pages[entry.page - 1].startswith(texts(sheet.pdf)[0][:4])
    said = " ".join(" ".join(pages[:front]).split())
    for number, entry in enumerate(pack.entries, 1):
        assert f" {number} {entry.doc_no} {entry.title} V1.0 2026-01-02 {entry.page} " in f"{said} "
    assert all(one.page < other.page for one, other in pairwise(pack.entries))


def test_the_text_of_a_pack_is_the_texts_of_its_papers() -> None:
    pages = texts(bound(stamp="副本").pdf)
    front = bound().entries[0].page - 1
    assert pages[front:] == [page for sheet in sheets() for page in texts(sheet.pdf)]


def test_the_outline_names_each_paper_and_below_it_its_chapters() -> None:
    with opened(bound().pdf).open_outline() as outline:
        said = [(item.title, [each.title for each in item.children]) for item in outline.root]
    assert [title for title, _ in said] == [
        FRONT.zh, "报价单", "保密协议", "会谈纪要 LY-3", "会谈纪要 LY-4", "正式合同",
    ]  # fmt: skip
    assert said[5][1] == [f"第{page}章" for page in range(1, 5)]


def test_every_line_of_the_contents_leads_to_its_paper() -> None:
    pack = bound(4)
    front = pack.entries[0].page - 1
    pdf = opened(pack.pdf)
    expected = [entry.page for entry in pack.entries for _ in range(2)]
    assert contents_links(pdf, front) == expected
    assert CONTENTS_LINK.encode() not in pack.pdf


def test_links_inside_a_paper_lead_to_its_own_pages() -> None:
    pdf = opened(bound().pdf)
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    targets = pikepdf.NameTree(pdf.Root.Names.Dests)
    for entry, pages in zip(bound().entries, PAGES, strict=True):
        (link,) = pdf.pages[entry.page - 1].obj.Annots
        found = targets[str(link.Dest)]
        place = found.D if isinstance(found, pikepdf.Dictionary) else found
        assert numbers[place[0].objgen] == entry.page + pages - 1


def test_pages_are_labelled_as_they_are_counted() -> None:
    pdf = opened(bound().pdf)
    labels = [page.label for page in pdf.pages]
    assert labels == [FRONT.zh, *map(str, range(2, bound().pages + 1))]


def walk(element: pikepdf.Object, parent: pikepdf.Object) -> list[pikepdf.Object]:
    """All elements below, each seen to name its parent."""
    kids = element.get("/K", pikepdf.Array([]))
    found = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            assert kid.P.objgen == element.objgen
            found += [kid, *walk(kid, element)]
    return found


def test_the_tags_of_all_papers_are_one_tree() -> None:
    pdf = opened(bound().pdf)
    root = pdf.Root.StructTreeRoot
    (whole,) = root.K
    parts = list(whole.K)
    assert [str(part.T) for part in parts] == [FRONT.zh, *TITLES[:2], "会谈纪要 LY-3",
                                               "会谈纪要 LY-4", TITLES[4]]  # fmt: skip
    elements = walk(root, root)
    pages = {page.obj.objgen for page in pdf.pages}
    assert {each.Pg.objgen for each in elements if "/Pg" in each} == pages
    kinds = [str(each.S) for each in elements]
    assert kinds.count("/Document") == 1
    assert kinds.count("/TH") >= sum(PAGES) * 2


def test_each_page_finds_its_tags_and_each_link_its_element() -> None:
    pdf = opened(bound().pdf)
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    tree = {int(nums[index]): nums[index + 1] for index in range(0, len(nums), 2)}
    assert list(tree) == sorted(tree)
    keys = [int(page.obj.StructParents) for page in pdf.pages]
    assert len(set(keys)) == len(keys)
    for page, key in zip(pdf.pages, keys, strict=True):
        elements = [each for each in tree[key] if isinstance(each, pikepdf.Dictionary)]
        assert elements
        assert {each.Pg.objgen for each in elements if "/Pg" in each} == {page.obj.objgen}
        for link in page.obj.get("/Annots", []):
            assert pikepdf.Name.Link == tree[int(link.StructParent)].S


def test_headers_of_tables_are_told_apart() -> None:
    pdf = opened(bound().pdf)
    root = pdf.Root.StructTreeRoot
    names = [bytes(each.ID) for each in walk(root, root) if "/ID" in each]
    assert len(set(names)) == len(names) > 0
    assert sorted(names) == [bytes(each) for each in list(root.IDTree.Names)[::2]]


def test_the_whole_says_what_it_is() -> None:
    pdf = opened(bound().pdf)
    assert str(pdf.docinfo["/Title"]) == "铄恒精密 MES 一期项目　项目文件汇编"
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260831")
    assert pdf.Root.PageMode == pikepdf.Name.UseOutlines
    assert str(pdf.Root.Lang) == "zh-CN"
    assert pdf.Root.MarkInfo.Marked
    cover = texts(bound().pdf)[0]
    for said in ("项目文件汇编", "XM-2025-0037", "宁波铄恒精密机械有限公司", "内部资料，不得外传",
                 "2026-08-31", "第 7 阶段", "密级：机密", f"5 份，共 {bound().pages} 页"):  # fmt: skip
        assert said in cover


def test_the_file_is_sound() -> None:
    assert opened(bound(4, stamp="副本", archive=True).pdf).check_pdf_syntax() == []


def test_the_same_papers_give_the_same_bytes_and_they_are_ours() -> None:
    again = make_pack(COVER, sheets(), stamp="副本")
    assert again.pdf == bound(stamp="副本").pdf
    assert is_untouched(again.pdf)


def test_papers_do_not_bring_their_fonts_again() -> None:
    pdf = opened(bound(12).pdf)
    files = {
        each.FontFile3.objgen
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and "/FontFile3" in each
    }
    assert len(files) <= 4
    assert len(bound(12).pdf) < sum(len(sheet.pdf) for sheet in sheets(12))


def test_an_archive_holds_what_it_was_made_from() -> None:
    pdf = opened(bound(archive=True).pdf)
    assert pdf.attachments["case.yaml"].get_file().read_bytes() == b"schema: x\n"
    (file,) = pdf.Root.AF
    assert file.AFRelationship == pikepdf.Name.Source
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"


def test_a_paper_of_the_other_engine_has_no_tags_to_hang_and_says_so() -> None:
    pdf = opened(paper("报价单"))
    del pdf.Root.StructTreeRoot
    from salesdocs.pdf.saving import saved

    untagged = replace(sheets()[0], pdf=saved(pdf))
    pack = make_pack(COVER, [untagged, sheets()[1]])
    whole = opened(pack.pdf)
    assert not whole.Root.MarkInfo.Marked
    assert pages_of(pack.pdf) == pack.pages


def test_a_stamp_lies_on_every_page_the_cover_too() -> None:
    pdf = opened(bound(stamp="副本").pdf)
    for page in pdf.pages:
        contents = page.obj.Contents
        streams = contents if isinstance(contents, pikepdf.Array) else [contents]
        drawn = b"".join(each.read_bytes() for each in streams)
        assert drawn.count(b"/Subtype /Watermark") == 1
        assert drawn.count(b"/Subtype /PageNum") == (page.index > 0)
