import { sql } from "kysely";
import type { Tx } from "../db/open.ts";
import type { Content, Media } from "../dialogue/content.ts";
import { bodyOf } from "../dialogue/inbox.ts";
import { appendEvents } from "../events/append.ts";
import type { TimerHandlers } from "../jobs/timers.ts";
import type { Kernel } from "../kernel.ts";
import type { Timer } from "../skill.ts";
import { type Files, isUploadOf, type StoredFile } from "./files.ts";
import { INBOUND_BYTES } from "./limits.ts";
import { deleteFile, isFileIn, linkFile } from "./store.ts";

/** Tries of one file over about half an hour; then the message says why it has none. */
const ATTEMPTS_MAX = 10;

/** The worker's timers about files. All may run twice. */
export function mediaTimers(kernel: Kernel, files: Files): TimerHandlers {
  return {
    media_fetch: (timer) => fetchForMessage(kernel, files, timer),
    file_settle: (timer) => settleUpload(kernel, timer),
    file_remove: (timer) =>
      files.store.remove({ tenantId: timer.tenantId, id: String(timer.payload.fileId) }),
  };
}

interface Waiting {
  tenantId: number;
  conversationId: number;
  messageId: string;
  channelId: number;
  contactId: number;
  media: Media;
  /** The row of the raw inbox it came in by. */
  inboxId: number;
}

/** Brings the file of a customer's message from the provider. @throws whatever failed, to be tried again */
async function fetchForMessage(kernel: Kernel, files: Files, timer: Timer): Promise<void> {
  const waiting = await findWaiting(kernel, timer);
  if (!waiting) return;
  try {
    await storeFetched(kernel, files, waiting);
  } catch (error) {
    if (timer.attempts < ATTEMPTS_MAX) throw error;
    await change(kernel, waiting, (tx) => sayWhy(tx, waiting, (error as Error).message));
  }
}

async function storeFetched(kernel: Kernel, files: Files, waiting: Waiting): Promise<void> {
  const { tenantId, conversationId, contactId, media } = waiting;
  const fetched = await fetchFile(kernel, waiting);
  const name = media.name ?? fetched.name ?? "";
  const stored = await files.receive(
    { tenantId, conversationId, contactId, name, limitBytes: INBOUND_BYTES, keepsUnknown: true },
    inPieces(fetched.bytes),
  );
  const isKept = await change(kernel, waiting, (tx) => setFile(tx, waiting, stored));
  // Somebody else was quicker, or the message is gone: a second copy helps nobody.
  if (!isKept) await kernel.db.tenant(tenantId, (tx) => deleteFile(tx, tenantId, stored.fileId));
}

/** From the provider, or out of the very body the message came in. */
async function fetchFile(kernel: Kernel, waiting: Waiting) {
  const account = kernel.registry.account(waiting.channelId);
  const adapter = account && kernel.adapters.get(account.kind);
  const providerId = waiting.media.providerId ?? "";
  if (account && adapter?.fetchMedia) return adapter.fetchMedia(account, providerId);
  if (!adapter?.mediaIn) throw new Error("this channel hands out no files");
  const body = await bodyOf(kernel.db.node, { tenantId: waiting.tenantId, id: waiting.inboxId });
  const found = body && adapter.mediaIn(body, providerId);
  if (!found) throw new Error("the mail is no longer kept here");
  return found;
}

async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** @returns null when there is nothing left to do */
async function findWaiting(kernel: Kernel, timer: Timer): Promise<Waiting | null> {
  const conversationId = Number(timer.payload.conversationId);
  const messageId = String(timer.payload.messageId);
  const inboxId = Number(timer.payload.inboxId ?? 0);
  const { tenantId } = timer;
  const row = await kernel.db.tenant(tenantId, async (tx) => {
    const { rows } = await sql<{ content: Content; channel_id: number; contact_id: number }>`
      select m.content, c.channel_id, c.contact_id from kernel.message m
      join kernel.conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
      where m.tenant_id = ${tenantId} and m.conversation_id = ${conversationId} and m.id = ${messageId}`.execute(
      tx,
    );
    return rows[0];
  });
  const media = row && "media" in row.content ? row.content.media : undefined;
  if (!row || !media?.providerId || media.fileId) return null;
  return {
    tenantId,
    conversationId,
    messageId,
    // A colleague answers by mail whatever the customer writes by.
    channelId: Number(timer.payload.channelId ?? row.channel_id),
    contactId: row.contact_id,
    media,
    inboxId,
  };
}

/** Changes the message and tells the desk, in one transaction. @returns false when nothing was changed */
function change(
  kernel: Kernel,
  { tenantId, conversationId, messageId }: Waiting,
  work: (tx: Tx) => Promise<boolean>,
) {
  return kernel.db.tenant(tenantId, async (tx) => {
    if (!(await work(tx))) return false;
    const event = { type: "message.changed", conversationId, messageId };
    await appendEvents(tx, tenantId, [event], kernel.clock.now());
    return true;
  });
}

async function setFile(tx: Tx, waiting: Waiting, { fileId, mime, name, size }: StoredFile): Promise<boolean> {
  const media = JSON.stringify({ fileId, mime, name, size });
  const { numAffectedRows } = await sql`
    update kernel.message set content = jsonb_set(content, '{media}', (content -> 'media') || ${media}::jsonb)
    where tenant_id = ${waiting.tenantId} and conversation_id = ${waiting.conversationId} and id = ${waiting.messageId}
      and content -> 'media' ->> 'providerId' = ${waiting.media.providerId} and content -> 'media' ->> 'fileId' is null`.execute(
    tx,
  );
  return numAffectedRows === 1n;
}

const REASON_CHARACTERS = 200;

async function sayWhy(tx: Tx, waiting: Waiting, reason: string): Promise<boolean> {
  const detail = JSON.stringify({
    media: { state: "unavailable", reason: reason.slice(0, REASON_CHARACTERS) },
  });
  const { numAffectedRows } = await sql`
    update kernel.message set detail = coalesce(detail, '{}') || ${detail}::jsonb
    where tenant_id = ${waiting.tenantId} and conversation_id = ${waiting.conversationId} and id = ${waiting.messageId}`.execute(
    tx,
  );
  return numAffectedRows === 1n;
}

/** A visitor's upload, a day later: it stands in a message of that visitor, or it was never sent and goes. */
async function settleUpload(kernel: Kernel, timer: Timer): Promise<void> {
  const { tenantId } = timer;
  const id = String(timer.payload.fileId);
  const visitor = String(timer.payload.visitor);
  if (!isUploadOf(id, visitor)) return;
  await kernel.db.tenant(tenantId, async (tx) => {
    const { rows } = await sql<{ id: number; contact_id: number }>`
      select c.id, c.contact_id from kernel.identity i
      join kernel.conversation c on c.tenant_id = i.tenant_id and c.contact_id = i.contact_id
      where i.tenant_id = ${tenantId} and i.kind = 'web' and i.value = ${visitor}`.execute(tx);
    for (const row of rows)
      if (await isFileIn(tx, { tenantId, conversationId: row.id, id }))
        return linkFile(tx, { tenantId, id }, { conversationId: row.id, contactId: row.contact_id });
    return deleteFile(tx, tenantId, id);
  });
}
