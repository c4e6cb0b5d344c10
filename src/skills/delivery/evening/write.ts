import type { House } from "#kernel";
import type { DeliveryTx } from "../store/tx.ts";
import type { Draft } from "./draft.ts";
import type { JudgedEntry } from "./judge.ts";
import type { Due } from "./letters.ts";
import type { RunningDelivery } from "./stored.ts";
import { tellCustomer } from "./tell.ts";

/** Words of a person to a customer of the evening. */

const DAY_MS = 86_400_000;

export interface Words {
  readonly text: string;
  readonly by: "courier" | "dispatcher";
  /** The same again is sent once. */
  readonly key: string;
  readonly now: number;
}

export const wordsDue = (delivery: RunningDelivery, { text, by, key, now }: Words): Due => ({
  kind: "wrote",
  delivery,
  text,
  by,
  reference: `delivery ${delivery.id} wrote ${key}`,
  expiresAt: now + DAY_MS,
});

/** The courier's words go through the company's conversation: neither sees the other's number. */
export async function writeAsCourier(
  house: House,
  tx: DeliveryTx,
  draft: Draft,
  { entry, now }: { readonly entry: JudgedEntry; readonly now: number },
): Promise<void> {
  const { deliveryId, words: text, key } = entry;
  if (deliveryId === null) return;
  const { tenantId, id: eveningId, timeZone } = draft.before;
  const due = wordsDue(draft.delivery(deliveryId), { text, by: "courier", key, now });
  const { ok, why } = await tellCustomer(house, tx, { tenantId, eveningId, timeZone, now }, due);
  draft.setDelivery(deliveryId, { untoldReason: ok ? null : why });
}
