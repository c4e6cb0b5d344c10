import { sql } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type World, world } from "#kernel/testing";
import { removeExpired } from "../dialogue/housekeeping.ts";
import { expirePersons } from "./expiry.ts";

const DAY = 86_400_000;
const text = { de: "x", en: "x" };
const PURPOSES = [
  { id: "service.answer", legalBasis: "contract", text, keepDays: 100 },
  { id: "club.card", legalBasis: "consent", text, keepDays: 300 },
  // Records without a person's name keep nobody.
  { id: "club.books", legalBasis: "legal_obligation", text, keepDays: 3_000, standsAlone: true },
] as const;

let w: World;
let tenantId: number;

beforeEach(async () => {
  w = await world();
  tenantId = (await w.tenant()).id;
});
afterEach(() => w.close());

/** Who wrote today, with a file, a note of who read it, a decision, and a second name by merge. */
async function person(name: string): Promise<number> {
  const at = new Date(w.clock.now());
  const channelId = await w.channel(tenantId, { kind: "telegram", address: `bot-${name.length}` });
  return w.kernel.db.tenant(tenantId, async (tx) => {
    const { rows } = await sql<{ id: number }>`
      insert into kernel.contact (tenant_id, name, first_seen_at) values (${tenantId}, ${name}, ${at}) returning id`.execute(
      tx,
    );
    const id = (rows[0] as { id: number }).id;
    await sql`insert into kernel.identity (tenant_id, kind, value, contact_id, first_seen_at, last_seen_at) values (${tenantId}, 'telegram', ${name}, ${id}, ${at}, ${at})`.execute(
      tx,
    );
    const conversation = await sql<{ id: number }>`
      insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, last_message_at, last_day, created_at)
      values (${tenantId}, ${channelId}, ${id}, ${name}, 'de', ${at}, ${at}::timestamptz::date, ${at}) returning id`.execute(
      tx,
    );
    const conversationId = (conversation.rows[0] as { id: number }).id;
    await sql`insert into kernel.message (tenant_id, conversation_id, id, author, content, status, sent_at, received_at, processed_at)
      values (${tenantId}, ${conversationId}, gen_random_uuid(), 'customer', ${JSON.stringify({ type: "text", text: `Moin von ${name}` })}, 'received', ${at}, ${at}, ${at})`.execute(
      tx,
    );
    await sql`insert into kernel.file (tenant_id, id, conversation_id, contact_id, mime, name, size, sha256, created_at)
      values (${tenantId}, ${`f${name.length}`}, ${conversationId}, ${id}, 'image/png', ${`${name}.png`}, 1, 'x', ${at})`.execute(
      tx,
    );
    await sql`insert into kernel.access_log (tenant_id, staff_id, contact_id, day, first_at) values (${tenantId}, 's', ${id}, ${at}::timestamptz::date, ${at})`.execute(
      tx,
    );
    await sql`insert into kernel.decision (tenant_id, contact_id, purpose, rule, inputs, outcome, explanation, made_at)
      values (${tenantId}, ${id}, 'club.card', 'r/1', ${JSON.stringify({ name })}, 'x', ${JSON.stringify({ de: name, en: name })}, ${at})`.execute(
      tx,
    );
    return id;
  });
}

const expire = () =>
  expirePersons(w.kernel, { rooms: [], purposes: PURPOSES, conversationPurpose: "service.answer" });

/** Tables of any schema in which this word still stands, indexes not counted: they hold nothing a table does not. */
async function tablesWith(word: string): Promise<string[]> {
  const { default: pg } = await import("pg");
  const client = new pg.Client(w.kernel.db.address.config("owner"));
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1",
    );
    const found: string[] = [];
    for (const { name } of rows) {
      const hit = await client.query(`select from ${name} t where t::text like $1 limit 1`, [`%${word}%`]);
      if (hit.rowCount) found.push(name);
    }
    return found;
  } finally {
    await client.end();
  }
}

it("keeps what is in time, and leaves nothing of a person when the last purpose is over", async () => {
  await person("Wiebke");
  w.clock.advance(99 * DAY);
  await person("Tjark");
  expect(await expire()).toEqual({ conversations: 0, persons: 0 });
  w.clock.advance(2 * DAY);
  expect(await expire()).toEqual({ conversations: 1, persons: 0 });
  expect(await tablesWith("Moin von Wiebke")).toEqual([]);
  expect(await tablesWith("Moin von Tjark")).toEqual(["kernel.message"]);
  w.clock.advance(200 * DAY);
  expect(await expire()).toEqual({ conversations: 1, persons: 1 });
  expect(await tablesWith("Wiebke")).toEqual([]);
  expect(await tablesWith("Tjark")).toEqual(["kernel.contact", "kernel.decision", "kernel.identity"]);
  w.clock.advance(1_200 * DAY);
  await expire();
  await removeExpired(w.kernel);
  expect(await tablesWith("Tjark")).toEqual([]);
  const log = await w.kernel.db.tenant(tenantId, (tx) => sql`select from kernel.access_log`.execute(tx));
  expect(log.rows).toEqual([]);
});
