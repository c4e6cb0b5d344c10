import type { FakeRoute } from "./route.ts";
import { conversationRoutes } from "./routes-conversations.ts";
import { houseRoutes } from "./routes-house.ts";
import { knowledgeRoutes } from "./routes-knowledge.ts";
import { sessionRoutes } from "./routes-session.ts";

export const routes: readonly FakeRoute[] = [
  ...sessionRoutes,
  ...conversationRoutes,
  ...houseRoutes,
  ...knowledgeRoutes,
];
