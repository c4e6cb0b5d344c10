import { htmlToLine, htmlToText, tidy } from "./html-text.ts";
import {
  broken,
  Gathering,
  ID_CHARS,
  pageLink,
  type ReadSetting,
  type SourceItem,
  type SourceRead,
  TEXT_CHARS,
  TITLE_CHARS,
  timeOf,
  wordsIn,
} from "./item.ts";
import { feedLanguage } from "./languages.ts";
import { valuesByKey } from "./rss.ts";

type Fields = Readonly<Record<string, unknown>>;

/** JSON Feed 1.0 and 1.1 (jsonfeed.org). Fields of a wrong type count as missing. */
export function readJsonFeed(text: string, setting: ReadSetting): SourceRead {
  let feed: Fields;
  try {
    feed = fieldsOf(JSON.parse(text));
  } catch {
    return broken("broken", "JSON");
  }
  const isFeed = textOf(feed.version).includes("jsonfeed.org") || Array.isArray(feed.items);
  if (!isFeed) return broken("unknown_format", "JSON");
  const gathering = new Gathering();
  const language = feedLanguage(textOf(feed.language), setting.language);
  for (const [place, one] of listOf(feed.items).entries()) {
    const entry = fieldsOf(one);
    const item = itemOf(entry, feedLanguage(textOf(entry.language), language));
    if (item === null) gathering.fault("no_text", `items[${place}]`);
    else if (!gathering.add(item)) break;
  }
  return gathering.done(false);
}

function itemOf(entry: Fields, language: "de" | "en"): SourceItem | null {
  const title = htmlToLine(textOf(entry.title), TITLE_CHARS);
  const plain = textOf(entry.summary) || textOf(entry.content_text);
  const text = plain ? tidy(plain, TEXT_CHARS) : htmlToText(textOf(entry.content_html), TEXT_CHARS);
  if (title === "" && text === "") return null;
  const link = pageLink(textOf(entry.url)) ?? pageLink(textOf(entry.external_url));
  // Numbers as ids are against the specification and common.
  const id = typeof entry.id === "number" ? String(entry.id) : textOf(entry.id).trim();
  const authors = [entry.author, ...listOf(entry.authors)].map((one) => textOf(fieldsOf(one).name));
  return {
    id: (id || link || title || text).slice(0, ID_CHARS),
    title: wordsIn(language, title),
    text: wordsIn(language, text),
    link,
    publishedAt: timeOf(textOf(entry.date_published) || textOf(entry.date_modified)),
    startsAt: null,
    endsAt: null,
    values: valuesByKey({ category: listOf(entry.tags).map(textOf), author: authors }),
    isCancelled: false,
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
