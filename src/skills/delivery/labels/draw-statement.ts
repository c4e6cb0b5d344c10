import { beginPdf, type Language, translate } from "#kernel";
import type { StatementReply, StatementRow } from "../api/statement.ts";
import { de } from "../messages/de.ts";
import { en } from "../messages/en.ts";
import { type Doc, INK, rule } from "./pen.ts";

/** A month of one sender on A4: its sums first, then every delivery. */

const MM = 72 / 25.4;
const LEFT = 20 * MM;
const WIDTH = 170 * MM;
const TOP = 20 * MM;
const BOTTOM = 277 * MM;
const LINE = 5.5 * MM;
/** Edges in mm from the left, and whether the column stands at its right edge. */
const COLUMNS = [
  { x: 0, width: 22, isRight: false },
  { x: 22, width: 42, isRight: false },
  { x: 64, width: 40, isRight: false },
  { x: 104, width: 22, isRight: true },
  { x: 126, width: 22, isRight: true },
  { x: 148, width: 22, isRight: true },
] as const;

interface Drawn {
  readonly language: Language;
  /** ms */
  readonly madeAt: number;
}

/** @returns the file's bytes */
export async function drawStatement(statement: StatementReply, { language, madeAt }: Drawn): Promise<Buffer> {
  const say = (key: string, values?: Record<string, string | number>) =>
    translate({ de, en }, { language, form: "sie" }, key, values);
  const { month, carrierName, senderName, sums, rows } = statement;
  const title = say("statement.title", { month });
  const { doc, finish } = await beginPdf(
    { size: "A4", lang: language },
    { title, author: carrierName, madeAt },
  );
  doc.y = TOP;
  text(doc, title, { size: 16, isStrong: true });
  text(doc, say("statement.parties", { carrier: carrierName, sender: senderName }), { size: 10 });
  doc.y += 4 * MM;
  for (const { currency, deliveries, firstAttempts, atFirstAttempt, handedOver, ...sum } of sums) {
    const money = moneyIn(language, currency);
    const lines = [
      say("statement.deliveries", { count: deliveries, parcels: sum.parcels }),
      say("statement.first", {
        handedOver,
        share: percentOf(atFirstAttempt, firstAttempts, language),
      }),
      say("statement.amounts", {
        prices: money(sum.priceMinor),
        pays: money(sum.senderPaysMinor),
        owed: money(sum.compensationMinor),
      }),
    ];
    for (const line of lines) text(doc, line, { size: 10 });
    doc.y += 2 * MM;
  }
  if (rows.length === 0) text(doc, say("statement.none"), { size: 10 });
  else drawRows(doc, rows, { language, say });
  return finish();
}

type Say = (key: string, values?: Record<string, string | number>) => string;

function drawRows(
  doc: Doc,
  rows: readonly StatementRow[],
  { language, say }: { language: Language; say: Say },
) {
  const names = ["date", "reference", "outcome", "price", "pays", "owed"];
  const head = () => {
    cells(
      doc,
      names.map((name) => say(`statement.column.${name}`)),
      true,
    );
    rule(doc, { x: LEFT, y: doc.y, width: WIDTH });
    doc.y += 1.5 * MM;
  };
  head();
  for (const row of rows) {
    if (doc.y + LINE > BOTTOM) {
      doc.addPage();
      doc.y = TOP;
      head();
    }
    const money = moneyIn(language, row.currency);
    const outcome = say(
      `statement.outcome.${row.state === "cancelled" ? "cancelled" : (row.outcome ?? "not_recorded")}`,
    );
    cells(doc, [
      row.date,
      row.senderReference || String(row.deliveryId),
      row.attempt > 1 ? say("statement.attempt", { outcome, attempt: row.attempt }) : outcome,
      money(row.priceMinor),
      money(row.senderPaysMinor),
      row.compensationMinor === 0 ? "" : money(row.compensationMinor),
    ]);
  }
}

function cells(doc: Doc, words: readonly string[], isStrong = false): void {
  const { y } = doc;
  for (const [n, { x, width, isRight }] of COLUMNS.entries()) {
    doc
      .font(isStrong ? "strong" : "text")
      .fontSize(8.5)
      .fillColor(INK);
    doc.text(words[n] ?? "", LEFT + x * MM, y, {
      width: (width - 2) * MM,
      height: LINE,
      align: isRight ? "right" : "left",
      ellipsis: true,
      lineBreak: false,
    });
  }
  doc.y = y + LINE;
}

function text(
  doc: Doc,
  words: string,
  { size, isStrong = false }: { size: number; isStrong?: boolean },
): void {
  doc
    .font(isStrong ? "strong" : "text")
    .fontSize(size)
    .fillColor(INK);
  doc.text(words, LEFT, doc.y, { width: WIDTH, lineGap: 2 });
}

const localeOf = (language: Language): string => (language === "de" ? "de-DE" : "en-GB");

function moneyIn(language: Language, currency: string): (minor: number) => string {
  const money = new Intl.NumberFormat(localeOf(language), { style: "currency", currency });
  const places = money.resolvedOptions().maximumFractionDigits ?? 2;
  return (minor) => money.format(minor / 10 ** places);
}

function percentOf(part: number, whole: number, language: Language): string {
  const share = new Intl.NumberFormat(localeOf(language), { style: "percent", maximumFractionDigits: 1 });
  return share.format(whole === 0 ? 0 : part / whole);
}
