import type { House } from "#kernel";
import type { Vetoes } from "../ports.ts";
import { roomAhead } from "../rules/limits.ts";
import { keyParameter } from "../rules/wish.ts";
import { aheadByChannel, waitingChannels } from "./claim.ts";
import { CHUNK, type Company, feedChunk } from "./feed.ts";
import { feedDigests } from "./feed-digests.ts";
import { match, supersede } from "./match.ts";
import { findNotices, type NoticeRow, readNotice, tellNotices } from "./notices.ts";
import { finish, reviewFailures, type Standing, standingOf } from "./review.ts";
import { calendarOf, readSettings } from "./settings.ts";
import { templatesFor } from "./templates.ts";
import { FEED, wakeBy } from "./timers.ts";
import { inTenant, type NoticesTx } from "./tx.ts";

/** Finds recipients and keeps the outbox a little ahead of the sender. Everything stands in the database between looks. */

/** Recipients who are found and queued before all others, so that the first message leaves at once. */
const FIRST = 80;
const NOTICES_AT_ONCE = 100;
/** The outbox is full: it is looked at again well before the sender has emptied it. */
const FULL_LOOK_MS = 400;
/** Only receipts are waited for. */
const END_LOOK_MS = 2_000;
/** A look that died is taken up again after this. */
const HEARTBEAT_MS = 10_000;
const REVIEW_EVERY_MS = 5_000;
const REVIEWED_MOST = 10_000;

export interface Feeder {
  /** One look at everything a company is sending. @returns when to look again, ms; null when nothing is under way */
  feed(tenantId: number): Promise<number | null>;
  /** The first recipients of a notice that has just begun; all others are found after it has returned. */
  begin(tenantId: number, noticeId: number): Promise<void>;
}

export function openFeeder(house: House, vetoes: Vetoes | null): Feeder {
  const means: Means = { house, vetoes, reviewed: new Map() };
  return {
    feed: (tenantId) => feed(means, tenantId),
    async begin(tenantId, noticeId) {
      await beginOne(means, tenantId, noticeId);
      // Whoever began it does not wait for the rest; if this process dies, the feeder's timer finds them.
      findRecipients(house, tenantId, { noticeId, limit: null }).catch((error: Error) =>
        house.log.warn(
          { tenant: tenantId, error: error.message },
          "notices: the feeder finds the recipients",
        ),
      );
    },
  };
}

interface Means {
  house: House;
  vetoes: Vetoes | null;
  /** Notice -> when its failures were looked at last. */
  reviewed: Map<number, number>;
}

async function companyOf({ house, vetoes }: Means, tx: NoticesTx, tenantId: number): Promise<Company> {
  return {
    house,
    tenantId,
    profile: await house.profile(tenantId),
    settings: await readSettings(tx, tenantId),
    templates: await templatesFor(tx, tenantId, "notice"),
    vetoes,
    now: house.clock.now(),
  };
}

async function beginOne(means: Means, tenantId: number, noticeId: number): Promise<void> {
  await findRecipients(means.house, tenantId, { noticeId, limit: FIRST });
  const notice = await inTenant(means.house, tenantId, (tx) => readNotice(tx, tenantId, noticeId));
  await feedNotices(means, tenantId, [notice]);
}

/** @returns whether an outbox was full before everything due was in it */
async function feedNotices(means: Means, tenantId: number, notices: readonly NoticeRow[]): Promise<boolean> {
  const { house } = means;
  const rooms = await inTenant(house, tenantId, (tx) => roomsOf(house, tx, { tenantId, notices }));
  let isFull = false;
  for (const notice of notices) {
    for (const [channelId, room] of rooms) {
      let left = room;
      while (left > 0) {
        const limit = Math.min(left, CHUNK);
        const done = await inTenant(house, tenantId, async (tx) =>
          feedChunk(tx, await companyOf(means, tx, tenantId), { notice, channelId, limit }),
        );
        left -= done;
        if (done < limit) break;
      }
      rooms.set(channelId, left);
      if (left <= 0) isFull = true;
    }
  }
  return isFull;
}

async function feed(means: Means, tenantId: number): Promise<number | null> {
  const { house } = means;
  const now = house.clock.now();
  await inTenant(house, tenantId, (tx) =>
    wakeBy(tx, tenantId, { kind: FEED, key: "feed", dueAt: now + HEARTBEAT_MS }),
  );
  const list = () =>
    inTenant(house, tenantId, (tx) =>
      findNotices(tx, tenantId, { state: "sending", limit: NOTICES_AT_ONCE }),
    );
  for (const notice of await list()) {
    if (notice.matched_at) continue;
    if (!(await inTenant(house, tenantId, (tx) => isBegun(tx, tenantId, notice.id))))
      await beginOne(means, tenantId, notice.id);
    await findRecipients(house, tenantId, { noticeId: notice.id, limit: null });
  }
  // Warnings of danger first, then what began first.
  const notices = (await list()).sort(
    (a, b) => Number(b.topic_urgent) - Number(a.topic_urgent) || a.id - b.id,
  );
  const isFull = await feedNotices(means, tenantId, notices);
  const digests = () =>
    inTenant(house, tenantId, async (tx) => feedDigests(tx, await companyOf(means, tx, tenantId), notices));
  while ((await digests()) === CHUNK);
  return closeNotices(means, tenantId, { notices, isFull });
}

/** Failures are looked for every few seconds, and always before the end: each look reads all that was queued. */
async function reviewedStanding(
  tx: NoticesTx,
  tenantId: number,
  one: { notice: NoticeRow; now: number; reviewed: Map<number, number> },
): Promise<Standing> {
  const { notice, now, reviewed } = one;
  const standing = await standingOf(tx, tenantId, notice.id);
  const isEnd = standing.waiting === 0 && !standing.under;
  if (!isEnd && now - (reviewed.get(notice.id) ?? 0) < REVIEW_EVERY_MS) return standing;
  if (reviewed.size > REVIEWED_MOST) reviewed.clear();
  reviewed.set(notice.id, now);
  const found = await reviewFailures(tx, tenantId, notice.id, now);
  return found > 0 ? standingOf(tx, tenantId, notice.id) : standing;
}

async function closeNotices(
  means: Means,
  tenantId: number,
  { notices, isFull }: { notices: readonly NoticeRow[]; isFull: boolean },
): Promise<number | null> {
  const { house } = means;
  const now = house.clock.now();
  let next: number | null = null;
  for (const notice of notices) {
    const at = await inTenant(house, tenantId, async (tx) => {
      const standing = await reviewedStanding(tx, tenantId, { notice, now, reviewed: means.reviewed });
      if (await finish(tx, tenantId, { notice, standing, now })) return null;
      await tellNotices(tx, tenantId, [notice.id], now);
      return nextLook(notice, standing, { isFull, now });
    });
    if (at !== null) next = Math.min(at, next ?? at);
  }
  return next;
}

function nextLook(
  notice: NoticeRow,
  standing: { waiting: number; nextAt: number | null; under: boolean },
  { isFull, now }: { isFull: boolean; now: number },
): number {
  const end = notice.expires_at?.getTime() ?? Number.POSITIVE_INFINITY;
  const turn = standing.nextAt === null ? now + END_LOOK_MS : Math.max(standing.nextAt, now + FULL_LOOK_MS);
  const look = isFull && standing.waiting > 0 ? now + FULL_LOOK_MS : turn;
  return Math.min(
    standing.under ? Math.min(look, now + END_LOOK_MS) : look,
    Math.max(end, now + FULL_LOOK_MS),
  );
}

/** How many each channel takes now. */
async function roomsOf(
  house: House,
  tx: NoticesTx,
  { tenantId, notices }: { tenantId: number; notices: readonly NoticeRow[] },
): Promise<Map<number, number>> {
  const channels = await waitingChannels(
    tx,
    tenantId,
    notices.map((notice) => notice.id),
  );
  const ahead = await aheadByChannel(tx, tenantId);
  return new Map(
    channels.map(({ id, kind, perSecond }) => {
      const rate = perSecond ?? house.limitsOf(kind)?.perAccountPerSecond ?? 1;
      return [id, roomAhead(rate, ahead.get(id) ?? 0)];
    }),
  );
}

/** Its first recipients stand there already, or somebody is finding them. */
async function isBegun(tx: NoticesTx, tenantId: number, noticeId: number): Promise<boolean> {
  const first = await tx
    .selectFrom("notices.delivery")
    .select("person_id")
    .where("tenant_id", "=", tenantId)
    .where("notice_id", "=", noticeId)
    .limit(1)
    .executeTakeFirst();
  return first !== undefined;
}

/** @param limit null = all of them; the notice is then matched */
async function findRecipients(
  house: House,
  tenantId: number,
  { noticeId, limit }: { noticeId: number; limit: number | null },
): Promise<void> {
  await inTenant(house, tenantId, async (tx) => {
    const now = house.clock.now();
    const notice = await readNotice(tx, tenantId, noticeId, true);
    if (notice.state !== "sending" || notice.matched_at) return;
    const { story } = notice;
    if (story && notice.phase !== "alert") await supersede(tx, tenantId, { noticeId, story });
    await match(tx, {
      tenantId,
      noticeId,
      topic: {
        id: notice.topic_id,
        slug: notice.topic_slug,
        kind: notice.topic_kind,
        isUrgent: notice.topic_urgent,
      },
      keyParameter: keyParameter({ parameters: notice.topic_parameters })?.key,
      values: notice.body.values,
      story: story ? { id: story, onlyHearers: notice.phase === "all_clear" } : null,
      calendar: await calendarOf(house, tenantId, await readSettings(tx, tenantId)),
      now,
      expiresAt: notice.expires_at?.getTime() ?? now,
      limit,
    });
    if (limit !== null) return;
    await tx
      .updateTable("notices.notice")
      .set({ matched_at: new Date(now) })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", noticeId)
      .execute();
  });
}
