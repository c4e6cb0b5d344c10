import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import { readPlace } from "../rules/tokens.ts";
import { readOpenCoin } from "./coins.ts";
import { putJob } from "./jobs.ts";
import { makeKey } from "./keys.ts";
import { KNOWN } from "./known.ts";
import { inTenant, type Place, tell } from "./tx.ts";
import { wake } from "./wake.ts";

/** Coins that a company takes. Its key is the node's: the company's account outlives its staff (decision 0042). */

export interface Membership {
  id: number;
  issuer_tenant_id: number;
  account: Buffer;
  sealed_key: string;
  public_key: Buffer;
  secret: Buffer;
  redeem_holder: string;
  redeem_iban: string;
  state: "invited" | "open" | "left";
}

const COLUMNS = sql`id, issuer_tenant_id, account, sealed_key, public_key, secret, redeem_holder, redeem_iban, state`;

export async function listMemberships(tx: Tx, tenantId: number): Promise<Membership[]> {
  const { rows } =
    await sql<Membership>`select ${COLUMNS} from wallet.membership where tenant_id = ${tenantId} order by id`.execute(
      tx,
    );
  return rows;
}

/** @throws AppError not_found */
export async function membershipById(tx: Tx, tenantId: number, id: number): Promise<Membership> {
  const { rows } =
    await sql<Membership>`select ${COLUMNS} from wallet.membership where tenant_id = ${tenantId} and id = ${id}`.execute(
      tx,
    );
  if (!rows[0]) throw new AppError("not_found");
  return rows[0];
}

/** @param id none: the only one @throws AppError not_found, rule_broken where it is not open or there are several */
export async function openMembership(tx: Tx, tenantId: number, id: number | undefined): Promise<Membership> {
  const all = (await listMemberships(tx, tenantId)).filter(({ state }) => state === "open");
  const found = id === undefined ? all : all.filter((one) => one.id === id);
  if (found.length === 1) return found[0] as Membership;
  if (id !== undefined) throw new AppError("not_found");
  throw new AppError(
    "rule_broken",
    all.length === 0 ? "no_coin: this company takes no coin yet." : "which_coin: say which coin.",
  );
}

/** Who an account of a coin belongs to. In the issuer's rows. */
export async function merchantOf(
  tx: Tx,
  issuerId: number,
  account: Uint8Array,
): Promise<{ id: number; name: string; tenantId: number } | null> {
  const { rows } = await sql<{ id: number; name: string; tenantId: number }>`
    select id, name, member_tenant_id as "tenantId" from wallet.merchant
    where tenant_id = ${issuerId} and account = ${Buffer.from(account)} and member_tenant_id is not null`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/**
 * A company takes a coin by its issuer's invitation: two rows, each in its own company's scope, and an account on the ledger.
 * The same call again goes on where it stopped.
 * @throws AppError not_found for an invitation that is none, conflict for one that another company took, busy
 */
export async function joinAsMerchant(
  place: Place,
  tenantId: number,
  { invitation, holder, iban }: { invitation: string; holder: string; iban: string },
): Promise<number> {
  const at = readPlace(invitation);
  if (!at) throw new AppError("not_found");
  await readOpenCoin(place, at.tenantId);
  const now = place.house.clock.now();
  const merchant = await takeInvitation(place, at, tenantId);
  const account = randomBytes(16);
  const key = await makeKey(place, account);
  const membership = await inTenant(place, tenantId, async (tx) => {
    await sql`insert into wallet.membership (tenant_id, issuer_tenant_id, account, sealed_key, public_key, secret, redeem_holder, redeem_iban, created_at)
      values (${tenantId}, ${at.tenantId}, ${account}, ${key.sealed}, ${Buffer.from(key.publicKey)}, ${randomBytes(16)}, ${holder}, ${iban}, ${new Date(now)})
      on conflict (tenant_id, issuer_tenant_id) do update set redeem_holder = excluded.redeem_holder, redeem_iban = excluded.redeem_iban`.execute(
      tx,
    );
    const found = (await listMemberships(tx, tenantId)).find((one) => one.issuer_tenant_id === at.tenantId);
    await tell(tx, tenantId, "till", now);
    return found as Membership;
  });
  if (membership.state !== "open") {
    await inTenant(place, at.tenantId, async (tx) => {
      await sql`update wallet.merchant set account = ${membership.account} where tenant_id = ${at.tenantId} and id = ${merchant.id}`.execute(
        tx,
      );
      await putJob(tx, {
        tenantId: at.tenantId,
        ledgerTenantId: at.tenantId,
        signer: "registrar",
        operations: [
          {
            kind: "open",
            by: 0,
            account: new Uint8Array(membership.account),
            role: "merchant",
            scheme: "ed25519",
            key: new Uint8Array(membership.public_key),
            secret: new Uint8Array(membership.secret),
          },
        ],
        purpose: "member",
        subject: `${merchant.id} ${tenantId}`,
        now,
      });
    });
    await wake(place, at.tenantId);
  }
  return membership.id;
}

async function takeInvitation(
  place: Place,
  at: { tenantId: number; key: string },
  tenantId: number,
): Promise<{ id: number }> {
  return inTenant(place, at.tenantId, async (tx) => {
    const { rows } = await sql<{ id: number; member: number | null }>`
      select id, member_tenant_id as member from wallet.merchant
      where tenant_id = ${at.tenantId} and invitation = ${at.key} and state <> 'left' for update`.execute(tx);
    const [row] = rows;
    if (!row) throw new AppError("not_found", "This invitation opens nothing (any more).");
    if (row.member !== null && row.member !== tenantId)
      throw new AppError("conflict", "Another company has taken this invitation.");
    await sql`update wallet.merchant set member_tenant_id = ${tenantId} where tenant_id = ${at.tenantId} and id = ${row.id}`.execute(
      tx,
    );
    return row;
  });
}

/** The account is on the ledger: both rows say so. */
export async function noteMember(
  place: Place,
  issuerId: number,
  subject: string,
  now: number,
): Promise<void> {
  const [merchantId, memberTenantId] = subject.split(" ").map(Number) as [number, number];
  await inTenant(place, memberTenantId, async (tx) => {
    await sql`update wallet.membership set state = 'open' where tenant_id = ${memberTenantId} and issuer_tenant_id = ${issuerId}`.execute(
      tx,
    );
    await tell(tx, memberTenantId, "till", now);
  });
  await place.house.announce(KNOWN, memberTenantId);
  await inTenant(place, issuerId, async (tx) => {
    await sql`update wallet.merchant set state = 'open' where tenant_id = ${issuerId} and id = ${merchantId}`.execute(
      tx,
    );
    await tell(tx, issuerId, "coin", now);
  });
}
