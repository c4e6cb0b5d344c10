import type { House } from "#kernel";
import type { CourierEvent } from "../api/courier-page.ts";
import type { Within } from "../plan/with-delivery.ts";
import { appendTold, keepPlaces, keepWrongCodes, knownKeys, readLog } from "../store/happened.ts";
import { type LockedEvening, lockEvening } from "../store/plan-rows.ts";
import { eveningsOfShifts, readRunningEvening, touchedRounds } from "../store/running-rows.ts";
import { type DeliveryTx, inTenant } from "../store/tx.ts";
import { applyLog } from "./apply-log.ts";
import { beginEvening } from "./begin-and-end.ts";
import { Draft } from "./draft.ts";
import { believedAt, deliveryOf, type JudgedEntry, judge, type Refusal, type Teller } from "./judge.ts";
import { settle } from "./settle.ts";
import type { RunningEvening } from "./stored.ts";
import { writeAsCourier } from "./write.ts";
import { WrongCodes } from "./wrong-codes.ts";

export interface Recorded {
  readonly key: string;
  readonly outcome: "taken" | "known" | "refused";
  readonly why: Refusal | null;
}

/**
 * Takes what a courier (page, messenger) or a dispatcher told. Idempotent by key and independent of the order in which it comes:
 * it goes into the log, and the rounds are what the whole log says. Then rounds are put in order where promises are at risk, and
 * customers are told what is due.
 * @returns one answer for each, in order
 */
export async function record(
  { house, book }: Within,
  who: Teller,
  events: readonly CourierEvent[],
): Promise<Recorded[]> {
  const { tenantId } = who;
  const shiftIds = [...new Set(events.map(({ shiftId }) => shiftId))];
  const eveningOf = await inTenant(house, tenantId, (tx) => eveningsOfShifts(tx, tenantId, shiftIds));
  const results = new Map<CourierEvent, Recorded>();
  for (const event of events)
    if (!eveningOf.has(event.shiftId))
      results.set(event, { key: event.key, outcome: "refused", why: "unknown" });
  const eveningIds = [...new Set(eveningOf.values())].sort((a, b) => a - b);
  for (const eveningId of eveningIds) {
    const own = events.filter(({ shiftId }) => eveningOf.get(shiftId) === eveningId);
    const taken = await inTenant(house, tenantId, (tx) =>
      recordIn(house, tx, { who, eveningId, events: own }),
    );
    for (const [n, event] of own.entries()) results.set(event, taken.results[n] as Recorded);
    if (taken.hasBegun) await book.changedEvening(tenantId, { cityId: taken.cityId, id: eveningId });
  }
  return events.map((event) => results.get(event) as Recorded);
}

export interface Recording {
  readonly who: Teller;
  readonly eveningId: number;
  readonly events: readonly CourierEvent[];
  /** Rounds that are looked at beside those that these events touch; nothing in those that were touched depends on them. */
  readonly alsoRead?: readonly number[];
}

/** `record` of one evening. @param events of its rounds */
export async function recordIn(
  house: House,
  tx: DeliveryTx,
  recording: Recording,
): Promise<{ results: Recorded[]; hasBegun: boolean; cityId: number }> {
  const { who, eveningId, events } = recording;
  const { tenantId } = who;
  const now = house.clock.now();
  const row = await lockEvening(tx, { tenantId, id: eveningId });
  const known = new Set(
    await knownKeys(
      tx,
      tenantId,
      events.map(({ key }) => key),
    ),
  );
  const isNew = ({ key }: CourierEvent) => !known.has(key);
  const draft = new Draft(await readTouched(tx, row, { ...recording, events: events.filter(isNew) }));
  const entries: JudgedEntry[] = [];
  const wrong = new WrongCodes(draft);
  const results = events.map((event): Recorded => {
    const { key } = event;
    if (!isNew(event)) return { key, outcome: "known", why: null };
    if (who.by === "courier" && wrong.isLocked(event)) return { key, outcome: "refused", why: "locked" };
    const judged = judge(draft.before, who, event, now);
    if (judged.refused === "code") wrong.note(event);
    if (judged.refused !== null) return { key, outcome: "refused", why: judged.refused };
    known.add(key);
    const { entry, proofs } = judged;
    if (entry) entries.push(entry);
    if (entry?.deliveryId && proofs) draft.proofs.set(entry.deliveryId, proofs);
    return { key, outcome: "taken", why: null };
  });
  await keepWrongCodes(tx, tenantId, wrong.changed());
  await takePlaces(tx, draft, { events, results, now });
  await appendTold(tx, { tenantId, eveningId, now }, entries, who);
  const former = giveBack(draft, entries);
  const touched = [...new Set([...entries.map(({ shiftId }) => shiftId), ...former])];
  if (touched.length > 0) {
    const deliveryIds = touched.flatMap((id) => draft.deliveriesOf(id).map((one) => one.id));
    applyLog(draft, touched, await readLog(tx, tenantId, { shiftIds: touched, deliveryIds }));
    for (const { shiftId, kind } of entries)
      if (kind === "declined" && draft.shift(shiftId).leftAt === null)
        draft.setShift(shiftId, { courierId: null });
  }
  const hasBegun =
    row.state === "planned" &&
    events.some(({ kind }, n) => BEGINS.has(kind) && results[n]?.outcome === "taken");
  if (hasBegun) beginEvening(draft, now);
  const replanned = new Set(entries.filter(({ kind }) => REORDERS.has(kind)).map(({ shiftId }) => shiftId));
  for (const entry of entries)
    if (entry.kind === "wrote") await writeAsCourier(house, tx, draft, { entry, now });
  await settle(house, tx, draft, { now, replanned });
  return { results, hasBegun, cityId: row.cityId };
}

/** An evening has thousands of stops and is told of each several times: only where it may begin all of them are read. */
async function readTouched(
  tx: DeliveryTx,
  { id, state }: LockedEvening,
  { who, events, alsoRead = [] }: Recording,
): Promise<RunningEvening> {
  const { tenantId } = who;
  if (state === "planned" && events.some(({ kind }) => BEGINS.has(kind)))
    return readRunningEvening(tx, tenantId, id);
  const touched = await touchedRounds(
    tx,
    { tenantId, eveningId: id },
    {
      shiftIds: [...alsoRead, ...events.map(({ shiftId }) => shiftId)],
      deliveryIds: events.flatMap((event) => deliveryOf(event, who) ?? []),
    },
  );
  return readRunningEvening(tx, tenantId, id, touched);
}

/**
 * Who dropped out has been at a door whose parcel a colleague was to fetch: it is that courier's stop again.
 * @returns rounds that lose one
 */
function giveBack(draft: Draft, entries: readonly JudgedEntry[]): ReadonlySet<number> {
  const former = new Set<number>();
  for (const { deliveryId, shiftId, kind } of entries) {
    // What went along is told before the end, and is none.
    if (kind === "taken_along" || kind === "not_taken_along") continue;
    const other = deliveryId === null ? null : draft.delivery(deliveryId).shiftId;
    if (deliveryId === null || other === null || other === shiftId) continue;
    former.add(other);
    draft.setShift(other, { route: draft.shift(other).route.filter((id) => Math.abs(id) !== deliveryId) });
    draft.setShift(shiftId, { route: [...draft.shift(shiftId).route, deliveryId] });
    draft.setDelivery(deliveryId, { shiftId });
  }
  return former;
}

/** From then on nothing more is promised: what is booked later is not on board. */
const BEGINS: ReadonlySet<CourierEvent["kind"]> = new Set([
  "leave",
  "arrive",
  "done",
  "not_there",
  "refused",
]);
const REORDERS: ReadonlySet<string> = new Set(["left", "done", "not_there", "refused", "undone", "delay"]);

/** Where the courier was: a sign of life, kept for a day. */
async function takePlaces(
  tx: DeliveryTx,
  draft: Draft,
  { events, results, now }: { events: readonly CourierEvent[]; results: readonly Recorded[]; now: number },
): Promise<void> {
  // Afterwards nobody needs to know.
  if (draft.evening.state === "over") return;
  const places = events.flatMap((event, n) => {
    if (event.kind !== "place" || results[n]?.outcome !== "taken") return [];
    const { earliestAt } = draft.shift(event.shiftId);
    const at = believedAt(Date.parse(event.at), { earliestAt, now });
    return [{ shiftId: event.shiftId, at, ...event.place }];
  });
  await keepPlaces(tx, draft.before.tenantId, places);
  for (const { shiftId, at } of places) {
    const { heardAt } = draft.shift(shiftId);
    draft.setShift(shiftId, { heardAt: Math.max(heardAt ?? at, at) });
  }
}
