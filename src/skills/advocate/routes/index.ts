import type { AnyRoute, House } from "#kernel";
import { cancellationRoutes } from "./cancellations.ts";
import { companyRoutes } from "./company.ts";
import { factRoutes } from "./facts.ts";
import { orderRoutes } from "./orders.ts";

export function advocateRoutes(house: House): readonly AnyRoute[] {
  return [...factRoutes(house), ...companyRoutes(house), ...orderRoutes(house), ...cancellationRoutes(house)];
}
