import type { visitorHistory, visitorSeen } from "../api/visitor.ts";
import { conversationRows, messageRows } from "../desk/rows.ts";
import { typingTopic } from "../desk/typing.ts";
import type { Ingest } from "../dialogue/ingest.ts";
import { correlationOf } from "../dialogue/receipts.ts";
import { AppError } from "../errors.ts";
import { isUploadOf } from "../files/files.ts";
import { findFile, linkFile } from "../files/store.ts";
import type { BodyOf, ReplyOf } from "../http/contract.ts";
import type { Kernel } from "../kernel.ts";
import { openSeal } from "../portal/seal.ts";
import { openFileLinks } from "./file-links.ts";
import { inboxBody, type SpokenBody } from "./inbox-body.ts";
import { HISTORY_MESSAGES } from "./limits.ts";
import { clientIdsOf, lastSeq, newestVisible, placeOf, unseenAmong, type Visitor } from "./store.ts";
import { NOBODY_YET, type Spoken, stateOf, visitorMessageOf } from "./view.ts";

/** What a visitor does. `key` is the widget's public key, the account's address. */
export interface Act {
  kernel: Kernel;
  ingest: Ingest;
  visitor: Visitor;
  key: string;
}

/** Stores what the customer says; resolves after the commit. @throws AppError bad_request for an empty message */
export async function speak(act: Act, spoken: Spoken): Promise<void> {
  const { visitor, key, kernel } = act;
  const text = spoken.text.trim();
  if (!text && !spoken.choice && !spoken.fileId)
    throw new AppError("bad_request", undefined, [
      { path: "text", message: "There is nothing in the message." },
    ]);
  const file = spoken.fileId ? await ownFile(kernel, visitor, spoken.fileId) : undefined;
  const name = spoken.name?.trim();
  await put(act, {
    v: 1,
    address: key,
    at: kernel.clock.now(),
    visitor: visitor.hash,
    clientId: spoken.clientId,
    ...(text ? { text } : {}),
    ...(spoken.choice ? { choice: spoken.choice } : {}),
    ...(file ? { file } : {}),
    ...(spoken.language ? { language: spoken.language } : {}),
    ...(name ? { name } : {}),
  });
}

function put({ ingest, visitor }: Act, body: Parameters<typeof inboxBody>[0]): Promise<void> {
  const { channelId, tenantId } = visitor;
  return ingest.enqueue({ appId: "web", channelId, tenantId, body: inboxBody(body) });
}

/** Only a file that this visitor uploaded can be sent. */
async function ownFile(kernel: Kernel, visitor: Visitor, fileId: string): Promise<SpokenBody["file"]> {
  const { tenantId } = visitor;
  const row = isUploadOf(fileId, visitor.hash)
    ? await kernel.db.tenant(tenantId, async (tx) => {
        const place = await placeOf(tx, visitor);
        if (place) await linkFile(tx, { tenantId, id: fileId }, place);
        return findFile(tx, tenantId, fileId);
      })
    : null;
  if (!row)
    throw new AppError("bad_request", undefined, [
      { path: "fileId", message: "There is no such file of yours." },
    ]);
  return { fileId: row.id, mime: row.mime, name: row.name, size: row.size };
}

/** The newest messages, who speaks now, and the place from which the stream goes on. */
export async function history(
  kernel: Kernel,
  visitor: Visitor,
  key: string,
): Promise<ReplyOf<typeof visitorHistory>> {
  const { tenantId } = visitor;
  const [links, seal] = await Promise.all([openFileLinks(kernel), openSeal(kernel)]);
  return kernel.db.tenant(tenantId, async (tx) => {
    const cursor = String(await lastSeq(tx, tenantId));
    const place = await placeOf(tx, visitor);
    if (!place) return { items: [], state: NOBODY_YET, cursor };
    const parts = { tx, kernel, tenantId };
    const { conversationId } = place;
    const messages = await messageRows(
      parts,
      await newestVisible(tx, { tenantId, conversationId }, HISTORY_MESSAGES),
    );
    const clientIds = await clientIdsOf(tx, tenantId, messages);
    const [conversation] = await conversationRows(parts, [conversationId]);
    const items = messages.map((message) =>
      visitorMessageOf(message, {
        clientId: clientIds.get(message.id) ?? null,
        fileUrl: (id) => links.path(key, { tenantId, id }),
        seal,
      }),
    );
    return { items, state: conversation ? stateOf(conversation) : NOBODY_YET, cursor };
  });
}

/** The browser's receipts; only messages of this visitor's own conversation count, and only once. */
export async function seen(act: Act, { ids, status }: BodyOf<typeof visitorSeen>): Promise<void> {
  const { kernel, visitor, key } = act;
  const { tenantId } = visitor;
  const news = await kernel.db.tenant(tenantId, async (tx) => {
    const place = await placeOf(tx, visitor);
    if (!place) return [];
    const { conversationId } = place;
    const found = await unseenAmong(tx, { tenantId, conversationId }, { ids, status });
    return found.map((id) => correlationOf(conversationId, id));
  });
  if (news.length > 0) await put(act, { v: 1, address: key, at: kernel.clock.now(), seen: news, status });
}

/** Tells the desk that the customer writes; nothing is stored. */
export async function type(kernel: Kernel, visitor: Visitor): Promise<void> {
  const place = await kernel.db.tenant(visitor.tenantId, (tx) => placeOf(tx, visitor));
  if (!place) return;
  const { conversationId, contactName: who } = place;
  kernel.wire.notify(
    typingTopic({ tenantId: visitor.tenantId, conversationId, side: "customer", staffId: null, who }),
  );
}
