import { type Expected, lateChance } from "./forecast.ts";
import { chanceBelow } from "./normal.ts";
import { hasPromise, type Round, type RoundStop, type Told } from "./round.ts";

/** What the owner may set about messages of an evening. */
export interface NoticeRule {
  /** The message goes out when the courier is there within this time, */
  readonly ahead_s: number;
  /** with at least this certainty. */
  readonly certainty: number;
  /** The half-hour begins so long before the expected arrival; its rest is for what may come between. */
  readonly lead_s: number;
  readonly length_s: number;
  /** It begins at a full step. */
  readonly step_s: number;
  /** Only when the arrival slips by more than this is it said again. */
  readonly slip_s: number;
  /** A promise that is broken more likely than this is announced before its window ends. */
  readonly lateChance: number;
}

export const NOTICE_RULE: NoticeRule = {
  ahead_s: 1_800,
  certainty: 0.95,
  lead_s: 600,
  length_s: 1_800,
  step_s: 300,
  slip_s: 600,
  lateChance: 0.5,
};

/** A message that is due now. */
export interface Notice {
  /** `coming`: thirty minutes. `again`: it has slipped. `late`: after the window, said before it ends. */
  readonly kind: "coming" | "again" | "late";
  readonly stop: number;
  readonly told: Told;
}

/**
 * The messages of a round that are due now. A customer hears of the courier once, again only when the arrival slips, and
 * before the window's end that it cannot be kept.
 * @param expected the forecast of the same round
 */
export function dueNotices(
  round: Round,
  expected: readonly Expected[],
  now: number,
  rule: NoticeRule = NOTICE_RULE,
): Notice[] {
  return round.stops.flatMap((stop, n): Notice[] => {
    const when = expected[n];
    if (!when || !hasPromise(stop)) return [];
    const told = toldHalfHour(stop, when, { now, rule });
    if (!stop.isLateSaid && lateChance(stop, when) > rule.lateChance)
      return [{ kind: "late", stop: stop.stop, told }];
    if (stop.told) {
      const slipped = Math.abs(when.begins - stop.told.expected) > rule.slip_s;
      // The same half-hour would be no news.
      const isNews = told.from !== stop.told.from || told.until !== stop.told.until;
      return slipped && isNews ? [{ kind: "again", stop: stop.stop, told }] : [];
    }
    return isNear(when, now, rule) ? [{ kind: "coming", stop: stop.stop, told }] : [];
  });
}

function isNear({ begins, sd }: Expected, now: number, { ahead_s, certainty }: NoticeRule): boolean {
  const margin = now + ahead_s - begins;
  if (margin < 0) return false;
  return sd < 1 || chanceBelow(margin / sd) >= certainty;
}

/** A half-hour around what is expected, inside the promised window as long as the expectation is. */
function toldHalfHour(
  { earliest, latest }: RoundStop,
  { begins }: Expected,
  { now, rule }: { now: number; rule: NoticeRule },
): Told {
  const { lead_s, length_s, step_s } = rule;
  const wished = Math.round((begins - lead_s) / step_s) * step_s;
  const inWindow = begins <= latest ? Math.min(wished, latest - length_s) : wished;
  // Not in the past, and for a full half-hour still.
  const from = Math.max(inWindow, earliest, Math.floor(now / step_s) * step_s);
  return { from, until: from + length_s, expected: begins };
}

/** The round after a message has gone out: its customer, and all before, stay where they are. */
export function afterNotice(round: Round, { kind, stop, told }: Notice): Round {
  return {
    ...round,
    stops: round.stops.map((one) =>
      one.stop === stop ? { ...one, told, isLateSaid: one.isLateSaid || kind === "late" } : one,
    ),
  };
}
