import { createHash } from "node:crypto";
import type pg from "pg";
import type { Installation } from "../node/installation.ts";

/** Subscribers of one company, made set-wise: contacts, addresses, grants and subscriptions. */
export interface Audience {
  tenantId: number;
  channelId: number;
  /** Digits of the n-th person, from 0. */
  waIdOf(n: number): string;
  /** The company's API, as its owner. */
  api(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  persons: number;
}

/** One value; all others are spread over these many. */
export const ALERTED = "U3";
const OTHER_VALUES = 200;
const SLUG = "lines";
/** Beyond every id that the node itself gives in a run. */
const FIRST_ID = 50_000_000;
const AGREED = "Bench darf mir Hinweise schicken.";

/**
 * @param persons how many have subscribed
 * @param alerted how many of them to the value that alerts name
 */
export async function makeAudience(
  installation: Installation,
  {
    persons,
    alerted,
    perSecond = 80,
    firstId = FIRST_ID,
  }: { persons: number; alerted: number; perSecond?: number; firstId?: number },
): Promise<Audience> {
  const { sql } = installation;
  const { rows } = await sql.query<{ tenant_id: number; id: number }>(
    "select tenant_id, id from kernel.channel where kind = 'whatsapp' order by tenant_id, id limit 1",
  );
  const place = rows[0];
  if (!place) throw new Error("The installation has no WhatsApp number.");
  const { tenant_id: tenantId, id: channelId } = place;
  await sql.query("update kernel.channel set settings = settings || $3 where tenant_id = $1 and id = $2", [
    tenantId,
    channelId,
    JSON.stringify({ perSecond }),
  ]);
  await sql.query("select pg_notify('ah', $1)", [`announce:registry:${tenantId}`]);
  const api = await openApi(installation, tenantId);
  const topicId = await topicOf(api);
  await api("PUT", "/api/v1/notice-settings", SETTINGS);
  await seed(installation, { tenantId, channelId, topicId, persons, alerted, firstId });
  return { tenantId, channelId, persons, api, waIdOf: (n) => `49160${String(firstId + n).padStart(9, "0")}` };
}

async function openApi({ sql, node }: Installation, tenantId: number): Promise<Audience["api"]> {
  const secret = `ah_bench_${Date.now()}_${Math.random()}`;
  await sql.query(
    "insert into kernel.api_key (tenant_id, name, prefix, hash, role, created_at) values ($1, 'bench', 'ah_bench', $2, 'owner', $3)",
    [tenantId, createHash("sha256").update(secret).digest(), new Date()],
  );
  return async (method, path, body) => {
    const answer = await fetch(`${node.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return JSON.parse(text) as Record<string, unknown>;
  };
}

/** The bench runs at night too, and alerts the same persons again and again. */
const SETTINGS = {
  quiet: null,
  isQuietOnHolidays: false,
  capPerDay: null,
  needsFourEyes: false,
  portfolioPerDay: null,
};

const both = (text: string) => ({ de: text, en: text });

/** The topic and a template, made once. */
async function topicOf(api: Audience["api"]): Promise<number> {
  const { items } = (await api("GET", "/api/v1/notice-topics")) as { items: { id: number; slug: string }[] };
  const known = items.find((topic) => topic.slug === SLUG);
  if (known) return known.id;
  const topic = await api("POST", "/api/v1/notice-topics", {
    slug: SLUG,
    title: both("Linien"),
    description: both(""),
    kind: "service",
    parameters: [{ key: "line", kind: "line", label: both("Linie"), values: [], required: false }],
    isPublic: true,
    isUrgent: false,
  });
  await api("POST", "/api/v1/notice-templates", {
    name: "line_alert",
    language: "de",
    category: "utility",
    body: "Hinweis: {{1}}",
    variables: ["text"],
    state: "approved",
  });
  return topic.id as number;
}

interface Seeding {
  tenantId: number;
  channelId: number;
  topicId: number;
  persons: number;
  alerted: number;
  firstId: number;
}

/** On one connection: checks of keys are switched off on it, these rows are right by themselves. */
async function seed({ sql: pool }: Installation, one: Seeding): Promise<void> {
  const sql = await pool.connect();
  try {
    await fill(sql, one);
  } finally {
    sql.release(true);
  }
  for (const table of ["kernel.contact", "kernel.identity", "kernel.consent_grant", "notices.subscription"])
    await pool.query(`vacuum (analyze) ${table}`);
}

async function fill(sql: pg.PoolClient, one: Seeding): Promise<void> {
  const { tenantId, firstId, persons } = one;
  const now = new Date();
  const hash = createHash("sha256").update(`de\n${AGREED}`).digest();
  await sql.query(
    "insert into kernel.consent_text (tenant_id, hash, language, text, first_used_at) values ($1, $2, 'de', $3, $4) on conflict do nothing",
    [tenantId, hash, AGREED, now],
  );
  await sql.query("set session_replication_role = replica");
  await sql.query(
    "insert into kernel.contact (tenant_id, id, first_seen_at) overriding system value select $1, $2::bigint + n, $3 from generate_series(0, $4::int - 1) n",
    [tenantId, firstId, now, persons],
  );
  await sql.query(
    `insert into kernel.identity (tenant_id, kind, value, contact_id, first_seen_at, last_seen_at)
      select $1, 'wa_id', '49160' || lpad(($2::bigint + n)::text, 9, '0'), $2::bigint + n, $3, $3 from generate_series(0, $4::int - 1) n`,
    [tenantId, firstId, now, persons],
  );
  await sql.query(
    `insert into kernel.consent_grant (tenant_id, id, contact_id, channel_id, purpose, topic, text_hash, how, granted_at) overriding system value
      select $1, $2::bigint + n, $2::bigint + n, $5, 'notices.service', $6, $7, 'form', $3 from generate_series(0, $4::int - 1) n`,
    [tenantId, firstId, now, persons, one.channelId, SLUG, hash],
  );
  await sql.query(
    `insert into notices.subscription (tenant_id, id, topic_id, value, contact_id, channel_id, grant_id, language, rhythm, created_at) overriding system value
      select $1, $2::bigint + n, $5, case when n < $6::int then $8 else 'L' || (n % $9::int) end, $2::bigint + n, $7, $2::bigint + n, 'de',
        case when n % 3 = 0 then '127 0-1440 - - -' when n % 3 = 1 then '127 0-1440 d - -' else '127 0-1440 - - Europe/Vienna' end, $3
      from generate_series(0, $4::int - 1) n`,
    [tenantId, firstId, now, persons, one.topicId, one.alerted, one.channelId, ALERTED, OTHER_VALUES],
  );
}

let published = 0;

/** Publishes an alert to everybody who asked for the value. @returns the notice's id */
export async function publish(audience: Audience, more: Record<string, unknown> = {}): Promise<number> {
  published += 1;
  const notice = await audience.api("POST", "/api/v1/notices/publish", {
    topic: SLUG,
    reference: `bench-${Date.now()}-${published}`,
    title: "U3 gesperrt",
    values: { line: [ALERTED] },
    texts: { de: "Die U3 fährt nicht zwischen Hafen und Markt.", en: null },
    ...more,
  });
  return notice.id as number;
}
