import { readdir } from "node:fs/promises";
import pg from "pg";
import { withClient } from "./client.ts";
import type { MigrationSet } from "./migrate.ts";
import type { DatabaseAddress } from "./open.ts";

/** What a doctor asks of a database. It only reads, and gives counts and names of tables, never a person's data. */
export interface DatabaseSurvey {
  /** e.g. 180004 for 18.4 */
  versionNumber: number;
  /** ms by which the database's clock is away from ours; 0 when it cannot be told apart. */
  clockSkewMs: number;
  connections: { used: number; max: number };
  isDurable: boolean;
  /** The node's roles that could see past row security. */
  tooPowerfulRoles: string[];
  migrations: { applied: string[]; pending: string[]; unknown: string[] };
  /** Tables with tenant_id whose row security is not forced. */
  unguardedTables: string[];
  /** Does a process hold the right to pump, send and run timers? */
  hasWorker: boolean;
}

const CATALOG = `
  select current_setting('server_version_num')::int as version, current_setting('max_connections')::int as max,
    (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used,
    (select extract(epoch from backend_start)::float8 * 1000 from pg_stat_activity where pid = pg_backend_pid()) as begun,
    current_setting('fsync') = 'on' and current_setting('synchronous_commit') <> 'off' as durable,
    array(select rolname::text from pg_roles where rolname in ('ah_app', 'ah_node', 'ah_coin') and (rolsuper or rolbypassrls) order by 1) as powerful,
    array(select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnotnull
      where c.relkind in ('r', 'p') and not c.relispartition and not (c.relrowsecurity and c.relforcerowsecurity) order by 1) as unguarded,
    -- Our other advisory locks have small numbers; a lease's is a hash, so its upper half is not zero (lease.ts).
    exists (select from pg_locks where locktype = 'advisory' and granted and objsubid = 1 and classid <> 0
      and database = (select oid from pg_database where datname = current_database())) as working,
    to_regclass('migration.applied') is not null as migrated`;

const LIMITS = { statement_timeout: 60_000 };

interface CatalogRow {
  version: number;
  max: number;
  used: number;
  begun: number | null;
  durable: boolean;
  powerful: string[];
  unguarded: string[];
  working: boolean;
  migrated: boolean;
}

/**
 * @param now our clock, ms
 * @throws Error of the driver when the database does not answer
 */
export async function surveyDatabase(
  address: DatabaseAddress,
  sets: readonly MigrationSet[],
  now: () => number,
): Promise<DatabaseSurvey> {
  const client = new pg.Client({ ...address.config("owner"), connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  const before = now();
  await client.connect();
  const after = now();
  try {
    const row = (await client.query<CatalogRow>(CATALOG)).rows[0] as CatalogRow;
    const applied = row.migrated
      ? (await client.query<{ name: string }>("select name from migration.applied order by applied_at, name"))
          .rows
      : [];
    return {
      versionNumber: row.version,
      clockSkewMs: skew(row.begun ?? before, before, after),
      connections: { used: row.used, max: row.max },
      isDurable: row.durable,
      tooPowerfulRoles: row.powerful,
      migrations: compare(
        await namesOf(sets),
        applied.map(({ name }) => name),
      ),
      unguardedTables: row.unguarded,
      hasWorker: row.working,
    };
  } finally {
    await client.end();
  }
}

/** The server's process began between our call and its answer; what lies outside of that is the clocks' difference. */
function skew(begun: number, before: number, after: number): number {
  if (begun < before) return Math.round(begun - before);
  return begun > after ? Math.round(begun - after) : 0;
}

/** Every migration of the sets, ROOM/FILE, in the order they are applied. */
export async function namesOf(sets: readonly MigrationSet[]): Promise<string[]> {
  const names = await Promise.all(
    sets.map(async ({ room, directory }) =>
      (await readdir(directory))
        .filter((file) => file.endsWith(".sql"))
        .sort()
        .map((file) => `${room}/${file}`),
    ),
  );
  return names.flat();
}

function compare(known: readonly string[], applied: readonly string[]): DatabaseSurvey["migrations"] {
  const done = new Set(applied);
  const ours = new Set(known);
  return {
    applied: [...applied],
    pending: known.filter((name) => !done.has(name)),
    unknown: applied.filter((name) => !ours.has(name)),
  };
}

/** What waits or went wrong on the message's way. */
export interface WorkSurvey {
  /** A transaction that names no company sees no company. */
  isBlindWithoutTenant: boolean;
  /** Messages that left without a customer's message before them, in conversations of the last 30 days. */
  withoutBasis: number;
  parked: number;
  /** Due for more than a minute. */
  overdueTimers: number;
  /** Sends claimed by a sender that is gone, or for longer than any send takes. */
  staleSends: number;
  /** Sends whose fate nobody knows; the desk decides. */
  uncertainSends: number;
  /** Webhooks that wait for the pump for more than a minute. */
  waitingWebhooks: number;
  channels: { id: number; tenantId: number; light: "ok" | "warn" | "bad" | "off"; text: string }[];
}

/** Counts stop here: more is not worse news. */
const COUNT_MAX = 10_000;
const LATE_MS = 60_000;
const SEND_MS = 300_000;
const BASIS_DAYS = 30;
const DAY_MS = 86_400_000;

const counted = (from: string): string =>
  `(select count(*)::int from (select 1 from ${from} limit ${COUNT_MAX}) n)`;

/** An echo of what the company wrote in another client has no staff member; we did not send it. */
const SENT_BY_US =
  "m.status in ('sent', 'delivered', 'read', 'played') and (m.author = 'bot' or (m.author = 'agent' and m.staff_id is not null))";

const WORK = `
  select ${counted("kernel.parked where settled_at is null")} as parked,
    ${counted("kernel.timer where due_at < $1")} as timers,
    ${counted("kernel.outbox where state = 'uncertain'")} as uncertain,
    ${counted("kernel.outbox where state = 'leased' and (leased_at < $2 or lease_epoch < coalesce((select epoch from kernel.lease where name = 'worker'), 0))")} as stale,
    ${counted(`kernel.inbox_queue q join kernel.inbox i on i.id = q.id where i.received_at < $1`)} as webhooks,
    ${counted(`kernel.conversation c cross join lateral (select m.author from kernel.message m
        where m.tenant_id = c.tenant_id and m.conversation_id = c.id and (m.author = 'customer' or (${SENT_BY_US})) order by m.id limit 1) f
      where c.last_day >= $3 and f.author <> 'customer' and not exists (select from kernel.message m
        where m.tenant_id = c.tenant_id and m.conversation_id = c.id and m.basis_grant is not null)`)}
    + ${counted(`kernel.conversation c join kernel.message m on m.tenant_id = c.tenant_id and m.conversation_id = c.id
        left join kernel.consent_grant g on g.tenant_id = m.tenant_id and g.id = m.basis_grant
      where c.last_day >= $3 and ${SENT_BY_US} and m.purpose <> 'before_consent' and case when m.basis_grant is null
        then not exists (select from kernel.message w where w.tenant_id = m.tenant_id and w.conversation_id = m.conversation_id
          and w.id = m.basis_message and w.author = 'customer')
        else g.id is null or g.purpose <> m.purpose or g.granted_at > m.processed_at
          or g.withdrawn_at < m.processed_at or g.expires_at < m.processed_at end`)} as baseless`;

/** @throws Error of the driver; call it when all migrations are applied */
export async function surveyWork(address: DatabaseAddress, nowMs: number): Promise<WorkSurvey> {
  const blind = await withClient(
    address,
    "ah_app",
    async (client) => {
      const { rows } = await client.query<{ seen: boolean }>(
        "select exists (select from kernel.tenant) as seen",
      );
      return rows[0]?.seen === false;
    },
    LIMITS,
  );
  return withClient(
    address,
    "ah_node",
    async (client) => {
      const { rows } = await client.query<Record<string, number>>(WORK, [
        new Date(nowMs - LATE_MS),
        new Date(nowMs - SEND_MS),
        new Date(nowMs - BASIS_DAYS * DAY_MS),
      ]);
      const channels = await client.query<WorkSurvey["channels"][number]>(
        `select id, tenant_id as "tenantId", health_light as light, health_text as text from kernel.channel where active order by id`,
      );
      const row = rows[0] ?? {};
      return {
        isBlindWithoutTenant: blind,
        withoutBasis: row.baseless ?? 0,
        parked: row.parked ?? 0,
        overdueTimers: row.timers ?? 0,
        staleSends: row.stale ?? 0,
        uncertainSends: row.uncertain ?? 0,
        waitingWebhooks: row.webhooks ?? 0,
        channels: channels.rows,
      };
    },
    LIMITS,
  );
}
