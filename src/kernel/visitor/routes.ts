import type { FastifyRequest } from "fastify";
import {
  companyPage,
  visitorHistory,
  visitorSeen,
  visitorSend,
  visitorSettings,
  visitorTyping,
} from "../api/visitor.ts";
import type { Ingest } from "../dialogue/ingest.ts";
import { rateLimiter } from "../http/limits.ts";
import { type AnyRoute, route } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import { accountOf, takeOne, visitorOf } from "./door.ts";
import { MESSAGES, SEEN, TYPING } from "./limits.ts";
import { companyPageOf, settingsOf, type VisitorHooks } from "./settings.ts";
import { type Act, history, seen, speak, type } from "./speak.ts";

export interface VisitorParts {
  ingest: Ingest;
  hooks: VisitorHooks;
}

const SETTINGS_CACHE = "public, max-age=60";
const ACCEPTED = { accepted: true } as const;

/** The contracts of api/visitor.ts. `registerVisitor` adds the door before them, files and the stream. */
export function visitorRoutes(kernel: Kernel, parts: VisitorParts): AnyRoute[] {
  const messages = rateLimiter(MESSAGES, kernel.clock);
  const receipts = rateLimiter(SEEN, kernel.clock);
  const typing = rateLimiter(TYPING, kernel.clock);
  const actOf = (request: FastifyRequest): Act => ({
    kernel,
    ingest: parts.ingest,
    visitor: visitorOf(kernel, request),
    key: accountOf(kernel, request).address,
  });
  return [
    route(visitorSettings, async ({ request, reply }) => {
      const settings = await settingsOf(kernel, accountOf(kernel, request), parts.hooks);
      reply.header("cache-control", SETTINGS_CACHE);
      return settings;
    }),
    route(visitorSend, async ({ request, body }) => {
      const act = actOf(request);
      takeOne(messages, act.visitor.hash);
      await speak(act, body);
      return ACCEPTED;
    }),
    route(visitorHistory, async ({ request, reply }) => {
      const { visitor, key } = actOf(request);
      reply.header("cache-control", "no-store");
      return history(kernel, visitor, key);
    }),
    route(visitorSeen, async ({ request, body }) => {
      const act = actOf(request);
      takeOne(receipts, act.visitor.hash);
      await seen(act, body);
      return ACCEPTED;
    }),
    route(visitorTyping, async ({ request }) => {
      const { visitor } = actOf(request);
      if (typing.take(visitor.hash) === null) await type(kernel, visitor);
      return ACCEPTED;
    }),
    route(companyPage, async ({ params, reply }) => {
      reply.header("cache-control", SETTINGS_CACHE);
      return companyPageOf(kernel, params.slug);
    }),
  ];
}
