import { createHash, randomBytes } from "node:crypto";
import { pgArray } from "../db/array.ts";
import type { Database } from "../db/open.ts";
import type { Run } from "./run.ts";

/**
 * The proof of consent: append-only, each entry carries the hash of the one before, so that neither a row nor the order
 * can be changed unseen. Personal values stand beside it under a salted commitment: they can be erased, the chain holds.
 */

/** What one entry says. `personal` goes to the erasable row, only its commitment into the chain. */
export interface LedgerEntry {
  act: "grant" | "withdraw";
  grantId: number;
  contactId: number;
  purpose: string;
  topic: string;
  personal: Readonly<Record<string, unknown>>;
  /** When the personal values go; null as long as the grant stands. */
  keepUntil: number | null;
}

/** Before the first entry. */
export const BEGINNING = Buffer.alloc(32);

/** JSON with sorted keys, so that equal values have equal bytes wherever they were stored meanwhile (jsonb sorts its own way). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(",")}}`;
  }
  return JSON.stringify(value ?? null);
}

export function commitmentOf(salt: Buffer, personal: unknown): Buffer {
  return createHash("sha256").update(salt).update(canonicalJson(personal)).digest();
}

/** @param at ms since the epoch */
export function entryHash(
  previous: Buffer,
  entry: {
    seq: number;
    act: string;
    grantId: number;
    purpose: string;
    topic: string;
    at: number;
    commitment: Buffer;
  },
): Buffer {
  const { seq, act, grantId, purpose, topic, at } = entry;
  return createHash("sha256")
    .update(previous)
    .update(canonicalJson([seq, act, grantId, purpose, topic, at]))
    .update(entry.commitment)
    .digest();
}

/** Locks the tenant's chain until the commit: call it late in a transaction. @param now ms */
export async function appendLedger(
  run: Run,
  tenantId: number,
  entries: readonly LedgerEntry[],
  now: number,
): Promise<void> {
  if (entries.length === 0) return;
  await run(
    "insert into kernel.consent_head (tenant_id, seq, hash) values ($1, 0, $2) on conflict do nothing",
    [tenantId, BEGINNING],
  );
  const [head] = await run<{ seq: number; hash: Buffer }>(
    "select seq, hash from kernel.consent_head where tenant_id = $1 for update",
    [tenantId],
  );
  if (!head) throw new Error(`Tenant ${tenantId} has no consent chain`);
  let { seq, hash } = head;
  const rows = entries.map((entry) => {
    const salt = randomBytes(16);
    const commitment = commitmentOf(salt, entry.personal);
    const previous = hash;
    seq += 1;
    hash = entryHash(previous, { ...entry, seq, at: now, commitment });
    return { ...entry, seq, salt, commitment, previous, hash };
  });
  await run(
    `insert into kernel.consent_ledger (tenant_id, seq, act, grant_id, purpose, topic, at, commitment, previous, hash)
      select $1, t.seq, t.act, t.grant_id, t.purpose, t.topic, $2, t.commitment, t.previous, t.hash
      from unnest($3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::bytea[], $9::bytea[], $10::bytea[])
        t(seq, act, grant_id, purpose, topic, commitment, previous, hash)`,
    [
      tenantId,
      new Date(now),
      pgArray.int8(rows.map((row) => row.seq)),
      pgArray.text(rows.map((row) => row.act)),
      pgArray.int8(rows.map((row) => row.grantId)),
      pgArray.text(rows.map((row) => row.purpose)),
      pgArray.text(rows.map((row) => row.topic)),
      pgArray.bytea(rows.map((row) => row.commitment)),
      pgArray.bytea(rows.map((row) => row.previous)),
      pgArray.bytea(rows.map((row) => row.hash)),
    ],
  );
  await run(
    `insert into kernel.consent_proof (tenant_id, seq, contact_id, salt, personal, keep_until)
      select $1, t.seq, t.contact_id, t.salt, t.personal, t.keep_until
      from unnest($2::bigint[], $3::bigint[], $4::bytea[], $5::jsonb[], $6::timestamptz[]) t(seq, contact_id, salt, personal, keep_until)`,
    [
      tenantId,
      pgArray.int8(rows.map((row) => row.seq)),
      pgArray.int8(rows.map((row) => row.contactId)),
      pgArray.bytea(rows.map((row) => row.salt)),
      pgArray.jsonb(rows.map((row) => row.personal)),
      pgArray.timestamptz(rows.map((row) => row.keepUntil)),
    ],
  );
  await run("update kernel.consent_head set seq = $2, hash = $3 where tenant_id = $1", [tenantId, seq, hash]);
}

export interface LedgerReport {
  entries: number;
  /** Entries whose personal values are still there. */
  proofs: number;
  /** One sentence each; empty = the chain holds. */
  faults: string[];
}

interface StoredEntry {
  seq: number;
  act: string;
  grant_id: number;
  purpose: string;
  topic: string;
  at: Date;
  commitment: Buffer;
  previous: Buffer;
  hash: Buffer;
  salt: Buffer | null;
  personal: unknown;
}

const PAGE = 5_000;
const FAULTS_MAX = 20;

/** Companies that have anything to verify: of thousands, most have asked for no consent yet. */
export async function tenantsWithConsents(db: Pick<Database, "node">): Promise<number[]> {
  const { rows } = await db.node.query<{ id: number }>(
    `select t.id from kernel.tenant t where exists (select from kernel.consent_ledger l where l.tenant_id = t.id)
      or exists (select from kernel.consent_grant g where g.tenant_id = t.id)
      or exists (select from kernel.consent_head h where h.tenant_id = t.id) order by 1`,
  );
  return rows.map(({ id }) => id);
}

/** Computes the whole chain anew and compares it with every row, every proof, the head, and the grants as they stand. */
export async function verifyLedger(run: Run, tenantId: number): Promise<LedgerReport> {
  const report: LedgerReport = { entries: 0, proofs: 0, faults: [] };
  const blame = (fault: string): void => {
    if (report.faults.length < FAULTS_MAX) report.faults.push(fault);
  };
  const open = new Map<number, boolean>();
  let previous: Buffer = BEGINNING;
  let last = 0;
  for (;;) {
    const rows = await run<StoredEntry>(
      `select l.seq, l.act, l.grant_id, l.purpose, l.topic, l.at, l.commitment, l.previous, l.hash, p.salt, p.personal
        from kernel.consent_ledger l left join kernel.consent_proof p on p.tenant_id = l.tenant_id and p.seq = l.seq
        where l.tenant_id = $1 and l.seq > $2 order by l.seq limit ${PAGE}`,
      [tenantId, last],
    );
    for (const row of rows) {
      const fault = faultOf(row, { previous, seq: last + 1 });
      if (fault) blame(`Entry ${row.seq}: ${fault}`);
      open.set(row.grant_id, row.act === "grant");
      previous = row.hash;
      last = row.seq;
      report.entries += 1;
      if (row.salt) report.proofs += 1;
    }
    if (rows.length < PAGE) break;
  }
  const [head] = await run<{ seq: number; hash: Buffer }>(
    "select seq, hash from kernel.consent_head where tenant_id = $1",
    [tenantId],
  );
  if ((head?.seq ?? 0) !== last || !(head?.hash ?? BEGINNING).equals(previous))
    blame(`The chain ends at entry ${last}, its head says ${head?.seq ?? 0}.`);
  for (const { id, is_open } of await run<{ id: number; is_open: boolean }>(
    "select id, withdrawn_at is null as is_open from kernel.consent_grant where tenant_id = $1 order by id",
    [tenantId],
  )) {
    if (open.get(id) !== is_open)
      blame(`Grant ${id} is ${is_open ? "open" : "withdrawn"}, the ledger does not say so.`);
    open.delete(id);
  }
  for (const id of open.keys()) blame(`Grant ${id} stands in the ledger and nowhere else.`);
  return report;
}

function faultOf(row: StoredEntry, expected: { previous: Buffer; seq: number }): string | null {
  if (row.seq !== expected.seq) return `entry ${expected.seq} is missing.`;
  if (!row.previous.equals(expected.previous)) return "it does not follow the one before it.";
  const hash = entryHash(expected.previous, { ...row, grantId: row.grant_id, at: row.at.getTime() });
  if (!hash.equals(row.hash)) return "its content was changed.";
  if (row.salt && !commitmentOf(row.salt, row.personal).equals(row.commitment))
    return "its personal values were changed.";
  return null;
}
