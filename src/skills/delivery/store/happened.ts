import { sql } from "kysely";
import { jsonText } from "#kernel";
import type { OwnEntry } from "../evening/draft.ts";
import type { Entry } from "../evening/fold.ts";
import type { JudgedEntry, Teller } from "../evening/judge.ts";
import type { DeliveryTx } from "./tx.ts";

/** The log of an evening. */

/** @returns those that were told before */
export async function knownKeys(
  tx: DeliveryTx,
  tenantId: number,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`select key from delivery.happened
    where tenant_id = ${tenantId} and key = any(${[...keys]}::uuid[])`.execute(tx);
  return new Set(rows.map(({ key }) => key));
}

export interface LogPlace {
  readonly tenantId: number;
  readonly eveningId: number;
  /** ms, when it was heard */
  readonly now: number;
}

interface Written {
  readonly kind: string;
  readonly by: string;
  readonly said_by: string;
  readonly shift_id: number | null;
  readonly delivery_id: number | null;
  readonly at: string;
  readonly key: string | null;
  readonly words: string;
  readonly outcome: string | null;
  readonly minutes: number | null;
  readonly route: readonly number[] | null;
}

/** What couriers and dispatchers told; the same key again is left out. */
export async function appendTold(
  tx: DeliveryTx,
  place: LogPlace,
  told: readonly JudgedEntry[],
  { by, saidBy = "" }: Pick<Teller, "by" | "saidBy">,
): Promise<void> {
  await append(
    tx,
    place,
    told.map((one) => ({
      kind: one.kind,
      by,
      said_by: saidBy,
      shift_id: one.shiftId,
      delivery_id: one.deliveryId,
      at: new Date(one.at).toISOString(),
      key: one.key,
      words: one.words,
      outcome: one.outcome,
      minutes: one.minutes,
      route: null,
    })),
  );
}

/** What the product did itself. */
export async function appendOwn(
  tx: DeliveryTx,
  place: LogPlace,
  entries: readonly OwnEntry[],
): Promise<void> {
  await append(
    tx,
    place,
    entries.map((one) => ({
      kind: one.kind,
      by: one.by,
      said_by: "",
      shift_id: one.shiftId ?? null,
      delivery_id: one.deliveryId ?? null,
      at: new Date(place.now).toISOString(),
      key: one.key ?? null,
      words: one.words ?? "",
      outcome: null,
      minutes: null,
      route: one.route ?? null,
    })),
  );
}

async function append(
  tx: DeliveryTx,
  { tenantId, eveningId, now }: LogPlace,
  entries: readonly Written[],
): Promise<void> {
  if (entries.length === 0) return;
  await sql`insert into delivery.happened (tenant_id, evening_id, shift_id, delivery_id, kind, by, said_by, at, heard_at, key, words, outcome, minutes, route)
    select ${tenantId}, ${eveningId}, r.shift_id, r.delivery_id, r.kind, r.by, r.said_by, r.at, ${new Date(now)}, r.key, left(r.words, 1000), r.outcome,
      r.minutes, case when r.route is null then null else array(
        select x::bigint from jsonb_array_elements_text(r.route) with ordinality t(x, n) order by n) end
    from rows from (jsonb_to_recordset(${jsonText(entries)}::jsonb) as (shift_id int, delivery_id bigint, kind text, by text, said_by text, at timestamptz,
      key uuid, words text, outcome text, minutes int, route jsonb)) with ordinality
      r(shift_id, delivery_id, kind, by, said_by, at, key, words, outcome, minutes, route, n)
    order by r.n on conflict (tenant_id, key) where key is not null do nothing`.execute(tx);
}

interface LogRow {
  id: number;
  at: Date;
  kind: Entry["kind"];
  shift_id: number | null;
  delivery_id: number | null;
  outcome: Entry["outcome"];
  words: string;
  minutes: number | null;
}

/** What was told of rounds, and of what lies in them whoever told it. */
export async function readLog(
  tx: DeliveryTx,
  tenantId: number,
  {
    shiftIds,
    deliveryIds,
  }: { readonly shiftIds: readonly number[]; readonly deliveryIds: readonly number[] },
): Promise<Entry[]> {
  const { rows } =
    await sql<LogRow>`select id, at, kind, shift_id, delivery_id, outcome, words, minutes from delivery.happened
    where tenant_id = ${tenantId} and by in ('courier', 'dispatcher') and kind = any(${FOLDED}::text[])
      and evening_id in (select evening_id from delivery.shift where tenant_id = ${tenantId} and id = any(${[...shiftIds]}::int[]))
      and id in (select id from delivery.happened where tenant_id = ${tenantId} and shift_id = any(${[...shiftIds]}::int[])
        union select id from delivery.happened where tenant_id = ${tenantId} and delivery_id = any(${[...deliveryIds]}::bigint[]))
    order by id`.execute(tx);
  return rows.map(({ at, shift_id, delivery_id, ...row }) => ({
    ...row,
    at: at.getTime(),
    shiftId: shift_id,
    deliveryId: delivery_id,
  }));
}

const FOLDED = [
  "accepted",
  "declined",
  "scanned",
  "left",
  "arrived",
  "done",
  "not_there",
  "refused",
  "undone",
  "back",
  "delay",
  "taken_along",
  "not_taken_along",
];

/** Codes that were said at a door and are not the customer's; they go with the code itself. */
export async function keepWrongCodes(
  tx: DeliveryTx,
  tenantId: number,
  said: readonly { readonly id: number; readonly codes: readonly string[] }[],
): Promise<void> {
  for (const { id, codes } of said)
    await sql`update delivery.delivery set wrong_codes = ${[...codes]}::text[] where tenant_id = ${tenantId} and id = ${id}`.execute(
      tx,
    );
}

/** Where couriers were; the same moment again is one. */
export async function keepPlaces(
  tx: DeliveryTx,
  tenantId: number,
  places: readonly { shiftId: number; at: number; lat: number; lon: number }[],
): Promise<void> {
  if (places.length === 0) return;
  const given = places.map(({ shiftId, at, lat, lon }) => ({ shift: shiftId, at: new Date(at), lat, lon }));
  await sql`insert into delivery.courier_place (tenant_id, shift_id, at, latitude, longitude)
    select ${tenantId}, shift, at, lat, lon
    from jsonb_to_recordset(${jsonText(given)}::jsonb) r(shift int, at timestamptz, lat double precision, lon double precision)
    on conflict do nothing`.execute(tx);
}

/** Where couriers of an evening were until then. @returns when the oldest place is of that is left, ms; null: none is left */
export async function forgetPlaces(
  tx: DeliveryTx,
  { tenantId, eveningId }: { readonly tenantId: number; readonly eveningId: number },
  until: number,
): Promise<number | null> {
  const own = sql`p.tenant_id = ${tenantId} and s.tenant_id = p.tenant_id and s.id = p.shift_id and s.evening_id = ${eveningId}`;
  await sql`delete from delivery.courier_place p using delivery.shift s where ${own} and p.at <= ${new Date(until)}`.execute(
    tx,
  );
  const { rows } = await sql<{
    at: Date | null;
  }>`select min(p.at) as at from delivery.courier_place p, delivery.shift s
    where ${own}`.execute(tx);
  return rows[0]?.at?.getTime() ?? null;
}
