import type { FakeRoute } from "./route.ts";
import { conversationRoutes } from "./routes-conversations.ts";
import { houseRoutes } from "./routes-house.ts";
import { knowledgeRoutes } from "./routes-knowledge.ts";
import { noticeRoutes } from "./routes-notices.ts";
import { sessionRoutes } from "./routes-session.ts";
import { sourceRoutes } from "./routes-sources.ts";
import { subscriptionRoutes } from "./routes-subscriptions.ts";

export const routes: readonly FakeRoute[] = [
  ...sessionRoutes,
  ...conversationRoutes,
  ...houseRoutes,
  ...knowledgeRoutes,
  ...noticeRoutes,
  ...sourceRoutes,
  ...subscriptionRoutes,
];
