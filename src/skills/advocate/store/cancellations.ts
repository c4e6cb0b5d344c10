import { AppError } from "#kernel";
import type { AdvocateTx } from "./customers.ts";

export interface NewCancellation {
  readonly factId: number;
  readonly contactId: number;
  readonly contract: string;
  readonly termEnd: string;
  readonly text: string;
  readonly saidAt: number;
}

/** The same cancellation twice is one: the first counts. */
export async function insertCancellation(
  tx: AdvocateTx,
  tenantId: number,
  one: NewCancellation,
): Promise<void> {
  await tx
    .insertInto("advocate.cancellation")
    .values({
      tenant_id: tenantId,
      fact_id: one.factId,
      contact_id: one.contactId,
      contract: one.contract,
      term_end: one.termEnd,
      text: one.text,
      said_at: new Date(one.saidAt),
      confirmed_by: null,
    })
    .onConflict((oc) => oc.columns(["tenant_id", "fact_id", "term_end"]).doNothing())
    .execute();
}

export async function listCancellations(
  tx: AdvocateTx,
  tenantId: number,
  page: { isConfirmed: boolean; before: number | null; limit: number },
) {
  let query = tx
    .selectFrom("advocate.cancellation")
    .where("tenant_id", "=", tenantId)
    .where("confirmed_at", page.isConfirmed ? "is not" : "is", null)
    .selectAll()
    .orderBy("id", "desc")
    .limit(page.limit);
  if (page.before !== null) query = query.where("id", "<", page.before);
  return query.execute();
}

/** @returns which fact it was about, and whose; null when it was confirmed before @throws AppError not_found */
export async function confirm(
  tx: AdvocateTx,
  tenantId: number,
  by: { id: number; staffId: string; now: number },
): Promise<{ factId: number; contactId: number; termEnd: string } | null> {
  const row = await tx
    .selectFrom("advocate.cancellation")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", by.id)
    .select(["fact_id", "contact_id", "term_end", "confirmed_at"])
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new AppError("not_found");
  if (row.confirmed_at !== null) return null;
  await tx
    .updateTable("advocate.cancellation")
    .set({ confirmed_at: new Date(by.now), confirmed_by: by.staffId })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", by.id)
    .execute();
  return { factId: row.fact_id, contactId: row.contact_id, termEnd: row.term_end };
}
