import { sql } from "kysely";
import { jsonText } from "../db/array.ts";
import type { Tx } from "../db/open.ts";
import type { Timer } from "../skill.ts";

/** Timers as rows of the caller's transaction: what is to be done stands or falls with what brought it about. */

export interface NewTimer {
  readonly tenantId: number;
  readonly kind: string;
  readonly key: string;
  /** ms */
  readonly dueAt: number;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** Sets a timer, or moves the one that waits with this kind and key. */
export async function setTimer<Tables>(tx: Tx<Tables>, timer: NewTimer): Promise<void> {
  const { tenantId, kind, key, dueAt, payload = {} } = timer;
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    values (${tenantId}, ${kind}, ${key}, ${new Date(dueAt)}, ${jsonText(payload)}::jsonb)
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, payload = excluded.payload, attempts = 0`.execute(
    tx,
  );
}

/**
 * Removes a timer together with what it brings about, so that a process that dies after the commit does not bring it about
 * a second time. What was set anew meanwhile, with another payload, stays.
 * @returns false when it was done already: then nothing is to be done
 */
export async function takeTimer<Tables>(
  tx: Tx<Tables>,
  { tenantId, kind, key, payload }: Pick<Timer, "tenantId" | "kind" | "key" | "payload">,
): Promise<boolean> {
  const { rows } = await sql`delete from kernel.timer
    where tenant_id = ${tenantId} and kind = ${kind} and key = ${key} and payload = ${jsonText(payload)}::jsonb
    returning id`.execute(tx);
  return rows.length > 0;
}
