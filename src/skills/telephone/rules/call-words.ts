/** What lists of calls and telephone systems write, as direction and outcome. */

export type Direction = "in" | "out";
export type Ending = "reached" | "not_reached" | "voicemail" | "missed";

const OUT =
  /\b(?:out|outgoing|outbound|aus|ausgehend\w*|ausgang|abgehend\w*|gewählt\w*|dialled|dialed|placed)\b/i;
const VOICEMAIL =
  /\b(?:voicemail|voice mail|mailbox|anrufbeantworter|ab|answering machine|sprachnachricht)\b/i;
const IN_VAIN =
  /\b(?:missed|verpasst\w*|entgangen\w*|unbeantwortet|nicht angenommen|nicht erreicht|keine antwort|abgebrochen|besetzt|no[ _-]?answer|not answered|unanswered|busy|cancel\w*|failed|congestion|abandoned|lost)\b/i;
const ANSWERED =
  /\b(?:answered|angenommen|beantwortet|erreicht|accepted|completed|connected|ok|erfolgreich|verbunden|gesprochen)\b/i;
const BLOCKED = /\b(?:blocked|abgewiesen|abgelehnt|gesperrt|geblockt|rejected|spam)\b/i;

/**
 * @param said everything that the list says of the call: its type and its status
 * @param seconds how long it took; null = the list does not say
 * @returns null for a call that the house itself turned away
 */
export function readCall(
  said: string,
  seconds: number | null,
): { direction: Direction; outcome: Ending } | null {
  if (BLOCKED.test(said)) return null;
  const direction: Direction = OUT.test(said) ? "out" : "in";
  const inVain: Ending = direction === "in" ? "missed" : "not_reached";
  if (VOICEMAIL.test(said)) return { direction, outcome: "voicemail" };
  if (IN_VAIN.test(said)) return { direction, outcome: inVain };
  if (ANSWERED.test(said)) return { direction, outcome: "reached" };
  return { direction, outcome: seconds === 0 ? inVain : "reached" };
}

/** "1:02:03", "2:03" (minutes, seconds), "95", "95 s". @returns null for nothing, undefined for what is no duration */
export function readSeconds(written: string): number | null | undefined {
  const bare = written.trim().replace(/\s*(?:s|sec|sek)\.?$/i, "");
  if (bare === "") return null;
  if (/^\d{1,6}(?:[.,]\d+)?$/.test(bare)) return boundedSeconds(Math.round(Number(bare.replace(",", "."))));
  const [, hours, minutes, seconds] = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$/.exec(bare) ?? [];
  if (minutes === undefined) return undefined;
  return boundedSeconds((Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds));
}

const DAY_SECONDS = 86_400;
/** No call lasts longer than a day: what says so was written by a clock that is wrong. */
export const boundedSeconds = (seconds: number): number => Math.min(seconds, DAY_SECONDS);
