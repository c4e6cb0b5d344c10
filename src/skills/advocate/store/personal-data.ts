import { sql } from "kysely";
import type { House, PersonNumber, Tx } from "#kernel";
import type { AdvocateTables } from "../tables.ts";
import type { AdvocateTx } from "./customers.ts";
import { PURPOSE } from "./round.ts";

/** Days after the company last named it; a contract that still runs is named again by every nightly run of its systems. */
export const KEEP_DAYS = 1_095;

const OWN = { purpose: PURPOSE, inputs: [PURPOSE], owner: "advocate", keepDays: KEEP_DAYS } as const;

/** The numbers about persons that this skill stores. */
export const personNumbers: readonly PersonNumber[] = [
  {
    ...OWN,
    column: "advocate.order_check.price_cents",
    origin: "told",
    consequence: "the report says what asking before an order cost the company",
  },
  {
    ...OWN,
    column: "advocate.stake.cents",
    origin: "derived",
    consequence: "the report sums what following warnings cost the company; no decision reads it",
  },
  {
    ...OWN,
    column: "advocate.outcome.cents",
    origin: "derived",
    consequence: "the report says what honesty cost and earned; no decision reads it",
  },
];

const DAY_MS = 86_400_000;
/** Table -> the time from which its days are counted. */
const AGES = {
  fact: "recorded_at",
  warning: "made_at",
  cancellation: "said_at",
  order_check: "made_at",
} as const;
const TABLES = Object.keys(AGES) as (keyof typeof AGES)[];

/** Everything the advocate holds about these contacts. */
export async function exportPerson(tx: Tx, contactIds: readonly number[]): Promise<Record<string, unknown>> {
  const data: Record<string, unknown> = {};
  for (const table of TABLES) {
    const { rows } = await sql<{ row: unknown }>`
      select to_jsonb(t) - 'tenant_id' - 'next_on' as row from ${sql.table(`advocate.${table}`)} t
      where t.contact_id = any(${[...contactIds]}::bigint[]) order by t.id`.execute(tx);
    data[table] = rows.map(({ row }) => row);
  }
  return data;
}

/** Warnings leave with their facts. */
export async function erasePerson(tx: Tx, contactIds: readonly number[]): Promise<void> {
  for (const table of TABLES)
    await sql`delete from ${sql.table(`advocate.${table}`)} where contact_id = any(${[...contactIds]}::bigint[])`.execute(
      tx,
    );
}

/** Removes what is older than promised. */
export async function forget(house: House, tenantId: number): Promise<void> {
  const border = new Date(house.clock.now() - KEEP_DAYS * DAY_MS);
  await house.db.tenant<void, AdvocateTables>(tenantId, async (tx) => {
    // A stake stands under a pseudonym: with its warning gone it points to nobody, until its own days are over.
    for (const [table, age] of [...Object.entries(AGES), ["stake", "made_at"] as const])
      await sql`delete from ${sql.table(`advocate.${table}`)} where tenant_id = ${tenantId} and ${sql.ref(age)} <= ${border}`.execute(
        tx,
      );
    await sql`delete from advocate.outcome where tenant_id = ${tenantId} and happened_on <= ${border.toISOString().slice(0, 10)}`.execute(
      tx,
    );
  });
}

/** Is there anybody to look after? */
export async function hasAny(tx: AdvocateTx, tenantId: number): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select from advocate.fact where tenant_id = ${tenantId})
      or exists (select from advocate.warning where tenant_id = ${tenantId})
      or exists (select from advocate.cancellation where tenant_id = ${tenantId})
      or exists (select from advocate.order_check where tenant_id = ${tenantId}) as any`.execute(tx);
  return rows[0]?.any ?? false;
}
