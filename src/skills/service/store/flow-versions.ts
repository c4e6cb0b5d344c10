import { sql } from "kysely";
import { AppError, appendEvents } from "#kernel";
import { readFlow } from "./flow-drafts.ts";
import type { FlowTx } from "./flow-tables.ts";

/** What was live, and what is. */

/** Older ones that are not live are forgotten. */
const KEPT_VERSIONS = 50;

export interface VersionRow {
  readonly version: number;
  readonly text: string;
  readonly made_at: Date;
  readonly live_at: Date;
  readonly retired_at: Date | null;
}

export async function listVersions(tx: FlowTx, tenantId: number, flowId: number): Promise<VersionRow[]> {
  await readFlow(tx, tenantId, flowId);
  return tx
    .selectFrom("service.flow_version")
    .select(["version", "text", "made_at", "live_at", "retired_at"])
    .where("tenant_id", "=", tenantId)
    .where("flow_id", "=", flowId)
    .orderBy("version", "desc")
    .execute();
}

/**
 * Nobody else changes what is live until the transaction ends. To be called before a text is checked against the other
 * live flows: two that are checked side by side could both take one topic.
 */
export async function lockLive(tx: FlowTx, tenantId: number): Promise<void> {
  await sql`insert into service.flow_head (tenant_id, revision) values (${tenantId}, 0) on conflict do nothing`.execute(
    tx,
  );
  await sql`select revision from service.flow_head where tenant_id = ${tenantId} for update`.execute(tx);
}

/** @throws AppError not_found */
export async function readVersion(
  tx: FlowTx,
  tenantId: number,
  { id, version }: { id: number; version: number },
): Promise<string> {
  const row = await tx
    .selectFrom("service.flow_version")
    .select("text")
    .where("tenant_id", "=", tenantId)
    .where("flow_id", "=", id)
    .where("version", "=", version)
    .executeTakeFirst();
  if (!row) throw new AppError("not_found");
  return row.text;
}

/**
 * Makes a text the next version and takes it live; the same text as the newest version's becomes no new one.
 * @returns the version that is live now
 */
export async function publishText(
  tx: FlowTx,
  tenantId: number,
  publish: { id: number; text: string; now: number },
): Promise<number> {
  const { id, text, now } = publish;
  await lockFlow(tx, tenantId, id);
  const [newest] = await listVersions(tx, tenantId, id);
  const version = newest?.text === text ? newest.version : (newest?.version ?? 0) + 1;
  if (newest?.version !== version) {
    const at = new Date(now);
    await tx
      .insertInto("service.flow_version")
      .values({ tenant_id: tenantId, flow_id: id, version, text, made_at: at, live_at: at, retired_at: null })
      .execute();
  }
  await takeLive(tx, tenantId, { id, version, now });
  await sql`delete from service.flow_version where tenant_id = ${tenantId} and flow_id = ${id}
    and version <= ${version - KEPT_VERSIONS}`.execute(tx);
  return version;
}

/**
 * Takes a version live, an older one too, or (null) takes the flow off. Conversations in the middle of another go on in
 * theirs. The last call of a transaction (it locks the tenant's sequence); announce FLOWS after the commit.
 * @throws AppError not_found
 */
export async function takeLive(
  tx: FlowTx,
  tenantId: number,
  change: { id: number; version: number | null; now: number },
): Promise<void> {
  const { id, version } = change;
  const now = new Date(change.now);
  await lockFlow(tx, tenantId, id);
  await sql`update service.flow_version v set retired_at = ${now} from service.flow f
    where f.tenant_id = ${tenantId} and f.id = ${id} and v.tenant_id = f.tenant_id and v.flow_id = f.id and v.version = f.live_version
      and v.version is distinct from ${version}::int`.execute(tx);
  if (version !== null) {
    const { numUpdatedRows } = await tx
      .updateTable("service.flow_version")
      .set({ live_at: now, retired_at: null })
      .where("tenant_id", "=", tenantId)
      .where("flow_id", "=", id)
      .where("version", "=", version)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new AppError("not_found");
  }
  await tx
    .updateTable("service.flow")
    .set({ live_version: version })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .execute();
  await sql`insert into service.flow_head as h (tenant_id, revision) values (${tenantId}, 1)
    on conflict (tenant_id) do update set revision = h.revision + 1`.execute(tx);
  await appendEvents(tx, tenantId, [{ type: "knowledge.changed" }], change.now);
}

async function lockFlow(tx: FlowTx, tenantId: number, id: number): Promise<void> {
  const { rows } =
    await sql`select id from service.flow where tenant_id = ${tenantId} and id = ${id} for update`.execute(
      tx,
    );
  if (rows.length === 0) throw new AppError("not_found");
}
