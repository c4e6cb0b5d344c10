import { sql } from "kysely";
import { AppError } from "#kernel";
import { type Assumptions, DEFAULT_ASSUMPTIONS } from "../api.ts";
import type { WeekTx } from "./tx.ts";

export interface Stored {
  readonly assumptions: Assumptions;
  /** 0 = the company has changed nothing. */
  readonly revision: number;
}

/** What is missing in an older row, such as a market that came later, is what this version assumes. */
export async function readCosts(tx: WeekTx, tenantId: number): Promise<Stored> {
  const row = await tx
    .selectFrom("week.cost")
    .select(["assumptions", "revision"])
    .where("tenant_id", "=", tenantId)
    .executeTakeFirst();
  if (!row) return { assumptions: DEFAULT_ASSUMPTIONS, revision: 0 };
  const templates = { ...DEFAULT_ASSUMPTIONS.templates, ...row.assumptions.templates };
  return {
    assumptions: { ...DEFAULT_ASSUMPTIONS, ...row.assumptions, templates },
    revision: row.revision,
  };
}

/** @param revision as it was read @throws AppError conflict when somebody saved meanwhile */
export async function writeCosts(
  tx: WeekTx,
  tenantId: number,
  { assumptions, revision }: Stored,
  now: number,
): Promise<void> {
  const json = JSON.stringify(assumptions);
  const at = new Date(now);
  const { rows } =
    revision === 0
      ? await sql`insert into week.cost (tenant_id, assumptions, changed_at) values (${tenantId}, ${json}::jsonb, ${at})
          on conflict do nothing returning revision`.execute(tx)
      : await sql`update week.cost set assumptions = ${json}::jsonb, revision = revision + 1, changed_at = ${at}
          where tenant_id = ${tenantId} and revision = ${revision} returning revision`.execute(tx);
  if (rows.length === 0) throw new AppError("conflict");
}

export async function forgetCosts(tx: WeekTx, tenantId: number): Promise<void> {
  await tx.deleteFrom("week.cost").where("tenant_id", "=", tenantId).execute();
}
