"""Reading returned forms: whatever was typed comes back, and no file can do harm."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from salesdocs.errors import PdfError, SalesdocsError
from salesdocs.pdf.forms.read import filled
from tests.pdf.forms.made import form

slow = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
typed = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff"), max_size=60
)


def changed(change: Callable[[pikepdf.Pdf], None], document_id: str = "meeting_minutes") -> bytes:
    """A form as somebody else's program wrote it."""
    with pikepdf.open(BytesIO(form(document_id).pdf)) as document:
        change(document)
        target = BytesIO()
        document.save(target)
    return target.getvalue()


def field(document: pikepdf.Pdf, path: str) -> Any:
    """The field of a path."""
    found = document.Root.AcroForm
    kids = found.Fields
    for name in path.split("."):
        found = next(each for each in kids if str(each.get("/T", "")) == name)
        kids = found.get("/Kids", [])
    return found


def said(path: str, **entries: Any) -> dict[str, str]:
    """What is read after these entries of a field were written."""

    def change(document: pikepdf.Pdf) -> None:
        item = field(document, path)
        for key, value in entries.items():
            item[f"/{key}"] = value

    return dict(filled(changed(change)).values)


def rules(pdf: bytes) -> set[str]:
    return {each.rule for each in filled(pdf, "表.pdf").findings}


def refused(pdf: bytes) -> str:
    with pytest.raises(PdfError) as caught:
        filled(pdf, "表.pdf")
    (finding,) = caught.value.findings
    assert finding.file == "表.pdf"
    return finding.rule


# ---- what was typed ----


@slow
@given(typed)
def test_what_was_typed_comes_back(text: str) -> None:
    lines = text.replace("\u2028", "\n").replace("\u2029", "\n")
    assert said("customer.name", V=String(text))["customer.name"] == lines.strip()


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n"])
def test_lines_end_alike_whatever_the_viewer_writes(newline: str) -> None:
    assert said("round.place", V=String(f"二楼{newline}会议室"))["round.place"] == "二楼\n会议室"


def test_a_long_text_may_stand_in_a_stream() -> None:
    def change(document: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(document, "\ufeff客户二楼".encode("utf-16-be"))
        field(document, "round.place")["/V"] = document.make_indirect(stream)

    assert filled(changed(change)).values["round.place"] == "客户二楼"


@pytest.mark.parametrize("value", ["onsite", "现场"])
def test_a_choice_is_its_code_though_a_viewer_wrote_the_label(value: str) -> None:
    def change(document: pikepdf.Pdf) -> None:
        item = field(document, "visit.mode")
        item["/FT"], item["/V"] = Name("/Ch"), String(value)
        item["/Opt"] = Array([Array([String("onsite"), String("现场")])])

    assert filled(changed(change, "visit_record")).values["visit.mode"] == "onsite"


def test_a_ticked_box_is_what_it_stands_for() -> None:
    def change(document: pikepdf.Pdf) -> None:
        field(document, "visit.score")["/V"] = Name("/4")

    assert filled(changed(change, "visit_record")).values["visit.score"] == "4"


def test_a_box_whose_look_alone_was_changed_is_ticked() -> None:
    def change(document: pikepdf.Pdf) -> None:
        item = field(document, "visit.score")
        del item["/V"]
        item.Kids[0]["/AS"] = Name("/5")

    assert filled(changed(change, "visit_record")).values["visit.score"] == "5"


def test_several_boxes_are_said_together_with_what_was_added() -> None:
    def change(document: pikepdf.Pdf) -> None:
        wishes = field(document, "response").Kids
        names = {"feature_wish=运行速度": Name("/Yes"), "feature_wish=other": Name("/Yes")}
        for each in wishes:
            name = str(each.T)
            if name in names:
                each["/V"] = names[name]
            elif each.get("/FT") == "/Tx" and name.startswith("feature_wish="):
                each["/V"] = String("离线使用")

    read = filled(changed(change, "survey_form")).values["response.feature_wish"]
    assert read == "运行速度、离线使用"


def test_another_role_in_words_stands_for_its_box() -> None:
    def change(document: pikepdf.Pdf) -> None:
        field(document, "response.role")["/V"] = Name("/other")
        field(document, "response.role=other")["/V"] = String("车间")

    assert filled(changed(change, "survey_form")).values["response.role"] == "车间"


def test_words_for_another_answer_beside_a_ticked_box_are_told_of() -> None:
    def change(document: pikepdf.Pdf) -> None:
        field(document, "response.role")["/V"] = Name("/it")
        field(document, "response.role=other")["/V"] = String("车间")

    pdf = changed(change, "survey_form")
    assert filled(pdf).values["response.role"] == "it"
    assert rules(pdf) == {"PDF-39"}


def test_writing_in_one_of_two_places_says_how_the_value_is_stated() -> None:
    def by(place: str) -> dict[str, str]:
        def change(document: pikepdf.Pdf) -> None:
            field(document, f"customer.scale.{place}")["/V"] = String("620")

        return dict(filled(changed(change, "customer_info")).values)

    headcount, revenue = by("value"), by("value=2")
    assert headcount["customer.scale.value"] == revenue["customer.scale.value"] == "620"
    assert headcount["customer.scale.basis"] == "headcount"
    assert revenue["customer.scale.basis"] == "revenue"


# ---- what does not belong in a form ----


def test_a_field_that_is_not_ours_is_told_of_and_not_read() -> None:
    def change(document: pikepdf.Pdf) -> None:
        extra = Dictionary(FT=Name("/Tx"), T=String("Ünknown field!"), V=String("x"))
        document.Root.AcroForm.Fields.append(document.make_indirect(extra))

    pdf = changed(change)
    assert rules(pdf) == {"PDF-35"}
    assert "x" not in filled(pdf).values.values()


@pytest.mark.parametrize(
    "action",
    [
        Dictionary(S=Name("/JavaScript"), JS=String("app.alert(1)")),
        Dictionary(S=Name("/Launch"), F=String("cmd.exe")),
        Dictionary(S=Name("/SubmitForm"), F=String("https://example.com")),
    ],
    ids=["script", "program", "sending"],
)
def test_actions_are_told_of_and_not_run(action: Dictionary) -> None:
    def change(document: pikepdf.Pdf) -> None:
        document.Root["/OpenAction"] = action

    assert rules(changed(change)) == {"PDF-33"}


def test_a_script_of_a_field_is_found_too() -> None:
    def change(document: pikepdf.Pdf) -> None:
        script = Dictionary(S=Name("/JavaScript"), JS=String("1"))
        field(document, "customer.name")["/AA"] = Dictionary(K=script)

    assert rules(changed(change)) == {"PDF-33"}


def test_an_xfa_form_is_told_of() -> None:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.AcroForm["/XFA"] = pikepdf.Stream(document, b"<xdp/>")

    assert rules(changed(change)) == {"PDF-34"}


def test_fields_within_themselves_end() -> None:
    def change(document: pikepdf.Pdf) -> None:
        form_fields = document.Root.AcroForm.Fields
        loop = document.make_indirect(Dictionary(T=String("loop")))
        loop["/Kids"] = Array([loop])
        loop["/Parent"] = loop
        form_fields.append(loop)

    assert filled(changed(change)).document == "meeting_minutes.zh"


def test_very_many_fields_are_refused() -> None:
    def change(document: pikepdf.Pdf) -> None:
        item = Dictionary(FT=Name("/Tx"), T=String("x"))
        document.Root.AcroForm.Fields.extend([item] * 30_000)

    assert refused(changed(change)) == "PDF-30"


def test_a_file_with_a_password_is_refused() -> None:
    with pikepdf.open(BytesIO(form("meeting_minutes").pdf)) as document:
        target = BytesIO()
        document.save(target, encryption=pikepdf.Encryption(owner="a", user="b", R=6))
    assert refused(target.getvalue()) == "PDF-31"


def test_a_pdf_that_is_no_form_of_ours_is_refused() -> None:
    def change(document: pikepdf.Pdf) -> None:
        del document.Root["/Salesdocs"]

    assert refused(changed(change)) == "PDF-32"


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"%PDF-1.7\n1 0 obj <<", b"x" * 60_000_000],
    ids=["nothing", "only a head", "a zip", "cut off", "huge"],
)  # fmt: skip
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    assert refused(data) == "PDF-30"


@slow
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    pdf = bytearray(form("meeting_minutes").pdf)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(pdf) - 1))
        pdf[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 1)) * data.draw(st.integers(0, len(pdf)))
    try:
        filled(bytes(pdf[: len(pdf) - cut]))
    except SalesdocsError as error:
        assert error.findings


@slow
@given(
    st.sampled_from(["V", "T", "FT", "Kids", "Opt", "Ff", "Parent", "AS"]),
    st.sampled_from(
        [
            Name("/x"), String("\x00\x01"), Array([Array([Array([])])]), Dictionary(S=Name("/x")),
            Dictionary(), True, -1, 2**40, 1.5,
        ]
    ),
    st.sampled_from(["customer.name", "round.mode", "round.place", "customer"]),
)  # fmt: skip
def test_entries_of_any_kind_are_read_or_refused(key: str, value: Any, path: str) -> None:
    def change(document: pikepdf.Pdf) -> None:
        field(document, path)[f"/{key}"] = value

    try:
        filled(changed(change))
    except SalesdocsError as error:
        assert error.findings
