import type { Callback } from "../api/conversations.ts";
import { rootsOf } from "../contacts/roots.ts";
import type { Tx } from "../db/open.ts";
import type { NewEvent } from "../events/append.ts";

/** A promise to call as it stands in kernel.callback, and as the desk sees it. */
export interface CallbackRecord {
  id: number;
  conversation_id: number;
  contact_id: number;
  phone: string;
  promised_at: Date;
  until_at: Date | null;
  topic: string;
  note: string;
  state: Callback["state"];
  done_at: Date | null;
  taken_by: string | null;
  taken_at: Date | null;
  tries: number;
  tried_at: Date | null;
  told_at: Date | null;
  withdrawn_at: Date | null;
}

/** Whoever calls has so long; then a colleague may take it. */
export const CLAIM_MS = 30 * 60_000;

/** Does somebody call at this moment? A claim that was forgotten ends by itself. */
export function isTaken({ taken_at, taken_by }: Pick<CallbackRecord, "taken_at" | "taken_by">, now: number) {
  return taken_by !== null && taken_at !== null && taken_at.getTime() > now - CLAIM_MS;
}

/** When nobody may wait any longer: the end of the wished time, or the moment itself. */
export const latestOf = (record: Pick<CallbackRecord, "promised_at" | "until_at">): Date =>
  record.until_at ?? record.promised_at;

/** As the desk sees them; `now` says whether a claim still holds. */
export async function callbackRows(
  tx: Tx,
  tenantId: number,
  records: readonly CallbackRecord[],
  now: number,
): Promise<Callback[]> {
  const roots = await rootsOf(
    tx,
    tenantId,
    records.map((record) => record.contact_id),
  );
  const names = await staffNames(tx, tenantId, records);
  return records.map((record) => ({
    id: record.id,
    conversationId: record.conversation_id,
    contactName: roots.get(record.contact_id)?.name ?? "",
    phone: record.phone,
    promisedAt: record.promised_at.toISOString(),
    until: record.until_at?.toISOString() ?? null,
    topic: record.topic,
    note: record.note,
    state: record.state,
    doneAt: record.done_at?.toISOString() ?? null,
    takenBy:
      record.taken_by !== null && isTaken(record, now)
        ? { id: record.taken_by, name: names.get(record.taken_by) ?? "" }
        : null,
    takenAt: isTaken(record, now) ? (record.taken_at?.toISOString() ?? null) : null,
    tries: record.tries,
    triedAt: record.tried_at?.toISOString() ?? null,
    toldAt: record.told_at?.toISOString() ?? null,
    isWithdrawn: record.withdrawn_at !== null,
  }));
}

async function staffNames(
  tx: Tx,
  tenantId: number,
  records: readonly CallbackRecord[],
): Promise<Map<string, string>> {
  const ids = [...new Set(records.flatMap(({ taken_by }) => (taken_by === null ? [] : [taken_by])))];
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom("kernel.staff")
    .select(["user_id", "name"])
    .where("tenant_id", "=", tenantId)
    .where("user_id", "in", ids)
    .execute();
  return new Map(rows.map((row) => [row.user_id, row.name]));
}

/** What everybody who looks at the list or the conversation is told. */
export function changesOf(record: Pick<CallbackRecord, "id" | "conversation_id">): NewEvent[] {
  const { conversation_id: conversationId, id } = record;
  return [
    { type: "callback.changed", conversationId, ref: String(id) },
    { type: "conversation.changed", conversationId },
  ];
}
