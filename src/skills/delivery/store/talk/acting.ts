import { AppError, type House } from "#kernel";
import { spokenNote, takeBackNote } from "../../flows/door-notes.ts";
import type { Outcome } from "../../flows/outcome.ts";
import type { TakingBack } from "../../flows/take-back-words.ts";
import type { TalkCall } from "../../flows/talk.ts";
import type { ExpectedDelivery } from "../../flows/told.ts";
import { needAgreement } from "../../plan/agreement.ts";
import { type ChosenWindow, type Delivery, isOpen } from "../../plan/promises.ts";
import { refuseTooManySent } from "../../plan/sender-limits.ts";
import { mayAskToTake } from "../../rules/take-back.ts";
import { tryAgain } from "../after/again.ts";
import { askToTake, readLive, writeChoice } from "../live.ts";
import { heldOf, idsSentBy, keepSent } from "../sent.ts";
import { inTenant } from "../tx.ts";
import { takeAnswer } from "./after.ts";
import { find, look, offered } from "./looking.ts";
import { withOwed } from "./owed.ts";
import { type Acted, type Acting, ownDelivery } from "./own-delivery.ts";
import type { Served } from "./served.ts";

/** Does what a turn asked for. Every call to the plan may be repeated: its key is the customer's message. */

export async function perform(acting: Acting): Promise<Acted> {
  const { talk, act } = acting.call;
  try {
    if (act.do === "find") return await find(acting);
    if (act.do === "look") return await lookFor(acting, act);
    if (act.do === "hold") return { outcome: await hold(acting, act.window), talk };
    if (act.do === "expect") return { outcome: await expect(acting, act.deliveryIds), talk };
    return await withOwed(acting, { outcome: await change(acting, act), talk });
  } catch (error) {
    // Taken away meanwhile: that is said, everything else is tried again.
    if (error instanceof AppError && error.code === "not_found") return { outcome: { is: "nothing" }, talk };
    if (act.do === "hold" && error instanceof AppError && error.code === "rule_broken")
      return { outcome: { is: "tooMany" }, talk };
    // The agreement with who drives ended meanwhile.
    if (error instanceof AppError && error.code === "forbidden") return { outcome: { is: "down" }, talk };
    throw error;
  }
}

/** Windows; for what is on board and finds none, the courier is told not to ring in vain, and a person finds an evening. */
async function lookFor(acting: Acting, act: Extract<TalkCall["act"], { do: "look" }>): Promise<Acted> {
  const { talk } = acting.call;
  const { deliveryId } = talk;
  const acted = await look(acting, talk, act);
  if (act.aboard === undefined || deliveryId === undefined || acted.outcome.is !== "refused") return acted;
  const delivery = await ownDelivery(acting, deliveryId);
  if (!delivery) return acted;
  const absent = { do: "note", deliveryId, about: "absent", words: act.aboard, stage: "another" } as const;
  return { outcome: await note(acting, absent, delivery), talk };
}

async function hold(acting: Acting, window: ChosenWindow): Promise<Outcome> {
  const { outside, served, turn, call } = acting;
  const { where } = call.talk;
  if (!where) return { is: "addressMissing" };
  const { cityId, place, address, note } = where;
  const { carrierId, senderId } = served;
  if (senderId !== null) await refuseTooManySent(acting.house, { senderId, carrierId }, turn.contact.id);
  const result = await outside.promises.hold(served.carrierId, { cityId, place }, window, {
    key: keyOf(acting),
    address,
    doorNote: note,
    contactId: turn.contact.id,
    conversationId: turn.conversation.id,
    ...(served.senderId !== null && { senderTenantId: served.senderId }),
  });
  if ("held" in result) {
    await keepOwn(acting, result.held.id);
    return { is: "held", delivery: result.held };
  }
  // Asked once more after a fall of the node, and gone on since.
  if ("booked" in result) return { is: "booked", delivery: result.booked };
  if ("tooLate" in result) return { is: "over", delivery: result.tooLate };
  return offered(acting, result.gone, { address, asked: {}, cityId, gone: window });
}

/** Whom it is for stays with the company that they write to; where it drives itself, the delivery has it. */
async function keepOwn({ house, outside, served, turn }: Acting, deliveryId: number): Promise<void> {
  const { carrierId, senderId } = served;
  if (senderId === null) return;
  const { conversation } = turn;
  const whom = { contactId: turn.contact.id, conversationId: conversation.id, now: turn.now };
  const earlier = await inTenant(house, senderId, async (tx) => {
    await keepSent(tx, { senderId, carrierId, deliveryId }, whom);
    return idsSentBy(tx, { senderId, carrierId }, conversation.id);
  });
  // Of a conversation's holds the newest stays, as where the company drives itself.
  const open = await inTenant(house, carrierId, (tx) => heldOf(tx, carrierId, earlier));
  for (const id of open) if (id !== deliveryId) await outside.promises.giveBack(carrierId, id);
}

/** Conversations of two companies may have the same number. */
const keyOf = ({ call: { conversationId, messageId, act }, served: { senderId } }: Acting): string =>
  `talk ${senderId === null ? "" : `of ${senderId} `}${conversationId} ${messageId} ${act.do}`;

type Changing = Extract<TalkCall["act"], { deliveryId: number }>;

/** What is done to a delivery that stands; it must be theirs, whatever was tapped. */
async function change(acting: Acting, act: Changing): Promise<Outcome> {
  const { outside, served } = acting;
  const { promises } = outside;
  const before = await ownDelivery(acting, act.deliveryId);
  if (!before) return { is: "nothing" };
  const { carrierId } = served;
  const key = keyOf(acting);
  if (act.do === "note") return note(acting, act, before);
  if (act.do === "takeBack") return takeBack(acting, act, before);
  if (act.do === "answer") return takeAnswer(acting.house, { ...served, act, now: acting.turn.now });
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
  if (!(await mayNote(house, served, turn.now))) return { is: "down" };
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

/** Something goes back with the courier, as far as the sender's rule has it and the courier is not near. */
async function takeBack(
  { house, served, turn }: Acting,
  { words, isDropped = false }: Extract<TalkCall["act"], { do: "takeBack" }>,
  delivery: Delivery,
): Promise<Outcome> {
  const { carrierId } = served;
  const { id } = delivery;
  const asked = (answer: TakingBack["answer"], said: string): Outcome => ({
    is: "takeBack",
    delivery,
    answer,
    words: said,
  });
  if (!(await mayNote(house, served, turn.now))) return asked("not", "");
  return inTenant(house, carrierId, async (tx) => {
    const one = await readLive(tx, carrierId, id);
    if (!one?.takeBackRule.isAllowed) return asked("not", "");
    if (!mayAskToTake(one, one.takeBackRule)) return asked("late", "");
    if (words === "" && !isDropped) return asked("ask", one.takeBackRule.words);
    const note = takeBackNote(turn.tenant, words);
    const noted = await askToTake(tx, { tenantId: carrierId, id, ...note, now: turn.now });
    if (!noted) return asked("late", "");
    return asked(isDropped ? "dropped" : "noted", note.what);
  });
}

/** Words for the door cross to another company only where the agreement names them. */
async function mayNote(house: House, { carrierId, senderId }: Served, now: number): Promise<boolean> {
  if (senderId === null) return true;
  const parties = { senderTenantId: senderId, carrierTenantId: carrierId, now };
  return inTenant(house, senderId, async (tx) => (await needAgreement(tx, parties)).has("doorNote"));
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
