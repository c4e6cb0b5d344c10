import { deliveryOf } from "../rules/about.ts";
import { putEndOfHold } from "./acts.ts";
import { entriesOf, heldRows, lockRequest, type RequestRow } from "./request-rows.ts";
import { apart, inTenant, type Place } from "./tx.ts";
import { wake } from "./wake.ts";

/**
 * Paid when delivered: what is set aside for a delivery is taken when it was handed over within its window, and given back when
 * the window was missed or the delivery is off. Looked up and not told, so nothing is missed; and were this node gone, the ledger
 * gives back at the hold's end.
 */

const BY = "delivery";

export async function followDeliveries(place: Place): Promise<void> {
  const { rows } = await place.house.db.node.query<{ tenant_id: number }>(
    "select distinct tenant_id from wallet.request where state = 'held'",
  );
  for (const { tenant_id: tenantId } of rows) await apart(place, () => followIn(place, tenantId));
}

async function followIn(place: Place, tenantId: number): Promise<void> {
  const { house, outside } = place;
  const held = await inTenant(place, tenantId, (tx) => heldRows(tx, tenantId));
  const waiting = held.flatMap((request) => {
    const deliveryId = deliveryOf(request.about);
    return deliveryId === null ? [] : [{ request, deliveryId }];
  });
  if (waiting.length === 0) return;
  const ids = [...new Set(waiting.map(({ deliveryId }) => deliveryId))];
  const ends = await outside.deliveries.ends(house, tenantId, ids);
  let isAny = false;
  for (const { request, deliveryId } of waiting) {
    const end = ends.get(deliveryId);
    if (end && (await put(place, tenantId, request, end))) isAny = true;
  }
  if (isAny) await wake(place, tenantId);
}

/** @returns false where somebody is at it, or a first try has failed: then a person decides */
async function put(
  place: Place,
  tenantId: number,
  { id }: RequestRow,
  end: "brought" | "missed",
): Promise<boolean> {
  const now = place.house.clock.now();
  return inTenant(place, tenantId, async (tx) => {
    const request = await lockRequest(tx, tenantId, id);
    const entries = await entriesOf(tx, tenantId, [id]);
    const isTried = entries.some(({ made_by, state }) => state === "waiting" || made_by === BY);
    if (request.state !== "held" || isTried) return false;
    const amountMinor = end === "brought" ? undefined : 0;
    await putEndOfHold(tx, tenantId, request, { amountMinor, by: BY, now });
    return true;
  });
}
