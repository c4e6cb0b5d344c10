import type pg from "pg";
import { pgArray } from "../db/array.ts";

/** What the live feed reads of kernel.event, as the node's role: ids only, no personal values. */

export interface EventRow {
  tenant_id: number;
  seq: number;
  type: string;
  conversation_id: number | null;
  message_id: string | null;
  ref: string | null;
}

/** Events of one tenant in one round; what is left comes in the next. */
export const ROUND_EVENTS = 300;

/**
 * New events of many tenants in one query. A tenant's seq is given out under a lock that lasts until the commit,
 * so no event can appear behind a cursor.
 */
export async function newEvents(
  pool: pg.Pool,
  cursors: readonly { tenantId: number; cursor: number }[],
): Promise<EventRow[]> {
  const { rows } = await pool.query<EventRow>({
    name: "live-new",
    text: `select e.* from unnest($1::int[], $2::bigint[]) c(tenant_id, seq) cross join lateral (
        select e.tenant_id, e.seq, e.type, e.conversation_id, e.message_id, e.ref from kernel.event e
        where e.tenant_id = c.tenant_id and e.seq > c.seq order by e.seq limit $3) e order by e.tenant_id, e.seq`,
    values: [
      pgArray.int4(cursors.map((one) => one.tenantId)),
      pgArray.int8(cursors.map((one) => one.cursor)),
      ROUND_EVENTS,
    ],
  });
  return rows;
}

/** Events after `from` up to `to`, the oldest 300. */
export async function eventsBetween(
  pool: pg.Pool,
  place: { tenantId: number; from: number; to: number },
): Promise<EventRow[]> {
  const { rows } = await pool.query<EventRow>({
    name: "live-between",
    text: `select tenant_id, seq, type, conversation_id, message_id, ref from kernel.event
      where tenant_id = $1 and seq > $2 and seq <= $3 order by seq limit $4`,
    values: [place.tenantId, place.from, place.to, ROUND_EVENTS],
  });
  return rows;
}

export interface KeptEvents {
  last: number;
  /** The oldest that is still kept; null when none is. */
  first: number | null;
}

export async function keptEvents(pool: pg.Pool, tenantId: number): Promise<KeptEvents> {
  const { rows } = await pool.query<KeptEvents>({
    name: "live-kept",
    text: `select s.last_seq as last, (select e.seq from kernel.event e where e.tenant_id = s.tenant_id order by e.seq limit 1) as first
      from kernel.tenant_seq s where s.tenant_id = $1`,
    values: [tenantId],
  });
  return rows[0] ?? { last: 0, first: null };
}

/** Conversations of visitors of one tenant, by identity and channel. */
export async function conversationsOfVisitors(
  pool: pg.Pool,
  tenantId: number,
  visitors: readonly { visitor: string; channelId: number }[],
): Promise<{ visitor: string; channel_id: number; id: number }[]> {
  const { rows } = await pool.query<{ visitor: string; channel_id: number; id: number }>({
    name: "live-visitors",
    text: `select w.visitor, w.channel_id, c.id from unnest($2::text[], $3::int[]) w(visitor, channel_id)
      join kernel.identity i on i.tenant_id = $1 and i.kind = 'web' and i.value = w.visitor
      join kernel.conversation c on c.tenant_id = i.tenant_id and c.contact_id = i.contact_id and c.channel_id = w.channel_id`,
    values: [
      tenantId,
      pgArray.text(visitors.map((one) => one.visitor)),
      pgArray.int4(visitors.map((one) => one.channelId)),
    ],
  });
  return rows;
}
