// shapes_docxmlater.docx, by the npm package docxmlater: `node shapes.mjs FOLDER`.
import { createRequire } from "node:module";
const d = createRequire(import.meta.url)("docxmlater");
const [folder] = process.argv.slice(2);
const emu = (points) => points * 12700;
const document = d.Document.create({ properties: { title: "图形与修订", creator: "设计部" } });
document.createParagraph("图形与修订").setStyle("Heading1");
const at = (x, y) => [{ anchor: "margin", offset: emu(x) }, { anchor: "paragraph", offset: emu(y) }];
for (const [shape, x, text] of [
  [d.Shape.createRectangle(emu(90), emu(40)), 0, "矩形"],
  [d.Shape.createEllipse(emu(90), emu(40)), 110, "椭圆"],
  [d.Shape.createArrow("right", emu(90), emu(40)), 220, "箭头"],
]) {
  shape.setFill("DDEEFF").setOutline("1F4E79", emu(1)).setText(text).setPosition(...at(x, 10)).setDescription(text);
  const paragraph = document.createParagraph();
  paragraph.addShape(shape);
}
for (let n = 0; n < 5; n++) document.createParagraph(`图形下面的第 ${n + 1} 段。`);
const box = d.TextBox.create(emu(200), emu(50));
const inside = new d.Paragraph();
inside.addText("DrawingML 文本框里的字，应当出现在 PDF 里。");
box.addParagraph(inside).setFill("FFFFCC").setPosition(...at(100, 0)).setDescription("文本框");
const holder = document.createParagraph();
holder.addTextBox(box);
document.createParagraph("文本框之后。");
const revised = document.createParagraph("交货期");
revised.addRevision(document.createDeletion("甲方", new d.Run("三十"), new Date(0)));
revised.addRevision(document.createInsertion("甲方", new d.Run("四十五"), new Date(0)));
revised.addText("日。");
document.addCommentToParagraph(revised, "法务", "请确认");
const noted = document.createParagraph("尾注在文末");
const table = document.createTable(3, 3);
for (let row = 0; row < 3; row++) for (let column = 0; column < 3; column++)
  table.getCell(row, column).createParagraph(`${row + 1} 行 ${column + 1} 列`);
document.createParagraph("完。");
await document.save(`${folder}/shapes_docxmlater.docx`);
