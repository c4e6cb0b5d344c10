import { type AnyRoute, AppError, type House, type Language, randomToken, route, translate } from "#kernel";
import { confirmSubscription, publicTopics, subscribeByForm, subscribeLink } from "../api.ts";
import type { OptIn } from "../ports.ts";
import { type Plan, planOf, rhythmOf, underClock } from "../rules/choice.ts";
import { catalogue, describeRhythm, describeTopic } from "../rules/describe.ts";
import { type Doors, waysOf } from "../rules/entry.ts";
import type { KnownTopic } from "../rules/wish.ts";
import { entryPoints, tenantOf } from "../store/company.ts";
import { confirmRequest, keepRequest } from "../store/requests.ts";
import { listTopics, topicBySlug } from "../store/topics.ts";
import { inTenant, type NoticesTx } from "../store/tx.ts";

/** What anybody may call: the catalogue, the ways in, the form and its yes. */

const CACHE = "public, max-age=60";

export interface PublicParts {
  optIn: OptIn | null;
  /** The node's own address, for the link in a mail; "" when it is not known. */
  publicUrl(house: House): string;
}

async function doorsOf(
  house: House,
  tx: NoticesTx,
  tenantId: number,
): Promise<Doors & { mailboxId: number | null }> {
  const { slug, language } = await house.profile(tenantId);
  return { ...(await entryPoints(tx, tenantId)), slug, language };
}

export function publicRoutes(house: House, parts: PublicParts): readonly AnyRoute[] {
  return [
    route(publicTopics, async ({ params, reply }) => {
      const tenantId = await tenantOf(house, params.slug);
      const { name, language } = await house.profile(tenantId);
      reply.header("cache-control", CACHE);
      return inTenant(house, tenantId, async (tx) => {
        const doors = await doorsOf(house, tx, tenantId);
        const topics = (await listTopics(tx, tenantId)).filter((topic) => topic.isPublic);
        return {
          company: name,
          language,
          topics: topics.map((topic) => ({
            slug: topic.slug,
            title: topic.title,
            description: topic.description,
            kind: topic.kind,
            parameters: topic.parameters,
            ways: waysOf(topic, doors),
          })),
          hasForm: parts.optIn !== null && doors.mailboxId !== null,
        };
      });
    }),
    route(subscribeLink, async ({ params, query, reply }) => {
      const tenantId = await tenantOf(house, params.slug);
      reply.header("cache-control", CACHE);
      return inTenant(house, tenantId, async (tx) => {
        const topic = await publicTopic(tx, tenantId, params.topic);
        const window = query.weekdays
          ? {
              weekdays: [...query.weekdays].map(Number),
              from: query.from ?? "00:00",
              to: query.to ?? "24:00",
            }
          : null;
        return waysOf(topic, await doorsOf(house, tx, tenantId), {
          value: query.value ?? "",
          rhythm: window && rhythmOf({ window, quiet: "default", digestAt: null, timeZone: null }),
        });
      });
    }),
    ...formRoutes(house, parts),
  ];
}

async function publicTopic(tx: NoticesTx, tenantId: number, slug: string) {
  const topic = await topicBySlug(tx, tenantId, slug);
  if (!topic.isPublic) throw new AppError("not_found");
  return topic;
}

function formRoutes(house: House, { optIn, publicUrl }: PublicParts): readonly AnyRoute[] {
  return [
    route(subscribeByForm, async ({ params, body }) => {
      const tenantId = await tenantOf(house, params.slug);
      if (!optIn)
        throw new AppError("rule_broken", "This company has no mailbox that could ask for the yes.");
      const token = randomToken();
      const asked = await inTenant(house, tenantId, async (tx) => {
        const topic = await publicTopic(tx, tenantId, body.topic);
        const { timeZone } = await house.profile(tenantId);
        const found = planOf(topic, underClock(body, timeZone));
        if ("fault" in found) throw new AppError("bad_request", `Choose a value of ${found.fault}.`);
        const words = await wordsFor(house, tenantId, { topic, plan: found.plan, language: body.language });
        const isKept = await keepRequest(
          tx,
          tenantId,
          {
            token,
            topicId: topic.id,
            email: body.email,
            language: body.language,
            plan: found.plan,
            expiresAt: body.expiresAt === null ? null : Date.parse(body.expiresAt),
            text: words.agreement,
          },
          house.clock.now(),
        );
        return isKept ? words : null;
      });
      // Whoever was asked often enough is not asked again, and nobody learns it from the answer.
      if (asked) {
        const link = `${publicUrl(house)}/c/${encodeURIComponent(params.slug)}/topics?confirm=${token}`;
        const { email, language } = body;
        const text = asked.mail(link);
        await optIn.ask(house, { tenantId, email, language, subject: asked.subject, text, token });
      }
      return { ok: true as const };
    }),
    route(confirmSubscription, async ({ params, body }) => {
      const tenantId = await tenantOf(house, params.slug);
      const topic = await inTenant(house, tenantId, async (tx) => {
        const { mailboxId } = await entryPoints(tx, tenantId);
        if (mailboxId === null) throw new AppError("not_found");
        return confirmRequest(tx, tenantId, {
          token: body.token,
          channelId: mailboxId,
          now: house.clock.now(),
        });
      });
      return { ok: true as const, topic };
    }),
  ];
}

async function wordsFor(
  house: House,
  tenantId: number,
  one: { topic: KnownTopic; plan: Plan; language: Language },
) {
  const { name: company, formOfAddress: form } = await house.profile(tenantId);
  const { language } = one;
  const values = {
    company,
    topic: describeTopic(one.topic, one.plan.values, language),
    when: describeRhythm(one.plan.rhythm, language),
  };
  const say = (key: string, more: Record<string, string> = {}) =>
    translate(catalogue, { language, form }, key, { ...values, ...more });
  return {
    agreement: say("agreement"),
    subject: say("mailSubject"),
    mail: (link: string) => say("mailText", { link }),
  };
}
