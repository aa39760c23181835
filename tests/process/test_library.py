import marshal
from pathlib import Path

import pytest

from salesdocs.calc.numbering import TYPE_CODES
from salesdocs.case.choices import ProcurementMode
from salesdocs.errors import LibraryError
from salesdocs.findings import Finding
from salesdocs.process.library import Library, house_folder, library_files
from salesdocs.process.reading import read_library

HOUSE = house_folder()


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(read_library(HOUSE))


def company(folder: Path, files: dict[str, str]) -> Path:
    """A company's own folder with these files."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def complaints(*folders: Path) -> list[Finding]:
    with pytest.raises(LibraryError) as raised:
        read_library(*folders)
    return raised.value.findings


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """A file of the house with one thing in it changed."""
    text = (HOUSE / name).read_text(encoding="utf-8")
    assert old in text
    return {name: text.replace(old, new, 1)}


def test_the_house_has_the_sixteen_documents_with_their_numbers_and_letters(
    library: Library,
) -> None:
    own = [document for document in library.documents if not document.accompanies]
    assert [document.number for document in own] == list(range(1, 17))
    assert {document.id: document.code for document in library.documents} == TYPE_CODES


def test_other_papers_accompany_one_of_the_sixteen_and_are_numbered_after_them(
    library: Library,
) -> None:
    others = [document for document in library.documents if document.accompanies]
    assert [document.number for document in others] == list(range(17, 17 + len(others)))
    assert all(not library.document(each.accompanies).accompanies for each in others)
    # A paper of no rows would be printed for every deal, unless something calls for it.
    assert [each.id for each in others if not each.when and not each.rows] == []


def test_reading_twice_gives_the_same_data_and_marshal_keeps_it() -> None:
    data = read_library(HOUSE)
    assert data == read_library(HOUSE)
    assert marshal.loads(marshal.dumps(data)) == data


@pytest.mark.parametrize("stage", range(1, 8))
def test_every_stage_issues_documents_and_its_steps_make_them(library: Library, stage: int) -> None:
    documents = library.documents_of(stage)
    issued = [document.id for document in documents if not document.accompanies]
    made = [step.document for step in library.stage(stage).steps if step.document]
    assert issued
    assert made == issued


@pytest.mark.parametrize(
    ("stage", "mode", "count"),
    [
        pytest.param(1, "direct", 2, id="the first stage"),
        pytest.param(4, "direct", 8, id="negotiated"),
        pytest.param(4, "public_tender", 6, id="a tender has neither talks nor intent"),
        pytest.param(7, "direct", 16, id="everything at the end"),
        pytest.param(7, "competitive_consultation", 14, id="nor has a consultation"),
    ],
)
def test_a_deal_reaches_the_documents_of_its_stage(
    library: Library, stage: int, mode: str, count: int
) -> None:
    reached = library.documents_reached(stage, mode)
    assert sum(not document.accompanies for document in reached) == count


@pytest.mark.parametrize("mode", [mode.value for mode in ProcurementMode])
def test_a_bid_is_clarified_and_an_offer_is_negotiated(library: Library, mode: str) -> None:
    reached = {document.id for document in library.documents_reached(4, mode)}
    of_talks = {"negotiation_record", "meeting_minutes"}
    is_bid = mode in ("public_tender", "competitive_consultation")
    expected = {"clarification_minutes"} if is_bid else of_talks
    assert reached & {"clarification_minutes", *of_talks} == expected


def test_an_unknown_document_is_answered_with_the_nearest_ones(library: Library) -> None:
    with pytest.raises(LibraryError, match="propsal") as raised:
        library.document("propsal")
    assert "proposal" in raised.value.findings[0].hint.en


def test_a_word_that_resembles_no_document_is_answered_with_all_of_them(library: Library) -> None:
    with pytest.raises(LibraryError) as raised:
        library.document("###")
    assert "growth_leads" in raised.value.findings[0].hint.en


def test_a_language_is_there_when_its_word_template_is(tmp_path: Path) -> None:
    own = company(tmp_path, {"docx/x_kind.zh.docx": "", "docx/x_kind.en.docx": ""})
    library = Library(read_library(own, HOUSE))
    assert library.languages("x_kind") == ("zh", "en")
    assert library.languages("no_kind") == ()


def test_files_of_an_open_word_are_no_templates(tmp_path: Path) -> None:
    own = company(tmp_path, {"docx/~$contract.zh.docx": "", "docx/notes.txt": ""})
    assert library_files(own) == {}


def test_the_files_are_sorted_and_the_company_stands_before_the_house(tmp_path: Path) -> None:
    own = company(tmp_path, {"policy.yaml": "{}"})
    files = library_files(own, HOUSE)
    assert list(files) == sorted(files)
    assert files["policy.yaml"] == (own / "policy.yaml", HOUSE / "policy.yaml")
    assert files["process.yaml"] == (HOUSE / "process.yaml",)


def test_a_company_states_only_the_thresholds_that_differ(tmp_path: Path) -> None:
    own = """
lead:
  grade_a:
    value: 90
    reason: {zh: 我们更挑剔, en: We are choosier}
    decided_by: gm
"""
    policy = Library(read_library(company(tmp_path, {"policy.yaml": own}), HOUSE)).policy
    assert policy.count("lead.grade_a") == 90
    assert policy.count("lead.grade_b") == 60


def test_a_company_document_takes_the_place_of_its_namesake(tmp_path: Path) -> None:
    own = company(tmp_path, changed("documents/contract.yaml", "正式合同", "销售合同"))
    library = Library(read_library(own, HOUSE))
    assert library.document("contract").title.zh == "销售合同"
    assert len(library.documents) == len(Library(read_library(HOUSE)).documents)


def test_a_company_states_only_the_keys_of_a_document_that_differ(tmp_path: Path) -> None:
    text = "title: {zh: 销售合同, en: Sales contract}\nnotes: []\n"
    own = company(tmp_path, {"documents/contract.yaml": text})
    library = Library(read_library(own, HOUSE))
    shipped = Library(read_library(HOUSE)).document("contract")
    document = library.document("contract")
    assert (document.title.zh, document.notes) == ("销售合同", ())
    assert document.purpose == shipped.purpose
    assert document.fields == shipped.fields


def test_a_document_that_the_house_does_not_have_states_everything(tmp_path: Path) -> None:
    own = company(tmp_path, {"documents/receipt.yaml": "title: {zh: 收据, en: Receipt}\n"})
    missing = {each.message.en for each in complaints(own, HOUSE)}
    assert "“purpose” is missing" in missing


def test_a_company_says_of_a_field_only_what_differs(tmp_path: Path) -> None:
    text = "meta.case_no:\n  zh: 商机编号\n"
    own = company(tmp_path, {"fields/meta.yaml": text})
    catalogue, shipped = (
        Library(read_library(*folders)).catalogue for folders in ((own, HOUSE), (HOUSE,))
    )
    assert catalogue.label("meta.case_no") == "商机编号"
    assert catalogue.label("meta.case_no", "en") == shipped.label("meta.case_no", "en")
    assert catalogue["meta.case_no"].stage == shipped["meta.case_no"].stage
    assert list(catalogue) == list(shipped)


def test_a_field_the_house_does_not_have_is_answered_with_the_nearest(tmp_path: Path) -> None:
    own = company(tmp_path, {"fields/meta.yaml": "meta.case_nr: {zh: 商机编号}\n"})
    (found,) = complaints(own, HOUSE)
    assert (found.rule, found.line) == ("library.unknown-key", 1)
    assert "meta.case_no" in found.hint.en


def test_a_company_states_its_part_of_the_process(tmp_path: Path) -> None:
    text = """
roles:
  legal: {zh: 外聘律师, en: Outside counsel}
stages:
  - number: 3
    days: {from: 2, to: 4}
"""
    library, shipped = (
        Library(read_library(*folders))
        for folders in ((company(tmp_path, {"process.yaml": text}), HOUSE), (HOUSE,))
    )
    assert library.roles["legal"].zh == "外聘律师"
    assert library.roles["finance"] == shipped.roles["finance"]
    assert library.data["process"]["stages"][2]["days"] == {"from": 2, "to": 4}
    assert library.stage(3).steps == shipped.stage(3).steps
    assert [stage.number for stage in library.stages] == list(range(1, 8))
    assert library.data["process"]["modes"] == shipped.data["process"]["modes"]


def test_a_stage_of_the_companys_is_known_by_its_number(tmp_path: Path) -> None:
    own = company(tmp_path, {"process.yaml": "stages:\n  - days: {from: 2, to: 4}\n"})
    assert [(each.rule, each.line) for each in complaints(own, HOUSE)] == [("library.missing", 2)]


def test_a_document_of_the_company_is_one_more_file(tmp_path: Path) -> None:
    text = (HOUSE / "documents/contract.yaml").read_text(encoding="utf-8")
    text = text.replace("number: 9", "number: 99").replace("code: XS", "code: ZZ")
    own = company(tmp_path, {"documents/non_disclosure.yaml": text})
    library = Library(read_library(own, HOUSE))
    assert library.documents[-1].id == "non_disclosure"


@pytest.mark.parametrize(
    ("name", "old", "new", "rule", "said"),
    [
        pytest.param(
            "policy.yaml",
            "  grade_a:\n    value",
            "  grade_a:\n    valu",
            "library.unknown-key",
            "valu",
            id="an unknown key",
        ),
        pytest.param(
            "policy.yaml",
            "grade_a:",
            "grade_aa:",
            "library.unknown-key",
            "lead.grade_aa",
            id="an unknown threshold",
        ),
        pytest.param(
            "policy.yaml",
            "decided_by: csm",
            "decided_by: cms",
            "library.reference",
            "cms",
            id="a role nobody has",
        ),
        pytest.param(
            "documents/proposal.yaml",
            "stage: 3",
            "stage: three",
            "library.kind",
            "whole number",
            id="a word for a number",
        ),
        pytest.param(
            "documents/proposal.yaml",
            "stage: 3",
            "stage: 8",
            "library.reference",
            "8",
            id="a stage there is not",
        ),
        pytest.param(
            "documents/proposal.yaml",
            "audience: customer",
            "audience: everyone",
            "library.kind",
            "customer",
            id="an audience there is not",
        ),
        pytest.param(
            "documents/proposal.yaml",
            "proposal.valid_until",
            "proposal.valid_til",
            "library.reference",
            "proposal.valid_til",
            id="a case path there is not",
        ),
        pytest.param(
            "documents/payment_letter.yaml",
            "due.overdue:",
            "due.late:",
            "library.reference",
            "payment_schedule[].late",
            id="a title on a path there is not",
        ),
        pytest.param(
            "documents/proposal.yaml",
            "number: 5",
            "number: 6",
            "library.twice",
            "6",
            id="the number of another",
        ),
        pytest.param(
            "process.yaml",
            "document: proposal",
            "document: propsal",
            "library.reference",
            "propsal",
            id="a document there is not",
        ),
        pytest.param(
            "process.yaml",
            "waives: [intent-signed",
            "waives: [intent-singed",
            "library.reference",
            "intent-singed",
            id="a gate there is not",
        ),
        pytest.param(
            "process.yaml",
            "id: lead-approved",
            "id: first-contact-held",
            "library.twice",
            "first-contact-held",
            id="a gate that stands twice",
        ),
        pytest.param(
            "process.yaml",
            "roles: [sales_rep, sales_manager]",
            "roles: sales_rep",
            "library.kind",
            "list",
            id="a word for a list",
        ),
        pytest.param(
            "fields/meta.yaml",
            "by: SR",
            "by: XX",
            "library.field",
            "by must be",
            id="a field that nobody fills in",
        ),
    ],
)
def test_what_is_wrong_in_a_company_file_is_said_with_its_place(
    tmp_path: Path, name: str, old: str, new: str, rule: str, said: str
) -> None:
    own = company(tmp_path, changed(name, old, new))
    found = [finding for finding in complaints(own, HOUSE) if finding.rule == rule]
    assert any(said in finding.message.en for finding in found)
    assert all(finding.file.endswith(name) for finding in found if finding.line)
    assert rule == "library.field" or all(finding.line for finding in found)


def test_the_line_and_column_are_those_of_the_wrong_word(tmp_path: Path) -> None:
    own = company(tmp_path, {"policy.yaml": "lead:\n  grade_a:\n    value: 90\n    reasn: 好\n"})
    found = {finding.path: finding for finding in complaints(own, HOUSE)}
    assert (found["lead.grade_a.reasn"].line, found["lead.grade_a.reasn"].column) == (4, 5)
    assert found["lead.grade_a"].line == 2


def test_broken_writing_is_reported_by_the_reader_of_cases(tmp_path: Path) -> None:
    own = company(tmp_path, {"policy.yaml": "lead：\n  grade_a: [1\n"})
    assert any(finding.rule.startswith("SRC-") for finding in complaints(own, HOUSE))


def test_all_files_are_looked_at_before_anything_is_said(tmp_path: Path) -> None:
    own = company(
        tmp_path,
        changed("documents/proposal.yaml", "stage: 3", "stage: x")
        | changed("documents/contract.yaml", "stage: 5", "stage: x"),
    )
    files = {Path(finding.file).name for finding in complaints(own, HOUSE)}
    assert files == {"proposal.yaml", "contract.yaml"}


def test_an_empty_folder_lacks_the_two_files_that_must_be(tmp_path: Path) -> None:
    assert {finding.file for finding in complaints(tmp_path)} >= {"process.yaml", "policy.yaml"}


def test_a_field_in_two_files_of_the_catalogue_is_an_error(tmp_path: Path) -> None:
    text = (HOUSE / "fields/meta.yaml").read_text(encoding="utf-8")
    own = company(tmp_path, {"fields/own.yaml": text})
    assert {finding.rule for finding in complaints(own, HOUSE)} == {"library.twice"}


# Facts of the company, the files and the books, which no paper of the sale asks for.
ELSEWHERE = ("schema", "meta.", "team[]", "supplier.", "documents[]", "document.", "receivables[]")


def test_every_field_a_person_fills_in_stands_on_a_paper(library: Library) -> None:
    catalogue = library.catalogue
    shown = {path for document in library.documents for path in document.fields}
    nowhere = [
        path
        for path in catalogue
        if not (catalogue.children(path) or catalogue[path].computed or path in shown)
        and not path.startswith(ELSEWHERE)
        and path.rpartition(".")[2] != "custom"
    ]
    assert nowhere == []
