import { randomBytes } from "node:crypto";
import { type AnyRoute, type House, route } from "#kernel";
import { createCheckout, deleteCheckout, listCheckouts, putCheckout } from "../api/checkout.ts";
import { asking } from "../plan/asking.ts";
import { insertCheckout, listCheckouts as list, removeCheckout, updateCheckout } from "../store/checkouts.ts";
import { inTenant } from "../store/tx.ts";

const KEY_BYTES = 16;

/** Keys of checkouts: a carrier's own, or a sender's with that carrier. */
export function checkoutKeyRoutes(house: House): readonly AnyRoute[] {
  return [
    route(listCheckouts, async ({ actor, query: { carrierId } }) => {
      const who = await asking(house, actor, carrierId);
      return { items: await inTenant(house, who.tenantId, (tx) => list(tx, who)) };
    }),
    route(createCheckout, async ({ actor, query: { carrierId }, body: given }) => {
      const who = await asking(house, actor, carrierId);
      const key = randomBytes(KEY_BYTES).toString("hex");
      const now = house.clock.now();
      return inTenant(house, who.tenantId, (tx) => insertCheckout(tx, who, { key, given, now }));
    }),
    route(putCheckout, async ({ actor, params: { id }, query: { carrierId }, body: given }) => {
      const who = await asking(house, actor, carrierId);
      return inTenant(house, who.tenantId, (tx) => updateCheckout(tx, who, { id, given }));
    }),
    route(deleteCheckout, async ({ actor, params: { id }, query: { carrierId } }) => {
      const who = await asking(house, actor, carrierId);
      await inTenant(house, who.tenantId, (tx) => removeCheckout(tx, who, id));
      return { ok: true as const };
    }),
  ];
}
