import type { LatLon } from "../places/geocoder.ts";

/** A question for times from each source to each target. */
export interface MatrixQuestion {
  readonly sources: readonly LatLon[];
  readonly targets: readonly LatLon[];
  /** Local time of departure, "2026-11-24T18:00"; services that know the time of day use it. */
  readonly departLocal: string | null;
}

export interface Matrix {
  /** Seconds, row by row; NaN where the service knows no way. */
  readonly seconds: Float32Array;
  /** Said by whom; "embedded" where no service answered in time. */
  readonly from: "embedded" | "osrm" | "valhalla" | "openrouteservice";
}

/** Times between places. Never throws for what a service outside does: then they are the embedded ones. */
export interface TravelTimes {
  matrix(question: MatrixQuestion): Promise<Matrix>;
}
