// contract_docx_js.docx and layout_docx_js.docx, by the npm package docx.
import fs from "node:fs";
import * as d from "docx";

const [picture, folder] = process.argv.slice(2);
const png = fs.readFileSync(picture);
const run = (text, more = {}) => new d.TextRun({ text, ...more });
const p = (text, more = {}) => new d.Paragraph({ children: [run(text)], ...more });
const cell = (children, more = {}) =>
  new d.TableCell({ children: children.map((c) => (typeof c === "string" ? p(c) : c)), ...more });
const row = (cells, more = {}) => new d.TableRow({ children: cells, ...more });
const fonts = { name: { ascii: "Times New Roman", hAnsi: "Times New Roman", eastAsia: "宋体", cs: "Arial" } };
const long =
  "甲乙双方根据《中华人民共和国民法典》及有关法律法规，在平等、自愿、公平和诚实信用的基础上，就 MES 一期项目的建设协商一致，订立本合同，共同遵守。";

const contract = new d.Document({
  title: "设备采购合同", creator: "采购部", description: "docx for Node",
  features: { updateFields: false, trackRevisions: true },
  styles: {
    default: { document: { run: { font: fonts.name, size: 24 } } },
    paragraphStyles: [
      { id: "Clause", name: "Clause", basedOn: "Normal", run: { size: 24 },
        paragraph: { spacing: { line: 400, lineRule: d.LineRuleType.EXACT }, indent: { firstLine: 480 } } },
    ],
  },
  numbering: {
    config: [
      { reference: "articles", levels: [
        { level: 0, format: d.LevelFormat.CHINESE_COUNTING, text: "第%1条", start: 1, suffix: d.LevelSuffix.SPACE,
          style: { run: { bold: true } } },
        { level: 1, format: d.LevelFormat.DECIMAL, text: "%1.%2", isLegalNumberingStyle: true,
          style: { paragraph: { indent: { left: 720, hanging: 720 } } } },
        { level: 2, format: d.LevelFormat.DECIMAL_ENCLOSED_CIRCLE, text: "%3",
          style: { paragraph: { indent: { left: 1200, hanging: 480 } } } } ] },
      { reference: "bullets", levels: [
        { level: 0, format: d.LevelFormat.BULLET, text: "●",
          style: { paragraph: { indent: { left: 480, hanging: 480 } } } } ] },
    ],
  },
  comments: { children: [
    { id: 0, author: "法务", date: new Date(0), children: [p("违约金比例过高，建议不超过 20%。")] } ] },
  footnotes: {
    1: { children: [p("工作日指国务院规定的法定工作日，含调休的周六、周日。")] },
    2: { children: [p("以甲方签收单载明的日期为准。")] },
  },
  sections: [{
    properties: { page: { size: { width: 11906, height: 16838 }, margin: { top: 1440, bottom: 1440, left: 1800, right: 1800 },
      pageNumbers: { start: 1, formatType: d.NumberFormat.DECIMAL } }, titlePage: true },
    headers: { default: new d.Header({ children: [p("设备采购合同", { alignment: d.AlignmentType.RIGHT,
      border: { bottom: { style: d.BorderStyle.SINGLE, size: 6, space: 1, color: "808080" } } })] }),
      first: new d.Header({ children: [p("首页没有页眉线")] }) },
    footers: { default: new d.Footer({ children: [new d.Paragraph({ alignment: d.AlignmentType.CENTER, children: [
      new d.TextRun({ children: ["第 ", d.PageNumber.CURRENT, " 页　共 ", d.PageNumber.TOTAL_PAGES, " 页"] })] })] }),
      first: new d.Footer({ children: [p("合同编号：CG-2026-018")] }) },
    children: [
      new d.Paragraph({ heading: d.HeadingLevel.TITLE, alignment: d.AlignmentType.CENTER, children: [run("设备采购合同", { font: { eastAsia: "黑体" } })] }),
      new d.Paragraph({ tabStops: [{ type: d.TabStopType.RIGHT, position: 8300, leader: d.LeaderType.DOT }],
        children: [run("合同编号"), new d.TextRun({ children: [new d.Tab()] }), run("CG-2026-018")] }),
      new d.Paragraph({ style: "Clause", children: [run(long), new d.FootnoteReferenceRun(1)] }),
      ...["标的", "价款", "交付", "违约责任"].flatMap((title, n) => [
        new d.Paragraph({ numbering: { reference: "articles", level: 0 }, heading: d.HeadingLevel.HEADING_1, keepNext: true, children: [run(title)] }),
        ...[1, 2, 3].map((k) => new d.Paragraph({ numbering: { reference: "articles", level: 1 },
          children: [run(`${title}之${k}：${long}`), ...(n === 2 && k === 1 ? [new d.FootnoteReferenceRun(2)] : [])] })),
        new d.Paragraph({ numbering: { reference: "articles", level: 2 }, children: [run("以书面形式通知；")] }),
        new d.Paragraph({ numbering: { reference: "articles", level: 2 }, children: [run("经对方书面确认。")] }),
      ]),
      new d.Paragraph({ children: [
        run("交货期为"),
        new d.DeletedTextRun({ text: "三十", id: 1, author: "甲方", date: new Date(0).toISOString() }),
        new d.InsertedTextRun({ text: "四十五", id: 2, author: "甲方", date: new Date(0).toISOString() }),
        run("日，"), new d.CommentRangeStart(0), run("违约金为合同总价的 30%"), new d.CommentRangeEnd(0),
        new d.TextRun({ children: [new d.CommentReference(0)] }), run("。")] }),
      new d.Table({ width: { size: 100, type: d.WidthType.PERCENTAGE }, rows: [
        row([cell(["名称"]), cell(["型号"]), cell(["数量"]), cell(["单价（元）"])], { tableHeader: true, cantSplit: true }),
        row([cell(["工控机"], { rowSpan: 2, verticalAlign: d.VerticalAlign.CENTER }), cell(["IPC-610"]), cell(["12"]), cell([p("8,600.00", { alignment: d.AlignmentType.RIGHT })])]),
        row([cell(["IPC-710"]), cell(["4"]), cell([p("12,300.00", { alignment: d.AlignmentType.RIGHT })])]),
        row([cell(["合计"], { columnSpan: 3, shading: { fill: "D9D9D9", type: d.ShadingType.CLEAR } }), cell([p("152,400.00", { alignment: d.AlignmentType.RIGHT })])]),
      ] }),
      new d.Paragraph({ children: [new d.Math({ children: [
        new d.MathRun("违约金="), new d.MathFraction({ numerator: [new d.MathRun("未付款×天数")], denominator: [new d.MathRun("10000")] }),
        new d.MathSuperScript({ children: [new d.MathRun("x")], superScript: [new d.MathRun("2")] })] })] }),
      new d.Paragraph({ children: [new d.ExternalHyperlink({ link: "https://example.com/terms", children: [run("通用条款", { style: "Hyperlink" })] }),
        run("　"), run("加粗", { bold: true }), run("倾斜", { italics: true }), run("下划线", { underline: { type: d.UnderlineType.WAVE } }),
        run("删除线", { strike: true }), run("着重号", { emphasisMark: { type: d.EmphasisMarkType.DOT } }), run("2", { superScript: true }),
        run("突出", { highlight: "yellow" }), run("small caps", { smallCaps: true })] }),
      new d.Paragraph({ children: [new d.CheckBox({ checked: true, alias: "同意" }), run(" 同意　"), new d.CheckBox({ checked: false }), run(" 不同意")] }),
      new d.Paragraph({ children: [new d.ImageRun({ type: "png", data: png, transformation: { width: 120, height: 60 },
        altText: { title: "条纹", description: "条纹图", name: "条纹" } })] }),
      new d.Paragraph({ children: [run("浮动图片在右侧，文字绕排。" + long + long), new d.ImageRun({ type: "png", data: png, transformation: { width: 160, height: 80 },
        floating: { horizontalPosition: { relative: d.HorizontalPositionRelativeFrom.MARGIN, align: d.HorizontalPositionAlign.RIGHT },
          verticalPosition: { relative: d.VerticalPositionRelativeFrom.PARAGRAPH, offset: 0 },
          wrap: { type: d.TextWrappingType.SQUARE, side: d.TextWrappingSide.LEFT } } })] }),
    ],
  }],
});

const nested = new d.Table({ width: { size: 4000, type: d.WidthType.DXA }, columnWidths: [2000, 2000], rows: [
  row([cell(["内一"]), cell(["内二"])]), row([cell(["内三"]), cell(["内四"])])] });
const layout = new d.Document({
  title: "版式", creator: "设计部",
  evenAndOddHeaderAndFooters: true,
  styles: { default: { document: { run: { font: fonts.name, size: 21 } } } },
  sections: [
    { properties: { page: { size: { width: 11906, height: 16838 }, borders: {
        pageBorders: { display: d.PageBorderDisplay.ALL_PAGES, offsetFrom: d.PageBorderOffsetFrom.TEXT },
        pageBorderTop: { style: d.BorderStyle.SINGLE, size: 8, color: "000000", space: 10 },
        pageBorderBottom: { style: d.BorderStyle.SINGLE, size: 8, color: "000000", space: 10 } } } },
      headers: { default: new d.Header({ children: [p("单数页的页眉")] }), even: new d.Header({ children: [p("双数页的页眉")] }) },
      children: [
        p("嵌套表格", { heading: d.HeadingLevel.HEADING_1 }),
        new d.Table({ width: { size: 9000, type: d.WidthType.DXA }, columnWidths: [4500, 4500], rows: [
          row([cell(["外一"]), cell(["外二的里面：", nested, ""])]),
          row([cell(["竖排"], { textDirection: d.TextDirection.TOP_TO_BOTTOM_RIGHT_TO_LEFT }), cell(["双线与虚线"], { borders: {
            top: { style: d.BorderStyle.DOUBLE, size: 4, color: "FF0000" }, bottom: { style: d.BorderStyle.DASHED, size: 8, color: "0000FF" } } })],
            { height: { value: 1200, rule: d.HeightRule.EXACT } }),
        ] }),
        p("文本框", { heading: d.HeadingLevel.HEADING_1 }),
        new d.Textbox({ alignment: "center", style: { width: "200pt", height: "auto" }, children: [p("文本框里的字"), p("第二行")] }),
        new d.Paragraph({ frame: { type: "absolute", position: { x: 1000, y: 9000 }, width: 4000, height: 1000,
          anchor: { horizontal: d.FrameAnchorType.MARGIN, vertical: d.FrameAnchorType.MARGIN } },
          border: { top: { style: "single", size: 6, color: "auto", space: 1 } }, children: [run("图文框（frame）里的字")] }),
        new d.Paragraph({ pageBreakBefore: true, children: [run("第二页，双数")] }),
        ...Array.from({ length: 30 }, (_, n) => p(`${n + 1}　${long}`, { spacing: { line: 360 }, alignment: d.AlignmentType.BOTH })),
      ] },
    { properties: { type: d.SectionType.NEXT_PAGE, page: { size: { width: 11906, height: 16838, orientation: d.PageOrientation.LANDSCAPE } } },
      children: [p("横向的一节", { heading: d.HeadingLevel.HEADING_1 }),
        new d.Table({ width: { size: 13000, type: d.WidthType.DXA }, columnWidths: Array(13).fill(1000),
          rows: [0, 1, 2, 3].map((r) => row(Array.from({ length: 13 }, (_, c) => cell([r ? `${r * c}` : `${c} 月`])), { tableHeader: r === 0 })) })] },
    { properties: { type: d.SectionType.NEXT_PAGE, column: { count: 2, space: 708, separate: true } },
      children: [p("分栏的一节", { heading: d.HeadingLevel.HEADING_1 }), ...Array.from({ length: 14 }, (_, n) => p(`${n + 1}　${long}`))] },
  ],
});
for (const [name, document] of [["contract_docx_js", contract], ["layout_docx_js", layout]])
  fs.writeFileSync(`${folder}/${name}.docx`, await d.Packer.toBuffer(document));
