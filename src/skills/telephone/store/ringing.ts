import { sql } from "kysely";
import type { Tx } from "#kernel";
import { RINGING_MS, TALKING_MS } from "../rules/limits.ts";
import type { LineEvent } from "../rules/line-events.ts";
import { SETTLE } from "../rules/timer-kinds.ts";
import { countSuppressed, type HeardCall, recordCalls } from "./recording.ts";
import { schedule, tell } from "./tx.ts";

/** What telephone systems tell, stored as it comes and understood afterwards. */

export interface CallPlace {
  readonly tenantId: number;
  readonly lineId: number;
  readonly callId: string;
}

const keyOf = ({ lineId, callId }: CallPlace): string => `${lineId} ${callId}`;

/**
 * Stores one event. Events come late, twice and in any order: each only adds what was not known, and none the
 * number of a call that is understood: it was removed on purpose.
 * @param phone E.164; "" = suppressed, null = the event does not say
 */
export async function storeEvent(
  tx: Tx,
  place: CallPlace,
  event: LineEvent & { phone: string | null },
  now: number,
): Promise<void> {
  const { tenantId, lineId, callId } = place;
  const at = new Date(now);
  const answeredAt = event.what === "answered" ? at : null;
  const endedAt = event.what === "ended" ? at : null;
  const { rows } = await sql<{ ended_at: Date | null; answered_at: Date | null; settled_at: Date | null }>`
    insert into telephone.ringing as r (tenant_id, line_id, call_id, direction, phone, rang_at, answered_at, is_voicemail, ended_at, ending)
    values (${tenantId}, ${lineId}, ${callId}, ${event.direction}, ${event.phone ?? ""}, ${at}, ${answeredAt}, ${event.isVoicemail}, ${endedAt},
      ${endingOf(event)})
    on conflict (tenant_id, line_id, call_id) do update set direction = coalesce(r.direction, excluded.direction),
      phone = case when r.settled_at is not null or r.phone <> '' then r.phone else excluded.phone end,
      answered_at = coalesce(r.answered_at, excluded.answered_at), is_voicemail = r.is_voicemail or excluded.is_voicemail,
      ended_at = coalesce(r.ended_at, excluded.ended_at), ending = coalesce(r.ending, excluded.ending)
    returning ended_at, answered_at, settled_at`.execute(tx);
  const [row] = rows;
  if (!row || row.settled_at) return;
  const dueAt = row.ended_at ? now : now + (row.answered_at ? TALKING_MS : RINGING_MS);
  await schedule(tx, { tenantId, kind: SETTLE, key: keyOf(place), dueAt, payload: { lineId, callId } });
}

function endingOf({ what, ending }: LineEvent): string | null {
  if (what !== "ended") return null;
  return ending === "answered" ? "reached" : ending;
}

interface RingingRow {
  direction: "in" | "out" | null;
  phone: string;
  rang_at: Date;
  answered_at: Date | null;
  is_voicemail: boolean;
  ended_at: Date | null;
  ending: "reached" | "missed" | "voicemail" | "dropped" | null;
}

/** A call is over, or nobody hangs up: it becomes what it was. Done once. */
export async function settleRinging(tx: Tx, place: CallPlace, now: number): Promise<void> {
  const { tenantId, lineId, callId } = place;
  const { rows } = await sql<RingingRow>`
    select direction, phone, rang_at, answered_at, is_voicemail, ended_at, ending from telephone.ringing
    where tenant_id = ${tenantId} and line_id = ${lineId} and call_id = ${callId} and settled_at is null for update`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) return;
  await sql`update telephone.ringing set settled_at = ${new Date(now)}, phone = ''
    where tenant_id = ${tenantId} and line_id = ${lineId} and call_id = ${callId}`.execute(tx);
  const call = callOf(row, place);
  if (!call) return;
  if (call.phone === "") await countSuppressed(tx, tenantId, [call], now);
  else {
    const { events } = await recordCalls(tx, { tenantId, source: "line", now }, [call]);
    await tell(tx, tenantId, events, now);
  }
}

/** @returns null for a call that goes on as another one */
function callOf(row: RingingRow, place: CallPlace): HeardCall | null {
  if (row.ending === "dropped") return null;
  const direction = row.direction ?? "in";
  const isAnswered = row.answered_at !== null || row.ending === "reached";
  const inVain = direction === "in" ? "missed" : "not_reached";
  const isVoicemail = row.is_voicemail || row.ending === "voicemail";
  const outcome = isVoicemail ? "voicemail" : isAnswered ? "reached" : inVain;
  const isTimed = outcome === "reached" && row.answered_at !== null && row.ended_at !== null;
  return {
    key: `line ${keyOf(place)}`,
    direction,
    outcome,
    at: row.rang_at.getTime(),
    seconds: isTimed
      ? Math.max(
          0,
          Math.round(((row.ended_at as Date).getTime() - (row.answered_at as Date).getTime()) / 1_000),
        )
      : null,
    phone: row.phone,
  };
}
