import { AppError, type House, translate } from "#kernel";
import type { NoticeInput } from "../api.ts";
import { catalogue, titleOf } from "../rules/describe.ts";
import type { StoryNotice } from "../rules/feeds/notice-of-story.ts";
import type { Feeder } from "./feeder.ts";
import { begin, insertNotice, type NoticeRow, readNotice } from "./notices.ts";
import { planForgetting } from "./personal.ts";
import { readSettings } from "./settings.ts";
import { FEED, wakeBy } from "./timers.ts";
import { markDeleted, readTopic } from "./topics.ts";
import { inTenant, type NoticesTx } from "./tx.ts";

/** How a notice begins, whoever asks for it: staff, a program, a source, the clock. */

/** @param at ms; null = now */
export async function startNotice(
  house: House,
  feeder: Feeder,
  one: { tenantId: number; noticeId: number; at: number | null },
): Promise<void> {
  const { tenantId, noticeId } = one;
  const state = await inTenant(house, tenantId, (tx) =>
    beginIn(tx, tenantId, { noticeId, at: one.at, now: house.clock.now() }),
  );
  // The first recipients hear it before the feeder's next look.
  if (state === "sending") await feeder.begin(tenantId, noticeId);
}

/** Inside the caller's transaction: begun or planned, and the feeder woken. */
export async function beginIn(
  tx: NoticesTx,
  tenantId: number,
  one: { noticeId: number; at: number | null; now: number },
): Promise<"scheduled" | "sending"> {
  const { needsFourEyes } = await readSettings(tx, tenantId);
  const state = await begin(tx, tenantId, {
    id: one.noticeId,
    at: one.at ?? one.now,
    now: one.now,
    needsFourEyes,
  });
  if (state === "sending") await wakeBy(tx, tenantId, { kind: FEED, key: "feed", dueAt: one.now });
  await planForgetting(tx, tenantId, one.now);
  return state;
}

/** A planned notice whose time has come. One that changed meanwhile stays as it is. */
export async function startPlanned(house: House, tenantId: number, noticeId: number): Promise<void> {
  const now = house.clock.now();
  await inTenant(house, tenantId, async (tx) => {
    const notice = await readNotice(tx, tenantId, noticeId, true).catch(ignoreMissing);
    if (notice?.state !== "scheduled") return;
    await beginIn(tx, tenantId, { noticeId, at: now, now });
  });
}

function ignoreMissing(error: Error): null {
  if (error instanceof AppError && error.code === "not_found") return null;
  throw error;
}

/** What a program or a source says; the same reference is taken once. */
export interface Publication {
  tenantId: number;
  input: NoticeInput;
  by: string;
  reference: string;
  story: string | null;
  phase: "alert" | "update" | "all_clear";
  /** ms; null = now */
  startAt: number | null;
  /** A draft waits for somebody's yes. */
  isDraft: boolean;
}

/**
 * Drafts a notice and begins it, unless the company wants four eyes on it: then it waits as a draft.
 * @returns the notice; the first one again for a reference that was used before
 */
export async function publish(house: House, feeder: Feeder, one: Publication): Promise<NoticeRow> {
  const { tenantId } = one;
  const made = await inTenant(house, tenantId, (tx) => publishIn(tx, one, house.clock.now()));
  if (made.isBegun) await feeder.begin(tenantId, made.id);
  return inTenant(house, tenantId, (tx) => readNotice(tx, tenantId, made.id));
}

/** The same inside the caller's transaction; the feeder's timer then sends it. */
export async function publishIn(
  tx: NoticesTx,
  one: Publication,
  now: number,
): Promise<{ id: number; isBegun: boolean }> {
  const { tenantId } = one;
  const known = await tx
    .selectFrom("notices.notice")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("reference", "=", one.reference)
    .executeTakeFirst();
  if (known) return { id: known.id, isBegun: false };
  const id = await insertNotice(tx, tenantId, { ...one, createdBy: one.by, now });
  const { needsFourEyes } = await readSettings(tx, tenantId);
  if (one.isDraft || needsFourEyes) return { id, isBegun: false };
  const state = await beginIn(tx, tenantId, { noticeId: id, at: one.startAt, now });
  return { id, isBegun: state === "sending" };
}

/**
 * Parts of stories that a source brought, in the transaction that remembers them.
 * @returns ids of the notices that began
 */
export async function takeStories(
  tx: NoticesTx,
  parts: { tenantId: number; notices: readonly StoryNotice[]; now: number },
): Promise<number[]> {
  const begun: number[] = [];
  for (const one of parts.notices) {
    const { topicId, title, texts, link, values, expiresAt } = one;
    const input: NoticeInput = {
      topicId,
      title,
      texts: { de: texts.de ?? null, en: texts.en ?? null },
      link,
      values: Object.fromEntries(Object.entries(values).map(([key, list]) => [key, [...list]])),
      channelTexts: [],
      templates: { de: null, en: null },
      about: [],
      expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    };
    const { id, isBegun } = await publishIn(
      tx,
      {
        tenantId: parts.tenantId,
        input,
        by: one.reference.split(":").slice(0, 2).join(":"),
        reference: one.reference,
        story: one.story,
        phase: one.phase,
        startAt: null,
        // What is over already is nothing to send by itself.
        isDraft: !one.isAutomatic || (expiresAt !== null && expiresAt <= parts.now),
      },
      parts.now,
    );
    if (isBegun) begun.push(id);
  }
  return begun;
}

/**
 * Ends a topic: whoever subscribed is told once, then subscriptions and grants end (review.ts).
 * @returns how many subscribers there are
 * @throws AppError not_found
 */
export async function endTopic(
  house: House,
  feeder: Feeder,
  one: { tenantId: number; topicId: number; by: string },
): Promise<number> {
  const { tenantId, topicId } = one;
  const profile = await house.profile(tenantId);
  const made = await inTenant(house, tenantId, async (tx) => {
    const now = house.clock.now();
    const topic = await readTopic(tx, tenantId, topicId);
    await markDeleted(tx, tenantId, topicId, now);
    if (topic.subscribers === 0) return { told: 0, noticeId: 0 };
    const words = (language: "de" | "en", key: string) =>
      translate(catalogue, { language, form: profile.formOfAddress }, key, {
        company: profile.name,
        topic: titleOf(topic, language),
      });
    const noticeId = await insertNotice(tx, tenantId, {
      input: {
        topicId,
        title: words(profile.language, "farewellTitle"),
        values: {},
        texts: { de: words("de", "farewell"), en: words("en", "farewell") },
        channelTexts: [],
        link: null,
        templates: { de: null, en: null },
        about: [],
        expiresAt: null,
      },
      createdBy: one.by,
      phase: "farewell",
      now,
    });
    await beginIn(tx, tenantId, { noticeId, at: null, now });
    return { told: topic.subscribers, noticeId };
  });
  if (made.noticeId > 0) await feeder.begin(tenantId, made.noticeId);
  return made.told;
}
