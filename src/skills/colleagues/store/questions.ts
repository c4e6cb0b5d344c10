import type { Selectable } from "kysely";
import { AppError } from "#kernel";
import type { Question } from "../api.ts";
import type { ColleaguesTables } from "../tables.ts";
import type { OwnTx } from "./tx.ts";

export type QuestionRow = Selectable<ColleaguesTables["colleagues.question"]>;

/** Shown in a conversation; older ones stand in its log. */
const SHOWN = 20;

export function questionOf(row: QuestionRow): Question {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    to: { name: row.to_name, email: row.to_email },
    text: row.text,
    scope: row.scope,
    direct: row.is_direct,
    state: row.state,
    fault: row.fault,
    askedBy: { id: row.asked_by, name: row.asked_name },
    askedAt: row.asked_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    remindedAt: row.reminded_at?.toISOString() ?? null,
    expiresAt: row.expires_at.toISOString(),
  };
}

export async function questionsIn(
  tx: OwnTx,
  tenantId: number,
  conversationId: number,
): Promise<QuestionRow[]> {
  return tx
    .selectFrom("colleagues.question")
    .selectAll()
    .where("tenant_id", "=", tenantId)
    .where("conversation_id", "=", conversationId)
    .orderBy("id", "desc")
    .limit(SHOWN)
    .execute();
}

/** Whose answer is waited for. */
export async function openQuestionsIn(
  tx: OwnTx,
  tenantId: number,
  conversationId: number,
): Promise<QuestionRow[]> {
  const rows = await questionsIn(tx, tenantId, conversationId);
  return rows.filter(({ state }) => state === "queued" || state === "sent");
}

export function findQuestion(tx: OwnTx, tenantId: number, id: number): Promise<QuestionRow | undefined> {
  return tx
    .selectFrom("colleagues.question")
    .selectAll()
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** As the client that asked named it, and as the kernel's side mail names it. */
export function findByClient(
  tx: OwnTx,
  tenantId: number,
  clientId: string,
): Promise<QuestionRow | undefined> {
  return tx
    .selectFrom("colleagues.question")
    .selectAll()
    .where("tenant_id", "=", tenantId)
    .where("client_id", "=", clientId)
    .executeTakeFirst();
}

/** After its conversation was locked. @throws AppError not_found */
export async function lockQuestion(tx: OwnTx, tenantId: number, id: number): Promise<QuestionRow> {
  const row = await tx
    .selectFrom("colleagues.question")
    .selectAll()
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new AppError("not_found");
  return row;
}

type Change = Partial<
  Pick<QuestionRow, "state" | "fault" | "sent_at" | "reminded_at" | "ended_at" | "excerpt">
>;

export async function changeQuestion(
  tx: OwnTx,
  row: Pick<QuestionRow, "tenant_id" | "id">,
  change: Change,
): Promise<void> {
  await tx
    .updateTable("colleagues.question")
    .set(change)
    .where("tenant_id", "=", row.tenant_id)
    .where("id", "=", row.id)
    .execute();
}
