import { type AnyRoute, type House, rateLimiter, route, TooManyRequests } from "#kernel";
import * as api from "../api.ts";
import type { Outside } from "../ports.ts";
import { coinReport, publicCoin } from "../store/association/counting.ts";
import { inviteCustomer, inviteMerchant, listMerchants } from "../store/association/merchants.ts";
import { endPayout, listPayouts, makePayoutFile } from "../store/association/payouts.ts";
import {
  listCoinProposals,
  propose,
  signProposal,
  withdrawProposal,
} from "../store/association/proposals.ts";
import { handIn, listSales, sellCoins } from "../store/association/sales.ts";
import { coinRoom, joinCouncil, leaveCouncil, saveCoin, shownSetup } from "../store/association/setup.ts";
import { beginCoin } from "../store/begin.ts";
import { readOpenCoin } from "../store/coins.ts";
import { inTenant, type Place } from "../store/tx.ts";
import { beforeOf } from "./wallet.ts";

/** The association behind a coin: what it is, who decides, what the exchange does, and what everybody may see. */

/** The public page is read by many behind one address. */
const RULE = { burst: 120, perMinute: 240 };

export function coinRoutes(house: House, outside: Outside): readonly AnyRoute[] {
  const place = { house, outside };
  return [
    ...setupRoutes(place),
    ...councilRoutes(place),
    ...exchangeRoutes(place),
    ...payoutRoutes(place),
    ...publicRoutes(place),
  ];
}

function setupRoutes(place: Place): readonly AnyRoute[] {
  return [
    route(api.getCoinRoom, ({ actor: { tenantId } }) =>
      inTenant(place, tenantId, (tx) => coinRoom(tx, tenantId)),
    ),
    route(api.getCoin, ({ actor }) => shownSetup(place, actor)),
    route(api.saveCoin, async ({ actor, body }) => {
      await saveCoin(place, actor, body);
      return shownSetup(place, actor);
    }),
    route(api.joinCouncil, ({ actor, body }) => joinCouncil(place, actor, body)),
    route(api.leaveCouncil, async ({ actor, params: { id } }) => {
      await leaveCouncil(place, actor.tenantId, id);
      return shownSetup(place, actor);
    }),
    route(api.beginCoin, async ({ actor, body: { revision } }) => {
      await beginCoin(place, actor.tenantId, revision);
      return shownSetup(place, actor);
    }),
  ];
}

function councilRoutes(place: Place): readonly AnyRoute[] {
  const { house, outside } = place;
  return [
    route(api.listCoinProposals, async ({ actor, query: { state } }) => ({
      items: await listCoinProposals(place, actor, state === "open"),
    })),
    route(api.propose, ({ actor, body }) => propose(place, actor, body)),
    route(api.signProposal, ({ actor, params: { id }, body }) => signProposal(place, actor, { id, ...body })),
    route(api.withdrawProposal, ({ actor, params: { id } }) => withdrawProposal(place, actor, id)),
    route(api.prefillAttestation, async ({ actor: { tenantId } }) => {
      const { iban } = await readOpenCoin(place, tenantId);
      const found = iban === "" ? null : await outside.newestBalance(house, tenantId, iban);
      if (!found) return { found: null };
      const { amountMinor, currency, statedAt, statementHash } = found;
      return {
        found: {
          amountMinor,
          currency,
          statedAt: new Date(statedAt).toISOString(),
          statement: statementHash,
        },
      };
    }),
  ];
}

function exchangeRoutes(place: Place): readonly AnyRoute[] {
  return [
    route(api.listMerchants, async ({ actor: { tenantId } }) => ({
      items: await listMerchants(place, tenantId),
    })),
    route(api.inviteMerchant, ({ actor: { tenantId }, body: { name } }) =>
      inviteMerchant(place, tenantId, name),
    ),
    route(api.inviteCustomer, ({ actor, body }) => inviteCustomer(place, actor, body)),
    route(api.sellCoins, ({ actor, body }) => sellCoins(place, actor, body)),
    route(api.listSales, async ({ actor: { tenantId }, query: { cursor, limit } }) => {
      const before = cursor === undefined ? null : beforeOf(cursor);
      const items = await listSales(place, tenantId, { before, limit: limit + 1 });
      const isMore = items.length > limit;
      return { items: items.slice(0, limit), next: isMore ? String(items[limit - 1]?.id) : null };
    }),
    route(api.handIn, async ({ actor: { tenantId }, body }) => ({
      preburn: await handIn(place, tenantId, body),
    })),
  ];
}

function payoutRoutes(place: Place): readonly AnyRoute[] {
  return [
    route(api.listRedemptions, ({ actor: { tenantId } }) => listPayouts(place, tenantId)),
    route(api.makeRedemptionFile, ({ actor }) => makePayoutFile(place, actor)),
    route(api.endRedemption, ({ actor: { tenantId }, params: { id } }) => endPayout(place, tenantId, id)),
    route(api.getCoinReport, ({ actor: { tenantId } }) => coinReport(place, tenantId)),
  ];
}

function publicRoutes(place: Place): readonly AnyRoute[] {
  const limit = rateLimiter(RULE, place.house.clock);
  return [
    route(api.getPublicCoin, async ({ query: { company }, request }) => {
      const wait = limit.take(request.ip);
      if (wait !== null) throw new TooManyRequests(wait);
      return publicCoin(place, company);
    }),
  ];
}
