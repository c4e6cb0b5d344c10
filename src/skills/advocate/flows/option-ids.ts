import { compactDay, fromCompact } from "../rules/spoken.ts";

/**
 * What a tap says. Telegram carries 64 bytes, so an id holds numbers and days, no names; who may do what is checked when it
 * is done, for an id can be made up.
 */
export type Tap =
  | { do: "cancel" | "sure"; factId: number; lastDay: string; termEnd: string }
  | { do: "keep"; factId: number }
  | { do: "why" | "off"; rule: string }
  | { do: "on"; topic: string };

const PREFIX = "advocate:";

export function tapId(tap: Tap): string {
  if ("termEnd" in tap)
    return `${PREFIX}${tap.do}:${tap.factId}:${compactDay(tap.lastDay)}:${compactDay(tap.termEnd)}`;
  if ("factId" in tap) return `${PREFIX}${tap.do}:${tap.factId}`;
  return `${PREFIX}${tap.do}:${"rule" in tap ? tap.rule : tap.topic}`;
}

/** @returns null for ids that are none of this skill's */
export function readTap(id: string): Tap | null {
  const [room, act = "", first = "", lastDay = "", termEnd = ""] = id.split(":");
  if (room !== "advocate") return null;
  const factId = Number(first);
  if (act === "cancel" || act === "sure") {
    const [last, end] = [fromCompact(lastDay), fromCompact(termEnd)];
    if (!isId(factId) || last === null || end === null) return null;
    return { do: act, factId, lastDay: last, termEnd: end };
  }
  if (act === "keep") return isId(factId) ? { do: act, factId } : null;
  if (!/^[a-z_]{0,40}$/.test(first)) return null;
  if (act === "why" || act === "off") return { do: act, rule: first };
  return act === "on" ? { do: "on", topic: first } : null;
}

function isId(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}
