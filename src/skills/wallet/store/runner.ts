import type { House } from "#kernel";
import type { Outside } from "../ports.ts";
import { AgainLater, decideJob } from "./decide.ts";
import { followDeliveries } from "./following.ts";
import { type Decided, dueJobs, endJob, findJob, forgetJobs, type Job, putOff } from "./jobs.ts";
import { noters } from "./noting.ts";
import { refuseAhead } from "./paying.ts";
import { returnOverdue } from "./returning.ts";
import { inTenant, type Place } from "./tx.ts";
import { keepWaker, type Waker } from "./wake.ts";

/** Does what is stored as jobs, in the process that has the ledgers. */
export interface Runner extends Waker {
  /** A round over all companies. */
  poll(): Promise<void>;
  close(): Promise<void>;
}

const POLL_MS = 1_000;
/** Longer than any transaction lives. */
const KEPT_MS = 3 * 24 * 3_600_000;
const BACKOFF_MS = [2_000, 5_000, 15_000, 60_000, 300_000];

const runners = new WeakMap<object, Runner>();

/** One a house: routes wake it, `serve` lets it look around. */
export function runnerOf(house: House, outside: Outside): Runner {
  const known = runners.get(house.db);
  if (known) return known;
  const runner = makeRunner({ house, outside });
  runners.set(house.db, runner);
  keepWaker({ house }, runner);
  return runner;
}

export function serveJobs(house: House, outside: Outside): { close(): Promise<void> } {
  const runner = runnerOf(house, outside);
  let polling: Promise<void> | null = null;
  const timer = setInterval(() => {
    // Whatever breaks in a round is tried again by the next one; the process has other work than this.
    polling ??= runner
      .poll()
      .catch((error: Error) => house.log.warn({ error: error.message }, "wallet: a round broke off"))
      .finally(() => {
        polling = null;
      });
  }, POLL_MS);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await polling;
      await runner.close();
    },
  };
}

function makeRunner(place: Place): Runner {
  const { house } = place;
  const lines = new Map<number, Promise<void>>();
  let isClosed = false;

  async function drain(tenantId: number): Promise<void> {
    const jobs = await inTenant(place, tenantId, (tx) => dueJobs(tx, tenantId, house.clock.now()));
    for (const job of jobs) {
      if (isClosed) return;
      try {
        await finish(place, job);
      } catch (error) {
        // Known waits are said by their codes; whatever it is, the job stays and is tried again.
        if (!(error instanceof AgainLater))
          house.log.warn({ error: (error as Error).message, purpose: job.purpose }, "wallet: a job waits");
        const wait = BACKOFF_MS[Math.min(job.tries, BACKOFF_MS.length - 1)] as number;
        await inTenant(place, tenantId, (tx) => putOff(tx, job, house.clock.now() + wait));
      }
    }
    await inTenant(place, tenantId, (tx) => forgetJobs(tx, tenantId, house.clock.now() - KEPT_MS));
  }

  function run(tenantId: number): Promise<void> {
    const before = lines.get(tenantId) ?? Promise.resolve();
    const line = before.then(() => drain(tenantId)).catch((error: Error) => house.log.warn(error.message));
    lines.set(tenantId, line);
    return line;
  }

  return {
    run,
    one: (job, isFirstTry) => finish(place, job, isFirstTry),
    async poll() {
      const { rows } = await house.db.node.query<{ tenant_id: number }>(
        "select distinct tenant_id from wallet.job where state <> 'done' and next_at <= $1",
        [new Date(house.clock.now())],
      );
      for (const { tenant_id } of rows) await run(tenant_id);
      await followDeliveries(place);
      await returnOverdue(place);
    },
    async close() {
      isClosed = true;
      await Promise.all(lines.values());
    },
  };
}

/** Decides, notes what follows, and only then the job is over: whatever happens between is done again. */
async function finish(place: Place, job: Job, isFirstTry = false): Promise<Decided> {
  const refusal = job.signer === "customer" ? await refuseAhead(place, job, isFirstTry) : null;
  const decided = refusal
    ? { result: refusal, isKnown: false, height: 0 }
    : await decideJob(place, job, isFirstTry);
  await noters[job.purpose]?.(place, (await signedJob(place, job)) ?? job, decided);
  await inTenant(place, job.tenantId, (tx) => endJob(tx, job, decided));
  return decided;
}

/** With the bytes that were made meanwhile. */
async function signedJob(place: Place, job: Job): Promise<Job | undefined> {
  return job.bytes ? job : inTenant(place, job.tenantId, (tx) => findJob(tx, job.tenantId, job.id));
}
