import type pg from "pg";
import { checkLease, type Lease, LeaseLost } from "../db/lease.ts";
import type { Kernel } from "../kernel.ts";
import { duplicatesIn, homelessIn, messagesIn, parkedRows, receiptsIn } from "./figures.ts";
import { claimInbox, type InboxItem, type Lane } from "./inbox.ts";
import { type Processed, processBatch } from "./process.ts";
import { setAside } from "./set-aside.ts";
import type { SpeakingFlow } from "./turn.ts";

/** The pump: takes batches of the inbox through the house, one transaction each, until it is told to stop. */
export interface Pump {
  /** There may be something in the inbox. */
  wake(): void;
  /** Runs until the inbox is empty; for tests and shutdown. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export interface PumpOptions {
  flows: readonly SpeakingFlow[];
  lease: Lease;
  /** Told after each commit which channels have something to send. */
  onQueued(channelIds: ReadonlySet<number>): void;
  /** Lease lost: the process must take it anew. */
  onLost(): void;
  /** Milliseconds between polls when nobody wakes us. */
  pollMs?: number;
}

const BATCH_ROWS = 1024;
/** Distance between the starts of two batches: fewer, larger batches cost half the CPU at middle rates. */
const PACE_MS = 20;
/**
 * After a batch the pump rests as long as it took: the next one is larger, so each row costs less, and the door has its
 * turn. Measured at 4,200 webhooks/s: a tenth less CPU, and acknowledged in half the time.
 */
const REST_MAX_MS = 100;
const POLL_MS = 500;
const ERROR_PAUSE_MS = 500;

/**
 * The companies are divided between pumps that run side by side: while one waits for the disk the other works, and a
 * company is always in the same one, so that order holds. With one pump the batch after batch was the limit (1,040
 * messages/s end to end: p99 8 s instead of 2), with more the batches get small and cost more each.
 */
const LANES = 2;

export function startPump(kernel: Kernel, options: PumpOptions): Pump {
  const pumps = Array.from({ length: LANES }, (_, lane) =>
    startLane(kernel, options, { lane, lanes: LANES }),
  );
  return {
    wake() {
      for (const pump of pumps) pump.wake();
    },
    async settle() {
      // What one writes is nothing that another takes.
      await Promise.all(pumps.map((pump) => pump.settle()));
    },
    async stop() {
      await Promise.all(pumps.map((pump) => pump.stop()));
    },
  };
}

function startLane(kernel: Kernel, options: PumpOptions, of: Lane): Pump {
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<number> | null = null;
  let woken = false;
  /** When the next batch may begin, `performance.now()`. */
  let readyAt = 0;

  function plan(delay: number): void {
    if (stopped || timer) return;
    timer = setTimeout(() => {
      timer = null;
      void run();
    }, delay);
  }

  function wake(): void {
    woken = true;
    if (running) return;
    if (timer) clearTimeout(timer);
    timer = null;
    plan(Math.max(0, readyAt - performance.now()));
  }

  /** One batch at a time: the claim takes no locks, it relies on being alone. */
  function run(): Promise<number> {
    running ??= cycle().finally(() => {
      running = null;
    });
    return running;
  }

  async function cycle(): Promise<number> {
    let taken = 0;
    woken = false;
    const begun = performance.now();
    let pause = options.pollMs ?? POLL_MS;
    try {
      const done = await pumpOnce(kernel, options, of);
      taken = done.taken;
      const took = performance.now() - begun;
      // A full batch means a backlog: no pause at all.
      const rest = taken >= BATCH_ROWS ? 0 : Math.max(PACE_MS - took, Math.min(took, REST_MAX_MS));
      readyAt = performance.now() + rest;
      if (taken > 0 || woken) pause = rest;
      // Whatever stood in the way has time to go.
      if (done.putBack > 0) pause = ERROR_PAUSE_MS;
    } catch (error) {
      if (error instanceof LeaseLost) {
        stopped = true;
        options.onLost();
        return 0;
      }
      kernel.log.warn({ error: (error as Error).message }, "pump: batch failed, tried again");
      pause = ERROR_PAUSE_MS;
    }
    plan(pause);
    return taken;
  }

  plan(0);
  return {
    wake,
    async settle() {
      await running;
      while ((await run()) > 0);
    },
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}

/** @returns rows taken, and how many of them are tried again */
async function pumpOnce(
  kernel: Kernel,
  options: PumpOptions,
  of: Lane,
): Promise<{ taken: number; putBack: number }> {
  const client = await kernel.db.node.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    await checkLease(client, options.lease);
    const items = await claimInbox(client, BATCH_ROWS, { lane: of });
    if (items.length === 0) {
      await client.query("commit");
      return { taken: 0, putBack: 0 };
    }
    await knowEverybody(kernel, items);
    let processed: Processed | null = null;
    try {
      processed = await handle(client, kernel, items, options);
    } catch (error) {
      await client.query("rollback");
      if (!(await isAlive(client))) throw error;
      kernel.log.warn(
        { error: (error as Error).message, rows: items.length },
        "pump: a row of the batch is bad, taking them one by one",
      );
    }
    let putBack = 0;
    if (processed) after(kernel, options, processed);
    else for (const item of items) if (!(await handleAlone(client, kernel, item, options))) putBack += 1;
    return { taken: items.length, putBack };
  } catch (error) {
    broken = error as Error;
    if (!(error instanceof LeaseLost)) throw error;
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    client.release(broken !== undefined);
  }
}

async function handle(
  client: pg.PoolClient,
  kernel: Kernel,
  items: readonly InboxItem[],
  options: PumpOptions,
): Promise<Processed> {
  const processed = await processBatch(client, kernel, items, {
    flows: options.flows,
    epoch: options.lease.epoch,
  });
  await client.query("commit");
  return processed;
}

/** The door may know a number or a company a moment before us; what it accepted is not homeless. */
async function knowEverybody({ registry }: Kernel, items: readonly InboxItem[]): Promise<void> {
  const isNew = ({ channelId, tenantId }: InboxItem): boolean =>
    (channelId !== null && !registry.account(channelId)) || (tenantId > 0 && !registry.tenant(tenantId));
  if (items.some(isNew)) await registry.reload();
}

/** The others of its batch are handled. @returns false when the row failed and is tried again */
async function handleAlone(
  client: pg.PoolClient,
  kernel: Kernel,
  item: InboxItem,
  options: PumpOptions,
): Promise<boolean> {
  try {
    await client.query("begin");
    await checkLease(client, options.lease);
    after(kernel, options, await handle(client, kernel, [item], options));
    return true;
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    await client.query("rollback");
    await client.query("begin");
    await checkLease(client, options.lease);
    const isPutBack = await setAside(client, kernel, item);
    await client.query("commit");
    const fault = { inbox: item.id, attempts: item.attempts + 1, reason: (error as Error).message };
    if (isPutBack) kernel.log.warn(fault, "pump: row failed, tried again");
    else {
      kernel.log.error(fault, "pump: row parked");
      parkedRows.inc();
      kernel.wire.notify("event");
    }
    return !isPutBack;
  }
}

async function isAlive(client: pg.PoolClient): Promise<boolean> {
  return client.query("select 1").then(
    () => true,
    () => false,
  );
}

function after(kernel: Kernel, options: PumpOptions, processed: Processed): void {
  messagesIn.inc(processed.messages);
  receiptsIn.inc(processed.receipts);
  duplicatesIn.inc(processed.duplicates);
  homelessIn.inc(processed.homeless);
  if (processed.sendingChannels.size > 0) options.onQueued(processed.sendingChannels);
  kernel.wire.notify("event");
  for (const tenantId of processed.learntOf) void kernel.announce("registry", tenantId);
  for (const press of processed.presses) {
    const account = kernel.registry.account(press.channelId);
    const adapter = account && kernel.adapters.get(account.kind);
    if (account && adapter?.acknowledge) void adapter.acknowledge(account, press.externalId).catch(() => {});
  }
}
