import { sql } from "kysely";
import type { Language } from "#kernel";
import type { Coordinates, PickUp } from "../plan/promises.ts";
import { mayAskToTake, type TakeBack, type TakeBackRule } from "../rules/take-back.ts";
import type { AfterFailure, Choice, DeliveryState, Outcome, Proof } from "../tables.ts";
import { type DeliveryTx, tell } from "./tx.ts";

/** A delivery as its customer sees it, and what the customer says of it. */

export interface LiveDelivery {
  readonly id: number;
  readonly senderTenantId: number | null;
  readonly senderRef: string;
  readonly contactId: number | null;
  readonly conversationId: number | null;
  readonly cityId: number;
  readonly eveningId: number;
  /** YYYY-MM-DD of the city's clock */
  readonly date: string;
  readonly eveningState: "planned" | "running" | "over";
  readonly timeZone: string;
  readonly shiftId: number | null;
  readonly address: string;
  readonly place: Coordinates;
  readonly earliestAt: number;
  readonly latestAt: number;
  readonly state: DeliveryState;
  readonly attempt: number;
  readonly skills: number;
  readonly service_s: number;
  readonly demand: number;
  /** Where it still lies, if not at the depot; null as soon as a courier had it. */
  readonly pickup: PickUp | null;
  readonly proof: Proof;
  readonly takeBack: TakeBack;
  readonly takeBackRule: TakeBackRule;
  readonly code: string | null;
  readonly liveKey: string | null;
  readonly doorNote: string;
  readonly choice: Choice | null;
  readonly outcome: Outcome | null;
  readonly outcomeWords: string;
  readonly arrivedAt: number | null;
  readonly endedAt: number | null;
  readonly toldAt: number | null;
  readonly lateSaidAt: number | null;
  readonly brokenAt: number | null;
  /** Owed by now, or what the rule says of a broken promise. */
  readonly compensationMinor: number;
  readonly ruleCompensationMinor: number;
  readonly currency: string;
  readonly askedAt: number | null;
  readonly answer: "good" | "bad" | null;
  readonly rule: {
    readonly afterFailure: AfterFailure;
    readonly tries: number;
    readonly collectDays: number;
  };
  /** Of the depot that the round ends at; '' = none. */
  readonly depotName: string;
  /** The attempt after this one, as far as it stands. */
  readonly nextId: number | null;
  /** The customer's, null = the company's. */
  readonly language: Language | null;
  /** The person is another one by now, or gone. */
  readonly isPersonGone: boolean;
}

const FIELDS = sql`
  d.id, d.sender_tenant_id as "senderTenantId", d.sender_ref as "senderRef", d.contact_id as "contactId",
  d.conversation_id as "conversationId", e.city_id as "cityId", d.evening_id as "eveningId", e.service_date::text as date,
  e.state as "eveningState", c.time_zone as "timeZone", d.shift_id as "shiftId", d.address, json_build_object('lat', d.latitude, 'lon', d.longitude) as place,
  ${ms("d.earliest_at")} as "earliestAt", ${ms("d.latest_at")} as "latestAt", d.state, d.attempt, d.skills, d.service_s, d.demand,
  case when d.pickup_name is not null and d.picked_up_at is null then json_build_object('place',
    json_build_object('lat', d.pickup_latitude, 'lon', d.pickup_longitude), 'name', d.pickup_name, 'fromMinute', d.pickup_from_minute,
    'toMinute', d.pickup_to_minute, 'service_s', d.pickup_service_s) end as pickup, d.proof, d.code, d.live_key as "liveKey", d.door_note as "doorNote", d.choice, d.outcome, d.outcome_words as "outcomeWords",
  ${ms("d.arrived_at")} as "arrivedAt", ${ms("d.ended_at")} as "endedAt", ${ms("d.told_at")} as "toldAt",
  ${ms("d.late_said_at")} as "lateSaidAt", ${ms("d.broken_at")} as "brokenAt", d.compensation_minor as "compensationMinor",
  coalesce(r.compensation_minor, c.compensation_minor) as "ruleCompensationMinor", d.currency,
  ${ms("d.asked_at")} as "askedAt", d.answer,
  json_build_object('afterFailure', coalesce(r.after_failure, c.after_failure), 'tries', coalesce(r.tries, c.tries),
    'collectDays', coalesce(r.collect_days, c.collect_days)) as rule,
  coalesce(p.name, '') as "depotName",
  (select n.id from delivery.delivery n where n.tenant_id = d.tenant_id and n.former_id = d.id
    and n.state not in ('cancelled', 'expired')) as "nextId",
  json_build_object('what', d.take_back, 'state', d.take_back_state, 'why', d.take_back_why) as "takeBack",
  json_build_object('isAllowed', coalesce(r.takes_back, c.takes_back), 'words', coalesce(r.takes_back_words, c.takes_back_words))
    as "takeBackRule",
  coalesce(v.language, k.language) as language,
  d.contact_id is not null and (k.id is null or k.erased_at is not null or k.merged_into is not null) as "isPersonGone"`;
const TABLES = sql`delivery.delivery d
  join delivery.evening e on e.tenant_id = d.tenant_id and e.id = d.evening_id
  join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id
  left join delivery.sender_rule r on r.tenant_id = d.tenant_id and r.sender_tenant_id = d.sender_tenant_id
  left join delivery.shift s on s.tenant_id = d.tenant_id and s.id = d.shift_id
  left join delivery.depot p on p.tenant_id = d.tenant_id and p.id = s.end_depot_id
  left join kernel.contact k on k.tenant_id = d.tenant_id and k.id = d.contact_id
  left join kernel.conversation v on v.tenant_id = d.tenant_id and v.id = d.conversation_id`;

function ms(column: string) {
  return sql`(extract(epoch from ${sql.raw(column)}) * 1000)::float8`;
}

/** @returns null where no delivery has this key */
export async function findLive(
  tx: DeliveryTx,
  tenantId: number,
  liveKey: string,
): Promise<LiveDelivery | null> {
  const { rows } = await sql<LiveDelivery>`select ${FIELDS} from ${TABLES}
    where d.tenant_id = ${tenantId} and d.live_key = ${liveKey} order by d.id desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** @returns null where there is no such delivery */
export async function readLive(tx: DeliveryTx, tenantId: number, id: number): Promise<LiveDelivery | null> {
  const { rows } = await sql<LiveDelivery>`select ${FIELDS} from ${TABLES}
    where d.tenant_id = ${tenantId} and d.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

/** Stops of its round before this door, and the depot at which the round begins. */
export async function readWay(
  tx: DeliveryTx,
  tenantId: number,
  { id, shiftId }: Pick<LiveDelivery, "id" | "shiftId">,
): Promise<{ stops: { place: Coordinates; isOver: boolean }[]; depot: Coordinates | null }> {
  if (shiftId === null) return { stops: [], depot: null };
  const { rows } = await sql<{ place: Coordinates; isOver: boolean }>`
    select case when t.id > 0 then json_build_object('lat', o.latitude, 'lon', o.longitude)
        else json_build_object('lat', o.pickup_latitude, 'lon', o.pickup_longitude) end as place,
      o.state in ('done', 'failed') or (t.id < 0 and o.picked_up_at is not null) as "isOver"
    from delivery.shift s cross join lateral unnest(s.route) with ordinality t(id, n)
    join delivery.delivery o on o.tenant_id = s.tenant_id and o.id = abs(t.id) and o.state not in ('cancelled', 'expired')
    where s.tenant_id = ${tenantId} and s.id = ${shiftId} and t.n < array_position(s.route, ${id}::bigint) order by t.n`.execute(
    tx,
  );
  const depots = await sql<Coordinates>`select p.latitude as lat, p.longitude as lon from delivery.shift s
    join delivery.depot p on p.tenant_id = s.tenant_id and p.id = s.start_depot_id
    where s.tenant_id = ${tenantId} and s.id = ${shiftId}`.execute(tx);
  return { stops: rows, depot: depots.rows[0] ?? null };
}

export interface Chosen {
  readonly tenantId: number;
  readonly id: number;
  readonly choice: Choice;
  /** What the courier reads at the door. */
  readonly line: string;
  /** Beginnings of lines that an earlier choice left. */
  readonly kinds: readonly string[];
  readonly now: number;
}

const NOTE_CHARACTERS = 500;

/** What the customer wants for this evening: the newest word takes the place of the one before, and stands in the evening's log. */
export async function writeChoice(tx: DeliveryTx, chosen: Chosen): Promise<void> {
  const { tenantId, id, choice, line, kinds } = chosen;
  const { rows } = await sql<{
    door_note: string;
    choice: Choice | null;
    evening_id: number;
    shift_id: number | null;
  }>`
    select door_note, choice, evening_id, shift_id from delivery.delivery where tenant_id = ${tenantId} and id = ${id} for update`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) return;
  const others = row.door_note
    .split("\n")
    .filter((one) => one !== "" && !kinds.some((kind) => one.startsWith(kind)));
  const note = [...others, line].join("\n").slice(0, NOTE_CHARACTERS);
  // Tapped twice is said once.
  if (row.choice === choice && row.door_note === note) return;
  const at = new Date(chosen.now);
  await sql`update delivery.delivery set choice = ${choice}, door_note = ${note}, changed_at = ${at}
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  await noteWords(tx, { ...chosen, eveningId: row.evening_id, shiftId: row.shift_id, words: line });
  await tell(tx, tenantId, { deliveries: [id], evenings: [row.evening_id] }, chosen.now);
}

interface Asked {
  readonly tenantId: number;
  readonly id: number;
  /** What is given back; "" = nothing, after all. */
  readonly what: string;
  /** What the courier and the dispatcher read at the door; "" = nothing. */
  readonly line: string;
  /** The beginning of the line that an earlier wish left. */
  readonly kind: string;
  readonly now: number;
}

/**
 * What the customer gives back when the courier comes; the newest word takes the place of the one before.
 * @returns the delivery as it stands now, or null where its rule or the evening does not allow it (any more)
 */
export async function askToTake(tx: DeliveryTx, asked: Asked): Promise<LiveDelivery | null> {
  const { tenantId, id, what, line, kind, now } = asked;
  await sql`select 1 from delivery.delivery where tenant_id = ${tenantId} and id = ${id} for update`.execute(
    tx,
  );
  const one = await readLive(tx, tenantId, id);
  if (!one || !mayAskToTake(one, one.takeBackRule)) return null;
  // Tapped twice is said once; but where a courier said a word about it meanwhile, it is asked anew.
  if (one.takeBack.what === what && one.takeBack.state === (what === "" ? null : "asked")) return one;
  const others = one.doorNote.split("\n").filter((note) => note !== "" && !note.startsWith(kind));
  const note = [...others, ...(what === "" ? [] : [line])].join("\n").slice(0, NOTE_CHARACTERS);
  await sql`update delivery.delivery set take_back = ${what}, take_back_state = ${what === "" ? null : "asked"}, take_back_why = '',
      door_note = ${note}, changed_at = ${new Date(now)} where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
  const { eveningId, shiftId } = one;
  await noteWords(tx, { tenantId, id, eveningId, shiftId, words: what === "" ? kind : line, now });
  await tell(tx, tenantId, { deliveries: [id], evenings: [eveningId] }, now);
  return readLive(tx, tenantId, id);
}

interface CustomersWords {
  readonly tenantId: number;
  readonly id: number;
  readonly eveningId: number;
  readonly shiftId: number | null;
  readonly words: string;
  readonly now: number;
}

async function noteWords(tx: DeliveryTx, one: CustomersWords): Promise<void> {
  const at = new Date(one.now);
  await tx
    .insertInto("delivery.happened")
    .values({
      tenant_id: one.tenantId,
      evening_id: one.eveningId,
      shift_id: one.shiftId,
      delivery_id: one.id,
      kind: "chose",
      by: "customer",
      at,
      heard_at: at,
      key: null,
      words: one.words,
    })
    .execute();
}
