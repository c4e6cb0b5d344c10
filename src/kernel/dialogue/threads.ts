import type pg from "pg";
import type { IdentityKey } from "../channel.ts";
import { seenKey } from "../ids.ts";
import { parseCorrelation } from "./receipts.ts";
import type { Resolution } from "./resolve.ts";
import {
  type KnownThread,
  knownThreads,
  recentAnswers,
  type Threaded,
  writeIds,
  writeThread,
} from "./thread-store.ts";

/**
 * Channels with threads (mail): which conversation a message continues. By the ids it refers to, the nearest first,
 * then by a signed token; never by its subject alone. It must be the same person, or one who got a copy, and the same
 * subject: else it begins a conversation of its own that is linked to the old one.
 */

export interface Placed {
  /** Of the conversation: with contact and channel it is unique. */
  thread: string;
  /** Where somebody other than the conversation's contact writes. */
  identities?: readonly IdentityKey[];
  /** The conversation it referred to and does not belong to. */
  linkedId: number | null;
  /** So many automatic answers went to this address in an hour that it may be a machine. */
  isGuarded: boolean;
  /** Our own words that came back, or news about a conversation that is not here: nobody is made up for it. */
  isNowhere?: true;
}

/** Automatic answers to one address within an hour; then a person looks. */
export const ANSWERS_PER_HOUR = 10;

/** By the items of a batch; those without threads have no place. */
export type Places = ReadonlyMap<object, Placed>;

const NOWHERE: Placed = { thread: "", linkedId: null, isGuarded: false };

/** @param readToken the conversation a reply token was signed for */
export async function placeThreads(
  client: pg.PoolClient,
  items: readonly Threaded[],
  parts: { now: number; readToken: (token: string) => number | null },
): Promise<Places> {
  const threaded = items.filter(({ item }) => item.thread !== undefined);
  const placed = new Map<object, Placed>();
  if (threaded.length === 0) return placed;
  const known = await knownThreads(
    client,
    threaded.map((one) => asked(one, parts.readToken)),
  );
  const answers = await recentAnswers(client, threaded, parts.now);
  const here = new Map<string, Placed>();
  for (const [n, one] of threaded.entries()) {
    const place = placeOf(one, known[n] ?? [], here);
    placed.set(one, { ...place, isGuarded: isTooMuch(one, answers) });
  }
  return placed;
}

/** The place of one item, from outside the batch or from a mail before it. */
export function placeOf(one: Threaded, known: readonly KnownThread[], here: Map<string, Placed>): Placed {
  const { item } = one;
  const { thread } = item;
  if (!thread) return NOWHERE;
  const own = here.get(keyOf(one, thread.id));
  // The files of a mail stand where its words do.
  if (own) return own;
  const sender = item.identities[0]?.value ?? "";
  const before = thread.refers.map((id) => here.get(keyOf(one, id))).find((place) => place !== undefined);
  const match = known[0];
  if (item.kind === "preference") return aboutContact(match);
  if (thread.writtenBy === one.account.address) return { ...NOWHERE, isNowhere: true };
  const place = match ? fitting(match, one, sender) : (before ?? newThread(one, null));
  here.set(keyOf(one, thread.id), { ...place, linkedId: null });
  return place;
}

/** A bounce speaks of whom we wrote to, whatever address the mail was passed on to. */
function aboutContact(match: KnownThread | undefined): Placed {
  const [address] = match?.addresses ?? [];
  if (!match || address === undefined) return { ...NOWHERE, isNowhere: true };
  return { ...NOWHERE, thread: match.thread, identities: [{ kind: "email", value: address }] };
}

function fitting(match: KnownThread, one: Threaded, sender: string): Placed {
  const { thread } = one.item;
  if (!thread) return NOWHERE;
  const isSameSubject =
    thread.subject === null || thread.subject === "" || !match.subject || match.subject === thread.subject;
  const isSamePerson = match.addresses.includes(sender);
  const takesPart = isSamePerson || match.participants.includes(participantKey(one.account.tenantId, sender));
  if (!isSameSubject || !takesPart) return newThread(one, match.conversationId);
  const [address] = match.addresses;
  return {
    thread: match.thread,
    linkedId: null,
    isGuarded: false,
    ...(!isSamePerson && address !== undefined && { identities: [{ kind: "email", value: address }] }),
  };
}

function newThread(one: Threaded, linkedId: number | null): Placed {
  return { thread: keyOf(one, one.item.thread?.id ?? ""), linkedId, isGuarded: false };
}

function keyOf({ account }: Threaded, id: string): string {
  return seenKey(account.id, `mail:${id}`);
}

/** Compared, never shown: the addresses of people who only got a copy are not kept. */
export function participantKey(tenantId: number, address: string): string {
  return seenKey(tenantId, `participant:${address}`);
}

/** Conversations and ids an item names, in their order. */
function asked(one: Threaded, readToken: (token: string) => number | null) {
  const { refers = [], tokens = [] } = one.item.thread ?? {};
  return {
    tenantId: one.account.tenantId,
    channelId: one.account.id,
    names: [
      ...refers.map((id) => {
        const ours = parseCorrelation(id);
        return ours ? { conversationId: ours.conversationId } : { key: keyOf(one, id) };
      }),
      ...tokens
        .map(readToken)
        .flatMap((conversationId) => (conversationId === null ? [] : [{ conversationId }])),
    ],
  };
}

/** Counts on: a loop may bring many mails in one batch. */
function isTooMuch(one: Threaded, answers: Map<string, number>): boolean {
  if (one.item.kind !== "message" || one.item.takesNoTurn) return false;
  const key = `${one.account.id} ${one.item.identities[0]?.value ?? ""}`;
  const count = answers.get(key) ?? 0;
  answers.set(key, count + 1);
  return count >= ANSWERS_PER_HOUR;
}

/** Remembers each new id, and what a thread is about; after the conversations are written. */
export async function writeThreads(
  client: pg.PoolClient,
  items: readonly Threaded[],
  parts: { placed: Places; resolution: Resolution },
): Promise<void> {
  const ids: { tenantId: number; channelId: number; key: string; conversationId: number }[] = [];
  for (const [n, one] of items.entries()) {
    const { thread } = one.item;
    const place = parts.placed.get(one);
    const conversation = parts.resolution.resolved[n]?.conversation;
    if (!thread || !place || !conversation || one.item.kind !== "message") continue;
    const { tenantId, id: channelId } = one.account;
    ids.push({ tenantId, channelId, key: keyOf(one, thread.id), conversationId: conversation.id });
    await writeThread(client, {
      tenantId,
      conversationId: conversation.id,
      subject: thread.subject ?? "",
      linkedId: place.linkedId,
      participants: thread.participants.map((address) => participantKey(tenantId, address)),
    });
  }
  await writeIds(client, ids);
}
