import type { History, VisitorEvent, VisitorMessage, VisitorState } from "../../contract.ts";
import type { Outgoing } from "./outgoing.ts";

/** The conversation as the browser knows it. Pure data; every change below gives a new one. */
export interface Conversation {
  messages: readonly VisitorMessage[];
  outgoing: readonly Outgoing[];
  speaker: VisitorState;
  typing: string | null;
}

export const EMPTY: Conversation = {
  messages: [],
  outgoing: [],
  speaker: { speaker: "bot", personName: null },
  typing: null,
};

const RANK: Record<string, number> = {
  queued: 0,
  received: 1,
  sent: 1,
  delivered: 2,
  read: 3,
  played: 4,
  failed: 1.5,
};

/** A status only moves up: a receipt that comes late must not take a tick away. */
function higherStatus(before: string, after: string): string {
  return (RANK[after] ?? 0) >= (RANK[before] ?? 0) ? after : before;
}

function withoutClient(outgoing: readonly Outgoing[], clientId: string | null): readonly Outgoing[] {
  return clientId === null ? outgoing : outgoing.filter((entry) => entry.clientId !== clientId);
}

/** A message that is new, or a new state of one that is known. */
export function withMessage(conversation: Conversation, message: VisitorMessage): Conversation {
  const at = conversation.messages.findIndex(({ id }) => id === message.id);
  const before = conversation.messages[at];
  const messages = [...conversation.messages];
  if (before) messages[at] = { ...message, status: higherStatus(before.status, message.status) };
  else messages.push(message);
  const typing = message.author === "customer" ? conversation.typing : null;
  return {
    ...conversation,
    messages,
    typing,
    outgoing: withoutClient(conversation.outgoing, message.clientId),
  };
}

/** The node's view replaces ours; what is still on its way stays. */
export function withHistory(conversation: Conversation, history: History): Conversation {
  const known = new Set(history.items.map(({ clientId }) => clientId));
  const outgoing = conversation.outgoing.filter(({ clientId }) => !known.has(clientId));
  return { ...conversation, messages: history.items, speaker: history.state, outgoing };
}

/** "reset" is not for us: the caller fetches the history again. */
export function withEvent(conversation: Conversation, event: VisitorEvent): Conversation {
  if (event.type === "message") return withMessage(conversation, event.message);
  if (event.type === "state") return { ...conversation, speaker: event.state, typing: null };
  if (event.type === "typing") return { ...conversation, typing: event.who };
  return conversation;
}

export function withOutgoing(conversation: Conversation, entry: Outgoing): Conversation {
  const others = conversation.outgoing.filter(({ clientId }) => clientId !== entry.clientId);
  const known = others.length < conversation.outgoing.length;
  const outgoing = known
    ? conversation.outgoing.map((old) => (old.clientId === entry.clientId ? entry : old))
    : [...others, entry];
  return { ...conversation, outgoing };
}

export function withoutOutgoing(conversation: Conversation, clientId: string): Conversation {
  return { ...conversation, outgoing: withoutClient(conversation.outgoing, clientId) };
}

/** Somebody on the firm's side asked last: then it is the customer's turn, which the beacon shows. */
export function isCustomersTurn({ messages, outgoing }: Conversation): boolean {
  if (outgoing.length > 0) return false;
  const last = messages.findLast(({ author, revoked }) => author !== "system" && !revoked);
  return last !== undefined && last.author !== "customer" && last.text.trimEnd().endsWith("?");
}

/** Messages of the firm's side that are not yet told `status`. */
export function unseenIds(messages: readonly VisitorMessage[], told: ReadonlySet<string>): string[] {
  return messages.filter(({ author, id }) => author !== "customer" && !told.has(id)).map(({ id }) => id);
}
