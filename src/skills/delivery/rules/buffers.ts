import { wallMinutes } from "./spoken/spoken-window.ts";

/** The buffer before a window's end that finished evenings taught. */

export interface ZoneBuffer {
  /** 0 = the whole city */
  readonly zoneId: number;
  /** Of the city's clock, in which the window begins. */
  readonly hour: number;
  readonly buffer_s: number;
}

/** The hour of the city's clock in which a window begins. */
export const hourOf = (earliestAt: number, timeZone: string): number =>
  Math.floor(wallMinutes(earliestAt, timeZone) / 60);

/** By zone and hour; a zone that taught nothing yet has the city's. */
export class Buffers {
  readonly #byKey: ReadonlyMap<string, number>;

  constructor(buffers: readonly ZoneBuffer[]) {
    this.#byKey = new Map(buffers.map(({ zoneId, hour, buffer_s }) => [`${zoneId} ${hour}`, buffer_s]));
  }

  /** @returns seconds, undefined where nothing was learned */
  of(zoneId: number, { earliestAt, timeZone }: { earliestAt: number; timeZone: string }): number | undefined {
    if (this.#byKey.size === 0) return undefined;
    const hour = hourOf(earliestAt, timeZone);
    return this.#byKey.get(`${zoneId} ${hour}`) ?? this.#byKey.get(`0 ${hour}`);
  }
}
