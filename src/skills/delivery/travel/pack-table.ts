import type { Cells } from "./cells.ts";
import type { PairTable } from "./city-travel.ts";

/** A table in few bytes, as it is counted with and as it is stored. Rounded up, so nothing becomes faster. */

/** Seconds a metre: 0.05 % of a usual pace. */
export const STEP = 1e-4;
const STEPS_A_SECOND = 10_000;
const MOST = 0xffff;
/** Pace and extra seconds, two bytes each. */
const BYTES_A_PAIR = 4;

const pairsOf = (count: number): number => (count * (count + 1)) / 2;

/** Of each pair the extra seconds (upper half) and the pace in steps (lower half): one look-up a stop. */
export function inSteps({ secondsPerMetre, extra_s }: PairTable): Uint32Array {
  const steps = new Uint32Array(secondsPerMetre.length);
  const up = (value: number) => Math.min(MOST, Math.max(0, Math.ceil(value - 1e-3)));
  for (let at = 0; at < secondsPerMetre.length; at++) {
    steps[at] = up(extra_s[at] as number) * 0x10000 + up((secondsPerMetre[at] as number) * STEPS_A_SECOND);
  }
  return steps;
}

/** One direction of each pair, because both are alike: 900 cells make 1.6 MB. */
export function packTable(table: PairTable, { count }: Pick<Cells, "count">): Buffer {
  const steps = inSteps(table);
  const packed = Buffer.alloc(BYTES_A_PAIR * pairsOf(count));
  let at = 0;
  for (let a = 0; a < count; a++)
    for (let b = a; b < count; b++) {
      at = packed.writeUInt32LE(steps[a * count + b] as number, at);
    }
  return packed;
}

/**
 * As it is counted with, one look-up a pair in both directions: 900 cells are 3.2 MB in memory, a third of the numbers themselves.
 * @throws RangeError for bytes of other cells
 */
export function unpackTable(packed: Uint8Array, cells: Pick<Cells, "count">): Uint32Array {
  const { count } = cells;
  if (packed.length !== BYTES_A_PAIR * pairsOf(count))
    throw new RangeError("The table does not belong to these cells.");
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const steps = new Uint32Array(count * count);
  let at = 0;
  for (let a = 0; a < count; a++)
    for (let b = a; b < count; b++, at += BYTES_A_PAIR) {
      const pair = bytes.readUInt32LE(at);
      steps[a * count + b] = pair;
      steps[b * count + a] = pair;
    }
  return steps;
}
