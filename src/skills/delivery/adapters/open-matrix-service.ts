import type { MatrixAddress, MatrixService } from "./matrix-service.ts";
import { openrouteservice } from "./openrouteservice.ts";
import { osrm } from "./osrm.ts";
import { valhalla } from "./valhalla.ts";

const SERVICES = { osrm, valhalla, openrouteservice } as const;
export type MatrixKind = keyof typeof SERVICES;

/** The adapter of a kind; nothing is asked yet. */
export function openMatrixService(kind: MatrixKind, address: MatrixAddress): MatrixService {
  return SERVICES[kind](address);
}
