import { type AnyRoute, AppError, type House, route } from "#kernel";
import {
  changeSubscription,
  listContactSubscriptions,
  listTopicSubscriptions,
  type Subscription,
  subscribeContact,
} from "../api.ts";
import { planOf, underClock } from "../rules/choice.ts";
import {
  endSubscriptions,
  listSubscriptions,
  pauseSubscription,
  personOf,
  subscribe,
} from "../store/subscriptions.ts";
import { readTopic } from "../store/topics.ts";
import { inTenant, type NoticesTx } from "../store/tx.ts";

/** Who subscribed to what; staff change it on the person's wish. */

const OF_A_PERSON_MOST = 200;

export function subscriptionRoutes(house: House): readonly AnyRoute[] {
  return [
    route(listTopicSubscriptions, async ({ actor: { tenantId }, params, query }) => {
      const before = placeOf(query.cursor);
      const rows = await inTenant(house, tenantId, (tx) =>
        listSubscriptions(tx, tenantId, {
          topicId: params.id,
          limit: query.limit + 1,
          ...(before === null ? {} : { before }),
        }),
      );
      const items = rows.slice(0, query.limit);
      return { items, next: rows.length > query.limit ? String(items.at(-1)?.id) : null };
    }),
    route(listContactSubscriptions, async ({ actor: { tenantId }, params }) => ({
      items: await inTenant(house, tenantId, async (tx) =>
        listSubscriptions(tx, tenantId, {
          contactIds: await personOf(tx, tenantId, params.id),
          limit: OF_A_PERSON_MOST,
        }),
      ),
    })),
    route(subscribeContact, async ({ actor, params, body }) => {
      const { tenantId } = actor;
      const now = house.clock.now();
      const items = await inTenant(house, tenantId, async (tx) => {
        const topic = await readTopic(tx, tenantId, body.topicId);
        const { timeZone } = await house.profile(tenantId);
        const found = planOf(topic, underClock(body, timeZone));
        if ("fault" in found) throw new AppError("bad_request", `Choose a value of ${found.fault}.`);
        await subscribe(tx, {
          tenantId,
          contactId: params.id,
          channelId: body.channelId,
          topic,
          plan: found.plan,
          language: body.language,
          text: body.evidence,
          how: "staff",
          evidence: { staffId: actor.staffId, words: body.evidence },
          expiresAt: body.expiresAt === null ? null : Date.parse(body.expiresAt),
          now,
        });
        return listSubscriptions(tx, tenantId, { contactIds: [params.id], limit: OF_A_PERSON_MOST });
      });
      return { items: items.filter((one) => one.topicId === body.topicId) };
    }),
    route(changeSubscription, ({ actor: { tenantId }, params, body }) =>
      inTenant(house, tenantId, async (tx) => {
        const before = await only(tx, tenantId, params.id);
        if (body.pausedUntil !== undefined) {
          const until = body.pausedUntil === null ? null : Date.parse(body.pausedUntil);
          await pauseSubscription(tx, tenantId, { id: params.id, until });
        }
        if (body.end)
          await endSubscriptions(
            tx,
            { tenantId, contactIds: [before.contactId], id: params.id },
            { how: "staff", now: house.clock.now() },
          );
        return only(tx, tenantId, params.id);
      }),
    ),
  ];
}

async function only(tx: NoticesTx, tenantId: number, id: number): Promise<Subscription> {
  const [one] = await listSubscriptions(tx, tenantId, { id, limit: 1 });
  if (!one) throw new AppError("not_found");
  return one;
}

/** @throws AppError bad_request for a cursor that is none of ours */
export function placeOf(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  if (!/^\d{1,15}$/.test(cursor)) throw new AppError("bad_request", "The cursor is not one of this list.");
  return Number(cursor);
}
