import type { RecallFact } from "../rules/judge.ts";
import type { Tariff } from "../rules/tariffs.ts";
import type { AdvocateTx } from "./customers.ts";

/** Prices, recalls and tariffs: about things, not about persons. GTINs have 14 digits here. */

export async function putPrice(
  tx: AdvocateTx,
  tenantId: number,
  price: { gtin: string; priceCents: number; now: number },
): Promise<void> {
  const values = { price_cents: price.priceCents, changed_at: new Date(price.now) };
  await tx
    .insertInto("advocate.price")
    .values({ tenant_id: tenantId, gtin: price.gtin, ...values })
    .onConflict((oc) => oc.columns(["tenant_id", "gtin"]).doUpdateSet(values))
    .execute();
}

export async function putRecall(
  tx: AdvocateTx,
  tenantId: number,
  recall: RecallFact & { gtin: string; now: number },
): Promise<void> {
  const values = { gtin: recall.gtin, batch: recall.batch, text_de: recall.text.de, text_en: recall.text.en };
  await tx
    .insertInto("advocate.recall")
    .values({
      tenant_id: tenantId,
      reference: recall.reference,
      ...values,
      published_at: new Date(recall.now),
    })
    .onConflict((oc) => oc.columns(["tenant_id", "reference"]).doUpdateSet(values))
    .execute();
}

export async function putTariff(tx: AdvocateTx, tenantId: number, tariff: Tariff): Promise<void> {
  const values = {
    title: tariff.title,
    unit: tariff.unit,
    base_cents: tariff.baseCentsPerMonth,
    unit_milli_cents: tariff.unitMilliCents,
    yearly_from: tariff.yearlyFrom,
    yearly_to: tariff.yearlyTo,
    open: tariff.open,
  };
  await tx
    .insertInto("advocate.tariff")
    .values({ tenant_id: tenantId, reference: tariff.reference, ...values })
    .onConflict((oc) => oc.columns(["tenant_id", "reference"]).doUpdateSet(values))
    .execute();
}

export async function readTariffs(tx: AdvocateTx, tenantId: number): Promise<Tariff[]> {
  const rows = await tx
    .selectFrom("advocate.tariff")
    .where("tenant_id", "=", tenantId)
    .orderBy("reference")
    .selectAll()
    .execute();
  return rows.map((row) => ({
    reference: row.reference,
    title: row.title,
    unit: row.unit,
    baseCentsPerMonth: row.base_cents,
    unitMilliCents: row.unit_milli_cents,
    yearlyFrom: row.yearly_from,
    yearlyTo: row.yearly_to,
    open: row.open,
  }));
}

/** @returns GTIN -> cents */
export async function readPrices(
  tx: AdvocateTx,
  tenantId: number,
  gtins: readonly string[],
): Promise<Map<string, number>> {
  if (gtins.length === 0) return new Map();
  const rows = await tx
    .selectFrom("advocate.price")
    .where("tenant_id", "=", tenantId)
    .where("gtin", "in", gtins)
    .select(["gtin", "price_cents"])
    .execute();
  return new Map(rows.map((row) => [row.gtin, row.price_cents]));
}

/** @returns GTIN -> recalls, the oldest first */
export async function readRecalls(
  tx: AdvocateTx,
  tenantId: number,
  gtins: readonly string[],
): Promise<Map<string, RecallFact[]>> {
  if (gtins.length === 0) return new Map();
  const rows = await tx
    .selectFrom("advocate.recall")
    .where("tenant_id", "=", tenantId)
    .where("gtin", "in", gtins)
    .orderBy("published_at")
    .orderBy("reference")
    .selectAll()
    .execute();
  const found = new Map<string, RecallFact[]>();
  for (const { gtin, reference, batch, text_de, text_en } of rows)
    found.set(gtin, [...(found.get(gtin) ?? []), { reference, batch, text: { de: text_de, en: text_en } }]);
  return found;
}
