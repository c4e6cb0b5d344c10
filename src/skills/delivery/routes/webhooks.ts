import { randomBytes } from "node:crypto";
import { type AnyRoute, type House, route } from "#kernel";
import {
  createDeliveryWebhook,
  deleteDeliveryWebhook,
  listDeliveryWebhooks,
  resumeDeliveryWebhook,
} from "../api/webhooks.ts";
import { asking } from "../plan/asking.ts";
import { webhookSecret } from "../rules/webhook-signing.ts";
import { inTenant } from "../store/tx.ts";
import { insertWebhook, listWebhooks, readWebhook, removeWebhook, resumeWebhook } from "../store/webhooks.ts";

const SECRET_BYTES = 32;

/** Where systems of a carrier or of its senders are told. */
export function webhookRoutes(house: House): readonly AnyRoute[] {
  return [
    route(listDeliveryWebhooks, async ({ actor, query: { carrierId } }) => {
      const who = await asking(house, actor, carrierId);
      return { items: await inTenant(house, who.tenantId, (tx) => listWebhooks(tx, who)) };
    }),
    route(createDeliveryWebhook, async ({ actor, query: { carrierId }, body: { url } }) => {
      const who = await asking(house, actor, carrierId);
      const secret = webhookSecret(randomBytes(SECRET_BYTES));
      const now = house.clock.now();
      return inTenant(house, who.tenantId, async (tx) => {
        const id = await insertWebhook(tx, who, { url, secret, now });
        return { webhook: await readWebhook(tx, who, id), secret };
      });
    }),
    route(resumeDeliveryWebhook, async ({ actor, params: { id }, query: { carrierId } }) => {
      const who = await asking(house, actor, carrierId);
      return inTenant(house, who.tenantId, async (tx) => {
        await resumeWebhook(tx, who, id, house.clock.now());
        return readWebhook(tx, who, id);
      });
    }),
    route(deleteDeliveryWebhook, async ({ actor, params: { id }, query: { carrierId } }) => {
      const who = await asking(house, actor, carrierId);
      await inTenant(house, who.tenantId, (tx) => removeWebhook(tx, who, id));
      return { ok: true as const };
    }),
  ];
}
