import type { FakeRoute } from "./route.ts";
import { conversationRoutes } from "./routes-conversations.ts";
import { houseRoutes } from "./routes-house.ts";
import { knowledgeRoutes } from "./routes-knowledge.ts";
import { lookupRoutes } from "./routes-lookup.ts";
import { noticeRoutes } from "./routes-notices.ts";
import { sessionRoutes } from "./routes-session.ts";
import { sourceRoutes } from "./routes-sources.ts";
import { subscriptionRoutes } from "./routes-subscriptions.ts";
import { teachingRoutes } from "./routes-teaching.ts";
import { telephoneRoutes } from "./routes-telephone.ts";

export const routes: readonly FakeRoute[] = [
  ...sessionRoutes,
  ...conversationRoutes,
  ...houseRoutes,
  ...knowledgeRoutes,
  ...teachingRoutes,
  ...lookupRoutes,
  ...noticeRoutes,
  ...sourceRoutes,
  ...subscriptionRoutes,
  ...telephoneRoutes,
];
