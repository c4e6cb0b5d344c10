import { sql } from "kysely";
import { setTimer } from "#kernel";
import { type Candidate, findDuplicate, type ReportedPlace } from "../rules/duplicate.ts";
import { FORGET, PASS } from "../rules/timer-kinds.ts";
import type { ReportState } from "../tables.ts";
import { KEEP_MS } from "./personal.ts";
import type { ReportsTx } from "./tx.ts";

/** What a customer told, as the flow hands it over. */
export interface Telling {
  kindId: number;
  contactId: number;
  conversationId: number;
  messageId: string;
  language: "de" | "en";
  text: string;
  place: ReportedPlace;
  /** Id of the message that shows it. */
  photo: string | null;
  /** ms */
  saidAt: number;
}

export interface Filed {
  reportId: number;
  state: ReportState;
  isDuplicate: boolean;
}

/** Where several tell the same thing at once, the kind's row makes them wait for each other. */
async function lockKind(tx: ReportsTx, tenantId: number, id: number) {
  return tx
    .selectFrom("reports.kind")
    .select(["id", "radius_metres", "within_hours"])
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

/**
 * Stores what was told, as a new report or joined to one that is near in place and time.
 * @returns null when it was filed before, or who told it is gone
 */
export async function fileTelling(tx: ReportsTx, tenantId: number, told: Telling): Promise<Filed | null> {
  const kind = await lockKind(tx, tenantId, told.kindId);
  if (!kind || !(await isNew(tx, tenantId, told))) return null;
  const candidates = await openReports(tx, tenantId, told);
  const duplicate = findDuplicate({ place: told.place, saidAt: told.saidAt }, candidates, {
    radiusMetres: kind.radius_metres,
    withinHours: kind.within_hours,
  });
  const known = candidates.find(({ id }) => id === duplicate);
  const reportId = known?.id ?? (await insertReport(tx, tenantId, told));
  await insertStatement(tx, tenantId, { reportId, state: known?.state ?? "new" }, told);
  const forgetAt = told.saidAt + KEEP_MS;
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at) values (${tenantId}, ${FORGET}, 'statements', ${new Date(forgetAt)})
    on conflict (tenant_id, kind, key) do nothing`.execute(tx);
  if (!known) {
    const payload = { reportId };
    await setTimer(tx, { tenantId, kind: PASS, key: String(reportId), dueAt: told.saidAt, payload });
  }
  return { reportId, state: known?.state ?? "new", isDuplicate: known !== undefined };
}

async function isNew(tx: ReportsTx, tenantId: number, told: Telling): Promise<boolean> {
  const { rows } = await sql`
    select from kernel.message m where m.tenant_id = ${tenantId} and m.conversation_id = ${told.conversationId} and m.id = ${told.messageId}
      and not exists (select from reports.statement s where s.tenant_id = m.tenant_id and s.conversation_id = m.conversation_id
        and s.message_id = m.id)`.execute(tx);
  return rows.length > 0;
}

interface OpenReport extends Candidate {
  state: ReportState;
}

/** A report is where the first who told it said it is, and is alive as long as somebody tells it. */
async function openReports(tx: ReportsTx, tenantId: number, told: Telling): Promise<OpenReport[]> {
  const { rows } = await sql<{
    id: number;
    state: ReportState;
    place_name: string;
    latitude: number | null;
    longitude: number | null;
    last_said_at: Date;
  }>`
    select r.id, r.state, f.place_name, f.latitude, f.longitude, l.last_said_at
    from reports.report r
    cross join lateral (select s.place_name, s.latitude, s.longitude from reports.statement s
      where s.tenant_id = r.tenant_id and s.report_id = r.id order by s.id limit 1) f
    cross join lateral (select max(s.said_at) as last_said_at from reports.statement s
      where s.tenant_id = r.tenant_id and s.report_id = r.id) l
    where r.tenant_id = ${tenantId} and r.kind_id = ${told.kindId} and r.state in ('new', 'passed', 'accepted')`.execute(
    tx,
  );
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    place: { name: row.place_name, latitude: row.latitude, longitude: row.longitude },
    lastSaidAt: row.last_said_at.getTime(),
  }));
}

async function insertReport(tx: ReportsTx, tenantId: number, told: Telling): Promise<number> {
  const { id } = await tx
    .insertInto("reports.report")
    .values({ tenant_id: tenantId, kind_id: told.kindId, created_at: new Date(told.saidAt) })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Who joins an accepted report reads that at once, and is not told it again. */
async function insertStatement(
  tx: ReportsTx,
  tenantId: number,
  { reportId, state }: { reportId: number; state: ReportState },
  told: Telling,
): Promise<void> {
  const { place } = told;
  await tx
    .insertInto("reports.statement")
    .values({
      tenant_id: tenantId,
      report_id: reportId,
      contact_id: told.contactId,
      conversation_id: told.conversationId,
      message_id: told.messageId,
      language: told.language,
      text: told.text,
      place_name: place.name,
      latitude: place.latitude,
      longitude: place.longitude,
      photo_message_id: told.photo,
      said_at: new Date(told.saidAt),
      told: JSON.stringify(state === "accepted" ? { accepted: "message" } : {}),
    })
    .execute();
  await tx
    .updateTable("reports.report")
    .set((eb) => ({ reporters: eb("reporters", "+", 1) }))
    .where("tenant_id", "=", tenantId)
    .where("id", "=", reportId)
    .execute();
}
