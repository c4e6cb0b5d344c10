import type pg from "pg";
import { pgArray } from "../db/array.ts";
import { inboxIdAt } from "../ids.ts";

/** The raw inbox: partitions, and which rows the pump takes next. */

export interface InboxItem {
  id: number;
  tenantId: number;
  appId: string;
  channelId: number | null;
  receivedAt: number;
  body: Buffer;
  attempts: number;
}

/** A keep time is this many partitions wide, so at most an eighth more than promised is kept. */
const PARTITIONS_PER_KEEP = 8;
/** Partitions made ahead of time. */
const AHEAD = 3;

export function partitionWidthMs(keepMinutes: number): number {
  return Math.ceil((keepMinutes * 60_000) / PARTITIONS_PER_KEEP);
}

/** Makes the partitions of the near future and drops those past their keep time that hold nothing waiting. */
export async function rotateInbox(
  pool: pg.Pool,
  keepMinutes: number,
  nowMs: number,
): Promise<{ dropped: number }> {
  const width = partitionWidthMs(keepMinutes);
  const first = Math.floor(nowMs / width);
  for (let n = -1; n < AHEAD; n++) {
    await makePartition(pool, (first + n) * width, width);
  }
  const { rows } = await pool.query<{ n: number }>("select kernel.inbox_drop($1) as n", [
    inboxIdAt(nowMs - keepMinutes * 60_000),
  ]);
  return { dropped: rows[0]?.n ?? 0 };
}

async function makePartition(pool: pg.Pool, fromMs: number, width: number): Promise<void> {
  try {
    await pool.query("select kernel.inbox_partition($1, $2)", [inboxIdAt(fromMs), inboxIdAt(fromMs + width)]);
  } catch (error) {
    // 42P17: another keep time laid its borders differently here; its partition serves until it is dropped.
    if ((error as { code?: string }).code !== "42P17") throw error;
  }
}

/**
 * Rows of one company in a long queue's batch, when many wait beside it: they wait for the batch that is under way, and a flood
 * of 10,000 would make it a second long. Its own customers lose nothing: this is still more than one number may send.
 */
const BITE = 64;
/** The room that small companies leave goes to the larger ones, in so many rounds. */
const ROUNDS = 4;

/** Bodies of one claim, bytes, beyond the first: 512 of the largest would not fit into memory. */
const CLAIM_BYTES = 32 * 1024 * 1024;

/** A pump's part of the companies: those whose id leaves `lane` when it is divided by `lanes`. */
export interface Lane {
  lane: number;
  lanes: number;
}

/** Bodies together at most, beyond the first; and the pump's part. */
export interface ClaimOptions {
  bytes?: number;
  lane?: Lane;
}

const ALL: Lane = { lane: 0, lanes: 1 };

/** Rows of one claim: the whole queue when it is short, else the oldest and a share for each waiting tenant. */
export async function claimInbox(
  client: pg.PoolClient,
  limit: number,
  { bytes = CLAIM_BYTES, lane: of = ALL }: ClaimOptions = {},
): Promise<InboxItem[]> {
  const short = await client.query<QueueRow>({
    name: "claim-short",
    text: "select tenant_id, id, attempts, size from kernel.inbox_queue where tenant_id % $2 = $3 limit $1",
    values: [limit + 1, of.lanes, of.lane],
  });
  const queue = short.rows.length <= limit ? short.rows : await claimBusy(client, limit, of);
  const taken = upTo(bytes, queue);
  const first = taken[0];
  const last = taken.at(-1);
  if (!first || !last) return [];
  const waiting = new Map(taken.map((row) => [row.id, row]));
  const { rows } = await client.query<{
    id: number;
    app_id: string;
    channel_id: number | null;
    received_at: Date;
    body: Buffer;
  }>({
    name: "claim-bodies",
    // The bounds tell the server which partitions to look into.
    text: `select id, app_id, channel_id, received_at, body from kernel.inbox
      where id = any($1::bigint[]) and id between $2 and $3 order by id`,
    values: [pgArray.int8(taken.map((row) => row.id)), first.id, last.id],
  });
  return rows.map((row) => ({
    id: row.id,
    tenantId: waiting.get(row.id)?.tenant_id ?? 0,
    appId: row.app_id,
    channelId: row.channel_id,
    receivedAt: row.received_at.getTime(),
    body: row.body,
    attempts: waiting.get(row.id)?.attempts ?? 0,
  }));
}

/**
 * When more wait than a batch holds: half of it is the oldest of all, so that nobody waits longer for being large, and
 * half is shared among the companies, so that nobody waits behind a flood; of a company that others wait beside at most a bite.
 */
async function claimBusy(client: pg.PoolClient, limit: number, of: Lane): Promise<QueueRow[]> {
  const companies = await waitingCompanies(client, limit, of);
  const bite = companies.length > 1 ? Math.max(BITE, Math.floor(limit / companies.length)) : limit;
  const oldest = await client.query<QueueRow>({
    name: "claim-oldest",
    text: "select tenant_id, id, attempts, size from kernel.inbox_queue where tenant_id % $2 = $3 order by id limit $1",
    values: [Math.ceil(limit / 2), of.lanes, of.lane],
  });
  const taken = new Map<number, QueueRow>();
  const counts = new Map<number, number>();
  for (const row of [...oldest.rows, ...(await claimFair(client, companies, { limit, bite }))]) {
    const count = counts.get(row.tenant_id) ?? 0;
    if (taken.size >= limit) break;
    if (count >= bite || taken.has(row.id)) continue;
    counts.set(row.tenant_id, count + 1);
    taken.set(row.id, row);
  }
  return [...taken.values()];
}

/** The oldest rows whose bodies fit together, at least one. */
function upTo(limitBytes: number, queue: readonly QueueRow[]): QueueRow[] {
  const oldestFirst = queue.toSorted((a, b) => a.id - b.id);
  let bytes = 0;
  let count = 0;
  for (const { size } of oldestFirst) {
    if (count > 0 && bytes + size > limitBytes) break;
    bytes += size;
    count += 1;
  }
  return oldestFirst.slice(0, count);
}

/** A raw body that was handled, as long as it is kept. */
export async function bodyOf(
  pool: pg.Pool,
  { tenantId, id }: { tenantId: number; id: number },
): Promise<Buffer | null> {
  const { rows } = await pool.query<{ body: Buffer }>(
    "select body from kernel.inbox where id = $1 and tenant_id = $2",
    [id, tenantId],
  );
  return rows[0]?.body ?? null;
}

interface QueueRow {
  tenant_id: number;
  id: number;
  attempts: number;
  size: number;
}

/** Companies that have something in the queue, by a loose index scan. */
async function waitingCompanies(
  client: pg.PoolClient,
  limit: number,
  { lane, lanes }: Lane,
): Promise<number[]> {
  const { rows } = await client.query<{ tenant_id: number }>({
    name: "claim-tenants",
    text: `with recursive t as (
        (select tenant_id from kernel.inbox_queue order by tenant_id limit 1)
        union all
        select (select q.tenant_id from kernel.inbox_queue q where q.tenant_id > t.tenant_id order by q.tenant_id limit 1) from t where t.tenant_id is not null)
      select tenant_id from t where tenant_id is not null and tenant_id % $2 = $3 limit $1`,
    values: [limit, lanes, lane],
  });
  return rows.map(({ tenant_id }) => tenant_id);
}

/** The oldest rows of each company: a flood of one takes nobody's turn. */
async function claimFair(
  client: pg.PoolClient,
  companies: readonly number[],
  { limit, bite }: { limit: number; bite: number },
): Promise<QueueRow[]> {
  const taken: QueueRow[] = [];
  // tenant -> the last row taken of it; whoever has no more leaves the circle.
  let circle = new Map(companies.map((tenantId) => [tenantId, 0]));
  for (let round = 0; round < ROUNDS && circle.size > 0 && taken.length < limit; round++) {
    const room = limit - taken.length;
    const share = Math.min(bite, Math.max(1, Math.floor(room / circle.size)));
    const rows = await nextOf(client, [...circle].slice(0, room), share);
    taken.push(...rows);
    circle = lastOfFull(rows, share);
  }
  return taken;
}

/** The tenants that had a full share, and so may have more -> the last of it. */
function lastOfFull(rows: readonly QueueRow[], share: number): Map<number, number> {
  const counts = new Map<number, { count: number; last: number }>();
  for (const { tenant_id, id } of rows) {
    const seen = counts.get(tenant_id);
    counts.set(tenant_id, { count: (seen?.count ?? 0) + 1, last: Math.max(seen?.last ?? 0, id) });
  }
  return new Map(
    [...counts].flatMap(([tenant, { count, last }]) => (count >= share ? [[tenant, last]] : [])),
  );
}

async function nextOf(
  client: pg.PoolClient,
  after: readonly (readonly [tenantId: number, id: number])[],
  share: number,
): Promise<QueueRow[]> {
  const { rows } = await client.query<QueueRow>({
    name: "claim-fair",
    text: `select q.tenant_id, q.id, q.attempts, q.size from unnest($1::int[], $2::bigint[]) t(tenant_id, after)
      cross join lateral (select * from kernel.inbox_queue q where q.tenant_id = t.tenant_id and q.id > t.after order by q.id limit $3) q`,
    values: [pgArray.int4(after.map(([tenant]) => tenant)), pgArray.int8(after.map(([, id]) => id)), share],
  });
  return rows;
}

export async function removeFromQueue(client: pg.PoolClient, items: readonly InboxItem[]): Promise<void> {
  await client.query({
    name: "queue-remove",
    text: "delete from kernel.inbox_queue q using unnest($1::int[], $2::bigint[]) t(tenant_id, id) where q.tenant_id = t.tenant_id and q.id = t.id",
    values: [pgArray.int4(items.map((i) => i.tenantId)), pgArray.int8(items.map((i) => i.id))],
  });
}

export interface ParkedItem {
  tenantId: number;
  id: number;
  appId: string;
  channelId: number | null;
  body: Buffer;
  reason: string;
  receivedAt: number;
}

/** A body with several broken elements is one row that names each reason once. */
function onePerBody(items: readonly ParkedItem[]): ParkedItem[] {
  const rows = new Map<string, ParkedItem & { reasons: Set<string> }>();
  for (const item of items) {
    const key = `${item.tenantId} ${item.id}`;
    const row = rows.get(key);
    if (row) row.reasons.add(item.reason);
    else rows.set(key, { ...item, reasons: new Set([item.reason]) });
  }
  return [...rows.values()].map(({ reasons, ...row }) => ({ ...row, reason: [...reasons].join("; ") }));
}

export async function park(client: pg.PoolClient, all: readonly ParkedItem[], at: number): Promise<void> {
  if (all.length === 0) return;
  const items = onePerBody(all);
  await client.query({
    name: "park",
    text: `insert into kernel.parked (tenant_id, id, app_id, channel_id, body, reason, received_at, parked_at)
      select t.*, $8 from unnest($1::int[], $2::bigint[], $3::text[], $4::int[], $5::bytea[], $6::text[], $7::timestamptz[]) t
      on conflict (tenant_id, id) do update set reason = excluded.reason, settled_at = null`,
    values: [
      pgArray.int4(items.map((i) => i.tenantId)),
      pgArray.int8(items.map((i) => i.id)),
      pgArray.text(items.map((i) => i.appId)),
      pgArray.int4(items.map((i) => i.channelId)),
      pgArray.bytea(items.map((i) => i.body)),
      pgArray.text(items.map((i) => i.reason.slice(0, 300))),
      pgArray.timestamptz(items.map((i) => i.receivedAt)),
      new Date(at),
    ],
  });
}
