import type pg from "pg";
import { type Company, phoneNumberId } from "./companies.ts";
import { sureQuestions, testQuestions } from "./knowledge.ts";

/** Stored messages of a preloaded installation: five questions and five answers for each of a million customers. */
export const PAIRS = 5;

/** Hours over which the stored messages are spread: ten million are about seven hours at 18 million a day. */
const SPREAD_HOURS = 13;

/** Takes the keys, foreign keys and indexes of a table away for the load; builds them again afterwards. */
async function withoutIndexes(
  client: pg.ClientBase,
  table: string,
  load: () => Promise<void>,
): Promise<void> {
  const { rows: constraints } = await client.query<{ name: string; definition: string }>(
    "select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = $1::regclass and contype in ('p', 'u', 'f') order by contype desc",
    [table],
  );
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    "select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index where indrelid = $1::regclass and not exists (select from pg_constraint c where c.conindid = indexrelid)",
    [table],
  );
  for (const { name } of constraints)
    await client.query(`alter table ${table} drop constraint ${name} cascade`);
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await load();
  for (const { name, definition } of constraints)
    if (!definition.startsWith("FOREIGN"))
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
  for (const { definition } of indexes) await client.query(definition);
  for (const { name, definition } of constraints)
    if (definition.startsWith("FOREIGN"))
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
}

/**
 * Fills the companies with customers and their past, by set-wise SQL: contacts, three identities each,
 * conversations, messages in the order of time, dedupe keys and events.
 * @param until ms; the newest message is this old
 */
export async function preload(
  client: pg.ClientBase,
  companies: readonly Company[],
  parts: { until: number; say: (sentence: string) => void },
): Promise<void> {
  const { until, say } = parts;
  const customers = companies.reduce((sum, company) => sum + company.customers, 0);
  await client.query(
    "set maintenance_work_mem = '2GB'; set max_parallel_maintenance_workers = 2; set synchronous_commit = off; set work_mem = '256MB'",
  );
  await client.query("truncate kernel.event");
  await customerTable(client, companies);
  say(`Loading ${customers.toLocaleString("en")} customers.`);
  await loadPersons(client, new Date(until - SPREAD_HOURS * 3_600_000));
  say(`Loading ${(customers * PAIRS * 2).toLocaleString("en")} messages.`);
  await withoutIndexes(client, "kernel.message", () => loadMessages(client, until));
  say("Loading dedupe keys and events.");
  await withoutIndexes(client, "kernel.seen", async () => {
    await client.query(`insert into kernel.seen (tenant_id, key, conversation_id, message_id, seen_at)
      select tenant_id, md5(id::text)::uuid, conversation_id, id, received_at from kernel.message where author = 'customer'`);
  });
  await client.query(`insert into kernel.event (tenant_id, seq, type, conversation_id, message_id, at)
      select tenant_id, row_number() over (partition by tenant_id order by id), 'message.created', conversation_id, id, received_at from kernel.message`);
  await client.query(
    "update kernel.tenant_seq s set last_seq = e.n from (select tenant_id, max(seq) as n from kernel.event group by tenant_id) e where e.tenant_id = s.tenant_id",
  );
  await client.query(`update kernel.conversation c set preview = m.text, last_turn = m.id, last_message_at = m.at, last_customer_at = m.at, last_day = m.at::date
      from (select distinct on (conversation_id) conversation_id, id, left(content ->> 'text', 160) as text, sent_at as at from kernel.message where author = 'customer' order by conversation_id, id desc) m
      where m.conversation_id = c.id`);
  await client.query("drop table bench_customer");
  say("Vacuum and analyse.");
  for (const table of ["contact", "identity", "conversation", "message", "seen", "event", "tenant_seq"])
    await client.query(`vacuum (analyze, freeze) kernel.${table}`);
  await client.query("checkpoint");
}

/** Which company and number each customer belongs to; the same arithmetic as companies.ts. */
async function customerTable(client: pg.ClientBase, companies: readonly Company[]): Promise<void> {
  await client.query("create table bench_customer (n int, tenant_id int, channel_id int)");
  await client.query(
    `insert into bench_customer select n, t.id, ch.id
      from unnest($1::int[], $2::int[], $3::int[], $4::int[]) c(rank, first, size, numbers)
      join kernel.tenant t on t.slug = 'bench-' || lpad(c.rank::text, 5, '0')
      cross join lateral generate_series(c.first, c.first + c.size - 1) n
      join kernel.channel ch on ch.address = '10' || lpad(c.rank::text, 6, '0') || lpad((n % c.numbers)::text, 4, '0') order by n`,
    [
      companies.map((c) => c.rank),
      companies.map((c) => c.firstCustomer),
      companies.map((c) => c.customers),
      companies.map((c) => c.numbers),
    ],
  );
  const { rows } = await client.query<{ n: number }>("select count(*)::int as n from bench_customer");
  const expected = companies.reduce((sum, c) => sum + c.customers, 0);
  if (rows[0]?.n !== expected)
    throw new Error(
      `Of ${expected} customers ${rows[0]?.n} found a number such as ${phoneNumberId({ rank: 1 }, 0)}.`,
    );
}

async function loadPersons(client: pg.ClientBase, since: Date): Promise<void> {
  await client.query(
    "insert into kernel.contact (tenant_id, id, name, first_seen_at) overriding system value select tenant_id, n + 1, 'Kundin ' || n, $1 from bench_customer",
    [since],
  );
  await client.query(
    `insert into kernel.identity (tenant_id, kind, value, contact_id, first_seen_at, last_seen_at)
      select c.tenant_id, i.kind, i.value, c.n + 1, $1, $1 from bench_customer c
      cross join lateral (values ('bsuid', 'DE.49151' || lpad(c.n::text, 8, '0') || '0000000'), ('wa_id', '49151' || lpad(c.n::text, 8, '0')),
        ('phone', '+49151' || lpad(c.n::text, 8, '0'))) i(kind, value) order by c.tenant_id, i.kind, i.value`,
    [since],
  );
  await client.query(
    `insert into kernel.conversation (tenant_id, id, channel_id, contact_id, reply_address, language, last_message_at, last_day, created_at)
      overriding system value select tenant_id, n + 1, channel_id, n + 1, '49151' || lpad(n::text, 8, '0'), 'de', $1::timestamptz, ($1::timestamptz)::date, $1::timestamptz from bench_customer`,
    [since],
  );
  await client.query(
    "select setval(pg_get_serial_sequence('kernel.contact', 'id'), (select max(id) from kernel.contact)), setval(pg_get_serial_sequence('kernel.conversation', 'id'), (select max(id) from kernel.conversation))",
  );
}

/**
 * Messages in the order of their time, as life would have written them: a customer's five pairs lie far apart.
 * Ids have the layout of kernel/ids.ts (second in ms, version 8, arrival, variant, counter).
 */
async function loadMessages(client: pg.ClientBase, until: number): Promise<void> {
  const questions = [...testQuestions(), ...sureQuestions()];
  await client.query("create temp table bench_text (n int primary key, text text)");
  await client.query("insert into bench_text select row_number() over () - 1, t from unnest($1::text[]) t", [
    questions,
  ]);
  const { rows } = await client.query<{ n: string }>("select count(*) as n from bench_customer");
  const customers = Number(rows[0]?.n);
  const firstMs = until - SPREAD_HOURS * 3_600_000;
  const gapMs = (SPREAD_HOURS * 3_600_000) / (customers * PAIRS);
  // Two orders that share no rhythm: the customers are walked in steps of a prime.
  await client.query(
    `insert into kernel.message (tenant_id, conversation_id, id, author, content, status, external_id, reply_to, language, detail, purpose, basis_message, sent_at, received_at, processed_at)
      select c.tenant_id, c.n + 1, case w.author when 'customer' then m.asked else m.answered end, w.author,
        jsonb_build_object('type', 'text', 'text', case w.author when 'customer' then q.text else 'Danke für Ihre Nachricht. ' || q.text || ' Dazu sehen wir jetzt nach und melden uns gleich wieder bei Ihnen, wenn Sie mögen auch per Telefon.' end),
        case w.author when 'customer' then 'received' else 'read' end, 'wamid.' || md5(w.author || m.k::text) || 'bench', case w.author when 'bot' then m.asked end, 'de',
        case w.author when 'bot' then '{"source":"Lieferstatus"}'::jsonb end,
        case w.author when 'bot' then 'service.answer' end, case w.author when 'bot' then m.asked end, m.at, m.at, m.at
      from (select k, to_timestamp(($2::float8 + k * $3::float8) / 1000.0) as at,
          (lpad(to_hex((floor(($2::float8 + k * $3::float8) / 1000) * 1000)::bigint), 12, '0') || '8000' || '8' || lpad(to_hex(2 * k), 15, '0'))::uuid as asked,
          (lpad(to_hex((floor(($2::float8 + k * $3::float8) / 1000) * 1000)::bigint), 12, '0') || '8000' || '8' || lpad(to_hex(2 * k + 1), 15, '0'))::uuid as answered
        from generate_series(0::bigint, $1::bigint * $4 - 1) k) m
      join bench_customer c on c.n = (m.k * 7919) % $1
      join bench_text q on q.n = m.k % $5
      cross join (values ('customer'), ('bot')) w(author)`,
    [customers, firstMs, gapMs, PAIRS, questions.length],
  );
  await client.query("drop table bench_text");
}
