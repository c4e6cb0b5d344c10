import type pg from "pg";
import { withClient } from "../db/client.ts";
import type { DatabaseAddress } from "../db/open.ts";
import { IN_DOUBT } from "../dialogue/outbox.ts";
import { addEvent, emptyOutcome } from "../dialogue/state.ts";
import { writeEvents } from "../dialogue/write.ts";
import type { House } from "../skill.ts";

/**
 * After a restore: what waited in the outbox when the backup was taken has most likely been sent since, and timers,
 * feeds and mailboxes will bring up again what was handled since. Nothing of it may go out a second time unseen.
 * So the rows of the backup become doubtful sends, and the sender parks whatever has its reason in the time before the
 * restore (`holdFate`), until a person decides: at the desk for one message, with `restore --release` for all.
 */
export const HELD = { code: 0, title: "held_after_restore" } as const;

/** Marks the restore. @param harmless channels where a second send has no effect. @returns messages now held */
export function holdAfterRestore(
  address: DatabaseAddress,
  parts: { takenAt: number; now: number; harmless: readonly string[] },
): Promise<number> {
  return withClient(address, "ah_node", async (client) => {
    await client.query("begin");
    await client.query("insert into kernel.restore_hold (restored_at, taken_at) values ($1, $2)", [
      new Date(parts.now),
      new Date(parts.takenAt),
    ]);
    const { rows } = await client.query<MessageRow>(
      `with o as (update kernel.outbox o set state = 'uncertain', lease_epoch = $1, leased_at = $2 from kernel.channel c
          where c.tenant_id = o.tenant_id and c.id = o.channel_id and c.kind <> all($3) and o.state <> 'uncertain'
          returning o.tenant_id, o.conversation_id, o.id),
        m as (update kernel.message m set status = 'uncertain', error = $4 from o
          where m.tenant_id = o.tenant_id and m.conversation_id = o.conversation_id and m.id = o.id and m.status = 'queued')
        select tenant_id, conversation_id, id from o order by 1, 2, 3`,
      [IN_DOUBT, new Date(parts.now), parts.harmless, JSON.stringify(HELD)],
    );
    await tell(client, rows, parts.now);
    await client.query("commit");
    return rows.length;
  });
}

/** ms of the restore whose messages are held; null = nothing is. */
export async function heldSince(pool: Pick<pg.Pool, "query">): Promise<number | null> {
  const { rows } = await pool.query<{ at: Date | null }>({
    name: "held-since",
    text: "select max(restored_at) as at from kernel.restore_hold where released_at is null",
  });
  return rows[0]?.at?.getTime() ?? null;
}

/** Was a backup brought back after this moment? Then what is said to be undone since may be done. @param at ms */
export async function wasRestoredSince({ db }: Pick<House, "db">, at: number): Promise<boolean> {
  const { rows } = await db.node.query("select from kernel.restore_hold where restored_at >= $1 limit 1", [
    new Date(at),
  ]);
  return rows.length > 0;
}

/**
 * Was it asked for before a restore that nobody has released yet? Then what it brings about outside, other than by a
 * message, may have been brought about already: a person decides.
 */
export async function isFromBeforeRestore(
  { db }: Pick<House, "db">,
  asked: { tenantId: number; conversationId: number; messageId: string },
): Promise<boolean> {
  const since = await heldSince(db.node);
  if (since === null) return false;
  const { rows } = await db.node.query(
    "select from kernel.message where tenant_id = $1 and conversation_id = $2 and id = $3 and sent_at < $4",
    [asked.tenantId, asked.conversationId, asked.messageId, new Date(since)],
  );
  return rows.length > 0;
}

/** Does this message wait for a person? People's own words from the desk (priority 0) go: they know what they send. */
export function isHeld(row: { priority: number; basis: { at: number } }, since: number | null): boolean {
  return since !== null && row.priority > 0 && row.basis.at < since;
}

/**
 * A person has decided for all that is held: "send" queues them (consent is asked again at the claim), "drop" takes
 * them for sent. From now on nothing is held. @returns messages
 */
export function releaseHold(
  address: DatabaseAddress,
  parts: { decision: "send" | "drop"; now: number },
): Promise<number> {
  return withClient(address, "ah_node", async (client) => {
    await client.query("begin");
    await client.query("update kernel.restore_hold set released_at = $1 where released_at is null", [
      new Date(parts.now),
    ]);
    const outbox =
      parts.decision === "send"
        ? "update kernel.outbox o set state = 'queued', lease_epoch = null, due_at = $1 from m where o.tenant_id = m.tenant_id and o.id = m.id"
        : "delete from kernel.outbox o using m where o.tenant_id = m.tenant_id and o.id = m.id and $1::timestamptz is not null";
    const { rows } = await client.query<MessageRow>(
      `with held as (select m.tenant_id, m.conversation_id, m.id from kernel.outbox o
          join kernel.message m on m.tenant_id = o.tenant_id and m.conversation_id = o.conversation_id and m.id = o.id
          where o.state = 'uncertain' and m.status = 'uncertain' and m.error ->> 'title' = $2 order by 1, 2, 3 for no key update of m),
        m as (update kernel.message m set status = $3, error = null from held h
          where m.tenant_id = h.tenant_id and m.conversation_id = h.conversation_id and m.id = h.id
          returning m.tenant_id, m.conversation_id, m.id),
        o as (${outbox})
        select tenant_id, conversation_id, id from m order by 1, 2, 3`,
      [new Date(parts.now), HELD.title, parts.decision === "send" ? "queued" : "sent"],
    );
    await tell(client, rows, parts.now);
    await client.query("select pg_notify('ah', 'outbox')");
    await client.query("commit");
    return rows.length;
  });
}

interface MessageRow {
  tenant_id: number;
  conversation_id: number;
  id: string;
}

async function tell(client: pg.Client, rows: readonly MessageRow[], now: number): Promise<void> {
  const outcome = emptyOutcome();
  for (const row of rows)
    addEvent(outcome, row.tenant_id, {
      type: "message.changed",
      conversationId: row.conversation_id,
      messageId: row.id,
    });
  await writeEvents(client, outcome, now);
}
