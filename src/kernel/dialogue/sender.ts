import type { Lease } from "../db/lease.ts";
import { LeaseLost } from "../db/lease.ts";
import type { Kernel } from "../kernel.ts";
import { markHealth } from "../tenants/channel-health.ts";
import type { RegisteredAccount } from "../tenants/registry.ts";
import { type Delivered, deliver } from "./deliver.ts";
import { heldConversations, recoverDoubtful, reviewDoubtful } from "./doubt.ts";
import { answerSeconds, outboxBacklog, sends } from "./figures.ts";
import { type MessageLinks, openMessageLinks } from "./message-links.ts";
import {
  type ChannelQuota,
  type Claimed,
  channelsWithQueue,
  claimOutbox,
  isNotice,
  type Result,
  storeResults,
} from "./outbox.ts";
import { concurrencyOf, Pace, rateOf } from "./pace.ts";
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
const SCAN_MS = 1_000;
const TICK_MS = 10;
/** Sends under way in the whole process. */
const IN_FLIGHT_MAX = 256;
const CLAIM_PER_CHANNEL = 64;
/** What a number may have at first: many numbers at once get a little each, so that one claim serves them all. */
const FIRST_TURN = 4;

/** What is under way has this long to end; what then has no result is in doubt. */
const STOP_MS = 4_000;

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

interface AccountState {
  pace: Pace;
  perSecond: number;
  /** Claimed and not sent yet. */
  claimed: number;
  inFlight: number;
  pausedUntil: number;
}

class SendingProcess implements Sender {
  private readonly kernel: Kernel;
  private readonly options: SenderOptions;
  private readonly links: MessageLinks;
  private readonly base: string;
  /** Numbers with something to send, in the order of their turns -> how much each may have next. */
  private readonly hot = new Map<number, number>();
  private readonly accounts = new Map<number, AccountState>();
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

  constructor(kernel: Kernel, options: SenderOptions, links: MessageLinks) {
    this.kernel = kernel;
    this.options = options;
    this.links = links;
    const { publicUrl, host, port } = kernel.config;
    this.base = (publicUrl || `http://${host}:${port}`).replace(/\/$/, "");
  }

  async recover(): Promise<void> {
    const adapters = [...this.kernel.adapters.values()];
    const now = this.kernel.clock.now();
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
    if (channelIds) for (const id of channelIds) this.heat(id);
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
    this.ticking ??= this.claimAndSend()
      .catch((error: Error) => {
        this.kernel.log.warn({ error: error.message }, "sender: claim failed, tried again");
        return 0;
      })
      .finally(() => {
        this.ticking = null;
        this.plan(this.hot.size > 0 ? TICK_MS : SCAN_MS);
      });
    return this.ticking;
  }

  private async claimAndSend(): Promise<number> {
    const now = this.kernel.clock.now();
    if (performance.now() - this.lastScan > SCAN_MS || this.lastScan === 0) {
      this.lastScan = performance.now();
      await this.review(now);
      for (const id of await channelsWithQueue(this.kernel.db.node)) this.heat(id);
      outboxBacklog.set(this.hot.size);
    }
    const quotas = this.quotas(now);
    if (quotas.length === 0) return 0;
    for (const [conversation, until] of this.busy) if (until <= now) this.busy.delete(conversation);
    const rows = await claimOutbox(this.kernel.db.node, {
      lease: this.options.lease,
      quotas,
      busyConversations: [...this.busy.keys(), ...this.doubtful],
      now,
    });
    for (const given of quotas) this.cool(given, rows);
    this.send(rows, now);
    return rows.length;
  }

  private cool({ channelId, quota, notices }: ChannelQuota, rows: readonly Claimed[]): void {
    const got = rows.filter((row) => row.channelId === channelId);
    // It had all it might have: there is more, so its next turn is larger.
    if (got.length >= quota) this.hot.set(channelId, Math.min(2 * quota, CLAIM_PER_CHANNEL));
    // Notices that keep their pace wait for it here, and not for the next scan.
    else if (got.filter(isNotice).length < notices) this.hot.delete(channelId);
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

  private quotas(now: number): ChannelQuota[] {
    const quotas: ChannelQuota[] = [];
    let room = IN_FLIGHT_MAX - this.inFlight;
    for (const [channelId, turn] of this.hot) {
      if (room <= 0) break;
      const account = this.kernel.registry.account(channelId);
      const adapter = account && this.kernel.adapters.get(account.kind);
      if (!account || !adapter) {
        this.hot.delete(channelId);
        continue;
      }
      const state = this.stateOf(channelId, account, now);
      if (state.pausedUntil > now) {
        // The next scan finds it again: nobody looks at it a hundred times a second until then.
        this.hot.delete(channelId);
        continue;
      }
      const free = state.pace.room(now);
      const quota = Math.min(
        free.all - state.claimed,
        concurrencyOf(adapter.limits, state.perSecond) - state.inFlight,
        turn,
        room,
      );
      if (quota <= 0) continue;
      room -= quota;
      quotas.push({ channelId, quota, notices: Math.min(quota, Math.max(0, free.notices - state.claimed)) });
    }
    // Who had a turn stands at the end of the line: a flood of some takes nobody's place.
    for (const { channelId } of quotas) {
      const turn = this.hot.get(channelId) ?? FIRST_TURN;
      this.hot.delete(channelId);
      this.hot.set(channelId, turn);
    }
    return quotas;
  }

  private heat(channelId: number): void {
    if (!this.hot.has(channelId)) this.hot.set(channelId, FIRST_TURN);
  }

  private stateOf(channelId: number, account: RegisteredAccount, now: number): AccountState {
    const perSecond = rateOf(account, this.kernel.limitsOf(account.kind)?.perAccountPerSecond ?? 1);
    let state = this.accounts.get(channelId);
    if (!state) {
      state = { pace: new Pace(perSecond, now), perSecond, claimed: 0, inFlight: 0, pausedUntil: 0 };
      this.accounts.set(channelId, state);
    } else if (state.perSecond !== perSecond) {
      state.pace = new Pace(perSecond, now);
      state.perSecond = perSecond;
    }
    return state;
  }

  /** Rows of one conversation go one after the other; conversations side by side. */
  private send(rows: readonly Claimed[], now: number): void {
    const byConversation = new Map<number, Claimed[]>();
    for (const row of rows)
      byConversation.set(row.conversationId, [...(byConversation.get(row.conversationId) ?? []), row]);
    for (const [conversationId, chain] of byConversation) {
      this.busy.set(conversationId, Number.POSITIVE_INFINITY);
      this.inFlight += chain.length;
      for (const row of chain) this.count(row, 1);
      void this.sendChain(chain, now);
    }
  }

  /** Claimed rows hold their place in the number's pace until they leave. */
  private count(row: Claimed, by: 1 | -1): void {
    const state = this.accounts.get(row.channelId);
    if (state) state.claimed += by;
  }

  private async sendChain(chain: readonly Claimed[], now: number): Promise<void> {
    let heldUntil = 0;
    for (const row of chain) {
      this.count(row, -1);
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
    const from = this.pairs.admit(`${row.channelId} ${row.to}`, limits, now);
    if (from > 0) {
      this.finish(row, { kind: "again", dueAt: from, keepAttempts: true });
      return from;
    }
    const state = this.stateOf(row.channelId, account, now);
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
  private learn(row: Claimed, state: AccountState, { result }: Delivered): void {
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
    this.flushTimer ??= setTimeout(() => {
      this.flushTimer = null;
      void this.flush();
    }, FLUSH_MS);
  }

  private flush(): Promise<void> {
    this.flushing ??= this.storeWaiting().finally(() => {
      this.flushing = null;
      if (this.results.length > 0 && !this.flushTimer)
        this.flushTimer = setTimeout(() => {
          this.flushTimer = null;
          void this.flush();
        }, FLUSH_MS);
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
