/**
 * The one gate. Every message that leaves the house passes here twice: when it is queued and again when the
 * sender claims it, because the customer may have said stop in between. Pure: the caller brings the facts.
 */
export interface ContactRequest {
  purpose: string;
  /** Why we may write: the customer wrote to us, or agreed to hear from us. */
  basis: Basis;
  contact: { stoppedAt: number | null; erasedAt: number | null };
  channel: { active: boolean; windowMs: number | null };
  /** Approved templates may leave after the window. */
  isTemplate: boolean;
  /** ms; after it the message is of no use. */
  expiresAt?: number | null;
  now: number;
}

/** Times in ms. */
export type Basis =
  | { kind: "customer_message"; id: string; at: number }
  | {
      kind: "grant";
      /** As it stands in kernel.consent_grant. */
      id: string;
      /** When it was given. */
      at: number;
      withdrawnAt: number | null;
      expiresAt: number | null;
      /** The customer's last message in the conversation: it opens the provider's window. */
      lastCustomerAt: number | null;
    };

export type GateReason =
  | "erased"
  | "stopped"
  | "withdrawn"
  | "grant_expired"
  | "expired"
  | "channel_off"
  | "window_closed";

export type GateAnswer = { allowed: true } | { allowed: false; reason: GateReason };

/** WhatsApp counts its 24 hours at the provider; we stop a little earlier than its clock could. */
const WINDOW_MARGIN_MS = 5_000;

const no = (reason: GateReason): GateAnswer => ({ allowed: false, reason });

export function mayContact(request: ContactRequest): GateAnswer {
  const { basis, contact, channel, now } = request;
  if (contact.erasedAt !== null) return no("erased");
  if (basis.kind === "grant") {
    if (basis.withdrawnAt !== null) return no("withdrawn");
    if (basis.expiresAt !== null && basis.expiresAt <= now) return no("grant_expired");
  }
  // Who writes, or agrees, after a stop speaks with us again: that message, and only it, is a reason to answer.
  if (contact.stoppedAt !== null && contact.stoppedAt >= basis.at) return no("stopped");
  if (request.expiresAt != null && request.expiresAt <= now) return no("expired");
  if (!channel.active) return no("channel_off");
  if (channel.windowMs === null || request.isTemplate) return { allowed: true };
  const openedAt = basis.kind === "grant" ? basis.lastCustomerAt : basis.at;
  const isOpen = openedAt !== null && now <= openedAt + channel.windowMs - WINDOW_MARGIN_MS;
  return isOpen ? { allowed: true } : no("window_closed");
}
