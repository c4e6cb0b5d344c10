import { z } from "zod";
import {
  answerLater,
  type Content,
  callPerson,
  type House,
  type Timer,
  type Tx,
  takeTimer,
  translate,
} from "#kernel";
import { optionId } from "./flows/option-ids.ts";
import type { Desk } from "./ports.ts";
import { catalogue } from "./rules/catalogue.ts";
import { DEAL } from "./rules/purposes.ts";
import { spokenDay } from "./rules/spoken.ts";
import { ACCEPT, CONFIRM, DECLINE, EXPIRE, FORGET, MACHINE_DOWN, REFUSE } from "./rules/timer-kinds.ts";
import { sendConfirmation } from "./store/confirmations.ts";
import { machinesOf } from "./store/machines.ts";
import { acceptQuotation, type Decided, declineQuotation, expire, lookAt } from "./store/orders.ts";
import { partyIn } from "./store/party.ts";
import { forgetOld } from "./store/personal.ts";
import { changing, inTenant, moment } from "./store/tx.ts";

const asked = z.object({
  quotationId: z.number(),
  version: z.number(),
  contactId: z.number(),
  conversationId: z.number(),
  messageId: z.string(),
  words: z.string(),
});
const declined = asked.extend({ reason: z.string() });
const machine = asked.omit({ quotationId: true, version: true }).extend({ machineId: z.number().nullable() });
const one = z.object({ quotationId: z.number() });

/**
 * kind -> what happens when it is due. Each is repeatable: what speaks to somebody takes its timer in the very transaction
 * in which it speaks.
 */
export function businessTimers(
  house: House,
  desk: Desk,
): Readonly<Record<string, (timer: Timer) => Promise<void>>> {
  return {
    [ACCEPT]: (timer) => accept(house, timer),
    [DECLINE]: (timer) => decline(house, timer),
    [REFUSE]: (timer) => refuse(house, timer),
    [CONFIRM]: ({ tenantId, payload }) =>
      sendConfirmation(house, desk, { tenantId, quotationId: one.parse(payload).quotationId }),
    [EXPIRE]: (timer) => runOut(house, timer),
    [MACHINE_DOWN]: (timer) => machineDown(house, timer),
    [FORGET]: ({ tenantId }) => forgetOld(house, tenantId),
  };
}

/** One answer to one message of the customer. */
interface Answering {
  house: House;
  tx: Tx;
  tenantId: number;
  to: { conversationId: number; messageId: string };
  now: number;
}

async function languageIn({ tx, tenantId, to }: Answering): Promise<"de" | "en"> {
  const row = await tx
    .selectFrom("kernel.conversation")
    .select("language")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", to.conversationId)
    .executeTakeFirst();
  return row?.language ?? "de";
}

async function answer(
  at: Answering,
  key: string,
  values: Record<string, string | number>,
  options: Extract<Content, { type: "text" }>["options"] = undefined,
): Promise<void> {
  const { house, tx, tenantId, to, now } = at;
  const { formOfAddress: form } = await house.profile(tenantId);
  const text = translate(catalogue, { language: await languageIn(at), form }, key, values);
  const content: Content = { type: "text", text, ...(options && { options }) };
  await answerLater(house, tx, { tenantId, ...to, purpose: DEAL, content, now });
}

/** Staff read it in the company's own language. */
async function callUs(
  { house, tx, tenantId, to, now }: Answering,
  key: string,
  values: Record<string, string | number>,
  staffId: string | null = null,
): Promise<void> {
  const profile = await house.profile(tenantId);
  const summary = translate(
    catalogue,
    { language: profile.language, form: profile.teamFormOfAddress },
    key,
    values,
  );
  await callPerson(house, tx, {
    tenantId,
    conversationId: to.conversationId,
    reason: "case",
    summary,
    staffId,
    now,
  });
}

async function accept(house: House, timer: Timer): Promise<void> {
  const { tenantId, payload } = timer;
  const said = asked.parse(payload);
  const when = await moment(house, tenantId);
  await changing(house, tenantId, async (tx) => {
    if (!(await takeTimer(tx, timer))) return;
    const at: Answering = { house, tx, tenantId, to: said, now: when.now };
    const decision = await acceptQuotation(tx, tenantId, { ...said, ...when });
    if (decision.verdict !== "yes") return explain(at, decision, said.messageId);
    const values = { number: decision.number, confirmation: decision.confirmation ?? "" };
    await callUs(at, "staffAccepted", values);
    await answer(at, "accepted", values);
  });
}

/** Why it is no order, for the customer in a sentence and for us as a case. */
async function explain(at: Answering, decision: Decided, messageId: string): Promise<void> {
  const language = await languageIn(at);
  const validUntil = decision.version?.validUntil ?? "";
  const values = {
    number: decision.number,
    confirmation: decision.confirmation ?? "",
    day: validUntil === "" ? "" : spokenDay(validUntil, language),
  };
  // The same message once more: it has its answer.
  if (decision.verdict === "accepted")
    return decision.acceptedBy === messageId ? undefined : answer(at, "acceptedBefore", values);
  const [ours, theirs] = {
    expired: ["staffExpired", "expired"],
    not_allowed: ["staffNotAllowed", "notAllowed"],
    gone: ["staffGone", "gone"],
    yes: ["staffGone", "gone"],
  }[decision.verdict] as [string, string];
  await callUs(at, ours, values);
  await answer(at, theirs, values);
}

async function refuse(house: House, timer: Timer): Promise<void> {
  const { tenantId, payload } = timer;
  const said = asked.parse(payload);
  const when = await moment(house, tenantId);
  await inTenant(house, tenantId, async (tx) => {
    if (!(await takeTimer(tx, timer))) return;
    const decision = await lookAt(tx, tenantId, { ...said, ...when });
    const at: Answering = { house, tx, tenantId, to: said, now: when.now };
    // What the flow knew was out of date: it can be ordered, so it is asked again.
    if (decision.verdict !== "yes") return explain(at, decision, "");
    const title = translate(catalogue, { language: await languageIn(at), form: "sie" }, "optionOrder");
    await answer(at, "which", {}, [
      { id: optionId("order", said.quotationId, decision.version?.version ?? 0), title },
    ]);
  });
}

async function decline(house: House, timer: Timer): Promise<void> {
  const { tenantId, payload } = timer;
  const said = declined.parse(payload);
  const when = await moment(house, tenantId);
  await changing(house, tenantId, async (tx) => {
    if (!(await takeTimer(tx, timer))) return;
    const at: Answering = { house, tx, tenantId, to: said, now: when.now };
    const decision = await declineQuotation(tx, tenantId, { ...said, ...when });
    if (decision.verdict !== "yes") return explain(at, decision, said.messageId);
    const values = { number: decision.number, reason: said.reason };
    await callUs(at, "staffDeclined", values);
    await answer(at, "declined", values);
  });
}

async function runOut(house: House, { tenantId, payload }: Timer): Promise<void> {
  const { quotationId: id } = one.parse(payload);
  const when = await moment(house, tenantId);
  await changing(house, tenantId, (tx) => expire(tx, tenantId, { id, ...when }));
}

/** The technician has the conversation; where nobody is named, it waits in the list. */
async function machineDown(house: House, timer: Timer): Promise<void> {
  const { tenantId, payload } = timer;
  const said = machine.parse(payload);
  const { now } = await moment(house, tenantId);
  await inTenant(house, tenantId, async (tx) => {
    if (!(await takeTimer(tx, timer))) return;
    const at: Answering = { house, tx, tenantId, to: said, now };
    const { companyId } = await partyIn(tx, tenantId, said.conversationId);
    const [found] =
      companyId === null || said.machineId === null
        ? []
        : await machinesOf(tx, tenantId, { companyId, id: said.machineId });
    if (!found) {
      await callUs(at, "staffMachineUnknown", {});
      return answer(at, "machineUnknown", {});
    }
    const { serial, model, place, technician } = found;
    const values = { serial, model, place, technician: technician?.name ?? "" };
    await callUs(at, "staffMachine", values, technician?.id ?? null);
    await answer(at, technician ? "machineTechnician" : "machineNobody", values);
  });
}
