import { createHash } from "node:crypto";
import { tidy } from "./html-text.ts";
import type { SourceItem, Words } from "./item.ts";
import type { Story } from "./stories.ts";

/** What the source's owner has chosen. */
export interface SourceAim {
  readonly id: number;
  /** Topic of the notices. */
  readonly topicId: number;
  /** false = a draft that somebody looks at first. */
  readonly isAutomatic: boolean;
  /** Key of a topic's parameter -> key of the source's values, e.g. {"line": "line"}. */
  readonly mapping: Readonly<Record<string, string>>;
}

/** A part of a story, ready to become a notice: the shape of `publishNotice`'s body. */
export interface StoryNotice {
  /** The same part is taken once. At most 120 characters, as `story`. */
  readonly reference: string;
  /** Shared by all parts: created, changed, ended. */
  readonly story: string;
  readonly phase: "alert" | "update" | "all_clear";
  readonly topicId: number;
  readonly isAutomatic: boolean;
  /** At most 120 characters, in the company's language where there is one. */
  readonly title: string;
  /** At most 4,000 characters each. */
  readonly texts: Words;
  readonly link: string | null;
  /** By the topic's parameter; a missing key concerns everybody. An alert may name thousands of stops. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** ms since the epoch; null = the house's usual time. */
  readonly expiresAt: number | null;
}

/** The sentence before an update and an all-clear, by language. */
export type Lead = (phase: StoryNotice["phase"], language: "de" | "en") => string;

const TITLE_CHARS = 120;
const TEXT_CHARS = 4_000;
const VALUE_CHARS = 80;

/** A part of a story as a notice for a topic. Pure; the same part gives the same reference and words. */
export function noticeOf(
  story: Story,
  aim: SourceAim,
  speech: { lead: Lead; language: "de" | "en" },
): StoryNotice {
  const { item } = story;
  const phase = phaseOf(story);
  const key = createHash("sha256").update(story.key).digest("base64url").slice(0, 22);
  const name = `source:${aim.id}:${key}`;
  const other = speech.language === "de" ? "en" : "de";
  const values = mapped(item, aim.mapping);
  const title =
    item.title[speech.language] ?? item.title[other] ?? item.text[speech.language] ?? item.text[other] ?? "";
  return {
    reference: `${name}:${story.revision}`,
    story: name,
    phase,
    topicId: aim.topicId,
    isAutomatic: aim.isAutomatic && isAimed(item, values),
    title: tidy(title.replace(/\s+/g, " "), TITLE_CHARS),
    texts: {
      de: textIn(item, "de", speech.lead(phase, "de")),
      en: textIn(item, "en", speech.lead(phase, "en")),
    },
    link: item.link,
    values,
    // "It is over" is of use after the end it tells of.
    expiresAt: phase === "all_clear" ? null : item.endsAt,
  };
}

/** These tell more about an item; nobody is meant by them alone. */
const DESCRIBING = new Set(["cause", "effect", "severity", "author", "mode", "agency", "agency_id"]);

/**
 * A closed stop must not reach every subscriber of every line because the topic knows lines only: what names
 * something, and nothing that the topic can choose by, waits for a person. What names nothing concerns everybody.
 */
function isAimed(item: SourceItem, values: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.keys(values).length > 0 || Object.keys(item.values).every((key) => DESCRIBING.has(key));
}

function phaseOf({ change }: Story): StoryNotice["phase"] {
  return change === "created" ? "alert" : change === "changed" ? "update" : "all_clear";
}

/** Title and text of one language, without saying the same twice. */
function textIn(item: SourceItem, language: "de" | "en", lead: string): string | null {
  const title = item.title[language];
  const text = item.text[language];
  if (title === null && text === null) return null;
  const isRepeated = title !== null && (text?.startsWith(title.replace(/…$/, "")) ?? false);
  const words = [isRepeated ? null : title, text].filter((part) => part !== null).join("\n");
  return tidy(lead === "" ? words : `${lead} ${words}`, TEXT_CHARS);
}

function mapped(item: SourceItem, mapping: SourceAim["mapping"]): Record<string, readonly string[]> {
  const pairs = Object.entries(mapping)
    .map(([parameter, key]) => [parameter, item.values[key] ?? []] as const)
    .filter(([, values]) => values.length > 0)
    .map(
      ([parameter, values]) =>
        [parameter, [...new Set(values.map((one) => one.slice(0, VALUE_CHARS)))]] as const,
    );
  return Object.fromEntries(pairs);
}
