import { type Language, translate } from "#kernel";
import { catalogue, describeRhythm, titleOf } from "./describe.ts";
import type { Rhythm } from "./rhythm.ts";
import { ALL_DAYS, isWholeDay } from "./rhythm.ts";
import type { KnownTopic } from "./wish.ts";

/** The ways in: what a customer sends to begin, as links for pages and QR codes. */

export interface Ways {
  words: { de: string; en: string };
  whatsapp: string | null;
  telegram: string | null;
  web: string;
}

export interface Chosen {
  value: string;
  rhythm: Rhythm | null;
}

export interface Doors {
  phone: string;
  bot: string;
  /** Of the company's page. */
  slug: string;
  language: Language;
}

/** Telegram takes 64 characters [A-Za-z0-9_-] after `start=`. */
const START_MOST = 64;

/** Words that rules/wish.ts reads back as this choice; a link only drafts them, the customer sends. */
export function waysOf(topic: KnownTopic, doors: Doors, chosen: Chosen = { value: "", rhythm: null }): Ways {
  const words = { de: entryWords(topic, chosen, "de"), en: entryWords(topic, chosen, "en") };
  const text = encodeURIComponent(words[doors.language]);
  const start = `notice-${topic.slug}`;
  return {
    words,
    whatsapp: doors.phone ? `https://wa.me/${doors.phone}?text=${text}` : null,
    telegram:
      doors.bot && start.length <= START_MOST
        ? `https://t.me/${encodeURIComponent(doors.bot)}?start=${start}`
        : null,
    web: `/c/${encodeURIComponent(doors.slug)}?say=${text}`,
  };
}

export function entryWords(topic: KnownTopic, { value, rhythm }: Chosen, language: Language): string {
  const isAny = !rhythm || (rhythm.weekdays === ALL_DAYS && isWholeDay(rhythm));
  const when = isAny ? "" : describeRhythm({ ...rhythm, digestAt: null }, language);
  const named = [titleOf(topic, language), value, when].filter((word) => word !== "").join(" ");
  return translate(catalogue, { language, form: "sie" }, "entry", { topic: named });
}

/** "/start notice-SLUG", as Telegram sends it after the link above. */
export function readStart(text: string, topics: readonly KnownTopic[]): KnownTopic | null {
  const slug = /^\/start notice-([a-z0-9-]+)$/.exec(text.trim())?.[1];
  return topics.find((topic) => topic.slug === slug) ?? null;
}
