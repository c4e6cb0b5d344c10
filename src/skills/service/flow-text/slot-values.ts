import type { Language } from "#kernel";
import {
  type EntityKind,
  findEntities,
  findEntity,
  fold,
  type OrderNumberStyle,
  tokens,
} from "../rules/index.ts";
import { type FlowDocument, LIMITS, type Slot, type SlotType, type Texts } from "./document.ts";
import { cutWellFormed } from "./well-formed.ts";
import { fillSlots } from "./words-of-slots.ts";

/** What slots hold: dates as 2026-11-30, times as 15:00, amounts in cents, everything else as it was said. */
export type Value = string | number | boolean;
export type Values = Readonly<Record<string, Value>>;

/** What reading and saying need to know beside the words. */
export interface RunContext {
  readonly language: Language;
  /** ms since the epoch */
  readonly now: number;
  /** IANA name */
  readonly timeZone: string;
  /** As the company writes its order numbers, where the slot does not say it. */
  readonly orderStyle: OrderNumberStyle;
  /** Is somebody of the team there? */
  readonly isOpen: boolean;
}

export interface Said {
  readonly text: string;
  /** Id of a tapped option. */
  readonly optionId: string | null;
  readonly request: "yes" | "no" | null;
  readonly photo: boolean;
}

const TEXT_CHARACTERS = 1_000;
/**
 * Reads a slot's value from a message; undefined when it names none.
 * @param how asked: five digits alone are then the postcode that was asked for; aside: only what is named as such
 */
export function readSlot(
  slot: Slot,
  said: Said,
  context: RunContext,
  how: "asked" | "aside" = "asked",
): Value | undefined {
  const { text } = said;
  if (slot.type === "photo") return said.photo ? true : undefined;
  if (text.trim() === "") return undefined;
  if (slot.type === "text") return cutWellFormed(text.trim(), TEXT_CHARACTERS);
  if (slot.type === "number") return readNumber(text);
  return readEntity(slot, text, { ...context, how });
}

function readNumber(text: string): number | undefined {
  const found = /(?<![\d.,])-?\d{1,9}(?![\d]|[.,]\d)/.exec(text)?.[0];
  return found === undefined ? undefined : Number(found);
}

type EntityType = Exclude<SlotType, "photo" | "text" | "number">;
const KINDS: Readonly<Record<EntityType, EntityKind>> = {
  order: "order",
  date: "dateTime",
  time: "dateTime",
  amount: "amount",
  iban: "iban",
  postcode: "postcode",
  email: "email",
  phone: "phone",
  line: "line",
};

function readEntity(
  { type, like }: Slot,
  text: string,
  { now, timeZone, orderStyle, how }: RunContext & { how: "asked" | "aside" },
): Value | undefined {
  const kind = KINDS[type as EntityType];
  const context = {
    now: new Date(now),
    timeZone,
    orderStyle: like === null ? orderStyle : styleOf(like),
  };
  const found =
    how === "asked"
      ? findEntity(kind, text, context)
      : findEntities(text, context).find((one) => one.kind === kind);
  if (found?.kind === "amount") return found.cents;
  if (found?.kind !== "dateTime") return found?.value;
  const { hasDay, hasTime, local } = found.time;
  if (type === "date") return hasDay ? local.slice(0, 10) : undefined;
  return hasTime ? local.slice(11, 16) : undefined;
}

function styleOf(example: string): OrderNumberStyle {
  const [, prefix, digits = ""] = /^(?:(\p{Lu}{1,4})-)?(\d+)$/u.exec(example) ?? [];
  const range = { minDigits: digits.length, maxDigits: digits.length + 1 };
  return prefix === undefined ? range : { prefix, ...range };
}

/** Types that words about something else hardly ever look like. */
const PLAIN: ReadonlySet<SlotType> = new Set(["order", "iban", "email", "phone", "postcode"]);
/** What an opening sentence may name as well. */
const AT_START: ReadonlySet<SlotType> = new Set([...PLAIN, "date", "time", "amount", "line"]);

/**
 * What a message names beside what was asked: only for slots that are empty, and only where a single slot of that type
 * could be meant.
 * @param when at the start more kinds are believed than in the middle
 */
export function readAside(
  document: FlowDocument,
  said: Said,
  parts: { when: "start" | "middle"; known: Values; context: RunContext },
): Values {
  const types = parts.when === "start" ? AT_START : PLAIN;
  const found: Record<string, Value> = {};
  for (const slot of document.slots) {
    if (slot.alwaysAsked || slot.name in parts.known || !types.has(slot.type)) continue;
    if (document.slots.filter(({ type }) => type === slot.type).length > 1) continue;
    const value = readSlot(slot, said, parts.context, "aside");
    if (value !== undefined) found[slot.name] = value;
  }
  return found;
}

/** Another value for a plain slot that is known already, and the only one of its kind: the customer corrects it. */
export function readCorrection(
  document: FlowDocument,
  said: Said,
  parts: { known: Values; context: RunContext },
): Values {
  const found: Record<string, Value> = {};
  for (const slot of document.slots) {
    if (!PLAIN.has(slot.type) || !(slot.name in parts.known)) continue;
    if (document.slots.filter(({ type }) => type === slot.type).length > 1) continue;
    const value = readSlot(slot, said, parts.context, "aside");
    if (value !== undefined && value !== parts.known[slot.name]) found[slot.name] = value;
  }
  return found;
}

// Made once: making one takes longer than a whole turn.
const euros = (locale: string) => new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" });
const EUROS = { de: euros("de-DE"), en: euros("en-GB") } as const;
const days = (locale: string) =>
  new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
const DAYS = { de: days("de-DE"), en: days("en-GB") } as const;
const YES_NO = { de: ["ja", "nein"], en: ["yes", "no"] } as const;

/** A value as a sentence shows it: dates with their weekday, amounts in euros, choices by their title. */
export function showValue(
  document: FlowDocument,
  name: string,
  parts: { values: Values; language: Language },
): string {
  const value = parts.values[name];
  if (value === undefined) return "…";
  const { language } = parts;
  const type = document.slots.find((slot) => slot.name === name)?.type;
  if (typeof value === "boolean") return YES_NO[language][value ? 0 : 1];
  if (type === "amount") return EUROS[language].format(Number(value) / 100);
  if (type === "date") return DAYS[language].format(Date.parse(`${value}T12:00:00Z`));
  if (type === "time") return language === "de" ? `${value} Uhr` : String(value);
  return titleOfChoice(document, name, { value: String(value), language }) ?? String(value);
}

/** `slot key` -> titles, once for each document. */
const titlesOf = new WeakMap<FlowDocument, ReadonlyMap<string, Texts>>();

function titleOfChoice(
  document: FlowDocument,
  name: string,
  parts: { value: string; language: Language },
): string | undefined {
  const titles = titlesOf.get(document) ?? readTitles(document);
  titlesOf.set(document, titles);
  return titles.get(`${name} ${parts.value}`)?.[parts.language];
}

/** The first question that has an option of this key names it. */
function readTitles({ steps }: FlowDocument): Map<string, Texts> {
  const titles = new Map<string, Texts>();
  for (const one of steps.flatMap(({ statements }) => statements)) {
    if (one.kind !== "choose" || one.slot === null) continue;
    for (const { key, texts } of one.options) {
      const place = `${one.slot} ${key}`;
      if (!titles.has(place)) titles.set(place, texts);
    }
  }
  return titles;
}

/** A sentence with its slots filled. */
export function fillText(
  document: FlowDocument,
  text: string,
  parts: { values: Values; language: Language },
): string {
  const shown = new Map<string, string>();
  const show = (name: string) => {
    const value = shown.get(name) ?? showValue(document, name, parts);
    shown.set(name, value);
    return value;
  };
  return cutWellFormed(fillSlots(text, show), LIMITS.filledCharacters);
}

/** What is left of words for comparing them. */
export function bareWords(text: string): string {
  return tokens(fold(text)).join(" ");
}
