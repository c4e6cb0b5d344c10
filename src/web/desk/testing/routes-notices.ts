import {
  countRecipients,
  createNotice,
  createNoticeTemplate,
  createNoticeTopic,
  deleteNotice,
  deleteNoticeTemplate,
  deleteNoticeTopic,
  getNotice,
  getNoticeSettings,
  listNotices,
  listNoticeTemplates,
  listNoticeTopics,
  type Notice,
  type NoticeInput,
  noticeProgress,
  previewNotice,
  releaseNotice,
  replaceNotice,
  replaceNoticeTemplate,
  replaceNoticeTopic,
  saveNoticeSettings,
  startNotice,
  stopNotice,
  testNotice,
} from "../../../skills/notices/api.ts";
import { Refusal } from "./refusal.ts";
import { on } from "./route.ts";
import { minutesFromNow, type World } from "./world.ts";

const ok = { ok: true as const };
const now = () => minutesFromNow(0);
const me = "jana";
const nextId = (items: readonly { id: number }[]) => Math.max(0, ...items.map(({ id }) => id)) + 1;

function found<Item extends { id: number }>(items: readonly Item[], id: number): Item {
  const item = items.find((one) => one.id === id);
  if (!item) throw new Refusal(404, "not_found");
  return item;
}

const noticeOf = (world: World, id: number) => found(world.told.notices, id);

/** As the node does it: a draft that is saved again needs its release again. */
function written(world: World, input: NoticeInput): Partial<Notice> {
  const topic = found(world.told.topics, input.topicId);
  return {
    ...input,
    topicTitle: topic.title,
    state: "draft",
    releasedBy: null,
    scheduledAt: null,
    needsRelease: world.told.settings.needsFourEyes,
  };
}

const noCounts = {
  matched: 0,
  waiting: 0,
  queued: 0,
  sent: 0,
  delivered: 0,
  read: 0,
  failed: 0,
  dropped: 0,
  uncertain: 0,
  reasons: {},
  unsubscribed: 0,
  replied: 0,
};

const topicRoutes = [
  on(listNoticeTopics, (world) => ({ items: world.told.topics })),
  on(createNoticeTopic, (world, { body }) => {
    if (world.told.topics.some(({ slug }) => slug === body.slug)) throw new Refusal(409, "conflict");
    const made = { ...body, id: nextId(world.told.topics), subscribers: 0, createdAt: now() };
    world.told.topics.push(made);
    return made;
  }),
  on(replaceNoticeTopic, (world, { params, body }) =>
    Object.assign(found(world.told.topics, params.id), body),
  ),
  on(deleteNoticeTopic, (world, { params }) => {
    const topic = found(world.told.topics, params.id);
    world.told.topics = world.told.topics.filter((one) => one !== topic);
    return { ...ok, told: topic.subscribers };
  }),
];

const templateRoutes = [
  on(listNoticeTemplates, (world) => ({ items: world.told.templates })),
  on(createNoticeTemplate, (world, { body }) => {
    const made = { ...body, id: nextId(world.told.templates), reason: "", stateAt: now() };
    world.told.templates.push(made);
    return made;
  }),
  on(replaceNoticeTemplate, (world, { params, body }) =>
    Object.assign(found(world.told.templates, params.id), body),
  ),
  on(deleteNoticeTemplate, (world, { params }) => {
    world.told.templates = world.told.templates.filter(({ id }) => id !== params.id);
    return ok;
  }),
];

const sendRoutes = [
  on(previewNotice, (world) => ({ items: world.told.preview })),
  on(countRecipients, (world) => world.told.recipients),
  on(testNotice, (_world, { body }) =>
    body.contactId === 1
      ? { queued: true, reason: null, conversationId: 1 }
      : { queued: false, reason: "no_grant", conversationId: null },
  ),
  on(releaseNotice, (world, { params }) => {
    const notice = noticeOf(world, params.id);
    if (notice.createdBy === me) throw new Refusal(422, "rule_broken");
    return Object.assign(notice, { releasedBy: me, needsRelease: false });
  }),
  on(startNotice, (world, { params, body }) => {
    const notice = noticeOf(world, params.id);
    if (body.at !== null) return Object.assign(notice, { state: "scheduled" as const, scheduledAt: body.at });
    const { persons } = world.told.recipients;
    world.told.counts.set(notice.id, { ...noCounts, matched: persons, waiting: persons });
    return Object.assign(notice, { state: "sending" as const, startedAt: now() });
  }),
  on(stopNotice, (world, { params }) =>
    Object.assign(noticeOf(world, params.id), { state: "stopped" as const, endedAt: now() }),
  ),
  on(noticeProgress, (world, { params }) => ({
    state: noticeOf(world, params.id).state,
    counts: world.told.counts.get(params.id) ?? noCounts,
    at: now(),
  })),
];

export const noticeRoutes = [
  ...topicRoutes,
  ...templateRoutes,
  ...sendRoutes,
  on(getNoticeSettings, (world) => world.told.settings),
  on(saveNoticeSettings, (world, { body }) => Object.assign(world.told.settings, body)),
  on(listNotices, (world, { query }) => ({
    items: world.told.notices
      .filter(({ state }) => query.state === undefined || state === query.state)
      .sort((a, b) => b.id - a.id),
    next: null,
  })),
  on(getNotice, (world, { params }) => noticeOf(world, params.id)),
  on(createNotice, (world, { body }) => {
    const id = nextId(world.told.notices);
    const made = {
      id,
      stateReason: "",
      story: null,
      phase: "alert",
      createdBy: me,
      startedAt: null,
      endedAt: null,
      createdAt: now(),
      ...written(world, body),
    } as Notice;
    world.told.notices.push(made);
    return made;
  }),
  on(replaceNotice, (world, { params, body }) =>
    Object.assign(noticeOf(world, params.id), written(world, body)),
  ),
  on(deleteNotice, (world, { params }) => {
    world.told.notices = world.told.notices.filter(({ id }) => id !== params.id);
    return ok;
  }),
];
