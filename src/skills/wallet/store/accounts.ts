import { createHash, randomBytes } from "node:crypto";
import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import { bytesOf, hexOf } from "../rules/bytes.ts";
import type { PlaceKey } from "../rules/tokens.ts";
import { readOpenCoin } from "./coins.ts";
import { putJob } from "./jobs.ts";
import { inTenant, type Place } from "./tx.ts";
import { wake } from "./wake.ts";

/** Customers' accounts: opened by an invitation, read by a token, spent from by a key that is never here. */

export interface AccountRow {
  account: Buffer;
  secret: Buffer | null;
  label: string;
  language: "de" | "en";
  state: "opening" | "open";
  helper_labels: Record<string, string>;
}

const COLUMNS = sql`account, secret, label, language, state, helper_labels`;
const TOKEN_BYTES = 32;

export const hashOf = (hex: string): Buffer => createHash("sha256").update(bytesOf(hex)).digest();

/** @returns undefined for a token that opens nothing (any more) */
export async function accountByToken(tx: Tx, { tenantId, key }: PlaceKey): Promise<AccountRow | undefined> {
  const { rows } = await sql<AccountRow>`select ${COLUMNS} from wallet.account
    where tenant_id = ${tenantId} and token_hash = ${hashOf(key)} and state = 'open'`.execute(tx);
  return rows[0];
}

export interface NewAccount {
  readonly invitation: PlaceKey;
  readonly key: string;
  readonly secret: string;
  readonly label: string;
  readonly language: "de" | "en";
}

/**
 * Opens an account on the ledger. The same call again, with the same secret, gives the same account and a new token: its first
 * answer may have been lost.
 * @throws AppError not_found for an invitation that is none, used up or over; busy
 */
export async function openAccount(
  place: Place,
  asked: NewAccount,
): Promise<{ account: string; token: string }> {
  const { tenantId } = asked.invitation;
  await readOpenCoin(place, tenantId);
  const now = place.house.clock.now();
  const account = await inTenant(place, tenantId, async (tx) => {
    const found = await findSame(tx, asked, now);
    if (found?.state === "open") return found.account;
    const id = found?.account ?? (await insertAccount(tx, asked, now));
    await putJob(tx, {
      tenantId,
      ledgerTenantId: tenantId,
      signer: "registrar",
      operations: [
        {
          kind: "open",
          by: 0,
          account: new Uint8Array(id),
          role: "customer",
          scheme: "p256",
          key: bytesOf(asked.key),
          secret: bytesOf(asked.secret),
        },
      ],
      purpose: "open",
      subject: hexOf(id),
      now,
    });
    return id;
  });
  await wake(place, tenantId);
  const facts = await place.outside.ledgers(place.house).account(tenantId, new Uint8Array(account));
  if (facts && hexOf(facts.key) !== asked.key)
    throw new AppError("conflict", "This account has another key now.");
  return { account: hexOf(account), token: await newToken(place, tenantId, account) };
}

/** A lost answer is asked for again soon; later the same call would be somebody who has found the telephone. */
const AGAIN_MS = 15 * 60_000;

/** @throws AppError conflict for a key that was used with another secret or invitation, or long ago */
async function findSame(
  tx: Tx,
  { invitation, key, secret }: NewAccount,
  now: number,
): Promise<Pick<AccountRow, "account" | "state"> | undefined> {
  const { rows } = await sql<Pick<AccountRow, "account" | "state"> & { is_same: boolean }>`
    select account, state, coalesce(secret = ${Buffer.from(secret, "hex")} and invitation = ${invitation.key}
      and (state = 'opening' or created_at > ${new Date(now - AGAIN_MS)}), false) as is_same
    from wallet.account where tenant_id = ${invitation.tenantId} and opened_key = ${Buffer.from(key, "hex")} for update`.execute(
    tx,
  );
  const [row] = rows;
  if (row && !row.is_same) throw new AppError("conflict", "This key has an account already.");
  return row;
}

async function insertAccount(tx: Tx, asked: NewAccount, now: number): Promise<Buffer> {
  const { tenantId, key: invitation } = asked.invitation;
  const { rows } = await sql<{ made_by_account: Buffer | null }>`update wallet.invitation set used = used + 1
    where tenant_id = ${tenantId} and key = ${invitation} and used < uses and expires_at > ${new Date(now)} returning made_by_account`.execute(
    tx,
  );
  if (!rows[0]) throw new AppError("not_found", "This invitation is used up or over. Ask for a new one.");
  const account = randomBytes(16);
  await sql`insert into wallet.account (tenant_id, account, secret, opened_key, invitation, label, language, created_at)
    values (${tenantId}, ${account}, ${Buffer.from(asked.secret, "hex")}, ${Buffer.from(asked.key, "hex")}, ${invitation}, ${asked.label},
      ${asked.language}, ${new Date(now)})`.execute(tx);
  // Whom the invitation was sent to, or whose second device it is.
  await sql`insert into wallet.account_place (tenant_id, issuer_tenant_id, account, contact_id)
    select p.tenant_id, p.tenant_id, ${account}::bytea, p.contact_id from wallet.invitation_place p where p.tenant_id = ${tenantId} and p.key = ${invitation}
    union all
    select p.tenant_id, p.issuer_tenant_id, ${account}::bytea, p.contact_id from wallet.account_place p
    where p.tenant_id = ${tenantId} and p.issuer_tenant_id = ${tenantId} and p.account = ${rows[0].made_by_account}::bytea
    on conflict do nothing`.execute(tx);
  return account;
}

/** @throws AppError busy as long as the ledger has not opened it */
async function newToken(place: Place, tenantId: number, account: Uint8Array): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString("hex");
  const isOpen = await inTenant(place, tenantId, async (tx) => {
    const { rows } = await sql`update wallet.account set token_hash = ${hashOf(token)}
      where tenant_id = ${tenantId} and account = ${Buffer.from(account)} and state = 'open' returning account`.execute(
      tx,
    );
    return rows.length > 0;
  });
  if (!isOpen) throw new AppError("busy", "The account is not open yet; ask again in a second.");
  return token;
}

/** The ledger has it. */
export async function noteOpened(place: Place, tenantId: number, account: string): Promise<void> {
  await inTenant(place, tenantId, (tx) =>
    sql`update wallet.account set state = 'open' where tenant_id = ${tenantId} and account = ${Buffer.from(account, "hex")}`.execute(
      tx,
    ),
  );
}

export interface Invitation {
  label: string;
  uses: number;
  used: number;
  expires_at: Date;
}

export async function findInvitation(tx: Tx, { tenantId, key }: PlaceKey): Promise<Invitation | undefined> {
  const { rows } = await sql<Invitation>`select label, uses, used, expires_at from wallet.invitation
    where tenant_id = ${tenantId} and key = ${key}`.execute(tx);
  return rows[0];
}

/** @returns the invitation's key */
export async function insertInvitation(
  tx: Tx,
  tenantId: number,
  of: {
    readonly label: string;
    readonly uses: number;
    readonly by: string;
    readonly now: number;
    readonly expiresAt: number;
    readonly account?: Uint8Array;
    readonly contactId?: number;
  },
): Promise<string> {
  const key = randomBytes(16).toString("hex");
  await sql`insert into wallet.invitation (tenant_id, key, label, uses, made_by_account, created_by, created_at, expires_at)
    values (${tenantId}, ${key}, ${of.label}, ${of.uses}, ${of.account ? Buffer.from(of.account) : null}, ${of.by}, ${new Date(of.now)}, ${new Date(of.expiresAt)})`.execute(
    tx,
  );
  if (of.contactId !== undefined)
    await sql`insert into wallet.invitation_place (tenant_id, key, contact_id) values (${tenantId}, ${key}, ${of.contactId})`.execute(
      tx,
    );
  return key;
}

export async function forgetToken(tx: Tx, tenantId: number, account: Uint8Array): Promise<void> {
  await sql`update wallet.account set token_hash = null where tenant_id = ${tenantId} and account = ${Buffer.from(account)}`.execute(
    tx,
  );
}

/** What the customer calls those who may recover it. */
export async function keepLabels(
  tx: Tx,
  tenantId: number,
  account: Uint8Array,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  await sql`update wallet.account set helper_labels = ${JSON.stringify(labels)}::jsonb
    where tenant_id = ${tenantId} and account = ${Buffer.from(account)}`.execute(tx);
}

/** Accounts of which this one is a recoverer, as their owners have named it. */
export async function labelsOf(
  tx: Tx,
  tenantId: number,
  helper: string,
): Promise<{ account: string; label: string }[]> {
  const { rows } = await sql<{ account: string; label: string }>`
    select encode(account, 'hex') as account, label from wallet.account
    where tenant_id = ${tenantId} and helper_labels ? ${helper} order by created_at limit 50`.execute(tx);
  return rows;
}
