import { AppError, crossing } from "#kernel";
import type { DeliveryTx } from "../store/tx.ts";
import type { HoldDetail } from "./promises.ts";

/** What a sender and a carrier agree on for orders: an address, a window and a parcel cross, nothing else. */
export const ORDERS = "delivery.orders";
/** Fields of an agreement without which nothing can be brought. */
export const NEEDED_FIELDS = ["address", "place", "window", "parcel"] as const;

export interface Parties {
  readonly senderTenantId: number;
  readonly carrierTenantId: number;
  readonly now: number;
}

/** @param tx in either party's tenant. @throws AppError forbidden without a standing agreement on what is needed */
export async function needAgreement(
  tx: DeliveryTx,
  { senderTenantId, carrierTenantId, now }: Parties,
): Promise<ReadonlySet<string>> {
  const asked = Object.fromEntries([...NEEDED_FIELDS, "doorNote", "reference"].map((field) => [field, true]));
  const parties = { fromTenantId: senderTenantId, toTenantId: carrierTenantId, purpose: ORDERS, now };
  const agreed = new Set(Object.keys(await crossing(tx, parties, asked)));
  const missing = NEEDED_FIELDS.filter((field) => !agreed.has(field));
  if (missing.length > 0)
    throw new AppError("forbidden", `The agreement does not let cross: ${missing.join(", ")}.`);
  return agreed;
}

/** What of a sender's order may reach the carrier. The sender's own contact and conversation never do. */
export async function crossed(tx: DeliveryTx, parties: Parties, detail: HoldDetail): Promise<HoldDetail> {
  const agreed = await needAgreement(tx, parties);
  return {
    key: detail.key,
    address: detail.address,
    senderTenantId: parties.senderTenantId,
    ...(agreed.has("doorNote") && { doorNote: detail.doorNote }),
    ...(agreed.has("reference") && { senderRef: detail.senderRef }),
  };
}
