/// <reference types="pdfkit" />
import { beginPdf } from "#kernel";
import type { Sheet } from "../rules/sheet.ts";
import { drawLogo } from "./logo.ts";

/**
 * Draws a document on A4: the address where a window envelope shows it (DIN 5008, form B), the table with its head on
 * every page, the footer at the foot of each. The fonts are embedded, with the letters that are used.
 */

/** Points a millimetre. */
const MM = 72 / 25.4;
const LEFT = 25 * MM;
const RIGHT = 190 * MM;
const TOP = 20 * MM;
/** The footer begins here; text ends above. */
const FOOT = 262 * MM;
const BOTTOM = 256 * MM;
const ADDRESS = 45 * MM;
const BODY = 100 * MM;
const INK = "#1a1a1a";
const SOFT = "#5c5c5c";
const LINE = "#c8c8c8";
const TEXT = 9.5;
const SMALL = 7.5;

/** Column edges in mm from the left margin, and what is set to the right. */
const COLUMNS: readonly { x: number; width: number; align: "left" | "right" }[] = [
  { x: 0, width: 10, align: "left" },
  { x: 10, width: 62, align: "left" },
  { x: 73, width: 24, align: "right" },
  { x: 98, width: 22, align: "right" },
  { x: 121, width: 13, align: "right" },
  { x: 135, width: 9, align: "right" },
  { x: 145, width: 20, align: "right" },
];

/** Columns that may need more than one line. */
const TALL = [1, 2, 3];

type Doc = PDFKit.PDFDocument;

export interface Drawing {
  sheet: Sheet;
  /** The company's SVG; null = its name in letters. */
  logo: string | null;
  name: string;
  /** ms, for the document's own data */
  madeAt: number;
}

/** @returns the file's bytes; a document of 300 lines takes some tenths of a second */
export async function drawPdf({ sheet, logo, name, madeAt }: Drawing): Promise<Buffer> {
  const { doc, finish } = await beginPdf(
    { size: "A4", bufferPages: true, autoFirstPage: true, lang: sheet.language },
    { title: sheet.title, author: name, madeAt },
  );
  drawHead(doc, sheet, { logo, name });
  drawTable(doc, sheet);
  drawTotals(doc, sheet);
  drawClosing(doc, sheet);
  drawFooters(doc, sheet);
  return finish();
}

function write(
  doc: Doc,
  text: string,
  options: {
    x: number;
    y?: number;
    width: number;
    size?: number;
    strong?: boolean;
    colour?: string;
    align?: "left" | "right";
  },
): void {
  doc
    .font(options.strong ? "strong" : "text")
    .fontSize(options.size ?? TEXT)
    .fillColor(options.colour ?? INK)
    .text(text, options.x, options.y ?? doc.y, {
      width: options.width,
      align: options.align ?? "left",
      lineGap: 1,
    });
}

function drawHead(doc: Doc, sheet: Sheet, { logo, name }: { logo: string | null; name: string }): void {
  const box = { x: LEFT, y: TOP - 4 * MM, width: 40 * MM, height: 14 * MM };
  const isDrawn = logo !== null && drawLogo(doc, logo, box);
  const width = 90 * MM;
  write(doc, name, {
    x: RIGHT - width,
    y: TOP,
    width,
    size: isDrawn ? 11 : 15,
    strong: true,
    align: "right",
  });
  write(doc, sheet.senderLine, { x: LEFT, y: ADDRESS, width: 85 * MM, size: 6.5, colour: SOFT });
  doc.y = ADDRESS + 6 * MM;
  for (const line of sheet.address)
    write(doc, cut(doc, line, 85 * MM), { x: LEFT, width: 85 * MM, size: 10 });
  doc.y = ADDRESS;
  for (const [label, value] of sheet.info) {
    const y = doc.y;
    write(doc, label, { x: 125 * MM, y, width: 30 * MM, size: 8.5, colour: SOFT });
    write(doc, value, { x: 155 * MM, y, width: 35 * MM, size: 8.5, align: "right" });
  }
  doc.y = Math.max(doc.y + 4 * MM, BODY - 8 * MM);
  write(doc, sheet.title, { x: LEFT, width: RIGHT - LEFT, size: 15, strong: true });
  doc.y += 3 * MM;
  for (const text of sheet.intro) flow(doc, text, sheet);
  doc.y += 3 * MM;
}

/** An address has its place on the paper: a line that is too long is cut, and stands whole in the contract's words. */
function cut(doc: Doc, text: string, width: number): string {
  doc.font("text").fontSize(10);
  const one = text.replace(/\n/g, " ");
  if (one.length <= 200 && doc.widthOfString(one) <= width) return one;
  let kept = one.slice(0, 120);
  while (kept.length > 1 && doc.widthOfString(`${kept}…`) > width) kept = kept.slice(0, -1);
  return `${kept}…`;
}

/** Running text, paragraph by paragraph, over as many pages as it takes. */
function flow(doc: Doc, text: string, sheet: Sheet): void {
  for (const paragraph of text.split("\n")) {
    doc.font("text").fontSize(TEXT);
    const height = doc.heightOfString(paragraph || " ", { width: RIGHT - LEFT, lineGap: 1 });
    if (doc.y + Math.min(height, BOTTOM - TOP - 10 * MM) > BOTTOM) nextPage(doc, sheet);
    for (const piece of pieces(paragraph || " ", height)) {
      if (piece !== paragraph && doc.y > TOP + 40 * MM) nextPage(doc, sheet);
      write(doc, piece, { x: LEFT, width: RIGHT - LEFT });
    }
  }
}

/** A paragraph longer than a page is set in parts. */
function pieces(text: string, height: number): string[] {
  const room = BOTTOM - TOP - 20 * MM;
  if (height <= room) return [text];
  const length = Math.max(200, Math.floor((text.length * room) / height / 1.2));
  return Array.from({ length: Math.ceil(text.length / length) }, (_, n) =>
    text.slice(n * length, (n + 1) * length),
  );
}

function nextPage(doc: Doc, sheet: Sheet): void {
  doc.addPage();
  write(doc, `${sheet.title} · ${sheet.continued}`, {
    x: LEFT,
    y: TOP - 6 * MM,
    width: RIGHT - LEFT,
    size: SMALL,
    colour: SOFT,
  });
  doc.y = TOP + 2 * MM;
}

function drawTableHead(doc: Doc, sheet: Sheet): void {
  const y = doc.y;
  for (const [place, label] of sheet.head.entries()) {
    const column = COLUMNS[place] as (typeof COLUMNS)[number];
    write(doc, label, {
      x: LEFT + column.x * MM,
      y,
      width: column.width * MM,
      size: 8,
      strong: true,
      align: column.align,
    });
  }
  doc.y = y + 5 * MM;
  rule(doc, INK, 1);
  doc.y += 1.5 * MM;
}

function rule(doc: Doc, colour: string, width: number): void {
  doc.moveTo(LEFT, doc.y).lineTo(RIGHT, doc.y).lineWidth(width).stroke(colour);
}

function drawTable(doc: Doc, sheet: Sheet): void {
  drawTableHead(doc, sheet);
  for (const { cells, note } of sheet.rows) {
    const words = (place: number): string =>
      place === 3 && note ? `${cells[place]}\n${note}` : (cells[place] ?? "");
    doc.font("text").fontSize(TEXT);
    const height = Math.max(
      ...TALL.map((place) =>
        doc.heightOfString(words(place), { width: (COLUMNS[place]?.width ?? 0) * MM, lineGap: 1 }),
      ),
    );
    if (doc.y + height > BOTTOM) {
      nextPage(doc, sheet);
      drawTableHead(doc, sheet);
    }
    const y = doc.y;
    for (const [place, column] of COLUMNS.entries())
      write(doc, words(place), { x: LEFT + column.x * MM, y, width: column.width * MM, align: column.align });
    doc.y = y + height + 1.2 * MM;
    rule(doc, LINE, 0.5);
    doc.y += 1.5 * MM;
  }
}

/** Together on one page: a sum that stands alone says nothing. */
function drawTotals(doc: Doc, sheet: Sheet): void {
  if (doc.y + sheet.totals.length * 6 * MM > BOTTOM) nextPage(doc, sheet);
  doc.y += 1 * MM;
  for (const { label, value, isStrong } of sheet.totals) {
    const y = doc.y;
    const size = isStrong ? 11 : TEXT;
    write(doc, label, { x: LEFT + 70 * MM, y, width: 60 * MM, size, strong: isStrong, align: "right" });
    write(doc, value, { x: LEFT + 130 * MM, y, width: 35 * MM, size, strong: isStrong, align: "right" });
    doc.y = y + 6 * MM;
  }
  doc.y += 4 * MM;
}

function drawClosing(doc: Doc, sheet: Sheet): void {
  for (const { heading, text } of sheet.closing) {
    if (doc.y + 14 * MM > BOTTOM) nextPage(doc, sheet);
    if (heading !== "") write(doc, heading, { x: LEFT, width: RIGHT - LEFT, strong: true });
    flow(doc, text, sheet);
    doc.y += 2.5 * MM;
  }
}

function drawFooters(doc: Doc, sheet: Sheet): void {
  const { start, count } = doc.bufferedPageRange();
  const width = (RIGHT - LEFT) / 3;
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    doc.y = FOOT;
    rule(doc, LINE, 0.5);
    for (const [column, lines] of sheet.footer.entries()) {
      const text = lines.map((line) => line.replace(/\n/g, " ")).join("\n");
      doc.font("text").fontSize(6.5).fillColor(SOFT);
      doc.text(text, LEFT + column * width, FOOT + 2 * MM, {
        width: width - 3 * MM,
        height: 22 * MM,
        ellipsis: true,
        lineGap: 0.5,
      });
    }
    const label = sheet.pageOf(page - start + 1, count);
    write(doc, label, { x: LEFT, y: 288 * MM, width: RIGHT - LEFT, size: 7, colour: SOFT, align: "right" });
  }
}
