import type { AnyRoute, House } from "#kernel";
import type { Feeder } from "../store/feeder.ts";
import { composerRoutes } from "./composer.ts";
import { noticeRoutes } from "./notices.ts";
import { type PublicParts, publicRoutes } from "./public.ts";
import { subscriptionRoutes } from "./subscriptions.ts";
import { topicRoutes } from "./topics.ts";

export function noticesRoutes(house: House, feeder: Feeder, parts: PublicParts): readonly AnyRoute[] {
  return [
    ...topicRoutes(house, feeder),
    ...subscriptionRoutes(house),
    ...noticeRoutes(house, feeder),
    ...composerRoutes(house),
    ...publicRoutes(house, parts),
  ];
}
