import { sql } from "kysely";
import type { Mask } from "#kernel";
import type { Fact } from "../api.ts";
import type { MonthOutcome, MonthWarned } from "../rules/groups.ts";
import type { AdvocateTx } from "./customers.ts";
import { readStakes } from "./warnings.ts";

export interface NewOutcome {
  readonly rule: string;
  /** Whose it is. */
  readonly contactId: number;
  /** Once per reference, stored as its pseudonym: who keeps a contract and then cancels it after all has cancelled it. */
  readonly reference: string;
  readonly outcome: string;
  /** What it earned (> 0) or cost (< 0) the company. */
  readonly cents: number;
  readonly day: string;
}

/** A later outcome takes the place of an earlier one; the same again changes nothing, nor its day. */
export async function noteOutcome(
  tx: AdvocateTx,
  { tenantId, mask }: { tenantId: number; mask: Mask },
  outcome: NewOutcome,
): Promise<void> {
  const person = await tx
    .selectFrom("kernel.contact")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", outcome.contactId)
    .select((eb) => eb.fn.coalesce("merged_into", "id").as("id"))
    .executeTakeFirst();
  const values = {
    outcome: outcome.outcome,
    cents: outcome.cents,
    happened_on: outcome.day,
    // Enough to count persons, and too little to follow one from month to month.
    person: person ? mask(`${outcome.rule}:${outcome.day.slice(0, 7)}:${person.id}`) : null,
  };
  await tx
    .insertInto("advocate.outcome")
    .values({ tenant_id: tenantId, rule: outcome.rule, pseudonym: mask(outcome.reference), ...values })
    .onConflict((oc) =>
      oc
        .columns(["tenant_id", "pseudonym"])
        .doUpdateSet(values)
        .whereRef("advocate.outcome.outcome", "<>", "excluded.outcome" as "outcome"),
    )
    .execute();
}

/** What the company's own systems now say of things that were warned of: did the customer follow? */
export async function noteFollowed(
  tx: AdvocateTx,
  { tenantId, mask }: { tenantId: number; mask: Mask },
  { facts, day }: { facts: readonly { id: number; fact: Fact }[]; day: string },
): Promise<void> {
  const byId = new Map(facts.map(({ id, fact }) => [id, fact]));
  const { rows } = await sql<Omit<Warned, "cents"> & { contact_id: number; reference: string }>`
    select fact_id, contact_id, rule, step, last_day, reference from advocate.warning
    where tenant_id = ${tenantId} and fact_id = any(${[...byId.keys()]}::bigint[]) order by id`.execute(tx);
  const stakes = await readStakes(tx, { tenantId, mask, references: rows.map(({ reference }) => reference) });
  for (const warned of rows) {
    const fact = byId.get(warned.fact_id);
    const followed = fact && followedBy(fact, { ...warned, cents: stakes.get(warned.reference) ?? 0 });
    if (!followed) continue;
    const { rule, contact_id: contactId } = warned;
    await noteOutcome(tx, { tenantId, mask }, { rule, contactId, day, ...followed });
  }
}

interface Warned {
  fact_id: number;
  rule: string;
  step: string;
  last_day: string | null;
  cents: number;
}

function followedBy(fact: Fact, warned: Warned): Pick<NewOutcome, "reference" | "outcome" | "cents"> | null {
  const reference = `${warned.rule}:${warned.fact_id}:${warned.last_day ?? ""}`;
  const cents = warned.cents === 0 ? 0 : -warned.cents;
  switch (fact.kind) {
    case "purchase":
      return fact.returnedOn !== null ? { reference, outcome: "returned", cents } : null;
    case "loan":
      if (fact.returnedOn === null || fact.returnedOn > fact.dueOn) return null;
      return { reference, outcome: "returned_in_time", cents };
    case "contract": {
      if (warned.rule === "contract_end")
        return fact.cancelled !== null ? { reference, outcome: "cancelled", cents } : null;
      // The step of this rule begins with the tariff that was advised.
      const isSwitched = fact.tariff !== null && warned.step.startsWith(`${fact.tariff}:`);
      return isSwitched ? { reference: `${reference}${warned.step}`, outcome: "switched", cents } : null;
    }
    default:
      return null;
  }
}

export interface MonthsOfReport {
  readonly warned: MonthWarned[];
  readonly outcomes: MonthOutcome[];
}

/**
 * By rule and calendar month of the company's zone; merged contacts are one person.
 * @param days the first and the last day that count, and their borders in time
 */
export async function readReport(
  tx: AdvocateTx,
  tenantId: number,
  days: { from: string; to: string; begin: number; end: number; timeZone: string },
): Promise<MonthsOfReport> {
  const { rows: warned } = await sql<MonthWarned>`
    with w as (
      select w.rule, to_char(w.made_at at time zone ${days.timeZone}, 'YYYY-MM') as month, coalesce(c.merged_into, c.id) as person,
        coalesce(m.status in ('delivered', 'read', 'played'), false) as arrived
      from advocate.warning w join kernel.contact c on c.tenant_id = w.tenant_id and c.id = w.contact_id
      left join kernel.message m on m.tenant_id = w.tenant_id and m.conversation_id = w.conversation_id and m.id = w.message_id
      where w.tenant_id = ${tenantId} and w.made_at >= ${new Date(days.begin)} and w.made_at < ${new Date(days.end)})
    select rule, count(*)::int as warned, (count(*) filter (where arrived))::int as delivered, count(distinct person)::int as persons,
      (count(distinct person) filter (where arrived))::int as reached, (count(distinct person) filter (where not arrived))::int as missed
    from w group by rule, month`.execute(tx);
  const { rows: outcomes } = await sql<MonthOutcome>`
    select rule, outcome, count(*)::int as count, count(distinct person)::int as persons, sum(cents)::bigint as cents
    from advocate.outcome where tenant_id = ${tenantId} and happened_on between ${days.from} and ${days.to}
    group by rule, outcome, left(happened_on, 7)`.execute(tx);
  return { warned, outcomes };
}
