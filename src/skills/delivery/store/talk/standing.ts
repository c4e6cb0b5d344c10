import { sql } from "kysely";
import { type House, samePartyAs } from "#kernel";
import type { Standing } from "../../flows/scene.ts";
import type { KnownPlace } from "../../flows/talk.ts";
import { SKILL_BITS } from "../../rules/skill-bits.ts";
import type { DeliveryState, Proof } from "../../tables.ts";
import { idsSentTo } from "../sent.ts";
import { inTenant } from "../tx.ts";
import type { Served } from "./served.ts";

/** Deliveries as the customers' messages reach them. */

const HOUR_MS = 3_600_000;
/** An overdue one is asked about for so long. */
const OVERDUE_MS = 48 * HOUR_MS;
const MOST = 2_000;
/** A chain of merges longer than this does not occur. */
const DEEPEST = 50;

interface Row {
  tenant_id: number;
  asker: number;
  id: number;
  evening_id: number;
  earliest_at: Date;
  latest_at: Date;
  address: string;
  skills: number;
  proof: Proof;
  state: DeliveryState;
  hold_until: Date | null;
  price_minor: number;
  currency: string;
  time_zone: string;
  is_near: boolean;
  has_begun: boolean;
}

interface Asker {
  readonly tenantId: number;
  readonly contactId: number;
}

/** Everybody who is the same person and writes in the same name (as samePartyAs of the kernel, for a batch): up to the root, and down. */
const PERSONS = `asked as (select distinct * from unnest($1::int[], $2::bigint[]) w(tenant_id, contact_id)),
  up as (
    select c.tenant_id, c.id as asker, c.party as asks_for, c.id, c.party, c.merged_into, 0 as depth from asked w
    join kernel.contact c on c.tenant_id = w.tenant_id and c.id = w.contact_id
    union all
    select up.tenant_id, up.asker, up.asks_for, c.id, c.party, c.merged_into, up.depth + 1 from up
    join kernel.contact c on c.tenant_id = up.tenant_id and c.id = up.merged_into where up.depth < ${DEEPEST}),
  person as (
    select tenant_id, asker, asks_for, id, party, 0 as depth from up where merged_into is null
    union all
    select p.tenant_id, p.asker, p.asks_for, c.id, c.party, p.depth + 1 from person p
    join kernel.contact c on c.tenant_id = p.tenant_id and c.merged_into = p.id where p.depth < ${DEEPEST})`;

/** Asked as the node, which carries messages for all. @returns tenant and contact as "7 12" -> what stands, the nearest first */
export async function standingOf(
  house: House,
  askers: readonly Asker[],
): Promise<Map<string, readonly Standing[]>> {
  const now = house.clock.now();
  const { rows } = await house.db.node.query<Row>({
    name: "delivery-standing",
    text: `with recursive ${PERSONS}
      select w.tenant_id, w.asker, d.id, d.evening_id, d.earliest_at, d.latest_at, d.address, d.skills, d.proof, d.state, d.hold_until,
        d.price_minor, d.currency, c.time_zone, coalesce(array_position(s.route, d.id) <= s.frozen, false) as is_near,
        (e.state = 'running' or coalesce((select min(r.earliest_at) from delivery.shift r
          where r.tenant_id = e.tenant_id and r.evening_id = e.id and r.state <> 'dropped') <= $4, false)) as has_begun
      from (select p.tenant_id, p.asker, d.tenant_id as carrier_id, d.id from person p
          join delivery.delivery d on d.tenant_id = p.tenant_id and d.contact_id = p.id where p.party is not distinct from p.asks_for
        union all
        select p.tenant_id, p.asker, s.carrier_tenant_id, s.delivery_id from person p
          join delivery.sent s on s.tenant_id = p.tenant_id and s.contact_id = p.id where p.party is not distinct from p.asks_for) w
      join delivery.delivery d on d.tenant_id = w.carrier_id and d.id = w.id
      join delivery.evening e on e.tenant_id = d.tenant_id and e.id = d.evening_id
      join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id
      left join delivery.shift s on s.tenant_id = d.tenant_id and s.id = d.shift_id
      where d.state in ('held', 'booked', 'loaded', 'under_way')
        and d.latest_at > $3 and (d.hold_until is null or d.hold_until > $4)
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
    const key = askerKey({ tenantId: row.tenant_id, contactId: row.asker });
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
    hasBegun: row.has_begun,
    isAgeChecked: (row.skills & SKILL_BITS.age_check) !== 0,
    isCold: (row.skills & SKILL_BITS.cold) !== 0,
    needsProof: row.proof === "code" || row.proof === "signature",
  };
}

/** Where something was brought to this person last, as long as that is kept. */
export async function lastPlace(
  house: House,
  { carrierId, senderId }: Served,
  contactId: number,
): Promise<KnownPlace | null> {
  const owner = senderId ?? carrierId;
  const whose = await inTenant(house, owner, async (tx) => {
    const person = await samePartyAs(tx, owner, contactId);
    if (senderId === null) return sql`d.contact_id = any(${person}::bigint[])`;
    const ids = await idsSentTo(tx, { senderId, carrierId }, person);
    return sql`d.id = any(${ids}::bigint[]) and d.sender_tenant_id = ${senderId}`;
  });
  return inTenant(house, carrierId, async (tx) => {
    const { rows } = await sql<{ city_id: number; latitude: number; longitude: number; address: string }>`
      select e.city_id, d.latitude, d.longitude, d.address from delivery.delivery d
      join delivery.evening e on e.tenant_id = d.tenant_id and e.id = d.evening_id
      join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id and c.active
      where d.tenant_id = ${carrierId} and ${whose} and d.coarse_at is null and d.address <> ''
        and d.state <> 'expired'
      order by d.id desc limit 1`.execute(tx);
    const [row] = rows;
    if (!row) return null;
    const { city_id: cityId, latitude: lat, longitude: lon, address } = row;
    return { cityId, place: { lat, lon }, address, note: "" };
  });
}
