import type pg from "pg";

/** What a database of ours is made of, as far as a backup must know it: read from PostgreSQL's catalog. */

export interface TableShape {
  schema: string;
  name: string;
  columns: { name: string; type: string }[];
  isPartitioned: boolean;
  /** With indexes; for the order of work and for the space that a restore takes. */
  bytes: number;
}

export interface Definition {
  /** schema.table, quoted where needed */
  table: string;
  name: string;
  definition: string;
}

export interface Catalog {
  tables: TableShape[];
  /** Checks may name a moment of this very installation (see migration kernel/007), so they travel with the rows. */
  checks: Definition[];
  /** Borders of the raw inbox's partitions that hold something waiting. */
  inboxPartitions: { from: number; to: number }[];
}

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const tableName = ({ schema, name }: { schema: string; name: string }): string =>
  `${quote(schema)}.${quote(name)}`;
export const titleOf = ({ schema, name }: { schema: string; name: string }): string => `${schema}.${name}`;

/** The schemas that our migrations made; others in a foreign database are none of our business. */
const SCHEMAS = `select distinct split_part(name, '/', 1) as name from migration.applied union values ('migration'), ('auth')`;

const TABLES = `
  select n.nspname as schema, c.relname as name, c.relkind = 'p' as "isPartitioned", pg_total_relation_size(c.oid)::float8 as bytes,
    array(select json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in (${SCHEMAS})
  order by bytes desc, 1, 2`;

const CHECKS = `
  select n.nspname || '.' || quote_ident(c.relname) as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where k.contype = 'c' and not c.relispartition and n.nspname in (${SCHEMAS}) order by 1, 2`;

const PARTITIONS = `
  select p.from_id as from, p.to_id as to from (
    select substr(c.relname, 7)::float8 as from_id, split_part(pg_get_expr(c.relpartbound, c.oid), '''', 4)::float8 as to_id
    from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'kernel.inbox'::regclass) p
  where exists (select from kernel.inbox_queue q where q.id >= p.from_id and q.id < p.to_id) order by 1`;

export async function readCatalog(client: pg.Client): Promise<Catalog> {
  const tables = await client.query<TableShape>(TABLES);
  const checks = await client.query<Definition>(CHECKS);
  const partitions = await client.query<{ from: number; to: number }>(PARTITIONS);
  return { tables: tables.rows, checks: checks.rows, inboxPartitions: partitions.rows };
}

/** Whose rows are not kept: signing in again is safer than reviving a session that was ended after the backup. */
const EMPTIED: ReadonlySet<string> = new Set(["auth.session", "auth.verification"]);

/** What is copied out of a table, or null when its rows are left out. */
export function copySource(table: TableShape): string | null {
  if (EMPTIED.has(titleOf(table))) return null;
  const columns = table.columns.map(({ name }) => quote(name));
  // Webhooks that were handled leave within a day; only what was acknowledged and still waits is a duty.
  if (titleOf(table) === "kernel.inbox")
    return `(select ${columns.map((name) => `i.${name}`).join(", ")} from kernel.inbox i join kernel.inbox_queue q on q.id = i.id)`;
  return `${tableName(table)} (${columns.join(", ")})`;
}

export interface SequenceState {
  schema: string;
  name: string;
  lastValue: string;
  maxValue: string;
}

/** Sequences that gave a number already. They are of no transaction: read after the rows, they lie at or above them. */
export async function readSequences(client: pg.Client): Promise<SequenceState[]> {
  const { rows } = await client.query<SequenceState>(
    `select schemaname as schema, sequencename as name, last_value::text as "lastValue", max_value::text as "maxValue"
      from pg_sequences where last_value is not null and schemaname in (${SCHEMAS}) order by 1, 2`,
  );
  return rows;
}

/**
 * Tables whose rows the signed-in user would not all see: with forced row security an owner who is no superuser sees
 * what a policy shows it, and a backup that silently lacks rows is worse than none.
 */
export async function hiddenTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in (${SCHEMAS})
        and row_security_active(c.oid) and not exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive
          and p.polcmd in ('r', '*') and pg_get_expr(p.polqual, p.polrelid) = 'true'
          and exists (select from pg_roles r where r.rolname = current_user and (r.oid = any(p.polroles) or 0 = any(p.polroles))))
      order by 1`,
  );
  return rows.map(({ name }) => name);
}
