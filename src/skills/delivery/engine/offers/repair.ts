import type { Found, PlanRows, TimedStop } from "./plan-rows.ts";
import { Timetable } from "./timetable.ts";
import { type Travel, wayAt } from "./travel.ts";

/**
 * Routes of the optimiser, which counts every way once for all day, judged by times that change through it: who would be late
 * goes to another place. @returns null where somebody has none, or what is frozen would be late
 */
export function repairRoutes(
  rows: PlanRows,
  travel: Travel,
  routes: readonly (readonly number[])[],
): number[][] | null {
  const stopOf = new Map(rows.stops.map((stop) => [stop.node, stop]));
  const out = new Set<number>();
  const kept = routes.map((route, slot) => inTime(route, { rows, travel, slot, stopOf, out }));
  if (kept.some((route) => route === null)) return null;
  const table = new Timetable(rows.shifts, travel);
  const stops = rows.stops.filter(({ node }) => !out.has(node));
  if (!table.restore(stops, kept as number[][], rows.frozen)) return null;
  const lost = [...out]
    .flatMap((node) => stopOf.get(node) ?? [])
    .filter(({ mate, isPickup }) => mate === undefined || !isPickup);
  // The most urgent first; equal ones by number, so that no two machines differ.
  lost.sort((a, b) => a.latest - b.latest || a.node - b.node);
  for (const stop of lost) if (!isInserted(table, { stop, stopOf, travel })) return null;
  return table.rows().routes.map((route) => [...route]);
}

interface Judging {
  readonly rows: PlanRows;
  readonly travel: Travel;
  readonly slot: number;
  readonly stopOf: ReadonlyMap<number, TimedStop>;
  /** Who is taken out is added. */
  readonly out: Set<number>;
}

/** The route without those who would be late, and without the other stops of their parcels; null where one of them is frozen. */
function inTime(route: readonly number[], { rows, travel, slot, stopOf, out }: Judging): number[] | null {
  const frozen = rows.frozen[slot] ?? 0;
  let left = [...route];
  for (let late = firstLate(left); late >= 0; late = firstLate(left)) {
    const node = left[late] as number;
    const { mate } = stopOf.get(node) as TimedStop;
    const isFrozen = late < frozen || (mate !== undefined && left.indexOf(mate) < frozen);
    if (isFrozen) return null;
    for (const one of mate === undefined ? [node] : [node, mate]) out.add(one);
    left = left.filter((one) => !out.has(one));
  }
  return left;

  /** Place of the first stop that is late; of the last one where only the way home is; -1 for none. */
  function firstLate(order: readonly number[]): number {
    const { earliest, latest } = rows.shifts[slot] as PlanRows["shifts"][number];
    let at = 2 * slot;
    let now = earliest;
    for (const [n, node] of order.entries()) {
      const stop = stopOf.get(node) as TimedStop;
      now = Math.max(now + wayAt(travel, at, node, now), stop.earliest);
      if (now > stop.latest) return n;
      now += stop.service_s;
      at = node;
    }
    return order.length > 0 && now + wayAt(travel, at, 2 * slot + 1, now) > latest ? order.length - 1 : -1;
  }
}

interface Inserting {
  readonly stop: TimedStop;
  readonly stopOf: ReadonlyMap<number, TimedStop>;
  readonly travel: Travel;
}

function isInserted(table: Timetable, { stop, stopOf, travel }: Inserting): boolean {
  const nodes = 1 + Math.max(...stopOf.keys());
  const one = (value: number) => Int32Array.of(value);
  const found: Found & { readonly pickupPlaces: Int32Array } = {
    opens: one(stop.earliest),
    closes: one(stop.latest),
    costs: one(0x7fffffff),
    places: one(0),
    slots: one(-1),
    pickupPlaces: one(0),
  };
  const rowsOf = (node: number) => ({
    there: Int32Array.from({ length: nodes }, (_, other) => travel.between(other, node)),
    back: Int32Array.from({ length: nodes }, (_, other) => travel.between(node, other)),
  });
  const { mate, service_s, skills } = stop;
  const pickup = mate === undefined ? undefined : stopOf.get(mate);
  const demand = Math.abs(stop.demand);
  if (!pickup) table.search({ service_s, demand, skills }, { ...rowsOf(stop.node), windows: 1 }, found);
  else
    table.searchPairs(
      { demand, skills },
      {
        pickup: rowsOf(pickup.node),
        delivery: rowsOf(stop.node),
        between: travel.between(pickup.node, stop.node),
        pickupService_s: pickup.service_s,
        pickupOpens: pickup.earliest,
        pickupCloses: pickup.latest,
        service_s,
        windows: 1,
      },
      found,
    );
  const [slot = -1] = found.slots;
  if (slot < 0) return false;
  const [place = 0] = found.places;
  if (pickup) table.insertPair(pickup, stop, { slot, place, pickupPlace: found.pickupPlaces[0] ?? 0 });
  else table.insert(stop, slot, place);
  return true;
}
