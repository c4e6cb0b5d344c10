import type { business } from "../messages/de/business.ts";
import type { coin } from "../messages/de/coin.ts";
import type { colleagues } from "../messages/de/colleagues.ts";
import type { delivery } from "../messages/de/delivery.ts";
import type { deliveryCard } from "../messages/de/delivery-card.ts";
import type { deliverySent } from "../messages/de/delivery-sent.ts";
import type { deliverySetup } from "../messages/de/delivery-setup.ts";
import type { flows } from "../messages/de/flow-editor.ts";
import type { goLive } from "../messages/de/go-live.ts";
import type { intake } from "../messages/de/intake.ts";
import type { lookup } from "../messages/de/lookup.ts";
import type { notices } from "../messages/de/notices.ts";
import type { packs } from "../messages/de/packs.ts";
import type { pay } from "../messages/de/pay.ts";
import type { teaching } from "../messages/de/teaching.ts";
import type { telephone } from "../messages/de/telephone.ts";
import type { till } from "../messages/de/till.ts";
import type { week } from "../messages/de/week.ts";
import type { de } from "../messages/de.ts";

/** A sentence; where it addresses the reader, in both forms; where it counts, in both numbers. */
export type Entry = string | { sie: string; du: string } | { one: string; other: string };
export type FormOfAddress = "sie" | "du";
export type Language = "de" | "en";

/** Sentences that are loaded with the rooms that say them (room-words.tsx). */
interface Rooms {
  business: typeof business;
  coin: typeof coin;
  colleagues: typeof colleagues;
  delivery: typeof delivery;
  deliveryCard: typeof deliveryCard;
  deliverySent: typeof deliverySent;
  deliverySetup: typeof deliverySetup;
  flows: typeof flows;
  goLive: typeof goLive;
  intake: typeof intake;
  lookup: typeof lookup;
  notices: typeof notices;
  packs: typeof packs;
  pay: typeof pay;
  teaching: typeof teaching;
  telephone: typeof telephone;
  till: typeof till;
  week: typeof week;
}
export type Room = keyof Rooms;

/** What the desk always says, and what its rooms say. */
type Words = typeof de &
  Rooms["business"] &
  Rooms["coin"] &
  Rooms["colleagues"] &
  Rooms["delivery"] &
  Rooms["deliveryCard"] &
  Rooms["deliverySent"] &
  Rooms["deliverySetup"] &
  Rooms["flows"] &
  Rooms["goLive"] &
  Rooms["intake"] &
  Rooms["lookup"] &
  Rooms["notices"] &
  Rooms["packs"] &
  Rooms["pay"] &
  Rooms["teaching"] &
  Rooms["telephone"] &
  Rooms["till"] &
  Rooms["week"];
export type TextKey = keyof Words;
/** Every language says everything. */
export type Catalogue = Record<keyof typeof de, Entry>;
/** The sentences of one room. */
export type RoomCatalogue<R extends Room> = Record<keyof Rooms[R], Entry>;

type NamesIn<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type Wording<E> = E extends { sie: infer S } ? S : E extends { other: infer S } ? S : E;
type Names<K extends TextKey> = NamesIn<Wording<Words[K]>>;

/** Values for the `{names}` of a sentence: exactly those that it has. */
export type ValuesOf<K extends TextKey> = [Names<K>] extends [never]
  ? []
  : [Record<Names<K>, string | number>];

export interface Translate {
  <K extends TextKey>(key: K, ...values: ValuesOf<K>): string;
  /** For keys made at run time, such as an error's code; null when nothing is written for it. */
  maybe(key: string, values?: Record<string, string | number>): string | null;
}

export interface Speech {
  language: Language;
  form: FormOfAddress;
  /** A key that is not in it says itself: its room's words are missing. */
  catalogue: Readonly<Partial<Record<TextKey, Entry>>>;
}

/** The catalogue as a function, in one language and one form of address. */
export function translator({ language, form, catalogue }: Speech): Translate {
  const plural = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language === "de" ? "de-DE" : "en-GB");
  const say = (entry: Entry, values: Record<string, string | number> = {}): string =>
    wording(entry, values).replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name] ?? "";
      return typeof value === "number" ? numbers.format(value) : value;
    });
  const wording = (entry: Entry, values: Record<string, string | number>): string => {
    if (typeof entry === "string") return entry;
    if ("sie" in entry) return entry[form];
    return plural.select(Number(values.count ?? 0)) === "one" ? entry.one : entry.other;
  };
  const t = (key: TextKey, values?: Record<string, string | number>) => say(catalogue[key] ?? key, values);
  t.maybe = (key: string, values?: Record<string, string | number>) =>
    key in catalogue ? t(key as TextKey, values) : null;
  return t as Translate;
}
