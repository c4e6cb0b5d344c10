import type { FastifyReply, FastifyRequest } from "fastify";
import * as api from "../api/portal.ts";
import { samePartyAs } from "../contacts/roots.ts";
import type { ReplyOf } from "../http/contract.ts";
import { type RateRule, rateLimiter } from "../http/limits.ts";
import { type AnyRoute, route } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import { accentVariables } from "../tenants/accent.ts";
import { takeOne } from "../visitor/door.ts";
import { contest, decisionsAbout } from "./decisions.ts";
import { eraseAndTell } from "./erase.ts";
import { grantsOf, switchGrant, withdrawAll } from "./grants.ts";
import { endLink, extendLink, type OpenLink, tenantOfKey, withLink } from "./link.ts";
import { exportPerson } from "./person-export.ts";
import { readablePage } from "./readable.ts";
import { readersOf } from "./readers.ts";
import type { PortalRoom, Visit } from "./room.ts";
import { storedAbout } from "./stored.ts";

/** Of one link: nobody presses faster. */
const CALLS: RateRule = { burst: 60, perMinute: 60 };
/** Of one link: an export reads everything. */
const EXPORTS: RateRule = { burst: 6, perMinute: 2 };

/** @param options.rooms the skills, as they declare what they hold and what for */
export function portalRoutes(kernel: Kernel, options: { rooms: readonly PortalRoom[] }): AnyRoute[] {
  const calls = rateLimiter(CALLS, kernel.clock);
  const exports = rateLimiter(EXPORTS, kernel.clock);
  /** Whoever it is, every answer is for this person alone. */
  const asPerson = <T>(
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
    work: (visit: Visit) => Promise<T>,
    limit = calls,
  ): Promise<T> => {
    reply.header("cache-control", "no-store");
    const key = tenantOfKey(request);
    if (key) takeOne(limit, key.hash.toString("base64"));
    return withLink(kernel, request, async (tx, link) => {
      const { tenantId } = link;
      const profile = await kernel.profile(tenantId);
      const contactIds = await samePartyAs(tx, tenantId, link.contactId);
      return work({
        kernel,
        tx,
        link,
        profile,
        contactIds,
        rooms: options.rooms,
        now: kernel.clock.now(),
      });
    });
  };
  return [
    route(api.portalPage, (call) => asPerson(call, pageOf)),
    route(api.portalSwitch, (call) =>
      asPerson(call, async (visit) => {
        await switchGrant(visit, call.body);
        return { grants: await grantsOf(visit, call.body.language) };
      }),
    ),
    route(api.portalWithdrawAll, (call) =>
      asPerson(call, async (visit) => {
        await withdrawAll(visit);
        return { grants: await grantsOf(visit, await languageOf(visit)) };
      }),
    ),
    route(api.portalContest, (call) =>
      asPerson(call, (visit) => contest(visit, call.params.id, call.body.words)),
    ),
    route(api.portalErase, (call) => asPerson(call, eraseAndTell)),
    ...exportRoutes(asPerson, exports),
    ...linkRoutes(asPerson),
  ];
}

type AsPerson = <T>(
  call: { request: FastifyRequest; reply: FastifyReply },
  work: (visit: Visit) => Promise<T>,
  limit?: ReturnType<typeof rateLimiter>,
) => Promise<T>;

function exportRoutes(asPerson: AsPerson, limit: ReturnType<typeof rateLimiter>): AnyRoute[] {
  const saved = (reply: FastifyReply, ending: string) =>
    reply.header("content-disposition", `attachment; filename="my-data.${ending}"`);
  return [
    route(api.portalExport, (call) =>
      asPerson(
        call,
        async (visit) => {
          const data = await exportPerson(visit, await languageOf(visit));
          saved(call.reply, "json");
          return { ...data };
        },
        limit,
      ),
    ),
    route(api.portalReadable, async (call) => {
      const language = call.query.lang;
      const page = await asPerson(
        call,
        async (visit) =>
          readablePage(await exportPerson(visit, language), { language, timeZone: visit.profile.timeZone }),
        limit,
      );
      saved(call.reply, "html").type("text/html; charset=utf-8");
      return page;
    }),
  ];
}

function linkRoutes(asPerson: AsPerson): AnyRoute[] {
  return [
    route(api.portalExtend, (call) =>
      asPerson(call, async ({ tx, link, now }) => ({ expiresAt: timeOf(await extendLink(tx, link, now)) })),
    ),
    route(api.portalLeave, (call) =>
      asPerson(call, async ({ tx, link, now }) => {
        await endLink(tx, link, now);
        return { ok: true as const };
      }),
    ),
  ];
}

async function pageOf(visit: Visit): Promise<ReplyOf<typeof api.portalPage>> {
  const { profile, link, now } = visit;
  const language = await languageOf(visit);
  return {
    company: {
      name: profile.name,
      slug: profile.slug,
      language: profile.language,
      formOfAddress: profile.formOfAddress,
      timeZone: profile.timeZone,
      logo: profile.logo,
      accent: accentVariables(profile.accent),
      legal: { ...profile.legal },
    },
    name: await nameOf(visit),
    language,
    asOf: timeOf(now),
    link: linkTimes(link),
    stored: await storedAbout(visit),
    grants: await grantsOf(visit, language),
    decisions: await decisionsAbout(visit),
    readers: await readersOf(visit),
  };
}

/** As the company calls this person in this name. */
async function nameOf({ tx, link, contactIds }: Visit): Promise<string> {
  const row = await tx
    .selectFrom("kernel.contact")
    .select("name")
    .where("tenant_id", "=", link.tenantId)
    .where("id", "=", contactIds[0] ?? link.contactId)
    .executeTakeFirst();
  return row?.name ?? "";
}

function linkTimes(link: OpenLink): { expiresAt: string; endsAt: string } {
  return { expiresAt: timeOf(link.expiresAt), endsAt: timeOf(link.endsAt) };
}

/** The language of the conversation from which the person came. */
async function languageOf({ tx, link }: Visit): Promise<"de" | "en"> {
  const row = await tx
    .selectFrom("kernel.conversation")
    .select("language")
    .where("tenant_id", "=", link.tenantId)
    .where("id", "=", link.conversationId)
    .executeTakeFirstOrThrow();
  return row.language;
}

const timeOf = (ms: number): string => new Date(ms).toISOString();
