import { MAX_SEARCHED, type Span } from "../folded.ts";

export interface FoundAmount extends Span {
  /** In the currency's smallest unit. */
  readonly cents: number;
  /** ISO 4217. */
  readonly currency: Currency;
}

export type Currency = "EUR" | "USD" | "GBP" | "CHF" | "DKK";

const CURRENCIES: readonly (readonly [Currency, string])[] = [
  ["EUR", "€|euros?|eur"],
  ["USD", "\\$|us\\$|dollars?|usd"],
  ["GBP", "£|pounds?|quid|pfund|gbp"],
  ["CHF", "chf|franken|sfr\\.?"],
  ["DKK", "dkk|kronen"],
];
const ANY = CURRENCIES.map(([, words]) => words).join("|");
const NUMBER = "\\d{1,3}(?:[.,' ]\\d{3})+(?:[.,]\\d{2})?|\\d{1,7}(?:[.,]\\d{1,2}|,-{1,2}|,–)?";
const AFTER = new RegExp(
  `(?<![\\p{L}\\d.,-])(${NUMBER})\\s?(${ANY})(?![\\p{L}\\d])(?:\\s?(\\d{2})(?!\\d|[.,:]\\d|\\s?(?:uhr|%|stück)))?`,
  "iu",
);
const BEFORE = new RegExp(`(?<![\\p{L}\\d])(${ANY})\\s?(${NUMBER})(?![\\p{L}\\d])`, "iu");
const CENTS = /(?<![\p{L}\d.,-])(\d{1,4})\s?(cents?|ct|pence|p)(?![\p{L}\d])/iu;

/** The first amount of money that is named with its currency: "12,50 €", "EUR 1.200", "£5", "30 euros 50", "99 Cent". */
export function findAmount(text: string): FoundAmount | undefined {
  const searched = text.slice(0, MAX_SEARCHED);
  const after = AFTER.exec(searched);
  const before = BEFORE.exec(searched);
  const cents = CENTS.exec(searched);
  const first = [after, before, cents].filter((match) => match !== null).sort((a, b) => a.index - b.index)[0];
  if (!first) return undefined;
  const place = { start: first.index, end: first.index + first[0].length };
  if (first === cents) {
    const isPence = /^p/i.test(first[2] as string);
    return { cents: Number(first[1]), currency: isPence ? "GBP" : "EUR", ...place };
  }
  const [number, word] = first === after ? [first[1], first[2]] : [first[2], first[1]];
  const extra = first === after ? first[3] : undefined;
  // "30 euros 50", but not "49,90 € 14 Tage".
  const added = extra !== undefined && !/[.,]\d{1,2}$/.test(number ?? "") ? Number(extra) : 0;
  return { cents: centsOf(number ?? "") + added, currency: currencyOf(word ?? ""), ...place };
}

/** "1.200" and "1,200" are twelve hundred, "12,5" and "12.50" have a decimal sign: three digits after it are thousands. */
function centsOf(written: string): number {
  const plain = written.replace(/[-–]+$/, "");
  const decimals = /[.,](\d{1,2})$/.exec(plain);
  const whole = (decimals ? plain.slice(0, decimals.index) : plain).replace(/\D/g, "");
  return Number(whole) * 100 + Number((decimals?.[1] ?? "").padEnd(2, "0"));
}

function currencyOf(word: string): Currency {
  const found = CURRENCIES.find(([, words]) => new RegExp(`^(?:${words})$`, "i").test(word));
  return found ? found[0] : "EUR";
}
