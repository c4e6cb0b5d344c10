/** Where a version of a quotation stands, and what may become of it. */

export type QuotationState =
  | "draft"
  | "sent"
  | "replaced"
  | "accepted"
  | "declined"
  | "withdrawn"
  | "expired";

const NEXT: Readonly<Record<QuotationState, readonly QuotationState[]>> = {
  draft: ["sent"],
  sent: ["replaced", "accepted", "declined", "withdrawn", "expired"],
  // A newer version takes the place of what ran out or was refused, too.
  declined: ["replaced"],
  withdrawn: ["replaced"],
  expired: ["replaced"],
  replaced: [],
  accepted: [],
};

export function mayBecome(from: QuotationState, to: QuotationState): boolean {
  return NEXT[from].includes(to);
}

/** @param validUntil the last day, YYYY-MM-DD @param today in the company's time zone */
export function isValidOn(validUntil: string, today: string): boolean {
  return today <= validUntil;
}

export type Role = "orderer" | "accounts" | "technician" | "decision_maker";

/** Who may bind the company by an order, or refuse one. */
export function mayOrder(roles: readonly string[]): boolean {
  return roles.includes("orderer") || roles.includes("decision_maker");
}

export type Verdict = "yes" | "expired" | "not_allowed" | "accepted" | "gone";

/**
 * May this person accept this version today? Asked when the customer is asked for the last word, and again with the row
 * locked when it is given.
 */
export function verdictOn(
  quotation: { state: QuotationState; validUntil: string },
  person: { roles: readonly string[] },
  today: string,
): Verdict {
  if (!mayOrder(person.roles)) return "not_allowed";
  if (quotation.state === "accepted") return "accepted";
  if (quotation.state === "expired") return "expired";
  if (quotation.state !== "sent") return "gone";
  return isValidOn(quotation.validUntil, today) ? "yes" : "expired";
}
