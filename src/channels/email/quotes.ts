import { QUOTE_LINE } from "./html-text.ts";

/** What the customer says now, apart from what the mail repeats. The whole text is kept beside it by who calls. */

/** "Am Di., 24. Nov. 2026 um 10:00 schrieb Kontor <…>:", "On … wrote:", also over two or three lines. */
const ATTRIBUTION =
  /^\s*(?:am|on|le|il|el|op|den|dne|em)\s.{4,300}(?:schrieb|wrote|a écrit|ha scritto|escribió|schreef|skrev|escreveu|napsal).{0,200}:\s*$/i;
/** The other order: "Kontor <…> schrieb am 24.11.2026 um 10:00:". */
const ATTRIBUTION_BY_NAME = /^\s*.{1,200}(?:schrieb am|wrote on|a écrit le)\s.{4,100}:\s*$/i;
const DIVIDER =
  /^\s*(?:-{2,}\s*(?:original message|original-nachricht|ursprüngliche nachricht|ursprüngliche mail|originalnachricht|message d'origine|messaggio originale|mensaje original|forwarded message|weitergeleitete nachricht)\s*-{2,}|_{20,})\s*$/i;
/** Outlook's block of the mail that is answered: "Von: …" and, within the next lines, "Gesendet: …". */
const FROM_LINE = /^\s*\*{0,2}(?:von|from|de|da)\s?:\*{0,2}\s\S/i;
const SENT_LINE = /^\s*\*{0,2}(?:gesendet|sent|date|datum|envoyé|inviato|enviado)\s?(?:am)?\s?:/i;
const QUOTED = /^\s{0,3}>/;
const SIGNATURE = /^-- ?$/;
const LINES_MAX = 5_000;

export interface CutText {
  /** What was said now; the whole text where nothing would be left. */
  said: string;
  isCut: boolean;
}

/** @param keepsQuotes true for a forward: what it repeats is what it says */
export function cutQuote(text: string, keepsQuotes = false): CutText {
  const whole = text.replaceAll(" ", " ").trim();
  if (keepsQuotes) return { said: whole, isCut: false };
  const lines = whole.split("\n").slice(0, LINES_MAX);
  const kept: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (beginsQuote(lines, at)) break;
    const length = attributionLength(lines, at);
    // What stands below a quote is kept: many people answer there.
    if (length > 0) at += length - 1;
    else if (!QUOTED.test(lines[at] ?? "")) kept.push(lines[at] ?? "");
  }
  const signature = kept.findIndex((line) => SIGNATURE.test(line));
  const said = (signature > 0 ? kept.slice(0, signature) : kept)
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return said === "" ? { said: whole, isCut: false } : { said, isCut: said !== whole };
}

/** From here on everything is repeated. */
function beginsQuote(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? "";
  if (line.trim() === QUOTE_LINE || DIVIDER.test(line)) return true;
  return FROM_LINE.test(line) && lines.slice(at + 1, at + 4).some((next) => SENT_LINE.test(next));
}

/** Lines that say who wrote what follows; 0 = none. Programs break them at 76 characters. */
function attributionLength(lines: readonly string[], at: number): number {
  for (const length of [1, 2, 3]) {
    const joined = lines.slice(at, at + length).join(" ");
    if (joined.length > 600 || lines[at + length - 1]?.trim() === "") return 0;
    const isByName = length === 1 && ATTRIBUTION_BY_NAME.test(joined);
    if (!isByName && !ATTRIBUTION.test(joined)) continue;
    // The same words in the middle of a letter are no attribution: a quote must follow.
    const next = lines.slice(at + length).find((line) => line.trim() !== "");
    return next === undefined || QUOTED.test(next) ? length : 0;
  }
  return 0;
}
