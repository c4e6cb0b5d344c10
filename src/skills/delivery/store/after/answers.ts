import { sql } from "kysely";
import { z } from "zod";
import {
  AppError,
  type House,
  jsonText,
  lockTurn,
  logLate,
  setTimer,
  type Timer,
  takeTimer,
  toPersonLate,
} from "#kernel";
import { type Speaking, teamWords, valuesOf } from "../../flows/words.ts";
import { needAgreement, type Parties } from "../../plan/agreement.ts";
import { UNSAID } from "../../rules/timer-kinds.ts";
import { type LiveDelivery, readLive } from "../live.ts";
import { reachOfSent } from "../sent.ts";
import { type DeliveryTx, inTenant } from "../tx.ts";
import { writeAnswer } from "./question.ts";

/** What was answered, and who was not content comes to a person. */

/** So long a sentence is waited for; then a person asks. */
const WAITS_MS = 3_600_000;

export interface GivenAnswer {
  readonly tenantId: number;
  readonly delivery: LiveDelivery;
  readonly answer: "good" | "bad";
  readonly words: string;
  readonly now: number;
}

/** As the page says it: written down, and handed to a person where something was wrong. Repeatable. */
export async function answerIn(house: House, tx: DeliveryTx, given: GivenAnswer): Promise<void> {
  const { tenantId, delivery, answer, words, now } = given;
  const isNew = await writeAnswer(tx, { tenantId, id: delivery.id, answer, words, now });
  if (!isNew || answer === "good") return;
  if (words === "") await waitForWords(tx, { tenantId, deliveryId: delivery.id, now });
  else await passOn(house, tx, given);
}

/** A person asks where nobody says why. */
export async function waitForWords(
  tx: DeliveryTx,
  { tenantId, deliveryId, now }: { tenantId: number; deliveryId: number; now: number },
): Promise<void> {
  const key = String(deliveryId);
  await setTimer(tx, { tenantId, kind: UNSAID, key, dueAt: now + WAITS_MS, payload: { deliveryId } });
}

/** What colleagues read of it. */
export function badSummary(
  { tenant, timeZone }: Pick<Speaking, "tenant" | "timeZone">,
  one: Pick<LiveDelivery, "earliestAt" | "latestAt" | "address">,
  words: string,
): string {
  const speaking: Speaking = { tenant, timeZone, language: tenant.language };
  const values = valuesOf(speaking, { ...one, eveningId: 0, priceMinor: 0, currency: "EUR" });
  return teamWords(tenant, words === "" ? "team.badUnsaid" : "team.bad", { ...values, words });
}

/** Into the conversation, where there is one; of another company's parcel into that company's. */
async function passOn(house: House, tx: DeliveryTx, given: Omit<GivenAnswer, "answer">): Promise<void> {
  const { tenantId, delivery, words, now } = given;
  const { senderTenantId: senderId } = delivery;
  if (senderId === null) {
    const at = await lastWord(tx, tenantId, delivery);
    if (at) await handOver(house, tx, { ...at, tenantId, delivery, words });
    return;
  }
  await inTenant(house, senderId, async (sendersTx) => {
    const parties = { senderTenantId: senderId, carrierTenantId: tenantId, now };
    if (!(await isAgreed(sendersTx, parties))) return;
    const sent = { senderId, carrierId: tenantId, deliveryId: delivery.id };
    const { conversationId = null, messageId = null } = (await reachOfSent(sendersTx, sent, now)) ?? {};
    if (conversationId === null || messageId === null) return;
    await handOver(house, sendersTx, { tenantId: senderId, conversationId, messageId, delivery, words });
  });
}

async function isAgreed(tx: DeliveryTx, parties: Parties): Promise<boolean> {
  try {
    await needAgreement(tx, parties);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") return false;
    throw error;
  }
}

interface HandingOver {
  readonly tenantId: number;
  readonly conversationId: number;
  readonly messageId: string;
  readonly delivery: LiveDelivery;
  readonly words: string;
}

/** A person who has the conversation keeps it and reads why. */
async function handOver(house: House, tx: DeliveryTx, handing: HandingOver): Promise<void> {
  const { delivery, words, ...at } = handing;
  const place = await lockTurn(house, tx, at);
  if (!place) return;
  const { tenant, now } = place.turn;
  const summary = badSummary({ tenant, timeZone: delivery.timeZone }, delivery, words);
  const isHeld = place.state === "person" || place.state === "waiting";
  if (!isHeld) return toPersonLate(tx, place.turn, { reason: "flow", summary });
  const detail = { reason: "flow", confidence: null, needed: null, summary, at: new Date(now).toISOString() };
  await logLate(tx, place.turn, { event: "hand_over", text: "", detail: jsonText(detail) });
}

/** The newest message of the conversation about this delivery, or else of the person's newest one. */
async function lastWord(
  tx: DeliveryTx,
  tenantId: number,
  { conversationId, contactId }: LiveDelivery,
): Promise<{ conversationId: number; messageId: string } | null> {
  const { rows } = await sql<{ conversationId: number; messageId: string }>`
    select v.id as "conversationId", m.id as "messageId" from kernel.conversation v
    join lateral (select id from kernel.message where tenant_id = v.tenant_id and conversation_id = v.id
      order by id desc limit 1) m on true
    where v.tenant_id = ${tenantId} and (v.id = ${conversationId} or (${conversationId}::bigint is null and v.contact_id = ${contactId}))
    order by v.last_message_at desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

const payload = z.object({ deliveryId: z.number() });

/** kind -> what happens when it is due */
export function answerTimers(house: House) {
  return {
    [UNSAID]: ({ tenantId, ...timer }: Timer) =>
      inTenant(house, tenantId, async (tx) => {
        const { deliveryId } = payload.parse(timer.payload);
        const delivery = await readLive(tx, tenantId, deliveryId);
        if (!(await takeTimer(tx, { tenantId, ...timer })) || !delivery) return;
        const unsaid =
          await sql`select 1 from delivery.delivery where tenant_id = ${tenantId} and id = ${deliveryId}
          and answer = 'bad' and answer_words = ''`.execute(tx);
        if (unsaid.rows.length === 0) return;
        await passOn(house, tx, { tenantId, delivery, words: "", now: house.clock.now() });
      }),
  };
}
