import { sql } from "kysely";
import type { Mask } from "#kernel";
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
  /** What following it may cost the company: derived, so it stands under a pseudonym. */
  readonly cents: number;
  readonly decisionId: number;
  readonly conversationId: number;
  readonly messageId: string;
}

export async function insertWarnings(
  tx: AdvocateTx,
  parts: { tenantId: number; warnings: readonly NewWarning[]; mask: Mask; now: number },
): Promise<void> {
  const { tenantId, warnings, mask, now } = parts;
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
        decision_id: one.decisionId,
        conversation_id: one.conversationId,
        message_id: one.messageId,
        made_at: new Date(now),
      })),
    )
    .onConflict((oc) => oc.columns(["tenant_id", "reference"]).doNothing())
    .execute();
  await tx
    .insertInto("advocate.stake")
    .values(
      warnings.map(({ reference, cents }) => ({
        tenant_id: tenantId,
        pseudonym: mask(reference),
        cents,
        made_at: new Date(now),
      })),
    )
    .onConflict((oc) => oc.columns(["tenant_id", "pseudonym"]).doNothing())
    .execute();
}

/** What following these warnings may cost. @returns reference of the warning -> cents; 0 for one whose stake is gone */
export async function readStakes(
  tx: AdvocateTx,
  parts: { tenantId: number; references: readonly string[]; mask: Mask },
): Promise<Map<string, number>> {
  const { tenantId, references, mask } = parts;
  const names = new Map(references.map((reference) => [mask(reference), reference]));
  if (names.size === 0) return new Map();
  const rows = await tx
    .selectFrom("advocate.stake")
    .select(["pseudonym", "cents"])
    .where("tenant_id", "=", tenantId)
    .where("pseudonym", "in", [...names.keys()])
    .execute();
  const found = new Map(rows.map(({ pseudonym, cents }) => [names.get(pseudonym) ?? "", cents]));
  return new Map(references.map((reference) => [reference, found.get(reference) ?? 0]));
}

/** A warning that objects to advertising of the same thing. */
export interface Objection {
  readonly rule: string;
  /** The last day on which it objects. */
  readonly until: string;
  /** What both are about. */
  readonly subjects: string[];
}

/**
 * Who has been warned about one of these things and must not be told to buy it.
 * @param subjects GTINs of 14 digits, names and ids in lower case
 * @returns contact id -> the latest warning that objects
 */
export async function vetoes(
  tx: AdvocateTx,
  parts: { tenantId: number; contactIds: readonly number[]; subjects: readonly string[]; today: string },
): Promise<Map<number, Objection>> {
  const { tenantId, contactIds, subjects, today } = parts;
  if (contactIds.length === 0 || subjects.length === 0) return new Map();
  const { rows } = await sql<Objection & { contact_id: number }>`
    with recursive ${persons(tenantId, contactIds)}
    select distinct on (person.start) person.start as contact_id, w.rule, w.vetoes_until as until,
      array(select unnest(w.subjects) intersect select unnest(${[...subjects]}::text[]) order by 1) as subjects from person
    join advocate.warning w on w.tenant_id = ${tenantId} and w.contact_id = person.id
    where w.vetoes_until >= ${today} and w.subjects && ${[...subjects]}::text[]
    order by person.start, w.made_at desc, w.id desc`.execute(tx);
  return new Map(rows.map(({ contact_id, ...objection }) => [contact_id, objection]));
}

/** The latest warning of a rule about a fact; null when none went out. */
export async function latestWarning(
  tx: AdvocateTx,
  parts: { tenantId: number; factId: number; rule: string; mask: Mask },
): Promise<{ lastDay: string | null; step: string; cents: number } | null> {
  const { tenantId, factId, rule, mask } = parts;
  const row = await tx
    .selectFrom("advocate.warning")
    .where("tenant_id", "=", tenantId)
    .where("fact_id", "=", factId)
    .where("rule", "=", rule)
    .orderBy("id", "desc")
    .select(["last_day", "step", "reference"])
    .executeTakeFirst();
  if (!row) return null;
  const { last_day: lastDay, step, reference } = row;
  const stakes = await readStakes(tx, { tenantId, references: [reference], mask });
  return { lastDay, step, cents: stakes.get(reference) ?? 0 };
}
