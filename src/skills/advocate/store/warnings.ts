import { sql } from "kysely";
import { type AdvocateTx, persons } from "./customers.ts";

export interface NewWarning {
  readonly contactId: number;
  readonly factId: number;
  readonly rule: string;
  readonly step: string;
  readonly reference: string;
  readonly subjects: readonly string[];
  readonly lastDay: string | null;
  readonly vetoesUntil: string;
  readonly cents: number;
  readonly decisionId: number;
  readonly conversationId: number;
  readonly messageId: string;
}

export async function insertWarnings(
  tx: AdvocateTx,
  parts: { tenantId: number; warnings: readonly NewWarning[]; now: number },
): Promise<void> {
  const { tenantId, warnings, now } = parts;
  if (warnings.length === 0) return;
  await tx
    .insertInto("advocate.warning")
    .values(
      warnings.map((one) => ({
        tenant_id: tenantId,
        contact_id: one.contactId,
        fact_id: one.factId,
        rule: one.rule,
        step: one.step,
        reference: one.reference,
        subjects: [...one.subjects],
        last_day: one.lastDay,
        vetoes_until: one.vetoesUntil,
        cents: one.cents,
        decision_id: one.decisionId,
        conversation_id: one.conversationId,
        message_id: one.messageId,
        made_at: new Date(now),
      })),
    )
    .onConflict((oc) => oc.columns(["tenant_id", "reference"]).doNothing())
    .execute();
}

/**
 * Who has been warned about one of these things and must not be told to buy it.
 * @param subjects GTINs of 14 digits, names and ids in lower case
 * @returns contact id -> the rule that warned
 */
export async function vetoes(
  tx: AdvocateTx,
  parts: { tenantId: number; contactIds: readonly number[]; subjects: readonly string[]; today: string },
): Promise<Map<number, string>> {
  const { tenantId, contactIds, subjects, today } = parts;
  if (contactIds.length === 0 || subjects.length === 0) return new Map();
  const { rows } = await sql<{ contact_id: number; rule: string }>`
    with recursive ${persons(tenantId, contactIds)}
    select distinct on (person.start) person.start as contact_id, w.rule from person
    join advocate.warning w on w.tenant_id = ${tenantId} and w.contact_id = person.id
    where w.vetoes_until >= ${today} and w.subjects && ${[...subjects]}::text[]
    order by person.start, w.made_at desc`.execute(tx);
  return new Map(rows.map((row) => [row.contact_id, row.rule]));
}

/** The latest warning of a rule about a fact; null when none went out. */
export async function latestWarning(
  tx: AdvocateTx,
  tenantId: number,
  about: { factId: number; rule: string },
): Promise<{ lastDay: string | null; step: string; cents: number } | null> {
  const row = await tx
    .selectFrom("advocate.warning")
    .where("tenant_id", "=", tenantId)
    .where("fact_id", "=", about.factId)
    .where("rule", "=", about.rule)
    .orderBy("id", "desc")
    .select(["last_day", "step", "cents"])
    .executeTakeFirst();
  return row ? { lastDay: row.last_day, step: row.step, cents: row.cents } : null;
}
