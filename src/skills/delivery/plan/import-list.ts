import { createHash } from "node:crypto";
import { type Actor, AppError, instantOf, localDate } from "#kernel";
import type { ImportedReply, ParcelRow } from "../api/sent.ts";
import { bitsOf } from "../rules/skill-bits.ts";
import { type Earlier, earlierByKey, earlierByReference } from "../store/handed-in.ts";
import type { PlaceSearch } from "../store/place-search.ts";
import { inTenant } from "../store/tx.ts";
import { type Asking, asking, keyOf } from "./asking.ts";
import { type HandedIn, handIn, type In } from "./hand-in.ts";
import { type ChosenWindow, heldDelivery, type OfferedWindow } from "./promises.ts";

/** Lines of a list, one after the other: each ends with a word of what became of it, and none is booked twice. */

interface ListOf {
  readonly carrierId?: number | undefined;
  readonly cityId?: number | undefined;
  readonly isTrial: boolean;
  readonly rows: readonly ParcelRow[];
}

interface Importing extends In {
  readonly search: PlaceSearch;
}

const DAYS = 14;

/** @returns one answer a row, in their order */
export async function importList(within: Importing, actor: Actor, list: ListOf): Promise<ImportedReply[]> {
  const who = await asking(within.house, actor, list.carrierId);
  const { language } = await within.house.profile(actor.tenantId);
  const done: ImportedReply[] = [];
  for (const row of list.rows) done.push(await importLine(within, { actor, who, list, language }, row));
  return done;
}

const blank = ({ line, address }: ParcelRow) => ({
  line,
  deliveryId: null,
  address,
  earliestAt: null,
  latestAt: null,
  choices: [] as string[],
});

interface For {
  readonly actor: Actor;
  readonly who: Asking;
  readonly list: ListOf;
  readonly language: "de" | "en";
}

/** What one line runs into is that line's: those behind it are done all the same. */
async function importLine(within: Importing, all: For, row: ParcelRow): Promise<ImportedReply> {
  for (let isAgain = false; ; isAgain = true) {
    const before = await readBefore(within, all, row);
    const known = before.earlier && stands(row, before.earlier);
    if (known) return known;
    try {
      return await importRow(within, all, { row, ...before });
    } catch (error) {
      const code = error instanceof AppError ? error.code : "";
      if (code === "rule_broken") return { ...blank(row), outcome: "too_many" };
      // The same list is sent twice at this moment: what the other one made of the line is seen now.
      if (code !== "conflict" || isAgain) throw error;
    }
  }
}

interface Before {
  /** What an earlier list made of the line. */
  readonly earlier: Earlier | null;
  /** Nothing was held with it yet. */
  readonly freshKey: string;
}

/** By the reference; without one, or where it does not cross, by the line's key: each try after one that is over has its own. */
async function readBefore({ house }: Importing, { actor, who }: For, row: ParcelRow): Promise<Before> {
  const { senderReference } = row;
  const own = keyOf(actor, "");
  const base = keyOfRow(row);
  return inTenant(house, who.tenantId, async (tx) => {
    const named = senderReference === "" ? null : await earlierByReference(tx, who, senderReference);
    if (named) {
      const key = named.key.startsWith(own) ? named.key.slice(own.length) : "";
      return { earlier: { ...named, key }, freshKey: `${base}:${named.id}` };
    }
    let earlier: Earlier | null = null;
    let freshKey = base;
    for (;;) {
      const next = await earlierByKey(tx, who, `${own}${freshKey}`);
      if (!next) return { earlier, freshKey };
      earlier = { ...next, key: freshKey };
      freshKey = `${base}:${next.id}`;
    }
  });
}

/** @returns what is said of a line whose parcel is promised or was brought; null where a window is still to be found */
function stands(row: ParcelRow, { id, state, earliestAt, latestAt }: Earlier): ImportedReply | null {
  if (state === "held" || state === "expired") return null;
  const isOver = state === "done" || state === "failed" || state === "cancelled";
  // A line without a reference is another parcel once the first one is over.
  if (isOver && row.senderReference === "") return null;
  if (state === "cancelled") return { ...blank(row), outcome: "taken_back", deliveryId: id };
  return { ...blank(row), ...timesOf({ earliestAt, latestAt }), outcome: "known", deliveryId: id };
}

interface Line extends Before {
  readonly row: ParcelRow;
}

async function importRow(
  within: Importing,
  all: For,
  { row, earlier, freshKey }: Line,
): Promise<ImportedReply> {
  const { who, list } = all;
  const found = await within.search(who.tenantId, { text: row.address.slice(0, 200), cityId: list.cityId });
  const [where] = found.items;
  if (found.result !== "sure" || !where)
    return {
      ...blank(row),
      outcome: found.items.length > 0 ? "choose" : "not_found",
      choices: found.items.map(({ address }) => address),
    };
  const { cityId, place, address } = where;
  const parcel = parcelOf(all, row, { cityId, place, address });
  if (earlier?.state === "held" && earlier.key !== "" && !list.isTrial) {
    const booked = await bookHeld(within, all, {
      row,
      parcel: { ...parcel, key: earlier.key },
      window: earlier,
    });
    if (booked) return booked;
  }
  const wish = { cityId, place, demand: row.parcels, skills: parcel.skills, days: DAYS };
  const { windows } = await within.room.promises.windows(who.tenantId, wish);
  const { timeZone } = (await within.room.book.city(who.tenantId, cityId)).city;
  const window = windows.find((one) => isWished(one, row, timeZone));
  const none: ImportedReply = { ...blank(row), address, outcome: "no_window" };
  if (!window) return none;
  if (list.isTrial) return { ...blank(row), ...timesOf(window), address, outcome: "ready" };
  return (await bookRow(within, all, { row, parcel: { ...parcel, key: freshKey }, window })) ?? none;
}

type Parcel = Omit<HandedIn, "window">;

function parcelOf(
  { list, language }: For,
  row: ParcelRow,
  where: Pick<HandedIn, "cityId" | "place" | "address">,
): Omit<Parcel, "key"> {
  return {
    ...where,
    carrierId: list.carrierId,
    senderReference: row.senderReference,
    parcels: row.parcels,
    skills: bitsOf(row.skills),
    doorNote: row.doorNote,
    customer: {
      name: row.name,
      language,
      ...(row.phone !== "" && { phone: row.phone }),
      ...(row.email !== "" && { email: row.email }),
    },
  };
}

interface Booking {
  readonly row: ParcelRow;
  readonly parcel: Parcel;
  readonly window: ChosenWindow;
}

/** A run that was cut off goes on where it stood. @returns null where the line says something else by now, or the window is gone */
async function bookHeld(within: Importing, all: For, booking: Booking): Promise<ImportedReply | null> {
  try {
    return await bookRow(within, all, booking);
  } catch (error) {
    if (error instanceof AppError && error.code === "conflict") return null;
    throw error;
  }
}

/** @returns null where the window is gone */
async function bookRow(
  within: Importing,
  { actor, who }: For,
  { row, parcel, window }: Booking,
): Promise<ImportedReply | null> {
  const { eveningId, earliestAt, latestAt } = window;
  const { address } = parcel;
  const answer = await handIn(within, actor, { ...parcel, window: { eveningId, earliestAt, latestAt } });
  if ("gone" in answer) return null;
  const booked = await within.room.promises.book(who.tenantId, heldDelivery(answer).id);
  if ("gone" in booked) return null;
  if ("tooLate" in booked)
    return { ...blank(row), address, outcome: "taken_back", deliveryId: booked.tooLate.id };
  const { id } = booked.booked;
  return { ...blank(row), ...timesOf(booked.booked), address, outcome: "booked", deliveryId: id };
}

const timesOf = ({ earliestAt, latestAt }: Pick<OfferedWindow, "earliestAt" | "latestAt">) => ({
  earliestAt: new Date(earliestAt).toISOString(),
  latestAt: new Date(latestAt).toISOString(),
});

/** On the wished day, beginning at the wished time; without a wish the first one. */
function isWished({ earliestAt }: OfferedWindow, { date, fromMinute }: ParcelRow, timeZone: string): boolean {
  const day = localDate(earliestAt, timeZone);
  if (date !== null && day !== date) return false;
  return fromMinute === null || instantOf(timeZone, day, fromMinute) === earliestAt;
}

/** The reference; a line without one is the same as long as it says the same. */
function keyOfRow({ line: _line, ...row }: ParcelRow): string {
  const { senderReference } = row;
  const said = senderReference === "" ? JSON.stringify(row) : senderReference;
  const digest = createHash("sha256").update(said).digest("hex").slice(0, 40);
  return `list:${senderReference === "" ? "#" : "="}${digest}`;
}
