import type { Bounds, Found } from "../places/geocoder.ts";
import type { Asked, Outside } from "./asking.ts";

/** What an adapter asks for. */
export interface ServiceQuestion {
  readonly text: string;
  readonly language: "de" | "en";
  readonly bounds: Bounds;
}

/** A geocoding service outside, as one adapter speaks to it. */
export interface GeocodingService {
  readonly name: "photon" | "nominatim";
  /** Must stand where results are shown. */
  readonly attribution: string;
  /** Milliseconds from one request to the next at least, over all customers of the node. */
  readonly pace_ms: number;
  /** @returns up to three addresses, the likeliest first; the caller looks whether they are what was typed */
  find(outside: Outside, question: ServiceQuestion): Promise<Asked<readonly Found[]>>;
}

export interface ServiceAddress {
  /** Such as "https://photon.example.org". */
  readonly url: string;
  /** Who asks and how to be reached; services want to know it. */
  readonly agent: string;
}

export const GEOCODE_TIMEOUT_MS = 2_500;
export const MOST_RESULTS = 3;
