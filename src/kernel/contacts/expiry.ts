import { sql } from "kysely";
import { deleteFilesOf } from "../files/store.ts";
import type { Kernel } from "../kernel.ts";
import type { Purpose } from "../skill.ts";
import { erasePerson } from "./erase.ts";
import type { PersonalRoom } from "./personal-data.ts";

/**
 * Data go when the time of their purpose is over, without anybody asking: conversations by the purpose that they serve,
 * a person of whom nothing else is left by the longest of all.
 */
export interface ExpiryParts {
  rooms: readonly PersonalRoom[];
  purposes: readonly Purpose[];
  /** The purpose that conversations are kept for. */
  conversationPurpose: string;
}

const DAY_MS = 86_400_000;
/** Small bites, so that nobody waits for their locks. */
const BITE = 200;

/** @returns how many conversations and persons went */
export async function expirePersons(
  kernel: Kernel,
  parts: ExpiryParts,
): Promise<{ conversations: number; persons: number }> {
  const now = kernel.clock.now();
  const keep = parts.purposes.find(({ id }) => id === parts.conversationPurpose)?.keepDays;
  if (keep === undefined) throw new Error(`Nobody declares the purpose ${parts.conversationPurpose}`);
  const longest = Math.max(
    ...parts.purposes.filter(({ standsAlone }) => !standsAlone).map(({ keepDays }) => keepDays),
  );
  const conversations = await repeat(() => expireConversations(kernel, new Date(now - keep * DAY_MS)));
  const persons = await repeat(() => expireContacts(kernel, parts.rooms, now, longest));
  // Who read of a person is of interest as long as the person is.
  const { rows } = await kernel.db.node.query<{ id: number }>("select id from kernel.tenant order by id");
  const last = new Date(now - longest * DAY_MS);
  for (const { id } of rows)
    await kernel.db.tenant(id, (tx) =>
      sql`delete from kernel.access_log where tenant_id = ${id} and day < ${last}::date`.execute(tx),
    );
  return { conversations, persons };
}

async function repeat(bite: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const done = await bite();
    total += done;
    if (done < BITE) return total;
  }
}

async function expireConversations(kernel: Kernel, before: Date): Promise<number> {
  const { rows } = await kernel.db.node.query<{ tenant_id: number; id: number }>(
    "select tenant_id, id from kernel.conversation where last_day <= $1::date and last_message_at < $1 order by tenant_id, id limit $2",
    [before, BITE],
  );
  for (const [tenantId, ids] of byTenant(rows)) {
    await kernel.db.tenant(tenantId, async (tx) => {
      await deleteFilesOf(tx, ids);
      const list = sql`${ids}::bigint[]`;
      await sql`delete from kernel.timer where tenant_id = ${tenantId} and payload ->> 'conversationId' = any(${list}::text[])`.execute(
        tx,
      );
      await sql`delete from kernel.outbox where tenant_id = ${tenantId} and conversation_id = any(${list})`.execute(
        tx,
      );
      // Somebody may write at this very moment: then it is no old conversation any more.
      await sql`delete from kernel.conversation where tenant_id = ${tenantId} and id = any(${list}) and last_message_at < ${before}`.execute(
        tx,
      );
    });
  }
  return rows.length;
}

async function expireContacts(
  kernel: Kernel,
  rooms: readonly PersonalRoom[],
  now: number,
  longestDays: number,
): Promise<number> {
  const { rows } = await kernel.db.node.query<{ tenant_id: number; id: number }>(
    `select c.tenant_id, c.id from kernel.contact c where c.erased_at is null and c.first_seen_at < $1
      and not exists (select from kernel.conversation v where v.tenant_id = c.tenant_id and v.contact_id = c.id)
      and not exists (select from kernel.consent_grant g where g.tenant_id = c.tenant_id and g.contact_id = c.id
        and (g.withdrawn_at is null and (g.expires_at is null or g.expires_at > $2)))
      order by c.tenant_id, c.id limit $3`,
    [new Date(now - longestDays * DAY_MS), new Date(now), BITE],
  );
  for (const [tenantId, contactIds] of byTenant(rows))
    await kernel.db.tenant(tenantId, (tx) => erasePerson(tx, { tenantId, contactIds, rooms, now }));
  return rows.length;
}

function byTenant(rows: readonly { tenant_id: number; id: number }[]): Map<number, number[]> {
  const map = new Map<number, number[]>();
  for (const { tenant_id, id } of rows) map.set(tenant_id, [...(map.get(tenant_id) ?? []), id]);
  return map;
}
