"""proposal_python_docx.docx, by python-docx: `python python_docx.py PICTURE FOLDER`."""

import sys
from datetime import datetime

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

picture, folder = sys.argv[1:]
document = Document()
document.core_properties.title = "技术方案"
document.core_properties.created = document.core_properties.modified = datetime(2026, 9, 20)
normal = document.styles["Normal"]
normal.font.name, normal.font.size = "Times New Roman", Pt(12)
normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
section = document.sections[0]
section.page_width, section.page_height = Cm(21), Cm(29.7)
section.header.paragraphs[0].text = "技术方案\t\t内部"
section.footer.paragraphs[0].text = "苏州某某软件有限公司"
document.add_heading("技术方案", 0)
document.add_heading("项目背景", 1)
for text in ("客户现有三条产线，设备 86 台，生产计划由 Excel 编排，进度靠人工汇报。",) * 6:
    paragraph = document.add_paragraph(text * 3)
    paragraph.paragraph_format.first_line_indent = Pt(24)
    paragraph.paragraph_format.line_spacing = 1.5
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
for style in (
    "List Number",
    "List Number",
    "List Bullet",
    "List Bullet 2",
    "Quote",
    "Intense Quote",
):
    document.add_paragraph(f"样式 {style} 的一段", style=style)
paragraph = document.add_paragraph()
for text, look in (("红", "red"), ("大", "big"), ("隐藏", "hidden"), ("全大写 abc", "caps")):
    run = paragraph.add_run(text)
    if look == "red":
        run.font.color.rgb = RGBColor(0xC0, 0, 0)
    elif look == "big":
        run.font.size = Pt(24)
    elif look == "hidden":
        run.font.hidden = True
    else:
        run.font.all_caps = True
document.add_comment(paragraph.runs, "颜色是否必要？", author="审稿人", initials="审")
stops = document.add_paragraph("左\t中\t右\t1,234.50")
stops.paragraph_format.tab_stops.add_tab_stop(Cm(5), WD_TAB_ALIGNMENT.CENTER)
stops.paragraph_format.tab_stops.add_tab_stop(Cm(9), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
stops.paragraph_format.tab_stops.add_tab_stop(Cm(13), WD_TAB_ALIGNMENT.DECIMAL)
for style in ("Table Grid", "Light Grid Accent 1", "Medium Shading 2 Accent 5", "Colorful List"):
    table = document.add_table(rows=4, cols=3, style=style)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells.cells):
            cell.text = f"{style} {row}" if not column else f"{row * column}"
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph()
inner = table.cell(3, 2).add_table(2, 2)
inner.cell(0, 0).text, inner.cell(1, 1).text = "内", "表"
document.add_picture(picture, width=Cm(5))
document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
document.add_heading("排期", 2)
wide = document.add_section(WD_SECTION.NEW_PAGE)
wide.orientation, wide.page_width, wide.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
wide.header.is_linked_to_previous = False
wide.header.paragraphs[0].text = "横向页眉"
table = document.add_table(rows=40, cols=6, style="Table Grid")
for row, cells in enumerate(table.rows):
    for column, cell in enumerate(cells.cells):
        cell.text = f"第 {row} 行第 {column} 列"
document.save(f"{folder}/proposal_python_docx.docx")
