import { AppError } from "#kernel";
import { spokenNote } from "../../flows/door-notes.ts";
import type { Outcome } from "../../flows/outcome.ts";
import type { TalkCall } from "../../flows/talk.ts";
import type { ExpectedDelivery } from "../../flows/told.ts";
import { type ChosenWindow, type Delivery, isOpen } from "../../plan/promises.ts";
import { tryAgain } from "../after/again.ts";
import { readLive, writeChoice } from "../live.ts";
import { inTenant } from "../tx.ts";
import { takeAnswer } from "./after.ts";
import { find, look, offered } from "./looking.ts";
import { type Acted, type Acting, ownDelivery } from "./own-delivery.ts";

/** Does what a turn asked for. Every call to the plan may be repeated: its key is the customer's message. */

export async function perform(acting: Acting): Promise<Acted> {
  const { talk, act } = acting.call;
  try {
    if (act.do === "find") return await find(acting);
    if (act.do === "look") return await look(acting, talk, act);
    if (act.do === "hold") return { outcome: await hold(acting, act.window), talk };
    if (act.do === "expect") return { outcome: await expect(acting, act.deliveryIds), talk };
    return { outcome: await change(acting, act), talk };
  } catch (error) {
    // Taken away meanwhile: that is said, everything else is tried again.
    if (error instanceof AppError && error.code === "not_found") return { outcome: { is: "nothing" }, talk };
    if (act.do === "hold" && error instanceof AppError && error.code === "rule_broken")
      return { outcome: { is: "tooMany" }, talk };
    throw error;
  }
}

async function hold(acting: Acting, window: ChosenWindow): Promise<Outcome> {
  const { outside, served, turn, call } = acting;
  const { where } = call.talk;
  if (!where) return { is: "addressMissing" };
  const { cityId, place, address, note } = where;
  const result = await outside.promises.hold(served.carrierId, { cityId, place }, window, {
    key: keyOf(call),
    address,
    doorNote: note,
    contactId: turn.contact.id,
    conversationId: turn.conversation.id,
  });
  if ("held" in result) return { is: "held", delivery: result.held };
  // Asked once more after a fall of the node, and gone on since.
  if ("booked" in result) return { is: "booked", delivery: result.booked };
  if ("tooLate" in result) return { is: "over", delivery: result.tooLate };
  return offered(acting, result.gone, { address, asked: {}, cityId, gone: window });
}

const keyOf = ({ conversationId, messageId, act }: TalkCall): string =>
  `talk ${conversationId} ${messageId} ${act.do}`;

type Changing = Extract<TalkCall["act"], { deliveryId: number }>;

/** What is done to a delivery that stands; it must be theirs, whatever was tapped. */
async function change(acting: Acting, act: Changing): Promise<Outcome> {
  const { outside, served, call } = acting;
  const { promises } = outside;
  const before = await ownDelivery(acting, act.deliveryId);
  if (!before) return { is: "nothing" };
  const { carrierId } = served;
  const key = keyOf(call);
  if (act.do === "note") return note(acting, act, before);
  if (act.do === "answer") return takeAnswer(acting.house, { carrierId, act, now: acting.turn.now });
  if (act.do === "move" && before.state === "failed") return again(acting, act, before);
  // An old "no" under what was booked since: what stands is said, with the ways on.
  if (act.do === "release" && isPromised(before)) return { is: "booked", delivery: before };
  if (act.do === "release" && (before.state === "expired" || before.state === "cancelled"))
    return { is: "released" };
  if (act.do === "cancel" || act.do === "release") {
    const result = await promises.cancel(carrierId, act.deliveryId, key);
    if ("tooLate" in result) return tooLate(result.tooLate);
    return act.do === "release" ? { is: "released" } : { is: "cancelled", delivery: result.cancelled };
  }
  const result =
    act.do === "book"
      ? await promises.book(carrierId, act.deliveryId, key)
      : await promises.change(carrierId, act.deliveryId, act.window, key);
  if ("tooLate" in result) return tooLate(result.tooLate);
  if ("booked" in result) return { is: "booked", delivery: result.booked };
  if ("changed" in result) return { is: "moved", delivery: result.changed };
  const { address } = before;
  const gone = act.do === "book" ? before : act.window;
  // What is held no more is a new wish; what is booked stays where it is until it is moved.
  const moving = act.do === "move" ? { moving: before } : { cityId: before.cityId };
  return offered(acting, result.gone, { address, asked: {}, gone, ...moving });
}

/** Another window after a vain attempt. */
async function again(
  acting: Acting,
  { deliveryId, window }: Extract<TalkCall["act"], { do: "move" }>,
  moving: Delivery,
): Promise<Outcome> {
  const { house, outside, served } = acting;
  const result = await tryAgain(house, outside.promises, { tenantId: served.carrierId, deliveryId, window });
  if ("booked" in result) return { is: "booked", delivery: result.booked };
  if ("impossible" in result) return { is: "nothing" };
  return offered(acting, result.gone, { address: moving.address, asked: {}, gone: window, moving });
}

/** The courier is near; or it was brought, was not, or was taken back: then that is said. */
const tooLate = (delivery: Delivery): Outcome => ({ is: isOpen(delivery) ? "tooLate" : "over", delivery });

async function note(
  { house, served, turn }: Acting,
  act: Extract<TalkCall["act"], { do: "note" }>,
  delivery: Delivery,
): Promise<Outcome> {
  if (!isOpen(delivery)) return { is: "over", delivery };
  const { about, words, stage } = act;
  const { carrierId } = served;
  const { id } = delivery;
  await inTenant(house, carrierId, async (tx) => {
    // A neighbour or the door, as it was chosen, is good for who is not there.
    const before = about === "absent" ? (await readLive(tx, carrierId, id))?.choice : null;
    if (stage !== "another" && (before === "neighbour" || before === "leave")) return;
    const note = spokenNote(turn.tenant, about, words);
    await writeChoice(tx, { tenantId: carrierId, id, ...note, now: turn.now });
  });
  return { is: "noted", delivery, about, words, stage };
}

async function expect(acting: Acting, deliveryIds: readonly number[]): Promise<Outcome> {
  const { outside, served } = acting;
  const of: ExpectedDelivery[] = [];
  for (const id of deliveryIds) {
    const delivery = await ownDelivery(acting, id);
    if (!delivery) continue;
    const expected = isOpen(delivery) ? await outside.expectedOf(served.carrierId, id) : null;
    of.push({ delivery, expected });
  }
  return of.length === 0 ? { is: "nothing" } : { is: "expected", of };
}

const isPromised = (delivery: Delivery): boolean => delivery.state !== "held" && isOpen(delivery);
