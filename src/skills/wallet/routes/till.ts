import { type AnyRoute, AppError, type House, route } from "#kernel";
import * as api from "../api.ts";
import type { Outside } from "../ports.ts";
import { hexOf } from "../rules/bytes.ts";
import { centsOf } from "../rules/money.ts";
import { endHold, refundRequest } from "../store/acts.ts";
import { readOpenCoin } from "../store/coins.ts";
import { readSigned } from "../store/decide.ts";
import { listMemberships, type Membership } from "../store/memberships.ts";
import { isPayment } from "../store/paying.ts";
import { listRows, lockByReference, readRequest } from "../store/request-rows.ts";
import { askInCoin, cancelRequest } from "../store/requests.ts";
import { settlementCsv, settlementOf } from "../store/settlement.ts";
import { tillRequests } from "../store/shown-requests.ts";
import { inTenant, type Place } from "../store/tx.ts";
import { submitSigned } from "../store/wallets.ts";
import { beforeOf } from "./wallet.ts";

/** The merchant's till. */
export function tillRoutes(house: House, outside: Outside): readonly AnyRoute[] {
  const place = { house, outside };
  return [...askingRoutes(place), ...actingRoutes(place), ...countingRoutes(place)];
}

async function shown(place: Place, tenantId: number, id: number): Promise<api.TillRequest> {
  const row = await inTenant(place, tenantId, (tx) => readRequest(tx, tenantId, id));
  return (await tillRequests(place, tenantId, [row]))[0] as api.TillRequest;
}

export async function shownMembership(place: Place, one: Membership): Promise<api.TillMembership> {
  const { house, outside } = place;
  const issuer = await house.profile(one.issuer_tenant_id);
  const coin = await readOpenCoin(place, one.issuer_tenant_id);
  const account = new Uint8Array(one.account);
  const facts = await outside
    .ledgers(house)
    .account(one.issuer_tenant_id, account)
    .catch(() => null);
  return {
    id: one.id,
    issuer: {
      tenantId: one.issuer_tenant_id,
      name: issuer.name,
      page: `/coin/${encodeURIComponent(issuer.slug)}`,
    },
    coin: { name: coin.name, symbol: coin.symbol, legal: coin.legal },
    state: one.state,
    account: hexOf(account),
    balanceMinor: facts && centsOf(facts.balance),
    heldMinor: facts && centsOf(facts.held),
    redeemHolder: one.redeem_holder,
    redeemIban: one.redeem_iban,
  };
}

function askingRoutes(place: Place): readonly AnyRoute[] {
  return [
    route(api.getTill, async ({ actor: { tenantId } }) => {
      const all = await inTenant(place, tenantId, (tx) => listMemberships(tx, tenantId));
      const items: api.TillMembership[] = [];
      for (const one of all) items.push(await shownMembership(place, one));
      return { items };
    }),
    route(api.createTillRequest, async ({ actor, body }) =>
      shown(place, actor.tenantId, await askInCoin(place, actor, body)),
    ),
    route(api.listTillRequests, async ({ actor: { tenantId }, query }) => {
      const { cursor, limit, ...listing } = query;
      const before = cursor === undefined ? null : beforeOf(cursor);
      const of = { ...listing, before, limit: limit + 1 };
      const rows = await inTenant(place, tenantId, (tx) => listRows(tx, tenantId, of));
      const items = await tillRequests(place, tenantId, rows.slice(0, limit));
      return { items, next: rows.length > limit ? String(items.at(-1)?.id) : null };
    }),
    route(api.getTillRequest, ({ actor: { tenantId }, params: { id } }) => shown(place, tenantId, id)),
    route(api.cancelTillRequest, async ({ actor: { tenantId }, params: { id } }) => {
      await cancelRequest(place, tenantId, id);
      return shown(place, tenantId, id);
    }),
  ];
}

function actingRoutes(place: Place): readonly AnyRoute[] {
  return [
    route(api.captureTillRequest, async ({ actor: { tenantId, staffId: by }, params: { id }, body }) => {
      await endHold(place, tenantId, { id, amountMinor: body.amountMinor, by });
      return shown(place, tenantId, id);
    }),
    route(api.voidTillRequest, async ({ actor: { tenantId, staffId: by }, params: { id } }) => {
      await endHold(place, tenantId, { id, amountMinor: 0, by });
      return shown(place, tenantId, id);
    }),
    route(api.refundTillRequest, async ({ actor: { tenantId, staffId: by }, params: { id }, body }) => {
      await refundRequest(place, tenantId, { id, by, ...body });
      return shown(place, tenantId, id);
    }),
    route(api.takeSigned, async ({ actor: { tenantId }, body }) => takeSigned(place, tenantId, body)),
  ];
}

/** @throws AppError bad_request, rule_broken for what is not paid to this company */
async function takeSigned(
  place: Place,
  tenantId: number,
  given: { bytes: string; requestId?: number | undefined },
) {
  const bytes = new Uint8Array(Buffer.from(given.bytes, "base64url"));
  const { operation } = readOrRefuse(bytes);
  if (!isPayment(operation)) throw new AppError("rule_broken", "not_for_wallets: this is no payment.");
  const memberships = await inTenant(place, tenantId, (tx) => listMemberships(tx, tenantId));
  const own = memberships.find(({ account }) => hexOf(account) === hexOf(operation.to));
  if (!own) throw new AppError("rule_broken", "not_yours: this is paid to somebody else.");
  const { requestId } = given;
  if (requestId !== undefined) {
    const asked = await inTenant(place, tenantId, (tx) => readRequest(tx, tenantId, requestId));
    if (hexOf(asked.reference) !== hexOf(operation.reference))
      throw new AppError("rule_broken", "not_this_request: this was signed for another request.");
  }
  const { language } = await place.house.profile(tenantId);
  const outcome = await submitSigned(place, own.issuer_tenant_id, { bytes, account: null, language });
  const row = await inTenant(place, tenantId, (tx) => lockByReference(tx, tenantId, operation.reference));
  const [request = null] = row ? await tillRequests(place, tenantId, [row]) : [];
  return { ...outcome, request };
}

function readOrRefuse(bytes: Uint8Array): ReturnType<typeof readSigned> {
  try {
    return readSigned(bytes);
  } catch {
    throw new AppError("bad_request", "malformed: these bytes are no transaction.");
  }
}

function countingRoutes(place: Place): readonly AnyRoute[] {
  return [
    route(api.getSettlement, ({ actor: { tenantId }, query }) =>
      inTenant(place, tenantId, (tx) => settlementOf(tx, tenantId, query)),
    ),
    route(api.exportSettlement, async ({ actor: { tenantId }, query }) => {
      const counted = await inTenant(place, tenantId, (tx) => settlementOf(tx, tenantId, query));
      const content = Buffer.from(settlementCsv(counted), "utf8").toString("base64");
      const name = `settlement-${query.from.slice(0, 10)}-${query.to.slice(0, 10)}.csv`;
      return { name, mime: "text/csv" as const, content };
    }),
  ];
}
