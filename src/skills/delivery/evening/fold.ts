import type { HappenedKind, Outcome } from "../tables.ts";

/**
 * What happened, put in its order and folded: where a courier is and what became of each stop. Whatever comes late, twice or
 * out of order is only another entry of the log, so any order of arrival ends in the same state.
 */

/** An entry of the log. Times are ms. */
export interface Entry {
  readonly id: number;
  readonly at: number;
  readonly kind: HappenedKind;
  readonly shiftId: number | null;
  readonly deliveryId: number | null;
  readonly outcome: Outcome | null;
  readonly words: string;
  readonly minutes: number | null;
}

/** What the log says of a stop. */
export interface FoldedStop {
  readonly arrivedAt: number | null;
  readonly endedAt: number | null;
  readonly outcome: Outcome | null;
  readonly words: string;
  /** When a parcel of it was scanned first. */
  readonly scannedAt: number | null;
  /** What the customer gives back is with the courier, by the last word of it; null = none. */
  readonly taken: boolean | null;
  /** Why not. */
  readonly takenWords: string;
}

/** What it says of a round. */
export interface FoldedShift {
  readonly acceptedAt: number | null;
  readonly leftAt: number | null;
  readonly backAt: number | null;
  readonly heardAt: number | null;
  readonly atDeliveryId: number | null;
  readonly isServing: boolean;
  readonly since: number | null;
}

const ENDS: Partial<Record<HappenedKind, Outcome>> = {
  done: "handed_over",
  not_there: "not_there",
  refused: "refused",
};

const MINUTE_MS = 60_000;

/** By when it happened; what was heard first comes first where that is the same. */
export const inOrder = (entries: readonly Entry[]): Entry[] =>
  entries.toSorted((a, b) => a.at - b.at || a.id - b.id);

interface Stop {
  /** What counts of it: each undo takes the last one away. */
  readonly kept: Entry[];
  scannedAt: number | null;
  /** Whether something was taken along, the last word of it. */
  taking: Entry | null;
}

/** What counts of the log, stop by stop. */
function keptOf(entries: readonly Entry[]): ReadonlyMap<number, Stop> {
  const stops = new Map<number, Stop>();
  for (const entry of inOrder(entries)) {
    const { deliveryId, kind } = entry;
    if (deliveryId === null) continue;
    const stop = stops.get(deliveryId) ?? { kept: [], scannedAt: null, taking: null };
    stops.set(deliveryId, stop);
    if (kind === "scanned") stop.scannedAt ??= entry.at;
    else if (kind === "taken_along" || kind === "not_taken_along") stop.taking = entry;
    else if (kind === "undone") stop.kept.pop();
    else if ((kind === "arrived" || kind in ENDS) && !isRepeated(stop.kept, entry)) stop.kept.push(entry);
  }
  return stops;
}

/** Tapped twice, or an arrival at a door where everything is done: it takes no undo of its own. */
function isRepeated(kept: readonly Entry[], { kind, outcome }: Entry): boolean {
  const last = kept.at(-1);
  if (!last) return false;
  return kind === "arrived" || (last.kind === kind && last.outcome === outcome);
}

const outcomeOf = ({ kind, outcome }: Entry): Outcome | null => outcome ?? ENDS[kind] ?? null;

/** @param entries everything of these stops, in any order */
export function foldStops(entries: readonly Entry[]): ReadonlyMap<number, FoldedStop> {
  const states = new Map<number, FoldedStop>();
  for (const [id, { kept, scannedAt, taking }] of keptOf(entries)) {
    const ends = kept.filter(({ kind }) => kind in ENDS);
    const last = ends.at(-1);
    states.set(id, {
      arrivedAt: kept.find(({ kind }) => kind === "arrived")?.at ?? null,
      endedAt: ends.find((end) => last && outcomeOf(end) === outcomeOf(last))?.at ?? null,
      outcome: last ? outcomeOf(last) : null,
      words: last?.words ?? "",
      scannedAt,
      taken: taking && taking.kind === "taken_along",
      takenWords: taking?.words ?? "",
    });
  }
  return states;
}

/** @param entries everything of one round, in any order */
export function foldShift(entries: readonly Entry[]): FoldedShift {
  const counted = new Set([...keptOf(entries).values()].flatMap(({ kept }) => kept.map(({ id }) => id)));
  const state = {
    acceptedAt: null as number | null,
    leftAt: null as number | null,
    backAt: null as number | null,
    heardAt: null as number | null,
    atDeliveryId: null as number | null,
    isServing: false,
    since: null as number | null,
  };
  for (const entry of inOrder(entries)) {
    const { at, kind, deliveryId } = entry;
    // Whoever is at a door again was not back yet.
    if (kind === "left" || (deliveryId !== null && counted.has(entry.id))) state.backAt = null;
    if (kind === "accepted") state.acceptedAt ??= at;
    else if (kind === "declined") state.acceptedAt = null;
    else if (HEARD.has(kind)) state.heardAt = at;
    if (kind === "left" && state.leftAt === null) {
      state.leftAt = at;
      if (state.atDeliveryId === null) state.since = at;
    } else if (kind === "arrived" && counted.has(entry.id)) {
      state.atDeliveryId = deliveryId;
      state.isServing = true;
      state.since = at;
    } else if (kind in ENDS && counted.has(entry.id)) {
      state.atDeliveryId = deliveryId;
      state.isServing = false;
      state.since = at;
    } else if (kind === "delay") state.since = at + (entry.minutes ?? 0) * MINUTE_MS;
    else if (kind === "back") state.backAt = at;
  }
  return state;
}

const HEARD: ReadonlySet<HappenedKind> = new Set([
  "scanned",
  "left",
  "arrived",
  "done",
  "not_there",
  "refused",
  "undone",
  "back",
  "delay",
]);
