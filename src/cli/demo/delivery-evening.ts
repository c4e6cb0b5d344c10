import { randomUUID } from "node:crypto";
import { instantOf, type Kernel, localDate } from "#kernel";
import type { CourierEvent } from "../../skills/delivery/api/courier-page.ts";
import { record } from "../../skills/delivery/evening/record.ts";
import { type Running, type RunningRound, readRunning } from "../../skills/delivery/evening/running.ts";
import type { RunningDelivery } from "../../skills/delivery/evening/stored.ts";
import { setEvening } from "../../skills/delivery/evening/tick.ts";
import { parcelCode } from "../../skills/delivery/labels/label.ts";
import { heldDelivery } from "../../skills/delivery/plan/promises.ts";
import { roomOf } from "../../skills/delivery/plan/room.ts";
import { bitsOf, SKILL_BITS, type SkillName } from "../../skills/delivery/rules/skill-bits.ts";
import { listEveningHeads } from "../../skills/delivery/store/evenings.ts";
import { noteParcel } from "../../skills/delivery/store/handed-in.ts";
import { openListGeocoder } from "../../skills/delivery/store/list-geocoder.ts";
import { placeSearch } from "../../skills/delivery/store/place-search.ts";
import { inTenant } from "../../skills/delivery/store/tx.ts";
import { at } from "./moments.ts";
import type { SeededPerson } from "./persons.ts";

/** Parcels of a day, and how an evening went: booked and driven by the product's own functions, with the clock of that time. */

export interface DemoParcel {
  person: number;
  reference: string;
  address: string;
  /** Which of the day's windows, from 0. */
  window: number;
  parcels: number;
  doorNote?: string;
  skills?: SkillName[];
  outcome?: "handed_over" | "neighbour" | "left_there" | "not_there";
}

interface EveningParts {
  cityId: number;
  timeZone: string;
  persons: readonly SeededPerson[];
  /** YYYY-MM-DD */
  date: string;
  parcels: readonly DemoParcel[];
}

/** Held and booked, each in the wished window or the next one that is free. */
export async function bookParcels(then: Kernel, tenantId: number, parts: EveningParts): Promise<void> {
  const { cityId, timeZone, persons, date, parcels } = parts;
  const { book, promises } = roomOf(then);
  const search = placeSearch(then, book, openListGeocoder(then));
  for (const parcel of parcels) {
    const found = await search(tenantId, { text: parcel.address, cityId });
    const [where] = found.items;
    if (found.result !== "sure" || !where) throw new Error(`The demo does not find ${parcel.address}.`);
    const { place, address } = where;
    const wish = { cityId, place, demand: parcel.parcels, skills: bitsOf(parcel.skills ?? []), days: 3 };
    const offered = (await promises.windows(tenantId, wish)).windows.filter(
      ({ earliestAt }) => localDate(earliestAt, timeZone) === date,
    );
    const window = offered[parcel.window % Math.max(1, offered.length)];
    if (!window) continue;
    const held = await promises.hold(tenantId, wish, window, {
      key: `demo:${date}:${parcel.reference}`,
      address,
      doorNote: parcel.doorNote,
      senderRef: parcel.reference,
      contactId: persons[parcel.person]?.contactId,
    });
    if ("gone" in held) continue;
    const { id } = heldDelivery(held);
    const now = then.clock.now();
    await inTenant(then, tenantId, (tx) =>
      noteParcel(tx, { tenantId, id, now }, { parcels: parcel.parcels, grantId: null }),
    );
    await promises.book(tenantId, id);
  }
}

const MINUTE_MS = 60_000;
const LOADING_MS = 15 * MINUTE_MS;
/** Nobody is exactly where the plan has them: some minutes later or earlier, the same in each demo. */
const STRAY_MINUTES = [0, 3, -2, 5, 1, -1, 4, 2];
const AT_DOOR_MS = 2 * MINUTE_MS;
const PLAN_MINUTE = 15 * 60;
const OVER_MINUTE = 23 * 60;

interface Told {
  readonly at: number;
  readonly courierId: number | null;
  readonly events: CourierEvent[];
}

/** Every courier of that day tells what they did, as their page would have told it. */
export async function driveEvening(kernel: Kernel, tenantId: number, parts: EveningParts): Promise<void> {
  const { cityId, timeZone, date, parcels } = parts;
  const [head] = await inTenant(kernel, tenantId, (tx) =>
    listEveningHeads(tx, tenantId, { cityId, from: date, days: 1 }),
  );
  if (!head) return;
  const planned = at(kernel, instantOf(timeZone, date, PLAN_MINUTE));
  const running = await readRunning(planned, tenantId, head.id);
  const told = running.rounds.flatMap((round) => tellingsOf(tenantId, running, { round, parcels }));
  // One house whose clock goes on: each house keeps plans of its own.
  let now = kernel.clock.now();
  const house = { ...kernel, clock: { ...kernel.clock, now: () => now } };
  const within = { house, book: roomOf(house).book };
  for (const { at: moment, courierId, events } of told.toSorted((one, other) => one.at - other.at)) {
    now = moment;
    await record(within, { tenantId, by: "courier", courierId }, events);
  }
  now = instantOf(timeZone, date, OVER_MINUTE);
  await setEvening(within, { tenantId, eveningId: head.id }, "over");
}

function tellingsOf(
  tenantId: number,
  { clock }: Running,
  { round, parcels }: { round: RunningRound; parcels: readonly DemoParcel[] },
): Told[] {
  const { shift, stops } = round;
  const doing = (moment: number) => ({
    key: randomUUID(),
    at: new Date(moment).toISOString(),
    shiftId: shift.id,
  });
  const told: Told[] = [];
  const tell = (moment: number, ...events: CourierEvent[]) =>
    told.push({ at: moment, courierId: shift.courierId, events });
  const arrives = shift.earliestAt - LOADING_MS;
  tell(arrives, { ...doing(arrives), kind: "accept" });
  const codes = stops.flatMap(({ delivery }) =>
    Array.from({ length: delivery?.parcels ?? 0 }, (_, n) =>
      parcelCode({ carrierId: tenantId, deliveryId: delivery?.id ?? 0, parcel: n + 1 }),
    ),
  );
  const scans = codes.map((code) => ({ ...doing(shift.earliestAt), kind: "scan" as const, code }));
  tell(shift.earliestAt, ...scans, { ...doing(shift.earliestAt), kind: "leave" });
  let last = shift.earliestAt;
  for (const [n, { delivery, expected }] of stops.entries()) {
    if (!delivery) continue;
    const stray = (STRAY_MINUTES[n % STRAY_MINUTES.length] ?? 0) * MINUTE_MS;
    const here = Math.max(last + MINUTE_MS, clock.ms(expected.begins) + stray);
    last = here + AT_DOOR_MS;
    const arrived = { ...doing(here), kind: "arrive" as const, deliveryId: delivery.id };
    tell(last, arrived, ended(doing(last), delivery, parcels));
  }
  const back = last + LOADING_MS;
  tell(back, { ...doing(back), kind: "back" });
  return told;
}

function ended(
  doing: { key: string; at: string; shiftId: number },
  { id: deliveryId, senderRef, skills }: RunningDelivery,
  parcels: readonly DemoParcel[],
): CourierEvent {
  const outcome = parcels.find(({ reference }) => reference === senderRef)?.outcome ?? "handed_over";
  if (outcome === "not_there") return { ...doing, kind: "not_there", deliveryId };
  const to = {
    handed_over: "",
    neighbour: "Familie Krüger, 1. Stock",
    left_there: "in der Kiste am Eingang",
  };
  const isOfAge = (skills & SKILL_BITS.age_check) !== 0;
  return { ...doing, kind: "done", deliveryId, outcome, to: to[outcome], ...(isOfAge && { isOfAge: true }) };
}
