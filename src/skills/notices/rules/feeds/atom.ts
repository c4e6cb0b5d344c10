import { htmlToText, tidy } from "./html-text.ts";
import {
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
import { childOf, childrenOf, type Element, markupOf, textOf } from "./xml.ts";

/** Atom, RFC 4287. */
export function readAtom(root: Element, setting: ReadSetting): SourceRead {
  const gathering = new Gathering();
  const language = feedLanguage(root.attributes["xml:lang"] ?? "", setting.language);
  for (const [place, entry] of childrenOf(root, "entry").entries()) {
    const item = itemOf(entry, feedLanguage(entry.attributes["xml:lang"] ?? "", language));
    if (item === null) gathering.fault("no_text", `entry ${place + 1}`);
    else if (!gathering.add(item)) break;
  }
  return gathering.done(false);
}

function itemOf(entry: Element, language: "de" | "en"): SourceItem | null {
  const title = tidy(plain(childOf(entry, "title"), TITLE_CHARS).replace(/\s+/g, " "), TITLE_CHARS);
  const text = plain(childOf(entry, "summary"), TEXT_CHARS) || plain(childOf(entry, "content"), TEXT_CHARS);
  if (title === "" && text === "") return null;
  const link = linkOf(entry);
  const id = textOf(childOf(entry, "id")).trim();
  return {
    id: (id || link || title || text).slice(0, ID_CHARS),
    title: wordsIn(language, title),
    text: wordsIn(language, text),
    link,
    publishedAt: timeOf(textOf(childOf(entry, "published")) || textOf(childOf(entry, "updated"))),
    startsAt: null,
    endsAt: null,
    values: valuesByKey({
      category: childrenOf(entry, "category").map(
        ({ attributes }) => attributes.label ?? attributes.term ?? "",
      ),
      author: childrenOf(entry, "author").map((author) => textOf(childOf(author, "name"))),
    }),
    isCancelled: false,
  };
}

/** A text construct (section 3.1): text, html or xhtml. Content elsewhere (`src`) or of another type is not read. */
function plain(element: Element | undefined, limit: number): string {
  if (!element) return "";
  const type = (element.attributes.type ?? "text").toLowerCase();
  if (type === "xhtml") return htmlToText(markupOf(element), limit);
  if (type === "html" || type === "text/html") return htmlToText(textOf(element), limit);
  return type === "text" || type === "text/plain" ? tidy(textOf(element), limit) : "";
}

function linkOf(entry: Element): string | null {
  const links = childrenOf(entry, "link");
  const best =
    links.find(({ attributes }) => (attributes.rel ?? "alternate") === "alternate") ??
    links.find(({ attributes }) => attributes.rel === "related");
  return pageLink(best?.attributes.href);
}
