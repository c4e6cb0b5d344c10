import type { AnyRoute, House } from "#kernel";
import type { Embedder } from "../adapters/embedding/embedder.ts";
import type { Hours, NodeSecrets } from "../ports.ts";
import type { KnowledgeCache } from "../store/knowledge-cache.ts";
import { flowPlayRoutes } from "./flow-play.ts";
import { flowRoutes } from "./flows.ts";
import { healthRoutes } from "./health.ts";
import { intakeRoutes } from "./intake.ts";
import { knowledgeRoutes } from "./knowledge.ts";
import { packRoutes } from "./packs.ts";
import { teachingRoutes } from "./teaching.ts";
import { topicRoutes } from "./topics.ts";
import { versionRoutes } from "./versions.ts";

/** What the routes need beside the house. */
export interface RouteParts {
  cache: KnowledgeCache;
  hours: Hours;
  secrets: NodeSecrets;
  embedder: Embedder | null;
}

export function serviceRoutes(house: House, parts: RouteParts): readonly AnyRoute[] {
  return [
    ...flowRoutes(house, parts),
    ...flowPlayRoutes(house, parts),
    ...topicRoutes(house),
    ...knowledgeRoutes(house, parts),
    ...healthRoutes(house, parts),
    ...packRoutes(house),
    ...intakeRoutes(house),
    ...versionRoutes(house, parts),
    ...teachingRoutes(house, parts),
  ];
}
