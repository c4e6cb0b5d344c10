import {
  type House,
  holidays,
  instantOf,
  localDate,
  type Mask,
  type Notice,
  type NoticeFate,
  pseudonyms,
  queueNotices,
  recordDecisions,
  type TenantProfile,
  textOf,
} from "#kernel";
import type { Fact } from "../api.ts";
import { explanationOf, warningContent } from "../flows/warning.ts";
import type { WarningTemplates } from "../ports.ts";
import type { RuleInputs } from "../rules/judge.ts";
import { judgeFact, type OpenDue, retryOn } from "../rules/round.ts";
import { subjectsOf } from "../rules/subjects.ts";
import { type WarningTemplate, warningTemplate } from "../rules/template.ts";
import type { AdvocateTables } from "../tables.ts";
import type { AdvocateTx, OpenGrant } from "./customers.ts";
import { meterKey, putOffFirst, readSurroundings, type Surroundings, setNext, takeDue } from "./due.ts";
import type { StoredFact } from "./facts.ts";
import { readRulesOff } from "./rules-off.ts";
import { insertWarnings, type NewWarning } from "./warnings.ts";

export const PURPOSE = "advocate.warning";

const PAGE = 250;
const NOTICES_AT_ONCE = 500;
const DAY_MINUTES = 1_440;
const DAY_MS = 86_400_000;
/** Channels tried for one warning. */
const MOST_WAYS = 4;
/** Recalls go before what can wait. */
const URGENT = 5;
const CAN_WAIT = 6;

export interface RoundResult {
  readonly looked: number;
  readonly warned: number;
  /** Fewer were due than one page holds. */
  readonly isDone: boolean;
}

/** Looks at one page of facts whose day has come: judged, asked of the gate, queued, noted, in one transaction. */
export async function runPage(
  house: House,
  tenantId: number,
  { limit = PAGE, templates }: { limit?: number; templates: WarningTemplates | null },
): Promise<RoundResult> {
  const kept = (await templates?.ofCompany(house, tenantId)) ?? [];
  const profile = await house.profile(tenantId);
  const now = house.clock.now();
  const mask = await pseudonyms(house, { tenantId, purpose: PURPOSE });
  return house.db.tenant<RoundResult, AdvocateTables>(tenantId, async (tx) => {
    const today = localDate(now, profile.timeZone);
    const facts = await takeDue(tx, tenantId, { today, limit });
    if (facts.length === 0) return { looked: 0, warned: 0, isDone: true };
    const around = await readSurroundings(tx, facts, {
      tenantId,
      purpose: PURPOSE,
      now,
      timeZone: profile.timeZone,
    });
    const off = await readRulesOff(tx, tenantId);
    const judged = facts.map((fact) => {
      const one = judgeOne(fact, around, { profile, today });
      return { ...one, dues: one.dues.filter(({ rule }) => !off.has(rule.id)) };
    });
    const open = judged.flatMap(({ fact, inputs, dues }) =>
      dues.map((due) => ({
        fact,
        inputs,
        ...due,
        grants: grantsFor(around.grants.get(fact.contactId), due.rule.id),
      })),
    );
    const sent = await warn(house, tx, { profile, now, open, mask, templates: kept });
    const days = judged.map(({ fact, dues, nextOn }) => ({
      id: fact.id,
      nextOn: retryOn(
        today,
        dues.filter(({ reference }) => !sent.has(reference)),
        nextOn,
      ),
    }));
    await setNext(tx, tenantId, days);
    return { looked: facts.length, warned: sent.size, isDone: facts.length < limit };
  });
}

/** A fact that breaks its page is put off until tomorrow, so that it keeps nobody else from being warned. */
export async function runOneByOne(
  house: House,
  tenantId: number,
  templates: WarningTemplates | null,
): Promise<RoundResult> {
  let [looked, warned] = [0, 0];
  for (; looked < PAGE; looked++) {
    try {
      const one = await runPage(house, tenantId, { limit: 1, templates });
      if (one.looked === 0) return { looked, warned, isDone: true };
      warned += one.warned;
    } catch (error) {
      const id = await putOff(house, tenantId);
      house.log.warn({ tenant: tenantId, fact: id, error: (error as Error).name }, "advocate: put off");
    }
  }
  return { looked, warned, isDone: false };
}

/** @throws what the database says when it is away: then nothing was put off, and the timer comes again */
async function putOff(house: House, tenantId: number): Promise<number | null> {
  const { timeZone } = await house.profile(tenantId);
  const now = house.clock.now();
  const [today, until] = [localDate(now, timeZone), localDate(now + DAY_MS, timeZone)];
  return house.db.tenant<number | null, AdvocateTables>(tenantId, (tx) =>
    putOffFirst(tx, tenantId, { today, until }),
  );
}

export interface Judged {
  readonly fact: StoredFact;
  readonly inputs: RuleInputs;
  readonly dues: readonly OpenDue[];
  readonly nextOn: string | null;
}

export function judgeOne(
  fact: StoredFact,
  around: Surroundings,
  at: { profile: TenantProfile; today: string },
): Judged {
  const region = at.profile.holidayRegion;
  const inputs: RuleInputs = {
    today: at.today,
    region,
    fact: withCancellation(fact, around),
    ...beside(fact, around),
  };
  const judged = judgeFact(fact.id, inputs, {
    holidays: (year) => holidays(region, year),
    sent: around.sent,
  });
  return { fact, inputs, ...judged };
}

/** A notice that arrived here counts, whatever the company's own system knows of it. */
function withCancellation({ id, fact }: StoredFact, around: Surroundings): Fact {
  if (fact.kind !== "contract" || fact.cancelled !== null) return fact;
  return { ...fact, cancelled: around.cancelled.get(id) ?? null };
}

function beside({ fact, gtin, reference, contactId }: StoredFact, around: Surroundings): Partial<RuleInputs> {
  if (gtin !== null)
    return { priceCents: around.prices.get(gtin) ?? null, recalls: around.recalls.get(gtin) ?? [] };
  if (fact.kind !== "contract" || fact.tariff === null) return {};
  return { tariffs: around.tariffs, uses: around.uses.get(meterKey(contactId, reference)) ?? [] };
}

/** Every yes to this kind of warning, or to all: the latest first, one of each channel after it. */
function grantsFor(grants: readonly OpenGrant[] | undefined, topic: string): readonly OpenGrant[] {
  return (grants ?? []).filter((grant) => grant.topic === topic || grant.topic === "").slice(0, MOST_WAYS);
}

interface OpenWarning extends OpenDue {
  readonly fact: StoredFact;
  readonly inputs: RuleInputs;
  readonly grants: readonly OpenGrant[];
}

/**
 * Where the gate refuses one way (a window is closed, a channel is off), the next one that was agreed to is tried.
 * @returns references of what was queued
 */
async function warn(
  house: House,
  tx: AdvocateTx,
  parts: {
    profile: TenantProfile;
    now: number;
    open: readonly OpenWarning[];
    mask: Mask;
    templates: readonly WarningTemplate[];
  },
): Promise<Set<string>> {
  const { profile, now, mask } = parts;
  const tenantId = profile.id;
  const sent = new Set<string>();
  for (let way = 0; way < MOST_WAYS; way++) {
    const open = parts.open.filter((one) => one.grants[way] !== undefined && !sent.has(one.reference));
    for (let at = 0; at < open.length; at += NOTICES_AT_ONCE) {
      const some = open.slice(at, at + NOTICES_AT_ONCE);
      const notices = some.map((one) => noticeOf(one, one.grants[way] as OpenGrant, profile));
      const fates = await queueAll(house, tx, { tenantId, notices, now, templates: parts.templates });
      const queued = some.flatMap((one, place) => {
        const fate = fates[place];
        return fate?.queued ? [{ one, fate }] : [];
      });
      await note(tx, { tenantId, now, queued, mask });
      for (const { one } of queued) sent.add(one.reference);
    }
  }
  return sent;
}

/** Where a window is closed, a template that the provider approved carries the words. */
async function queueAll(
  house: House,
  tx: AdvocateTx,
  parts: {
    tenantId: number;
    notices: readonly (Notice & { title: string; language: "de" | "en" })[];
    now: number;
    templates: readonly WarningTemplate[];
  },
): Promise<NoticeFate[]> {
  const { tenantId, notices, now, templates } = parts;
  const fates = await queueNotices(house, tx, { tenantId, notices, now });
  const again = notices.flatMap((notice, place) => {
    const fate = fates[place];
    if (!fate || fate.queued || fate.reason !== "window_closed") return [];
    const content = warningTemplate(templates, { ...notice, text: textOf(notice.content) });
    return content ? [{ place, notice: { ...notice, content } }] : [];
  });
  const second = await queueNotices(house, tx, { tenantId, notices: again.map(({ notice }) => notice), now });
  for (const [n, { place }] of again.entries()) fates[place] = second[n] as NoticeFate;
  return fates;
}

async function note(
  tx: AdvocateTx,
  parts: {
    tenantId: number;
    now: number;
    mask: Mask;
    queued: readonly { one: OpenWarning; fate: { conversationId: number; messageId: string } }[];
  },
): Promise<void> {
  const { tenantId, now, mask, queued } = parts;
  const decisions = queued.map(({ one }) => decisionOf(one, { tenantId, now }));
  const ids = await recordDecisions(tx, decisions);
  const warnings = queued.map(({ one, fate }, place) =>
    warningOf(one, { decisionId: ids[place] ?? 0, ...fate }),
  );
  await insertWarnings(tx, { tenantId, warnings, mask, now });
}

function decisionOf({ rule, due, fact, inputs }: OpenWarning, at: { tenantId: number; now: number }) {
  return {
    ...at,
    contactId: fact.contactId,
    purpose: PURPOSE,
    rule: `advocate.${rule.id}/${rule.version}`,
    inputs: { ...inputs },
    outcome: `warn:${due.step}`,
    explanation: explanationOf(rule.id),
  };
}

function noticeOf({ rule, due, fact, reference }: OpenWarning, grant: OpenGrant, profile: TenantProfile) {
  const voice = { language: grant.language, form: profile.formOfAddress };
  return {
    reference,
    grantId: grant.grantId,
    title: fact.title,
    language: grant.language,
    content: warningContent(voice, {
      rule: rule.id,
      due,
      factId: fact.id,
      title: fact.title,
      fact: fact.fact,
    }),
    // Of use on the last day itself, not a minute longer.
    expiresAt: due.lastDay === null ? null : instantOf(profile.timeZone, due.lastDay, DAY_MINUTES),
    priority: rule.id === "recall" ? (URGENT as 5) : (CAN_WAIT as 6),
  };
}

function warningOf(
  { rule, due, fact, reference }: OpenWarning,
  queued: { decisionId: number; conversationId: number; messageId: string },
): NewWarning {
  return {
    contactId: fact.contactId,
    factId: fact.id,
    rule: rule.id,
    step: due.step,
    reference,
    subjects: subjectsOf([fact.gtin, fact.title, fact.reference]),
    lastDay: due.lastDay,
    vetoesUntil: due.vetoesUntil,
    cents: centsOf(fact.fact, due),
    decisionId: queued.decisionId,
    conversationId: queued.conversationId,
    messageId: queued.messageId,
  };
}

/** What it may cost the company that the customer follows the warning. */
function centsOf(fact: Fact, due: OpenDue["due"]): number {
  if (typeof due.values.savingCents === "number" && fact.kind === "contract") return due.values.savingCents;
  if (fact.kind === "purchase") return fact.priceCents;
  if (fact.kind !== "contract") return 0;
  return fact.monthlyCents * (typeof fact.renewalMonths === "number" ? fact.renewalMonths : 1);
}
