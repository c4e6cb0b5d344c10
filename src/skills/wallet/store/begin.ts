import { randomBytes, randomInt } from "node:crypto";
import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import type { Council, FirstAccount, Genesis } from "../../coin/api.ts";
import { UNITS_A_CENT } from "../rules/money.ts";
import { beginSealing } from "./association/sealing.ts";
import { type CoinRow, findCoin, type OpenCoin } from "./coins.ts";
import { makeKey } from "./keys.ts";
import { KNOWN } from "./known.ts";
import { inTenant, type Place, tell } from "./tx.ts";

/** A coin begins: its ledger is made of the councils' keys, and of two of the node's own. */

export interface CouncilRow {
  id: number;
  council: Council;
  staff_id: string;
  name: string;
  account: Buffer;
  key: Buffer;
  secret: Buffer;
}

/** A statement over a weekend still counts on Monday. */
const ATTESTATION_LASTS_MS = 72 * 3_600_000;
const CHAIN_IDS = 2 ** 47;

export async function councilOf(tx: Tx, tenantId: number): Promise<CouncilRow[]> {
  const { rows } =
    await sql<CouncilRow>`select id, council, staff_id, name, account, key, secret from wallet.council_member
    where tenant_id = ${tenantId} order by id`.execute(tx);
  return rows;
}

/**
 * What the ledger begins with is stored first, then the ledger is made: the same call again goes on where it stopped.
 * @throws AppError not_found, rule_broken where a council is too small, conflict for another revision
 */
export async function beginCoin(place: Place, tenantId: number, revision: number): Promise<void> {
  const { house, outside } = place;
  const now = house.clock.now();
  const { coin, council, registrarKey, exchangeKey } = await prepare(place, tenantId, revision);
  const registrar = firstAccount(coin.registrar_account, "registrar", registrarKey);
  const exchange = firstAccount(coin.exchange_account, "exchange", exchangeKey);
  const members = (name: Council) => council.filter((one) => one.council === name);
  const idsOf = (name: Council) => members(name).map(({ account }) => new Uint8Array(account));
  const genesis: Genesis = {
    chainId: coin.chain_id,
    profile: coin.legal === "issuer" ? "issuer" : "voucher",
    backing: [{ asset: "EUR", minor: 1, per: UNITS_A_CENT }],
    attestationLasts: ATTESTATION_LASTS_MS,
    accounts: [...council.map(councilAccount), registrar, exchange],
    governors: { needed: coin.governors_needed, members: idsOf("governors") },
    attestors: { needed: coin.attestors_needed, members: idsOf("attestors") },
  };
  await outside.ledgers(house).create(tenantId, genesis);
  await inTenant(place, tenantId, async (tx) => {
    await sql`update wallet.coin set state = 'open', begun_at = ${new Date(now)}, revision = revision + 1
      where tenant_id = ${tenantId} and state = 'draft'`.execute(tx);
    await beginSealing(tx, tenantId, now);
    await tell(tx, tenantId, "coin", now);
  });
  await house.announce(KNOWN, tenantId);
}

const councilAccount = ({ council, account, key, secret }: CouncilRow): FirstAccount => ({
  id: new Uint8Array(account),
  role: council === "governors" ? "governor" : "attestor",
  scheme: "p256",
  key: new Uint8Array(key),
  secret: new Uint8Array(secret),
});

const firstAccount = (id: Uint8Array, role: "registrar" | "exchange", key: Uint8Array): FirstAccount => ({
  id: new Uint8Array(id),
  role,
  scheme: "ed25519",
  key,
  // Of the node's own accounts nobody needs a proof.
  secret: new Uint8Array(16),
});

async function prepare(place: Place, tenantId: number, revision: number) {
  const made = {
    registrar: randomBytes(16),
    exchange: randomBytes(16),
    chainId: randomInt(1, CHAIN_IDS),
  };
  const registrar = await makeKey(place, made.registrar);
  const exchange = await makeKey(place, made.exchange);
  return inTenant(place, tenantId, async (tx) => {
    await sql`select from wallet.coin where tenant_id = ${tenantId} for update`.execute(tx);
    const coin = await findCoin(tx, tenantId);
    const council = await councilOf(tx, tenantId);
    check(coin, council, revision);
    // What an earlier try has stored may stand in a ledger already; its public keys stand with it.
    const { rows } = await sql<{ registrar: Buffer; exchange: Buffer }>`
      update wallet.coin set
        chain_id = coalesce(chain_id, ${made.chainId}),
        registrar_public = coalesce(registrar_public, ${Buffer.from(registrar.publicKey)}),
        exchange_public = coalesce(exchange_public, ${Buffer.from(exchange.publicKey)}),
        registrar_key = case when registrar_account is null then ${registrar.sealed} else registrar_key end,
        exchange_key = case when exchange_account is null then ${exchange.sealed} else exchange_key end,
        registrar_account = coalesce(registrar_account, ${made.registrar}),
        exchange_account = coalesce(exchange_account, ${made.exchange})
      where tenant_id = ${tenantId} returning registrar_public as registrar, exchange_public as exchange`.execute(
      tx,
    );
    const stored = (await findCoin(tx, tenantId)) as OpenCoin;
    return {
      coin: stored,
      council,
      registrarKey: new Uint8Array(rows[0]?.registrar as Buffer),
      exchangeKey: new Uint8Array(rows[0]?.exchange as Buffer),
    };
  });
}

function check(coin: CoinRow | undefined, council: readonly CouncilRow[], revision: number): void {
  if (!coin) throw new AppError("not_found");
  if (coin.state !== "draft") throw new AppError("rule_broken", "begun: this coin has begun already.");
  if (coin.revision !== revision) throw new AppError("conflict");
  for (const name of ["governors", "attestors"] as const) {
    const needed = name === "governors" ? coin.governors_needed : coin.attestors_needed;
    if (council.filter((one) => one.council === name).length < needed)
      throw new AppError("rule_broken", `too_few_${name}: more of them are needed than there are.`);
  }
}
