import { htmlToLine, htmlToText } from "./html-text.ts";
import {
  Gathering,
  ID_CHARS,
  pageLink,
  printable,
  type ReadSetting,
  type SourceItem,
  type SourceRead,
  TEXT_CHARS,
  TITLE_CHARS,
  timeOf,
  valuesOf,
  wordsIn,
} from "./item.ts";
import { feedLanguage } from "./languages.ts";
import { childOf, childrenOf, type Element, textOf } from "./xml.ts";

/** RSS 2.0 as rssboard.org has it; RSS 1.0 differs in where the items stand. */
export function readRss(root: Element, setting: ReadSetting): SourceRead {
  const gathering = new Gathering();
  const channel = childOf(root, "channel") ?? root;
  const language = feedLanguage(textOf(childOf(channel, "language")), setting.language);
  const items = [...childrenOf(channel, "item"), ...(channel === root ? [] : childrenOf(root, "item"))];
  for (const [place, element] of items.entries()) {
    const item = itemOf(element, language);
    if (item === null) gathering.fault("no_text", `item ${place + 1}`);
    else if (!gathering.add(item)) break;
  }
  return gathering.done(false);
}

function itemOf(element: Element, language: "de" | "en"): SourceItem | null {
  const title = htmlToLine(textOf(childOf(element, "title")), TITLE_CHARS);
  const body = textOf(childOf(element, "description")) || textOf(childOf(element, "content:encoded"));
  const text = htmlToText(body, TEXT_CHARS);
  if (title === "" && text === "") return null;
  const guid = textOf(childOf(element, "guid")).trim();
  const link = pageLink(textOf(childOf(element, "link"))) ?? pageLink(guid);
  return {
    id: (guid || link || title || text).slice(0, ID_CHARS),
    title: wordsIn(language, title),
    text: wordsIn(language, text),
    link,
    publishedAt: timeOf(textOf(childOf(element, "pubDate")) || textOf(childOf(element, "dc:date"))),
    startsAt: null,
    endsAt: null,
    values: valuesByKey({
      category: childrenOf(element, "category").map(textOf),
      author: [textOf(childOf(element, "dc:creator"))],
    }),
    isCancelled: false,
  };
}

/** Keys without values are left out. */
export function valuesByKey(
  given: Readonly<Record<string, Iterable<string>>>,
): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(given)
      .map(([key, values]) => [printable(key), valuesOf(values)] as const)
      .filter(([key, values]) => key !== "" && values.length > 0),
  );
}
