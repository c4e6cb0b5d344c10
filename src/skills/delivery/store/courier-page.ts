import { sql } from "kysely";
import { type House, localDate } from "#kernel";
import type { CourierPageReply, CourierPickUp, CourierShift } from "../api/courier-page.ts";
import { lateChance, NOTICE_RULE } from "../engine/index.ts";
import { readRunning } from "../evening/running.ts";
import { codeHint } from "../rules/code-hint.ts";
import {
  courierPickUps,
  courierStop,
  type PickUpFacts,
  type StopFacts,
  showsStops,
} from "../rules/courier-stop.ts";
import { DAY_MS } from "../rules/limits.ts";
import type { Proof } from "../tables.ts";
import type { KeyCourier } from "./courier-key.ts";
import { lawAgainst } from "./courier-law.ts";
import { type DeliveryTx, inTenant } from "./tx.ts";

/** The rounds of one courier as documents of the page. */

/** Shifts so far ahead are shown. */
const AHEAD_MS = 7 * DAY_MS;
/** A shift stays on the page so long after its end: somebody comes back late, a phone has no net. */
const AFTER_MS = 6 * 3_600_000;
const SHIFTS_MOST = 40;
const MESSAGES_MOST = 200;

interface ShiftRow {
  id: number;
  evening_id: number;
  date: string;
  city: string;
  time_zone: string;
  dispatcher_phone: string;
  state: CourierShift["state"];
  earliest_at: Date;
  latest_at: Date;
  start_name: string;
  start_lat: number;
  start_lon: number;
  end_name: string;
  end_lat: number;
  end_lon: number;
  frozen: number;
  route: number[];
}

/** The page of a courier. The forecast is asked outside of the transaction that reads the rows. */
export async function readCourierPage(house: House, courier: KeyCourier): Promise<CourierPageReply> {
  const { tenantId } = courier;
  const now = house.clock.now();
  const profile = await house.profile(tenantId);
  const rows = await inTenant(house, tenantId, (tx) => readShifts(tx, courier, now));
  const shifts: CourierShift[] = [];
  for (const row of rows) shifts.push(await shiftOf(house, courier, { row, now }));
  return {
    company: { name: profile.name },
    courier: {
      id: courier.courierId,
      name: courier.name,
      language: courier.language,
      formOfAddress: profile.teamFormOfAddress,
    },
    now: new Date(now).toISOString(),
    shifts,
  };
}

async function readShifts(tx: DeliveryTx, { tenantId, courierId }: KeyCourier, now: number) {
  const { rows } = await sql<ShiftRow>`
    select s.id, s.evening_id, e.service_date::text as date, c.name as city, c.time_zone, c.dispatcher_phone, s.state,
      s.earliest_at, s.latest_at, s.frozen, s.route, a.name as start_name, a.latitude as start_lat, a.longitude as start_lon,
      z.name as end_name, z.latitude as end_lat, z.longitude as end_lon
    from delivery.shift s
    join delivery.evening e on e.tenant_id = s.tenant_id and e.id = s.evening_id
    join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id
    join delivery.depot a on a.tenant_id = s.tenant_id and a.id = s.start_depot_id
    join delivery.depot z on z.tenant_id = s.tenant_id and z.id = s.end_depot_id
    where s.tenant_id = ${tenantId} and s.courier_id = ${courierId} and s.state <> 'dropped'
      and s.latest_at > ${new Date(now - AFTER_MS)} and s.earliest_at < ${new Date(now + AHEAD_MS)}
    order by s.earliest_at, s.id limit ${SHIFTS_MOST}`.execute(tx);
  return rows;
}

async function shiftOf(
  house: House,
  courier: KeyCourier,
  { row, now }: { readonly row: ShiftRow; readonly now: number },
): Promise<CourierShift> {
  const { tenantId } = courier;
  const isShown = showsStops(row, localDate(now, row.time_zone));
  const { expected, pickups } = isShown ? await expectedIn(house, tenantId, row) : NOTHING_EXPECTED;
  return inTenant(house, tenantId, async (tx) => ({
    id: row.id,
    date: row.date,
    cityName: row.city,
    timeZone: row.time_zone,
    phone: row.dispatcher_phone,
    state: row.state,
    earliestAt: row.earliest_at.toISOString(),
    latestAt: row.latest_at.toISOString(),
    start: { name: row.start_name, place: { lat: row.start_lat, lon: row.start_lon } },
    end: { name: row.end_name, place: { lat: row.end_lat, lon: row.end_lon } },
    frozen: row.frozen,
    against:
      row.state === "planned"
        ? await lawAgainst(tx, courier, {
            shiftId: row.id,
            timeZone: row.time_zone,
            earliestAt: row.earliest_at.getTime(),
            latestAt: row.latest_at.getTime(),
          })
        : null,
    stops: isShown ? await readStops(house, tx, { tenantId, row, expected }) : [],
    pickups: [...pickups],
    messages: isShown ? await readMessages(tx, tenantId, row.id) : [],
  }));
}

interface Expected {
  /** ms */
  readonly at: number;
  readonly isLate: boolean;
}

interface ToCome {
  readonly expected: ReadonlyMap<number, Expected>;
  readonly pickups: readonly CourierPickUp[];
}
const NOTHING_EXPECTED: ToCome = { expected: new Map(), pickups: [] };

/** When the courier is expected at each door that is still to come, and the counters on the way. */
async function expectedIn(house: House, tenantId: number, { id, evening_id }: ShiftRow): Promise<ToCome> {
  const { clock, rounds } = await readRunning(house, tenantId, evening_id, id);
  const stops = rounds.find(({ shift }) => shift.id === id)?.stops ?? [];
  const pickups = stops.flatMap(({ delivery, picksUp, expected }, n): PickUpFacts[] => {
    const { pickup } = picksUp ?? {};
    if (delivery || !picksUp || !pickup) return [];
    const before = stops.slice(n).find((one) => one.delivery !== null)?.delivery?.id ?? null;
    return [{ ...pickup, deliveryId: picksUp.id, expectedAt: clock.ms(expected.begins), before }];
  });
  const expected = new Map(
    stops.flatMap(({ delivery, stop, expected }) => {
      if (!delivery) return [];
      const isLate = lateChance(stop, expected) > NOTICE_RULE.lateChance;
      return [[delivery.id, { at: clock.ms(expected.begins), isLate }] as const];
    }),
  );
  return { expected, pickups: courierPickUps(pickups) };
}

interface StopRow {
  id: number;
  sender_tenant_id: number | null;
  sender_ref: string;
  recipient: string | null;
  address: string;
  latitude: number;
  longitude: number;
  earliest_at: Date;
  latest_at: Date;
  door_note: string;
  parcels: number;
  skills: number;
  proof: Proof;
  code: string | null;
  state: StopFacts["state"];
  outcome: StopFacts["outcome"];
  choice: StopFacts["choice"];
  conversation_id: number | null;
  fetch_at: string | null;
  take_back: string;
  take_back_state: StopFacts["takeBackState"];
}

async function readStops(
  house: House,
  tx: DeliveryTx,
  {
    tenantId,
    row,
    expected,
  }: { readonly tenantId: number; readonly row: ShiftRow; readonly expected: ReadonlyMap<number, Expected> },
): Promise<CourierShift["stops"]> {
  const { rows } = await sql<StopRow>`
    select d.id, d.sender_tenant_id, d.sender_ref, k.name as recipient, d.address, d.latitude, d.longitude, d.earliest_at, d.latest_at,
      d.door_note, d.parcels, d.skills, d.proof, d.code, d.state, d.outcome, d.choice, d.conversation_id,
      case when d.picked_up_at is null then d.pickup_name end as fetch_at,
      d.take_back, d.take_back_state
    from delivery.delivery d
    left join kernel.contact k on k.tenant_id = d.tenant_id and k.id = d.contact_id
    where d.tenant_id = ${tenantId} and d.shift_id = ${row.id}
      and d.state in ('booked', 'loaded', 'under_way', 'done', 'failed')
    order by d.ended_at nulls last, array_position(${row.route}::bigint[], d.id), d.id`.execute(tx);
  const carrier = await house.profile(tenantId);
  const stops: CourierShift["stops"] = [];
  for (const one of rows) {
    const sender = one.sender_tenant_id === null ? carrier : await house.profile(one.sender_tenant_id);
    stops.push(
      courierStop({
        tenantId,
        id: one.id,
        recipient: one.recipient ?? "",
        address: one.address,
        lat: one.latitude,
        lon: one.longitude,
        earliestAt: one.earliest_at.getTime(),
        latestAt: one.latest_at.getTime(),
        expectedAt: expected.get(one.id)?.at ?? null,
        isLate: expected.get(one.id)?.isLate ?? false,
        doorNote: one.door_note,
        parcels: one.parcels,
        fetchAt: one.fetch_at,
        senderName: sender.name,
        senderRef: one.sender_ref,
        skills: one.skills,
        proof: one.proof,
        codeHint: one.proof === "code" && one.code !== null ? codeHint(tenantId, one.id, one.code) : null,
        state: one.state,
        outcome: one.outcome,
        choice: one.choice,
        hasConversation: one.conversation_id !== null,
        takeBack: one.take_back,
        takeBackState: one.take_back_state,
      }),
    );
  }
  return stops;
}

async function readMessages(
  tx: DeliveryTx,
  tenantId: number,
  shiftId: number,
): Promise<CourierShift["messages"]> {
  const { rows } = await sql<{
    id: number;
    at: Date;
    by: "dispatcher" | "customer" | "courier";
    delivery_id: number | null;
    words: string;
  }>`
    select id, at, by, delivery_id, words from delivery.happened
    where tenant_id = ${tenantId} and shift_id = ${shiftId} and kind = 'wrote' and by in ('dispatcher', 'customer', 'courier')
    order by id desc limit ${MESSAGES_MOST}`.execute(tx);
  return rows.reverse().map(({ id, at, by, delivery_id, words }) => ({
    id,
    at: at.toISOString(),
    from: by,
    deliveryId: delivery_id,
    text: words,
  }));
}
