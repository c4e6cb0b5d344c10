import { AppError, beginPdf, type Language, translate } from "#kernel";
import { de } from "../messages/de.ts";
import { en } from "../messages/en.ts";
import type { Label } from "./label.ts";
import { type Doc, drawCode, fitted, INK, rule, type Written, write } from "./pen.ts";

/** Draws labels: one a page of 10 x 15 cm for label printers, or four on a sheet of A4 to cut. */

type LabelFormat = "10x15" | "a4";

/** Points a millimetre. */
const MM = 72 / 25.4;
/** Of one file; an evening of a large sender. */
export const LABELS_MOST = 500;
const SIZES: Readonly<Record<LabelFormat, [number, number]>> = {
  "10x15": [100 * MM, 150 * MM],
  a4: [210 * MM, 297 * MM],
};
const PER_SHEET = 4;
const MARGIN = 6 * MM;
const CODE = 44 * MM;
interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * @param madeAt ms, for the document's own data
 * @returns the file's bytes
 * @throws AppError bad_request without labels, or with more than LABELS_MOST
 */
export async function drawLabels(
  labels: readonly Label[],
  { format, madeAt }: { format: LabelFormat; madeAt: number },
): Promise<Buffer> {
  if (labels.length === 0) throw new AppError("bad_request", "There is no parcel to label.");
  if (labels.length > LABELS_MOST)
    throw new AppError("bad_request", `At most ${LABELS_MOST} labels at once.`);
  const { doc, finish } = await beginPdf(
    { size: SIZES[format], autoFirstPage: false },
    { title: `${labels.length}`, madeAt },
  );
  for (const [n, label] of labels.entries()) {
    const place = placeOf(doc, format, n);
    drawLabel(doc, label, place);
  }
  return finish();
}

/** Where the next label goes; begins a page when the last one is full. */
function placeOf(doc: Doc, format: LabelFormat, n: number): Place {
  const [width, height] = SIZES[format];
  if (format === "10x15") {
    doc.addPage();
    return { x: 0, y: 0, width, height };
  }
  const at = n % PER_SHEET;
  if (at === 0) {
    doc.addPage();
    doc.lineWidth(0.4).dash(3, { space: 3 }).strokeColor("#999999");
    doc
      .moveTo(width / 2, 0)
      .lineTo(width / 2, height)
      .moveTo(0, height / 2)
      .lineTo(width, height / 2)
      .stroke();
    doc.undash();
  }
  return {
    x: at % 2 === 0 ? 0 : width / 2,
    y: at < 2 ? 0 : height / 2,
    width: width / 2,
    height: height / 2,
  };
}

function drawLabel(doc: Doc, label: Label, { x, y, width, height }: Place): void {
  const left = x + MARGIN;
  const inner = width - 2 * MARGIN;
  const words = (key: string, values?: Record<string, string | number>) => say(label.language, key, values);
  let at = y + MARGIN;
  const line = (text: string, box: Partial<Written>) => {
    at += write(doc, text, { x: left, y: at, width: inner, lines: 1, sizes: [9], strong: false, ...box });
  };
  line(words("label.from", { sender: label.sender }), { sizes: [9, 8, 7], lines: 2 });
  if (label.reference !== "")
    line(words("label.reference", { reference: label.reference }), { sizes: [9, 8, 7] });
  at += 2 * MM;
  rule(doc, { x: left, y: at, width: inner });
  at += 4 * MM;
  if (label.recipient !== "") line(label.recipient, { sizes: [22, 19, 16, 14, 12], lines: 3, strong: true });
  for (const [n, part] of label.address.entries())
    line(part, { sizes: [17, 15, 13, 11, 9], lines: n === 0 ? 2 : 1 });
  at += 3 * MM;
  rule(doc, { x: left, y: at, width: inner });
  at += 3 * MM;
  line(label.window, { sizes: [20, 18, 16], strong: true });
  drawMarks(doc, label, { x: left, y: at + 2 * MM, width: inner, height: 8 * MM });
  const codeY = y + height - MARGIN - CODE;
  drawCode(doc, label.code, { x: left, y: codeY, width: CODE });
  drawFoot(doc, label, { x: left + CODE + 4 * MM, y: codeY, width: inner - CODE - 4 * MM, height: CODE });
}

/** Beside the code: which of how many, what a person can read of it, who drives. */
function drawFoot(doc: Doc, label: Label, { x, y, width, height }: Place): void {
  const count = say(label.language, "label.parcel", { parcel: label.parcel, parcels: label.parcels });
  const below = write(doc, count, { x, y: y + 4 * MM, width, lines: 1, sizes: [16, 14, 12], strong: true });
  write(doc, label.code, { x, y: y + 5 * MM + below, width, lines: 2, sizes: [9, 8, 7, 6], strong: false });
  write(doc, say(label.language, "label.carrier", { carrier: label.carrier }), {
    x,
    y: y + height - 12 * MM,
    width,
    lines: 3,
    sizes: [8, 7, 6],
    strong: false,
  });
}

/** White on black: what must not be overlooked, also by printers that know no grey. */
function drawMarks(doc: Doc, label: Label, { x, y, width, height }: Place): void {
  const gap = 2 * MM;
  const each = (width - 2 * gap) / 3;
  for (const [n, mark] of label.marks.entries()) {
    const at = x + n * (each + gap);
    doc.rect(at, y, each, height).fill(INK);
    const { size, lines } = fitted(doc, say(label.language, `label.${mark}`), {
      width: each - 2 * MM,
      lines: 1,
      sizes: [10, 9, 8, 7, 6],
      strong: true,
    });
    const [text = ""] = lines;
    doc.fillColor("#ffffff").fontSize(size);
    const middle = at + (each - doc.widthOfString(text)) / 2;
    doc.text(text, middle, y + (height - doc.currentLineHeight()) / 2, { lineBreak: false });
  }
}

function say(language: Language, key: string, values?: Record<string, string | number>): string {
  return translate({ de, en }, { language, form: "sie" }, key, values);
}
