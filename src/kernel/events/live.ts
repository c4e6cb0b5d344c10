import type { Kernel } from "../kernel.ts";
import { frame } from "./live-client.ts";
import { type Expanded, expand, type Wanted } from "./live-expand.ts";
import { Feed, type Reader } from "./live-feed.ts";
import {
  conversationsOfVisitors,
  type EventRow,
  eventsBetween,
  keptEvents,
  newEvents,
  ROUND_EVENTS,
} from "./live-store.ts";
import { followTyping } from "./live-typing.ts";

/**
 * The live feed of one process: one follower reads the events of all tenants that somebody listens to, expands each
 * once, and writes the same bytes to all who follow. A notification only wakes it; polling is the truth.
 */
export interface Live {
  /**
   * Lets a reader in: what happened since `lastEventId` first, then what happens, without a gap between.
   * @param lastEventId null begins now
   */
  follow(reader: Reader, lastEventId: number | null): Promise<void>;
  /** A reader has gone. */
  leave(reader: Reader): void;
  /** Ends every stream and stops. */
  close(): Promise<void>;
}

/** Pause between two rounds: what comes in between goes out in one write. */
const GAP_MS = 60;
const POLL_MS = 1_000;
/** Comments keep proxies from closing a silent stream. */
const HEARTBEAT_MS = 20_000;
/** A stream at the desk ends after this time and comes back, so that its right to listen is checked again. */
export const DESK_STREAM_MS = 600_000;
/** Who missed more loads the views anew, which is cheaper for both. */
export const BEHIND_MAX = 5_000;
/** Readers that catch up at the same time; each needs the database. */
const CATCHING_UP_MAX = 4;
/** Tries of one batch before its readers are told to load anew. */
const FAILURES_MAX = 5;

const RESET = { type: "reset" } as const;

export function openLive(kernel: Kernel): Live {
  return new LiveFollower(kernel);
}

class LiveFollower implements Live {
  private readonly kernel: Kernel;
  private readonly feeds = new Map<number, Feed>();
  private readonly opening = new Map<number, Promise<Feed>>();
  private readonly timers: NodeJS.Timeout[];
  private planned: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private lastRound = 0;
  private catchingUp = 0;
  private readonly queue: (() => void)[] = [];
  private stopped = false;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    kernel.wire.on("event", () => this.wake());
    followTyping(kernel, (tenantId) => this.feeds.get(tenantId));
    this.timers = [setInterval(() => this.wake(), POLL_MS), setInterval(() => this.beat(), HEARTBEAT_MS)];
    for (const timer of this.timers) timer.unref();
  }

  async follow(reader: Reader, lastEventId: number | null): Promise<void> {
    const opened = await this.feedOf(reader.tenantId);
    if (!reader.client.isOpen) return;
    // The last other reader may have left meanwhile, and the feed with it.
    const feed = this.feeds.get(reader.tenantId) ?? opened;
    this.feeds.set(feed.tenantId, feed);
    feed.readers.add(reader);
    reader.cursor = lastEventId ?? feed.cursor;
    if (lastEventId !== null && (await this.isLost(reader, lastEventId))) {
      reader.cursor = feed.cursor;
      reader.client.write(Buffer.from(frame(RESET, feed.cursor)));
    } else if (lastEventId === null) {
      // A place to resume from, before anything happens.
      reader.client.write(Buffer.from(`id: ${feed.cursor}\n\n`));
    }
    if (reader.visitor && reader.visitor.conversationId === null) {
      feed.waiting.add(reader);
      return this.resolveWaiting(feed);
    }
    return this.catchUp(feed, reader);
  }

  leave(reader: Reader): void {
    const feed = this.feeds.get(reader.tenantId);
    if (!feed) return;
    feed.remove(reader);
    if (feed.readers.size === 0) this.feeds.delete(feed.tenantId);
  }

  async close(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearInterval(timer);
    if (this.planned) clearTimeout(this.planned);
    for (const feed of this.feeds.values()) for (const reader of feed.readers) reader.client.end();
    await this.running;
  }

  private async feedOf(tenantId: number): Promise<Feed> {
    const known = this.feeds.get(tenantId);
    if (known) return known;
    const opening =
      this.opening.get(tenantId) ??
      keptEvents(this.kernel.db.node, tenantId)
        .then(({ last }) => new Feed(tenantId, last))
        .finally(() => this.opening.delete(tenantId));
    this.opening.set(tenantId, opening);
    return opening;
  }

  /** Is the place no longer one that we can continue from? A place ahead of us is from another database's life. */
  private async isLost(reader: Reader, lastEventId: number): Promise<boolean> {
    const { last, first } = await keptEvents(this.kernel.db.node, reader.tenantId);
    if (lastEventId > last || last - lastEventId > BEHIND_MAX) return true;
    return lastEventId < last && (first === null || lastEventId < first - 1);
  }

  /** Reads what the reader missed. The last look and the joining are one step, so nothing falls between them. */
  private async catchUp(feed: Feed, reader: Reader): Promise<void> {
    await this.turn();
    try {
      while (reader.client.isOpen && !this.stopped) {
        if (reader.cursor === feed.cursor) return feed.join(reader);
        if (reader.cursor > feed.cursor) await this.readUpTo(feed, reader.cursor);
        else await this.sendMissed(feed, reader);
      }
    } catch (error) {
      this.kernel.log.warn({ error: (error as Error).message }, "live: a reader could not catch up");
      reader.client.end();
    } finally {
      this.catchingUp -= 1;
      this.queue.shift()?.();
    }
  }

  /** The reader got its place from the database just now; we are one round behind. */
  private async readUpTo(feed: Feed, cursor: number): Promise<void> {
    await this.round();
    if (feed.cursor < cursor) await new Promise((resolve) => setTimeout(resolve, GAP_MS));
  }

  private async turn(): Promise<void> {
    if (this.catchingUp >= CATCHING_UP_MAX) await new Promise<void>((resolve) => this.queue.push(resolve));
    this.catchingUp += 1;
  }

  private async sendMissed(feed: Feed, reader: Reader): Promise<void> {
    const place = { tenantId: feed.tenantId, from: reader.cursor, to: feed.cursor };
    const rows = await eventsBetween(this.kernel.db.node, place);
    if (rows.length > 0) {
      const wanted: Wanted = {
        desk: reader.visitor === null,
        conversations: new Set(reader.visitor ? [reader.visitor.conversationId ?? 0] : []),
      };
      reader.write(await expand(this.kernel, feed.tenantId, rows, wanted));
      await reader.client.drained();
    }
    reader.cursor = rows.length < ROUND_EVENTS ? place.to : (rows.at(-1) as EventRow).seq;
  }

  private wake(): void {
    if (this.planned || this.stopped || this.feeds.size === 0) return;
    const wait = Math.max(0, this.lastRound + GAP_MS - performance.now());
    this.planned = setTimeout(() => {
      this.planned = null;
      void this.round();
    }, wait);
  }

  private round(): Promise<void> {
    this.running ??= this.readNew()
      .catch((error: Error) => this.kernel.log.debug({ error: error.message }, "live: read again"))
      .finally(() => {
        this.lastRound = performance.now();
        this.running = null;
      });
    return this.running;
  }

  private async readNew(): Promise<void> {
    const cursors = [...this.feeds.values()].map(({ tenantId, cursor }) => ({ tenantId, cursor }));
    if (cursors.length === 0 || this.stopped) return;
    const rows = await newEvents(this.kernel.db.node, cursors);
    const byTenant = Map.groupBy(rows, (row) => row.tenant_id);
    // Some tenants side by side: the rest of the process needs connections too.
    const waiting = [...byTenant];
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await this.publish(next[0], next[1]);
    };
    await Promise.all([worker(), worker(), worker()]);
    if ([...byTenant.values()].some((some) => some.length === ROUND_EVENTS)) this.wake();
  }

  private async publish(tenantId: number, rows: readonly EventRow[]): Promise<void> {
    const feed = this.feeds.get(tenantId);
    if (!feed) return;
    const lastSeq = (rows.at(-1) as EventRow).seq;
    try {
      const batch: Expanded = await expand(this.kernel, tenantId, rows, feed.wanted());
      for (const reader of feed.publish(batch)) void this.catchUp(feed, reader);
    } catch (error) {
      feed.failures += 1;
      this.kernel.log.warn(
        { tenant: tenantId, error: (error as Error).message },
        "live: events not sent yet",
      );
      if (feed.failures < FAILURES_MAX) return;
      feed.publishAll(Buffer.from(frame(RESET, lastSeq)), lastSeq);
    }
    if (rows.some((row) => row.type === "staff.changed")) feed.endDesks();
    if (feed.waiting.size > 0) void this.resolveWaiting(feed);
  }

  /** Visitors that spoke for the first time have a conversation as soon as the pump made it. */
  private async resolveWaiting(feed: Feed): Promise<void> {
    const readers = [...feed.waiting];
    const asked = readers.flatMap((reader) => (reader.visitor ? [reader.visitor] : []));
    try {
      const found = await conversationsOfVisitors(
        this.kernel.db.node,
        feed.tenantId,
        asked.map(({ hash, channelId }) => ({ visitor: hash, channelId })),
      );
      for (const reader of readers) {
        const row = found.find(
          (one) => one.visitor === reader.visitor?.hash && one.channel_id === reader.visitor.channelId,
        );
        // Two of these queries may run at once; the first takes the reader out of the waiting.
        if (!row || !reader.visitor || !feed.waiting.delete(reader)) continue;
        reader.visitor.conversationId = row.id;
        void this.catchUp(feed, reader);
      }
    } catch (error) {
      this.kernel.log.debug({ error: (error as Error).message }, "live: visitors looked up again later");
    }
  }

  private beat(): void {
    const now = performance.now();
    for (const feed of this.feeds.values()) {
      for (const reader of [...feed.readers]) {
        if (reader.visitor === null && now - reader.client.openedAt > DESK_STREAM_MS) reader.client.end();
        else reader.client.beat();
      }
      if (feed.waiting.size > 0) void this.resolveWaiting(feed);
    }
  }
}
