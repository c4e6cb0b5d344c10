import type { AnyRoute, House } from "#kernel";
import type { Outside } from "../ports.ts";
import { callRoutes } from "./calls.ts";
import { hookRoutes } from "./hook.ts";
import { importRoutes } from "./imports.ts";
import { lineRoutes } from "./lines.ts";
import { missedRoutes } from "./missed.ts";

export function telephoneRoutes(house: House, outside: Outside): readonly AnyRoute[] {
  return [
    ...callRoutes(house, outside),
    ...missedRoutes(house),
    ...lineRoutes(house, outside),
    ...importRoutes(house),
    ...hookRoutes(house, outside),
  ];
}
