import type { Kernel } from "../kernel.ts";
import type { TimerWork } from "../skill.ts";
import { type NewTimer, setTimer } from "./timer-rows.ts";

/**
 * Timers stand in kernel.timer by due_at; this runs them. Our own table and not a job library, because time is
 * ours: a test moves the clock by a year, and every due row runs (docs/decisions). At least once: handlers
 * are repeatable.
 */
export interface TimerRunner {
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export type TimerHandlers = Readonly<Record<string, TimerWork>>;

const POLL_MS = 500;
/** Handlers of one kind at once: a hundred trainings or pictures that wait delay no alarm. */
const PER_KIND = 4;
export const STOP_MS = 2_000;
/** A handler that takes longer counts as failed, and its timer is taken again. */
export const TIME_LIMIT_MS = 300_000;
const ATTEMPTS_MAX = 12;
const BACKOFF_BASE_MS = 2_000;
const BACKOFF_MAX_MS = 3_600_000;

export interface TimerRow {
  tenant_id: number;
  id: number;
  kind: string;
  key: string;
  payload: Record<string, unknown>;
  attempts: number;
  leased_until: Date;
}

export function startTimers(
  kernel: Kernel,
  handlers: TimerHandlers,
  timeLimitMs: number = TIME_LIMIT_MS,
): TimerRunner {
  let stopped = false;
  let claiming: Promise<number> | null = null;
  const underWay = new Map<Promise<void>, { kind: string; tenantId: number }>();
  const loop = setInterval(() => void claim(), POLL_MS);

  function freeSlots(): Free[] {
    return Object.entries(handlers).flatMap(([kind, work]) => {
      const running = [...underWay.values()].filter((one) => one.kind === kind);
      const places = typeof work === "function" ? { all: PER_KIND, perTenant: null } : work.places;
      const slots = places.all - running.length;
      const tenants = running.map(({ tenantId }) => tenantId);
      return slots > 0 ? [{ kind, slots, perTenant: places.perTenant, tenants }] : [];
    });
  }

  /** @returns rows taken */
  function claim(): Promise<number> {
    claiming ??= claimDue(kernel, freeSlots(), timeLimitMs)
      .then((rows) => {
        for (const row of rows) {
          const work = runOne(kernel, handlers, row, timeLimitMs)
            // The database went away meanwhile: the row's lease runs out and it is taken again.
            .catch((error: Error) => kernel.log.warn({ error: error.message }, "timers: result not stored"))
            .finally(() => {
              underWay.delete(work);
              // Who keeps a few places only does not lose them until the next look.
              if (!stopped && typeof handlers[row.kind] === "object") void claim();
            });
          underWay.set(work, { kind: row.kind, tenantId: row.tenant_id });
        }
        return rows.length;
      })
      .catch((error: Error) => {
        kernel.log.warn({ error: error.message }, "timers: tried again");
        return 0;
      })
      .finally(() => {
        claiming = null;
      });
    return claiming;
  }

  return {
    async settle() {
      for (;;) {
        // A look that began before does not see what came since.
        await claiming;
        const taken = await claim();
        if (stopped || (taken === 0 && underWay.size === 0)) return;
        await Promise.all(underWay.keys());
      }
    },
    async stop() {
      stopped = true;
      clearInterval(loop);
      await claiming;
      // A handler that is cut off runs again later; a stop does not wait for a training.
      await Promise.race([Promise.all(underWay.keys()), new Promise((done) => setTimeout(done, STOP_MS))]);
    },
  };
}

interface Free {
  readonly kind: string;
  readonly slots: number;
  /** Of one tenant at once; null = as many as there are places. */
  readonly perTenant: number | null;
  /** Whose handlers of this kind run now; a tenant once for each. */
  readonly tenants: readonly number[];
}

async function claimDue(kernel: Kernel, free: readonly Free[], timeLimitMs: number): Promise<TimerRow[]> {
  const rows = await claimOldest(
    kernel,
    free.filter(({ perTenant }) => perTenant === null),
    timeLimitMs,
  );
  for (const one of free)
    if (one.perTenant !== null) rows.push(...(await claimInTurn(kernel, one, timeLimitMs)));
  return rows;
}

/** Tenant by tenant: the first of each, then the second of each. What one tenant's slow service delays is its own. */
async function claimInTurn(
  kernel: Kernel,
  { kind, slots, perTenant, tenants }: Free,
  timeLimitMs: number,
): Promise<TimerRow[]> {
  const now = kernel.clock.now();
  const { rows } = await kernel.db.node.query<TimerRow>({
    name: "timers-claim-in-turn",
    text: `with due as (
        select tenant_id, id, due_at, row_number() over (partition by tenant_id order by due_at, id)
          + (select count(*) from unnest($4::int[]) r(tenant_id) where r.tenant_id = w.tenant_id) as place
        from kernel.timer w where w.due_at <= $1 and w.kind = $3),
      taken as (
        select t.tenant_id, t.id from kernel.timer t join due d on d.tenant_id = t.tenant_id and d.id = t.id
        where d.place <= $5 and t.due_at <= $1 order by d.place, d.due_at limit $6 for update of t skip locked)
      update kernel.timer t set due_at = $2, attempts = t.attempts + 1 from taken d
      where t.tenant_id = d.tenant_id and t.id = d.id
      returning t.tenant_id, t.id, t.kind, t.key, t.payload, t.attempts, t.due_at as leased_until`,
    values: [new Date(now), new Date(now + timeLimitMs + STOP_MS), kind, [...tenants], perTenant, slots],
  });
  return rows;
}

async function claimOldest(kernel: Kernel, free: readonly Free[], timeLimitMs: number): Promise<TimerRow[]> {
  if (free.length === 0) return [];
  const now = kernel.clock.now();
  const { rows } = await kernel.db.node.query<TimerRow>({
    name: "timers-claim",
    text: `update kernel.timer t set due_at = $2, attempts = t.attempts + 1
      from unnest($3::text[], $4::int[]) f(kind, slots) cross join lateral (select w.tenant_id, w.id from kernel.timer w
        where w.due_at <= $1 and w.kind = f.kind order by w.due_at limit f.slots for update skip locked) d
      where t.tenant_id = d.tenant_id and t.id = d.id
      returning t.tenant_id, t.id, t.kind, t.key, t.payload, t.attempts, t.due_at as leased_until`,
    values: [
      new Date(now),
      // Longer than any handler lives: nobody takes it twice while it runs.
      new Date(now + timeLimitMs + STOP_MS),
      free.map(({ kind }) => kind),
      free.map(({ slots }) => slots),
    ],
  });
  return rows;
}

/** A handler that hangs must not keep its place for ever. @throws Error when the time is over */
async function withinTime(work: Promise<void> | undefined, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`not done within ${limitMs} ms`)), limitMs);
  });
  await Promise.race([work, over]).finally(() => clearTimeout(timer));
}

/** Runs a timer that was claimed, and removes it; one that fails is tried again later. */
export async function runOne(
  kernel: Kernel,
  handlers: TimerHandlers,
  row: TimerRow,
  timeLimitMs: number,
): Promise<void> {
  const place = [row.tenant_id, row.id, row.leased_until];
  try {
    const handler = handlers[row.kind];
    const work = (typeof handler === "object" ? handler.run : handler)?.({
      tenantId: row.tenant_id,
      kind: row.kind,
      key: row.key,
      payload: row.payload,
      attempts: row.attempts,
    });
    await withinTime(work, timeLimitMs);
    // Scheduled anew meanwhile (due_at moved)? Then it stays and runs again.
    await kernel.db.node.query(
      "delete from kernel.timer where tenant_id = $1 and id = $2 and due_at = $3",
      place,
    );
  } catch (error) {
    const message = (error as Error).message.slice(0, 300);
    kernel.log.warn(
      { kind: row.kind, tenant: row.tenant_id, attempts: row.attempts, error: message },
      "timer failed",
    );
    const isLast = row.attempts >= ATTEMPTS_MAX;
    const wait = Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** (row.attempts - 1));
    await kernel.db.node.query(
      isLast
        ? "delete from kernel.timer where tenant_id = $1 and id = $2 and due_at = $3"
        : "update kernel.timer set due_at = $4, last_error = $5 where tenant_id = $1 and id = $2 and due_at = $3",
      isLast ? place : [...place, new Date(kernel.clock.now() + wait), message],
    );
  }
}

/** Sets a timer, or moves the one that waits with this kind and key, in a transaction of its own. */
export async function scheduleTimer(kernel: Pick<Kernel, "db">, timer: NewTimer): Promise<void> {
  await kernel.db.tenant(timer.tenantId, (tx) => setTimer(tx, timer));
}
