import { type AnyRoute, AppError, type House, route } from "#kernel";
import {
  createNotice,
  deleteNotice,
  getNotice,
  listNotices,
  type Notice,
  type NoticeInput,
  noticeProgress,
  publishNotice,
  releaseNotice,
  replaceNotice,
  startNotice as startContract,
  stopNotice,
} from "../api.ts";
import type { Feeder } from "../store/feeder.ts";
import { publish, startNotice } from "../store/lifecycle.ts";
import {
  findNotices,
  insertNotice,
  type NoticeRow,
  readNotice,
  release,
  removeDraft,
  shownNotice,
  updateDraft,
} from "../store/notices.ts";
import { progressOf } from "../store/progress.ts";
import { readSettings } from "../store/settings.ts";
import { stop } from "../store/stop.ts";
import { readTopic, topicBySlug } from "../store/topics.ts";
import { inTenant, type NoticesTx } from "../store/tx.ts";
import { placeOf } from "./subscriptions.ts";

/** The composer's routes, and one for programs. */
export function noticeRoutes(house: House, feeder: Feeder): readonly AnyRoute[] {
  return [...draftRoutes(house), ...sendingRoutes(house, feeder)];
}

async function shown(tx: NoticesTx, tenantId: number, row: NoticeRow): Promise<Notice> {
  return shownNotice(row, (await readSettings(tx, tenantId)).needsFourEyes);
}

const one = (tx: NoticesTx, tenantId: number, id: number) =>
  readNotice(tx, tenantId, id).then((row) => shown(tx, tenantId, row));

/** @throws AppError bad_request when there is nothing to read, or a value that the topic does not know */
async function check(tx: NoticesTx, tenantId: number, input: NoticeInput): Promise<void> {
  const topic = await readTopic(tx, tenantId, input.topicId);
  if (![input.texts.de, input.texts.en].some((text) => text !== null && text.trim() !== ""))
    throw new AppError("bad_request", "Write the text in one language at least.");
  const unknown = Object.keys(input.values).find(
    (key) => !topic.parameters.some((parameter) => parameter.key === key && parameter.kind !== "window"),
  );
  if (unknown !== undefined) throw new AppError("bad_request", `The topic has no parameter ${unknown}.`);
}

function draftRoutes(house: House): readonly AnyRoute[] {
  return [
    route(listNotices, async ({ actor: { tenantId }, query }) => {
      const before = placeOf(query.cursor);
      return inTenant(house, tenantId, async (tx) => {
        const { needsFourEyes } = await readSettings(tx, tenantId);
        const rows = await findNotices(tx, tenantId, {
          limit: query.limit + 1,
          ...(query.state ? { state: query.state } : {}),
          ...(before === null ? {} : { before }),
        });
        const items = rows.slice(0, query.limit).map((row) => shownNotice(row, needsFourEyes));
        return { items, next: rows.length > query.limit ? String(items.at(-1)?.id) : null };
      });
    }),
    route(getNotice, ({ actor: { tenantId }, params }) =>
      inTenant(house, tenantId, (tx) => one(tx, tenantId, params.id)),
    ),
    route(createNotice, ({ actor: { tenantId, staffId }, body }) =>
      inTenant(house, tenantId, async (tx) => {
        await check(tx, tenantId, body);
        const now = house.clock.now();
        return one(tx, tenantId, await insertNotice(tx, tenantId, { input: body, createdBy: staffId, now }));
      }),
    ),
    route(replaceNotice, ({ actor: { tenantId }, params, body }) =>
      inTenant(house, tenantId, async (tx) => {
        await check(tx, tenantId, body);
        await updateDraft(tx, tenantId, { id: params.id, input: body, now: house.clock.now() });
        return one(tx, tenantId, params.id);
      }),
    ),
    route(deleteNotice, async ({ actor: { tenantId }, params }) => {
      await inTenant(house, tenantId, (tx) => removeDraft(tx, tenantId, params.id, house.clock.now()));
      return { ok: true as const };
    }),
    route(releaseNotice, ({ actor: { tenantId, staffId }, params }) =>
      inTenant(house, tenantId, async (tx) => {
        await release(tx, tenantId, { id: params.id, by: staffId, now: house.clock.now() });
        return one(tx, tenantId, params.id);
      }),
    ),
  ];
}

function sendingRoutes(house: House, feeder: Feeder): readonly AnyRoute[] {
  return [
    route(startContract, async ({ actor: { tenantId }, params, body }) => {
      const at = body.at === null ? null : Date.parse(body.at);
      await startNotice(house, feeder, { tenantId, noticeId: params.id, at });
      return inTenant(house, tenantId, (tx) => one(tx, tenantId, params.id));
    }),
    route(stopNotice, ({ actor: { tenantId, name }, params }) =>
      inTenant(house, tenantId, async (tx) => {
        await stop(tx, tenantId, { id: params.id, reason: name, now: house.clock.now() });
        return one(tx, tenantId, params.id);
      }),
    ),
    route(noticeProgress, ({ actor: { tenantId }, params }) =>
      inTenant(house, tenantId, async (tx) => {
        const { state } = await readNotice(tx, tenantId, params.id);
        const counts = await progressOf(tx, tenantId, params.id);
        return { state, counts, at: new Date(house.clock.now()).toISOString() };
      }),
    ),
    route(publishNotice, async ({ actor: { tenantId, staffId }, body }) => {
      const { topic: slug, reference, story, phase, startAt, ...rest } = body;
      const input = await inTenant(house, tenantId, async (tx) => {
        const made = { ...rest, topicId: (await topicBySlug(tx, tenantId, slug)).id };
        await check(tx, tenantId, made);
        return made;
      });
      const row = await publish(house, feeder, {
        tenantId,
        input,
        by: staffId,
        reference: `api:${reference}`,
        story,
        phase,
        startAt: startAt === null ? null : Date.parse(startAt),
        isDraft: false,
      });
      return inTenant(house, tenantId, (tx) => shown(tx, tenantId, row));
    }),
  ];
}
