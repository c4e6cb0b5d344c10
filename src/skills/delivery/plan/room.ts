import type { House } from "#kernel";
import { keepPromises, type PromiseKeeper } from "./keep-promises.ts";
import { PlanBook } from "./plan-book.ts";

/** What routes, flows and timers of this process share: one set of plans. */
export interface Room {
  readonly book: PlanBook;
  readonly promises: PromiseKeeper;
}

const rooms = new WeakMap<House, Room>();

/** The room of a house: the same for everybody who asks in this process. */
export function roomOf(house: House): Room {
  const known = rooms.get(house);
  if (known) return known;
  const book = new PlanBook(house);
  const room = { book, promises: keepPromises(house, book) };
  rooms.set(house, room);
  return room;
}
