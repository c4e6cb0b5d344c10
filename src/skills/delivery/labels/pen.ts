/// <reference types="pdfkit" />
import qrcode from "qrcode-generator";
import { type Fitted, fitText } from "./fit.ts";

/** Text, lines and codes on a label. */

/** White round the code, in modules; ISO/IEC 18004 asks for four. */
const QUIET = 4;
export const INK = "#000000";

export type Doc = PDFKit.PDFDocument;

interface Setting {
  readonly width: number;
  readonly lines: number;
  readonly sizes: readonly number[];
  readonly strong: boolean;
}
export interface Written extends Setting {
  readonly x: number;
  readonly y: number;
}

export function fitted(doc: Doc, text: string, { width, lines, sizes, strong }: Setting): Fitted {
  doc.font(strong ? "strong" : "text");
  return fitText(text, {
    width,
    lines,
    sizes,
    measure: (part, size) => doc.fontSize(size).widthOfString(part),
  });
}

/** @returns its height */
export function write(doc: Doc, text: string, box: Written): number {
  const { size, lines } = fitted(doc, text, box);
  doc.fillColor(INK).fontSize(size);
  const height = doc.currentLineHeight(true);
  for (const [n, line] of lines.entries()) doc.text(line, box.x, box.y + n * height, { lineBreak: false });
  return lines.length * height;
}

export function rule(doc: Doc, { x, y, width }: { x: number; y: number; width: number }): void {
  doc
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineWidth(1)
    .strokeColor(INK)
    .stroke();
}

/** Dark modules, row by row, as bars. */
export function drawCode(
  doc: Doc,
  text: string,
  { x, y, width }: { x: number; y: number; width: number },
): void {
  const code = qrcode(0, "Q");
  code.addData(text, "Alphanumeric");
  code.make();
  const count = code.getModuleCount();
  const module = width / (count + 2 * QUIET);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; ) {
      let end = column;
      while (end < count && code.isDark(row, end)) end++;
      if (end > column)
        doc.rect(
          x + (column + QUIET) * module,
          y + (row + QUIET) * module,
          (end - column) * module,
          // Without a hair of overlap some printers leave white lines between the rows.
          module * 1.02,
        );
      column = end + 1;
    }
  }
  doc.fill(INK);
}
