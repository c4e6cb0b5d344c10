import { sql } from "kysely";
import type { KnownItem } from "../rules/feeds/stories.ts";
import type { SourceItemRow } from "./source-tables.ts";
import type { NoticesTx } from "./tx.ts";

/** Rows of one statement. */
const BATCH = 1_000;
/** A source keeps this many of its items; the oldest ended ones go first. */
const ITEMS_KEPT = 10_000;
const DAY_MS = 86_400_000;
/** So long an item that is over is still recognised, and one that a feed no longer shows. */
const KEEP_DAYS = 90;

interface Place {
  readonly tenantId: number;
  readonly id: number;
}

export async function listItems(
  tx: NoticesTx,
  { tenantId, id }: Place,
  limit: number,
): Promise<SourceItemRow[]> {
  const { rows } = await sql<SourceItemRow>`
    select item_id, story, item, is_live, revision, told_hash, told_starts_at, told_ends_at, misses, seen_at
    from notices.source_item where tenant_id = ${tenantId} and source_id = ${id}
    order by seen_at desc, item_id limit ${limit}`.execute(tx);
  return rows;
}

export async function knownItems(tx: NoticesTx, place: Place): Promise<KnownItem[]> {
  const rows = await listItems(tx, place, ITEMS_KEPT);
  return rows.map((row) => ({
    id: row.item_id,
    story: row.story,
    item: row.item,
    isLive: row.is_live,
    revision: row.revision,
    told: {
      hash: row.told_hash,
      startsAt: row.told_starts_at?.getTime() ?? null,
      endsAt: row.told_ends_at?.getTime() ?? null,
    },
    misses: row.misses,
  }));
}

/** Writes what changed and forgets what is long over. @param seen ids of this reading */
export async function writeItems(
  tx: NoticesTx,
  { tenantId, id }: Place,
  news: { items: readonly KnownItem[]; renamed: readonly string[]; seen: readonly string[]; now: number },
): Promise<void> {
  const now = new Date(news.now);
  if (news.renamed.length > 0)
    await sql`delete from notices.source_item where tenant_id = ${tenantId} and source_id = ${id}
      and item_id = any(${news.renamed}::text[])`.execute(tx);
  for (let from = 0; from < news.items.length; from += BATCH) {
    const part = news.items.slice(from, from + BATCH);
    await sql`
      insert into notices.source_item (tenant_id, source_id, item_id, story, item, is_live, revision, told_hash, told_starts_at, told_ends_at, misses, seen_at)
      select ${tenantId}, ${id}, i.item_id, i.story, i.item, i.is_live, i.revision, i.told_hash, i.told_starts_at, i.told_ends_at, i.misses, ${now}
      from unnest(${part.map((one) => one.id)}::text[], ${part.map((one) => one.story)}::text[],
        ${part.map((one) => JSON.stringify(one.item))}::jsonb[], ${part.map((one) => one.isLive)}::boolean[],
        ${part.map((one) => one.revision)}::int[], ${part.map((one) => one.told.hash)}::text[],
        ${part.map((one) => dateOf(one.told.startsAt))}::timestamptz[], ${part.map((one) => dateOf(one.told.endsAt))}::timestamptz[],
        ${part.map((one) => one.misses)}::int[])
        i(item_id, story, item, is_live, revision, told_hash, told_starts_at, told_ends_at, misses)
      on conflict (tenant_id, source_id, item_id) do update set story = excluded.story, item = excluded.item,
        is_live = excluded.is_live, revision = excluded.revision, told_hash = excluded.told_hash,
        told_starts_at = excluded.told_starts_at, told_ends_at = excluded.told_ends_at, misses = excluded.misses,
        seen_at = excluded.seen_at`.execute(tx);
  }
  await touch(tx, { tenantId, id }, news);
  await forget(tx, { tenantId, id }, news.now);
}

/** What is seen stays; written at most once a day, so that a quiet feed costs no writing. */
async function touch(
  tx: NoticesTx,
  { tenantId, id }: Place,
  { seen, now }: { seen: readonly string[]; now: number },
): Promise<void> {
  if (seen.length === 0) return;
  await sql`update notices.source_item set seen_at = ${new Date(now)} where tenant_id = ${tenantId} and source_id = ${id}
    and item_id = any(${seen}::text[]) and seen_at < ${new Date(now - DAY_MS)}`.execute(tx);
}

async function forget(tx: NoticesTx, { tenantId, id }: Place, now: number): Promise<void> {
  const border = new Date(now - KEEP_DAYS * DAY_MS);
  await sql`delete from notices.source_item where tenant_id = ${tenantId} and source_id = ${id} and seen_at < ${border}`.execute(
    tx,
  );
  await sql`delete from notices.source_item where tenant_id = ${tenantId} and source_id = ${id} and item_id in (
    select item_id from notices.source_item where tenant_id = ${tenantId} and source_id = ${id}
    order by is_live desc, seen_at desc offset ${ITEMS_KEPT})`.execute(tx);
}

function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
