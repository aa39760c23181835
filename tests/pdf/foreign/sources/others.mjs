// memo_html_to_docx.docx, letter_docxtemplater.docx, list_officegen.docx, by the npm packages of those names.
import fs from "node:fs";
import { createRequire } from "node:module";
import * as d from "docx";
const require = createRequire(import.meta.url);
const [picture, html, folder] = process.argv.slice(2);
const png = fs.readFileSync(picture);
const uri = `data:image/png;base64,${png.toString("base64")}`;

const htmlToDocx = require("html-to-docx");
fs.writeFileSync(`${folder}/memo_html_to_docx.docx`, await htmlToDocx(
  fs.readFileSync(html, "utf8").replace("@URI@", uri), "<p>会议备忘</p>",
  { title: "会议备忘", font: "宋体", header: true, footer: true, pageNumber: true, lang: "zh-CN",
    table: { row: { cantSplit: true } }, createdAt: new Date(0), modifiedAt: new Date(0) }, "<p>页脚</p>"));

const Docxtemplater = require("docxtemplater");
const PizZip = require("pizzip");
const cell = (text) => new d.TableCell({ children: [new d.Paragraph(text)] });
const template = new d.Document({ sections: [{ children: [
  new d.Paragraph({ heading: d.HeadingLevel.HEADING_1, text: "报价函" }),
  new d.Paragraph("致：{customer}"),
  new d.Paragraph("{#formal}感谢贵公司的信任，现就 {project} 报价如下：{/formal}"),
  new d.Table({ width: { size: 9000, type: d.WidthType.DXA }, columnWidths: [4000, 2000, 3000], rows: [
    new d.TableRow({ tableHeader: true, children: [cell("名称"), cell("数量"), cell("金额（元）")] }),
    new d.TableRow({ children: [cell("{#items}{name}"), cell("{count}"), cell("{amount}{/items}")] })] }),
  new d.Paragraph("{#notes}"), new d.Paragraph("备注：{.}"), new d.Paragraph("{/notes}"),
  new d.Paragraph({ text: "{company}", alignment: d.AlignmentType.RIGHT }),
] }] });
const filled = new Docxtemplater(new PizZip(await d.Packer.toBuffer(template)), { paragraphLoop: true, linebreaks: true });
filled.render({ customer: "宁波某某机械有限公司", project: "MES 一期", formal: true, company: "苏州某某软件有限公司\n销售部",
  items: Array.from({ length: 60 }, (_, n) => ({ name: `模块 ${n + 1}`, count: n + 1, amount: ((n + 1) * 1250).toFixed(2) })),
  notes: ["含税 13%。", "有效期 30 日。"] });
fs.writeFileSync(`${folder}/letter_docxtemplater.docx`, filled.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" }));

const officegen = require("officegen");
const list = officegen({ type: "docx", title: "清单", orientation: "landscape" });
for (let n = 1; n <= 5; n++) list.createListOfNumbers().addText(`编号 ${n}：到货后三日内开箱检查。`, { font_face: "宋体" });
for (let n = 1; n <= 3; n++) list.createListOfDots().addText(`圆点 ${n}`);
list.createTable([[{ val: "序号", opts: { b: true, cellColWidth: 2000, shd: { fill: "CCCCCC" } } }, { val: "名称", opts: { cellColWidth: 5000 } }],
  ...Array.from({ length: 30 }, (_, n) => [n + 1, `设备 ${n + 1}`])], { tableColWidth: 4000, borders: true, borderSize: 4, tableAlign: "left" });
const p = list.createP({ align: "justify" });
p.addText("蓝色大字 ", { color: "0000FF", font_size: 20 });
p.addText("普通文字，", {});
p.addImage(picture, { cx: 160, cy: 80 });
p.addHorizontalLine();
list.putPageBreak();
list.createP().addText("第二页");
await new Promise((done) => list.generate(fs.createWriteStream(`${folder}/list_officegen.docx`).on("close", done)));
