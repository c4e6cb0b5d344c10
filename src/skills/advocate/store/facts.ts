import { sql } from "kysely";
import { AppError } from "#kernel";
import { type Fact, fact as factContract } from "../api.ts";
import { normalGtin } from "../rules/gtin.ts";
import { type RuleId, ruleOf } from "../rules/rule-list.ts";
import type { AdvocateTx } from "./customers.ts";
import { wakeDaily } from "./timers.ts";

/** A fact as the company wrote it. */
export interface NewFact {
  readonly reference: string;
  readonly contactId: number;
  readonly title: string;
  readonly fact: Fact;
}

/** How the company told us of it. */
export type Came = "api" | "csv" | "desk";

export interface StoredFact {
  readonly id: number;
  readonly kind: Fact["kind"];
  readonly reference: string;
  readonly contactId: number;
  readonly title: string;
  readonly gtin: string | null;
  readonly fact: Fact;
  readonly came: Came;
  readonly recordedAt: Date;
}

interface FactRow {
  id: number;
  kind: Fact["kind"];
  reference: string;
  contact_id: number;
  title: string;
  gtin: string | null;
  data: Record<string, unknown>;
  came: Came;
  recorded_at: Date;
}

export const FACT_COLUMNS = [
  "id",
  "kind",
  "reference",
  "contact_id",
  "title",
  "gtin",
  "data",
  "came",
  "recorded_at",
] as const;

/** What was stored once is read by the contract of today. */
export function storedFact(row: FactRow): StoredFact {
  return {
    id: row.id,
    kind: row.kind,
    reference: row.reference,
    contactId: row.contact_id,
    title: row.title,
    gtin: row.gtin,
    fact: factContract.parse({ ...row.data, kind: row.kind }),
    came: row.came,
    recordedAt: row.recorded_at,
  };
}

/**
 * Writes facts of one kind; the same reference again replaces what stood there. They are looked at from `today` on.
 * @returns id and whether it is new, in the order given; a reference twice in one call is an error of the caller
 */
export async function putFacts(
  tx: AdvocateTx,
  parts: {
    tenantId: number;
    kind: Fact["kind"];
    facts: readonly NewFact[];
    came: Came;
    today: string;
    now: number;
  },
): Promise<{ id: number; isNew: boolean }[]> {
  const { tenantId, kind, facts, came, today, now } = parts;
  if (facts.length === 0) return [];
  const gtins = facts.map(({ fact }) => (fact.kind === "purchase" ? normalGtin(fact.gtin) : null));
  const data = facts.map(({ fact: { kind: _, ...rest } }) => JSON.stringify(rest));
  // Use counts for the contract it belongs to, which is looked at in its own time.
  const nextOn = kind === "consumption" ? null : today;
  const { rows } = await sql<{ id: number; reference: string; is_new: boolean }>`
    insert into advocate.fact as f (tenant_id, kind, reference, contact_id, title, gtin, data, next_on, came, recorded_at)
    select ${tenantId}, ${kind}, n.reference, n.contact_id, n.title, n.gtin, n.data::jsonb, ${nextOn}, ${came}, ${new Date(now)}
    from unnest(${facts.map(({ reference }) => reference)}::text[], ${facts.map(({ contactId }) => contactId)}::bigint[],
      ${facts.map(({ title }) => title)}::text[], ${gtins}::text[], ${data}::text[]) n(reference, contact_id, title, gtin, data)
    order by n.reference
    on conflict (tenant_id, kind, reference) do update set contact_id = excluded.contact_id, title = excluded.title,
      gtin = excluded.gtin, data = excluded.data, next_on = excluded.next_on, came = excluded.came, recorded_at = excluded.recorded_at
    returning f.id, f.reference, (xmax = 0) as is_new`.execute(tx);
  await wakeDaily(tx, tenantId, now);
  const found = new Map(rows.map((row) => [row.reference, { id: row.id, isNew: row.is_new }]));
  return facts.map(({ reference }) => found.get(reference) as { id: number; isNew: boolean });
}

/** @throws AppError not_found */
export async function removeFact(
  tx: AdvocateTx,
  tenantId: number,
  place: { kind: Fact["kind"]; reference: string },
): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom("advocate.fact")
    .where("tenant_id", "=", tenantId)
    .where("kind", "=", place.kind)
    .where("reference", "=", place.reference)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new AppError("not_found");
}

export async function readFact(tx: AdvocateTx, tenantId: number, id: number): Promise<StoredFact | null> {
  const row = await tx
    .selectFrom("advocate.fact")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .select(FACT_COLUMNS)
    .executeTakeFirst();
  return row ? storedFact(row) : null;
}

/** Facts of one contact by id, after `after`. */
export async function listFacts(
  tx: AdvocateTx,
  tenantId: number,
  page: { contactId: number; after: number; limit: number },
): Promise<StoredFact[]> {
  const rows = await tx
    .selectFrom("advocate.fact")
    .where("tenant_id", "=", tenantId)
    .where("contact_id", "=", page.contactId)
    .where("id", ">", page.after)
    .select(FACT_COLUMNS)
    .orderBy("id")
    .limit(page.limit)
    .execute();
  return rows.map(storedFact);
}

/** The rules look at these facts again on `day`. */
export async function lookAgain(
  tx: AdvocateTx,
  tenantId: number,
  what: { day: string } & ({ contactId: number } | { gtin: string } | { rule: RuleId }),
): Promise<void> {
  const query = tx
    .updateTable("advocate.fact")
    .set({ next_on: what.day })
    .where("tenant_id", "=", tenantId)
    .where("kind", "<>", "consumption");
  if ("gtin" in what) await query.where("gtin", "=", what.gtin).execute();
  else if ("rule" in what) await query.where("kind", "in", ruleOf(what.rule).facts).execute();
  else await query.where("contact_id", "=", what.contactId).execute();
}
