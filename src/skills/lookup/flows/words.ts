import {
  type Catalogue,
  type Effect,
  type FormOfAddress,
  type Language,
  localDate,
  translate,
} from "#kernel";
import type { Shown } from "../api/record.ts";
import { de } from "../messages/de.ts";
import { en } from "../messages/en.ts";
import { STALE_MS } from "../rules/limits.ts";

/** What is told of a record, in the customer's language and the company's days. */

export const catalogue: Catalogue = { de, en };

export interface Speaking {
  readonly language: Language;
  readonly form: FormOfAddress;
  readonly timeZone: string;
  readonly now: number;
}

type Values = Readonly<Record<string, string | number>>;

export function say(
  { language, form }: Pick<Speaking, "language" | "form">,
  key: string,
  values?: Values,
): string {
  return translate(catalogue, { language, form }, key, values);
}

const LOCALES = { de: "de-DE", en: "en-GB" } as const;
const ITEM_WORDS = 4;
const ITEMS_SHOWN = 3;
/** What is over is not expected any more. */
const OVER: ReadonlySet<string> = new Set(["delivered", "cancelled", "returned", "refunded"]);

/** Status, carrier, link, day and the first words of what it is; never where it goes. */
export function tell(speaking: Speaking, shown: Shown): Extract<Effect, { do: "say" }> {
  const sentences = [
    headline(speaking, shown),
    ...(shown.carrier === null ? [] : [say(speaking, "carrier", { carrier: shown.carrier })]),
    ...expectation(speaking, shown),
    ...contents(speaking, shown),
    ...money(speaking, shown),
    ...age(speaking, shown),
  ];
  return { do: "say", text: sentences.join(" "), ...(shown.tracking !== null && { link: shown.tracking }) };
}

function headline(speaking: Speaking, { kind, number, status, day, time }: Shown): string {
  const state = say(speaking, `status.${status ?? "none"}`);
  if (kind !== "appointment" || day === null) return `${say(speaking, `noun.${kind}`)} ${number} ${state}.`;
  const values = { day: spokenDay(speaking, day), status: state };
  return time === null
    ? say(speaking, "appointment", values)
    : say(speaking, "appointmentAt", { ...values, time });
}

function expectation(speaking: Speaking, { kind, status, expectedDay }: Shown): string[] {
  if (expectedDay === null || OVER.has(status ?? "")) return [];
  const day = spokenDay(speaking, expectedDay);
  if (kind === "machine") return [say(speaking, "expected.machine", { day })];
  const isPast = expectedDay < localDate(speaking.now, speaking.timeZone);
  return [say(speaking, isPast ? "expectedPast" : "expected", { day })];
}

function contents(speaking: Speaking, { items }: Shown): string[] {
  if (items.length === 0) return [];
  const first = items.slice(0, ITEMS_SHOWN).map((item) => item.split(/\s+/).slice(0, ITEM_WORDS).join(" "));
  const list = first.join(", ");
  const rest = items.length - first.length;
  const all = rest > 0 ? say(speaking, "more", { items: list, count: rest }) : list;
  return [say(speaking, "items", { items: all })];
}

function money(speaking: Speaking, { kind, amountCents, currency, isPaid, dueDay }: Shown): string[] {
  if (kind !== "invoice" || amountCents === null || currency === null) return [];
  const style = { style: "currency", currency } as const;
  const amount = new Intl.NumberFormat(LOCALES[speaking.language], style).format(amountCents / 100);
  const open =
    dueDay === null
      ? say(speaking, "isOpen")
      : say(speaking, "isOpenUntil", { day: spokenDay(speaking, dueDay) });
  const state = isPaid === null ? [] : [isPaid ? say(speaking, "isPaid") : open];
  return [say(speaking, "amount", { amount }), ...state];
}

/** What a file knows is as old as the file, and says so. */
function age(speaking: Speaking, { asOf }: Shown): string[] {
  const { now, timeZone, language } = speaking;
  if (now - asOf <= STALE_MS) return [];
  const day = new Intl.DateTimeFormat(LOCALES[language], {
    timeZone,
    day: "numeric",
    month: "numeric",
    year: "numeric",
  });
  const time = new Intl.DateTimeFormat(LOCALES[language], { timeZone, hour: "2-digit", minute: "2-digit" });
  return [say(speaking, "stale", { day: day.format(asOf), time: time.format(asOf) })];
}

function spokenDay({ language }: Speaking, day: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: "UTC",
    weekday: "long",
    day: "numeric",
    month: language === "de" ? "numeric" : "long",
    year: "numeric",
  }).format(Date.parse(`${day}T00:00:00Z`));
}
