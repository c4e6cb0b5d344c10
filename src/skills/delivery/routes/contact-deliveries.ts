import { type AnyRoute, type House, route } from "#kernel";
import { type DeliveryCard, erasePhotos, listContactDeliveries } from "../api/contact-deliveries.ts";
import { namesOf } from "../rules/skill-bits.ts";
import { type ContactDelivery, listOfContact } from "../store/contact-deliveries.ts";
import { erasePhotosOf } from "../store/courier-photos.ts";
import { inTenant } from "../store/tx.ts";
import type { Expected } from "./shown-live.ts";

/** What stands about a person's deliveries beside the conversation. */

type ExpectedAt = (tenantId: number, deliveryId: number) => Promise<Expected | null>;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const PROMISED: readonly ContactDelivery["state"][] = ["booked", "loaded", "under_way"];

export function contactDeliveryRoutes(house: House, expectedAt: ExpectedAt): readonly AnyRoute[] {
  return [
    route(listContactDeliveries, async ({ actor: { tenantId }, params: { id } }) => {
      const rows = await inTenant(house, tenantId, (tx) => listOfContact(tx, tenantId, id));
      const items: DeliveryCard[] = [];
      for (const row of rows) {
        const isUnderWay = row.eveningState === "running" && PROMISED.includes(row.state);
        const expected = isUnderWay ? await expectedAt(tenantId, row.id) : null;
        const sender = row.senderTenantId === null ? null : await house.profile(row.senderTenantId);
        items.push(shown(row, expected, sender?.name ?? ""));
      }
      return { items };
    }),
    route(erasePhotos, async ({ actor: { tenantId }, params: { id }, body: { reason } }) => {
      const now = house.clock.now();
      const erased = await inTenant(house, tenantId, (tx) =>
        erasePhotosOf(tx, { tenantId, id, reason, now }),
      );
      return { erased };
    }),
  ];
}

function shown(row: ContactDelivery, expected: Expected | null, senderName: string): DeliveryCard {
  const [from, until] = [iso(row.toldFrom), iso(row.toldUntil)];
  return {
    id: row.id,
    senderName,
    reference: row.senderRef,
    address: row.address,
    earliestAt: row.earliestAt.toISOString(),
    latestAt: row.latestAt.toISOString(),
    timeZone: row.timeZone,
    state: row.state,
    attempt: row.attempt,
    skills: namesOf(row.skills),
    doorNote: row.doorNote,
    told: from && until ? { from, until } : null,
    expected: expected && {
      from: new Date(expected.from).toISOString(),
      until: new Date(expected.until).toISOString(),
    },
    isLate: (expected?.isLate ?? false) || (PROMISED.includes(row.state) && row.lateSaidAt !== null),
    outcome: row.outcome,
    outcomeWords: row.outcomeWords,
    endedAt: iso(row.endedAt),
    proof: row.proof,
    photoUrl: row.proofFileId && `/api/v1/files/${encodeURIComponent(row.proofFileId)}`,
    signature: row.signature,
    compensation: row.compensationMinor > 0 ? { minor: row.compensationMinor, currency: row.currency } : null,
    answer: row.answer,
    answerWords: row.answerWords,
  };
}
