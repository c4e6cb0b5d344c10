import { type AnyRoute, AppError, bareIban, type House, isIban, route } from "#kernel";
import * as api from "../api.ts";
import type { Outside } from "../ports.ts";
import { askRedemption, listOwnRedemptions } from "../store/association/redemptions.ts";
import { buyCoins } from "../store/association/sales.ts";
import { joinAsMerchant, membershipById } from "../store/memberships.ts";
import { inTenant } from "../store/tx.ts";
import { shownMembership } from "./till.ts";
import { openDoors } from "./wallet.ts";

/** Where coins and euro meet: a company takes the coin, hands coins back, a customer buys. */
export function redeemingRoutes(house: House, outside: Outside): readonly AnyRoute[] {
  const place = { house, outside };
  const doors = openDoors(place);
  return [
    route(api.acceptMembership, async ({ actor: { tenantId }, body }) => {
      if (!isIban(body.redeemIban))
        throw new AppError("bad_request", undefined, [
          { path: "redeemIban", message: "length or check digits do not fit" },
        ]);
      const iban = bareIban(body.redeemIban);
      const { invitation, redeemHolder: holder } = body;
      const id = await joinAsMerchant(place, tenantId, { invitation, holder, iban });
      return shownMembership(
        place,
        await inTenant(place, tenantId, (tx) => membershipById(tx, tenantId, id)),
      );
    }),
    route(api.askRedemption, ({ actor, body }) => askRedemption(place, actor, body)),
    route(api.listOwnRedemptions, async ({ actor: { tenantId } }) => ({
      items: await listOwnRedemptions(place, tenantId),
    })),
    route(api.buyCoins, async (call) => {
      const { tenantId, account } = await doors.open(call);
      const { amountMinor, key } = call.body;
      const { language } = account;
      const of = { account: new Uint8Array(account.account), language, amountMinor, key };
      return { payUrl: await buyCoins(place, tenantId, of) };
    }),
  ];
}
