import type { AfterFailure, Choice, DeliveryState, Proof } from "../tables.ts";
import { mayLeave, mayNeighbour } from "./hand-over.ts";
import { DAY_MS } from "./limits.ts";

/** What a customer may still choose, and until when the live page opens. */

interface Standing {
  readonly state: DeliveryState;
  readonly skills: number;
  readonly proof: Proof;
  /** ms; the courier is at the door. */
  readonly arrivedAt: number | null;
  /** After a vain attempt. */
  readonly next: AfterFailure | null;
}

const PROMISED: readonly DeliveryState[] = ["booked", "loaded", "under_way"];

export function choicesOf(one: Standing): (Choice | "other_window")[] {
  if (one.state === "failed") return one.next === "another_window" ? ["other_window"] : [];
  if (!PROMISED.includes(one.state) || one.arrivedAt !== null) return [];
  const possible: (Choice | null)[] = [
    "home",
    mayNeighbour(one) ? "neighbour" : null,
    mayLeave(one) ? "leave" : null,
    "not_home",
  ];
  return possible.filter((choice) => choice !== null);
}

/** The page opens until a day after the delivery ended; one whose end nobody told ends with its window. */
export function opensUntil({ endedAt, latestAt }: { endedAt: number | null; latestAt: number }): number {
  return (endedAt ?? latestAt) + DAY_MS;
}
