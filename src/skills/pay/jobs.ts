import { z } from "zod";
import { answerLater, type House, type SkillManifest, type Timer, takeTimer, translate } from "#kernel";
import { openProviders } from "./adapters/index.ts";
import type { Desk, Outside } from "./ports.ts";
import { catalogue } from "./rules/catalogue.ts";
import { REQUESTS } from "./rules/purposes.ts";
import {
  ANSWER,
  BOOK,
  CONSENT,
  DISPUTE,
  EXPIRE,
  FETCH,
  FORGET,
  PAID,
  REFUND,
  REMIND,
} from "./rules/timer-kinds.ts";
import { answerFromLedger, languageIn, sayPaid } from "./store/answering.ts";
import { bookEntries } from "./store/book-entries.ts";
import { noteDispute } from "./store/disputes.ts";
import { expireRequest } from "./store/ending.ts";
import { forgetOld } from "./store/forgetting.ts";
import { lookAtCheckout } from "./store/looking.ts";
import { orderRefund } from "./store/refund-orders.ts";
import { permit, remindByItself } from "./store/reminding.ts";
import { inTenant } from "./store/tx.ts";

const said = z.object({
  contactId: z.number(),
  channelId: z.number(),
  conversationId: z.number(),
  messageId: z.string(),
});
const question = said.extend({ what: z.enum(["owe", "paid", "receipt"]) });
const permission = said.extend({ requestId: z.number() });
const checkout = z.object({ provider: z.enum(["stripe", "mollie"]), externalId: z.string() });
const refund = z.object({ refundId: z.number() });
const one = z.object({ requestId: z.number() });
const doubt = said.extend({ requestId: z.number().nullable() });
const statement = z.object({ statementId: z.number() });

type Timers = ReturnType<NonNullable<SkillManifest["timers"]>>;

/**
 * kind -> what happens when it is due. Each is repeatable: what speaks to somebody takes its timer in the very transaction
 * in which it speaks.
 */
export function payTimers(house: House, desk: Outside): Timers {
  const parts = () => ({ house, desk, now: house.clock.now() });
  const providers = openProviders(house, desk.ask(house));
  return {
    [ANSWER]: (timer) =>
      inTenant(house, timer.tenantId, async (tx) => {
        if (!(await takeTimer(tx, timer))) return;
        const { what, ...of } = question.parse(timer.payload);
        await answerFromLedger({ ...parts(), tx }, { tenantId: timer.tenantId, ...of }, what);
      }),
    [CONSENT]: (timer) => consent(house, desk, timer),
    [PAID]: (timer) =>
      inTenant(house, timer.tenantId, async (tx) => {
        if (!(await takeTimer(tx, timer))) return;
        await sayPaid({ ...parts(), tx }, timer.tenantId, one.parse(timer.payload).requestId);
      }),
    [REMIND]: (timer) =>
      inTenant(house, timer.tenantId, async (tx) => {
        if (!(await takeTimer(tx, timer))) return;
        const { tenantId } = timer;
        await remindByItself({ ...parts(), tx, tenantId }, one.parse(timer.payload).requestId);
      }),
    [FETCH]: {
      run: ({ tenantId, payload }) => {
        const { provider: kind, externalId } = checkout.parse(payload);
        return lookAtCheckout({ house, providers }, { tenantId, kind, externalId });
      },
      // A service that is slow makes only its own company wait.
      places: { all: 8, perTenant: 2 },
    },
    [REFUND]: {
      run: ({ tenantId, payload }) =>
        orderRefund({ house, providers }, tenantId, refund.parse(payload).refundId),
      places: { all: 8, perTenant: 2 },
    },
    [DISPUTE]: (timer) =>
      inTenant(house, timer.tenantId, async (tx) => {
        if (!(await takeTimer(tx, timer))) return;
        await noteDispute(tx, timer.tenantId, doubt.parse(timer.payload), house.clock.now());
      }),
    [BOOK]: ({ tenantId, payload }) => bookEntries(house, tenantId, statement.parse(payload).statementId),
    [EXPIRE]: ({ tenantId, payload }) => expireRequest(house, tenantId, one.parse(payload).requestId),
    [FORGET]: ({ tenantId }) => forgetOld(house, tenantId),
  };
}

function consent(house: House, desk: Desk, timer: Timer): Promise<void> {
  const { tenantId } = timer;
  const now = house.clock.now();
  return inTenant(house, tenantId, async (tx) => {
    if (!(await takeTimer(tx, timer))) return;
    const of = permission.parse(timer.payload);
    const key = await permit({ house, desk, tx, tenantId, now }, of);
    const language = await languageIn(tx, tenantId, of.conversationId);
    const { formOfAddress: form } = await house.profile(tenantId);
    const text = translate(catalogue, { language, form }, key);
    const { conversationId, messageId } = of;
    await answerLater(house, tx, {
      tenantId,
      conversationId,
      messageId,
      purpose: REQUESTS,
      content: { type: "text", text },
      now,
    });
  });
}
