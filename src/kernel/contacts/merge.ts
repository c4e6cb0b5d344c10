import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { appendEvents } from "../events/append.ts";
import type { Actor } from "../http/route.ts";
import { rootsOf } from "./roots.ts";

/**
 * Two contacts are one person. Nothing is moved: the one points to the other, so that it can be undone.
 * @throws AppError not_found; rule_broken when they are one person already
 */
export async function mergeContacts(
  tx: Tx,
  actor: Actor,
  pair: { contactId: number; intoId: number },
  nowMs: number,
): Promise<void> {
  const { tenantId } = actor;
  await lockContacts(tx, tenantId, [pair.contactId, pair.intoId]);
  const roots = await rootsOf(tx, tenantId, [pair.contactId, pair.intoId]);
  const [one, into] = [roots.get(pair.contactId)?.id, roots.get(pair.intoId)?.id];
  if (one === undefined || into === undefined) throw new AppError("not_found");
  if (one === into) throw new AppError("rule_broken", "These contacts are one person already.");
  // The roots may be others than the two named; they are what changes.
  await lockContacts(tx, tenantId, [one, into]);
  const changed = await tx
    .updateTable("kernel.contact")
    .set({ merged_into: into })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", one)
    .where("merged_into", "is", null)
    .where("erased_at", "is", null)
    .returning("id")
    .execute();
  if (changed.length === 0) throw new AppError("conflict");
  await tx
    .insertInto("kernel.contact_merge")
    .values({
      tenant_id: tenantId,
      contact_id: one,
      into_id: into,
      merged_at: new Date(nowMs),
      merged_by: actor.staffId,
    })
    .execute();
  await tellOf(tx, tenantId, [one, into], nowMs);
}

/**
 * @returns the contact that the other one was merged into
 * @throws AppError not_found; conflict when it was undone already
 */
export async function undoMerge(tx: Tx, actor: Actor, mergeId: number, nowMs: number): Promise<number> {
  const { tenantId } = actor;
  const merge = await tx
    .selectFrom("kernel.contact_merge")
    .selectAll()
    .where("tenant_id", "=", tenantId)
    .where("id", "=", mergeId)
    .forUpdate()
    .executeTakeFirst();
  if (!merge) throw new AppError("not_found");
  if (merge.undone_at) throw new AppError("conflict", "It was undone already.");
  await lockContacts(tx, tenantId, [merge.contact_id, merge.into_id]);
  await tx
    .updateTable("kernel.contact")
    .set({ merged_into: null })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", merge.contact_id)
    .where("merged_into", "=", merge.into_id)
    .execute();
  await tx
    .updateTable("kernel.contact_merge")
    .set({ undone_at: new Date(nowMs) })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", mergeId)
    .execute();
  await tellOf(tx, tenantId, [merge.contact_id, merge.into_id], nowMs);
  return merge.into_id;
}

/** In the order of ids, so that two merges of the same pair in both directions cannot make a circle. */
async function lockContacts(tx: Tx, tenantId: number, ids: readonly number[]): Promise<void> {
  await tx
    .selectFrom("kernel.contact")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("id", "in", ids)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
}

/** Every conversation of theirs shows another name now. */
async function tellOf(tx: Tx, tenantId: number, ids: readonly number[], nowMs: number): Promise<void> {
  const conversations = await tx
    .selectFrom("kernel.conversation")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("contact_id", "in", ids)
    .execute();
  await appendEvents(
    tx,
    tenantId,
    [
      ...ids.map((id) => ({ type: "contact.changed", ref: String(id) })),
      ...conversations.map(({ id }) => ({ type: "conversation.changed", conversationId: id })),
    ],
    nowMs,
  );
}
