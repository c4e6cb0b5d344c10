import type { Kernel } from "../kernel.ts";
import { runOne, STOP_MS, TIME_LIMIT_MS, type TimerHandlers, type TimerRow } from "./timers.ts";

/**
 * The timers of a node whose clock somebody moves by hand, as a simulation does: nothing runs by itself. One after the other and
 * the oldest first, so that the same moves give the same rows.
 */
export interface TimerSteps {
  /** When the next one of these kinds is due, ms; infinity for none. */
  nextAt(): Promise<number>;
  /** Runs the oldest that is due by the clock of now. @returns its kind, or null when none was due */
  runNext(): Promise<string | null>;
}

/** @param handlers kinds without one wait for ever */
export function stepTimers(kernel: Kernel, handlers: TimerHandlers): TimerSteps {
  const kinds = Object.keys(handlers);
  const node = kernel.db.node;
  return {
    async nextAt() {
      const { rows } = await node.query<{ due: Date | null }>({
        name: "timers-next-at",
        text: "select min(due_at) as due from kernel.timer where kind = any($1::text[])",
        values: [kinds],
      });
      return rows[0]?.due?.getTime() ?? Number.POSITIVE_INFINITY;
    },
    async runNext() {
      const now = kernel.clock.now();
      const { rows } = await node.query<TimerRow>({
        name: "timers-run-next",
        text: `update kernel.timer t set due_at = $2, attempts = t.attempts + 1
          from (select w.tenant_id, w.id from kernel.timer w where w.due_at <= $1 and w.kind = any($3::text[])
            order by w.due_at, w.id limit 1 for update skip locked) d
          where t.tenant_id = d.tenant_id and t.id = d.id
          returning t.tenant_id, t.id, t.kind, t.key, t.payload, t.attempts, t.due_at as leased_until`,
        values: [new Date(now), new Date(now + TIME_LIMIT_MS + STOP_MS), kinds],
      });
      const [row] = rows;
      if (row) await runOne(kernel, handlers, row, TIME_LIMIT_MS);
      return row?.kind ?? null;
    },
  };
}
