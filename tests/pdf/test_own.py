"""The seal: ours are known, what somebody changed is not taken for ours."""

from __future__ import annotations

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.pdf.own import is_untouched, sealed
from salesdocs.pdf.stamp import stamped
from tests.pdf.small import paper


def test_what_we_write_is_ours() -> None:
    assert is_untouched(paper("报价单"))
    assert is_untouched(stamped(paper("报价单"), "副本"))


def test_sealing_twice_changes_nothing() -> None:
    assert sealed(paper("报价单")) == paper("报价单")


@given(st.integers(min_value=0), st.integers(1, 255))
def test_a_single_changed_byte_is_noticed(place: int, change: int) -> None:
    pdf = bytearray(paper("报价单"))
    pdf[place % len(pdf)] ^= change
    assert not is_untouched(bytes(pdf))


@given(st.binary(max_size=400))
def test_nothing_else_is_ours(data: bytes) -> None:
    assert not is_untouched(data)
    assert sealed(data) == data


@pytest.mark.parametrize("added", [b"\n", b"%%EOF\n"])
def test_a_note_at_the_end_as_viewers_write_it_is_noticed(added: bytes) -> None:
    assert not is_untouched(paper("报价单") + added)


def test_a_pdf_saved_by_another_program_is_no_longer_ours(tmp_path: object) -> None:
    from io import BytesIO

    writer = pypdf.PdfWriter(BytesIO(paper("报价单")))
    file = BytesIO()
    writer.write(file)
    assert not is_untouched(file.getvalue())
