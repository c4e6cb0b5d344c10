import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type World, world } from "#kernel/testing";
import { kernelPersonNumbers } from "../../src/kernel/consent/person-numbers.ts";
import { skills } from "../../src/skills.ts";

/** No number about a person is stored that is not registered with its purpose, and none about a member of staff at all. */

/** Numbers that say nothing about a person: keys, places in a queue, versions, the number that a key's next transaction bears. */
const TECHNICAL: readonly RegExp[] = [
  /^id$/,
  /_id$/,
  /^seq$/,
  /^attempts$/,
  /^priority$/,
  /^lease_epoch$/,
  /^basis_grant$/,
  /^version$/,
  /^next_nonce$/,
];
/** A file's bytes and a channel's mailbox position are about things. */
const THINGS: readonly string[] = ["kernel.file.size"];

/** How sure the classifier was of one sentence: it stands beside the message, so that it goes when the message goes. */
const OF_A_SENTENCE: readonly string[] = ["service.unanswered.confidence", "service.turn.confidence"];

let w: World;
let client: pg.Client;
beforeAll(async () => {
  w = await world();
  client = new pg.Client(w.kernel.db.address.config("owner"));
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await w.close();
});

/** schema.table.column of every number in tables that have a column of this name. */
async function numbersBeside(keys: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ column: string; name: string }>(
    `select format('%s.%s.%s', c.table_schema, c.table_name, c.column_name) as column, c.column_name as name
      from information_schema.columns c
      join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
      where c.table_schema not in ('pg_catalog', 'information_schema', 'migration')
        and c.data_type in ('smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision', 'money', 'interval')
        and exists (select from information_schema.columns k where k.table_schema = c.table_schema and k.table_name = c.table_name
          and k.column_name = any($1)) order by 1`,
    [keys],
  );
  return rows.filter(({ name }) => !TECHNICAL.some((key) => key.test(name))).map(({ column }) => column);
}

const registered = [...kernelPersonNumbers, ...skills.flatMap(({ personNumbers }) => personNumbers ?? [])];

describe("numbers about persons", () => {
  test("the search finds one that nobody registered", async () => {
    await client.query("create table kernel.wallet_guess (tenant_id int, contact_id bigint, worth numeric)");
    expect(await numbersBeside(["contact_id"])).toContain("kernel.wallet_guess.worth");
    await client.query("drop table kernel.wallet_guess");
  });

  test("each stands in the register with purpose, inputs, consequence, owner and expiry", async () => {
    const stored = (await numbersBeside(["contact_id", "conversation_id", "person_id", "pseudonym"])).filter(
      (column) => !THINGS.includes(column),
    );
    const own = stored.concat(
      (await numbersBeside(["contact_id", "reply_address", "unread"])).filter(
        (column) => !stored.includes(column) && !THINGS.includes(column),
      ),
    );
    expect(own.sort()).toEqual(registered.map(({ column }) => column).sort());
  });

  test("none is made from the data of two purposes, and each names what happens because of it", () => {
    for (const { column, purpose, inputs, consequence } of registered) {
      expect([column, inputs]).toEqual([column, [purpose]]);
      expect(consequence.length, column).toBeGreaterThan(10);
    }
  });

  test("what a skill derives stands under a pseudonym of its purpose, beside no person", async () => {
    const beside = await numbersBeside(["contact_id", "conversation_id", "person_id"]);
    const derived = skills
      .flatMap(({ personNumbers }) => personNumbers ?? [])
      .filter(({ origin, column }) => origin === "derived" && !OF_A_SENTENCE.includes(column));
    expect(derived.length).toBeGreaterThan(0);
    const besidePseudonyms = await numbersBeside(["pseudonym"]);
    for (const { column } of derived) {
      expect(beside).not.toContain(column);
      expect(besidePseudonyms).toContain(column);
    }
  });

  test("there is none about a member of staff", async () => {
    const columns = await numbersBeside(["staff_id", "user_id", "assignee_id"]);
    const aboutCustomers = new Set(registered.map(({ column }) => column));
    expect(columns.filter((column) => !aboutCustomers.has(column) && !THINGS.includes(column))).toEqual([]);
  });

  test("no query counts or ranks by member of staff", () => {
    const root = join(import.meta.dirname, "../../src");
    const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".ts"),
    );
    const ranking =
      /group\s+by[^;`"]*\b(?:staff_id|assignee_id|user_id)\b|groupBy\([^)]*(?:staff_id|assignee_id|user_id)/i;
    expect(ranking.test("select staff_id, count(*) from kernel.message group by staff_id")).toBe(true);
    const found = sources.filter((file) => ranking.test(readFileSync(join(root, file), "utf8")));
    // Who read a customer's data, by day, shown to that customer.
    expect(found).toEqual(["kernel/portal/readers.ts"]);
  });
});
