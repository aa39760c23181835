"""Grids of tables: left alone exactly where docxtpl would leave them alone."""

from __future__ import annotations

from docxtpl import DocxTemplate
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from salesdocs.word.grids import columns_fit

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
rows = st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=4), min_size=1, max_size=3)
tables = st.lists(st.tuples(st.integers(1, 6), rows), max_size=3)


def part(content: list[tuple[int, list[list[int]]]]) -> bytes:
    body = ""
    for columns, lines in content:
        grid = '<w:gridCol w:w="100"/>' * columns
        cells = "".join(
            "<w:tr>"
            + "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="1"/><w:gridSpan w:val="{span}"/></w:tcPr><w:p/></w:tc>'
                for span in line
            )
            + "</w:tr>"
            for line in lines
        )
        body += f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{cells}</w:tbl>"
    return f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()


@given(tables)
def test_what_fits_docxtpl_leaves_alone_and_nothing_else(
    content: list[tuple[int, list[list[int]]]],
) -> None:
    xml = part(content)
    fixed = etree.tostring(DocxTemplate("").fix_tables(xml), method="c14n2")
    assert columns_fit(xml) == (fixed == etree.tostring(etree.fromstring(xml), method="c14n2"))


def test_a_table_within_a_table_is_left_to_docxtpl() -> None:
    inner = part([(1, [[1]])]).decode()
    inner = inner[inner.index("<w:tbl>") : inner.rindex("</w:body>")]
    outer = part([(1, [[1]])]).decode().replace("<w:p/>", f"<w:p/>{inner}", 1)
    assert not columns_fit(outer.encode())
