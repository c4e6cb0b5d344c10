import { expect, test } from "vitest";
import { type DocumentData, sheetOf } from "../rules/sheet.ts";
import { drawPdf } from "./pdf.ts";

const line = {
  text: "Schraube",
  quantityMilli: 1_000,
  unit: "Stück",
  priceCents: 100,
  per: 1,
  discountBp: 0,
  taxBp: 1900,
};
const data: DocumentData = {
  kind: "quotation",
  number: "AN-2026-0007",
  version: 1,
  date: "2026-11-24",
  content: {
    language: "de",
    currency: "EUR",
    validUntil: "2026-12-24",
    lines: [line],
    intro: "",
    delivery: "10 Tage",
    terms: "30 Tage",
    taxNote: "",
  },
  customer: {
    name: "Beck Maschinenbau GmbH",
    number: "10042",
    street: "Industriering 17",
    postalCode: "70565",
    city: "Stuttgart",
    country: "DE",
    vatId: "",
    person: "Tobias Renz",
  },
  sender: {
    name: "Schraubenwerk Lüders",
    legalName: "Schraubenwerk Lüders GmbH",
    street: "Gewindestraße 8",
    postalCode: "21493",
    city: "Schwarzenbek",
    country: "DE",
    phone: "",
    email: "",
    website: "",
    vatId: "DE123456789",
    taxNumber: "",
    register: "",
    directors: "",
    bank: "",
    iban: "",
    bic: "",
    terms: { de: "", en: "" },
    quotationPrefix: "AN",
    confirmationPrefix: "AB",
    validDays: 30,
    taxBp: 1900,
  },
  by: "Frauke Lüders",
  order: null,
};
const changed = (
  content: Partial<DocumentData["content"]>,
  more: Partial<DocumentData> = {},
): DocumentData => ({
  ...data,
  ...more,
  content: { ...data.content, ...content },
});
const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><g fill="#0b5a6e"><rect x="1" y="1" width="9" height="9"/><path d="M12 1h9v9z"/></g></svg>';

async function drawn(of: DocumentData, logo: string | null = null): Promise<{ text: string; pages: number }> {
  const bytes = await drawPdf({ sheet: sheetOf(of), logo, name: "Schraubenwerk Lüders", madeAt: 0 });
  const text = bytes.toString("latin1");
  expect(text.startsWith("%PDF-")).toBe(true);
  expect(text.trimEnd().endsWith("%%EOF")).toBe(true);
  return { text, pages: Number(/\/Type \/Pages[\s\S]*?\/Count (\d+)/.exec(text)?.[1] ?? 0) };
}

test("a sheet says who offers what to whom, in German and in English", () => {
  const german = sheetOf(data);
  expect(german.title).toBe("Angebot AN-2026-0007");
  expect(german.address).toEqual([
    "Beck Maschinenbau GmbH",
    "Tobias Renz",
    "Industriering 17",
    "70565 Stuttgart",
  ]);
  expect(german.info).toContainEqual(["Gültig bis", "24.12.2026"]);
  expect(german.totals.at(-1)?.value.replace(/\u00a0/g, " ")).toBe("1,19 €");
  const english = sheetOf(changed({ language: "en" }, { customer: { ...data.customer, country: "GB" } }));
  expect(english.title).toBe("Quotation AN-2026-0007");
  expect(english.address.at(-1)).toBe("UNITED KINGDOM");
  const order = { number: "AN-2026-0007", day: "2026-11-25" };
  const confirmation = sheetOf(changed({}, { kind: "confirmation", number: "AB-2026-0001", order }));
  expect(confirmation.title).toBe("Auftragsbestätigung AB-2026-0001");
  expect(confirmation.info).toContainEqual(["Zu Angebot", "AN-2026-0007"]);
});

test("a document has its fonts in it, and as many pages as it takes", async () => {
  const one = await drawn(data, LOGO);
  expect(one.pages).toBe(1);
  expect(one.text.match(/\/FontFile2/g)?.length).toBe(2);
  const lines = Array.from({ length: 300 }, (_, n) => ({ ...line, text: `Position ${n}` }));
  const most = await drawn(changed({ lines }));
  expect(most.pages).toBeGreaterThan(5);
  expect(most.pages).toBeLessThan(30);
});

test("hostile text is text: it breaks no page and hides nothing", async () => {
  const nasty = "(\\) endobj \u202e\u0000 <script> 漢字 😀 Ελληνικά ";
  const hostile = changed(
    {
      lines: [
        { ...line, text: "W".repeat(1_000) },
        { ...line, text: `${nasty}${"\n".repeat(900)}x` },
      ],
      terms: "a".repeat(4_000),
      intro: nasty,
    },
    { customer: { ...data.customer, name: "x".repeat(200), person: nasty } },
  );
  const sheet = sheetOf(hostile);
  expect(JSON.stringify(sheet)).not.toMatch(/\\u0000|\u202e/);
  expect((await drawn(hostile, "<svg viewBox='0 0 0 0'></svg>")).pages).toBeLessThan(12);
});
