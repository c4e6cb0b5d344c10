import { sql } from "kysely";
import type { CourierShift } from "../api/courier-page.ts";
import { DAY_MS } from "../rules/limits.ts";
import { worksOf } from "../rules/other-work.ts";
import { refusalOf } from "../rules/working-hours.ts";
import type { KeyCourier } from "./courier-key.ts";
import { readOtherWork } from "./other-work.ts";
import type { DeliveryTx } from "./tx.ts";

/** The law looks back so far, and a later start is looked for so far ahead. */
const SPAN_MS = 26 * 7 * DAY_MS;
const MINUTE_MS = 60_000;

/** What the working hours act says against a planned round: other work may have been told since it was planned. */
export async function lawAgainst(
  tx: DeliveryTx,
  { tenantId, courierId }: KeyCourier,
  round: {
    readonly shiftId: number;
    readonly timeZone: string;
    readonly earliestAt: number;
    readonly latestAt: number;
  },
): Promise<CourierShift["against"]> {
  const span = { from: round.earliestAt - SPAN_MS, until: round.latestAt + SPAN_MS };
  const weekly = await readOtherWork(tx, { tenantId, courierId });
  const { rows } = await sql<{ earliest_at: Date; latest_at: Date }>`
    select earliest_at, latest_at from delivery.shift
    where tenant_id = ${tenantId} and courier_id = ${courierId} and id <> ${round.shiftId} and state <> 'dropped'
      and latest_at > ${new Date(span.from)} and earliest_at < ${new Date(span.until)}`.execute(tx);
  const rounds = rows.map((row) => ({ from: row.earliest_at.getTime(), until: row.latest_at.getTime() }));
  const refusal = refusalOf({ from: round.earliestAt, until: round.latestAt }, [
    ...rounds,
    ...worksOf(weekly, span, round.timeZone),
  ]);
  if (!refusal) return null;
  return {
    rule: refusal.rule,
    wouldMinutes: Math.round(refusal.would_ms / MINUTE_MS),
    limitMinutes: Math.round(refusal.limit_ms / MINUTE_MS),
  };
}
