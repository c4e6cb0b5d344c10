import { sql } from "kysely";
import { AppError, setTimer } from "#kernel";
import type { Courier, CourierInput } from "../api/couriers.ts";
import { DAY_MS } from "../rules/limits.ts";
import { bitsOf, namesOf } from "../rules/skill-bits.ts";
import { FORGET } from "../rules/timer-kinds.ts";
import type { Vehicle } from "../tables.ts";
import { needContact } from "./deliveries.ts";
import type { DeliveryTx } from "./tx.ts";

/** Who drives. */

interface Row {
  id: number;
  name: string;
  phone: string;
  vehicle: Vehicle;
  capacity: number;
  skills: number;
  contact_id: number | null;
}

const COLUMNS = ["id", "name", "phone", "vehicle", "capacity", "skills", "contact_id"] as const;

const toCourier = ({ contact_id, skills, ...row }: Row): Courier => ({
  ...row,
  skills: namesOf(skills),
  contactId: contact_id,
});
const columnsOf = ({ contactId, skills, ...given }: CourierInput) => ({
  ...given,
  skills: bitsOf(skills),
  contact_id: contactId,
});

export async function listCouriers(tx: DeliveryTx, tenantId: number): Promise<Courier[]> {
  const rows = await tx
    .selectFrom("delivery.courier")
    .select(COLUMNS)
    .where("tenant_id", "=", tenantId)
    .where("active", "=", true)
    .orderBy("name")
    .orderBy("id")
    .execute();
  return rows.map(toCourier);
}

/**
 * Whoever plans a courier's rounds, or writes what else they work, holds their row: two at once would each see the courier
 * free. Taken last of all locks, and in order.
 */
export async function lockCouriers(tx: DeliveryTx, tenantId: number, ids: readonly number[]): Promise<void> {
  await sql`select 1 from delivery.courier where tenant_id = ${tenantId} and id = any(${[...ids]}::int[])
    order by id for no key update`.execute(tx);
}

/** @throws AppError not_found: there is no such contact */
export async function insertCourier(
  tx: DeliveryTx,
  tenantId: number,
  courier: CourierInput,
  now: number,
): Promise<Courier> {
  if (courier.contactId !== null) await needContact(tx, tenantId, courier.contactId);
  const row = await tx
    .insertInto("delivery.courier")
    .values({ tenant_id: tenantId, ...columnsOf(courier), created_at: new Date(now) })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return toCourier(row);
}

/** @throws AppError not_found */
export async function updateCourier(
  tx: DeliveryTx,
  { tenantId, id }: { readonly tenantId: number; readonly id: number },
  courier: CourierInput,
): Promise<Courier> {
  if (courier.contactId !== null) await needContact(tx, tenantId, courier.contactId);
  const row = await tx
    .updateTable("delivery.courier")
    .set(columnsOf(courier))
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .where("active", "=", true)
    .returning(COLUMNS)
    .executeTakeFirst();
  if (!row) throw new AppError("not_found", "There is no such courier.");
  return toCourier(row);
}

/** @throws AppError not_found, rule_broken while shifts are to come */
export async function retireCourier(
  tx: DeliveryTx,
  { tenantId, id }: { readonly tenantId: number; readonly id: number },
  now: number,
): Promise<void> {
  await lockCouriers(tx, tenantId, [id]);
  const { rows } = await sql<{ date: string }>`
    select e.service_date::text as date from delivery.shift s
    join delivery.evening e on e.tenant_id = s.tenant_id and e.id = s.evening_id
    where s.tenant_id = ${tenantId} and s.courier_id = ${id} and s.latest_at > ${new Date(now)} and s.state <> 'dropped'
    order by s.earliest_at limit 1`.execute(tx);
  const [next] = rows;
  if (next)
    throw new AppError(
      "rule_broken",
      `A shift on ${next.date} is planned with this courier; give it to another one.`,
    );
  const { numUpdatedRows } = await tx
    .updateTable("delivery.courier")
    .set({ active: false, left_at: new Date(now) })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .where("active", "=", true)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new AppError("not_found", "There is no such courier.");
  await setTimer(tx, { tenantId, kind: FORGET, key: "all", dueAt: now + DAY_MS });
}
