import type { LatLon } from "./geocoder.ts";
import type { HouseNumber } from "./house-number.ts";

/** The houses of a street in few bytes: they stand in one row of the database, and only asked-for streets are read. */

export interface House extends HouseNumber, LatLon {}

/** 0.11 m. */
const STEPS_PER_DEGREE = 1e6;

class Writer {
  readonly #bytes: number[] = [];
  unsigned(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes.push((rest % 128) | 0x80);
      rest = Math.floor(rest / 128);
    }
    this.#bytes.push(rest);
  }
  signed(value: number): void {
    this.unsigned(value < 0 ? -2 * value - 1 : 2 * value);
  }
  text(value: string): void {
    const bytes = Buffer.from(value, "utf8");
    this.unsigned(bytes.length);
    for (const byte of bytes) this.#bytes.push(byte);
  }
  done(): Buffer {
    return Buffer.from(this.#bytes);
  }
}

/** Places as the differences from one to the next, everything as numbers of seven bits a byte. */
export function packHouses(houses: readonly House[]): Buffer {
  const out = new Writer();
  out.unsigned(houses.length);
  let [lat, lon] = [0, 0];
  for (const house of houses) {
    const [nextLat, nextLon] = [
      Math.round(house.lat * STEPS_PER_DEGREE),
      Math.round(house.lon * STEPS_PER_DEGREE),
    ];
    out.unsigned(house.n);
    out.unsigned(house.to);
    out.text(house.suffix);
    out.signed(nextLat - lat);
    out.signed(nextLon - lon);
    [lat, lon] = [nextLat, nextLon];
  }
  return out.done();
}

/** @throws RangeError for bytes that `packHouses` did not make */
export function unpackHouses(bytes: Uint8Array): House[] {
  let at = 0;
  const unsigned = (): number => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError("houses end early");
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  };
  const signed = (): number => {
    const value = unsigned();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  };
  const text = (): string => {
    const length = unsigned();
    if (length > bytes.length - at) throw new RangeError("houses end early");
    at += length;
    return length === 0 ? "" : Buffer.from(bytes.subarray(at - length, at)).toString("utf8");
  };
  const houses: House[] = [];
  let [lat, lon] = [0, 0];
  for (let left = unsigned(); left > 0; left--) {
    const [n, to, suffix] = [unsigned(), unsigned(), text()];
    lat += signed();
    lon += signed();
    houses.push({ n, to, suffix, lat: lat / STEPS_PER_DEGREE, lon: lon / STEPS_PER_DEGREE });
  }
  return houses;
}
