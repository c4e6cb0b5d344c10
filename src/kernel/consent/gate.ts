/**
 * The one gate. Every message that leaves the house passes here twice: when it is queued and again when the
 * sender claims it, because the customer may have said stop in between. Pure: the caller brings the facts.
 */
export interface ContactRequest {
  purpose: string;
  /** Why we may write: today only that the customer wrote to us. The ledger of grants adds a second kind. */
  basis: { kind: "customer_message"; id: string; at: number };
  contact: { stoppedAt: number | null; erasedAt: number | null };
  channel: { active: boolean; windowMs: number | null };
  /** Approved templates may leave after the window. */
  isTemplate: boolean;
  now: number;
}

export type GateAnswer =
  | { allowed: true }
  | { allowed: false; reason: "erased" | "stopped" | "channel_off" | "window_closed" };

/** WhatsApp counts its 24 hours at the provider; we stop a little earlier than its clock could. */
const WINDOW_MARGIN_MS = 5_000;

export function mayContact(request: ContactRequest): GateAnswer {
  const { basis, contact, channel } = request;
  if (contact.erasedAt !== null) return { allowed: false, reason: "erased" };
  // Who writes after a stop speaks with us again: that message, and only it, is a reason to answer.
  if (contact.stoppedAt !== null && contact.stoppedAt >= basis.at)
    return { allowed: false, reason: "stopped" };
  if (!channel.active) return { allowed: false, reason: "channel_off" };
  if (
    channel.windowMs !== null &&
    !request.isTemplate &&
    request.now > basis.at + channel.windowMs - WINDOW_MARGIN_MS
  ) {
    return { allowed: false, reason: "window_closed" };
  }
  return { allowed: true };
}
