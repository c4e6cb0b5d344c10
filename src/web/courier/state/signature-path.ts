/** Points of a finger, in the units of the field. */
export type Line = readonly (readonly [number, number])[];

const MOST_CHARACTERS = 20_000;

/** As the path of an SVG; what is longer than the contract allows loses its last lines. */
export function pathOf(lines: readonly Line[]): string {
  const path = lines
    .filter((line) => line.length > 1)
    .map((line) => `M${line.map(([x, y]) => `${x} ${y}`).join("L")}`)
    .join("");
  return path.length <= MOST_CHARACTERS ? path : path.slice(0, path.lastIndexOf("M", MOST_CHARACTERS));
}
