import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Tx } from "#kernel";
import type { Operation } from "../../coin/api.ts";
import { operationsOf, operationsText } from "../rules/bytes.ts";

/**
 * What is to be done on a ledger, stored before it is done. A job's id is its transaction's: whoever tries it a second time gets
 * the first answer.
 */

export type Signer = "customer" | "council" | "registrar" | "exchange" | "merchant";

export interface Job {
  readonly tenantId: number;
  readonly id: Uint8Array;
  readonly ledgerTenantId: number;
  readonly signer: Signer;
  readonly membershipId: number | null;
  readonly operations: readonly Operation[] | null;
  readonly bytes: Uint8Array | null;
  readonly purpose: string;
  readonly subject: string;
  readonly tries: number;
  readonly createdAt: number;
  /** What became of it; null = nothing is known yet. */
  readonly ended: string | null;
}

/** What the ledger said. */
export interface Decided {
  readonly result: string;
  readonly isKnown: boolean;
  readonly height: number;
}

export interface NewJob {
  readonly tenantId: number;
  readonly ledgerTenantId: number;
  readonly purpose: string;
  readonly subject: string;
  readonly now: number;
}

/** Something the node signs itself. @returns the id of its transaction */
export async function putJob(
  tx: Tx,
  job: NewJob & {
    readonly signer: "registrar" | "exchange" | "merchant";
    readonly membershipId?: number;
    readonly operations: readonly Operation[];
    /** ms; not before */
    readonly after?: number;
  },
): Promise<Uint8Array> {
  const id = randomBytes(16);
  await sql`insert into wallet.job (tenant_id, id, ledger_tenant_id, signer, membership_id, operations, purpose, subject, next_at, created_at)
    values (${job.tenantId}, ${id}, ${job.ledgerTenantId}, ${job.signer}, ${job.membershipId ?? null}, ${operationsText(job.operations)}::jsonb,
      ${job.purpose}, ${job.subject}, ${new Date(job.after ?? job.now)}, ${new Date(job.now)})`.execute(tx);
  return id;
}

/**
 * Something that comes signed. The same bytes a second time are the first ones.
 * @param job.after ms: until then the caller does it
 * @returns false where it was stored before
 */
export async function putSigned(
  tx: Tx,
  job: NewJob & {
    readonly id: Uint8Array;
    readonly signer: "customer" | "council";
    readonly bytes: Uint8Array;
    readonly after: number;
  },
): Promise<boolean> {
  const { rows } =
    await sql`insert into wallet.job (tenant_id, id, ledger_tenant_id, signer, bytes, purpose, subject, next_at, created_at)
    values (${job.tenantId}, ${Buffer.from(job.id)}, ${job.ledgerTenantId}, ${job.signer}, ${Buffer.from(job.bytes)}, ${job.purpose}, ${job.subject},
      ${new Date(job.after)}, ${new Date(job.now)}) on conflict (tenant_id, id) do nothing returning id`.execute(
      tx,
    );
  return rows.length > 0;
}

interface JobRow {
  tenant_id: number;
  id: Buffer;
  ledger_tenant_id: number;
  signer: Signer;
  membership_id: number | null;
  operations: unknown;
  bytes: Buffer | null;
  purpose: string;
  subject: string;
  tries: number;
  created_at: Date;
  state: string;
  result: string;
}

const COLUMNS = sql`tenant_id, id, ledger_tenant_id, signer, membership_id, operations, bytes, purpose, subject, tries, created_at, state, result`;

const jobOf = (row: JobRow): Job => ({
  tenantId: row.tenant_id,
  id: new Uint8Array(row.id),
  ledgerTenantId: row.ledger_tenant_id,
  signer: row.signer,
  membershipId: row.membership_id,
  operations: row.operations === null ? null : operationsOf(row.operations),
  bytes: row.bytes && new Uint8Array(row.bytes),
  purpose: row.purpose,
  subject: row.subject,
  tries: row.tries,
  createdAt: row.created_at.getTime(),
  ended: row.state === "done" ? row.result : null,
});

const AT_ONCE = 100;

/** The oldest first, so that one key signs in the order in which it was asked. */
export async function dueJobs(tx: Tx, tenantId: number, now: number): Promise<Job[]> {
  const { rows } = await sql<JobRow>`select ${COLUMNS} from wallet.job
    where tenant_id = ${tenantId} and state <> 'done' and next_at <= ${new Date(now)} order by created_at, id limit ${AT_ONCE}`.execute(
    tx,
  );
  return rows.map(jobOf);
}

export async function findJob(tx: Tx, tenantId: number, id: Uint8Array): Promise<Job | undefined> {
  const { rows } = await sql<JobRow>`select ${COLUMNS} from wallet.job
    where tenant_id = ${tenantId} and id = ${Buffer.from(id)}`.execute(tx);
  return rows[0] && jobOf(rows[0]);
}

/** What was signed stands before it is handed in: after a crash the very same is handed in again. */
export async function keepSigned(
  tx: Tx,
  { tenantId, id }: Pick<Job, "tenantId" | "id">,
  { bytes, nonce }: { bytes: Uint8Array | null; nonce: number | null },
): Promise<void> {
  await sql`update wallet.job set bytes = ${bytes && Buffer.from(bytes)}, nonce = ${nonce} where tenant_id = ${tenantId} and id = ${Buffer.from(id)}`.execute(
    tx,
  );
}

export async function putOff(
  tx: Tx,
  { tenantId, id }: Pick<Job, "tenantId" | "id">,
  until: number,
): Promise<void> {
  await sql`update wallet.job set tries = tries + 1, next_at = ${new Date(until)} where tenant_id = ${tenantId} and id = ${Buffer.from(id)}`.execute(
    tx,
  );
}

export async function endJob(
  tx: Tx,
  { tenantId, id }: Pick<Job, "tenantId" | "id">,
  { result, height }: { result: string; height: number },
): Promise<void> {
  await sql`update wallet.job set state = 'done', result = ${result}, height = ${height} where tenant_id = ${tenantId} and id = ${Buffer.from(id)}`.execute(
    tx,
  );
}

/** What was done long ago goes; the ledger has it. */
export async function forgetJobs(tx: Tx, tenantId: number, before: number): Promise<void> {
  await sql`delete from wallet.job where tenant_id = ${tenantId} and state = 'done' and created_at < ${new Date(before)}`.execute(
    tx,
  );
}
