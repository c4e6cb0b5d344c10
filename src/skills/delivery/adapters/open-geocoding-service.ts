import type { GeocodingService, ServiceAddress } from "./geocoding-service.ts";
import { nominatim } from "./nominatim.ts";
import { photon } from "./photon.ts";

const SERVICES = { photon, nominatim } as const;
export type GeocodingKind = keyof typeof SERVICES;

/** The adapter of a kind; nothing is asked yet. */
export function openGeocodingService(kind: GeocodingKind, address: ServiceAddress): GeocodingService {
  return SERVICES[kind](address);
}
