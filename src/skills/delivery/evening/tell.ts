import {
  answerLater,
  type Content,
  type House,
  type Notice,
  queueNotices,
  randomToken,
  type Tx,
} from "#kernel";
import { PROMISES } from "../rules/purposes.ts";
import { type Reach, reachOf } from "../store/reach.ts";
import { handAcross } from "../store/timers.ts";
import type { DeliveryTx } from "../store/tx.ts";
import { type Due, letterOf } from "./letters.ts";
import { eveningOutside, livePage } from "./outside.ts";
import { byTemplate } from "./template.ts";

/** Messages to customers: begun where they allowed it, otherwise as an answer as long as the channel lets us answer. */

const NOTICES_AT_ONCE = 500;

export interface Telling {
  readonly tenantId: number;
  readonly eveningId: number;
  /** The city's. */
  readonly timeZone: string;
  /** ms */
  readonly now: number;
}

export interface Said {
  readonly due: Due;
  /** It is on its way. */
  readonly ok: boolean;
  /**
   * Why not: no_agreement, no_conversation, no_grant, no_address, stopped, erased, withdrawn, channel_off, window_closed (and
   * no template), no_window (no grant, and the channel lets nobody answer any more), expired
   */
  readonly why: string | null;
  /** What the customer reads. */
  readonly text: string;
  /** Of the live page, made now where the delivery had none. */
  readonly liveKey: string | null;
  /** Where it stands; null = it is not on its way. */
  readonly conversationId: number | null;
}

/** A message with its words, and how its reader is reached. */
export interface Letter {
  readonly due: Due;
  readonly reach: Reach;
  readonly content: Extract<Content, { type: "text" }>;
  readonly language: "de" | "en";
  readonly liveKey: string | null;
}

/** Queues a message about a delivery in the caller's transaction. @returns whether, and why not */
export async function tellCustomer(house: House, tx: DeliveryTx, telling: Telling, due: Due): Promise<Said> {
  const [said] = await tellCustomers(house, tx, telling, [due]);
  if (!said) throw new Error("nothing was said");
  return said;
}

/**
 * The same for many, in their order. The same reference is begun once, ever; an answer has none, so the caller keeps in the same
 * transaction that it was said.
 */
export async function tellCustomers(
  house: House,
  tx: DeliveryTx,
  telling: Telling,
  dues: readonly Due[],
): Promise<Said[]> {
  if (dues.length === 0) return [];
  const { tenantId, now } = telling;
  const own = dues.filter(({ delivery }) => delivery.senderTenantId === null);
  const deliveryIds = own.map(({ delivery }) => delivery.id);
  const reaches = await reachOf(tx, { tenantId, deliveryIds, now });
  const tenant = await house.profile(tenantId);
  const letters = own.flatMap((due): Letter[] => {
    const reach = reaches.get(due.delivery.id);
    if (!reach) return [];
    const language = reach.language ?? tenant.language;
    const liveKey = due.delivery.liveKey ?? newKey();
    const reader = { tenant, language, timeZone: telling.timeZone };
    const content = letterOf(due, reader, livePage(house, tenantId, liveKey));
    return [{ due, reach, language, liveKey, content }];
  });
  const fates = await deliverLetters(house, tx, telling, letters);
  const byDue = new Map(letters.map((letter) => [letter.due, letter]));
  const said: Said[] = [];
  for (const due of dues) {
    if (due.delivery.senderTenantId === null) {
      const { content, liveKey = null } = byDue.get(due) ?? {};
      const { why, conversationId } = fates.get(due) ?? NOBODY;
      said.push({ due, ok: why === null, why, text: content?.text ?? "", liveKey, conversationId });
    } else {
      // What became of it is kept with the delivery as soon as the sender's conversation has it.
      const liveKey = due.delivery.liveKey ?? newKey();
      await handAcross(tx, { tenantId, now }, due, liveKey);
      said.push({ due, ok: true, why: null, text: "", liveKey, conversationId: null });
    }
  }
  return said;
}

/** What became of a message; `why` null = it is on its way. */
interface Fate {
  readonly why: string | null;
  readonly conversationId: number | null;
}
const NOBODY: Fate = { why: "no_conversation", conversationId: null };

/** Begins what is allowed by a grant, answers with the rest. */
export async function deliverLetters(
  house: House,
  tx: DeliveryTx,
  telling: Telling,
  letters: readonly Letter[],
): Promise<ReadonlyMap<Due, Fate>> {
  const fates: Batch["fates"] = new Map();
  await begin(house, tx, { telling, fates, letters: letters.filter(({ reach }) => reach.grantId !== null) });
  await answer(house, tx, { telling, fates, letters: letters.filter(({ reach }) => reach.grantId === null) });
  return fates;
}

/** Of a live page, hexadecimal: messengers cut a link that ends with a hyphen. */
const newKey = (): string => Buffer.from(randomToken(16), "base64url").toString("hex");

interface Batch {
  readonly telling: Telling;
  readonly letters: readonly Letter[];
  readonly fates: Map<Due, Fate>;
}

async function begin(house: House, tx: DeliveryTx, { telling, letters, fates }: Batch): Promise<void> {
  const closed = await queue(house, tx, { telling, fates, letters }, ({ content }) => content);
  if (closed.length === 0) return;
  const { tenantId } = telling;
  const templates = await eveningOutside(house).templates(tx as Tx, tenantId);
  const inTemplate = (letter: Letter) =>
    byTemplate(templates, {
      language: letter.language,
      title: letter.due.delivery.address,
      text: plainText(letter.content),
    });
  await queue(
    house,
    tx,
    { telling, fates, letters: closed.filter((one) => inTemplate(one) !== null) },
    inTemplate,
  );
}

/** A link stands beside the words, where channels do not carry it by themselves. */
const plainText = ({ text, link }: Letter["content"]): string => (link ? `${text} ${link}` : text);

/** @returns those whose channel lets nobody write without a template now */
async function queue(
  house: House,
  tx: DeliveryTx,
  { telling: { tenantId, now }, letters, fates }: Batch,
  contentOf: (letter: Letter) => Content | null,
): Promise<Letter[]> {
  const closed: Letter[] = [];
  for (let from = 0; from < letters.length; from += NOTICES_AT_ONCE) {
    const some = letters.slice(from, from + NOTICES_AT_ONCE);
    const notices = some.map(
      (letter): Notice => ({
        reference: letter.due.reference,
        grantId: letter.reach.grantId ?? 0,
        content: contentOf(letter) ?? letter.content,
        expiresAt: letter.due.expiresAt,
      }),
    );
    const answers = await queueNotices(house, tx, { tenantId, notices, now });
    for (const [n, letter] of some.entries()) {
      const fate = answers[n];
      if (!fate) continue;
      fates.set(
        letter.due,
        fate.queued
          ? { why: null, conversationId: fate.conversationId }
          : { why: fate.reason, conversationId: null },
      );
      if (!fate.queued && fate.reason === "window_closed") closed.push(letter);
    }
  }
  return closed;
}

async function answer(house: House, tx: DeliveryTx, { telling, letters, fates }: Batch): Promise<void> {
  const { tenantId, now } = telling;
  for (const { due, reach, content } of letters) {
    const { conversationId, messageId } = reach;
    if (conversationId === null || messageId === null) {
      fates.set(due, NOBODY);
      continue;
    }
    const isSent = await answerLater(house, tx, {
      tenantId,
      conversationId,
      messageId,
      purpose: PROMISES,
      content,
      now,
    });
    fates.set(due, isSent ? { why: null, conversationId } : { why: "no_window", conversationId: null });
  }
}
