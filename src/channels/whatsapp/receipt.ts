import type { DeliveryStatus, Inbound } from "#kernel";
import { classOf, errorRules } from "./errors.ts";
import { type Fields, fieldsOf, idOf, NAME_MAX_CHARS, stringOf, timeOf } from "./fields.ts";
import { isBsuid, personOf } from "./identities.ts";
import { errorsOf } from "./provider-errors.ts";

const statuses: ReadonlySet<string> = new Set<DeliveryStatus>([
  "sent",
  "delivered",
  "read",
  "played",
  "failed",
]);
/** Our correlation is far shorter; anything longer is not ours. */
const CORRELATION_MAX_CHARS = 256;
/** "authentication_international" is the longest there is. */
const CATEGORY_MAX_CHARS = 40;

/** @param status an element of `statuses[]`. @returns the receipt, and what its error means beyond the message. */
export function receiptItems(status: Fields, address: string, receivedAt: number): Inbound[] {
  const name = stringOf(status.status, NAME_MAX_CHARS);
  // The ringing of a call comes as a status too.
  if (status.type === "call") return [{ kind: "ignored", address, field: `statuses call ${name}` }];
  if (!statuses.has(name))
    return [{ kind: "ignored", address, field: `statuses ${name || "without status"}` }];
  const externalId = idOf(status.id);
  const correlation = stringOf(status.biz_opaque_callback_data, CORRELATION_MAX_CHARS + 1);
  if (!externalId && !correlation) return [{ kind: "broken", address, reason: "status without id" }];
  const recipient = recipientOf(status);
  const receipt: Extract<Inbound, { kind: "receipt" }> = {
    kind: "receipt",
    address,
    externalId,
    status: name as DeliveryStatus,
    at: timeOf(status.timestamp, receivedAt),
    errors: status.errors === undefined ? [] : errorsOf(status.errors),
  };
  if (correlation && correlation.length <= CORRELATION_MAX_CHARS) receipt.correlation = correlation;
  if (recipient) receipt.recipient = recipient;
  const billed = billedAs(status.pricing);
  if (billed) receipt.billed = billed;
  return receipt.errors.length === 0 ? [receipt] : [receipt, ...consequences(status, receipt)];
}

/**
 * The `pricing` of a status (developers.facebook.com, "Status messages webhook reference"): `type` says whether it is
 * charged at all; `billable`, which older versions send alone, is deprecated. Prices a conversation (CBP) are none of a
 * message, and ended in 2025.
 * @returns the category it is charged as; "" when it is free or nothing is said
 */
function billedAs(pricing: unknown): string {
  const { type, billable, category, pricing_model: model } = fieldsOf(pricing);
  const isCharged = typeof type === "string" ? type === "regular" : billable === true && model === "PMP";
  return isCharged ? stringOf(category, CATEGORY_MAX_CHARS) : "";
}

/** In a group the participant counts; a hidden number leaves the BSUID. */
function recipientOf(status: Fields): string {
  return (
    idOf(status.recipient_participant_id) ||
    idOf(status.recipient_participant_user_id) ||
    idOf(status.recipient_id) ||
    idOf(status.recipient_user_id)
  );
}

/** A failed receipt may say that the person stopped marketing, or that the number itself is in trouble. */
function consequences(status: Fields, receipt: Extract<Inbound, { kind: "receipt" }>): Inbound[] {
  const { address, at } = receipt;
  return receipt.errors.flatMap((error): Inbound[] => {
    const name = classOf(error.code);
    if (name === "stopped") {
      const recipient = stringOf(status.recipient_id, NAME_MAX_CHARS);
      const ids = isBsuid(recipient)
        ? { userId: recipient }
        : { waId: recipient, userId: status.recipient_user_id };
      const { identities } = personOf(ids, {});
      const externalId = `stopped:${receipt.externalId || receipt.correlation}`;
      return identities.length > 0
        ? [
            {
              kind: "preference",
              address,
              externalId,
              identities,
              preference: "stop",
              scope: "marketing",
              sentAt: at,
            },
          ]
        : [];
    }
    const health = name ? errorRules[name].health : null;
    const text = `${error.code} ${error.title}${error.details ? `: ${error.details}` : ""}`;
    return health ? [{ kind: "account", address, field: "statuses", health, text }] : [];
  });
}
