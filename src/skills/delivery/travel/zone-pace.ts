import { type DrivenLeg, learnZones, shrunkMedian } from "./learn-zones.ts";

/** How fast the zones of a city are beside its mean, evening by evening. How fast couriers are is their pace, and not this. */

/** A way from stop to stop, by zones; 0 = outside of every one. */
export interface ZonedLeg {
  readonly from: number;
  readonly to: number;
  /** Seconds under way as they were counted with this courier's pace and without anything learned of zones, and as it was. */
  readonly planned_s: number;
  readonly driven_s: number;
}

export interface ZonePace {
  readonly zoneId: number;
  readonly factor: number;
  /** It was learned from so many ways. */
  readonly legs: number;
}

/** One evening moves a zone by so much at most: a fair or a closed bridge is no new street. */
const MOST_STEP = 0.1;
/** Ways that weigh as much as believing that the evening was as fast as others. */
const PRIOR_LEGS = 12;

/**
 * What an evening teaches on top of what was believed (`learnZones`: medians, drawn towards it the more the fewer ways there
 * are; 0.6 to 2.5). What slows the whole city down moves no zone.
 * @returns each zone that was driven in, and those that were known
 */
export function nextZonePaces(legs: readonly ZonedLeg[], before: readonly ZonePace[]): ZonePace[] {
  const sane = legs.filter(({ planned_s, driven_s }) => planned_s > 0 && driven_s > 0);
  const driven = sane.flatMap(({ from, to }) => [from, to]);
  const zones = [...new Set([...before.map(({ zoneId }) => zoneId), ...driven])].sort((a, b) => a - b);
  if (zones.length < 2) return [...before];
  const known = new Map(before.map((one) => [one.zoneId, one]));
  const city = Math.exp(
    shrunkMedian(
      sane.map(({ planned_s, driven_s }) => Math.log(driven_s / planned_s)),
      0,
      PRIOR_LEGS,
    ),
  );
  const place = new Map(zones.map((zoneId, n) => [zoneId, n]));
  const relative = sane.map(
    (leg): DrivenLeg => ({
      from: place.get(leg.from) ?? -1,
      to: place.get(leg.to) ?? -1,
      planned_s: leg.planned_s,
      driven_s: leg.driven_s / city,
    }),
  );
  const prior = zones.map((zoneId) => known.get(zoneId)?.factor ?? 1);
  const learned = learnZones(relative, zones.length, prior);
  return zones.map((zoneId, n) => {
    const believed = prior[n] ?? 1;
    const step = Math.min(1 + MOST_STEP, Math.max(1 - MOST_STEP, (learned[n] ?? believed) / believed));
    const touched = sane.filter(({ from, to }) => from === zoneId || to === zoneId).length;
    return { zoneId, factor: believed * step, legs: (known.get(zoneId)?.legs ?? 0) + touched };
  });
}

/** Fewer ways say nothing yet, and less is not worth a table. */
const FEWEST_LEGS = 30;
const STEP_PERCENT = 5;

/** What a table counts with: hundredths in steps of five, only where enough is known and something differs. */
export function countedFactors(paces: readonly ZonePace[]): Record<string, number> {
  const counted = paces.flatMap(({ zoneId, factor, legs }) => {
    const percent = Math.round((factor * 100) / STEP_PERCENT) * STEP_PERCENT;
    return legs >= FEWEST_LEGS && percent !== 100 ? [[String(zoneId), percent] as const] : [];
  });
  return Object.fromEntries(counted);
}
