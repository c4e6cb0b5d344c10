/// <reference types="pdfkit" />
import { beginPdf, type Language, translate } from "#kernel";
import { catalogue } from "../rules/catalogue.ts";
import { spokenDay, spokenMoney } from "../rules/money.ts";
import { spacedReference } from "../rules/reference.ts";

/** A receipt on A4: who got how much from a request, for what, when and how. It is no invoice, and says so. */

const MM = 72 / 25.4;
const LEFT = 25 * MM;
const WIDTH = 160 * MM;
const TOP = 25 * MM;
const INK = "#1a1a1a";
const SOFT = "#5c5c5c";

export interface ReceiptDrawing {
  readonly number: string;
  /** The number of the receipt that this one cancels. */
  readonly cancels: string | null;
  readonly company: string;
  readonly holder: string;
  readonly address: string;
  readonly taxNumber: string;
  readonly title: string;
  readonly lines: readonly { readonly text: string; readonly amountMinor: number }[];
  readonly currency: string;
  readonly amountMinor: number;
  readonly reference: string;
  readonly paidOn: string;
  readonly ways: readonly string[];
  readonly language: Language;
  /** ms, when it was issued: the same receipt is the same document whenever it is drawn */
  readonly issuedAt: number;
}

/** @returns the file's bytes */
export async function drawReceipt(one: ReceiptDrawing): Promise<Buffer> {
  const { language, currency } = one;
  const say = (key: string, values?: Record<string, string | number>) =>
    translate(catalogue, { language, form: "sie" }, key, values);
  const { cancels } = one;
  const sign = cancels === null ? 1 : -1;
  const money = (minor: number) => spokenMoney(sign * minor, currency, language);
  const title = say(cancels === null ? "pdf.title" : "pdf.cancellation", { number: one.number });
  const { doc, finish } = await beginPdf(
    { size: "A4", lang: language },
    { title, author: one.company, madeAt: one.issuedAt },
  );
  const write = (text: string, size: number, font: "text" | "strong" = "text", colour = INK) => {
    doc.font(font).fontSize(size).fillColor(colour).text(text, LEFT, doc.y, { width: WIDTH, lineGap: 2 });
  };
  const row = (text: string, amount: string, font: "text" | "strong" = "text") => {
    const { y } = doc;
    doc.font(font).fontSize(10.5).fillColor(INK);
    const height = doc.heightOfString(text, { width: WIDTH - 45 * MM });
    doc.text(amount, LEFT + WIDTH - 42 * MM, y, { width: 42 * MM, align: "right" });
    doc.text(text, LEFT, y, { width: WIDTH - 45 * MM });
    doc.y = y + height + 1.5 * MM;
  };
  const line = () => {
    doc
      .moveTo(LEFT, doc.y)
      .lineTo(LEFT + WIDTH, doc.y)
      .lineWidth(0.8)
      .strokeColor(INK)
      .stroke();
    doc.y += 2 * MM;
  };
  doc.y = TOP;
  write(one.holder || one.company, 12, "strong");
  for (const part of [one.address, one.taxNumber && say("pdf.taxNumber", { number: one.taxNumber })])
    if (part) write(part, 9.5, "text", SOFT);
  doc.y += 14 * MM;
  write(title, 18, "strong");
  doc.y += 6 * MM;
  for (const { text, amountMinor } of one.lines.length > 1 ? one.lines : []) row(text, money(amountMinor));
  if (one.lines.length > 1) line();
  row(one.title, money(one.amountMinor), "strong");
  doc.y += 6 * MM;
  const ways = one.ways.map((way) => say(`pdf.way.${way}`)).join(", ");
  const facts =
    cancels === null
      ? [
          say("pdf.paidOn", { day: spokenDay(one.paidOn, language) }),
          ...(ways === "" ? [] : [say("pdf.ways", { ways })]),
        ]
      : [say("pdf.cancels", { number: cancels })];
  for (const text of [...facts, say("pdf.reference", { reference: spacedReference(one.reference) })])
    write(text, 10);
  doc.y += 8 * MM;
  write(say("pdf.noInvoice"), 8.5, "text", SOFT);
  return finish();
}
