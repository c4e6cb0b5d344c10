import { sql } from "kysely";
import type { RecallFact } from "../rules/judge.ts";
import type { MonthlyUse, Tariff } from "../rules/tariffs.ts";
import { readPrices, readRecalls, readTariffs } from "./company-data.ts";
import { type AdvocateTx, type OpenGrant, openGrants } from "./customers.ts";
import { FACT_COLUMNS, type StoredFact, storedFact } from "./facts.ts";

/** Facts whose day has come, locked; two rounds at once share them out. */
export async function takeDue(
  tx: AdvocateTx,
  tenantId: number,
  { today, limit }: { today: string; limit: number },
): Promise<StoredFact[]> {
  const rows = await tx
    .selectFrom("advocate.fact")
    .where("tenant_id", "=", tenantId)
    .where("next_on", "<=", today)
    .select(FACT_COLUMNS)
    .orderBy("next_on")
    .orderBy("id")
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(storedFact);
}

/** The fact that `takeDue` would take first, unread. @returns its id */
export async function putOffFirst(
  tx: AdvocateTx,
  tenantId: number,
  { today, until }: { today: string; until: string },
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`update advocate.fact set next_on = ${until}
    where tenant_id = ${tenantId} and id = (select id from advocate.fact where tenant_id = ${tenantId} and next_on <= ${today}
      order by next_on, id limit 1 for update skip locked)
    returning id`.execute(tx);
  return rows[0]?.id ?? null;
}

/** What the rules need beside the facts themselves. */
export interface Surroundings {
  readonly prices: ReadonlyMap<string, number>;
  readonly recalls: ReadonlyMap<string, readonly RecallFact[]>;
  readonly tariffs: readonly Tariff[];
  /** Contract's reference and contact -> use. */
  readonly uses: ReadonlyMap<string, readonly MonthlyUse[]>;
  /** References of warnings that went out about these facts. */
  readonly sent: ReadonlySet<string>;
  /** Fact -> the day on which the customer cancelled by a tap. */
  readonly cancelled: ReadonlyMap<number, string>;
  readonly grants: ReadonlyMap<number, readonly OpenGrant[]>;
}

export async function readSurroundings(
  tx: AdvocateTx,
  facts: readonly StoredFact[],
  parts: { tenantId: number; purpose: string; now: number; timeZone: string },
): Promise<Surroundings> {
  const { tenantId, purpose, now } = parts;
  const gtins = [...new Set(facts.flatMap(({ gtin }) => gtin ?? []))];
  const ids = facts.map(({ id }) => id);
  const metered = facts.filter(({ fact }) => fact.kind === "contract" && fact.tariff !== null);
  const contactIds = facts.map(({ contactId }) => contactId);
  return {
    prices: await readPrices(tx, tenantId, gtins),
    recalls: await readRecalls(tx, tenantId, gtins),
    tariffs: metered.length === 0 ? [] : await readTariffs(tx, tenantId),
    uses: await readUses(tx, tenantId, metered),
    sent: await readSent(tx, tenantId, ids),
    cancelled: await readCancelled(tx, ids, parts),
    grants: await openGrants(tx, { tenantId, contactIds, purpose, now }),
  };
}

export const meterKey = (contactId: number, contract: string): string => `${contactId} ${contract}`;

async function readUses(
  tx: AdvocateTx,
  tenantId: number,
  contracts: readonly StoredFact[],
): Promise<Map<string, MonthlyUse[]>> {
  const found = new Map<string, MonthlyUse[]>();
  if (contracts.length === 0) return found;
  const { rows } = await sql<{ contact_id: number; contract: string; month: string; amount: number }>`
    select contact_id, data ->> 'contract' as contract, data ->> 'month' as month, (data ->> 'amount')::bigint as amount
    from advocate.fact where tenant_id = ${tenantId} and kind = 'consumption'
      and data ->> 'contract' = any(${contracts.map(({ reference }) => reference)}::text[])
    order by month`.execute(tx);
  for (const { contact_id, contract, month, amount } of rows) {
    const key = meterKey(contact_id, contract);
    found.set(key, [...(found.get(key) ?? []), { month, amount }]);
  }
  return found;
}

async function readSent(tx: AdvocateTx, tenantId: number, factIds: readonly number[]): Promise<Set<string>> {
  const { rows } = await sql<{ reference: string }>`
    select reference from advocate.warning where tenant_id = ${tenantId} and fact_id = any(${factIds}::bigint[])`.execute(
    tx,
  );
  return new Set(rows.map(({ reference }) => reference));
}

async function readCancelled(
  tx: AdvocateTx,
  factIds: readonly number[],
  { tenantId, timeZone }: { tenantId: number; timeZone: string },
): Promise<Map<number, string>> {
  const { rows } = await sql<{ fact_id: number; day: string }>`
    select fact_id, to_char(min(said_at) at time zone ${timeZone}, 'YYYY-MM-DD') as day from advocate.cancellation
    where tenant_id = ${tenantId} and fact_id = any(${factIds}::bigint[]) group by fact_id`.execute(tx);
  return new Map(rows.map(({ fact_id, day }) => [fact_id, day]));
}

/** @param days fact -> when to look again; null = not by itself */
export async function setNext(
  tx: AdvocateTx,
  tenantId: number,
  days: readonly { id: number; nextOn: string | null }[],
): Promise<void> {
  await sql`update advocate.fact f set next_on = n.next_on
    from unnest(${days.map(({ id }) => id)}::bigint[], ${days.map(({ nextOn }) => nextOn)}::text[]) n(id, next_on)
    where f.tenant_id = ${tenantId} and f.id = n.id`.execute(tx);
}
