"""What of a Word file its PDF does not show as Word does, in the words of who writes in Word."""

from __future__ import annotations

from typing import Final

from salesdocs.findings import Finding, Phrase
from salesdocs.word.shown.model import Unknown

_WORDS: Final = {
    "a:alpha": Phrase("透明度", "transparency"),
    "a:graphicData": Phrase("图形", "a drawing"),
    "a:prstGeom": Phrase("图形的形状", "the shape of a drawing"),
    "a:srcRect": Phrase("图片的裁剪", "cropping of a picture"),
    "a:xfrm": Phrase("图形的翻转", "flipping of a drawing"),
    "c:chart": Phrase("图表", "a chart"),
    "dgm:relIds": Phrase("SmartArt 图", "a SmartArt drawing"),
    "m:oMath": Phrase("公式", "a formula"),
    "m:oMathPara": Phrase("公式", "a formula"),
    "o:OLEObject": Phrase("嵌入的对象", "an embedded object"),
    "pic:pic": Phrase("图片", "a picture"),
    "v:group": Phrase("组合图形", "grouped drawings"),
    "v:imagedata": Phrase("图片", "a picture"),
    "w:cols": Phrase("分栏的分隔线", "the line between columns"),
    "w:docGrid": Phrase("文档网格", "the grid of the page"),
    "w:framePr": Phrase("图文框的位置", "the place of a frame"),
    "w:instrText": Phrase("域", "a field"),
    "w:lnNumType": Phrase("行号", "numbers of lines"),
    "w:numRestart": Phrase("注释编号的起算", "where notes count anew"),
    "w:pgBorders": Phrase("页面边框", "borders of the page"),
    "w:pgNumType": Phrase("带章号的页码", "page numbers with chapters"),
    "w:rFonts": Phrase("符号字体", "a font of symbols"),
    "w:shd": Phrase("底纹的图案", "the pattern of a shading"),
    "w:tblLayout": Phrase("随内容变化的列宽", "columns as wide as what they hold"),
    "w:textDirection": Phrase("文字方向", "the direction of the text"),
    "wpg:grpSp": Phrase("组合图形", "grouped drawings"),
    "wpg:wgp": Phrase("组合图形", "grouped drawings"),
}
_PLACES: Final = {
    "footnotes": Phrase("脚注", "footnotes"),
    "section": Phrase("页面设置", "the page setup"),
    "table": Phrase("表格", "a table"),
}


def unknown_finding(unknown: Unknown, file: str, *, strict: bool) -> Finding:
    """Return what is wrong where the Word file has something we do not show as Word does."""
    name, _, more = unknown.what.partition(" ")
    word = _WORDS.get(name)
    said = f"{name} {more}".rstrip()
    what = Phrase(f"{word.zh}（{said}）", f"{word.en} ({said})") if word else Phrase(said, said)
    at = _place(unknown.place)
    if unknown.lost:
        message = Phrase(f"PDF 中没有{at.zh}{what.zh}", f"not in the PDF: {what.en}{at.en}")
    else:
        message = Phrase(
            f"{at.zh}{what.zh}在 PDF 中与 Word 不同", f"looks not as in Word: {what.en}{at.en}"
        )
    return Finding(
        "error" if strict else "warning",
        message,
        "PDF-11" if unknown.lost else "PDF-10",
        file=file,
        hint=Phrase(
            "在 Word 中改用较简单的做法，或用 --engine soffice 打印",
            "use something simpler in Word, or print with --engine soffice",
        ),
    )


def _place(place: str) -> Phrase:
    if place in _PLACES:
        known = _PLACES[place]
        return Phrase(f"{known.zh}的", f", of {known.en}")
    return Phrase(f"“{place}”处的", f', at "{place}"') if place else Phrase("", "")
