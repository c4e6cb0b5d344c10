import { sql } from "kysely";
import { AppError, type Content, textOf } from "#kernel";
import { MESSAGES_MAX, type Said } from "../rules/excerpt.ts";
import type { OwnTx } from "./tx.ts";

/** The conversation that a question is about. */
export interface Place {
  id: number;
  state: "bot" | "waiting" | "person" | "closed";
  language: "de" | "en";
  assigneeId: string | null;
  contactId: number;
  contactName: string;
  channelId: number;
}

interface Row {
  id: number;
  state: Place["state"];
  language: Place["language"];
  assignee_id: string | null;
  contact_id: number;
  contact_name: string;
  channel_id: number;
}

/** Locks it, as the pump and the desk do: the conversation before everything else. @throws AppError not_found */
export async function lockPlace(tx: OwnTx, tenantId: number, conversationId: number): Promise<Place> {
  const { rows } = await sql<Row>`
    select c.id, c.state, c.language, c.assignee_id, c.contact_id, k.name as contact_name, c.channel_id
    from kernel.conversation c join kernel.contact k on k.tenant_id = c.tenant_id and k.id = c.contact_id
    where c.tenant_id = ${tenantId} and c.id = ${conversationId} for no key update of c`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found");
  return {
    id: row.id,
    state: row.state,
    language: row.language,
    assigneeId: row.assignee_id,
    contactId: row.contact_id,
    contactName: row.contact_name,
    channelId: row.channel_id,
  };
}

/** Is the conversation still there? It goes with its customer. */
export async function isPlace(tx: OwnTx, tenantId: number, conversationId: number): Promise<boolean> {
  const row = await tx
    .selectFrom("kernel.conversation")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", conversationId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Did anybody write in it since the question, or does somebody else have it? Then the answer is for a person to read. */
export async function isOvertaken(
  tx: OwnTx,
  place: Place,
  question: { tenant_id: number; asked_by: string; asked_at: Date },
): Promise<boolean> {
  if (place.assigneeId !== null && place.assigneeId !== question.asked_by) return true;
  const { rows } =
    await sql`select from kernel.message where tenant_id = ${question.tenant_id} and conversation_id = ${place.id}
    and received_at > ${question.asked_at} and author in ('customer', 'agent') and status <> 'note' limit 1`.execute(
      tx,
    );
  return rows.length > 0;
}

/** What customer and company said to each other, in reading order; no note, nothing that was taken back or never arrived. */
export async function saidIn(
  tx: OwnTx,
  tenantId: number,
  conversationId: number,
  fileName: (content: Content) => string,
): Promise<Said[]> {
  const rows = await tx
    .selectFrom("kernel.message")
    .select(["author", "content", "sent_at"])
    .where("tenant_id", "=", tenantId)
    .where("conversation_id", "=", conversationId)
    .where("author", "in", ["customer", "bot", "agent"])
    .where("status", "not in", ["note", "failed"])
    .where("revoked", "=", false)
    .orderBy("id", "desc")
    .limit(MESSAGES_MAX)
    .execute();
  return rows.toReversed().map(({ author, content, sent_at: at }) => ({
    author: author as Said["author"],
    text: textOf(content),
    file: fileName(content),
    at: at.getTime(),
  }));
}

/** What the customer is reached by, e.g. mail addresses and numbers. @param contactIds of one person, at least one */
export async function identitiesOf(
  tx: OwnTx,
  tenantId: number,
  contactIds: readonly number[],
): Promise<{ kind: string; value: string; contact_id: number }[]> {
  return tx
    .selectFrom("kernel.identity")
    .select(["kind", "value", "contact_id"])
    .where("tenant_id", "=", tenantId)
    .where("contact_id", "in", [...contactIds])
    .orderBy("first_seen_at")
    .execute();
}

export interface FileFact {
  id: string;
  name: string;
  size: number;
}

/** Those of this conversation, in the order asked for. @throws AppError bad_request for another's or an unknown one */
export async function filesIn(
  tx: OwnTx,
  at: { tenantId: number; conversationId: number },
  ids: readonly string[],
): Promise<FileFact[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom("kernel.file")
    .select(["id", "name", "size"])
    .where("tenant_id", "=", at.tenantId)
    .where("conversation_id", "=", at.conversationId)
    .where("id", "in", ids)
    .execute();
  return ids.map((id) => {
    const found = rows.find((row) => row.id === id);
    if (!found) throw new AppError("bad_request", undefined, [{ path: "fileIds", message: "unknown" }]);
    return found;
  });
}

/** What a message holds beside words, for whoever does not see it. */
export function fileNameOf(content: Content): string {
  if (content.type === "text") return "";
  if ("media" in content) return content.media.name ?? content.type;
  return content.type === "location" || content.type === "contacts" ? content.type : "";
}
