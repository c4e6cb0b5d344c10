import { createHash, randomBytes, randomInt } from "node:crypto";
import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import { DOMAIN, decodeBody, encodeBody, LIFETIME_MS, type Transaction } from "../../coin/api.ts";
import type { LedgerAccount } from "../ports.ts";
import { bytesOf, hexOf } from "../rules/bytes.ts";
import { groupsOf } from "../rules/groups.ts";
import type { PlaceKey } from "../rules/tokens.ts";
import { type AccountRow, hashOf } from "./accounts.ts";
import { type Decided, type Job, putSigned } from "./jobs.ts";
import { inTenant, type Place } from "./tx.ts";
import { wake } from "./wake.ts";

/**
 * A lost telephone: a new one asks, and k of the n whom the customer has named rotate the key. Who signs is not known when it is
 * asked, so every group of k has bytes of its own, all with one id: the ledger does one of them. A helper signs once.
 */

/** C(5, 3) = 10 groups at most. */
export const HELPERS_MOST = 5;
const WAITING_MOST = 5;
const MARGIN_MS = 3_600_000;
/** A helper's numbers ahead of the next: what they pay meanwhile does not use them up (the window has 64). */
const AHEAD = { from: 16, to: 61 };
const CODE_DIGITS = 8;

/** Both sides compare it, so that nobody's key is put in between. */
export function codeOf(newKey: Uint8Array): string {
  const number = createHash("sha256").update(newKey).digest().readBigUInt64BE(0) % 10n ** BigInt(CODE_DIGITS);
  return String(number).padStart(CODE_DIGITS, "0");
}

export interface AskedRecovery {
  readonly recovery: string;
  readonly code: string;
  readonly expiresAt: number;
  readonly needed: number;
}

/** @throws AppError not_found, rule_broken where nobody may recover it or too many ask already */
export async function askRecovery(
  place: Place,
  { tenantId, key: account }: PlaceKey,
  { key, label }: { key: string; label: string },
): Promise<AskedRecovery> {
  const { house, outside } = place;
  const ledgers = outside.ledgers(house);
  const owner = await ledgers.account(tenantId, bytesOf(account));
  const ledger = await ledgers.ledger(tenantId);
  if (!owner || !ledger || owner.role !== "customer")
    throw new AppError("not_found", "There is no such wallet.");
  const { needed, members } = owner.recoverers;
  if (needed === 0)
    throw new AppError("rule_broken", "no_recoverers: nobody was named who may recover this wallet.");
  if (members.length > HELPERS_MOST)
    throw new AppError("rule_broken", "too_many_recoverers: more than five.");
  const helpers = await Promise.all(
    members.map(async (id) => ({ id, facts: (await ledgers.account(tenantId, id)) as LedgerAccount })),
  );
  const now = house.clock.now();
  const expiresAt = Math.max(now, ledger.time) + LIFETIME_MS - MARGIN_MS;
  const txId = randomBytes(16);
  const numbers = helpers.map(({ facts }) => facts.nextNonce + randomInt(AHEAD.from, AHEAD.to));
  const groups = groupsOf(helpers.length, needed).map((group) => {
    const transaction: Transaction = {
      chainId: ledger.chainId,
      id: txId,
      expiresAt,
      signers: group.map((n) => {
        const { id, facts } = helpers[n] as (typeof helpers)[number];
        return { account: id, nonce: numbers[n] as number, scheme: facts.scheme, key: facts.key };
      }),
      operations: [{ kind: "rotate", by: 0, account: bytesOf(account), scheme: "p256", key: bytesOf(key) }],
    };
    return { body: encodeBody(transaction), signers: transaction.signers.map((one) => one.account) };
  });
  const secret = randomBytes(16).toString("hex");
  const asked = { account, key, label, needed, secret, txId, now, expiresAt };
  await inTenant(place, tenantId, (tx) => insertRecovery(tx, tenantId, asked, groups));
  return { recovery: `${tenantId}.${secret}`, code: codeOf(bytesOf(key)), expiresAt, needed };
}

async function insertRecovery(
  tx: Tx,
  tenantId: number,
  of: {
    account: string;
    key: string;
    label: string;
    needed: number;
    secret: string;
    txId: Uint8Array;
    now: number;
    expiresAt: number;
  },
  groups: readonly { body: Uint8Array; signers: readonly Uint8Array[] }[],
): Promise<void> {
  const account = Buffer.from(of.account, "hex");
  await sql`update wallet.recovery set state = 'expired'
    where tenant_id = ${tenantId} and account = ${account} and state = 'waiting' and (expires_at <= ${new Date(of.now)} or new_key = ${Buffer.from(of.key, "hex")})`.execute(
    tx,
  );
  // Asking is free, so what nobody has signed yet makes room: strangers cannot keep an owner out.
  await sql`update wallet.recovery set state = 'expired' where tenant_id = ${tenantId} and id in (
    select r.id from wallet.recovery r where r.tenant_id = ${tenantId} and r.account = ${account} and r.state = 'waiting' and not exists (
      select from wallet.recovery_signature s where s.tenant_id = r.tenant_id and s.recovery_id = r.id and s.signature is not null)
    order by r.created_at desc, r.id offset ${WAITING_MOST - 1})`.execute(tx);
  const id = randomBytes(16);
  await sql`insert into wallet.recovery (tenant_id, id, key_hash, account, new_key, label, needed, created_at, expires_at)
    values (${tenantId}, ${id}, ${hashOf(of.secret)}, ${account}, ${Buffer.from(of.key, "hex")}, ${of.label}, ${of.needed}, ${new Date(of.now)}, ${new Date(of.expiresAt)})`.execute(
    tx,
  );
  for (const [n, { body, signers }] of groups.entries()) {
    await sql`insert into wallet.recovery_group (tenant_id, recovery_id, n, body, tx_id)
      values (${tenantId}, ${id}, ${n}, ${Buffer.from(body)}, ${Buffer.from(of.txId)})`.execute(tx);
    for (const [signer, one] of signers.entries())
      await sql`insert into wallet.recovery_signature (tenant_id, recovery_id, n, signer, account)
        values (${tenantId}, ${id}, ${n}, ${signer}, ${Buffer.from(one)})`.execute(tx);
  }
}

interface RecoveryRow {
  id: Buffer;
  account: Buffer;
  new_key: Buffer;
  label: string;
  needed: number;
  state: "waiting" | "done" | "expired";
  expires_at: Date;
  have: number;
}

const ROWS = sql`select r.id, r.account, r.new_key, r.label, r.needed, r.state, r.expires_at,
    (select count(distinct s.account)::int from wallet.recovery_signature s
      where s.tenant_id = r.tenant_id and s.recovery_id = r.id and s.signature is not null) as have
  from wallet.recovery r`;

const stateOf = ({ state, expires_at }: RecoveryRow, now: number): RecoveryRow["state"] =>
  state === "waiting" && expires_at.getTime() <= now ? "expired" : state;

/** For whoever asked. The token comes once, and with it the way here ends. @throws AppError not_found */
export async function lookAtRecovery(place: Place, at: PlaceKey) {
  const { tenantId } = at;
  const now = place.house.clock.now();
  return inTenant(place, tenantId, async (tx) => {
    const { rows } =
      await sql<RecoveryRow>`${ROWS} where r.tenant_id = ${tenantId} and r.key_hash = ${hashOf(at.key)}`.execute(
        tx,
      );
    const [row] = rows;
    if (!row) throw new AppError("not_found");
    const state = stateOf(row, now);
    const opened = state === "done" ? await tokenOnce(tx, tenantId, row) : null;
    return {
      state,
      have: row.have,
      needed: row.needed,
      code: codeOf(row.new_key),
      expiresAt: row.expires_at.getTime(),
      account: hexOf(row.account),
      token: opened?.token ?? null,
      secret: opened?.secret ?? null,
    };
  });
}

/** Whoever has read it has it; the way to it ends, so that nobody who finds it later gets another. */
async function tokenOnce(
  tx: Tx,
  tenantId: number,
  { id, account }: RecoveryRow,
): Promise<{ token: string; secret: string | null }> {
  await sql`update wallet.recovery set key_hash = ${randomBytes(32)} where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
  const token = randomBytes(32).toString("hex");
  const { rows } = await sql<{
    secret: Buffer | null;
  }>`update wallet.account set token_hash = ${hashOf(token)}
    where tenant_id = ${tenantId} and account = ${account} returning secret`.execute(tx);
  const secret = rows[0]?.secret;
  return { token, secret: secret ? hexOf(secret) : null };
}

/** What others ask of me. */
export async function recoveriesFor(place: Place, tenantId: number, me: AccountRow) {
  const now = place.house.clock.now();
  return inTenant(place, tenantId, async (tx) => {
    const { rows } =
      await sql<RecoveryRow>`${ROWS} where r.tenant_id = ${tenantId} and r.state = 'waiting' and r.expires_at > ${new Date(now)}
      and exists (select from wallet.recovery_signature s where s.tenant_id = r.tenant_id and s.recovery_id = r.id and s.account = ${me.account})
      order by r.created_at limit 20`.execute(tx);
    const items = [];
    for (const row of rows) {
      const parts = await myParts(tx, tenantId, row.id, me.account);
      items.push({
        recovery: hexOf(row.id),
        account: hexOf(row.account),
        label: row.label,
        newKey: hexOf(row.new_key),
        code: codeOf(row.new_key),
        expiresAt: row.expires_at.getTime(),
        needed: row.needed,
        have: row.have,
        isSigned: parts.every(({ signature }) => signature !== null),
        bodies: parts.map(({ body }) => hexOf(body)),
      });
    }
    return { items };
  });
}

interface Part {
  n: number;
  signer: number;
  body: Buffer;
  signature: Buffer | null;
}

async function myParts(tx: Tx, tenantId: number, id: Uint8Array, account: Uint8Array): Promise<Part[]> {
  const { rows } = await sql<Part>`select s.n, s.signer, g.body, s.signature from wallet.recovery_signature s
    join wallet.recovery_group g on g.tenant_id = s.tenant_id and g.recovery_id = s.recovery_id and g.n = s.n
    where s.tenant_id = ${tenantId} and s.recovery_id = ${Buffer.from(id)} and s.account = ${Buffer.from(account)} order by s.n`.execute(
    tx,
  );
  return rows;
}

/** @throws AppError not_found, bad_request for signatures that are none; busy */
export async function signRecovery(
  place: Place,
  tenantId: number,
  me: AccountRow,
  { id, signatures }: { id: string; signatures: readonly string[] },
) {
  const now = place.house.clock.now();
  const recoveryId = Buffer.from(id, "hex");
  await inTenant(place, tenantId, async (tx) => {
    const row = await lock(tx, tenantId, recoveryId);
    if (stateOf(row, now) !== "waiting") return;
    const parts = await myParts(tx, tenantId, recoveryId, me.account);
    if (parts.length === 0) throw new AppError("not_found");
    for (const [k, part] of parts.entries()) {
      const signature = bytesOf(signatures[k] ?? "");
      const message = Buffer.concat([DOMAIN, part.body]);
      const signer = decodeBody(new Uint8Array(part.body)).signers[part.signer];
      if (
        !signer ||
        !place.outside.isSignature({ scheme: signer.scheme, key: signer.key, message, signature })
      )
        throw new AppError("bad_request", undefined, [
          { path: `signatures.${k}`, message: "is not by this key" },
        ]);
      await sql`update wallet.recovery_signature set signature = ${Buffer.from(signature)}
        where tenant_id = ${tenantId} and recovery_id = ${recoveryId} and n = ${part.n} and signer = ${part.signer}`.execute(
        tx,
      );
    }
    await handInFull(tx, tenantId, recoveryId, now);
  });
  await wake(place, tenantId);
  const row = await inTenant(place, tenantId, (tx) => lock(tx, tenantId, recoveryId));
  return {
    state: row.state === "done" ? ("done" as const) : ("waiting" as const),
    have: row.have,
    needed: row.needed,
  };
}

/** @throws AppError not_found */
async function lock(tx: Tx, tenantId: number, id: Buffer): Promise<RecoveryRow> {
  await sql`select from wallet.recovery where tenant_id = ${tenantId} and id = ${id} for update`.execute(tx);
  const { rows } = await sql<RecoveryRow>`${ROWS} where r.tenant_id = ${tenantId} and r.id = ${id}`.execute(
    tx,
  );
  if (!rows[0]) throw new AppError("not_found");
  return rows[0];
}

/** A group that is full becomes a job. */
async function handInFull(tx: Tx, tenantId: number, recoveryId: Buffer, now: number): Promise<void> {
  const { rows } = await sql<{ body: Buffer; tx_id: Buffer; signatures: Buffer[] }>`
    select g.body, g.tx_id, array_agg(s.signature order by s.signer) as signatures
    from wallet.recovery_group g join wallet.recovery_signature s on s.tenant_id = g.tenant_id and s.recovery_id = g.recovery_id and s.n = g.n
    where g.tenant_id = ${tenantId} and g.recovery_id = ${recoveryId}
    group by g.n, g.body, g.tx_id having count(*) = count(s.signature) order by g.n limit 1`.execute(tx);
  const [full] = rows;
  if (!full) return;
  await putSigned(tx, {
    tenantId,
    ledgerTenantId: tenantId,
    id: full.tx_id,
    signer: "council",
    bytes: Buffer.concat([full.body, ...full.signatures]),
    purpose: "recovery",
    subject: hexOf(recoveryId),
    now,
    after: now,
  });
}

/** The new key counts: who had the old one reads nothing more. What a refusal leaves is asked for anew. */
export async function noteRecovery(place: Place, job: Job, { result }: Decided): Promise<void> {
  const { tenantId, subject } = job;
  const id = Buffer.from(subject, "hex");
  await inTenant(place, tenantId, async (tx) => {
    const row = await lock(tx, tenantId, id);
    if (row.state !== "waiting") return;
    await sql`update wallet.recovery set state = ${result === "applied" ? "done" : "expired"} where tenant_id = ${tenantId} and id = ${id}`.execute(
      tx,
    );
    // Whoever asked before has been overtaken, whether it was done or not.
    if (result === "applied")
      await sql`update wallet.recovery set state = 'expired', key_hash = ${randomBytes(32)}
        where tenant_id = ${tenantId} and account = ${row.account} and id <> ${id}`.execute(tx);
    if (result === "applied")
      await sql`update wallet.account set token_hash = null where tenant_id = ${tenantId} and account = ${row.account}`.execute(
        tx,
      );
  });
}
