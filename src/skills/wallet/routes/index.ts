import type { AnyRoute, House } from "#kernel";
import type { Outside } from "../ports.ts";
import { runnerOf } from "../store/runner.ts";
import { coinRoutes } from "./coin.ts";
import { recoveryRoutes } from "./recovery.ts";
import { redeemingRoutes } from "./redeeming.ts";
import { tillRoutes } from "./till.ts";
import { walletRoutes } from "./wallet.ts";

/** All routes of the skill. */
export function allRoutes(house: House, outside: Outside): readonly AnyRoute[] {
  runnerOf(house, outside);
  return [
    ...walletRoutes(house, outside),
    ...recoveryRoutes(house, outside),
    ...tillRoutes(house, outside),
    ...redeemingRoutes(house, outside),
    ...coinRoutes(house, outside),
  ];
}
