import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { DatabaseAddress } from "./open.ts";

/** A room's migrations: plain SQL files NNN_name.sql, up only, run in order of their names. */
export interface MigrationSet {
  /** "kernel", "auth" or a skill's id. */
  room: string;
  directory: string;
}

/** Stands there while a restore fills a database under its own name (backup/unfinished.ts). */
export const RESTORING = "migration.restoring";

/** Any node may start first: one of them migrates, the others wait. */
const MIGRATION_LOCK = 4_171_001;

/**
 * Brings the database up to date, one transaction per file.
 * @param nowMs time written beside each applied file
 * @param options.only names of the files that may be applied: for a backup, the state it was made in
 * @param options.restoring the restore itself works here: nobody else may, until it is whole
 * @returns names of the files that were applied now
 * @throws Error naming the file that failed; earlier files stay applied
 */
export async function migrate(
  address: DatabaseAddress,
  sets: readonly MigrationSet[],
  nowMs: number,
  options: { only?: ReadonlySet<string>; restoring?: boolean } = {},
): Promise<string[]> {
  const client = new pg.Client(address.config("owner"));
  await client.connect();
  const applied: string[] = [];
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    if (!options.restoring) await requireWhole(client);
    await client.query("create schema if not exists migration");
    await client.query(
      "create table if not exists migration.applied (name text primary key, applied_at timestamptz not null)",
    );
    const known = new Set(
      (await client.query<{ name: string }>("select name from migration.applied")).rows.map((r) => r.name),
    );
    for (const set of sets) {
      const files = (await readdir(set.directory)).filter((f) => f.endsWith(".sql")).sort();
      for (const file of files) {
        const name = `${set.room}/${file}`;
        if (known.has(name) || options.only?.has(name) === false) continue;
        await apply(client, { name, text: await readFile(join(set.directory, file), "utf8"), nowMs });
        applied.push(name);
      }
    }
    await letOwnerRead(client);
  } finally {
    await client.end();
  }
  return applied;
}

/** A node on half a restore would send what is not held yet, and show attachments that are not there. */
async function requireWhole(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ is_half: boolean }>("select to_regclass($1) is not null as is_half", [
    RESTORING,
  ]);
  if (rows[0]?.is_half)
    throw new Error(
      "A restore into this database is under way or was broken off, so it is not whole: make an empty database and restore into that one. Nothing was changed.",
    );
}

/**
 * Row security is forced on owners, too. On a server of somebody else our owner is no superuser, and a backup must see
 * every row: so it gets a policy of its own on each table, for reading. The node's roles are not touched by it.
 */
async function letOwnerRead(client: pg.Client): Promise<void> {
  await client.query(`do $$ declare t record; begin
    if (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) then return; end if;
    for t in select c.oid::regclass as name from pg_class c
        where c.relkind in ('r', 'p') and c.relrowsecurity and pg_get_userbyid(c.relowner) = current_user
          and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'owner_reads') loop
      execute format('create policy owner_reads on %s for select to %I using (true)', t.name, current_user);
    end loop;
  end $$`);
}

async function apply(client: pg.Client, file: { name: string; text: string; nowMs: number }): Promise<void> {
  await client.query("begin");
  try {
    await client.query(file.text);
    await client.query("insert into migration.applied (name, applied_at) values ($1, $2)", [
      file.name,
      new Date(file.nowMs),
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Error(
      `Migration ${file.name} failed: ${(error as Error).message}. Earlier ones stay; nothing of this one was kept.`,
    );
  }
}
