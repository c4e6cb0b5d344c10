import { instantOf } from "#kernel";
import { csvRecords } from "./csv-stream.ts";
import { htmlToLine, htmlToText } from "./html-text.ts";
import {
  broken,
  Gathering,
  hasWords,
  ID_CHARS,
  pageLink,
  type ReadSetting,
  type SourceItem,
  type SourceRead,
  TEXT_CHARS,
  TITLE_CHARS,
  wordsIn,
} from "./item.ts";
import { valuesByKey } from "./rss.ts";
import { decodeText } from "./text-bytes.ts";

/**
 * A table of items, as a spreadsheet saves it. Columns: `id`, `title` or `title_de`/`title_en`, `text` or
 * `text_de`/`text_en`, `link`, `start`, `end`, `cancelled`; every other column is a parameter, several values in it
 * parted by `|`.
 */

const OWN_COLUMNS = new Set(
  "id,title,title_de,title_en,text,text_de,text_en,link,start,end,cancelled".split(","),
);
const YES = new Set(["1", "x", "yes", "true", "ja", "wahr"]);

type Row = Readonly<Record<string, string>>;

export function readTable(bytes: Uint8Array, setting: ReadSetting): SourceRead {
  const gathering = new Gathering();
  let rows = 0;
  let isFull = false;
  const reader = csvRecords(
    (row, line) => {
      rows++;
      const item = isFull ? null : itemOf(row, line, { setting, gathering });
      if (item) isFull = !gathering.add(item);
    },
    (line) => gathering.fault("row", String(line)),
  );
  try {
    reader.push(decodeText(bytes, setting.charset));
    reader.end();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return broken("broken", error.message);
  }
  return rows === 0 && gathering.problems.length === 0 ? broken("empty") : gathering.done(false);
}

function itemOf(
  row: Row,
  line: number,
  { setting, gathering }: { setting: ReadSetting; gathering: Gathering },
): SourceItem | null {
  const title = inBoth(row, "title", (text) => htmlToLine(text, TITLE_CHARS), setting);
  const text = inBoth(row, "text", (words) => htmlToText(words, TEXT_CHARS), setting);
  if (!hasWords(title) && !hasWords(text)) {
    gathering.fault("no_text", String(line));
    return null;
  }
  const times = {
    startsAt: momentOf(row.start, setting.timeZone),
    endsAt: momentOf(row.end, setting.timeZone),
  };
  if (Number.isNaN(times.startsAt) || Number.isNaN(times.endsAt)) {
    gathering.fault("bad_time", String(line));
    return null;
  }
  const parameters = Object.entries(row).filter(([name]) => name !== "" && !OWN_COLUMNS.has(name));
  return {
    id: (row.id?.trim() || (title.de ?? title.en ?? text.de ?? text.en ?? "")).slice(0, ID_CHARS),
    title,
    text,
    link: pageLink(row.link),
    publishedAt: null,
    ...times,
    values: valuesByKey(Object.fromEntries(parameters.map(([name, value]) => [name, value.split("|")]))),
    isCancelled: YES.has(row.cancelled?.trim().toLowerCase() ?? ""),
  };
}

function inBoth(row: Row, name: string, read: (text: string) => string, { language }: ReadSetting) {
  const own = wordsIn(language, read(row[name] ?? ""));
  return {
    de: read(row[`${name}_de`] ?? "") || own.de,
    en: read(row[`${name}_en`] ?? "") || own.en,
  };
}

/** ISO 8601 or `1.12.2026 18:30`, in the company's zone unless it says its own. @returns NaN when it is no time */
function momentOf(text: string | undefined, timeZone: string): number | null {
  const words = text?.trim() ?? "";
  if (words === "") return null;
  if (/[Zz]$|[+-]\d\d:?\d\d$/.test(words) && /^\d{4}-\d\d-\d\dT/.test(words)) return Date.parse(words);
  const [, isoYear, isoMonth, isoDay, dotDay, dotMonth, dotYear, hour, minute] =
    /^(?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})\.(\d{1,2})\.(\d{4}))(?:[T ]+(\d{1,2}):(\d\d)(?::\d\d)?)?$/.exec(
      words,
    ) ?? [];
  const day = [isoYear ?? dotYear, isoMonth ?? dotMonth, isoDay ?? dotDay]
    .map((part) => part?.padStart(2, "0"))
    .join("-");
  // Date.parse takes no 31st of April in this form, and no "undefined".
  if (Number.isNaN(Date.parse(day)) || new Date(day).toISOString().slice(0, 10) !== day) return Number.NaN;
  return instantOf(timeZone, day, Number(hour ?? 0) * 60 + Number(minute ?? 0));
}
