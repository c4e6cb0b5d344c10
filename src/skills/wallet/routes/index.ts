import type { AnyRoute } from "#kernel";

/** All routes of the skill. */
export function walletRoutes(): readonly AnyRoute[] {
  return [];
}
