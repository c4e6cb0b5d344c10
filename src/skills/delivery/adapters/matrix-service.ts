import type { MatrixQuestion } from "../travel/travel-times.ts";
import type { Asked, Outside } from "./asking.ts";

/** A routing service outside, as one adapter speaks to it. */
export interface MatrixService {
  readonly name: "osrm" | "valhalla" | "openrouteservice";
  /** Places that one request may have: sources and targets each, or their product. */
  readonly most: { readonly sources: number; readonly targets: number };
  /** Milliseconds from one request to the next at least. */
  readonly pace_ms: number;
  /** One request, within `most`. @returns seconds row by row, NaN where there is no way */
  ask(outside: Outside, question: MatrixQuestion): Promise<Asked<Float32Array>>;
}

export interface MatrixAddress {
  /** Such as "http://osrm.example.org:5000". */
  readonly url: string;
  /** As the service calls it: "driving", "auto", "driving-car", "cycling-regular"; "" for the adapter's own. */
  readonly profile: string;
  /** "" where none is asked for. */
  readonly key: string;
  /** Who asks. */
  readonly agent: string;
}

export const MATRIX_TIMEOUT_MS = 5_000;

/** @returns null when the answer has another size than the question: then it is not believed at all */
export function flatten(
  rows: readonly (readonly (number | null)[])[],
  { sources, targets }: Pick<MatrixQuestion, "sources" | "targets">,
): Float32Array | null {
  if (rows.length !== sources.length || rows.some((row) => row.length !== targets.length)) return null;
  return Float32Array.from(rows.flat(), (one) => (one === null || one < 0 ? Number.NaN : one));
}
