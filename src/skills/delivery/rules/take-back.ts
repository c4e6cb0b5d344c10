import type { DeliveryState, Outcome, TakeBackState } from "../tables.ts";

/** Whether a courier may take something along from a door, and until when a customer may ask for it. */

/** The sender's rule, or the city's for parcels of its own. */
export interface TakeBackRule {
  readonly isAllowed: boolean;
  /** What, and how big; "" = anything that fits. */
  readonly words: string;
}

export interface TakeBack {
  /** In the customer's words; "" = nothing. */
  readonly what: string;
  readonly state: TakeBackState | null;
  /** Why it was not taken. */
  readonly why: string;
}

interface Standing {
  readonly state: DeliveryState;
  /** ms; the courier is at the door. */
  readonly arrivedAt: number | null;
}

/** Until the courier is on the way to this door: whoever drives knows what comes along. */
export const mayAskToTake = ({ state, arrivedAt }: Standing, { isAllowed }: TakeBackRule): boolean =>
  isAllowed && (state === "booked" || state === "loaded") && arrivedAt === null;

interface Told {
  /** The courier's last word; null = none. */
  readonly taken: boolean | null;
  /** The courier is back at the depot. */
  readonly isBack: boolean;
  /** What became of the parcel. */
  readonly outcome: Outcome | null;
}

/** Nobody who could have given it was at the door. */
const ELSEWHERE: readonly (Outcome | null)[] = ["neighbour", "left_there"];

/** What the log says of it. An attempt that was in vain leaves it open for the next one. */
export function takeBackState(
  before: TakeBackState | null,
  { taken, isBack, outcome }: Told,
): TakeBackState | null {
  // Nobody asked for it, or it is with its sender: no courier changes that.
  if (before === null || before === "returned") return before;
  if (taken === null) {
    const isLeft = ELSEWHERE.includes(outcome) || (outcome === "handed_over" && isBack);
    return isLeft ? "not_taken" : "asked";
  }
  if (!taken) return "not_taken";
  return isBack ? "at_depot" : "taken";
}
