import { createHmac } from "node:crypto";
import { sql } from "kysely";
import { ATTEMPTS, DAY_MS, type Scope } from "../rules/limits.ts";
import type { LookupTx } from "./tx.ts";

/** How often something was tried: counted before it is tried, so that a hundred at once are no more than the limit. */

export interface Counting {
  readonly tenantId: number;
  /** Keys the hashes, so that a copy of the table says nothing about orders or conversations. */
  readonly secret: string;
  readonly now: number;
}

const keyOf = ({ tenantId, secret }: Counting, scope: Scope, about: string): Buffer =>
  createHmac("sha256", secret).update(`attempt ${tenantId} ${scope} ${about}`).digest();

/** Counts one try. @returns false when there were too many in this window */
export async function countAttempt(
  tx: LookupTx,
  counting: Counting,
  scope: Scope,
  about: string,
): Promise<boolean> {
  const { tenantId, now } = counting;
  const { most, windowMs } = ATTEMPTS[scope];
  const border = new Date(now - windowMs);
  const { rows } = await sql<{ used: number }>`
    insert into lookup.attempt as a (tenant_id, scope, key, opened_at, used)
    values (${tenantId}, ${scope}, ${keyOf(counting, scope, about)}, ${new Date(now)}, 1)
    on conflict (tenant_id, scope, key) do update set
      used = case when a.opened_at <= ${border} then 1 else least(a.used + 1, 1000) end,
      opened_at = case when a.opened_at <= ${border} then excluded.opened_at else a.opened_at end
    returning used`.execute(tx);
  return (rows[0]?.used ?? most + 1) <= most;
}

/** What turned out right was no wrong try. */
export async function giveBackAttempt(
  tx: LookupTx,
  counting: Counting,
  scope: Scope,
  about: string,
): Promise<void> {
  await sql`update lookup.attempt set used = greatest(used - 1, 0)
    where tenant_id = ${counting.tenantId} and scope = ${scope} and key = ${keyOf(counting, scope, about)}`.execute(
    tx,
  );
}

/** Windows that are over. */
export async function forgetAttempts(tx: LookupTx, tenantId: number, now: number): Promise<void> {
  await sql`delete from lookup.attempt where tenant_id = ${tenantId} and opened_at <= ${new Date(now - DAY_MS)}`.execute(
    tx,
  );
}
