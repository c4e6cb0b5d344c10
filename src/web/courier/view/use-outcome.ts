import { useEffect, useState } from "preact/hooks";
import type { Draft } from "../contract.ts";
import type { Photo } from "../state/phone-store.ts";
import type { SeenShift, SeenStop } from "../state/project.ts";
import { useCourier } from "./context.ts";

type Ending = Extract<Draft, { kind: "done" | "not_there" | "refused" }>;
/** What became of a stop, without where it was. */
export type Outcome = Ending extends infer One
  ? One extends Ending
    ? Omit<One, "shiftId" | "deliveryId">
    : never
  : never;
/** Whether what the customer gives back was taken along, and if not, why. */
export interface Taking {
  readonly isTaken: boolean;
  readonly words: string;
}
export type Record = (stop: SeenStop, outcome: Outcome, more?: { photo?: Photo; taking?: Taking }) => void;

/** The second tap of an eager thumb meets the next stop: so soon after an outcome one tap alone is none. */
const GUARD_MS = 900;
/** Of the page: the next stop's screen is a new one. */
let lastAt = Number.NEGATIVE_INFINITY;

/** True for a moment after an outcome. */
export function useResting(): boolean {
  const [isResting, setResting] = useState(() => performance.now() - lastAt < GUARD_MS);
  useEffect(() => {
    if (!isResting) return;
    const timer = window.setTimeout(() => setResting(false), GUARD_MS);
    return () => window.clearTimeout(timer);
  }, [isResting]);
  return isResting;
}

/** Keeps what became of a stop, says it, and offers the way back. */
export function useOutcome(shift: SeenShift): Record {
  const { session, words, say } = useCourier();
  return (stop, outcome, { photo, taking } = {}) => {
    lastAt = performance.now();
    const of = { shiftId: shift.id, deliveryId: stop.deliveryId };
    // The outcome last: a picture goes with it.
    const told: Draft[] = taking ? [{ kind: "take_back", ...taking, ...of }] : [];
    void session.act([...told, { ...outcome, ...of } as Draft], photo).then((isKept) => {
      if (!isKept) return;
      say({
        text: words.undo.done(
          words.hand.done[outcome.kind === "done" ? outcome.outcome : outcome.kind],
          stop.name || stop.address.split(",")[0] || stop.senderReference,
        ),
        undo: () => {
          void session.act([{ kind: "undo", ...of }]);
          say({ text: words.undo.undone });
        },
      });
    });
  };
}
