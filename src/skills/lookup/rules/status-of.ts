import type { Status } from "../api/record.ts";

/** The shops' own words for what becomes of an order, in the one vocabulary of this house. */

/** https://woocommerce.github.io/woocommerce-rest-api-docs/#order-properties, `status`. */
const WOOCOMMERCE: Readonly<Record<string, Status>> = {
  pending: "awaiting_payment",
  "on-hold": "awaiting_payment",
  failed: "awaiting_payment",
  processing: "in_work",
  // A shop completes an order when it has been sent.
  completed: "shipped",
  cancelled: "cancelled",
  trash: "cancelled",
  refunded: "refunded",
};

export function woocommerceStatus(status: string): Status {
  return WOOCOMMERCE[status] ?? "received";
}

/**
 * Technical names of Shopware's state machines:
 * https://developer.shopware.com/docs/concepts/commerce/checkout-concept/orders.html
 */
export function shopwareStatus(states: {
  order: string;
  deliveries: readonly string[];
  transactions: readonly string[];
}): Status {
  const { order, deliveries, transactions } = states;
  const pays = transactions.at(-1) ?? "";
  if (order === "cancelled") return pays === "refunded" ? "refunded" : "cancelled";
  if (pays === "refunded") return "refunded";
  const all = (...names: string[]) => deliveries.length > 0 && deliveries.every((one) => names.includes(one));
  const some = (...names: string[]) => deliveries.some((one) => names.includes(one));
  if (all("returned")) return "returned";
  if (all("shipped", "returned_partially")) return "shipped";
  if (some("shipped", "shipped_partially", "returned", "returned_partially")) return "partly_shipped";
  if (order === "completed") return "shipped";
  if (order === "in_progress") return "in_work";
  if (["open", "reminded", "failed", "unconfirmed"].includes(pays)) return "awaiting_payment";
  return pays === "paid" ? "paid" : "received";
}

/**
 * https://shopify.dev/docs/api/admin-graphql/2026-01/enums/OrderDisplayFulfillmentStatus,
 * …/enums/OrderDisplayFinancialStatus, …/enums/FulfillmentDisplayStatus
 */
export function shopifyStatus(states: {
  isCancelled: boolean;
  financial: string | null;
  fulfillment: string;
  parcels: readonly (string | null)[];
}): Status {
  const { isCancelled, financial, fulfillment, parcels } = states;
  if (financial === "REFUNDED") return "refunded";
  if (isCancelled) return "cancelled";
  if (fulfillment === "FULFILLED")
    return parcels.length > 0 && parcels.every((one) => one === "DELIVERED") ? "delivered" : "shipped";
  if (fulfillment === "RESTOCKED") return "returned";
  if (fulfillment === "PARTIALLY_FULFILLED") return "partly_shipped";
  if (["IN_PROGRESS", "PENDING_FULFILLMENT", "SCHEDULED"].includes(fulfillment)) return "in_work";
  if (financial === "PENDING" || financial === "AUTHORIZED" || financial === "PARTIALLY_PAID")
    return "awaiting_payment";
  return financial === "PAID" ? "paid" : "received";
}

/** Words of files and of people, in both languages, folded. */
const WORDS: Readonly<Record<Status, readonly string[]>> = {
  received: ["eingegangen", "erhalten", "angenommen", "neu", "offen", "received", "new", "open"],
  awaiting_payment: [
    "wartet auf zahlung",
    "zahlung offen",
    "unbezahlt",
    "awaiting payment",
    "unpaid",
    "pending",
  ],
  paid: ["bezahlt", "zahlung erhalten", "paid"],
  in_work: ["in bearbeitung", "in arbeit", "in produktion", "in work", "processing", "in progress"],
  partly_shipped: [
    "teilweise versandt",
    "teilversandt",
    "teillieferung",
    "partly shipped",
    "partially shipped",
  ],
  shipped: ["versandt", "verschickt", "unterwegs", "versendet", "shipped", "sent", "in transit"],
  delivered: ["zugestellt", "geliefert", "ausgeliefert", "delivered", "abgeschlossen"],
  cancelled: ["storniert", "abgebrochen", "abgesagt", "cancelled", "canceled"],
  returned: ["zurueckgeschickt", "retourniert", "retoure", "returned"],
  refunded: ["erstattet", "rueckerstattet", "refunded"],
  confirmed: ["bestaetigt", "zugesagt", "confirmed", "in betrieb", "active"],
};
const byWord = new Map(
  Object.entries(WORDS).flatMap(([status, words]) =>
    [status, status.replace("_", " "), ...words].map((word) => [word, status as Status] as const),
  ),
);

/** @returns null for a word that says nothing we know */
export function spokenStatus(text: string): Status | null {
  const folded = text
    .trim()
    .toLowerCase()
    .replace(/ä/g, "ae")
    .replace(/ö/g, "oe")
    .replace(/ü/g, "ue")
    .replace(/ß/g, "ss")
    .replace(/\s+/g, " ");
  return byWord.get(folded) ?? null;
}
