import {
  type AnyRoute,
  type House,
  localDate,
  pseudonyms,
  recordDecision,
  route,
  type TenantProfile,
} from "#kernel";
import { checkOrder, settleOrder } from "../api.ts";
import { explanationOf } from "../flows/warning.ts";
import { words } from "../flows/words.ts";
import { judgeOrder, type OrderAnswer, type OrderInputs } from "../rules/duplicates.ts";
import { ruleOf } from "../rules/rule-list.ts";
import { type AdvocateTx, contactOf, openGrants } from "../store/customers.ts";
import { earlierPurchases, insertCheck, knownCheck, settleCheck } from "../store/orders.ts";
import { noteOutcome } from "../store/outcomes.ts";
import { PURPOSE } from "../store/round.ts";
import { readRulesOff } from "../store/rules-off.ts";
import { wakeDaily } from "../store/timers.ts";
import type { AdvocateTables } from "../tables.ts";
import { checkedGtin } from "./company.ts";

const RULE = "duplicate_purchase";

interface Order {
  readonly reference: string;
  readonly gtin: string;
  readonly priceCents: number;
}

interface Answer {
  id: number | null;
  answer: "ok" | "ask";
  reason: OrderAnswer["reason"] | "not_chosen" | "unknown_customer";
  question: { de: string; en: string } | null;
  boughtOn: string | null;
}

const UNASKED = { id: null, answer: "ok" as const, question: null, boughtOn: null };

/** Asked by the shop before it confirms an order; the customer must have chosen to be asked. */
export function orderRoutes(house: House): readonly AnyRoute[] {
  return [
    route(checkOrder, async ({ actor: { tenantId }, body }) => {
      const gtin = checkedGtin(body.gtin);
      const profile = await house.profile(tenantId);
      const now = house.clock.now();
      return house.db.tenant<Answer, AdvocateTables>(tenantId, async (tx) => {
        const contactId = await contactOf(tx, tenantId, body.customer);
        if (contactId === null) return { ...UNASKED, reason: "unknown_customer" };
        const grants = await openGrants(tx, { tenantId, contactIds: [contactId], purpose: PURPOSE, now });
        const isChosen = grants.get(contactId)?.some(({ topic }) => topic === RULE || topic === "");
        if (!isChosen || (await readRulesOff(tx, tenantId)).has(RULE))
          return { ...UNASKED, reason: "not_chosen" };
        const order = { reference: body.order, gtin, priceCents: body.priceCents };
        return check(tx, { profile, contactId, order, now });
      });
    }),
    route(settleOrder, async ({ actor: { tenantId }, params, body }) => {
      const { timeZone } = await house.profile(tenantId);
      const day = localDate(house.clock.now(), timeZone);
      const mask = await pseudonyms(house, { tenantId, purpose: PURPOSE });
      await house.db.tenant<void, AdvocateTables>(tenantId, async (tx) => {
        const { priceCents, contactId } = await settleCheck(tx, tenantId, {
          id: params.id,
          outcome: body.outcome,
        });
        const cents = body.outcome === "placed" ? priceCents : -priceCents;
        const reference = `${RULE}:${params.id}`;
        await noteOutcome(
          tx,
          { tenantId, mask },
          { rule: RULE, contactId, reference, outcome: body.outcome, cents, day },
        );
      });
      return { ok: true as const };
    }),
  ];
}

async function check(
  tx: AdvocateTx,
  asked: { profile: TenantProfile; contactId: number; order: Order; now: number },
): Promise<Answer> {
  const { profile, contactId, order, now } = asked;
  const tenantId = profile.id;
  const purchases = await earlierPurchases(tx, tenantId, { contactId, gtin: order.gtin });
  const title = purchases[0]?.title ?? "";
  const known = await knownCheck(tx, tenantId, order);
  if (known) return { ...known, question: questionOf(profile, known, title) };
  const inputs: OrderInputs = {
    today: localDate(now, profile.timeZone),
    earlier: purchases.flatMap(({ fact }) =>
      fact.kind === "purchase"
        ? [{ boughtOn: fact.boughtOn, intervalDays: fact.intervalDays, returnedOn: fact.returnedOn }]
        : [],
    ),
  };
  const judged = judgeOrder(inputs);
  const rule = ruleOf(RULE);
  const decisionId = await recordDecision(tx, {
    tenantId,
    contactId,
    purpose: PURPOSE,
    rule: `advocate.${rule.id}/${rule.version}`,
    inputs: { ...inputs },
    outcome: `${judged.answer}:${judged.reason}`,
    explanation: explanationOf(RULE),
    now,
  });
  const id = await insertCheck(tx, tenantId, { ...judged, ...order, contactId, decisionId, now });
  await wakeDaily(tx, tenantId, now);
  return { id, ...judged, question: questionOf(profile, judged, title) };
}

function questionOf(
  { formOfAddress: form }: TenantProfile,
  { answer, boughtOn }: Pick<OrderAnswer, "answer" | "boughtOn">,
  title: string,
): { de: string; en: string } | null {
  if (answer === "ok" || boughtOn === null) return null;
  const values = { title, boughtOn };
  return {
    de: words({ language: "de", form }, `ask_${RULE}`, values),
    en: words({ language: "en", form }, `ask_${RULE}`, values),
  };
}
