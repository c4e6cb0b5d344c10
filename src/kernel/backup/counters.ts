import { sql } from "kysely";
import type { Tx } from "../db/open.ts";
import type { Kernel } from "../kernel.ts";
import type { CounterGap, DocumentCounter } from "../skill.ts";
import { leftOutAfterRestore, yearsAround } from "./rules.ts";

/**
 * Numbers that documents carry are known outside: what was given after the backup must not be given to another document.
 * How far they were given nobody knows any more, so every counter moves on by a gap, and the gap is written down.
 */

interface CounterRow {
  kind: string;
  year: number;
  last: number;
}

interface Since {
  counters: readonly DocumentCounter[];
  /** Of the backup, ms. */
  takenAt: number;
  now: number;
}

/** Moves the counters of every company, used or not: one that began after the backup has no row in it. @returns counters moved */
export async function moveCounters({ db }: Pick<Kernel, "db">, since: Since): Promise<number> {
  const { rows } = await db.node.query<{ id: number }>("select id from kernel.tenant order by id");
  let moved = 0;
  for (const { id } of rows)
    for (const counter of since.counters)
      moved += await db.tenant(id, (tx) => moveCounter(tx, { tenantId: id, counter, since }));
  return moved;
}

async function moveCounter(
  tx: Tx,
  { tenantId, counter, since }: { tenantId: number; counter: DocumentCounter; since: Since },
): Promise<number> {
  const { takenAt, now } = since;
  const columns = await columnsOf(tx, counter.table);
  if (columns.length === 0) return 0;
  const table = sql.table(counter.table);
  const { rows } = await sql<CounterRow>`
    select kind, year, last from ${table} where tenant_id = ${tenantId} order by year desc for update`.execute(
    tx,
  );
  const years = yearsAround(now);
  for (const kind of counter.kinds)
    for (const year of years) {
      const known = rows.find((row) => row.kind === kind) ?? { year, last: 0 };
      const last = rows.find((row) => row.kind === kind && row.year === year)?.last ?? 0;
      const to = leftOutAfterRestore(last, { known, takenAt, now });
      const gap: CounterGap = { from: last + 1, to, at: new Date(now).toISOString() };
      await (columns.includes("gaps")
        ? sql`insert into ${table} as c (tenant_id, kind, year, last, gaps)
            values (${tenantId}, ${kind}, ${year}, ${to}, ${JSON.stringify([gap])}::jsonb)
            on conflict (tenant_id, kind, year) do update set last = excluded.last, gaps = c.gaps || excluded.gaps`.execute(
            tx,
          )
        : sql`insert into ${table} (tenant_id, kind, year, last) values (${tenantId}, ${kind}, ${year}, ${to})
            on conflict (tenant_id, kind, year) do update set last = excluded.last`.execute(tx));
    }
  return counter.kinds.length * years.length;
}

/** On the way back of an upgrade the database is older than this program: the table may not be there, or keep no gaps. */
async function columnsOf(tx: Tx, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select attname::text as name from pg_attribute where attrelid = to_regclass(${table}) and attnum > 0 and not attisdropped`.execute(
    tx,
  );
  return rows.map(({ name }) => name);
}
