import type pg from "pg";
import { type Definition, quote } from "./catalog.ts";

/**
 * Rows come in fastest into tables without keys and indexes, which are then built in one go: so a restore takes them
 * away and puts back exactly what the migrations made.
 */

interface Built extends Definition {
  /** p, u, f of pg_constraint; i = an index of no constraint. */
  kind: "p" | "u" | "f" | "i";
}

export interface Dismantled {
  built: Built[];
}

const OURS = `c.relkind = 'r' and not c.relispartition and n.nspname = any($1)`;

const CONSTRAINTS = `
  select n.nspname || '.' || quote_ident(c.relname) as table, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition, k.contype as kind
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where k.contype in ('p', 'u', 'f') and ${OURS} order by array_position(array['p', 'u', 'f'], k.contype::text), 1, 2`;

const INDEXES = `
  select n.nspname || '.' || quote_ident(c.relname) as table, i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition, 'i' as kind
  from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
  where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')) and ${OURS} order by 1, 2`;

/**
 * Takes away foreign keys, and keys and indexes of large tables; triggers of ours and row security rest, because nobody
 * else is there.
 * @param isLarge schema.table; a small table is filled sooner than its indexes are made anew
 */
export async function dismantle(
  client: pg.Client,
  schemas: readonly string[],
  isLarge: (table: string) => boolean,
): Promise<Dismantled> {
  const constraints = await client.query<Built>(CONSTRAINTS, [schemas]);
  const indexes = await client.query<Built>(INDEXES, [schemas]);
  const built = [...constraints.rows, ...indexes.rows].filter(
    ({ kind, table }) => kind === "f" || isLarge(table),
  );
  for (const kind of ["f", "u", "p", "i"])
    for (const one of built.filter((each) => each.kind === kind))
      await client.query(
        kind === "i" ? `drop index ${one.name}` : `alter table ${one.table} drop constraint ${one.name}`,
      );
  await setGuards(client, schemas, "off");
  return { built };
}

/** Triggers would undo what rows say; an owner who is no superuser may not load rows past row security. */
async function setGuards(client: pg.Client, schemas: readonly string[], to: "on" | "off"): Promise<void> {
  const { rows } = await client.query<{ table: string }>(
    `select n.nspname || '.' || quote_ident(c.relname) as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any($1) and c.relrowsecurity`,
    [schemas],
  );
  for (const { table } of rows) {
    await client.query(`alter table ${table} ${to === "on" ? "enable" : "disable"} trigger user`);
    await client.query(`alter table ${table} ${to === "on" ? "force" : "no force"} row level security`);
  }
}

/**
 * Builds keys and indexes table by table, large tables first, each connection taking the next; foreign keys last, so
 * that every reference is checked once more.
 */
export async function rebuild(
  clients: readonly pg.Client[],
  { built }: Dismantled,
  parts: { order: readonly string[]; schemas: readonly string[]; report(step: string, share: number): void },
): Promise<void> {
  const rank = new Map(parts.order.map((table, n) => [table, n]));
  const rankOf = ({ table }: Built): number => rank.get(table) ?? parts.order.length;
  let count = 0;
  const inTurn = async (all: readonly Built[]): Promise<void> => {
    // Both would lock the same table, so a table's indexes are one job.
    const jobs = [...Map.groupBy(all, ({ table }) => table).values()].sort(
      ([a], [b]) => rankOf(a as Built) - rankOf(b as Built),
    );
    await Promise.all(
      clients.map(async (client) => {
        for (let job = jobs.shift(); job; job = jobs.shift())
          for (const one of job) {
            parts.report(
              `${one.kind === "f" ? "references" : "indexes"} of ${one.table}`,
              count / built.length,
            );
            await client.query(
              one.kind === "i"
                ? one.definition
                : `alter table ${one.table} add constraint ${one.name} ${one.definition}`,
            );
            count += 1;
          }
      }),
    );
  };
  await inTurn(built.filter(({ kind }) => kind !== "f"));
  // Foreign keys lock two tables each; one after the other, no two wait for each other.
  const [first] = clients;
  for (const one of built.filter(({ kind }) => kind === "f")) {
    parts.report(`references of ${one.table}`, count / built.length);
    await first?.query(`alter table ${one.table} add constraint ${one.name} ${one.definition}`);
    count += 1;
  }
  if (first) await setGuards(first, parts.schemas, "on");
}

/** A check of the backup that differs from the one that the migrations made on an empty database replaces it. */
export async function adoptChecks(client: pg.Client, checks: readonly Definition[]): Promise<void> {
  for (const { table, name, definition } of checks) {
    const { rows } = await client.query<{ definition: string }>(
      "select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = $1::regclass and conname = $2",
      [table, name],
    );
    if (rows[0]?.definition === definition) continue;
    if (rows[0]) await client.query(`alter table ${table} drop constraint ${quote(name)}`);
    await client.query(`alter table ${table} add constraint ${quote(name)} ${definition}`);
  }
}
