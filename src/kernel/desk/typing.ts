/** "Somebody is writing": a wake-up between processes that is never stored. Topic "typing" of the wire. */
export interface Typing {
  tenantId: number;
  conversationId: number;
  side: "customer" | "us";
  /** null for the customer */
  staffId: string | null;
  who: string;
}

/** What goes over the wire; parts are encoded because names and ids may hold the separator. */
export function typingTopic(typing: Typing): string {
  const { tenantId, conversationId, side } = typing;
  const words = [typing.staffId ?? "", typing.who].map(encodeURIComponent);
  return `typing:${tenantId}:${conversationId}:${side}:${words.join(":")}`;
}

/** @param rest as a listener of the topic "typing" gets it; null for what is none */
export function readTyping(rest: string): Typing | null {
  const [tenant, conversation, side, staffId = "", who = ""] = rest.split(":");
  const tenantId = Number(tenant);
  const conversationId = Number(conversation);
  if (!Number.isInteger(tenantId) || !Number.isInteger(conversationId)) return null;
  if (side !== "customer" && side !== "us") return null;
  return {
    tenantId,
    conversationId,
    side,
    staffId: decodeURIComponent(staffId) || null,
    who: decodeURIComponent(who),
  };
}
