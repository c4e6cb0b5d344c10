import { sql } from "kysely";
import { AppError, appendEvents } from "#kernel";
import type { Kind, KindInput, PlaceInput, Team } from "../api.ts";
import type { ReportsTx } from "./tx.ts";

/** What a company configures: kinds of reports, places with names, field teams. */

export function tellSettings(tx: ReportsTx, tenantId: number, now: number): Promise<void> {
  return appendEvents(tx, tenantId, [{ type: "reports.settings_changed" }], now);
}

export async function listKinds(tx: ReportsTx, tenantId: number, id?: number): Promise<Kind[]> {
  let query = tx
    .selectFrom("reports.kind")
    .selectAll()
    .where("tenant_id", "=", tenantId)
    .where("active", "=", true)
    .orderBy("id");
  if (id !== undefined) query = query.where("id", "=", id);
  return (await query.execute()).map((row) => ({
    id: row.id,
    name: row.name,
    keywords: row.keywords,
    teamId: row.team_id,
    radiusMetres: row.radius_metres,
    withinHours: row.within_hours,
    wantsPhoto: row.wants_photo,
    noticeTopicId: row.notice_topic_id,
    templates: row.templates,
  }));
}

/** @throws AppError not_found */
export async function readKind(tx: ReportsTx, tenantId: number, id: number): Promise<Kind> {
  const [kind] = await listKinds(tx, tenantId, id);
  if (!kind) throw new AppError("not_found");
  return kind;
}

function columnsOf(input: KindInput) {
  return {
    name: JSON.stringify(input.name),
    keywords: JSON.stringify(input.keywords),
    team_id: input.teamId,
    radius_metres: input.radiusMetres,
    within_hours: input.withinHours,
    wants_photo: input.wantsPhoto,
    notice_topic_id: input.noticeTopicId,
    templates: JSON.stringify(input.templates),
  };
}

/** @throws AppError bad_request for a team that does not exist */
export async function saveKind(
  tx: ReportsTx,
  tenantId: number,
  input: KindInput,
  id: number | null,
): Promise<Kind> {
  if (input.teamId !== null && (await listTeams(tx, tenantId, input.teamId)).length === 0)
    throw new AppError("bad_request", undefined, [{ path: "body.teamId", message: "no such team" }]);
  if (id === null) {
    const made = await tx
      .insertInto("reports.kind")
      .values({ tenant_id: tenantId, ...columnsOf(input) })
      .returning("id")
      .executeTakeFirstOrThrow();
    return readKind(tx, tenantId, made.id);
  }
  await tx
    .updateTable("reports.kind")
    .set(columnsOf(input))
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .where("active", "=", true)
    .execute();
  return readKind(tx, tenantId, id);
}

/** Reports of it stay, so the row does too. @throws AppError not_found */
export async function removeKind(tx: ReportsTx, tenantId: number, id: number): Promise<void> {
  await readKind(tx, tenantId, id);
  await tx
    .updateTable("reports.kind")
    .set({ active: false, team_id: null })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .execute();
}

export async function listTeams(tx: ReportsTx, tenantId: number, id?: number): Promise<Team[]> {
  let query = tx.selectFrom("reports.team").selectAll().where("tenant_id", "=", tenantId).orderBy("id");
  if (id !== undefined) query = query.where("id", "=", id);
  return (await query.execute()).map((row) => ({
    id: row.id,
    name: row.name,
    language: row.language,
    joinCode: row.join_code,
    conversationId: row.conversation_id,
    joinedAt: row.joined_at?.toISOString() ?? null,
  }));
}

/** @throws AppError not_found */
export async function readTeam(tx: ReportsTx, tenantId: number, id: number): Promise<Team> {
  const [team] = await listTeams(tx, tenantId, id);
  if (!team) throw new AppError("not_found");
  return team;
}

/** @throws AppError conflict for a name that is taken */
export async function insertTeam(
  tx: ReportsTx,
  tenantId: number,
  team: { name: string; language: "de" | "en"; code: string },
): Promise<Team> {
  const made = await tx
    .insertInto("reports.team")
    .values({ tenant_id: tenantId, name: team.name, language: team.language, join_code: team.code })
    .onConflict((conflict) => conflict.columns(["tenant_id", "name"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!made) throw new AppError("conflict", "There is a team with this name already.");
  return readTeam(tx, tenantId, made.id);
}

/** @throws AppError not_found */
export async function renewCode(tx: ReportsTx, tenantId: number, id: number, code: string): Promise<Team> {
  await tx
    .updateTable("reports.team")
    .set({ join_code: code })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .execute();
  return readTeam(tx, tenantId, id);
}

/** @throws AppError not_found; rule_broken while a kind or a report names it */
export async function removeTeam(tx: ReportsTx, tenantId: number, id: number): Promise<void> {
  await readTeam(tx, tenantId, id);
  const { rows } = await sql`
    select from reports.kind where tenant_id = ${tenantId} and team_id = ${id}
    union all select from reports.report where tenant_id = ${tenantId} and team_id = ${id} limit 1`.execute(
    tx,
  );
  if (rows.length > 0) throw new AppError("rule_broken", "Kinds or reports name this team.");
  await tx.deleteFrom("reports.team").where("tenant_id", "=", tenantId).where("id", "=", id).execute();
}

export async function listPlaces(tx: ReportsTx, tenantId: number): Promise<PlaceInput[]> {
  return tx
    .selectFrom("reports.place")
    .select(["name", "aliases", "latitude", "longitude"])
    .where("tenant_id", "=", tenantId)
    .orderBy("name")
    .execute();
}

/** @throws AppError bad_request when two have one name */
export async function replacePlaces(
  tx: ReportsTx,
  tenantId: number,
  places: readonly PlaceInput[],
): Promise<PlaceInput[]> {
  if (new Set(places.map(({ name }) => name)).size < places.length)
    throw new AppError("bad_request", undefined, [{ path: "body.items", message: "two have one name" }]);
  await tx.deleteFrom("reports.place").where("tenant_id", "=", tenantId).execute();
  if (places.length > 0)
    await tx
      .insertInto("reports.place")
      .values(places.map((place) => ({ tenant_id: tenantId, ...place })))
      .execute();
  return listPlaces(tx, tenantId);
}
