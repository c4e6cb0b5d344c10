import { sql } from "kysely";
import type { Tx } from "../db/open.ts";
import type { Actor } from "../http/route.ts";

/** What staff read of a person is logged: one row a person, reader and day. Staff are persons too, hence no more. */

const REMEMBERED = 20_000;
/** Reads that this process has logged already: a desk reads one conversation many times a day. */
const logged = new Set<string>();

export interface Read {
  contactId: number;
  /** Day in the company's time zone, YYYY-MM-DD. */
  day: string;
  now: number;
}

export async function logAccess(tx: Tx, actor: Actor, read: Read): Promise<void> {
  const key = `${actor.tenantId} ${actor.staffId} ${read.contactId} ${read.day}`;
  if (logged.has(key)) return;
  await sql`
    insert into kernel.access_log (tenant_id, staff_id, contact_id, day, first_at)
    values (${actor.tenantId}, ${actor.staffId}, ${read.contactId}, ${read.day}::date, ${new Date(read.now)})
    on conflict do nothing`.execute(tx);
  if (logged.size >= REMEMBERED) logged.clear();
  logged.add(key);
}
