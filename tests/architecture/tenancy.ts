import type pg from "pg";
import type { Fault } from "./source.ts";

/** Schemas that others own; their tables know no tenants. */
const FOREIGN_SCHEMAS = ["auth", "graphile_worker", "migration"];

/** Tables without tenant_id or row security, each with its reason. */
const TABLES_APART: Readonly<Record<string, string>> = {
  "kernel.provider_app": "one app at a provider signs the webhooks of many tenants",
  "kernel.inbox": "raw webhooks are stored before their tenant is known",
  "kernel.lease": "shards and sending numbers belong to nodes",
  "kernel.backup_run": "a backup holds the whole installation",
  "kernel.restore_hold": "a restore brings back the whole installation",
  "service.model":
    "equal knowledge shares one model, found by content hash; it holds words of its examples and goes when they must",
};

/** Tenants themselves: `id` is the tenant. */
const TENANT_TABLE = "kernel.tenant";

/** Unique keys that rightly reach across tenants, each with its reason. */
const KEYS_APART: Readonly<Record<string, string>> = {
  "kernel.channel(id)": "a webhook's address names the connection before the tenant is known",
  "kernel.channel(kind,address)": "a number belongs to one company",
  "kernel.api_key(hash)": "a request brings its key before its tenant is known",
};

interface TableRow {
  readonly name: string;
  readonly has_tenant: boolean;
  readonly is_enabled: boolean;
  readonly is_forced: boolean;
  readonly policies: number;
}

const TABLES = `
  select n.nspname || '.' || c.relname as name,
         exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnotnull) as has_tenant,
         c.relrowsecurity as is_enabled, c.relforcerowsecurity as is_forced,
         (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and n.nspname <> all ($1)
  order by 1`;

const KEYS = `
  select n.nspname || '.' || c.relname as table_name,
         n.nspname || '.' || c.relname || '(' || string_agg(a.attname, ',' order by k.position) || ')' as name,
         (array_agg(a.attname::text order by k.position))[1] as leading
  from pg_index i
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  cross join unnest(i.indkey::int[]) with ordinality k(attnum, position)
  left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
  where i.indisunique and not c.relispartition and c.relkind in ('r', 'p')
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and n.nspname <> all ($1)
  group by 1, i.indexrelid, n.nspname, c.relname
  order by 2`;

/**
 * Asks a migrated database: every table has tenant_id and forced row security with a policy, and tenant_id leads
 * every unique key.
 */
export async function tenancyFaults(client: pg.Client): Promise<Fault[]> {
  const tables = await client.query<TableRow>(TABLES, [FOREIGN_SCHEMAS]);
  const keys = await client.query<{ table_name: string; name: string; leading: string }>(KEYS, [
    FOREIGN_SCHEMAS,
  ]);
  const isApart = (name: string) => name in TABLES_APART;
  return [
    ...tables.rows.filter(({ name }) => !isApart(name)).flatMap(tableFaults),
    ...keys.rows
      .filter(
        (key) => !(isApart(key.table_name) || key.table_name === TENANT_TABLE || key.leading === "tenant_id"),
      )
      .filter((key) => !(key.name in KEYS_APART))
      .map(({ name }) => ({ path: name, message: "is unique across tenants: tenant_id leads every key" })),
  ];
}

function tableFaults({ name, has_tenant, is_enabled, is_forced, policies }: TableRow): Fault[] {
  const faults: Fault[] = [];
  if (!has_tenant && name !== TENANT_TABLE) faults.push({ path: name, message: "has no tenant_id NOT NULL" });
  if (!is_enabled || !is_forced) faults.push({ path: name, message: "does not force row security" });
  if (policies === 0) faults.push({ path: name, message: "has no policy" });
  return faults;
}
