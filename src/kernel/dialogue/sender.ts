import { HELD, heldSince, isHeld } from "../backup/hold.ts";
import type { Lease } from "../db/lease.ts";
import { LeaseLost } from "../db/lease.ts";
import type { Kernel } from "../kernel.ts";
import { markHealth } from "../tenants/channel-health.ts";
import { type Delivered, deliver } from "./deliver.ts";
import { heldConversations, recoverDoubtful, reviewDoubtful } from "./doubt.ts";
import { answerSeconds, outboxBacklog, sends } from "./figures.ts";
import { type MessageLinks, openMessageLinks } from "./message-links.ts";
import { type NumberState, SendingNumbers } from "./numbers.ts";
import {
  type Claimed,
  channelsWithQueue,
  claimOutbox,
  isNotice,
  type Result,
  storeResults,
} from "./outbox.ts";
import { Pairs } from "./pairs.ts";

/** Owns the sending numbers: claims at each number's pace, calls providers outside any transaction, stores results in groups. */
export interface Sender {
  wake(channelIds?: ReadonlySet<number>): void;
  /** Sends until nothing is due; for tests and shutdown. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export interface SenderOptions {
  lease: Lease;
  onLost(): void;
  readFile: (tenantId: number, fileId: string) => Promise<{ bytes: Buffer; mime: string; name: string }>;
}

const FLUSH_MS = 15;
/** A claim, and the storing of results, rest as long as they took, as the pump does: fewer and larger ones cost less. */
const REST_MAX_MS = 40;
const SCAN_MS = 1_000;
const TICK_MS = 10;
/** Sends under way in the whole process. */
const IN_FLIGHT_MAX = 256;

/** What is under way has this long to end; what then has no result is in doubt. */
const STOP_MS = 4_000;

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

class SendingProcess implements Sender {
  private readonly kernel: Kernel;
  private readonly options: SenderOptions;
  private readonly links: MessageLinks;
  private readonly base: string;
  private readonly numbers: SendingNumbers;
  private readonly pairs = new Pairs();
  private readonly busy = new Map<number, number>();
  /** Conversations with a send in doubt. */
  private doubtful = new Set<number>();
  private results: Result[] = [];
  private inFlight = 0;
  private flushing: Promise<void> | null = null;
  private flushTimer: NodeJS.Timeout | null = null;
  private tickTimer: NodeJS.Timeout | null = null;
  private ticking: Promise<number> | null = null;
  private stopped = false;
  private lastScan = 0;
  /** ms of a restore: what has its reason in the time before waits for a person. */
  private heldSince: number | null = null;

  constructor(kernel: Kernel, options: SenderOptions, links: MessageLinks) {
    this.kernel = kernel;
    this.options = options;
    this.links = links;
    this.numbers = new SendingNumbers(kernel);
    const { publicUrl, host, port } = kernel.config;
    this.base = (publicUrl || `http://${host}:${port}`).replace(/\/$/, "");
  }

  async recover(): Promise<void> {
    const adapters = [...this.kernel.adapters.values()];
    const now = this.kernel.clock.now();
    this.heldSince = await heldSince(this.kernel.db.node);
    const client = await this.kernel.db.node.connect();
    let failed = true;
    try {
      await client.query("begin");
      const done = await recoverDoubtful(client, {
        lease: this.options.lease,
        now,
        waitMs: this.kernel.config.doubtfulWaitSeconds * 1000,
        awaiting: adapters.filter((a) => a.limits.hasReceipts).map((a) => a.kind),
        harmless: adapters.filter((a) => a.limits.resendIsHarmless).map((a) => a.kind),
      });
      await client.query("commit");
      for (const [conversation, until] of await heldConversations(client, now))
        this.busy.set(conversation, until);
      if (Object.values(done).some((count) => count > 0))
        this.kernel.log.warn(done, "sender: sends in doubt after a crash");
      failed = false;
    } finally {
      // A connection inside a failed transaction is of no use to whoever gets it next.
      client.release(failed);
    }
    this.doubtful = await reviewDoubtful(this.kernel.db.node, this.options.lease, now);
    this.plan(0);
  }

  wake(channelIds?: ReadonlySet<number>): void {
    if (channelIds) for (const id of channelIds) this.numbers.heat(id);
    else this.lastScan = 0;
    this.plan(0);
  }

  private plan(delay: number): void {
    if (this.stopped) return;
    if (this.tickTimer) {
      if (delay > 0) return;
      clearTimeout(this.tickTimer);
    }
    this.tickTimer = setTimeout(() => {
      this.tickTimer = null;
      void this.tick();
    }, delay);
  }

  private tick(): Promise<number> {
    const begun = performance.now();
    this.ticking ??= this.claimAndSend()
      .catch((error: Error) => {
        this.kernel.log.warn({ error: error.message }, "sender: claim failed, tried again");
        return 0;
      })
      .finally(() => {
        this.ticking = null;
        const rest = Math.min(REST_MAX_MS, performance.now() - begun);
        this.plan(this.numbers.waiting > 0 ? Math.max(TICK_MS, rest) : SCAN_MS);
      });
    return this.ticking;
  }

  private async claimAndSend(): Promise<number> {
    const now = this.kernel.clock.now();
    if (performance.now() - this.lastScan > SCAN_MS || this.lastScan === 0) {
      this.lastScan = performance.now();
      await this.review(now);
      if (this.heldSince !== null) this.heldSince = await heldSince(this.kernel.db.node);
      for (const id of await channelsWithQueue(this.kernel.db.node)) this.numbers.heat(id);
      outboxBacklog.set(this.numbers.waiting);
    }
    const room = IN_FLIGHT_MAX - this.inFlight;
    const quotas = this.numbers.quotas(room, now);
    if (quotas.length === 0) return 0;
    for (const [conversation, until] of this.busy) if (until <= now) this.busy.delete(conversation);
    const rows = await claimOutbox(this.kernel.db.node, {
      lease: this.options.lease,
      quotas,
      limit: room,
      busyConversations: [...this.busy.keys(), ...this.doubtful],
      now,
    });
    this.numbers.cool(quotas, { rows, room });
    this.send(rows, now);
    return rows.length;
  }

  /** What is in doubt must stand in the database before it is looked for there. */
  private async review(now: number): Promise<void> {
    if (this.doubtful.size === 0) return;
    await this.flush();
    if (this.results.some((result) => result.fate.kind === "doubtful")) return;
    const known = new Set(this.doubtful);
    const still = await reviewDoubtful(this.kernel.db.node, this.options.lease, now);
    for (const conversation of this.doubtful) if (!known.has(conversation)) still.add(conversation);
    this.doubtful = still;
  }

  /** Rows of one conversation go one after the other; conversations side by side. */
  private send(rows: readonly Claimed[], now: number): void {
    const byConversation = new Map<number, Claimed[]>();
    for (const row of rows)
      byConversation.set(row.conversationId, [...(byConversation.get(row.conversationId) ?? []), row]);
    for (const [conversationId, chain] of byConversation) {
      this.busy.set(conversationId, Number.POSITIVE_INFINITY);
      this.inFlight += chain.length;
      for (const row of chain) this.numbers.claimed(row, 1);
      void this.sendChain(chain, now);
    }
  }

  private async sendChain(chain: readonly Claimed[], now: number): Promise<void> {
    let heldUntil = 0;
    for (const row of chain) {
      this.numbers.claimed(row, -1);
      if (heldUntil > 0) this.finish(row, { kind: "again", dueAt: heldUntil, keepAttempts: true });
      else heldUntil = await this.sendOne(row, now);
      this.inFlight -= 1;
    }
    const conversationId = (chain[0] as Claimed).conversationId;
    if (this.doubtful.has(conversationId)) this.busy.delete(conversationId);
    else if (heldUntil > 0) this.busy.set(conversationId, heldUntil);
    else this.busy.delete(conversationId);
  }

  /** @returns 0, or the moment until which the conversation's later messages wait */
  private async sendOne(row: Claimed, now: number): Promise<number> {
    const account = this.kernel.registry.account(row.channelId);
    const adapter = account && this.kernel.adapters.get(account.kind);
    if (!account || !adapter) {
      this.finish(row, { kind: "failed", error: { code: 0, title: "channel_off" }, stops: false });
      return 0;
    }
    const { limits } = adapter;
    if (isHeld(row, this.heldSince) && !limits.resendIsHarmless) {
      this.finish(row, { kind: "uncertain", error: HELD });
      return 0;
    }
    const from = this.pairs.admit(`${row.channelId} ${row.to}`, limits, now);
    if (from > 0) {
      this.finish(row, { kind: "again", dueAt: from, keepAttempts: true });
      return from;
    }
    const state = this.numbers.stateOf(row.channelId, account, now);
    const sentAt = this.kernel.clock.now();
    const place = state.pace.take(sentAt, isNotice(row));
    state.inFlight += 1;
    const delivered = await deliver(row, {
      adapter,
      account,
      now: sentAt,
      doubtfulWaitMs: this.kernel.config.doubtfulWaitSeconds * 1000,
      readFile: this.options.readFile,
      links: this.links,
      base: this.base,
    });
    state.inFlight -= 1;
    state.pace.answered(place, sentAt, this.kernel.clock.now());
    this.learn(row, state, delivered);
    this.finish(row, delivered.fate);
    if (delivered.fate.kind === "doubtful") {
      this.doubtful.add(row.conversationId);
      return this.kernel.clock.now();
    }
    return delivered.fate.kind === "again" ? delivered.fate.dueAt : 0;
  }

  /** Pauses and health lights follow from real answers. */
  private learn(row: Claimed, state: NumberState, { result }: Delivered): void {
    if (!result) return;
    sends.inc({ outcome: result.outcome });
    const now = this.kernel.clock.now();
    if (result.outcome === "accepted" && row.basis.kind === "customer_message")
      answerSeconds.observe(Math.max(0, now - row.basis.at) / 1000);
    if (result.outcome === "retry" && result.scope === "account") state.pausedUntil = now + result.afterMs;
    markHealth(this.kernel, row, result);
  }

  private finish(row: Claimed, fate: Result["fate"]): void {
    this.results.push({ row, fate });
    this.flushIn(FLUSH_MS);
  }

  private flushIn(delay: number): void {
    this.flushTimer ??= setTimeout(() => {
      this.flushTimer = null;
      void this.flush();
    }, delay);
  }

  private flush(): Promise<void> {
    const begun = performance.now();
    this.flushing ??= this.storeWaiting().finally(() => {
      this.flushing = null;
      const rest = Math.min(REST_MAX_MS, performance.now() - begun);
      if (this.results.length > 0) this.flushIn(Math.max(FLUSH_MS, rest));
    });
    return this.flushing;
  }

  /** A result is kept in memory until it stands in the database: losing it would double a send. */
  private async storeWaiting(): Promise<void> {
    const batch = this.results;
    this.results = [];
    try {
      const client = await this.kernel.db.node.connect();
      let failed = true;
      try {
        await client.query("begin");
        await storeResults(client, batch, { epoch: this.options.lease.epoch, now: this.kernel.clock.now() });
        await client.query("commit");
        failed = false;
      } finally {
        client.release(failed);
      }
      this.kernel.wire.notify("event");
    } catch (error) {
      if (error instanceof LeaseLost) return this.options.onLost();
      this.kernel.log.warn(
        { error: (error as Error).message, results: batch.length },
        "sender: results wait for the database",
      );
      this.results = [...batch, ...this.results];
      await pause(200);
    }
  }

  async settle(): Promise<void> {
    await this.ticking;
    for (let sent = 1; sent > 0; ) {
      this.lastScan = 0;
      sent = await this.tick();
      while (this.inFlight > 0 || this.results.length > 0 || this.flushing) {
        await this.flush();
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.tickTimer) clearTimeout(this.tickTimer);
    await this.ticking;
    const until = performance.now() + STOP_MS;
    while (performance.now() < until && (this.inFlight > 0 || this.results.length > 0 || this.flushing)) {
      await Promise.race([this.flush(), pause(until - performance.now())]);
      await pause(10);
    }
  }
}

/** Takes over doubtful rows of a dead sender, then begins. */
export async function startSender(kernel: Kernel, options: SenderOptions): Promise<Sender> {
  const sender = new SendingProcess(kernel, options, await openMessageLinks(kernel));
  await sender.recover();
  return sender;
}
