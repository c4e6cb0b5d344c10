import type { Tx } from "../db/open.ts";

/** A decision about a person that nobody looked at: it can be replayed, explained in one sentence, and contested. */
export interface NewDecision {
  tenantId: number;
  contactId: number;
  purpose: string;
  /** Name and version of the rule, e.g. "advocate.contract/1". */
  rule: string;
  /** Everything the rule was given: the same inputs give the same outcome. */
  inputs: Readonly<Record<string, unknown>>;
  outcome: string;
  explanation: Readonly<{ de: string; en: string }>;
  now: number;
}

/** @returns the decision's id */
export async function recordDecision(tx: Tx, decision: NewDecision): Promise<number> {
  const [id] = await recordDecisions(tx, [decision]);
  return id as number;
}

/** Set-wise. @param decisions some hundreds at most @returns their ids in the same order */
export async function recordDecisions(tx: Tx, decisions: readonly NewDecision[]): Promise<number[]> {
  if (decisions.length === 0) return [];
  const rows = await tx
    .insertInto("kernel.decision")
    .values(
      decisions.map((decision) => ({
        tenant_id: decision.tenantId,
        contact_id: decision.contactId,
        purpose: decision.purpose,
        rule: decision.rule,
        inputs: JSON.stringify(decision.inputs),
        outcome: decision.outcome,
        explanation: JSON.stringify(decision.explanation),
        made_at: new Date(decision.now),
      })),
    )
    .returning("id")
    .execute();
  // Identity rises in the order of the values, whatever order they come back in.
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}
