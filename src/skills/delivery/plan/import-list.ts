import { createHash } from "node:crypto";
import { type Actor, instantOf, localDate } from "#kernel";
import type { ImportedReply, ParcelRow } from "../api/sent.ts";
import { bitsOf } from "../rules/skill-bits.ts";
import { knownReferences } from "../store/handed-in.ts";
import type { PlaceSearch } from "../store/place-search.ts";
import { inTenant } from "../store/tx.ts";
import { type Asking, asking } from "./asking.ts";
import { handIn, type In } from "./hand-in.ts";
import type { OfferedWindow } from "./promises.ts";

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
  const references = list.rows.map(({ senderReference }) => senderReference);
  const known = await inTenant(within.house, who.tenantId, (tx) => knownReferences(tx, who, references));
  const done: ImportedReply[] = [];
  for (const row of list.rows) {
    const deliveryId = known.get(row.senderReference) ?? null;
    done.push(
      deliveryId === null
        ? await importRow(within, { actor, who, list }, row)
        : { ...blank(row), outcome: "known", deliveryId },
    );
  }
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
}

async function importRow(
  within: Importing,
  { actor, who, list }: For,
  row: ParcelRow,
): Promise<ImportedReply> {
  const { room, search } = within;
  const found = await search(who.tenantId, { text: row.address.slice(0, 200), cityId: list.cityId });
  const [where] = found.items;
  if (found.result !== "sure" || !where)
    return {
      ...blank(row),
      outcome: found.items.length > 0 ? "choose" : "not_found",
      choices: found.items.map(({ address }) => address),
    };
  const { cityId, place, address } = where;
  const skills = bitsOf(row.skills);
  const wish = { cityId, place, demand: row.parcels, skills, days: DAYS };
  const { windows } = await room.promises.windows(who.tenantId, wish);
  const { timeZone } = (await room.book.city(who.tenantId, cityId)).city;
  const window = windows.find((one) => isWished(one, row, timeZone));
  if (!window) return { ...blank(row), address, outcome: "no_window" };
  const times = timesOf(window);
  if (list.isTrial) return { ...blank(row), ...times, address, outcome: "ready" };
  const answer = await handIn(within, actor, {
    key: keyOfRow(row),
    carrierId: list.carrierId,
    cityId,
    place,
    address,
    window,
    senderReference: row.senderReference,
    parcels: row.parcels,
    skills,
    doorNote: row.doorNote,
    customer: {
      name: row.name,
      language: "de",
      ...(row.phone !== "" && { phone: row.phone }),
      ...(row.email !== "" && { email: row.email }),
    },
  });
  if ("gone" in answer) return { ...blank(row), address, outcome: "no_window" };
  const booked = await room.promises.book(who.tenantId, answer.held.id);
  if ("gone" in booked) return { ...blank(row), address, outcome: "no_window" };
  if ("tooLate" in booked)
    return { ...blank(row), address, outcome: "taken_back", deliveryId: booked.tooLate.id };
  return {
    ...blank(row),
    ...timesOf(booked.booked),
    address,
    outcome: "booked",
    deliveryId: booked.booked.id,
  };
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
  if (senderReference !== "") return `list:${senderReference}`.slice(0, 120);
  return `list:#${createHash("sha256").update(JSON.stringify(row)).digest("hex").slice(0, 40)}`;
}
