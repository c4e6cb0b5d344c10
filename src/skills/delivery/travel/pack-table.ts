import type { Cells } from "./cells.ts";
import type { PairTable } from "./city-travel.ts";

/** A table in few bytes: one number a pair, because both directions are alike. Rounded up, so nothing becomes faster. */

/** A ten-thousandth of a second a metre: 0.05 % of a usual pace. */
const PACE_STEPS = 10_000;
const MOST = 0xffff;
/** Pace and extra seconds, two bytes each. */
const BYTES_A_PAIR = 4;

const pairsOf = (count: number): number => (count * (count + 1)) / 2;

/** 900 cells make 1.6 MB. */
export function packTable({ secondsPerMetre, extra_s }: PairTable, cells: Pick<Cells, "count">): Buffer {
  const { count } = cells;
  const packed = Buffer.alloc(BYTES_A_PAIR * pairsOf(count));
  let at = 0;
  for (let a = 0; a < count; a++)
    for (let b = a; b < count; b++) {
      const pace = Math.ceil((secondsPerMetre[a * count + b] as number) * PACE_STEPS - 1e-3);
      const extra = Math.ceil((extra_s[a * count + b] as number) - 1e-3);
      at = packed.writeUInt16LE(Math.min(MOST, Math.max(0, pace)), at);
      at = packed.writeUInt16LE(Math.min(MOST, Math.max(0, extra)), at);
    }
  return packed;
}

/** @throws RangeError for bytes of other cells */
export function unpackTable(packed: Uint8Array, cells: Pick<Cells, "count">): PairTable {
  const { count } = cells;
  if (packed.length !== BYTES_A_PAIR * pairsOf(count))
    throw new RangeError("The table does not belong to these cells.");
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const secondsPerMetre = new Float32Array(count * count);
  const extra_s = new Float32Array(count * count);
  let at = 0;
  for (let a = 0; a < count; a++)
    for (let b = a; b < count; b++, at += BYTES_A_PAIR) {
      const pace = bytes.readUInt16LE(at) / PACE_STEPS;
      const extra = bytes.readUInt16LE(at + 2);
      for (const pair of [a * count + b, b * count + a]) {
        secondsPerMetre[pair] = pace;
        extra_s[pair] = extra;
      }
    }
  return { secondsPerMetre, extra_s };
}
