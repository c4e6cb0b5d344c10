import { sql } from "kysely";
import type { Tx } from "../db/open.ts";

/** Every query on kernel.file. The bytes stand in the FileStore under the same id. */

export interface FileRow {
  id: string;
  conversation_id: number | null;
  mime: string;
  name: string;
  size: number;
  sha256: string;
}

export interface NewFile {
  tenantId: number;
  id: string;
  conversationId: number | null;
  contactId: number | null;
  mime: string;
  name: string;
  size: number;
  sha256: string;
}

export async function insertFile(tx: Tx, file: NewFile, nowMs: number): Promise<void> {
  await tx
    .insertInto("kernel.file")
    .values({
      tenant_id: file.tenantId,
      id: file.id,
      conversation_id: file.conversationId,
      contact_id: file.contactId,
      mime: file.mime,
      name: file.name,
      size: file.size,
      sha256: file.sha256,
      created_at: new Date(nowMs),
    })
    .execute();
}

export async function findFile(tx: Tx, tenantId: number, id: string): Promise<FileRow | null> {
  const row = await tx
    .selectFrom("kernel.file")
    .select(["id", "conversation_id", "mime", "name", "size", "sha256"])
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** Says whose conversation a file stands in; the first answer stays. */
export async function linkFile(
  tx: Tx,
  file: { tenantId: number; id: string },
  owner: { conversationId: number; contactId: number },
): Promise<void> {
  await tx
    .updateTable("kernel.file")
    .set({ conversation_id: owner.conversationId, contact_id: owner.contactId })
    .where("tenant_id", "=", file.tenantId)
    .where("id", "=", file.id)
    .where("conversation_id", "is", null)
    .execute();
}

/** Does a message of this conversation show the file? */
export async function isFileIn(
  tx: Tx,
  place: { tenantId: number; conversationId: number; id: string },
): Promise<boolean> {
  const { rows } = await sql`
    select from kernel.message where tenant_id = ${place.tenantId} and conversation_id = ${place.conversationId}
      and (content -> 'media' ->> 'fileId' = ${place.id} or content -> 'image' ->> 'fileId' = ${place.id}) limit 1`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Removes the row, and the bytes after the commit. */
export async function deleteFile(tx: Tx, tenantId: number, id: string): Promise<void> {
  await removeRows(tx, sql`tenant_id = ${tenantId} and id = ${id}`);
}

/**
 * Removes the files of these persons' conversations: what they sent and what people sent them. Pictures of
 * automatic answers belong to the knowledge and stay. The bytes follow by a timer of the same transaction
 * (`mediaTimers`), so that neither a crash nor a rollback leaves one without the other.
 * @param tx sees one tenant only; call it before the messages are removed
 */
export async function deleteFiles(tx: Tx, contactIds: readonly number[]): Promise<void> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  await removeRows(
    tx,
    sql`contact_id = any(${ids})
      or conversation_id in (select c.id from kernel.conversation c where c.contact_id = any(${ids}))
      or id in (select m.content -> 'media' ->> 'fileId' from kernel.message m
        join kernel.conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
        where c.contact_id = any(${ids}) and m.author in ('customer', 'agent'))`,
  );
}

/** The same for single conversations. */
export async function deleteFilesOf(tx: Tx, conversationIds: readonly number[]): Promise<void> {
  const ids = sql`${[...conversationIds]}::bigint[]`;
  await removeRows(
    tx,
    sql`conversation_id = any(${ids}) or id in (select m.content -> 'media' ->> 'fileId' from kernel.message m
      where m.conversation_id = any(${ids}) and m.author in ('customer', 'agent'))`,
  );
}

/** Due since ever: the timer runs as soon as the transaction is committed. */
const AT_ONCE = new Date(0);

async function removeRows(tx: Tx, condition: ReturnType<typeof sql>): Promise<void> {
  await sql`
    with gone as (delete from kernel.file where ${condition} returning tenant_id, id)
    insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    select tenant_id, 'file_remove', id, ${AT_ONCE}, jsonb_build_object('fileId', id) from gone
    on conflict (tenant_id, kind, key) do nothing`.execute(tx);
}
