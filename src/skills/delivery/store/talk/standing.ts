import { sql } from "kysely";
import type { House } from "#kernel";
import type { Standing } from "../../flows/scene.ts";
import type { KnownPlace } from "../../flows/talk.ts";
import { SKILL_BITS } from "../../rules/skill-bits.ts";
import type { DeliveryState } from "../../tables.ts";
import { type DeliveryTx, inTenant, tell } from "../tx.ts";

/** Deliveries as the customers' messages reach them. */

const HOUR_MS = 3_600_000;
/** An overdue one is asked about for so long. */
const OVERDUE_MS = 48 * HOUR_MS;
const MOST = 2_000;

interface Row {
  tenant_id: number;
  contact_id: number;
  id: number;
  evening_id: number;
  earliest_at: Date;
  latest_at: Date;
  address: string;
  skills: number;
  state: DeliveryState;
  hold_until: Date | null;
  price_minor: number;
  currency: string;
  time_zone: string;
  is_near: boolean;
}

interface Asker {
  readonly tenantId: number;
  readonly contactId: number;
}

/** Asked as the node, which carries messages for all. @returns tenant and contact as "7 12" -> what stands, the nearest first */
export async function standingOf(
  house: House,
  askers: readonly Asker[],
): Promise<Map<string, readonly Standing[]>> {
  const now = house.clock.now();
  const { rows } = await house.db.node.query<Row>({
    name: "delivery-standing",
    text: `select d.tenant_id, d.contact_id, d.id, d.evening_id, d.earliest_at, d.latest_at, d.address, d.skills, d.state, d.hold_until,
        d.price_minor, d.currency, c.time_zone, coalesce(array_position(s.route, d.id) <= s.frozen, false) as is_near
      from (select distinct * from unnest($1::int[], $2::bigint[])) w(tenant_id, contact_id)
      join delivery.delivery d on d.tenant_id = w.tenant_id and d.contact_id = w.contact_id
      join delivery.evening e on e.tenant_id = d.tenant_id and e.id = d.evening_id
      join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id
      left join delivery.shift s on s.tenant_id = d.tenant_id and s.id = d.shift_id
      where d.state in ('held', 'booked', 'loaded', 'under_way') and d.latest_at > $3 and (d.hold_until is null or d.hold_until > $4)
      order by d.earliest_at, d.id limit $5`,
    values: [
      askers.map(({ tenantId }) => tenantId),
      askers.map(({ contactId }) => contactId),
      new Date(now - OVERDUE_MS),
      new Date(now),
      MOST,
    ],
  });
  const found = new Map<string, Standing[]>();
  for (const row of rows) {
    const key = askerKey({ tenantId: row.tenant_id, contactId: row.contact_id });
    found.set(key, [...(found.get(key) ?? []), toStanding(row)]);
  }
  return found;
}

export const askerKey = ({ tenantId, contactId }: Asker): string => `${tenantId} ${contactId}`;

function toStanding(row: Row): Standing {
  return {
    id: row.id,
    eveningId: row.evening_id,
    earliestAt: row.earliest_at.getTime(),
    latestAt: row.latest_at.getTime(),
    address: row.address,
    state: row.state,
    holdUntil: row.hold_until?.getTime() ?? null,
    priceMinor: row.price_minor,
    currency: row.currency,
    timeZone: row.time_zone,
    isNear: row.is_near || row.state === "under_way",
    isAgeChecked: (row.skills & SKILL_BITS.age_check) !== 0,
  };
}

/** Where something was brought to this person last, as long as that is kept. */
export async function lastPlace(
  house: House,
  carrierId: number,
  contactId: number,
): Promise<KnownPlace | null> {
  return inTenant(house, carrierId, async (tx) => {
    const { rows } = await sql<{ city_id: number; latitude: number; longitude: number; address: string }>`
      select e.city_id, d.latitude, d.longitude, d.address from delivery.delivery d
      join delivery.evening e on e.tenant_id = d.tenant_id and e.id = d.evening_id
      join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id and c.active
      where d.tenant_id = ${carrierId} and d.contact_id = ${contactId} and d.coarse_at is null and d.address <> ''
        and d.state <> 'expired'
      order by d.id desc limit 1`.execute(tx);
    const [row] = rows;
    if (!row) return null;
    const { city_id: cityId, latitude: lat, longitude: lon, address } = row;
    return { cityId, place: { lat, lon }, address, note: "" };
  });
}

const NOTE_CHARACTERS = 500;

/** What the courier reads at the door; a newer word of the same kind takes the older one's place. */
export async function noteAtDoor(
  tx: DeliveryTx,
  carrierId: number,
  { deliveryId, line, kind, now }: { deliveryId: number; line: string; kind: string; now: number },
): Promise<void> {
  const { rows } = await sql<{ door_note: string }>`select door_note from delivery.delivery
    where tenant_id = ${carrierId} and id = ${deliveryId} for update`.execute(tx);
  const [row] = rows;
  if (!row) return;
  const others = row.door_note.split("\n").filter((one) => one !== "" && !one.startsWith(kind));
  const note = [...others, line].join("\n").slice(0, NOTE_CHARACTERS);
  await sql`update delivery.delivery set door_note = ${note}, changed_at = ${new Date(now)}
    where tenant_id = ${carrierId} and id = ${deliveryId}`.execute(tx);
  await tell(tx, carrierId, { deliveries: [deliveryId] }, now);
}
