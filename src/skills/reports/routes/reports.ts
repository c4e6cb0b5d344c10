import { type AnyRoute, AppError, type House, route, translate } from "#kernel";
import {
  decideReportNotice,
  getReport,
  listReports,
  type PlaceInput,
  type Report,
  setReportState,
} from "../api.ts";
import { catalogue } from "../flows/scene.ts";
import type { NoticeDrafts } from "../ports.ts";
import { shownReport, shownStatements } from "../store/lists.ts";
import { decideNotice, moveReport } from "../store/moves.ts";
import { findReports, type ReportRow } from "../store/report-row.ts";
import { listPlaces } from "../store/settings.ts";
import { inTenant, type ReportsTx } from "../store/tx.ts";

/** @throws AppError not_found */
async function readReport(tx: ReportsTx, tenantId: number, id: number): Promise<ReportRow> {
  const [row] = await findReports(tx, tenantId, { id, limit: 1 });
  if (!row) throw new AppError("not_found");
  return row;
}

/** The cursor is the last id shown. */
function beforeOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const before = Number(cursor);
  if (!/^\d+$/.test(cursor) || !Number.isSafeInteger(before))
    throw new AppError("bad_request", undefined, [
      { path: "query.cursor", message: "not one of our cursors" },
    ]);
  return before;
}

export function reportRoutes(house: House, drafts: NoticeDrafts | undefined): readonly AnyRoute[] {
  return [
    route(listReports, async ({ actor: { tenantId }, query }) => {
      const { state, kindId, limit } = query;
      const before = beforeOf(query.cursor);
      const rows = await inTenant(house, tenantId, (tx) =>
        findReports(tx, tenantId, { state, kindId, before, limit: limit + 1 }),
      );
      const items = rows.slice(0, limit).map(shownReport);
      return { items, next: rows.length > limit ? String(items.at(-1)?.id) : null };
    }),
    route(getReport, ({ actor: { tenantId }, params: { id } }) =>
      inTenant(house, tenantId, async (tx) => ({
        ...shownReport(await readReport(tx, tenantId, id)),
        statements: await shownStatements(tx, tenantId, id),
      })),
    ),
    route(setReportState, ({ actor: { tenantId }, params: { id }, body }) =>
      inTenant(house, tenantId, async (tx) => {
        const move = { reportId: id, to: body.state, note: body.note, now: house.clock.now() };
        await moveReport(tx, tenantId, move);
        return shownReport(await readReport(tx, tenantId, id));
      }),
    ),
    route(decideReportNotice, async ({ actor: { tenantId, staffId }, params: { id }, body }) => {
      const { row, place } = await inTenant(house, tenantId, async (tx) => {
        const found = await readReport(tx, tenantId, id);
        return { row: found, place: ownPlace(found, await listPlaces(tx, tenantId)) };
      });
      const isOpen = shownReport(row).notice.state === "open";
      if (!isOpen) throw new AppError("rule_broken", "This report is no question for an editor.");
      const { decision } = body;
      const now = house.clock.now();
      const noticeId =
        decision === "yes"
          ? await draft(house, drafts, { tenantId, row, place, texts: body.texts, by: staffId, now })
          : null;
      return inTenant(house, tenantId, async (tx): Promise<Report> => {
        await decideNotice(tx, tenantId, { reportId: id, decision, by: staffId, noticeId, now });
        return shownReport(await readReport(tx, tenantId, id));
      });
    }),
  ];
}

/** The company's name of the place; what a customer called it are a customer's words. */
function ownPlace(row: ReportRow, places: readonly PlaceInput[]): string {
  const { latitude, longitude } = row;
  return places.find((one) => one.latitude === latitude && one.longitude === longitude)?.name ?? "";
}

interface Wanted {
  tenantId: number;
  row: ReportRow;
  /** "" = nowhere that the company has a name for */
  place: string;
  texts: { de: string; en: string } | null;
  by: string;
  now: number;
}

/** The reference makes a second yes, or one after a crash, find the first draft. */
function draft(house: House, drafts: NoticeDrafts | undefined, wanted: Wanted): Promise<number> {
  const { tenantId, row, place, by, now } = wanted;
  if (!drafts) throw new AppError("rule_broken", "This node sends no notices.");
  const sentence = (language: "de" | "en") =>
    translate(catalogue, { language, form: "sie" }, place === "" ? "noticeTextNoPlace" : "noticeText", {
      kind: row.kind_name[language],
      place,
    });
  return drafts.draftNotice(house, {
    tenantId,
    topicId: row.notice_topic_id as number,
    reference: `report ${row.id}`,
    title: `${row.kind_name.de} ${row.id}`,
    texts: wanted.texts ?? { de: sentence("de"), en: sentence("en") },
    createdBy: by,
    now,
  });
}
