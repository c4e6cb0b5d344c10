import type { Conversation, Message } from "#kernel/api";

export type HandOver = NonNullable<Conversation["handOver"]>;

export type LogEntry =
  | { kind: "day"; key: string; at: string }
  | { kind: "message"; key: string; message: Message }
  | { kind: "handOver"; key: string; handOver: HandOver };

/** Does this system row tell of a hand-over with its reason? */
export function handOverIn(message: Message): HandOver | null {
  const detail = message.detail;
  if (message.author !== "system" || !detail || typeof detail.reason !== "string") return null;
  const number = (value: unknown) => (typeof value === "number" ? value : null);
  return {
    reason: detail.reason as HandOver["reason"],
    confidence: number(detail.confidence),
    needed: number(detail.needed),
    summary: typeof detail.summary === "string" ? detail.summary : message.text,
    at: message.sentAt,
  };
}

/**
 * Messages with a heading for each day and the hand-over as a card at its time. The newest hand-over also stands
 * in the conversation itself; it is shown from there when its row is not among the loaded ones.
 */
export function logEntries(
  messages: readonly Message[],
  latest: HandOver | null,
  dayOf: (iso: string) => string,
): LogEntry[] {
  const entries: LogEntry[] = [];
  let day = "";
  let toPlace = messages.some((message) => handOverIn(message) !== null) ? null : latest;
  if (toPlace && messages[0] && Date.parse(toPlace.at) < Date.parse(messages[0].sentAt)) toPlace = null;
  for (const message of messages) {
    if (toPlace && Date.parse(toPlace.at) < Date.parse(message.sentAt)) {
      entries.push({ kind: "handOver", key: "hand-over", handOver: toPlace });
      toPlace = null;
    }
    if (dayOf(message.sentAt) !== day) {
      day = dayOf(message.sentAt);
      entries.push({ kind: "day", key: `day ${day} ${message.id}`, at: message.sentAt });
    }
    const handOver = handOverIn(message);
    entries.push(
      handOver
        ? { kind: "handOver", key: message.id, handOver }
        : { kind: "message", key: message.id, message },
    );
  }
  if (toPlace) entries.push({ kind: "handOver", key: "hand-over", handOver: toPlace });
  return entries;
}
