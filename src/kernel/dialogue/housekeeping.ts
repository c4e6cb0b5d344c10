import { followWords } from "../desk/search-words.ts";
import type { Kernel } from "../kernel.ts";
import { partitionWidthMs, rotateInbox } from "./inbox.ts";
import { offerSideReplies } from "./side-again.ts";

/** What is removed when its time is over: raw webhooks by partition, dedupe keys, events of the live feed, settled parked bodies. */

const DAY_MS = 86_400_000;
/** Providers retry for 7 days. */
export const SEEN_KEEP_DAYS = 8;
/** A desk that was away longer loads its views anew. */
export const EVENT_KEEP_DAYS = 30;
/** A parked body is raw: once a person has dealt with it, nobody needs it for long. */
export const SETTLED_KEEP_DAYS = 30;
/** As long as somebody may contest it: three years (BGB section 195). */
export const DECISION_KEEP_DAYS = 1_095;
const DELETE_ROWS = 20_000;
const EXPIRY_EVERY_MS = 600_000;

export interface Housekeeping {
  stop(): void;
}

/** @param expire removes what other rooms hold past its time */
export async function startHousekeeping(
  kernel: Kernel,
  expire: () => Promise<unknown> = async () => {},
): Promise<Housekeeping> {
  const { inboxKeepMinutes } = kernel.config;
  await rotateInbox(kernel.db.node, inboxKeepMinutes, kernel.clock.now());
  const quietly = (work: () => Promise<unknown>) => () =>
    void work().catch((error: Error) =>
      kernel.log.warn({ error: error.message }, "housekeeping: tried again later"),
    );
  const rotation = setInterval(
    quietly(() => rotateInbox(kernel.db.node, inboxKeepMinutes, kernel.clock.now())),
    Math.min(partitionWidthMs(inboxKeepMinutes) / 2, 3_600_000),
  );
  const expiry = setInterval(
    quietly(async () => {
      await removeExpired(kernel);
      await offerSideReplies(kernel);
    }),
    EXPIRY_EVERY_MS,
  );
  const daily = setInterval(quietly(expire), DAY_MS);
  // A node that is started every morning must clean up, too; not while it is starting.
  const first = setTimeout(quietly(expire), EXPIRY_EVERY_MS);
  const words = followWords(kernel);
  return {
    stop() {
      words.stop();
      clearInterval(daily);
      clearTimeout(first);
      clearInterval(rotation);
      clearInterval(expiry);
    },
  };
}

/** Small bites, so that no long transaction holds back vacuum. @returns rows removed */
export async function removeExpired(kernel: Kernel): Promise<number> {
  const now = kernel.clock.now();
  let removed = 0;
  for (const [text, days] of [
    [
      "delete from kernel.seen where ctid = any(array(select ctid from kernel.seen where seen_at < $1 limit $2))",
      SEEN_KEEP_DAYS,
    ],
    [
      "delete from kernel.event where ctid = any(array(select ctid from kernel.event where at < $1 limit $2))",
      EVENT_KEEP_DAYS,
    ],
    [
      "delete from kernel.parked where ctid = any(array(select ctid from kernel.parked where settled_at < $1 limit $2))",
      SETTLED_KEEP_DAYS,
    ],
    [
      "delete from kernel.consent_proof where ctid = any(array(select ctid from kernel.consent_proof where keep_until < $1 limit $2))",
      0,
    ],
    [
      "delete from kernel.side_mail where ctid = any(array(select ctid from kernel.side_mail where forget_at < $1 limit $2))",
      0,
    ],
    [
      "delete from kernel.decision where ctid = any(array(select ctid from kernel.decision where made_at < $1 limit $2))",
      DECISION_KEEP_DAYS,
    ],
  ] as const) {
    for (;;) {
      const { rowCount } = await kernel.db.node.query(text, [new Date(now - days * DAY_MS), DELETE_ROWS]);
      removed += rowCount ?? 0;
      if ((rowCount ?? 0) < DELETE_ROWS) break;
    }
  }
  return removed;
}
