import { hostname } from "node:os";
import { type Lease, tryLease } from "./db/lease.ts";
import { type Housekeeping, startHousekeeping } from "./dialogue/housekeeping.ts";
import { type Listening, startListening } from "./dialogue/listening.ts";
import { type Pump, startPump } from "./dialogue/pump.ts";
import { type Sender, startSender } from "./dialogue/sender.ts";
import type { SpeakingFlow } from "./dialogue/turn.ts";
import { startTimers, type TimerHandlers, type TimerRunner } from "./jobs/timers.ts";
import type { Kernel } from "./kernel.ts";

/**
 * The working half of a node: pump, sender and timers, under one lease. Any number of nodes may run it; one
 * works, the others stand by and take over within a second when its connection falls.
 */
export interface Worker {
  /** True while this process holds the lease. */
  isWorking(): boolean;
  /** Handles everything that waits; for tests. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export interface WorkerParts {
  flows: readonly SpeakingFlow[];
  timers: TimerHandlers;
  /** Done when a shift begins; repeatable, and nothing waits for it. */
  begin?: readonly (() => Promise<unknown>)[];
  /** Removes what is past its time; called once a day. */
  expire?: () => Promise<unknown>;
  readFile: (tenantId: number, fileId: string) => Promise<{ bytes: Buffer; mime: string; name: string }>;
}

const RETRY_MS = 500;

interface Shift {
  lease: Lease;
  pump: Pump;
  sender: Sender;
  timers: TimerRunner;
  housekeeping: Housekeeping;
  listening: Listening;
}

export function startWorker(kernel: Kernel, parts: WorkerParts): Worker {
  let shift: Shift | null = null;
  let stopped = false;
  let starting: Promise<void> | null = null;

  async function begin(): Promise<void> {
    while (!stopped && !shift) {
      try {
        const lease = await tryLease(kernel.db.address, "worker", `${hostname()}:${process.pid}`);
        if (lease) {
          shift = await startShift(kernel, parts, lease, () => void lose(lease)).catch(
            async (error: Error) => {
              // Kept, its lock would shut everybody out, this process too.
              await lease.release().catch(() => {});
              throw error;
            },
          );
          void lease.lost.then(() => lose(lease));
          return;
        }
      } catch (error) {
        kernel.log.warn({ error: (error as Error).message }, "worker: no shift yet");
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  /** The lock is gone (database restarted, or a newer holder): stop, and apply again. */
  async function lose(lease: Lease): Promise<void> {
    if (stopped || shift?.lease !== lease) return;
    const old = shift;
    shift = null;
    kernel.log.warn({ epoch: lease.epoch }, "worker: lease lost, taking it anew");
    await endShift(old);
    starting = begin();
  }

  kernel.wire.on("inbox", () => shift?.pump.wake());
  kernel.wire.on("outbox", () => shift?.sender.wake());
  starting = begin();
  return {
    isWorking: () => shift !== null,
    async settle() {
      await starting;
      if (!shift) throw new Error("This process does not hold the worker's lease");
      const { pump, sender, timers } = shift;
      await pump.settle();
      await timers.settle();
      await sender.settle();
    },
    async stop() {
      stopped = true;
      await starting;
      if (shift) await endShift(shift);
    },
  };
}

async function startShift(
  kernel: Kernel,
  parts: WorkerParts,
  lease: Lease,
  onLost: () => void,
): Promise<Shift> {
  const housekeeping = await startHousekeeping(kernel, parts.expire);
  const sender = await startSender(kernel, { lease, onLost, readFile: parts.readFile }).catch(
    (error: Error) => {
      housekeeping.stop();
      throw error;
    },
  );
  const pump = startPump(kernel, {
    lease,
    flows: parts.flows,
    onLost,
    onQueued: (channels) => sender.wake(channels),
  });
  const listening = startListening(kernel, { lease, onLost });
  for (const begin of parts.begin ?? [])
    begin().catch((error: Error) =>
      kernel.log.error({ error: error.message }, "worker: not done at the beginning"),
    );
  return { lease, housekeeping, sender, pump, listening, timers: startTimers(kernel, parts.timers) };
}

async function endShift(shift: Shift): Promise<void> {
  shift.housekeeping.stop();
  await Promise.allSettled([shift.listening.stop(), shift.pump.stop(), shift.timers.stop()]);
  await shift.sender.stop().catch(() => {});
  await shift.lease.release().catch(() => {});
}
