import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { type Actor, AppError, bareIban, isIban, type Tx } from "#kernel";
import type { CoinSetup, CouncilMember } from "../../api.ts";
import type { Ledger, LedgerAccount } from "../../ports.ts";
import { bytesOf, hexOf } from "../../rules/bytes.ts";
import { type CouncilRow, councilOf } from "../begin.ts";
import { type CoinRow, findCoin } from "../coins.ts";
import { inTenant, type Place, tell } from "../tx.ts";
import { listAttestations, listPoints } from "./points.ts";

/** The company's own coin: what it is called, who decides, and how it stands. */

const COUNCIL_MOST = 8;

const NONE: Pick<
  CoinRow,
  "name" | "symbol" | "legal" | "holder" | "iban" | "governors_needed" | "attestors_needed" | "revision"
> = {
  name: "",
  symbol: "",
  legal: "play",
  holder: "",
  iban: "",
  governors_needed: 2,
  attestors_needed: 1,
  revision: 0,
};

/** What every desk of the company asks. */
export async function coinRoom(
  tx: Tx,
  tenantId: number,
): Promise<{ coin: CoinSetup["state"]; takes: number }> {
  const { rows } = await sql<{ state: "draft" | "open" | null; takes: number }>`
    select (select state from wallet.coin where tenant_id = ${tenantId}) as state,
      (select count(*)::int from wallet.membership where tenant_id = ${tenantId} and state = 'open') as takes`.execute(
    tx,
  );
  return { coin: rows[0]?.state ?? "none", takes: rows[0]?.takes ?? 0 };
}

export async function shownSetup(place: Place, actor: Actor): Promise<CoinSetup> {
  const { house, outside } = place;
  const { tenantId } = actor;
  const read = await inTenant(place, tenantId, async (tx) => ({
    coin: await findCoin(tx, tenantId),
    council: await councilOf(tx, tenantId),
    series: await listPoints(tx, tenantId),
    attestations: await listAttestations(tx, tenantId),
  }));
  const coin = read.coin ?? NONE;
  const { slug } = await house.profile(tenantId);
  const ledger = read.coin?.state === "open" ? await shownLedger(place, tenantId, read.coin) : null;
  return {
    state: read.coin?.state ?? "none",
    name: coin.name,
    symbol: coin.symbol,
    legal: coin.legal,
    holder: coin.holder,
    iban: coin.iban,
    governorsNeeded: coin.governors_needed,
    attestorsNeeded: coin.attestors_needed,
    council: await shownCouncil(place, actor, read.council),
    ledger,
    page: `${outside.publicUrl(house)}/coin/${encodeURIComponent(slug)}`,
    mayBeIssuer: outside.isLicensed(house, slug),
    series: read.series,
    attestations: read.attestations,
    revision: coin.revision,
  };
}

async function shownCouncil(
  place: Place,
  { tenantId, staffId }: Actor,
  council: readonly CouncilRow[],
): Promise<CouncilMember[]> {
  const accounts = new Map<number, LedgerAccount | null>();
  for (const { id, account } of council) accounts.set(id, await accountOrNull(place, tenantId, account));
  return council.map(({ id, name, council: seat, account, key, staff_id }) => ({
    id,
    name,
    council: seat,
    account: hexOf(account),
    key: hexOf(key),
    isMe: staff_id === staffId,
    isSeated: accounts.get(id) !== null,
  }));
}

/** @returns null for one that the ledger does not know, and where there is no ledger @throws AppError busy */
function accountIfOpen(
  { house, outside }: Place,
  tenantId: number,
  account: Uint8Array,
): Promise<LedgerAccount | null> {
  return outside
    .ledgers(house)
    .account(tenantId, new Uint8Array(account))
    .catch((error: unknown) => {
      if (error instanceof AppError && error.code === "not_found") return null;
      throw error;
    });
}

/** For what is only shown. @returns null also while the ledger is busy */
export function accountOrNull(
  place: Place,
  tenantId: number,
  account: Uint8Array,
): Promise<LedgerAccount | null> {
  return accountIfOpen(place, tenantId, account).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
}

type ShownLedger = NonNullable<CoinSetup["ledger"]>;

/** @returns null while another process has it */
async function shownLedger(place: Place, tenantId: number, coin: CoinRow): Promise<ShownLedger | null> {
  const ledgers = place.outside.ledgers(place.house);
  const ledger = await ledgers.ledger(tenantId).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (!ledger || !coin.exchange_account) return null;
  const exchange = new Uint8Array(coin.exchange_account);
  const account = await ledgers.account(tenantId, exchange);
  const preburns = await ledgers.preburns(tenantId);
  return {
    ...ledgerFacts(ledger),
    exchange: { account: hexOf(exchange), balance: account?.balance ?? 0, held: account?.held ?? 0 },
    preburns: preburns.map(({ id, amount }) => ({ id: hexOf(id), amount })),
  };
}

export function ledgerFacts(ledger: Ledger): Omit<ShownLedger, "exchange" | "preburns"> {
  const { chainId, height, time, chainHash, supply, attestationLasts, councils, sealed } = ledger;
  return {
    chainId,
    height,
    time,
    chainHash: hexOf(chainHash),
    supply,
    attested: ledger.attested.map((one) => ({ ...one, statement: hexOf(one.statement) })),
    attestationLasts,
    sealed: sealed && { ...sealed, root: hexOf(sealed.root) },
    limits: ledger.limits
      .filter(({ role }) => role === "customer" || role === "merchant" || role === "exchange")
      .map((one) => ({ ...one })),
    councils: { governors: councils.governors.needed, attestors: councils.attestors.needed },
  };
}

export interface NewCoin {
  readonly name: string;
  readonly symbol: string;
  readonly legal: CoinSetup["legal"];
  readonly holder: string;
  readonly iban: string;
  readonly governorsNeeded: number;
  readonly attestorsNeeded: number;
  readonly revision: number;
}

/**
 * Once the coin has begun only the reserve's account may change: everything else stands in the ledger, or on receipts.
 * @throws AppError bad_request for an IBAN that is none, rule_broken, conflict
 */
export async function saveCoin(place: Place, actor: Actor, given: NewCoin): Promise<void> {
  const { house, outside } = place;
  const { tenantId } = actor;
  if (given.iban !== "" && !isIban(given.iban))
    throw new AppError("bad_request", undefined, [
      { path: "iban", message: "length or check digits do not fit" },
    ]);
  const { slug } = await house.profile(tenantId);
  if (given.legal === "issuer" && !outside.isLicensed(house, slug))
    throw new AppError("rule_broken", "no_licence: the node has no licensed institution's statement for it.");
  const now = house.clock.now();
  await inTenant(place, tenantId, async (tx) => {
    const before = await findCoin(tx, tenantId);
    if (before?.state === "open") refuseFixed(before, given);
    const iban = bareIban(given.iban);
    const { rows } =
      given.revision === 0
        ? await sql`insert into wallet.coin (tenant_id, name, symbol, legal, holder, iban, governors_needed, attestors_needed)
            values (${tenantId}, ${given.name}, ${given.symbol}, ${given.legal}, ${given.holder}, ${iban}, ${given.governorsNeeded}, ${given.attestorsNeeded})
            on conflict do nothing returning revision`.execute(tx)
        : await sql`update wallet.coin set name = ${given.name}, symbol = ${given.symbol}, legal = ${given.legal}, holder = ${given.holder},
              iban = ${iban}, governors_needed = ${given.governorsNeeded}, attestors_needed = ${given.attestorsNeeded}, revision = revision + 1
            where tenant_id = ${tenantId} and revision = ${given.revision} returning revision`.execute(tx);
    if (rows.length === 0) throw new AppError("conflict");
    await tell(tx, tenantId, "coin", now);
  });
}

function refuseFixed(before: CoinRow, given: NewCoin): void {
  const isSame =
    before.name === given.name &&
    before.symbol === given.symbol &&
    before.legal === given.legal &&
    before.governors_needed === given.governorsNeeded &&
    before.attestors_needed === given.attestorsNeeded;
  if (!isSame) throw new AppError("rule_broken", "begun: only the reserve's account can be changed now.");
}

interface Seat {
  readonly council: "governors" | "attestors";
  readonly key: string;
  readonly name: string;
}

/**
 * A member's key. Whoever has a seat that the ledger does not know yet gets another key for it; afterwards it is a new seat, which
 * the governors take in or not.
 * @throws AppError rule_broken without a coin and for more than eight, conflict for a key that is somebody's
 */
export async function joinCouncil(place: Place, actor: Actor, seat: Seat): Promise<CouncilMember> {
  const { tenantId, staffId } = actor;
  const known = await inTenant(place, tenantId, (tx) => councilOf(tx, tenantId));
  const own = known.filter((one) => one.council === seat.council && one.staff_id === staffId);
  // A ledger that is busy says nothing: the key of a seat that it knows must not be written over.
  const accounts = await Promise.all(own.map(({ account }) => accountIfOpen(place, tenantId, account)));
  const free = own.find((_, n) => accounts[n] === null);
  const now = place.house.clock.now();
  const row = await inTenant(place, tenantId, async (tx) => {
    const coin = await findCoin(tx, tenantId);
    if (!coin) throw new AppError("rule_broken", "no_coin: this company issues no coin.");
    const others = known.filter((one) => one.council === seat.council && one.id !== free?.id);
    if (others.length >= COUNCIL_MOST) throw new AppError("rule_broken", "too_many: a council has eight.");
    const key = Buffer.from(bytesOf(seat.key));
    const { rows } = free
      ? await sql<CouncilRow>`update wallet.council_member set key = ${key}, name = ${seat.name}, joined_at = ${new Date(now)}
          where tenant_id = ${tenantId} and id = ${free.id} returning id, council, staff_id, name, account, key, secret`.execute(
          tx,
        )
      : await sql<CouncilRow>`insert into wallet.council_member (tenant_id, council, staff_id, name, account, key, secret, joined_at)
          values (${tenantId}, ${seat.council}, ${staffId}, ${seat.name}, ${randomBytes(16)}, ${key}, ${randomBytes(16)}, ${new Date(now)})
          on conflict do nothing returning id, council, staff_id, name, account, key, secret`.execute(tx);
    if (!rows[0]) throw new AppError("conflict", "This key has a seat already.");
    await changeSeats(tx, tenantId, coin);
    await tell(tx, tenantId, "coin", now);
    return rows[0];
  });
  return {
    id: row.id,
    name: row.name,
    council: row.council,
    account: hexOf(row.account),
    key: hexOf(row.key),
    isMe: true,
    isSeated: false,
  };
}

/** @throws AppError rule_broken once the coin has begun */
export async function leaveCouncil(place: Place, tenantId: number, id: number): Promise<void> {
  const now = place.house.clock.now();
  await inTenant(place, tenantId, async (tx) => {
    const coin = await findCoin(tx, tenantId);
    if (coin?.state === "open")
      throw new AppError("rule_broken", "begun: only the governors change the councils now.");
    await sql`delete from wallet.council_member where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
    if (coin) await changeSeats(tx, tenantId, coin);
    await tell(tx, tenantId, "coin", now);
  });
}

/**
 * Whoever begins the coin has seen who sits in its councils: a seat that changed meanwhile is another revision. A beginning that
 * stopped half-way goes on with the seats it had.
 * @throws AppError rule_broken
 */
async function changeSeats(tx: Tx, tenantId: number, { state, chain_id }: CoinRow): Promise<void> {
  if (state === "open") return;
  if (chain_id !== null)
    throw new AppError("rule_broken", "beginning: the coin is about to begin; its councils are fixed.");
  await sql`update wallet.coin set revision = revision + 1 where tenant_id = ${tenantId} and state = 'draft'`.execute(
    tx,
  );
}
