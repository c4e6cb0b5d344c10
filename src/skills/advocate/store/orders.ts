import { sql } from "kysely";
import { AppError } from "#kernel";
import type { OrderAnswer } from "../rules/duplicates.ts";
import { type AdvocateTx, persons } from "./customers.ts";
import { type StoredFact, storedFact } from "./facts.ts";

/** What this person bought of a product, the latest first. */
export async function earlierPurchases(
  tx: AdvocateTx,
  tenantId: number,
  what: { contactId: number; gtin: string },
): Promise<StoredFact[]> {
  const { rows } = await sql<Parameters<typeof storedFact>[0]>`
    with recursive ${persons(tenantId, [what.contactId])}
    select f.id, f.kind, f.reference, f.contact_id, f.title, f.gtin, f.data, f.recorded_at from person
    join advocate.fact f on f.tenant_id = ${tenantId} and f.contact_id = person.id
    where f.gtin = ${what.gtin} order by f.data ->> 'boughtOn' desc limit 100`.execute(tx);
  return rows.map(storedFact);
}

export interface KnownCheck extends OrderAnswer {
  readonly id: number;
}

/** An order that was asked about before gets the same answer. */
export async function knownCheck(
  tx: AdvocateTx,
  tenantId: number,
  order: { reference: string; gtin: string },
): Promise<KnownCheck | null> {
  const row = await tx
    .selectFrom("advocate.order_check")
    .where("tenant_id", "=", tenantId)
    .where("order_reference", "=", order.reference)
    .where("gtin", "=", order.gtin)
    .select(["id", "answer", "reason", "bought_on"])
    .executeTakeFirst();
  return row
    ? { id: row.id, answer: row.answer, reason: row.reason as OrderAnswer["reason"], boughtOn: row.bought_on }
    : null;
}

/** @returns the id; of two at once both get the same */
export async function insertCheck(
  tx: AdvocateTx,
  tenantId: number,
  check: OrderAnswer & {
    contactId: number;
    reference: string;
    gtin: string;
    priceCents: number;
    decisionId: number;
    now: number;
  },
): Promise<number> {
  const { id } = await tx
    .insertInto("advocate.order_check")
    .values({
      tenant_id: tenantId,
      contact_id: check.contactId,
      order_reference: check.reference,
      gtin: check.gtin,
      price_cents: check.priceCents,
      answer: check.answer,
      reason: check.reason,
      bought_on: check.boughtOn,
      decision_id: check.decisionId,
      made_at: new Date(check.now),
      outcome: null,
    })
    .onConflict((oc) =>
      oc
        .columns(["tenant_id", "order_reference", "gtin"])
        .doUpdateSet((eb) => ({ gtin: eb.ref("excluded.gtin") })),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** @throws AppError not_found, rule_broken for an order that nobody asked about */
export async function settleCheck(
  tx: AdvocateTx,
  tenantId: number,
  settled: { id: number; outcome: "placed" | "dropped" },
): Promise<{ priceCents: number; contactId: number }> {
  const row = await tx
    .updateTable("advocate.order_check")
    .set({ outcome: settled.outcome })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", settled.id)
    .returning(["answer", "price_cents", "contact_id"])
    .executeTakeFirst();
  if (!row) throw new AppError("not_found");
  if (row.answer !== "ask") throw new AppError("rule_broken", "This order was not asked about.");
  return { priceCents: row.price_cents, contactId: row.contact_id };
}
