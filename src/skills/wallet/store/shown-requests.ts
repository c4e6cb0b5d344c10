import { writeOffer } from "../api/offer.ts";
import type { TillRequest, WalletRequest } from "../api.ts";
import { hexOf } from "../rules/bytes.ts";
import { centsOf } from "../rules/money.ts";
import { saidOf } from "./association/said.ts";
import { dressOf, type OpenCoin, readOpenCoin, shownCoin } from "./coins.ts";
import { listMemberships, type Membership } from "./memberships.ts";
import { type EntryRow, entriesOf, type RequestRow } from "./request-rows.ts";
import { requestLink } from "./requests.ts";
import { inTenant, type Place } from "./tx.ts";

/** Requests as the till and the wallet show them. */

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

interface Seen {
  readonly membership: Membership | undefined;
  readonly coin: OpenCoin;
}

/** What stands around requests: whose coin, and to which account. Never inside a transaction: it opens one after the other. */
async function around(place: Place, tenantId: number, rows: readonly RequestRow[]) {
  const { memberships, entries } = await inTenant(place, tenantId, async (tx) => ({
    memberships: await listMemberships(tx, tenantId),
    entries: await entriesOf(
      tx,
      tenantId,
      rows.map(({ id }) => id),
    ),
  }));
  const coins = new Map<number, OpenCoin>();
  for (const issuerId of new Set(rows.map((row) => row.issuer_tenant_id)))
    coins.set(issuerId, await readOpenCoin(place, issuerId));
  const seen = (row: RequestRow): Seen => ({
    membership: memberships.find(({ id }) => id === row.membership_id),
    coin: coins.get(row.issuer_tenant_id) as OpenCoin,
  });
  return { seen, entries };
}

/** Of a till without answers of its own: state open past its time is over. */
export const stateOf = (row: RequestRow, now: number): RequestRow["state"] =>
  row.state === "open" && row.attempt_id === null && row.expires_at.getTime() <= now ? "expired" : row.state;

export async function tillRequests(
  place: Place,
  tenantId: number,
  rows: readonly RequestRow[],
): Promise<TillRequest[]> {
  const { name } = await place.house.profile(tenantId);
  const { seen, entries } = await around(place, tenantId, rows);
  const now = place.house.clock.now();
  return rows.map((row) => {
    const { membership, coin } = seen(row);
    return {
      id: row.id,
      membershipId: row.membership_id,
      title: row.title,
      amountMinor: centsOf(row.amount),
      kind: row.kind,
      state: stateOf(row, now),
      refundedMinor: centsOf(row.refunded_amount),
      paidMinor: centsOf(row.paid_amount),
      about: row.about,
      until: iso(row.until),
      expiresAt: row.expires_at.toISOString(),
      createdAt: row.created_at.toISOString(),
      createdBy: row.created_by,
      paidAt: iso(row.paid_at),
      conversationId: row.conversation_id,
      isOffline: row.is_offline,
      link: requestLink(place, tenantId, row.key),
      offer: offerOf(row, { membership, coin, merchant: name, merchantId: tenantId }),
      entries: entries.filter((one) => one.request_id === row.id).map((one) => shownEntry(place, one)),
    };
  });
}

function shownEntry(place: Place, one: EntryRow): TillRequest["entries"][number] {
  return {
    kind: one.kind,
    amountMinor: centsOf(one.amount),
    at: one.at.toISOString(),
    by: one.made_by,
    state: one.state,
    sentence: saidOf(place, one.result),
  };
}

function offerOf(
  row: RequestRow,
  { membership, coin, merchant, merchantId }: Seen & { merchant: string; merchantId: number },
): string {
  return writeOffer({
    tenantId: row.issuer_tenant_id,
    merchantId,
    key: row.key,
    chainId: coin.chain_id,
    to: membership ? hexOf(membership.account) : "",
    amount: row.amount,
    reference: hexOf(row.reference),
    merchant,
    hold: row.until && { arbiter: hexOf(coin.registrar_account), until: row.until.getTime() },
  });
}

/** For whoever has the link. */
export async function walletRequest(place: Place, tenantId: number, row: RequestRow): Promise<WalletRequest> {
  const { membership, coin } = (await around(place, tenantId, [row])).seen(row);
  const profile = await place.house.profile(tenantId);
  return {
    ...dressOf(profile, row.language),
    merchant: { name: profile.name, logo: profile.logo },
    title: row.title,
    amount: row.amount,
    kind: row.kind,
    to: membership ? hexOf(membership.account) : "",
    arbiter: row.kind === "hold" ? hexOf(coin.registrar_account) : null,
    until: row.until?.getTime() ?? null,
    reference: hexOf(row.reference),
    state: stateOf(row, place.house.clock.now()),
    expiresAt: row.expires_at.getTime(),
    coin: await shownCoin(place, row.issuer_tenant_id, coin),
    receipt: row.tx_id &&
      row.paid_at && {
        txId: hexOf(row.tx_id),
        height: row.height ?? 0,
        paidAt: row.paid_at.getTime(),
        amount: row.state === "held" ? row.amount : row.paid_amount,
        refundedAmount: row.refunded_amount,
      },
  };
}
