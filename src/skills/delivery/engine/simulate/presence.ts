import type { Told } from "../evening/round.ts";
import type { Window } from "../offers/plan.ts";

/**
 * Where customers are when the courier rings: assumptions, printed with every table. `absent` of the customers are not there
 * in spite of everything that was said; beside them these shares are away, by how well they knew.
 */
export interface PresenceModel {
  /** Nothing was agreed: Germany's failed first attempts, measured in the first quarter of 2024 (Parcel Monitor). */
  readonly nothingAgreed: number;
  /** Inside the agreed window, without a notice or outside of what it said: out on an errand. */
  readonly inWindow: number;
  /** Outside the agreed window. */
  readonly outsideWindow: number;
}

export const PRESENCE: PresenceModel = { nothingAgreed: 0.072, inWindow: 0.02, outsideWindow: 0.3 };

/** What was said to customers before. */
export type Agreed = "nothing" | "window" | "notice";

export interface Arrival {
  readonly begins: number;
  readonly window: Window;
  readonly told: Told | null;
}

/** The chance that somebody opens, `absent` given. */
export function chanceThere(
  { begins, window, told }: Arrival,
  agreed: Agreed,
  { absent, model = PRESENCE }: { absent: number; model?: PresenceModel },
): number {
  return (1 - absent) * (1 - awayShare());

  function awayShare(): number {
    if (agreed === "nothing") return model.nothingAgreed;
    const isAsTold = told !== null && begins >= told.from && begins <= told.until;
    if (agreed === "notice" && isAsTold) return 0;
    const isInWindow = begins >= window.earliest && begins <= window.latest;
    return isInWindow ? model.inWindow : model.outsideWindow;
  }
}
