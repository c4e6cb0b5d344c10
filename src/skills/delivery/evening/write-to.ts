import { createHash } from "node:crypto";
import { AppError, answerLater, type House } from "#kernel";
import { say } from "../flows/words.ts";
import { ROUNDS } from "../rules/purposes.ts";
import { knownKeys } from "../store/happened.ts";
import { lockEvening } from "../store/plan-rows.ts";
import { courierReach } from "../store/reach.ts";
import { readRunningEvening } from "../store/running-rows.ts";
import { saveDraft } from "../store/running-writes.ts";
import { type DeliveryTx, inTenant } from "../store/tx.ts";
import { Draft } from "./draft.ts";
import { isToCome } from "./stored.ts";
import { tellCustomers } from "./tell.ts";
import type { EveningPlace } from "./tick.ts";
import { wordsDue } from "./write.ts";

/** A dispatcher writes to couriers or customers of an evening. */

export interface Writing {
  readonly to: "couriers" | "customers";
  /** Shifts or deliveries; without them all that are still to come. */
  readonly ids?: readonly number[] | undefined;
  readonly text: string;
  readonly key: string;
}

export interface Written {
  readonly sent: number;
  readonly unreachable: { readonly id: number; readonly name: string; readonly reason: string }[];
}

/** The same key again is sent once. @throws AppError not_found */
export async function writeTo(
  house: House,
  { tenantId, eveningId }: EveningPlace,
  writing: Writing,
): Promise<Written> {
  return inTenant(house, tenantId, async (tx) => {
    await lockEvening(tx, { tenantId, id: eveningId });
    const draft = new Draft(await readRunningEvening(tx, tenantId, eveningId));
    const written = await (writing.to === "couriers"
      ? writeToCouriers(house, tx, draft, writing)
      : writeToCustomers(house, tx, draft, writing));
    await saveDraft(tx, draft, house.clock.now());
    return written;
  });
}

async function writeToCustomers(
  house: House,
  tx: DeliveryTx,
  draft: Draft,
  { ids, text, key }: Writing,
): Promise<Written> {
  const now = house.clock.now();
  const { tenantId, id: eveningId, timeZone } = draft.before;
  const wanted = ids && new Set(ids);
  const asked = draft.before.deliveries.filter((one) => (wanted ? wanted.has(one.id) : isToCome(one)));
  refuseUnknown(ids, asked);
  const known = await knownKeys(
    tx,
    tenantId,
    asked.map(({ id }) => keyOf(key, id)),
  );
  const dues = asked
    .filter(({ id }) => !known.has(keyOf(key, id)))
    .map((one) => wordsDue(one, { text, by: "dispatcher", key, now }));
  const said = await tellCustomers(house, tx, { tenantId, eveningId, timeZone, now }, dues);
  for (const { due, ok, why } of said) {
    const { id, shiftId } = due.delivery;
    draft.setDelivery(id, { untoldReason: ok ? null : why });
    if (ok)
      draft.note({
        kind: "wrote",
        by: "dispatcher",
        shiftId,
        deliveryId: id,
        words: text,
        key: keyOf(key, id),
      });
  }
  return {
    sent: known.size + said.filter(({ ok }) => ok).length,
    unreachable: said
      .filter(({ ok }) => !ok)
      .map(({ due, why }) => ({ id: due.delivery.id, name: due.delivery.address, reason: why ?? "" })),
  };
}

/** It stands on their page at once; who writes to us in a messenger reads it there too. */
async function writeToCouriers(
  house: House,
  tx: DeliveryTx,
  draft: Draft,
  { ids, text, key }: Writing,
): Promise<Written> {
  const now = house.clock.now();
  const { tenantId } = draft.before;
  const tenant = await house.profile(tenantId);
  const wanted = ids && new Set(ids);
  const asked = draft.before.shifts.filter(({ id, state }) =>
    wanted ? wanted.has(id) : state !== "dropped" && state !== "done",
  );
  refuseUnknown(ids, asked);
  const known = await knownKeys(
    tx,
    tenantId,
    asked.map(({ id }) => keyOf(key, id)),
  );
  const reaches = await courierReach(
    tx,
    tenantId,
    asked.flatMap(({ courierId }) => courierId ?? []),
  );
  const unreachable: Written["unreachable"][number][] = [];
  for (const { id, courierId, courierName } of asked) {
    if (known.has(keyOf(key, id))) continue;
    const reach = courierId === null ? undefined : reaches.get(courierId);
    const isAnswered =
      reach?.conversationId != null &&
      reach.messageId !== null &&
      (await answerLater(house, tx, {
        tenantId,
        conversationId: reach.conversationId,
        messageId: reach.messageId,
        purpose: ROUNDS,
        content: {
          type: "text",
          text: say({ tenant, language: reach.language }, "evening.toCourier", { text }),
        },
        now,
      }));
    if (isAnswered || reach?.hasPage)
      draft.note({ kind: "wrote", by: "dispatcher", shiftId: id, words: text, key: keyOf(key, id) });
    else unreachable.push({ id, name: courierName, reason: courierId === null ? "no_courier" : "no_page" });
  }
  return { sent: asked.length - unreachable.length, unreachable };
}

function refuseUnknown(ids: readonly number[] | undefined, found: readonly { id: number }[]): void {
  const missing = ids?.find((id) => !found.some((one) => one.id === id));
  if (missing !== undefined)
    throw new AppError("not_found", `${missing} is not in this evening; nothing was sent.`);
}

/** One for each reader, as the log keeps keys. */
function keyOf(key: string, id: number): string {
  const hex = createHash("sha256").update(`wrote ${id} ${key}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
