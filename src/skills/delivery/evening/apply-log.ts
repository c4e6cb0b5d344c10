import { takeBackState } from "../rules/take-back.ts";
import type { DeliveryState, ShiftState } from "../tables.ts";
import type { Draft } from "./draft.ts";
import { type Entry, type FoldedShift, type FoldedStop, foldShift, foldStops } from "./fold.ts";
import { isToCome, isToFetch, type RunningDelivery, type RunningShift } from "./stored.ts";

/** Brings rounds to what the log says of them. */

/** @param log everything of these rounds and of their stops, in any order */
export function applyLog(draft: Draft, shiftIds: readonly number[], log: readonly Entry[]): void {
  const stops = foldStops(log);
  for (const shiftId of shiftIds) {
    const own = log.filter((entry) => entry.shiftId === shiftId);
    const folded = foldShift(own);
    const before = draft.shift(shiftId);
    draft.setShift(shiftId, {
      ...folded,
      // A place that was told counts as heard too, and stands in no log.
      heardAt: latest(folded.heardAt, before.heardAt),
      // What comes after the end corrects stops; nobody is under way any more.
      state: draft.evening.state === "over" ? before.state : stateOf(before, folded),
      fetches: fetchesOf(before, own),
    });
    const ended = applyStops(draft, shiftId, stops);
    const { heldStops } = before;
    draft.setShift(shiftId, { heldStops: Math.max(0, heldStops - ended) });
    orderRound(draft, shiftId);
  }
}

const latest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

function stateOf(
  { state }: RunningShift,
  { acceptedAt, leftAt, backAt, atDeliveryId }: FoldedShift,
): ShiftState {
  if (state === "dropped") return state;
  if (backAt !== null) return "done";
  if (leftAt !== null || atDeliveryId !== null) return "out";
  return acceptedAt === null ? "planned" : "accepted";
}

/** Whoever scans or stands at a door with it has fetched it. */
function fetchesOf({ fetches }: RunningShift, own: readonly Entry[]): RunningShift["fetches"] {
  if (fetches.every(({ fetchedAt }) => fetchedAt !== null)) return fetches;
  return fetches.map((fetch) => {
    const seen = own.find(({ deliveryId }) => deliveryId !== null && fetch.deliveryIds.includes(deliveryId));
    return fetch.fetchedAt === null && seen ? { ...fetch, fetchedAt: seen.at } : fetch;
  });
}

/** @returns how many stops ended that had not */
function applyStops(draft: Draft, shiftId: number, stops: ReadonlyMap<number, FoldedStop>): number {
  let ended = 0;
  for (const one of draft.deliveriesOf(shiftId)) {
    const folded = stops.get(one.id);
    const outcome = folded?.outcome ?? null;
    // Whoever stands at the door with it has it from the counter.
    if (one.pickup)
      draft.setDelivery(one.id, {
        pickedUpAt: folded?.scannedAt ?? folded?.arrivedAt ?? folded?.endedAt ?? null,
      });
    const { taken = null, takenWords = "" } = folded ?? {};
    const isBack = draft.shift(shiftId).backAt !== null;
    const state = takeBackState(one.takeBack.state, { taken, isBack, outcome });
    if (state !== one.takeBack.state || takenWords !== one.takeBack.why)
      draft.setDelivery(one.id, { takeBack: { ...one.takeBack, state, why: takenWords } });
    if (folded && outcome !== null) {
      if (one.endedAt === null) ended++;
      const endState: DeliveryState = outcome === "not_there" || outcome === "refused" ? "failed" : "done";
      const { arrivedAt, endedAt } = folded;
      const outcomeWords = folded.words.slice(0, OUTCOME_CHARACTERS);
      draft.setDelivery(one.id, { state: endState, outcome, outcomeWords, arrivedAt, endedAt });
    } else if (isToCome(one) || isUndone(one)) {
      if (isUndone(one)) draft.proofs.set(one.id, null);
      else draft.proofs.delete(one.id);
      draft.setDelivery(one.id, {
        state: folded && folded.scannedAt !== null ? "loaded" : "booked",
        outcome: null,
        outcomeWords: "",
        arrivedAt: folded?.arrivedAt ?? null,
        endedAt: null,
      });
    }
  }
  return ended;
}

const OUTCOME_CHARACTERS = 200;

const isUndone = ({ state, outcome }: RunningDelivery): boolean =>
  (state === "done" || state === "failed") && outcome !== "not_recorded";

/** What is done comes first, as it was done, then where the courier stands; the next one is under way, what is in the bag loaded. */
export function orderRound(draft: Draft, shiftId: number): void {
  const shift = draft.shift(shiftId);
  const own = new Map(draft.deliveriesOf(shiftId).map((one) => [one.id, one]));
  const isEnded = (id: number) => ["done", "failed"].includes(own.get(id)?.state ?? "");
  const ended = shift.route
    .filter(isEnded)
    .toSorted((a, b) => (own.get(a)?.endedAt ?? 0) - (own.get(b)?.endedAt ?? 0) || a - b);
  const served = shift.isServing && isOpen(own.get(shift.atDeliveryId ?? -1)) ? shift.atDeliveryId : null;
  const rest = shift.route.filter((id) => !isEnded(id) && id !== served);
  draft.setShift(shiftId, { route: [...ended, ...(served === null ? [] : [served]), ...rest] });
  if (shift.state !== "out") return;
  const open = rest.filter((id) => isOpen(own.get(id)) && !isAtCounter(own.get(id)));
  const next = served ?? open[0];
  for (const id of served === null ? open : [served, ...open])
    draft.setDelivery(id, { state: id === next ? "under_way" : "loaded" });
}

/** In nobody's bag yet. */
const isAtCounter = (one: RunningDelivery | undefined): boolean => one !== undefined && isToFetch(one);

const isOpen = (one: RunningDelivery | undefined): boolean => one !== undefined && isToCome(one);
