import { z } from "zod";
import { type House, instantOf, setTimer, type Timer, takeTimer } from "#kernel";
import type { Due } from "../../evening/letters.ts";
import { type Telling, tellCustomer } from "../../evening/tell.ts";
import { MOST_WINDOWS, type Vain } from "../../flows/after-words.ts";
import type { OfferedWindow, Promises } from "../../plan/promises.ts";
import { askedOn } from "../../rules/afterwards.ts";
import { nextStep } from "../../rules/hand-over.ts";
import { DAY_MS } from "../../rules/limits.ts";
import { ASK_WELL, ENDED } from "../../rules/timer-kinds.ts";
import { type LiveDelivery, readLive } from "../live.ts";
import { noteUntold } from "../running-rows.ts";
import { type DeliveryTx, inTenant } from "../tx.ts";
import { mayTryAgain, windowsAgain } from "./again.ts";
import { answerTimers } from "./answers.ts";
import { noteAsked, openQuestion } from "./question.ts";

/** What the customer hears once a delivery has ended and nobody took that back, and the question of the next morning. */

/** A hand-over that is told so late is no news any more; what follows a vain attempt is said so long. */
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
    const due = await endDue(house, tenantId, { one, endedAt: one.endedAt, windows });
    if (!due) return;
    const { ok, why } = await tellCustomer(house, tx, tellingOf(house, one, tenantId), due);
    if (!ok && why !== null) await noteUntold(tx, { tenantId, deliveryId, why });
  });
}

/** @returns null where there is nothing to say: nobody recorded it, or it is no news any more */
async function endDue(house: House, tenantId: number, ended: Ended): Promise<Due | null> {
  const { one, endedAt } = ended;
  const { id, outcome, outcomeWords, latestAt } = one;
  const now = house.clock.now();
  if (outcome === null) return null;
  if (one.state === "done") {
    if (outcome === "not_recorded" || endedAt + NEWS_MS <= now) return null;
    const reference = `delivery ${id} ${outcome} ${latestAt}`;
    return {
      kind: "done",
      delivery: one,
      outcome,
      outcomeWords,
      endedAt,
      reference,
      expiresAt: endedAt + NEWS_MS,
    };
  }
  if (outcome !== "not_there" && outcome !== "refused" && outcome !== "not_recorded") return null;
  const vain = await vainOf(house, tenantId, { ...ended, outcome });
  const reference = `delivery ${id} vain ${endedAt}`;
  return { kind: "vain", delivery: one, vain, reference, expiresAt: now + NEWS_MS };
}

const tellingOf = (house: House, { eveningId, timeZone }: LiveDelivery, tenantId: number): Telling => ({
  tenantId,
  eveningId,
  timeZone,
  now: house.clock.now(),
});

interface Ended {
  readonly one: LiveDelivery;
  readonly endedAt: number;
  /** For another attempt. */
  readonly windows: readonly OfferedWindow[];
}
interface InVain extends Ended {
  readonly outcome: Vain["outcome"];
}

/** What is known of it; whose conversation it is said in finds the words. */
async function vainOf(
  house: House,
  tenantId: number,
  { one, outcome, endedAt, windows }: InVain,
): Promise<Vain> {
  return {
    id: one.id,
    outcome,
    endedAt,
    next: nextStep(one, one.rule),
    depotName: one.depotName,
    collectUntil: endedAt + one.rule.collectDays * DAY_MS,
    senderName: (await house.profile(one.senderTenantId ?? tenantId)).name,
    windows: windows.slice(0, MOST_WINDOWS).map(({ cost_s: _, ...window }) => window),
  };
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
    const telling = tellingOf(house, one, tenantId);
    const { now } = telling;
    const { ok, conversationId } = await tellCustomer(house, tx, telling, {
      kind: "well",
      delivery: one,
      reference: `delivery ${deliveryId} well`,
      expiresAt: now + ASKED_MS,
    });
    // In another company's conversation it is asked, and kept that it was, once that could be said.
    if (!ok || conversationId === null) return;
    await noteAsked(tx, { tenantId, id: deliveryId, now });
    const language = one.language ?? (await house.profile(tenantId)).language;
    await openQuestion(tx, { tenantId, conversationId, deliveryId, language });
  });
}
