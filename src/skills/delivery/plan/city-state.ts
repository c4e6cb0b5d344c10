import { instantOf, localDate } from "#kernel";
import type { CityDocument } from "../api/cities.ts";
import { Buffers, type ZoneBuffer } from "../rules/buffers.ts";
import { type EveningWindow, windowsOf } from "../rules/windows.ts";
import { isInside, nearestOn, shapeOf, type ZoneShape } from "../rules/zones.ts";
import { fromGrid, toGrid } from "./grid.ts";
import type { LivePlan } from "./live-plan.ts";
import type { Coordinates } from "./promises.ts";

/** A city as offers need it, in memory. */

/** The version of an evening that must be read before anything is promised on it. */
export const UNREAD = -1;

/** An evening of a city; `plan` is null when what is stored breaks a rule, and once it is under way: then nothing is promised on it. */
export interface LiveEvening {
  readonly id: number;
  readonly serviceDate: string;
  readonly state: "planned" | "running" | "over";
  /** Of the evening's row: which state of the database this is. */
  version: number;
  windows: readonly EveningWindow[];
  /** The first round begins: what is promised later than this would not be on board. Infinity without any round. */
  readonly beginsAt: number;
  /** The most that one courier takes, and what all of them together may carry. */
  readonly capacityMost: number;
  readonly skillSets: readonly number[];
  plan: LivePlan | null;
}

export interface Served {
  /** 0 = there are no zones */
  readonly zoneId: number;
  /** On top of the city's buffer. */
  readonly buffer_s: number;
  readonly priceMinor: number;
}

type Zone = CityDocument["zones"][number] & ZoneShape;

export class CityState {
  /** By date. */
  readonly evenings: LiveEvening[] = [];
  #city: CityDocument;
  #version: number;
  #zones: readonly Zone[];
  #buffers: Buffers;

  /** @param version how often it was written. @param buffers what finished evenings taught */
  constructor(city: CityDocument, version = 0, buffers: readonly ZoneBuffer[] = []) {
    this.#city = city;
    this.#version = version;
    this.#zones = zonesOf(city);
    this.#buffers = new Buffers(buffers);
  }

  get city(): CityDocument {
    return this.#city;
  }

  get version(): number {
    return this.#version;
  }

  /** Its owner wrote it anew. Plans stay: what is promised is kept as it was promised; what is offered from now on follows. */
  rewrite(city: CityDocument, version: number, buffers: readonly ZoneBuffer[]): void {
    const { lat, lon } = this.#city.middle;
    const isElsewhere = city.middle.lat !== lat || city.middle.lon !== lon;
    this.#city = city;
    this.#version = version;
    this.#zones = zonesOf(city);
    this.#buffers = new Buffers(buffers);
    for (const evening of this.evenings) {
      evening.windows = this.windowsOn(evening.serviceDate);
      if (isElsewhere) evening.version = UNREAD;
    }
  }

  /** The zone of a place (where several overlap, the first); null when it is not served. */
  serves(place: Coordinates): Served | null {
    const at = toGrid(this.city.middle, place);
    if (this.#zones.length === 0)
      return Math.hypot(at.x, at.y) <= this.city.radiusMetres
        ? { zoneId: 0, buffer_s: 0, priceMinor: 0 }
        : null;
    const zone = this.#zones.find((one) => isInside(one, at));
    return zone ? { zoneId: zone.id, buffer_s: zone.bufferSeconds, priceMinor: zone.priceMinor } : null;
  }

  /** Seconds before a window's end that a plan leaves free: as learned for zone and hour, else as the owner says. */
  buffer_s({ zoneId, buffer_s }: Served, earliestAt: number): number {
    const { timeZone, bufferSeconds } = this.city;
    return this.#buffers.of(zoneId, { earliestAt, timeZone }) ?? bufferSeconds + buffer_s;
  }

  /** The nearest place that is served. */
  nearest(place: Coordinates): { readonly nearest: Coordinates; readonly distance_m: number } {
    const at = toGrid(this.city.middle, place);
    if (this.#zones.length === 0) {
      const far = Math.hypot(at.x, at.y);
      const share = this.city.radiusMetres / far;
      return {
        nearest: rounded(fromGrid(this.city.middle, { x: at.x * share, y: at.y * share })),
        distance_m: Math.round(far - this.city.radiusMetres),
      };
    }
    const points = this.#zones.map((zone) => nearestOn(zone, at));
    const best = points.reduce((a, b) => (b.distance < a.distance ? b : a));
    return { nearest: rounded(fromGrid(this.city.middle, best)), distance_m: Math.round(best.distance) };
  }

  put(evening: LiveEvening): void {
    const at = this.evenings.findIndex(({ id }) => id === evening.id);
    if (at >= 0) this.evenings[at] = evening;
    else {
      this.evenings.push(evening);
      this.evenings.sort((a, b) => (a.serviceDate < b.serviceDate ? -1 : 1));
    }
  }

  drop(ids: ReadonlySet<number>): void {
    const kept = this.evenings.filter(({ id }) => !ids.has(id));
    this.evenings.splice(0, this.evenings.length, ...kept);
  }

  /** The city's calendar day. @param now ms */
  today(now: number): string {
    return localDate(now, this.city.timeZone);
  }

  windowsOn(serviceDate: string): EveningWindow[] {
    return windowsOf(this.city.windows, { serviceDate, timeZone: this.city.timeZone });
  }

  /** Midnight of a day here, ms. */
  midnight(day: string): number {
    return instantOf(this.city.timeZone, day, 0);
  }
}

function zonesOf({ zones, middle }: CityDocument): readonly Zone[] {
  return zones.map((zone) => ({ ...zone, ...shapeOf(zone.polygon, (at) => toGrid(middle, at)) }));
}

const SIX_DIGITS = 1e6;
function rounded({ lat, lon }: Coordinates): Coordinates {
  return { lat: Math.round(lat * SIX_DIGITS) / SIX_DIGITS, lon: Math.round(lon * SIX_DIGITS) / SIX_DIGITS };
}
