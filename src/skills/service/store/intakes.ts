import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import { INTAKE_PART_BYTES } from "../api/intake.ts";
import type { Proposals } from "../rules/intake/index.ts";
import type { IntakeCounts, IntakeState, IntakeTx } from "./intake-tables.ts";

/** A file on its way to proposals. */

export const INTAKE = "service_intake";
export const INTAKE_EXPIRY = "service_intake_expiry";
const DAY_MS = 86_400_000;
/** A file that is never sent whole, or never read, goes after this. */
const UNREAD_MS = DAY_MS;
export const INTAKE_KEEP_DAYS = 30;
const MOST_INTAKES = 10;

export interface IntakeRow {
  readonly id: number;
  readonly name: string;
  readonly url: string | null;
  readonly own: string;
  readonly state: IntakeState;
  readonly bytes: number;
  readonly done: number;
  readonly counts: IntakeCounts | null;
  readonly fault: string | null;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly open: number;
}

/** @param id null = all, newest first */
export async function readIntakes(tx: IntakeTx, tenantId: number, id: number | null): Promise<IntakeRow[]> {
  const { rows } = await sql<IntakeRow>`
    select i.id, i.name, i.url, i.own, i.state, i.bytes::float8 as bytes, i.done::float8 as done, i.counts, i.fault, i.created_at, i.expires_at,
      (select count(*) from service.proposed_topic p where p.tenant_id = i.tenant_id and p.intake_id = i.id and p.state = 'open')::int as open
    from service.intake i where i.tenant_id = ${tenantId} and (${id}::int is null or i.id = ${id}) order by i.created_at desc, i.id desc`.execute(
    tx,
  );
  return rows;
}

/** @throws AppError not_found */
export async function readIntake(tx: IntakeTx, tenantId: number, id: number): Promise<IntakeRow> {
  const [row] = await readIntakes(tx, tenantId, id);
  if (!row) throw new AppError("not_found");
  return row;
}

/** @throws AppError rule_broken when too many stand already */
export async function insertIntake(
  tx: IntakeTx,
  tenantId: number,
  order: { name: string; url: string | null; bytes: number; own: readonly string[] },
  nowMs: number,
): Promise<number> {
  const { count } = await tx
    .selectFrom("service.intake")
    .where("tenant_id", "=", tenantId)
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_INTAKES)
    throw new AppError("rule_broken", `At most ${MOST_INTAKES} files at a time; remove one that is done.`);
  const expiresAt = new Date(nowMs + UNREAD_MS);
  const { id } = await tx
    .insertInto("service.intake")
    .values({
      tenant_id: tenantId,
      name: order.name,
      url: order.url,
      own: order.own.join("\n"),
      state: order.url === null ? "receiving" : "waiting",
      bytes: order.bytes,
      created_at: new Date(nowMs),
      expires_at: expiresAt,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await setTimer(tx, tenantId, { kind: INTAKE_EXPIRY, id, dueAt: expiresAt });
  if (order.url !== null) await setTimer(tx, tenantId, { kind: INTAKE, id, dueAt: new Date(nowMs) });
  return id;
}

async function setTimer(
  tx: Tx,
  tenantId: number,
  timer: { kind: string; id: number; dueAt: Date },
): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at) values (${tenantId}, ${timer.kind}, ${String(timer.id)}, ${timer.dueAt})
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, attempts = 0`.execute(tx);
}

/**
 * Keeps one part; the last one begins the reading.
 * @throws AppError not_found; rule_broken for a part that does not belong to the announced file
 */
export async function keepPart(
  tx: IntakeTx,
  tenantId: number,
  part: { intakeId: number; place: number; bytes: Buffer },
  nowMs: number,
): Promise<{ received: number; isWhole: boolean }> {
  const { intakeId, place, bytes } = part;
  const row = await tx
    .selectFrom("service.intake")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", intakeId)
    .select(["state", "bytes", "url"])
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new AppError("not_found");
  const announced = Number(row.bytes);
  // The last answer was lost on the way, and the part came again.
  if (row.state !== "receiving" && row.url === null && row.state !== "failed")
    return { received: announced, isWhole: true };
  const expected = Math.min(INTAKE_PART_BYTES, announced - place * INTAKE_PART_BYTES);
  if (row.state !== "receiving" || bytes.length !== expected)
    throw new AppError("rule_broken", "This part does not belong to the announced file; begin again.");
  await tx
    .insertInto("service.intake_part")
    .values({ tenant_id: tenantId, intake_id: intakeId, place, bytes })
    .onConflict((oc) => oc.columns(["tenant_id", "intake_id", "place"]).doUpdateSet({ bytes }))
    .execute();
  const { rows } = await sql<{ received: number }>`
    select coalesce(sum(length(bytes)), 0)::float8 as received from service.intake_part
    where tenant_id = ${tenantId} and intake_id = ${intakeId}`.execute(tx);
  const received = rows[0]?.received ?? 0;
  const isWhole = received === announced;
  if (isWhole) {
    await setState(tx, tenantId, { id: intakeId, state: "waiting" });
    await setTimer(tx, tenantId, { kind: INTAKE, id: intakeId, dueAt: new Date(nowMs) });
  }
  return { received, isWhole };
}

/** The part at this place; null behind the last. */
export async function readPart(
  tx: IntakeTx,
  tenantId: number,
  of: { intakeId: number; place: number },
): Promise<Buffer | null> {
  const row = await tx
    .selectFrom("service.intake_part")
    .where("tenant_id", "=", tenantId)
    .where("intake_id", "=", of.intakeId)
    .where("place", "=", of.place)
    .select("bytes")
    .executeTakeFirst();
  return row?.bytes ?? null;
}

/** @returns false when somebody removed it meanwhile */
export async function setState(
  tx: IntakeTx,
  tenantId: number,
  to: { id: number; state: IntakeState; done?: number },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("service.intake")
    .set({ state: to.state, ...(to.done !== undefined && { done: to.done }) })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", to.id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** All of it at once, or nothing: the proposals, and the file is gone. Repeatable. */
export async function keepProposals(
  tx: IntakeTx,
  tenantId: number,
  outcome: { id: number; counts: IntakeCounts; topics: Proposals["topics"] },
  nowMs: number,
): Promise<void> {
  const { id, counts, topics } = outcome;
  const expiresAt = new Date(nowMs + INTAKE_KEEP_DAYS * DAY_MS);
  const { numUpdatedRows } = await tx
    .updateTable("service.intake")
    .set({ state: "ready", counts: JSON.stringify(counts), expires_at: expiresAt })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  await dropParts(tx, tenantId, id);
  await tx
    .deleteFrom("service.proposed_topic")
    .where("tenant_id", "=", tenantId)
    .where("intake_id", "=", id)
    .execute();
  if (topics.length > 0)
    await tx
      .insertInto("service.proposed_topic")
      .values(
        topics.map(({ title, language, asked, examples, answer, answers, alike }) => ({
          tenant_id: tenantId,
          intake_id: id,
          title: title.slice(0, 120),
          language,
          asked,
          examples: JSON.stringify(examples),
          answer,
          answers,
          alike,
        })),
      )
      .execute();
  await setTimer(tx, tenantId, { kind: INTAKE_EXPIRY, id, dueAt: expiresAt });
}

/** Why it gave nothing; the file is gone. */
export async function keepFault(
  tx: IntakeTx,
  tenantId: number,
  of: { id: number; fault: string },
): Promise<void> {
  await tx
    .updateTable("service.intake")
    .set({ state: "failed", fault: of.fault })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", of.id)
    .execute();
  await dropParts(tx, tenantId, of.id);
}

async function dropParts(tx: IntakeTx, tenantId: number, id: number): Promise<void> {
  await tx
    .deleteFrom("service.intake_part")
    .where("tenant_id", "=", tenantId)
    .where("intake_id", "=", id)
    .execute();
}

/** With its parts and proposals; topics that were accepted stay. @returns whether there was one */
export async function removeIntake(tx: IntakeTx, tenantId: number, id: number): Promise<boolean> {
  await sql`delete from kernel.timer where tenant_id = ${tenantId} and key = ${String(id)} and kind in (${INTAKE}, ${INTAKE_EXPIRY})`.execute(
    tx,
  );
  const { numDeletedRows } = await tx
    .deleteFrom("service.intake")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The time that was promised is over. */
export async function expireIntake(tx: IntakeTx, tenantId: number, id: number, nowMs: number): Promise<void> {
  await tx
    .deleteFrom("service.intake")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .where("expires_at", "<=", new Date(nowMs))
    .execute();
}
