import { sql } from "kysely";
import { AppError, personOf } from "#kernel";
import type { Coordinates, Delivery, PickUp } from "../plan/promises.ts";
import type { StoredPickUp } from "../plan/stored-evening.ts";
import type { DeliveryState } from "../tables.ts";
import type { DeliveryTx } from "./tx.ts";

/** Deliveries, and the keys of what was asked about them. */

interface Row {
  id: number;
  sender_tenant_id: number | null;
  sender_ref: string;
  contact_id: number | null;
  conversation_id: number | null;
  city_id: number;
  evening_id: number;
  earliest_at: Date;
  latest_at: Date;
  latitude: number;
  longitude: number;
  address: string;
  door_note: string;
  service_s: number;
  demand: number;
  skills: number;
  state: DeliveryState;
  hold_until: Date | null;
  shift_id: number | null;
  price_minor: number;
  currency: string;
  pickup_name: string | null;
  pickup_latitude: number;
  pickup_longitude: number;
  pickup_from_minute: number;
  pickup_to_minute: number;
  pickup_service_s: number;
}

const COLUMNS = sql.raw(
  [
    ..."id sender_tenant_id sender_ref contact_id conversation_id evening_id earliest_at latest_at latitude longitude".split(
      " ",
    ),
    ..."address door_note service_s demand skills state hold_until shift_id price_minor currency".split(" "),
    ..."pickup_name pickup_latitude pickup_longitude pickup_from_minute pickup_to_minute pickup_service_s".split(
      " ",
    ),
  ]
    .map((column) => `d.${column}`)
    .join(", "),
);
const JOINED = sql`delivery.delivery d join delivery.evening e on e.tenant_id = d.tenant_id and e.id = d.evening_id`;

function toDelivery(row: Row): Delivery {
  return {
    id: row.id,
    senderTenantId: row.sender_tenant_id,
    senderRef: row.sender_ref,
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    cityId: row.city_id,
    eveningId: row.evening_id,
    earliestAt: row.earliest_at.getTime(),
    latestAt: row.latest_at.getTime(),
    place: { lat: row.latitude, lon: row.longitude },
    address: row.address,
    doorNote: row.door_note,
    service_s: row.service_s,
    demand: row.demand,
    skills: row.skills,
    pickup: pickUpOf(row),
    state: row.state,
    holdUntil: row.hold_until?.getTime() ?? null,
    shiftId: row.shift_id,
    priceMinor: row.price_minor,
    currency: row.currency,
  };
}

function pickUpOf(row: Row): PickUp | null {
  if (row.pickup_name === null) return null;
  return {
    place: { lat: row.pickup_latitude, lon: row.pickup_longitude },
    name: row.pickup_name,
    fromMinute: row.pickup_from_minute,
    toMinute: row.pickup_to_minute,
    service_s: row.pickup_service_s,
  };
}

/** @throws AppError not_found */
export async function readDelivery(tx: DeliveryTx, tenantId: number, id: number): Promise<Delivery> {
  const { rows } = await sql<Row>`select ${COLUMNS}, e.city_id from ${JOINED}
    where d.tenant_id = ${tenantId} and d.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found", "There is no such delivery.");
  return toDelivery(row);
}

export interface Customer {
  readonly contactId?: number | undefined;
  readonly conversationId?: number | undefined;
}

/**
 * Whoever a delivery belongs to may see, move and cancel it, so what is named must be there and fit together.
 * @returns its contact: the one that is named, or else the conversation's
 * @throws AppError not_found, also for a conversation of another person
 */
export async function needCustomer(
  tx: DeliveryTx,
  tenantId: number,
  { contactId, conversationId }: Customer,
): Promise<number | undefined> {
  if (contactId !== undefined) await needContact(tx, tenantId, contactId);
  if (conversationId === undefined) return contactId;
  const found = await tx
    .selectFrom("kernel.conversation")
    .select("contact_id")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", conversationId)
    .executeTakeFirst();
  const isTheirs =
    found &&
    (contactId === undefined || (await personOf(tx, tenantId, contactId)).includes(found.contact_id));
  if (!isTheirs) throw new AppError("not_found", "There is no such conversation of this contact.");
  return contactId ?? found.contact_id;
}

/** @throws AppError not_found */
export async function needContact(tx: DeliveryTx, tenantId: number, contactId: number): Promise<void> {
  const found = await tx
    .selectFrom("kernel.contact")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", contactId)
    .executeTakeFirst();
  if (!found) throw new AppError("not_found", "There is no such contact.");
}

export interface DeliveryFilter {
  readonly eveningId?: number | undefined;
  readonly senderTenantId?: number | undefined;
  readonly state?: DeliveryState | undefined;
  /** Ids below this one. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** The newest first. */
export async function listDeliveries(
  tx: DeliveryTx,
  tenantId: number,
  { eveningId, senderTenantId, state, before, limit }: DeliveryFilter,
): Promise<Delivery[]> {
  const { rows } = await sql<Row>`select ${COLUMNS}, e.city_id from ${JOINED} where d.tenant_id = ${tenantId}
      ${eveningId === undefined ? sql`` : sql`and d.evening_id = ${eveningId}`}
      ${senderTenantId === undefined ? sql`` : sql`and d.sender_tenant_id = ${senderTenantId}`}
      ${state === undefined ? sql`` : sql`and d.state = ${state}`}
      ${before === undefined ? sql`` : sql`and d.id < ${before}`}
    order by d.id desc limit ${limit}`.execute(tx);
  return rows.map(toDelivery);
}

export interface NewDelivery {
  readonly senderTenantId: number | null;
  readonly senderRef: string;
  readonly contactId: number | null;
  readonly conversationId: number | null;
  readonly eveningId: number;
  readonly earliestAt: number;
  readonly latestAt: number;
  readonly dueAt: number;
  readonly place: Coordinates;
  readonly address: string;
  readonly doorNote: string;
  readonly service_s: number;
  readonly demand: number;
  readonly skills: number;
  readonly pickUp: PickUp | null;
  /** Its hours on this evening. */
  readonly pickup: StoredPickUp | null;
  readonly holdUntil: number;
  readonly shiftId: number;
  readonly priceMinor: number;
  readonly currency: string;
  readonly now: number;
}

/** @returns its id */
export async function insertHeld(tx: DeliveryTx, tenantId: number, one: NewDelivery): Promise<number> {
  const { id } = await tx
    .insertInto("delivery.delivery")
    .values({
      tenant_id: tenantId,
      sender_tenant_id: one.senderTenantId,
      sender_ref: one.senderRef,
      contact_id: one.contactId,
      conversation_id: one.conversationId,
      evening_id: one.eveningId,
      earliest_at: new Date(one.earliestAt),
      latest_at: new Date(one.latestAt),
      due_at: new Date(one.dueAt),
      latitude: one.place.lat,
      longitude: one.place.lon,
      address: one.address,
      door_note: one.doorNote,
      service_s: one.service_s,
      demand: one.demand,
      skills: one.skills,
      state: "held",
      hold_until: new Date(one.holdUntil),
      shift_id: one.shiftId,
      price_minor: one.priceMinor,
      currency: one.currency,
      created_at: new Date(one.now),
      changed_at: new Date(one.now),
      ...(one.pickUp && {
        pickup_name: one.pickUp.name,
        pickup_latitude: one.pickUp.place.lat,
        pickup_longitude: one.pickUp.place.lon,
        pickup_from_minute: one.pickUp.fromMinute,
        pickup_to_minute: one.pickUp.toMinute,
        pickup_service_s: one.pickUp.service_s,
      }),
      ...(one.pickup && pickUpSpan(one.pickup)),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export type DeliveryChange = Partial<{
  state: DeliveryState;
  eveningId: number;
  earliestAt: number;
  latestAt: number;
  dueAt: number;
  holdUntil: number | null;
  shiftId: number | null;
  priceMinor: number;
  currency: string;
  endedAt: number;
  /** When its counter is open, on another evening. */
  pickupSpan: StoredPickUp;
}>;

const pickUpSpan = ({ earliestAt, dueAt }: StoredPickUp) => ({
  pickup_earliest_at: new Date(earliestAt),
  pickup_latest_at: new Date(dueAt),
});

/** @param tx holds the lock of its evening */
export async function updateDelivery(
  tx: DeliveryTx,
  place: { readonly tenantId: number; readonly id: number; readonly now: number },
  change: DeliveryChange,
): Promise<void> {
  const { eveningId, earliestAt, latestAt, dueAt, endedAt, state, shiftId, priceMinor, currency } = change;
  await tx
    .updateTable("delivery.delivery")
    .set({
      changed_at: new Date(place.now),
      ...(state !== undefined && { state }),
      ...(eveningId !== undefined && { evening_id: eveningId }),
      ...(earliestAt !== undefined && { earliest_at: new Date(earliestAt) }),
      ...(latestAt !== undefined && { latest_at: new Date(latestAt) }),
      ...(dueAt !== undefined && { due_at: new Date(dueAt) }),
      ...(change.holdUntil !== undefined && {
        hold_until: change.holdUntil === null ? null : new Date(change.holdUntil),
      }),
      ...(shiftId !== undefined && { shift_id: shiftId }),
      ...(priceMinor !== undefined && { price_minor: priceMinor }),
      ...(currency !== undefined && { currency }),
      ...(endedAt !== undefined && { ended_at: new Date(endedAt) }),
      ...(change.pickupSpan && pickUpSpan(change.pickupSpan)),
    })
    .where("tenant_id", "=", place.tenantId)
    .where("id", "=", place.id)
    .execute();
}
