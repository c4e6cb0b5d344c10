import { readFile } from "node:fs/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pseudonyms } from "#kernel";
import { openStage, type Stage } from "../../../tests/outside/advocate-stage.ts";
import * as api from "./api.ts";
import type { AdvocateTx } from "./store/customers.ts";
import { noteOutcome } from "./store/outcomes.ts";
import { PURPOSE } from "./store/round.ts";
import { readStakes } from "./store/warnings.ts";
import type { AdvocateTables } from "./tables.ts";

/** What honesty cost and earned: noted once, and told of groups only. */

let stage: Stage;
let owner: pg.Client;
beforeAll(async () => {
  stage = await openStage();
  owner = new pg.Client(stage.here.kernel.db.address.config("owner"));
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await stage.here.close();
});

const inTenant = <T>(work: (tx: AdvocateTx) => Promise<T>): Promise<T> =>
  stage.here.kernel.db.tenant<T, AdvocateTables>(stage.tenantId, work);
const maskOf = () => pseudonyms(stage.here.kernel, { tenantId: stage.tenantId, purpose: PURPOSE });

/** So many persons. @returns their contacts */
async function persons(count: number): Promise<number[]> {
  const { rows } = await owner.query<{ id: number }>(
    "insert into kernel.contact (tenant_id, name, first_seen_at) select $1, '', $2 from generate_series(1, $3::int) returning id",
    [stage.tenantId, new Date(stage.here.clock.now()), count],
  );
  return rows.map(({ id }) => id);
}
async function factOf(contactId: number): Promise<number> {
  const { rows } = await owner.query<{ id: number }>(
    `insert into advocate.fact (tenant_id, kind, reference, contact_id, title, data, recorded_at)
      select $1, 'contract', 'c' || count(*), $2, 'Gas', '{}', $3 from advocate.fact returning id`,
    [stage.tenantId, contactId, new Date(stage.here.clock.now())],
  );
  return rows[0]?.id ?? 0;
}
async function warn(contactId: number, rule: string, factId: number, more = ""): Promise<void> {
  await owner.query(
    `insert into advocate.warning (tenant_id, contact_id, fact_id, rule, step, reference, subjects, last_day, vetoes_until, decision_id, conversation_id, message_id, made_at${more && ", cents"})
      values ($1, $2, $3, $4, 'first', $6, '{}', '2027-02-28', '2027-02-28', 1, 1, gen_random_uuid(), $5${more})`,
    [stage.tenantId, contactId, factId, rule, new Date(stage.here.clock.now()), `${rule}:${factId}`],
  );
}

test("what stood before the pseudonyms is found under them: noted again, it is counted once, and its stake is known", async () => {
  const migration = (name: string) => readFile(new URL(`./migrations/${name}.sql`, import.meta.url), "utf8");
  await owner.query("drop schema advocate cascade");
  await owner.query(await migration("001_advocate"));
  const [contactId = 0] = await persons(1);
  const factId = await factOf(contactId);
  await warn(contactId, "contract_end", factId, ", 48000");
  const reference = `contract_end:${factId}:2027-02-28`;
  await owner.query(
    "insert into advocate.outcome (tenant_id, rule, reference, outcome, cents, happened_on) values ($1, 'contract_end', $2, 'cancelled', -48000, '2027-01-20')",
    [stage.tenantId, reference],
  );
  await owner.query(await migration("002_pseudonyms"));
  await owner.query(await migration("003_rules_off"));
  const before = await stage.rows("select * from advocate.outcome");
  expect(before).toMatchObject([{ cents: -48_000, person: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
  const mask = await maskOf();
  const again = {
    rule: "contract_end",
    contactId,
    reference,
    outcome: "cancelled",
    cents: 0,
    day: "2027-03-01",
  };
  const stakes = await inTenant(async (tx) => {
    await noteOutcome(tx, { tenantId: stage.tenantId, mask }, again);
    // Of the same person in the same month, so it is the same person to the report.
    await noteOutcome(
      tx,
      { tenantId: stage.tenantId, mask },
      { ...again, reference: "b", day: "2027-01-02" },
    );
    const references = [`contract_end:${factId}`];
    return readStakes(tx, { tenantId: stage.tenantId, mask, references });
  });
  expect([...stakes.values()]).toEqual([48_000]);
  const after = await stage.rows("select * from advocate.outcome order by id");
  expect(after).toMatchObject([...before, { person: (before[0] as { person: string }).person }]);
  const left = await stage.rows("select proname from pg_proc where pronamespace = 'advocate'::regnamespace");
  expect(left).toEqual([]);
  await owner.query("delete from advocate.outcome");
  await owner.query("delete from advocate.fact");
});

test("five persons are a group; six contracts of one are not, merged contacts are one, the running month waits", async () => {
  await stage.jumpTo("2026-10-10T09:00:00Z");
  const five = await persons(5);
  const one = five[0] ?? 0;
  const twins = await persons(4);
  await owner.query("update kernel.contact set merged_into = $1 where id = any($2)", [one, twins]);
  const mask = await maskOf();
  const note = (rule: string, contactId: number, reference: string) =>
    inTenant((tx) =>
      noteOutcome(
        tx,
        { tenantId: stage.tenantId, mask },
        { rule, contactId, reference, outcome: "returned", cents: -100, day: "2026-10-10" },
      ),
    );
  for (const [rule, whom] of [
    ["recall", five],
    ["price_drop", [one, one, one, one, one, one]],
    ["loan_due", [one, ...twins]],
  ] as const)
    for (const [n, contactId] of whom.entries()) {
      await warn(contactId, rule, await factOf(contactId));
      await note(rule, contactId, `${rule}${n}`);
    }
  const report = () => stage.call(api.honestyReport, { query: { months: 1 } });
  expect((await report()).rules).toEqual([]);
  await stage.jumpTo("2026-11-02T09:00:00Z");
  const hidden = {
    warned: null,
    delivered: null,
    outcomes: [{ outcome: "returned", count: null, cents: null }],
  };
  expect(await report()).toEqual({
    from: "2026-10-01",
    to: "2026-10-31",
    costCents: 500,
    earnedCents: 0,
    rules: [
      { rule: "loan_due", ...hidden },
      { rule: "price_drop", ...hidden },
      { rule: "recall", warned: 5, delivered: 0, outcomes: [{ outcome: "returned", count: 5, cents: -500 }] },
    ],
  });
});
