import { InstanceFault } from "../instance-fault.ts";
import type { Instance } from "./instance.ts";
import { toNumber } from "./numbers.ts";
import type { Entries } from "./vrplib-entries.ts";

/** For each format, the columns that a row of the matrix has in the file. */
const FORMATS: Readonly<Record<string, (row: number, size: number) => [from: number, to: number]>> = {
  FULL_MATRIX: (_, size) => [0, size],
  UPPER_ROW: (row, size) => [row + 1, size],
  UPPER_DIAG_ROW: (row, size) => [row, size],
  LOWER_ROW: (row) => [0, row],
  LOWER_DIAG_ROW: (row) => [0, row + 1],
};

/** Distances that the file lists; @throws InstanceFault when a row or a number is missing */
export function explicitDistances(
  entries: Entries,
  dimension: number,
): Pick<Instance, "distance" | "areDistancesWhole"> {
  const name = entries.keys.get("EDGE_WEIGHT_FORMAT") ?? "is missing; it";
  const format = FORMATS[name];
  if (!format)
    throw new InstanceFault(`EDGE_WEIGHT_FORMAT ${name} is none of ${Object.keys(FORMATS).join(", ")}.`);
  const rows = entries.sections.get("EDGE_WEIGHT_SECTION");
  if (!rows) throw new InstanceFault("EDGE_WEIGHT_SECTION is missing.");
  const numbers = rows.flatMap(({ line, words }) => words.map((word) => toNumber(word, `line ${line}`)));
  const matrix = new Float64Array(dimension * dimension);
  let at = 0;
  for (let row = 0; row < dimension; row++) {
    const [from, to] = format(row, dimension);
    if (at + to - from > numbers.length)
      throw new InstanceFault(
        `EDGE_WEIGHT_SECTION ends in row ${row + 1} of ${dimension}: ${numbers.length} numbers are there.`,
      );
    for (let column = from; column < to; column++) {
      const value = numbers[at++] as number;
      if (value < 0 && row !== column)
        throw new InstanceFault(
          `The distance from ${row + 1} to ${column + 1} is ${value}: less than nothing.`,
        );
      matrix[row * dimension + column] = row === column ? 0 : value;
      if (name !== "FULL_MATRIX") matrix[column * dimension + row] = row === column ? 0 : value;
    }
  }
  if (at < numbers.length)
    throw new InstanceFault(`EDGE_WEIGHT_SECTION has ${numbers.length} numbers, ${at} belong there.`);
  return {
    distance: (from, to) => matrix[from * dimension + to] as number,
    areDistancesWhole: matrix.every(Number.isInteger),
  };
}
