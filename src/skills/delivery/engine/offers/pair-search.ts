import type { TimedStop } from "./plan-rows.ts";

/** A row of the timetable, as the search for a pair of places needs it. */
export interface PairRow {
  readonly slot: number;
  /** Indices: of the start, of the last place that is frozen, and of the last place. */
  readonly base: number;
  readonly first: number;
  readonly end: number;
  /** The most that may be on board before the parcel comes in. */
  readonly room: number;
  readonly node: Int32Array;
  readonly depart: Int32Array;
  readonly latest: Int32Array;
  readonly leg: Int32Array;
  readonly onBoard: Int32Array;
  stopOf(node: number): TimedStop | undefined;
  /** As `TravelClock`; where ways take the same all day, a sum and a difference. */
  arrive(depart: number, way_s: number): number;
  leaveBy(arrive: number, way_s: number): number;
}

/** Times from and to all nodes of both places, and from the one to the other. */
export interface PairQuestion {
  readonly pickup: { readonly there: Int32Array; readonly back: Int32Array };
  readonly delivery: { readonly there: Int32Array; readonly back: Int32Array };
  readonly between: number;
  readonly pickupService_s: number;
  readonly pickupOpens: number;
  readonly pickupCloses: number;
  readonly service_s: number;
  readonly windows: number;
}

/** The windows of the delivery, and the best pair of places for each. */
export interface FoundPairs {
  readonly opens: Int32Array;
  readonly closes: Int32Array;
  readonly costs: Int32Array;
  readonly slots: Int32Array;
  readonly places: Int32Array;
  readonly pickupPlaces: Int32Array;
}

/** For each place of the pick-up the row is driven on with it, and the delivery tried behind every stop that is reached in time. */
export function searchPairs(row: PairRow, asked: PairQuestion, found: FoundPairs): void {
  const { base, first, end, room, node, depart, latest, leg, onBoard } = row;
  const { pickup, delivery, between, pickupOpens, pickupCloses, pickupService_s } = asked;
  for (let i = first; i <= end; i++) {
    if ((depart[i] as number) > pickupCloses) break;
    const ahead = pickup.there[node[i] as number] as number;
    const begin = Math.max(row.arrive(depart[i] as number, ahead), pickupOpens);
    if (begin > pickupCloses) continue;
    let now = begin + pickupService_s;
    const apart = ahead + (pickup.back[node[i + 1] as number] as number) - (leg[i] as number);
    for (let j = i; j <= end && (onBoard[j] as number) <= room; j++) {
      const after = node[j + 1] as number;
      const onwards = delivery.back[after] as number;
      const way = j === i ? between : (delivery.there[node[j] as number] as number);
      const cost = (j === i ? ahead + between : apart + way) + onwards - (leg[j] as number);
      const until = row.leaveBy(latest[j + 1] as number, onwards) - asked.service_s;
      keepCheapest(found, asked.windows, {
        cost,
        from: row.arrive(now, way),
        until,
        slot: row.slot,
        place: j - base,
        pickupPlace: i - base,
      });
      now = row.arrive(now, j === i ? (pickup.back[after] as number) : (leg[j] as number));
      if (j === end || now > (latest[j + 1] as number)) break;
      const stop = row.stopOf(after);
      now = Math.max(now, stop?.earliest ?? now) + (stop?.service_s ?? 0);
    }
  }
}

interface Candidate {
  readonly cost: number;
  /** The delivery is reached then, and must begin by then for what follows. */
  readonly from: number;
  readonly until: number;
  readonly slot: number;
  readonly place: number;
  readonly pickupPlace: number;
}

function keepCheapest(found: FoundPairs, windows: number, candidate: Candidate): void {
  const { cost, from, until } = candidate;
  for (let w = 0; w < windows; w++) {
    if (cost >= (found.costs[w] as number)) continue;
    const begin = Math.max(from, found.opens[w] as number);
    if (begin > until || begin > (found.closes[w] as number)) continue;
    found.costs[w] = cost;
    found.slots[w] = candidate.slot;
    found.places[w] = candidate.place;
    found.pickupPlaces[w] = candidate.pickupPlace;
  }
}

/** Of each parcel that is picked up on the way both stops are there, the pick-up first. */
export function arePairsWhole(stops: readonly TimedStop[]): boolean {
  const picked = new Set<number>();
  for (const { node, mate, isPickup } of stops) {
    if (mate === undefined) continue;
    if (isPickup) picked.add(node);
    else if (!picked.delete(mate)) return false;
  }
  return picked.size === 0;
}

/** The most that is on board at any moment of a row. */
export function mostOnBoard(stops: readonly TimedStop[]): number {
  let now = stops.reduce((sum, { demand }) => sum + demand, 0);
  let most = now;
  for (const { demand, mate } of stops) {
    now += mate === undefined ? -demand : demand;
    most = Math.max(most, now);
  }
  return most;
}
