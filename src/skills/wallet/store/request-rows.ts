import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import type { RequestState } from "../api.ts";

/** What a merchant asks for, in the merchant's rows. */

export interface RequestRow {
  id: number;
  key: string;
  membership_id: number;
  issuer_tenant_id: number;
  title: string;
  amount: number;
  kind: "now" | "hold";
  until: Date | null;
  reference: Buffer;
  state: RequestState;
  paid_amount: number;
  refunded_amount: number;
  payer: Buffer | null;
  tx_id: Buffer | null;
  height: number | null;
  paid_at: Date | null;
  attempt_id: Buffer | null;
  about: string;
  is_offline: boolean;
  language: "de" | "en";
  created_by: string;
  created_at: Date;
  expires_at: Date;
  conversation_id: number | null;
}

const ROWS = sql`select r.id, r.key, r.membership_id, r.issuer_tenant_id, r.title, r.amount, r.kind, r.until, r.reference, r.state, r.paid_amount, r.refunded_amount,
    r.payer, r.tx_id, r.height, r.paid_at, r.attempt_id, r.about, r.is_offline, r.language, r.created_by, r.created_at, r.expires_at, p.conversation_id
  from wallet.request r left join wallet.request_place p on p.tenant_id = r.tenant_id and p.request_id = r.id`;

/** @throws AppError not_found */
export async function readRequest(tx: Tx, tenantId: number, id: number): Promise<RequestRow> {
  const { rows } = await sql<RequestRow>`${ROWS} where r.tenant_id = ${tenantId} and r.id = ${id}`.execute(
    tx,
  );
  if (!rows[0]) throw new AppError("not_found");
  return rows[0];
}

/** Locked until the commit: whatever moves money of a request begins here. @throws AppError not_found */
export async function lockRequest(tx: Tx, tenantId: number, id: number): Promise<RequestRow> {
  await sql`select from wallet.request where tenant_id = ${tenantId} and id = ${id} for update`.execute(tx);
  return readRequest(tx, tenantId, id);
}

/** Locked. @returns undefined where nobody asked for this */
export async function lockByReference(
  tx: Tx,
  tenantId: number,
  reference: Uint8Array,
): Promise<RequestRow | undefined> {
  const { rows } = await sql<{ id: number }>`
    select id from wallet.request where tenant_id = ${tenantId} and reference = ${Buffer.from(reference)} for update`.execute(
    tx,
  );
  return rows[0] && readRequest(tx, tenantId, rows[0].id);
}

export async function findByKey(tx: Tx, tenantId: number, key: string): Promise<RequestRow | undefined> {
  const { rows } = await sql<RequestRow>`${ROWS} where r.tenant_id = ${tenantId} and r.key = ${key}`.execute(
    tx,
  );
  return rows[0];
}

export interface Listing {
  readonly state?: RequestState | undefined;
  readonly conversationId?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly before: number | null;
  readonly limit: number;
}

export async function listRows(tx: Tx, tenantId: number, listing: Listing): Promise<RequestRow[]> {
  const { state = null, conversationId = null, from = null, to = null, before, limit } = listing;
  const { rows } = await sql<RequestRow>`${ROWS}
    where r.tenant_id = ${tenantId} and (${state}::text is null or r.state = ${state})
      and (${conversationId}::bigint is null or p.conversation_id = ${conversationId})
      and (${from}::timestamptz is null or r.created_at >= ${from}) and (${to}::timestamptz is null or r.created_at < ${to})
      and (${before}::bigint is null or r.id < ${before})
    order by r.id desc limit ${limit}`.execute(tx);
  return rows;
}

const HELD_MOST = 1_000;

/** Set aside at this moment, and waiting for something. */
export async function heldRows(tx: Tx, tenantId: number): Promise<RequestRow[]> {
  const { rows } = await sql<RequestRow>`${ROWS}
    where r.tenant_id = ${tenantId} and r.state = 'held' and r.about like 'delivery %' order by r.id limit ${HELD_MOST}`.execute(
    tx,
  );
  return rows;
}

export interface EntryRow {
  id: number;
  request_id: number;
  kind: "paid" | "held" | "captured" | "returned" | "refunded";
  amount: number;
  state: "waiting" | "done" | "failed";
  result: string;
  made_by: string;
  at: Date;
  tx_id: Buffer;
  height: number | null;
}

export async function entriesOf(tx: Tx, tenantId: number, ids: readonly number[]): Promise<EntryRow[]> {
  const { rows } =
    await sql<EntryRow>`select id, request_id, kind, amount, state, result, made_by, at, tx_id, height from wallet.entry
    where tenant_id = ${tenantId} and request_id = any(${[...ids]}::bigint[]) order by id`.execute(tx);
  return rows;
}

export interface NewEntry {
  readonly requestId: number;
  readonly kind: EntryRow["kind"];
  readonly amount: number;
  readonly state: EntryRow["state"];
  readonly txId: Uint8Array;
  readonly clientKey?: string;
  readonly height?: number;
  readonly by: string;
  readonly at: number;
}

/** @returns false where this key, or this transaction, has one already */
export async function insertEntry(tx: Tx, tenantId: number, one: NewEntry): Promise<boolean> {
  const { rows } =
    await sql`insert into wallet.entry (tenant_id, request_id, kind, amount, state, client_key, tx_id, height, made_by, at)
    values (${tenantId}, ${one.requestId}, ${one.kind}, ${one.amount}, ${one.state}, ${one.clientKey ?? null}, ${Buffer.from(one.txId)},
      ${one.height ?? null}, ${one.by}, ${new Date(one.at)}) on conflict do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** What the ledger said to a waiting entry. @returns undefined where it was noted before */
export async function endEntry(
  tx: Tx,
  tenantId: number,
  of: { txId: Uint8Array; result: string; height: number; now: number },
): Promise<EntryRow | undefined> {
  const isDone = of.result === "applied";
  const { rows } =
    await sql<EntryRow>`update wallet.entry set state = ${isDone ? "done" : "failed"}, result = ${isDone ? "" : of.result},
      height = ${of.height}, at = ${new Date(of.now)}
    where tenant_id = ${tenantId} and tx_id = ${Buffer.from(of.txId)} and state = 'waiting'
    returning id, request_id, kind, amount, state, result, made_by, at, tx_id, height`.execute(tx);
  return rows[0];
}
