import type { AnyRoute, House } from "#kernel";
import type { Hours } from "../ports.ts";
import type { KnowledgeCache } from "../store/knowledge-cache.ts";
import { knowledgeRoutes } from "./knowledge.ts";
import { topicRoutes } from "./topics.ts";

/** What the routes need beside the house. */
export interface RouteParts {
  cache: KnowledgeCache;
  hours: Hours;
}

export function serviceRoutes(house: House, parts: RouteParts): readonly AnyRoute[] {
  return [...topicRoutes(house), ...knowledgeRoutes(house, parts)];
}
