import { htmlToLine, htmlToText } from "./html-text.ts";
import {
  Gathering,
  hasWords,
  pageLink,
  type ReadSetting,
  type SourceRead,
  TEXT_CHARS,
  TITLE_CHARS,
  timeOf,
  type Words,
} from "./item.ts";
import { valuesByKey } from "./rss.ts";

/** An item as the API and the webhook take it; their contract has checked its shape. */
export interface PushedItem {
  readonly id: string;
  readonly title?: PushedWords;
  readonly text?: PushedWords;
  readonly link?: string | null;
  readonly publishedAt?: string | null;
  readonly startsAt?: string | null;
  readonly endsAt?: string | null;
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** It is over, or does not take place: subscribers are told. */
  readonly isCancelled?: boolean;
}

type PushedWords = string | { readonly de?: string | null; readonly en?: string | null };

/** @param isComplete the list holds everything that is so: what is missing is over */
export function readPushed(
  pushed: readonly PushedItem[],
  setting: ReadSetting,
  isComplete: boolean,
): SourceRead {
  const gathering = new Gathering();
  const ended: string[] = [];
  for (const one of pushed) {
    const title = words(one.title, setting, (text) => htmlToLine(text, TITLE_CHARS));
    const text = words(one.text, setting, (body) => htmlToText(body, TEXT_CHARS));
    // "It is over" needs no words.
    if (!hasWords(title) && !hasWords(text)) {
      if (one.isCancelled) ended.push(one.id);
      else gathering.fault("no_text", one.id);
      continue;
    }
    const isTaken = gathering.add({
      id: one.id,
      title,
      text,
      link: pageLink(one.link),
      publishedAt: timeOf(one.publishedAt),
      startsAt: timeOf(one.startsAt),
      endsAt: timeOf(one.endsAt),
      values: valuesByKey(one.values ?? {}),
      isCancelled: one.isCancelled ?? false,
    });
    if (!isTaken) break;
  }
  return gathering.done(isComplete, ended);
}

function words(
  given: PushedWords | undefined,
  { language }: ReadSetting,
  read: (text: string) => string,
): Words {
  const said = typeof given === "string" ? { [language]: given } : (given ?? {});
  return { de: read(said.de ?? "") || null, en: read(said.en ?? "") || null };
}
