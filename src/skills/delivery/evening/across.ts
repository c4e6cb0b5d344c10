import { z } from "zod";
import { AppError, type House, type Timer, takeTimer } from "#kernel";
import { needAgreement } from "../plan/agreement.ts";
import { noteAsked, openQuestion } from "../store/after/question.ts";
import { noteUntold, readRunningDelivery } from "../store/running-rows.ts";
import { reachOfSent, sayOnce } from "../store/sent.ts";
import { type DeliveryTx, inTenant } from "../store/tx.ts";
import { type Due, letterOf } from "./letters.ts";
import { livePage } from "./outside.ts";
import { deliverLetters, type Letter } from "./tell.ts";

/**
 * Messages about a delivery that is another company's: they are said in that company's conversation, in its words, as long as the
 * agreement stands. What crosses is what the agreement names: the delivery, its window, what became of it.
 */

const vain = z.object({
  id: z.number(),
  outcome: z.enum(["not_there", "refused", "not_recorded"]),
  endedAt: z.number(),
  next: z.enum(["another_window", "collect", "return"]).nullable(),
  depotName: z.string(),
  collectUntil: z.number(),
  senderName: z.string(),
  windows: z.array(
    z.object({
      eveningId: z.number(),
      earliestAt: z.number(),
      latestAt: z.number(),
      priceMinor: z.number(),
      currency: z.string(),
    }),
  ),
});
const outcome = z.enum(["handed_over", "neighbour", "left_there", "not_there", "refused", "not_recorded"]);
const across = z.object({
  deliveryId: z.number(),
  kind: z.enum(["coming", "again", "late", "broken", "done", "wrote", "vain", "well"]),
  reference: z.string(),
  liveKey: z.string(),
  expiresAt: z.number(),
  told: z.object({ from: z.number(), until: z.number(), expectedAt: z.number() }).optional(),
  outcome: outcome.optional(),
  outcomeWords: z.string().optional(),
  endedAt: z.number().optional(),
  compensationMinor: z.number().optional(),
  vain: vain.optional(),
  text: z.string().optional(),
  by: z.enum(["courier", "dispatcher"]).optional(),
});

/** What is given to whom was said so before it was a kind of its own; such a message may wait across an update. */
const former = z.object({ kind: z.literal("given"), deliveryId: z.number() });

/** Says it in the sender's conversation, once, and keeps with the carrier whether it could be said. */
export async function sayAcross(house: House, timer: Timer): Promise<void> {
  const { tenantId: carrierId } = timer;
  const old = former.safeParse(timer.payload);
  if (old.success) return leaveUnsaid(house, timer, old.data.deliveryId);
  const { deliveryId, liveKey, ...rest } = across.parse(timer.payload);
  const read = await inTenant(house, carrierId, (tx) => readRunningDelivery(tx, carrierId, deliveryId));
  const senderId = read?.delivery.senderTenantId;
  const why =
    read && senderId
      ? await inTenant(house, senderId, (tx) =>
          sayAsSender(house, tx, {
            due: { ...rest, delivery: read.delivery },
            liveKey,
            timeZone: read.timeZone,
            eveningId: read.eveningId,
            parties: { senderId, carrierId, deliveryId },
          }),
        )
      : null;
  await inTenant(house, carrierId, async (tx) => {
    if (!(await takeTimer(tx, timer))) return;
    if (why !== null) await noteUntold(tx, { tenantId: carrierId, deliveryId, why });
    else if (rest.kind === "well")
      await noteAsked(tx, { tenantId: carrierId, id: deliveryId, now: house.clock.now() });
  });
}

/** The carrier's desk shows that its customer was not told. */
function leaveUnsaid(house: House, timer: Timer, deliveryId: number): Promise<void> {
  const { tenantId } = timer;
  return inTenant(house, tenantId, async (tx) => {
    if (await takeTimer(tx, timer)) await noteUntold(tx, { tenantId, deliveryId, why: "expired" });
  });
}

interface AsSender {
  readonly due: Due;
  readonly liveKey: string;
  readonly timeZone: string;
  readonly eveningId: number;
  readonly parties: { readonly senderId: number; readonly carrierId: number; readonly deliveryId: number };
}

/** @param tx the sender's. @returns why it could not be said, or null */
async function sayAsSender(
  house: House,
  tx: DeliveryTx,
  { due, liveKey, timeZone, eveningId, parties }: AsSender,
): Promise<string | null> {
  const { senderId, carrierId } = parties;
  const now = house.clock.now();
  if (due.expiresAt <= now) return "expired";
  try {
    await needAgreement(tx, { senderTenantId: senderId, carrierTenantId: carrierId, now });
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") return "no_agreement";
    throw error;
  }
  const reach = await reachOfSent(tx, parties, now);
  if (!reach) return "no_conversation";
  const reference = `carrier ${carrierId} ${due.reference}`;
  if (!(await sayOnce(tx, { senderId, reference, now }))) return null;
  const tenant = await house.profile(senderId);
  const language = reach.language ?? tenant.language;
  const content = letterOf(due, { tenant, language, timeZone }, livePage(house, carrierId, liveKey));
  const letter: Letter = { due: { ...due, reference }, reach, content, language, liveKey };
  const telling = { tenantId: senderId, eveningId, timeZone, now };
  const fate = (await deliverLetters(house, tx, telling, [letter])).get(letter.due);
  if (fate?.why) return fate.why;
  const conversationId = fate?.conversationId ?? null;
  if (due.kind === "well" && conversationId !== null)
    await openQuestion(tx, { tenantId: senderId, conversationId, deliveryId: parties.deliveryId, language });
  return null;
}
