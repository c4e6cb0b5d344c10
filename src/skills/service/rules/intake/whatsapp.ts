import type { ChatLine } from "./exchange.ts";

/**
 * "Export chat" of WhatsApp, as Android and iOS write it in German and English:
 * `12.03.24, 14:05 - Anna: Hallo`, `3/12/24, 2:05 PM - Anna: Hi`, `[12.03.24, 14:05:33] Anna: Hallo`.
 */
const HEAD =
  /^[\u200e\u200f\ufeff]*\[?(\d{1,4})([./-])(\d{1,2})[./-](\d{2,4}),?\s(?:um\s|at\s)?(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?:[\s\u202f\u00a0]?([ap])\.?\s?m\.?|\sUhr)?(?:\]|\s[-\u2013])\s?(.*)$/iu;
const SENDER = /^[\u200e\u200f]*([^:]{1,80}):\s?(.*)$/su;
/** What stands in the place of a file, of a deleted message, and behind an edited one. */
const NO_WORDS =
  /^[\u200e\u200f\s]*(?:<[^>]*(?:ausgeschlossen|weggelassen|omitted|attached|angeh\u00e4ngt)[^>]*>|(?:bild|video|audio|sticker|gif|dokument|kontaktkarte|image|document|contact card)\s(?:weggelassen|omitted)|.*\((?:datei angeh\u00e4ngt|file attached)\)|(?:diese nachricht wurde gel\u00f6scht|du hast diese nachricht gel\u00f6scht|this message was deleted|you deleted this message|null)\.?|(?:verpasster? .*anruf|missed (?:voice|video) call).*)\s*$/iu;
const EDITED = /[\u200e\u200f\s]*<(?:diese nachricht wurde bearbeitet|this message was edited)\.?>\s*$/iu;

interface Head {
  readonly numbers: readonly [number, number, number];
  readonly sign: string;
  readonly hour: number;
  readonly minute: number;
  readonly half: string;
  readonly rest: string;
}

function headOf(line: string): Head | null {
  const match = HEAD.exec(line);
  if (!match) return null;
  const [, a, sign = "", b, c, hour, minute, half = "", rest = ""] = match;
  return {
    numbers: [Number(a), Number(b), Number(c)],
    sign,
    hour: Number(hour),
    minute: Number(minute),
    half: half.toLowerCase(),
    rest,
  };
}

/** Does one of the first lines begin as those of such an export do? */
export function looksLikeWhatsApp(text: string): boolean {
  const first = text.slice(0, 4_000).split(/\r?\n/).slice(0, 8).map(headOf);
  return first.some((head) => head !== null);
}

/** @returns the messages of persons, and how many notes and files without words stood between them */
export function readWhatsApp(text: string): { lines: readonly ChatLine[]; notes: number } {
  const open: { head: Head; body: string[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const head = headOf(line);
    if (head) open.push({ head, body: [head.rest] });
    else open.at(-1)?.body.push(line);
  }
  const isDayFirst = dayStandsFirst(open.map(({ head }) => head));
  const lines: ChatLine[] = [];
  for (const { head, body } of open) {
    const [, who = "", said = ""] = SENDER.exec(body.join("\n")) ?? [];
    const words = said.replace(EDITED, "").trim();
    if (who === "" || words === "" || NO_WORDS.test(words)) continue;
    lines.push({ thread: "", who: who.trim(), isOwn: null, text: words, at: timeOf(head, isDayFirst) });
  }
  return { lines, notes: open.length - lines.length };
}

/** Points mean day first; with slashes a number above 12 tells, else the twelve-hour clock of the United States. */
function dayStandsFirst(heads: readonly Head[]): boolean {
  if (heads.some(({ sign }) => sign === ".")) return true;
  if (heads.some(({ numbers }) => numbers[0] > 12)) return true;
  if (heads.some(({ numbers }) => numbers[1] > 12)) return false;
  return heads.every(({ half }) => half === "");
}

function timeOf({ numbers: [a, b, c], hour, minute, half }: Head, isDayFirst: boolean): number {
  const hour24 = half === "" ? hour : (hour % 12) + (half === "p" ? 12 : 0);
  if (a > 31) return Date.UTC(a, b - 1, c, hour24, minute);
  const year = c < 100 ? 2000 + c : c;
  return isDayFirst ? Date.UTC(year, b - 1, a, hour24, minute) : Date.UTC(year, a - 1, b, hour24, minute);
}

/** "WhatsApp Chat mit Anna.txt", "WhatsApp Chat with Anna.txt", "WhatsApp Chat - Anna.txt": the other side's name. */
export function otherSideOf(fileName: string): string | null {
  return /whatsapp[ _-]chat[ _-]+(?:mit|with|-)?[ _-]*(.+?)(?:\.txt)?$/iu.exec(fileName)?.[1]?.trim() || null;
}
