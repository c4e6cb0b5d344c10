import { toGrid } from "../plan/grid.ts";
import type { Coordinates } from "../plan/promises.ts";
import { isInside, shapeOf } from "../rules/zones.ts";
import type { ZonedLeg } from "../travel/zone-pace.ts";
import type { ZoneBorder } from "./begin-and-end.ts";
import { finishedIn } from "./learn.ts";
import type { Running } from "./running.ts";

/** What an evening's finished ways say of its zones. Pure. */

/** @returns the zone of a place; 0 = outside of every one */
export function zoneFinder(zones: readonly ZoneBorder[], middle: Coordinates): (at: Coordinates) => number {
  const shapes = zones.map(({ id, polygon }) => ({ id, ...shapeOf(polygon, (at) => toGrid(middle, at)) }));
  return (at) => shapes.find((shape) => isInside(shape, toGrid(middle, at)))?.id ?? 0;
}

/**
 * @param counted what the evening's own table counted with, hundredths by zone: it is taken out again
 * @returns ways without setting off and parking, by the pace of whoever drove
 */
export function zoneLegs(
  { evening, nodes, learned }: Running,
  zones: readonly ZoneBorder[],
  counted: Readonly<Record<string, number>>,
): ZonedLeg[] {
  const zoneOf = zoneFinder(zones, evening.middle);
  const factorOf = (zone: number): number => (counted[String(zone)] ?? 100) / 100;
  const parking_s = evening.travel.table?.leg_s ?? evening.travel.leg_s;
  return finishedIn(evening, nodes).map(({ shift, from, to, took }) => {
    const [a, b] = [zoneOf(from), zoneOf(to)];
    const pace = learned.paceOf(shift).legFactor;
    return {
      from: a,
      to: b,
      planned_s: ((took.leg_s - parking_s) * pace) / Math.sqrt(factorOf(a) * factorOf(b)),
      driven_s: took.legTook_s - parking_s * pace,
    };
  });
}
