import { z } from "zod";
import { type House, instantOf, setTimer, type Timer, takeTimer } from "#kernel";
import type { Due } from "../../evening/letters.ts";
import { type Said, tellCustomer } from "../../evening/tell.ts";
import { questionWords, type Vain, vainWords, type Words } from "../../flows/after-words.ts";
import type { Speaking } from "../../flows/words.ts";
import type { OfferedWindow, Promises } from "../../plan/promises.ts";
import { askedOn } from "../../rules/afterwards.ts";
import { nextStep } from "../../rules/hand-over.ts";
import { DAY_MS } from "../../rules/limits.ts";
import { ASK_WELL, ENDED } from "../../rules/timer-kinds.ts";
import { type LiveDelivery, readLive } from "../live.ts";
import { type DeliveryTx, inTenant } from "../tx.ts";
import { mayTryAgain, windowsAgain } from "./again.ts";
import { answerTimers } from "./answers.ts";
import { noteAsked, openQuestion } from "./question.ts";

/** What the customer hears after a vain attempt, and the question of the next morning. */

/** An end that is told so late is no news any more. */
const NEWS_MS = 12 * 3_600_000;
/** The question is asked in the morning or not at all. */
const ASKED_MS = 6 * 3_600_000;

const payload = z.object({ deliveryId: z.number() });

/** kind -> what happens when it is due */
export function afterTimers(house: House, promises: Promises) {
  return {
    [ENDED]: (timer: Timer) => afterEnd(house, promises, timer),
    [ASK_WELL]: (timer: Timer) => askWell(house, timer),
    ...answerTimers(house),
  };
}

async function afterEnd(house: House, promises: Promises, timer: Timer): Promise<void> {
  const { tenantId } = timer;
  const { deliveryId } = payload.parse(timer.payload);
  const found = await inTenant(house, tenantId, (tx) => readLive(tx, tenantId, deliveryId));
  if (!found) return;
  const windows = mayTryAgain(found) ? (await windowsAgain(promises, tenantId, found)).windows : [];
  await inTenant(house, tenantId, async (tx) => {
    // What was undone meanwhile came to no end.
    const one = await readLive(tx, tenantId, deliveryId);
    if (!(await takeTimer(tx, timer)) || !one || one.endedAt === null) return;
    if (one.state === "done") await askNextMorning(tx, tenantId, one);
    const { outcome, endedAt } = one;
    if (outcome !== "not_there" && outcome !== "refused") return;
    const words = await spokenVain(house, tenantId, { one, outcome, endedAt, windows });
    await tell(house, tx, {
      tenantId,
      delivery: one,
      reference: `delivery ${deliveryId} vain ${endedAt}`,
      words,
      expiresAt: endedAt + NEWS_MS,
    });
  });
}

interface Telling {
  readonly tenantId: number;
  readonly delivery: LiveDelivery;
  /** Sent once, ever. */
  readonly reference: string;
  readonly words: Words;
  /** ms */
  readonly expiresAt: number;
}

async function tell(house: House, tx: DeliveryTx, telling: Telling): Promise<Said> {
  const { tenantId, delivery, words, reference, expiresAt } = telling;
  const { eveningId, timeZone } = delivery;
  const now = house.clock.now();
  // In another company's conversation nothing of ours is tapped: the delivery's page takes the answer.
  const options = delivery.senderTenantId === null ? words.options : [];
  const due: Due = { kind: "given", delivery, reference, expiresAt, text: words.text, options };
  return tellCustomer(house, tx, { tenantId, eveningId, timeZone, now }, due);
}

async function speakingOf(house: House, tenantId: number, one: LiveDelivery): Promise<Speaking> {
  const tenant = await house.profile(tenantId);
  return { tenant, language: one.language ?? tenant.language, timeZone: one.timeZone };
}

interface InVain {
  readonly one: LiveDelivery;
  readonly outcome: Vain["outcome"];
  readonly endedAt: number;
  readonly windows: readonly OfferedWindow[];
}

async function spokenVain(
  house: House,
  tenantId: number,
  { one, outcome, endedAt, windows }: InVain,
): Promise<Words> {
  const speaking = await speakingOf(house, tenantId, one);
  const sender = one.senderTenantId === null ? speaking.tenant : await house.profile(one.senderTenantId);
  const vain: Vain = {
    id: one.id,
    outcome,
    endedAt,
    next: nextStep(one, one.rule),
    depotName: one.depotName,
    collectUntil: endedAt + one.rule.collectDays * DAY_MS,
    senderName: sender.name,
  };
  return vainWords(speaking, vain, windows);
}

async function askNextMorning(tx: DeliveryTx, tenantId: number, one: LiveDelivery): Promise<void> {
  if (one.askedAt !== null || one.answer !== null) return;
  const { day, minutes } = askedOn(one.date);
  await setTimer(tx, {
    tenantId,
    kind: ASK_WELL,
    key: String(one.id),
    dueAt: instantOf(one.timeZone, day, minutes),
    payload: { deliveryId: one.id },
  });
}

/** Once, and only who was brought something, who may be written to, and who has not said it by then. */
async function askWell(house: House, timer: Timer): Promise<void> {
  const { tenantId } = timer;
  const { deliveryId } = payload.parse(timer.payload);
  await inTenant(house, tenantId, async (tx) => {
    const one = await readLive(tx, tenantId, deliveryId);
    if (!(await takeTimer(tx, timer)) || one?.state !== "done" || one.outcome === "not_recorded") return;
    if (one.askedAt !== null || one.answer !== null || one.isPersonGone) return;
    const now = house.clock.now();
    const speaking = await speakingOf(house, tenantId, one);
    const { ok, conversationId } = await tell(house, tx, {
      tenantId,
      delivery: one,
      reference: `delivery ${deliveryId} well`,
      words: questionWords(speaking, deliveryId),
      expiresAt: now + ASKED_MS,
    });
    if (!ok) return;
    await noteAsked(tx, { tenantId, id: deliveryId, now });
    if (conversationId === null) return;
    await openQuestion(tx, { tenantId, conversationId, deliveryId, language: speaking.language });
  });
}
