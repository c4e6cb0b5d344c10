import { sql } from "kysely";
import { AppError, jsonText } from "#kernel";
import { type DraftSummary, summariseFlow } from "../flow-text/index.ts";
import type { FlowTx } from "./flow-tables.ts";

/** Drafts of flows: what an editor works on. Nothing here reaches a customer. */

const MOST_FLOWS = 100;

/** A flow as the list shows it, without its texts. */
export interface ListedFlow {
  readonly id: number;
  readonly name: string;
  readonly summary: DraftSummary;
  readonly changed_at: Date;
  readonly live_version: number | null;
  /** The draft says something else than what is live; false while nothing is. */
  readonly is_changed: boolean;
}

export interface FlowRow {
  readonly id: number;
  readonly name: string;
  readonly draft: string;
  readonly summary: DraftSummary;
  readonly revision: number;
  readonly changed_at: Date;
  readonly live_version: number | null;
  /** Text of the live version; null when none is. */
  readonly live_text: string | null;
  readonly live_at: Date | null;
}

const SELECT = sql`select f.id, f.name, f.draft, f.summary, f.revision, f.changed_at, f.live_version, v.text as live_text, v.live_at
  from service.flow f left join service.flow_version v on v.tenant_id = f.tenant_id and v.flow_id = f.id and v.version = f.live_version`;

export async function listFlows(tx: FlowTx, tenantId: number): Promise<ListedFlow[]> {
  const { rows } = await sql<ListedFlow>`
    select f.id, f.name, f.summary, f.changed_at, f.live_version, coalesce(v.text <> f.draft, false) as is_changed
    from service.flow f left join service.flow_version v on v.tenant_id = f.tenant_id and v.flow_id = f.id and v.version = f.live_version
    where f.tenant_id = ${tenantId} order by f.name`.execute(tx);
  return rows;
}

/** All flows with their texts. */
export async function readFlows(tx: FlowTx, tenantId: number): Promise<FlowRow[]> {
  const { rows } = await sql<FlowRow>`${SELECT} where f.tenant_id = ${tenantId} order by f.name`.execute(tx);
  return rows;
}

/** @throws AppError not_found */
export async function readFlow(tx: FlowTx, tenantId: number, id: number): Promise<FlowRow> {
  const { rows } = await sql<FlowRow>`${SELECT} where f.tenant_id = ${tenantId} and f.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found");
  return row;
}

/** @throws AppError conflict when the name stands already, rule_broken beyond the limit */
export async function insertFlow(
  tx: FlowTx,
  tenantId: number,
  flow: { name: string; draft: string; now: number },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into service.flow (tenant_id, name, draft, summary, changed_at)
    select ${tenantId}, ${flow.name}, ${flow.draft}, ${jsonText(summariseFlow(flow.draft))}::jsonb, ${new Date(flow.now)}
    where (select count(*) from service.flow where tenant_id = ${tenantId}) < ${MOST_FLOWS}
    on conflict (tenant_id, name) do nothing returning id`.execute(tx);
  const [row] = rows;
  if (row) return row.id;
  const taken = await tx
    .selectFrom("service.flow")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("name", "=", flow.name)
    .executeTakeFirst();
  if (taken) throw new AppError("conflict", `There is a flow ${flow.name} already.`);
  throw new AppError("rule_broken", `At most ${MOST_FLOWS} flows.`);
}

/**
 * Saves a draft, whatever is wrong with it.
 * @param save.revision the one that was edited
 * @throws AppError not_found, conflict when somebody saved meanwhile
 */
export async function saveDraft(
  tx: FlowTx,
  tenantId: number,
  save: { id: number; revision: number; draft: string; now: number },
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("service.flow")
    .set({
      draft: save.draft,
      summary: jsonText(summariseFlow(save.draft)),
      revision: save.revision + 1,
      changed_at: new Date(save.now),
    })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", save.id)
    .where("revision", "=", save.revision)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  await readFlow(tx, tenantId, save.id);
  throw new AppError(
    "conflict",
    "Somebody else saved this flow meanwhile. Your text is still in the editor.",
  );
}

/** @throws AppError not_found, rule_broken while it is live */
export async function removeFlow(tx: FlowTx, tenantId: number, id: number): Promise<void> {
  const flow = await readFlow(tx, tenantId, id);
  if (flow.live_version !== null)
    throw new AppError("rule_broken", "This flow is live. Take it off first, then remove it.");
  await tx.deleteFrom("service.flow").where("tenant_id", "=", tenantId).where("id", "=", id).execute();
}
