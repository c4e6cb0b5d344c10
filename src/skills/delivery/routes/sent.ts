import { type AnyRoute, type House, route } from "#kernel";
import {
  listCarriers,
  listSent,
  markReturned,
  readParcelList,
  type SentReply,
  sendParcel,
  sendParcelList,
} from "../api/sent.ts";
import type { Geocoder } from "../places/geocoder.ts";
import { type Asking, asking } from "../plan/asking.ts";
import { handIn } from "../plan/hand-in.ts";
import { importList } from "../plan/import-list.ts";
import type { Room } from "../plan/room.ts";
import { readParcels } from "../rules/parcel-list.ts";
import { bitsOf } from "../rules/skill-bits.ts";
import { carriersOf } from "../store/carriers.ts";
import { arrivalWords } from "../store/customers.ts";
import { likeOf, listSent as listRows, markReturned as returned } from "../store/handed-in.ts";
import { placeSearch } from "../store/place-search.ts";
import { idsNamed, recipientsOf } from "../store/sent.ts";
import { inTenant } from "../store/tx.ts";
import { windowOf } from "./deliveries.ts";
import { shownAnswer } from "./shown.ts";

/** What staff hand in. */
export function sentRoutes(house: House, room: Room, geocoder: Geocoder): readonly AnyRoute[] {
  const within = { house, room, search: placeSearch(house, room.book, geocoder) };
  return [
    route(listCarriers, async ({ actor: { tenantId } }) => ({
      items: await carriersOf(house, tenantId),
      consentWords: arrivalWords(),
    })),
    route(sendParcel, async ({ actor, body }) => {
      const answer = await handIn(within, actor, {
        ...body,
        skills: bitsOf(body.skills),
        window: windowOf(body.window),
      });
      const { contactId, isToldOf } = answer;
      return { ...shownAnswer(body.cityId, answer), contactId, isToldOf };
    }),
    route(listSent, async ({ actor, query: { carrierId, ...filter } }) => {
      const who = await asking(house, actor, carrierId);
      const { limit, q } = filter;
      const named = q ? await idsFor(house, who, q) : [];
      const rows = await inTenant(house, who.tenantId, (tx) =>
        listRows(tx, who, { ...filter, named, limit: limit + 1 }),
      );
      const names = await namesFor(
        house,
        who,
        rows.map(({ id }) => id),
      );
      const items: SentReply[] = await Promise.all(
        rows.slice(0, limit).map(async ({ senderTenantId, ...one }) => ({
          ...one,
          recipient: names.get(one.id) ?? one.recipient,
          senderName: senderTenantId === null ? "" : (await house.profile(senderTenantId)).name,
        })),
      );
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    }),
    route(markReturned, async ({ actor, params: { id }, body: { carrierId } }) => {
      const who = await asking(house, actor, carrierId);
      await inTenant(house, who.tenantId, (tx) => returned(tx, who, { id, now: house.clock.now() }));
      return { ok: true as const };
    }),
    route(readParcelList, async ({ body: { text } }) => readParcels(text)),
    route(sendParcelList, async ({ actor, body }) => ({ items: await importList(within, actor, body) })),
  ];
}

/** Whom a sender's parcels are for is looked up with the sender; a carrier's own are its contacts. */
async function idsFor(house: House, { tenantId, senderTenantId }: Asking, q: string): Promise<number[]> {
  if (senderTenantId === undefined) return [];
  const of = { senderId: senderTenantId, carrierId: tenantId };
  return inTenant(house, senderTenantId, (tx) => idsNamed(tx, of, likeOf(q)));
}

async function namesFor(
  house: House,
  { tenantId, senderTenantId }: Asking,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (senderTenantId === undefined) return new Map();
  const of = { senderId: senderTenantId, carrierId: tenantId };
  return inTenant(house, senderTenantId, (tx) => recipientsOf(tx, of, ids));
}
