import { distanceMetres } from "./distance.ts";
import { fold } from "./words.ts";

/** Where something is: a point, or only what somebody calls it. */
export interface ReportedPlace {
  name: string;
  latitude: number | null;
  longitude: number | null;
}

/** An open report of the same kind. */
export interface Candidate {
  id: number;
  place: ReportedPlace;
  /** When somebody told it last, ms. */
  lastSaidAt: number;
}

export interface Nearness {
  radiusMetres: number;
  withinHours: number;
}

const HOUR_MS = 3_600_000;

/**
 * Finds the report that a new telling belongs to. Two points are compared by their distance; otherwise the names must
 * be the same words, because a name says nothing about how far away another point is. Of several the nearest counts,
 * then the oldest, so that the answer does not depend on the order given.
 * @returns its id, or null when this is something new
 */
export function findDuplicate(
  told: { place: ReportedPlace; saidAt: number },
  candidates: readonly Candidate[],
  nearness: Nearness,
): number | null {
  let best: { id: number; metres: number } | null = null;
  for (const { id, place, lastSaidAt } of candidates) {
    if (Math.abs(told.saidAt - lastSaidAt) > nearness.withinHours * HOUR_MS) continue;
    const metres = metresBetween(told.place, place);
    if (metres === null || metres > nearness.radiusMetres) continue;
    if (!best || metres < best.metres || (metres === best.metres && id < best.id)) best = { id, metres };
  }
  return best?.id ?? null;
}

/** @returns null when nothing can be said */
function metresBetween(a: ReportedPlace, b: ReportedPlace): number | null {
  if (a.latitude !== null && a.longitude !== null && b.latitude !== null && b.longitude !== null)
    return distanceMetres(
      { latitude: a.latitude, longitude: a.longitude },
      { latitude: b.latitude, longitude: b.longitude },
    );
  const name = fold(a.name);
  return name !== "" && name === fold(b.name) ? 0 : null;
}
