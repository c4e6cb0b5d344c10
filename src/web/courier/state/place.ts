import type { Session } from "./session.ts";

/** Where the courier is: only while a round is out and the courier allows it, once a minute at most. */

const EVERY_MS = 60_000;
/** Nearer than this, the courier stands at the door. */
const THERE_M = 50;
const EARTH_M = 6_371_000;

interface Coordinates {
  readonly lat: number;
  readonly lon: number;
}

export interface Watched {
  readonly shiftId: number;
  /** The next stop, and whether its arrival was recorded. */
  readonly next: { readonly deliveryId: number; readonly place: Coordinates } | null;
}

/**
 * @param now what is out at this moment; null: nothing, and nothing is told
 * @returns ends it
 */
export function watchPlace(session: Session, now: () => Watched | null, arrived: Set<number>): () => void {
  if (!("geolocation" in navigator)) return () => undefined;
  let lastAt = 0;
  const id = navigator.geolocation.watchPosition(
    ({ coords }) => {
      const watched = now();
      if (!watched) return;
      const { shiftId, next } = watched;
      const place = { lat: coords.latitude, lon: coords.longitude };
      if (
        next &&
        !arrived.has(next.deliveryId) &&
        metresBetween(place, next.place) + coords.accuracy < THERE_M
      ) {
        arrived.add(next.deliveryId);
        void session.act([{ kind: "arrive", shiftId, deliveryId: next.deliveryId }]);
      }
      if (Date.now() - lastAt < EVERY_MS) return;
      lastAt = Date.now();
      void session.act([{ kind: "place", shiftId, place }]);
    },
    () => undefined,
    { enableHighAccuracy: true, maximumAge: 30_000 },
  );
  return () => navigator.geolocation.clearWatch(id);
}

export function metresBetween(a: Coordinates, b: Coordinates): number {
  const rad = Math.PI / 180;
  const x = (b.lon - a.lon) * rad * Math.cos(((a.lat + b.lat) / 2) * rad);
  const y = (b.lat - a.lat) * rad;
  return EARTH_M * Math.hypot(x, y);
}
