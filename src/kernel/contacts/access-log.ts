import { sql } from "kysely";
import type { Tx } from "../db/open.ts";
import type { Actor } from "../http/route.ts";
import type { House } from "../skill.ts";
import { localDate } from "../tenants/local-date.ts";

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

export function logAccess(tx: Tx, actor: Actor, { contactId, ...when }: Read): Promise<void> {
  return logReads(tx, actor, { contactIds: [contactId], ...when });
}

/** Somebody who stands in a list or among what a search found was seen, too. */
export async function logListed(
  house: House,
  actor: Actor,
  contactIds: readonly number[],
  open: { tx: Tx },
): Promise<void> {
  const now = house.clock.now();
  const { timeZone } = await house.profile(actor.tenantId);
  await logReads(open.tx, actor, { contactIds, day: localDate(now, timeZone), now });
}

async function logReads(
  tx: Tx,
  actor: Actor,
  read: { contactIds: readonly number[]; day: string; now: number },
): Promise<void> {
  const keyOf = (contactId: number) => `${actor.tenantId} ${actor.staffId} ${contactId} ${read.day}`;
  const fresh = [...new Set(read.contactIds)].filter((id) => !logged.has(keyOf(id))).sort((a, b) => a - b);
  if (fresh.length === 0) return;
  await sql`
    insert into kernel.access_log (tenant_id, staff_id, contact_id, day, first_at)
    select ${actor.tenantId}, ${actor.staffId}, id, ${read.day}::date, ${new Date(read.now)} from unnest(${fresh}::bigint[]) t(id)
    on conflict do nothing`.execute(tx);
  if (logged.size + fresh.length >= REMEMBERED) logged.clear();
  for (const id of fresh) logged.add(keyOf(id));
}
