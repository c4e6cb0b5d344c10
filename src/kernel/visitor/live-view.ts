import type { Conversation, Message } from "../api/conversations.ts";
import type { VisitorEvent } from "../api/visitor.ts";
import type { RowParts } from "../desk/rows.ts";
import type { Kernel } from "../kernel.ts";
import { openSeal } from "../portal/seal.ts";
import { openFileLinks } from "./file-links.ts";
import { clientIdsOf } from "./store.ts";
import { isForVisitor, stateOf, visitorMessageOf } from "./view.ts";

/** What the stream of a visitor carries out of a batch of events, per conversation. */
export interface VisitorFrames {
  events: { seq: number; event: VisitorEvent }[];
  state: VisitorEvent;
}

export async function visitorFrames(
  kernel: Kernel,
  parts: RowParts,
  batch: {
    entries: readonly { seq: number; messageId: string }[];
    messages: ReadonlyMap<string, Message>;
    conversations: readonly Conversation[];
  },
): Promise<Map<number, VisitorFrames>> {
  const frames = new Map<number, VisitorFrames>();
  for (const one of batch.conversations)
    frames.set(one.id, { events: [], state: { type: "state", state: stateOf(one) } });
  const shown = batch.entries.flatMap(({ seq, messageId }) => {
    const message = batch.messages.get(messageId);
    return message && frames.has(message.conversationId) && isForVisitor(message) ? [{ seq, message }] : [];
  });
  const clientIds = await clientIdsOf(
    parts.tx,
    parts.tenantId,
    shown.map(({ message }) => message),
  );
  const [links, seal] = await Promise.all([openFileLinks(kernel), openSeal(kernel)]);
  const keys = new Map(
    batch.conversations.map((one) => [one.id, kernel.registry.account(one.channel.id)?.address ?? ""]),
  );
  for (const { seq, message } of shown) {
    const view = visitorMessageOf(message, {
      clientId: clientIds.get(message.id) ?? null,
      fileUrl: (fileId) =>
        links.path(keys.get(message.conversationId) ?? "", { tenantId: parts.tenantId, id: fileId }),
      seal,
    });
    frames.get(message.conversationId)?.events.push({ seq, event: { type: "message", message: view } });
  }
  return frames;
}
