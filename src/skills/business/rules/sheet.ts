import { type Language, translate } from "#kernel";
import { lineNetCents, totalsOf } from "../api/totals.ts";
import type { Content, Letterhead } from "../api.ts";
import { catalogue } from "./catalogue.ts";
import { plainText } from "./plain-text.ts";
import { spokenAmount, spokenDay, spokenMoney, spokenPercent, spokenQuantity } from "./spoken.ts";

/** What stands on a document, in words; an adapter draws it. */

export interface DocumentData {
  kind: "quotation" | "confirmation";
  /** null = a preview of something that has none yet. */
  number: string | null;
  version: number;
  /** YYYY-MM-DD */
  date: string;
  content: Content;
  customer: {
    name: string;
    number: string;
    street: string;
    postalCode: string;
    city: string;
    country: string;
    vatId: string;
    person: string;
  };
  sender: Letterhead & { name: string };
  /** Who wrote it; "" = nobody is named. */
  by: string;
  /** Of a confirmation: what was ordered. */
  order: { number: string; day: string } | null;
}

export interface Sheet {
  title: string;
  language: Language;
  senderLine: string;
  address: string[];
  info: [label: string, value: string][];
  intro: string[];
  head: string[];
  rows: { cells: string[]; note: string }[];
  totals: { label: string; value: string; isStrong: boolean }[];
  /** Heading ("" = none) and text. */
  closing: { heading: string; text: string }[];
  footer: string[][];
  continued: string;
  pageOf(page: number, pages: number): string;
}

/** @returns every text harmless, in the document's language */
export function sheetOf(data: DocumentData): Sheet {
  const { content, sender, customer, kind } = data;
  const { language } = content;
  const say = (key: string, values: Record<string, string | number> = {}): string =>
    translate(catalogue, { language, form: "sie" }, `pdf_${key}`, values);
  const own = (parts: readonly string[]): string[] =>
    parts.map(plainText).filter((part) => part.trim() !== "");
  const town = (place: { postalCode: string; city: string }): string =>
    `${place.postalCode} ${place.city}`.trim();
  const name = sender.legalName || sender.name;
  return {
    title: say(`title_${kind}`, { number: data.number ?? say("draft") }),
    language,
    senderLine: own([name, sender.street, town(sender)]).join(" · "),
    address: own([
      customer.name,
      customer.person,
      customer.street,
      town(customer),
      customer.country === sender.country ? "" : countryName(customer.country, language),
    ]),
    info: infoOf(data, say),
    intro: own([content.intro || say(`intro_${kind}`, { number: data.order?.number ?? "" })]),
    head: ["position", "text", "quantity", "price", "discount", "tax", "amount"].map((key) =>
      say(`col_${key}`),
    ),
    rows: rowsOf(content, say),
    totals: totalRows(content, say),
    closing: closingOf(data, say),
    footer: footerOf(sender, name, say).map(own),
    continued: say("continued"),
    pageOf: (page, pages) => say("page", { page, pages }),
  };
}

type Say = (key: string, values?: Record<string, string | number>) => string;

function infoOf(data: DocumentData, say: Say): Sheet["info"] {
  const { content, kind } = data;
  const { language } = content;
  const rows: [string, string][] = [
    [say(`number_${kind}`), data.number ?? say("draft")],
    [say("version"), kind === "quotation" && data.version > 1 ? String(data.version) : ""],
    [say("date"), spokenDay(data.date, language)],
    [say("valid"), kind === "quotation" ? spokenDay(content.validUntil, language) : ""],
    [say("ordered"), data.order ? spokenDay(data.order.day, language) : ""],
    [say("of_quotation"), data.order?.number ?? ""],
    [say("customer"), data.customer.number],
    [say("customer_vat"), data.customer.vatId],
    [say("by"), data.by],
  ];
  return rows.filter(([, value]) => value !== "").map(([label, value]) => [label, plainText(value)]);
}

function rowsOf({ lines, language }: Content, say: Say): Sheet["rows"] {
  return lines.flatMap((line, place) => {
    const [text = "", ...rest] = parts(plainText(line.text));
    const cells = [
      String(place + 1),
      text,
      `${spokenQuantity(line.quantityMilli, language)} ${plainText(line.unit)}`.trim(),
      spokenAmount(line.priceCents, language),
      line.discountBp === 0 ? "" : spokenPercent(line.discountBp, language),
      spokenPercent(line.taxBp, language),
      spokenAmount(lineNetCents(line), language),
    ];
    const note = line.per === 1 ? "" : say("per", { count: spokenQuantity(line.per * 1000, language) });
    // A text that fills a page goes on in rows of its own.
    return [{ cells, note }, ...rest.map((part) => ({ cells: ["", part, "", "", "", "", ""], note: "" }))];
  });
}

const ROW_CHARACTERS = 300;
const ROW_LINES = 12;

/** @returns at least one part; each fits well on a page */
function parts(text: string): string[] {
  const found: string[] = [];
  let part: string[] = [];
  for (const word of text.split(/(?<=\s)/)) {
    const next = [...part, word].join("");
    if (part.length > 0 && (next.length > ROW_CHARACTERS || next.split("\n").length > ROW_LINES)) {
      found.push(part.join("").trimEnd());
      part = [];
    }
    part.push(word);
  }
  return [...found, part.join("").trimEnd()];
}

function totalRows({ lines, language, currency }: Content, say: Say): Sheet["totals"] {
  const totals = totalsOf(lines);
  const money = (cents: number) => spokenMoney(cents, currency, language);
  return [
    { label: say("net"), value: money(totals.netCents), isStrong: false },
    ...totals.taxes.map(({ taxBp, netCents, taxCents }) => ({
      label: say("tax", { rate: spokenPercent(taxBp, language), net: money(netCents) }),
      value: money(taxCents),
      isStrong: false,
    })),
    { label: say("gross"), value: money(totals.grossCents), isStrong: true },
  ];
}

function closingOf({ content, kind }: DocumentData, say: Say): Sheet["closing"] {
  const parts = [
    { heading: "", text: content.taxNote },
    { heading: say("delivery"), text: content.delivery },
    { heading: say("terms"), text: content.terms },
    {
      heading: "",
      text:
        kind === "quotation"
          ? say("bound", { day: spokenDay(content.validUntil, content.language) })
          : say("thanks"),
    },
  ];
  return parts
    .map(({ heading, text }) => ({ heading, text: plainText(text) }))
    .filter(({ text }) => text.trim() !== "");
}

function footerOf(sender: Letterhead, name: string, say: Say): string[][] {
  const labelled = (key: string, value: string) => (value === "" ? "" : `${say(key)} ${value}`);
  return [
    [
      name,
      sender.street,
      `${sender.postalCode} ${sender.city}`.trim(),
      labelled("phone", sender.phone),
      sender.email,
      sender.website,
    ],
    [
      labelled("directors", sender.directors),
      sender.register,
      labelled("vat", sender.vatId),
      labelled("tax_number", sender.taxNumber),
    ],
    [sender.bank, labelled("iban", sender.iban), labelled("bic", sender.bic)],
  ];
}

function countryName(code: string, language: Language): string {
  return new Intl.DisplayNames([language], { type: "region" }).of(code)?.toUpperCase() ?? code;
}
