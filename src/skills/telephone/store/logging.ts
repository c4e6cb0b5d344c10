import { sql } from "kysely";
import {
  type Actor,
  AppError,
  countTry,
  endCallback,
  type House,
  jsonText,
  type LockedConversation,
  localDate,
  lockConversation,
  type NewEvent,
  promiseCallIn,
  type Tx,
} from "#kernel";
import type { BodyOf } from "#kernel/api";
import type { logCall } from "../api.ts";
import type { Topics } from "../ports.ts";
import { readNumber } from "../rules/phone-number.ts";
import type { Before } from "./call-rows.ts";
import { showInList, writeEntries } from "./entry.ts";
import { countMissedTry, endMissed, nameMissed, openMissedOf, phoneOfMissed } from "./missed.ts";
import { addPerson, knownPerson, personsByPhone, phoneConversation, phoneOf } from "./persons.ts";
import { readSettings } from "./settings.ts";
import { tell } from "./tx.ts";

/** A call that a person logs: it stands in one history, and settles what it settles. */

export type LogInput = BodyOf<typeof logCall>;

export interface Logging {
  readonly house: House;
  readonly actor: Actor;
  readonly topics: Topics;
  readonly now: number;
}

export interface Logged {
  readonly callId: number;
  readonly conversationId: number;
  /** The promised call was tried in vain so often. */
  readonly tried: { readonly callbackId: number; readonly tries: number } | null;
}

const fault = (path: string, message: string) => new AppError("bad_request", undefined, [{ path, message }]);

interface Place {
  readonly conversationId: number;
  readonly contactId: number;
  readonly phone: string;
}

/**
 * @param key of this call; the caller has made sure that it is new
 * @throws AppError not_found; bad_request for nobody's call, or a promise without a time; conflict for one that is done
 */
export async function writeCall(tx: Tx, logging: Logging, input: LogInput, key: string): Promise<Logged> {
  const { actor, topics, now } = logging;
  const { tenantId, staffId } = actor;
  const at = input.at === undefined ? now : Date.parse(input.at);
  if (at > now + CLOCK_MS) throw fault("at", "lies in the future");
  if (input.outcome === "promised" && !input.promise) throw fault("promise", "when we call again is missing");
  if (input.topic !== null && !(await topics.has(tx, tenantId, input.topic)))
    throw fault("topic", "no such topic");
  const place = await placeOf(tx, logging, input);
  const conversation = await lockConversation(tx, tenantId, place.conversationId);
  const events: NewEvent[] = [];
  const { rows } = await sql<{ id: number }>`
    insert into telephone.call (tenant_id, key, source, direction, outcome, at, seconds, phone, contact_id, conversation_id, note, topic, logged_by, created_at)
    values (${tenantId}, ${key}, 'desk', ${input.direction}, ${input.outcome}, ${new Date(at)}, ${input.seconds}, ${place.phone}, ${place.contactId},
      ${place.conversationId}, ${input.note}, ${input.topic}, ${staffId}, ${new Date(now)}) returning id`.execute(
    tx,
  );
  const callId = (rows[0] as { id: number }).id;
  events.push(...(await writeEntries(tx, tenantId, [{ ...input, ...place, callId, at, staffId }], now)));
  await showPreview(tx, logging, { conversationId: place.conversationId, note: input.note, at });
  const before = beforeOf(conversation, input);
  if (input.topic !== null) {
    await topics.count(tx, tenantId, { topic: input.topic, by: 1 });
    await sql`update kernel.conversation set topic = ${input.topic} where tenant_id = ${tenantId} and id = ${place.conversationId}`.execute(
      tx,
    );
  }
  const isReached = input.outcome === "reached";
  // Calls in vain before promised ones: these tell what happened, and that comes last in the house's order of locks.
  events.push(...(await settleMissed(tx, logging, { input, place, before, isReached })));
  const tried = await settleCallback(tx, logging, { input, place, before, isReached });
  if (input.promise) {
    const phone = (await readPhone(tx, tenantId, input.promise.phone)) || place.phone;
    if (phone === "") throw fault("promise.phone", "on which number is missing");
    const { promisedAt, until } = input.promise;
    const promise = { phone, promisedAt, until, topic: input.note.slice(0, 200) };
    before.promised = (await promiseCallIn(tx, { actor, now }, place.conversationId, promise)).id;
  }
  await settleConversation(tx, logging, place.conversationId, input.settle);
  if (before.conversation) before.left = await leftAs(tx, tenantId, place.conversationId);
  await sql`update telephone.call set before = ${jsonText(before)}::jsonb where tenant_id = ${tenantId} and id = ${callId}`.execute(
    tx,
  );
  events.push({ type: "conversation.changed", conversationId: place.conversationId });
  await tell(tx, tenantId, events, now);
  return { callId, conversationId: place.conversationId, tried };
}

/** Clocks of desks differ a little. */
const CLOCK_MS = 5 * 60_000;

/** Whose history it belongs to: the named one, the person's newest, or a new one of its own. */
async function placeOf(tx: Tx, logging: Logging, input: LogInput): Promise<Place> {
  const { tenantId } = logging.actor;
  if (input.conversationId !== undefined) {
    const { contact_id: contactId } = await lockConversation(tx, tenantId, input.conversationId);
    const phone =
      (await readPhone(tx, tenantId, input.phone ?? "")) || (await phoneOf(tx, tenantId, contactId));
    return { conversationId: input.conversationId, contactId, phone };
  }
  if (input.contactId !== undefined) {
    const phone =
      (await readPhone(tx, tenantId, input.phone ?? "")) || (await phoneOf(tx, tenantId, input.contactId));
    return placeOfPerson(tx, logging, { contactId: input.contactId, phone });
  }
  // Only read: the conversation is locked before the call in vain, as everywhere.
  const phone =
    input.missedId === undefined
      ? await readPhone(tx, tenantId, input.phone ?? "")
      : await phoneOfMissed(tx, tenantId, input.missedId);
  if (phone === "") throw fault("phone", "a number, a contact or a conversation is missing");
  const known = (await personsByPhone(tx, tenantId, [phone])).get(phone);
  const contactId =
    known?.contactId ?? (await addPerson(tx, tenantId, { name: input.name ?? "", phone, now: logging.now }));
  return placeOfPerson(tx, logging, { contactId, phone });
}

async function placeOfPerson(
  tx: Tx,
  { house, actor, now }: Logging,
  { contactId, phone }: { contactId: number; phone: string },
): Promise<Place> {
  const { tenantId, staffId } = actor;
  const person = await knownPerson(tx, tenantId, contactId);
  if (person.conversationId !== null)
    return { contactId: person.contactId, conversationId: person.conversationId, phone };
  const { language, timeZone } = await house.profile(tenantId);
  const conversationId = await phoneConversation(tx, tenantId, {
    contactId: person.contactId,
    phone,
    staffId,
    language,
    day: localDate(now, timeZone),
    now,
  });
  return { contactId: person.contactId, conversationId, phone };
}

/** @returns "" for nothing @throws AppError bad_request for what is no number */
async function readPhone(tx: Tx, tenantId: number, written: string): Promise<string> {
  if (written.trim() === "") return "";
  const read = readNumber(written, await readSettings(tx, tenantId), "dialled");
  if (read.is !== "number") throw fault("phone", "no telephone number with its area code");
  return read.phone;
}

function beforeOf(conversation: LockedConversation, input: LogInput): Before {
  return {
    conversation:
      input.settle === "nothing" && !input.promise
        ? null
        : {
            state: conversation.state,
            assigneeId: conversation.assignee_id,
            waitingSince: conversation.waiting_since?.toISOString() ?? null,
            dueAt: conversation.due_at?.toISOString() ?? null,
            unread: conversation.unread,
          },
    left: null,
    callback: null,
    missed: null,
    promised: null,
    topic: input.topic,
  };
}

interface Settling {
  readonly input: LogInput;
  readonly place: Place;
  readonly before: Before;
  readonly isReached: boolean;
}

async function settleCallback(
  tx: Tx,
  { actor: { tenantId, staffId }, now }: Logging,
  { input, place, before, isReached }: Settling,
): Promise<Logged["tried"]> {
  const { callbackId } = input;
  if (callbackId === undefined) return null;
  const at = { tenantId, id: callbackId, now };
  // Who makes a new promise has kept, or replaced, the old one.
  const isDone = isReached || input.outcome === "promised";
  const record = isDone
    ? await endCallback(tx, at, { by: staffId, note: input.note })
    : await countTry(tx, at);
  if (record.conversation_id !== place.conversationId)
    throw fault("callbackId", "belongs to another conversation");
  before.callback = { id: callbackId, did: isDone ? "ended" : "tried" };
  return isDone ? null : { callbackId, tries: record.tries };
}

async function settleMissed(
  tx: Tx,
  { actor: { tenantId, staffId }, now }: Logging,
  { input, place, before, isReached }: Settling,
): Promise<NewEvent[]> {
  const isDone = isReached || input.outcome === "promised";
  // Who was spoken with waits no longer, also where nobody thought of the call in vain.
  const id = input.missedId ?? (isDone ? await openMissedOf(tx, tenantId, place.phone) : undefined);
  if (id === undefined) return [];
  await nameMissed(tx, tenantId, { id, ...place });
  before.missed = { id, did: isDone ? "ended" : "tried" };
  return isDone
    ? endMissed(tx, { tenantId, id, staffId, now, how: "called" })
    : countMissedTry(tx, { tenantId, id, now }, 1);
}

async function settleConversation(
  tx: Tx,
  { actor: { tenantId }, now }: Logging,
  conversationId: number,
  settle: LogInput["settle"],
): Promise<void> {
  if (settle === "nothing") return;
  const closing =
    settle === "closed" ? sql`, state = 'closed', closed_at = ${new Date(now)}, flow = null` : sql``;
  // A promise that is still open keeps its time.
  const next = sql`(select min(coalesce(until_at, promised_at)) from kernel.callback
    where tenant_id = ${tenantId} and conversation_id = ${conversationId} and state <> 'done')`;
  await sql`update kernel.conversation set waiting_since = null, due_at = ${next}, unread = 0 ${closing}
    where tenant_id = ${tenantId} and id = ${conversationId}`.execute(tx);
}

async function leftAs(tx: Tx, tenantId: number, conversationId: number): Promise<Before["left"]> {
  const { rows } = await sql<NonNullable<Before["left"]>>`
    select state, assignee_id as "assigneeId" from kernel.conversation where tenant_id = ${tenantId} and id = ${conversationId}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

async function showPreview(
  tx: Tx,
  { house, actor: { tenantId } }: Logging,
  { conversationId, note, at }: { conversationId: number; note: string; at: number },
): Promise<void> {
  const { timeZone } = await house.profile(tenantId);
  await showInList(tx, tenantId, { conversationId, preview: note, at, day: localDate(at, timeZone) });
}
