import type { Conversation, Message } from "../api/conversations.ts";
import type { LiveEvent } from "../api/events.ts";
import { conversationRows, messageRows } from "../desk/rows.ts";
import type { Kernel } from "../kernel.ts";
import { visitorFrames } from "../visitor/live-view.ts";
import { frame } from "./live-client.ts";
import type { EventRow } from "./live-store.ts";

/** Stored events hold ids; here they become what streams carry, once for all who listen. */

export interface Wanted {
  desk: boolean;
  /** Conversations that visitors follow. */
  conversations: ReadonlySet<number>;
}

export interface Expanded {
  /** Everything for the desk in one piece; empty when there is nothing. */
  desk: Buffer;
  visitors: ReadonlyMap<number, VisitorPiece>;
  lastSeq: number;
  /** For whom it was made. */
  wanted: Wanted;
}

export interface VisitorPiece {
  messages: Buffer;
  /** Who speaks now, as a frame; the feed sends it when it differs from the last one. */
  state: string;
}

const CHANGED = [
  "contact",
  "channel",
  "parked",
  "callback",
  "knowledge",
  "company",
  "staff",
  "delivery",
] as const;
type Changed = (typeof CHANGED)[number];

interface Entry {
  seq: number;
  kind: "message" | "conversation" | "changed";
  conversationId: number;
  messageId: string;
  what: Changed;
  ref: string | null;
}

/** @param rows of one tenant, in order, at least one */
export async function expand(
  kernel: Kernel,
  tenantId: number,
  rows: readonly EventRow[],
  wanted: Wanted,
): Promise<Expanded> {
  const entries = uniqueEntries(rows).filter(
    (entry) => wanted.desk || wanted.conversations.has(entry.conversationId),
  );
  const lastSeq = rows.at(-1)?.seq ?? 0;
  if (entries.length === 0) return { desk: Buffer.alloc(0), visitors: new Map(), lastSeq, wanted };
  return kernel.db.tenant(tenantId, async (tx) => {
    const parts = { tx, kernel, tenantId };
    const keys = entries
      .filter((entry) => entry.kind === "message")
      .map((entry) => ({ conversationId: entry.conversationId, id: entry.messageId }));
    const messages = new Map((await messageRows(parts, keys)).map((row) => [row.id, row]));
    const ids = new Set(
      entries.filter((entry) => entry.kind !== "changed").map((entry) => entry.conversationId),
    );
    const conversations = new Map((await conversationRows(parts, [...ids])).map((row) => [row.id, row]));
    const loaded = { entries, messages, conversations, lastSeq };
    return {
      desk: wanted.desk ? deskFrames(loaded) : Buffer.alloc(0),
      visitors: await visitorPieces(kernel, parts, loaded, wanted.conversations),
      lastSeq,
      wanted,
    };
  });
}

interface Loaded {
  /** In order of their first event, so that messages stay in order although each carries its newest state. */
  entries: readonly Entry[];
  messages: ReadonlyMap<string, Message>;
  conversations: ReadonlyMap<number, Conversation>;
  lastSeq: number;
}

/** Many events of one thing in a batch become one; it carries the newest state anyway. */
function uniqueEntries(rows: readonly EventRow[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const row of rows) {
    const entry = entryOf(row);
    const key =
      entry && `${entry.kind} ${entry.what} ${entry.messageId || entry.conversationId} ${entry.ref}`;
    if (entry && key && !entries.has(key)) entries.set(key, entry);
  }
  return [...entries.values()];
}

function entryOf(row: EventRow): Entry | null {
  const [room, happened] = row.type.split(".");
  const base = {
    seq: row.seq,
    conversationId: row.conversation_id ?? 0,
    messageId: "",
    what: "company" as Changed,
    ref: null,
  };
  if (room === "message" && row.conversation_id !== null && row.message_id !== null)
    return { ...base, kind: "message", messageId: row.message_id };
  if (room === "conversation" && row.conversation_id !== null) return { ...base, kind: "conversation" };
  const what = CHANGED.find((one) => one === room);
  // An evening's rounds are seen by the same pages as its deliveries.
  const isSeen = happened === "changed" || row.type === "delivery.evening";
  return what && isSeen ? { ...base, kind: "changed", what, ref: row.ref } : null;
}

/** A conversation's row goes with its last message; alone only when no message of it is in the batch. */
function deskFrames({ entries, messages, conversations, lastSeq }: Loaded): Buffer {
  const lastOf = new Map<number, string>();
  for (const entry of entries)
    if (messages.has(entry.messageId)) lastOf.set(entry.conversationId, entry.messageId);
  const events = entries.flatMap((entry): { seq: number; event: LiveEvent }[] => {
    const event = deskEvent(entry, { messages, conversations, lastOf });
    return event ? [{ seq: entry.seq, event }] : [];
  });
  return joined(events, lastSeq);
}

function deskEvent(
  entry: Entry,
  {
    messages,
    conversations,
    lastOf,
  }: Pick<Loaded, "messages" | "conversations"> & { lastOf: Map<number, string> },
): LiveEvent | null {
  if (entry.kind === "changed") return { type: "changed", what: entry.what, id: entry.ref };
  const conversation = conversations.get(entry.conversationId);
  if (entry.kind === "conversation")
    return conversation && !lastOf.has(entry.conversationId) ? { type: "conversation", conversation } : null;
  const message = messages.get(entry.messageId);
  if (!message) return null;
  const isLast = lastOf.get(entry.conversationId) === entry.messageId;
  return { type: "message", message, conversation: (isLast && conversation) || null };
}

/**
 * Each frame has the seq of its first event, so a reader that is cut off in between asks for all that is left; the
 * last one has the batch's last seq, so a reader that got everything asks for nothing twice.
 */
export function joined(events: readonly { seq: number; event: unknown }[], lastSeq: number): Buffer {
  const last = events.length - 1;
  return Buffer.from(events.map(({ seq, event }, n) => frame(event, n === last ? lastSeq : seq)).join(""));
}

async function visitorPieces(
  kernel: Kernel,
  parts: Parameters<typeof messageRows>[0],
  loaded: Loaded,
  followed: ReadonlySet<number>,
): Promise<Map<number, VisitorPiece>> {
  const pieces = new Map<number, VisitorPiece>();
  const touched = [...loaded.conversations.values()].filter((one) => followed.has(one.id));
  if (touched.length === 0) return pieces;
  const frames = await visitorFrames(kernel, parts, { ...loaded, conversations: touched });
  for (const [id, { events, state }] of frames)
    pieces.set(id, { messages: joined(events, loaded.lastSeq), state: frame(state) });
  return pieces;
}
