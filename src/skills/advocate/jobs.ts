import {
  grantConsent,
  type House,
  instantOf,
  listGrants,
  localDate,
  pseudonyms,
  scheduleTimer,
  type Timer,
  withdrawConsent,
} from "#kernel";
import { CANCEL, CHOOSE, KEEP, moment } from "./flows/index.ts";
import { words } from "./flows/words.ts";
import type { WarningTemplates } from "./ports.ts";
import { cancellation } from "./rules/contract.ts";
import { readContract } from "./rules/contract-row.ts";
import { isoDay, readDay } from "./rules/dates.ts";
import { contractText } from "./rules/judge.ts";
import { RULES } from "./rules/rule-list.ts";
import { insertCancellation } from "./store/cancellations.ts";
import { type AdvocateTx, personIds } from "./store/customers.ts";
import { lookAgain, readFact, type StoredFact } from "./store/facts.ts";
import { noteOutcome } from "./store/outcomes.ts";
import { forget, hasAny } from "./store/personal-data.ts";
import { PURPOSE, runOneByOne, runPage } from "./store/round.ts";
import { DAILY, RUN, wakeRound } from "./store/timers.ts";
import { latestWarning } from "./store/warnings.ts";
import type { AdvocateTables } from "./tables.ts";

/** Nobody is warned at night: minutes since midnight between which a round works. */
const MORNING_MINUTES = 8 * 60;
const EVENING_MINUTES = 20 * 60;
const DAY_MS = 86_400_000;
/** So many pages at once; then other timers have their turn. */
const PAGES_AT_ONCE = 40;

/** kind -> what happens when it is due. */
export function advocateTimers(
  house: House,
  templates: WarningTemplates | null,
): Readonly<Record<string, (timer: Timer) => Promise<void>>> {
  return {
    [DAILY]: ({ tenantId }) => beginDay(house, tenantId),
    [RUN]: ({ tenantId }) => runRound(house, tenantId, templates),
    [CHOOSE]: (timer) => choose(house, timer),
    [CANCEL]: (timer) => takeCancellation(house, timer),
    [KEEP]: (timer) => keep(house, timer),
  };
}

/**
 * Starts today's round and puts itself on for tomorrow, as long as there is anybody to look after; then removes what is over.
 * Tomorrow is safe before anything can go wrong.
 */
async function beginDay(house: House, tenantId: number): Promise<void> {
  const { timeZone } = await house.profile(tenantId);
  const now = house.clock.now();
  const dueAt = instantOf(timeZone, localDate(now + DAY_MS, timeZone), MORNING_MINUTES);
  const goesOn = await house.db.tenant<boolean, AdvocateTables>(tenantId, async (tx) => {
    if (!(await hasAny(tx, tenantId))) return false;
    await wakeRound(tx, tenantId, now);
    return true;
  });
  if (!goesOn) return;
  await scheduleTimer(house, { tenantId, kind: DAILY, key: "day", dueAt });
  await forget(house, tenantId);
}

/** Everything that is due, page by page; outside the day's hours it waits for the morning. */
export async function runRound(
  house: House,
  tenantId: number,
  templates: WarningTemplates | null,
): Promise<void> {
  const { timeZone } = await house.profile(tenantId);
  const now = house.clock.now();
  const today = localDate(now, timeZone);
  const [opens, closes] = [MORNING_MINUTES, EVENING_MINUTES].map((minutes) =>
    instantOf(timeZone, today, minutes),
  );
  if (now < (opens ?? now) || now >= (closes ?? now)) {
    const day = now < (opens ?? now) ? today : localDate(now + DAY_MS, timeZone);
    const dueAt = instantOf(timeZone, day, MORNING_MINUTES);
    await scheduleTimer(house, { tenantId, kind: RUN, key: "round", dueAt });
    return;
  }
  let warned = 0;
  for (let page = 0; page < PAGES_AT_ONCE; page++) {
    const result = await runPage(house, tenantId, { templates }).catch((error: Error) => {
      house.log.warn({ tenant: tenantId, error: error.name }, "advocate: a page failed, one by one now");
      return runOneByOne(house, tenantId, templates);
    });
    warned += result.warned;
    if (result.isDone) {
      if (warned > 0) house.log.info({ tenant: tenantId, warned }, "advocate: warned");
      return;
    }
  }
  await scheduleTimer(house, { tenantId, kind: RUN, key: "round", dueAt: now });
}

interface Tapped {
  contactId: number;
  channelId: number;
  messageId: string;
}

function tapped({ payload }: Timer): Tapped {
  return {
    contactId: Number(payload.contactId),
    channelId: Number(payload.channelId),
    messageId: String(payload.messageId),
  };
}

/** The customer chose a kind of warning, or chose it off. */
async function choose(house: House, timer: Timer): Promise<void> {
  const { tenantId, payload } = timer;
  const { contactId, channelId, messageId } = tapped(timer);
  const topic = String(payload.topic);
  const now = house.clock.now();
  const { timeZone } = await house.profile(tenantId);
  await house.db.tenant<void, AdvocateTables>(tenantId, async (tx) => {
    if (payload.isOn !== true) return chooseOff(tx, { tenantId, contactId, topic, messageId, now });
    const language = payload.language === "en" ? ("en" as const) : ("de" as const);
    const grant = { contactId, channelId, purpose: PURPOSE, topic, language, text: String(payload.text) };
    // What was due already is still of use, so the rules look again; before the grant, whose event comes last.
    await lookAgain(tx, tenantId, { contactId, day: localDate(now, timeZone) });
    await wakeRound(tx, tenantId, now);
    await grantConsent(tx, {
      tenantId,
      grants: [{ ...grant, how: "message", evidence: { messageId }, expiresAt: null }],
      now,
    });
  });
}

/** Who had chosen every kind of warning keeps the others: the same yes, made narrower. */
async function chooseOff(
  tx: AdvocateTx,
  off: { tenantId: number; contactId: number; topic: string; messageId: string; now: number },
): Promise<void> {
  const { tenantId, topic, now } = off;
  const contactIds = await personIds(tx, tenantId, off.contactId);
  const before = await listGrants(tx, { tenantId, contactIds });
  const whole = before.filter(
    (one) => one.purpose === PURPOSE && one.topic === "" && one.withdrawnAt === null,
  );
  await withdrawConsent(tx, { tenantId, contactIds, purpose: PURPOSE, topic, how: "message", now });
  if (topic === "" || whole.length === 0) return;
  await withdrawConsent(tx, { tenantId, contactIds, purpose: PURPOSE, topic: "", how: "message", now });
  const grants = whole.flatMap(({ contactId, channelId, language, text, expiresAt, id }) =>
    RULES.filter((rule) => rule.id !== topic).map((rule) => ({
      contactId,
      channelId,
      purpose: PURPOSE,
      topic: rule.id,
      language,
      text,
      how: "message" as const,
      evidence: { messageId: off.messageId, narrowed: id },
      expiresAt,
    })),
  );
  await grantConsent(tx, { tenantId, grants, now });
}

/** A tap names a contract by number only, which anybody can write: it must be this person's own. */
async function ownContract(house: House, timer: Timer): Promise<StoredFact | null> {
  const { tenantId, payload } = timer;
  const { contactId } = tapped(timer);
  return house.db.tenant<StoredFact | null, AdvocateTables>(tenantId, async (tx) => {
    const fact = await readFact(tx, tenantId, Number(payload.factId));
    if (fact?.kind !== "contract") return null;
    return (await personIds(tx, tenantId, contactId)).includes(fact.contactId) ? fact : null;
  });
}

/** The notice arrived when it was tapped; which term it ends follows from the contract, not from the tap. */
async function takeCancellation(house: House, timer: Timer): Promise<void> {
  const { tenantId, payload } = timer;
  const stored = await ownContract(house, timer);
  if (stored?.fact.kind !== "contract") return;
  const { timeZone, language, formOfAddress } = await house.profile(tenantId);
  const saidAt = Number(payload.saidAt);
  const day = readDay(localDate(saidAt, timeZone)) ?? 0;
  const termEnd = isoDay(cancellation(readContract(contractText(stored.fact)), day).termEnd);
  const values = {
    reference: stored.reference,
    title: stored.title,
    endsOn: termEnd,
    ...moment(saidAt, timeZone),
  };
  const text = words({ language, form: formOfAddress }, "cancelText", values);
  await house.db.tenant<void, AdvocateTables>(tenantId, (tx) =>
    insertCancellation(tx, tenantId, {
      factId: stored.id,
      contactId: stored.contactId,
      contract: stored.reference,
      termEnd,
      text,
      saidAt,
    }),
  );
}

async function keep(house: House, timer: Timer): Promise<void> {
  const { tenantId } = timer;
  const stored = await ownContract(house, timer);
  if (!stored) return;
  const { timeZone } = await house.profile(tenantId);
  const mask = await pseudonyms(house, { tenantId, purpose: PURPOSE });
  await house.db.tenant<void, AdvocateTables>(tenantId, async (tx) => {
    const warning = await latestWarning(tx, { tenantId, mask, factId: stored.id, rule: "contract_end" });
    if (!warning) return;
    await noteOutcome(
      tx,
      { tenantId, mask },
      {
        rule: "contract_end",
        contactId: stored.contactId,
        reference: `contract_end:${stored.id}:${warning.lastDay}`,
        outcome: "kept",
        cents: warning.cents,
        day: localDate(house.clock.now(), timeZone),
      },
    );
  });
}
