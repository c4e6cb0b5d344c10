/** Calls in vain of one number are one case, until somebody speaks with it. */

export interface HeardCall {
  readonly direction: "in" | "out";
  readonly outcome: "reached" | "not_reached" | "voicemail" | "missed";
  /** ms */
  readonly at: number;
}

export interface Standing {
  /** The open case, if there is one. */
  readonly open: { readonly times: number; readonly firstAt: number; readonly lastAt: number } | null;
  /** Up to this moment everything is settled: ms; null = nothing ever was. */
  readonly settledUntil: number | null;
}

export interface Next {
  /** What stands open afterwards; null = nothing does. */
  readonly open: { readonly times: number; readonly firstAt: number; readonly lastAt: number } | null;
  /** Somebody got through and the case is done with this moment, ms. */
  readonly settledAt: number | null;
  /** How many of the calls came in vain and still count. */
  readonly added: number;
  readonly hasVoicemail: boolean;
}

const isInVain = ({ direction, outcome }: HeardCall): boolean =>
  direction === "in" && (outcome === "missed" || outcome === "voicemail");

/** Who spoke with us, whoever called whom, waits no longer for a call. */
const isSpoken = ({ outcome }: HeardCall): boolean => outcome === "reached";

/**
 * What becomes of a number's case by calls that are new to us. A call before the last conversation counts for nothing,
 * whenever we hear of it.
 */
export function nextStanding(standing: Standing, calls: readonly HeardCall[]): Next {
  const spokenAt = Math.max(Number.NEGATIVE_INFINITY, ...calls.filter(isSpoken).map(({ at }) => at));
  const settledUntil = Math.max(standing.settledUntil ?? Number.NEGATIVE_INFINITY, spokenAt);
  const isOver = standing.open !== null && standing.open.lastAt <= spokenAt;
  const kept = isOver ? null : standing.open;
  const counting = calls.filter((call) => isInVain(call) && call.at > settledUntil);
  const moments = counting.map(({ at }) => at);
  const open =
    counting.length === 0
      ? kept
      : {
          times: (kept?.times ?? 0) + counting.length,
          firstAt: Math.min(kept?.firstAt ?? Number.POSITIVE_INFINITY, ...moments),
          lastAt: Math.max(kept?.lastAt ?? Number.NEGATIVE_INFINITY, ...moments),
        };
  return {
    open,
    settledAt: isOver ? spokenAt : null,
    added: counting.length,
    hasVoicemail: counting.some(({ outcome }) => outcome === "voicemail"),
  };
}
