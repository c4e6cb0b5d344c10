import { holidays, localDate, type TenantProfile } from "#kernel";
import { isoDay } from "../rules/dates.ts";
import { judge, type RuleInputs } from "../rules/judge.ts";
import { RULES } from "../rules/rule-list.ts";
import type { AdvocateTx } from "./customers.ts";
import { readSurroundings, type Surroundings } from "./due.ts";
import type { StoredFact } from "./facts.ts";
import { judgeOne, PURPOSE } from "./round.ts";
import { readRulesOff } from "./rules-off.ts";

/** What staff see beside a fact: warnings that went out, and those that will if nothing changes. */

export interface Planned {
  readonly rule: string;
  /** YYYY-MM-DD */
  readonly on: string;
  readonly lastDay: string | null;
}

export interface SentWarning {
  readonly rule: string;
  readonly madeAt: string;
  readonly lastDay: string | null;
  readonly status: string;
}

export interface Outlook {
  readonly planned: Planned[];
  readonly sent: SentWarning[];
  /** Without a yes nothing that is planned leaves. */
  readonly isAgreed: boolean;
}

/** @returns one for each fact, in order */
export async function outlooks(
  tx: AdvocateTx,
  facts: readonly StoredFact[],
  { profile, now }: { profile: TenantProfile; now: number },
): Promise<Outlook[]> {
  const tenantId = profile.id;
  const { timeZone } = profile;
  const around = await readSurroundings(tx, facts, { tenantId, purpose: PURPOSE, now, timeZone });
  const off = await readRulesOff(tx, tenantId);
  const sent = await sentAbout(
    tx,
    tenantId,
    facts.map(({ id }) => id),
  );
  const today = localDate(now, timeZone);
  return facts.map((fact) => ({
    planned: plannedOf(fact, around, { profile, today }).filter(({ rule }) => !off.has(rule)),
    sent: sent.get(fact.id) ?? [],
    isAgreed: (around.grants.get(fact.contactId) ?? []).length > 0,
  }));
}

/** The rules asked on the day on which each has something to say next. */
function plannedOf(
  fact: StoredFact,
  around: Surroundings,
  at: { profile: TenantProfile; today: string },
): Planned[] {
  const { inputs, dues } = judgeOne(fact, around, at);
  const region = at.profile.holidayRegion;
  const open = dues.map(({ rule, due }) => ({ rule: rule.id, on: at.today, lastDay: due.lastDay }));
  const later = RULES.flatMap((rule) => {
    const { next } = judge(rule, inputs, (year) => holidays(region, year));
    if (next === null) return [];
    const then: RuleInputs = { ...inputs, today: isoDay(next) };
    const [due] = judge(rule, then, (year) => holidays(region, year)).dues;
    return due ? [{ rule: rule.id, on: isoDay(next), lastDay: due.lastDay }] : [];
  });
  return [...open, ...later];
}

async function sentAbout(
  tx: AdvocateTx,
  tenantId: number,
  factIds: readonly number[],
): Promise<Map<number, SentWarning[]>> {
  if (factIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom("advocate.warning as w")
    .leftJoin("kernel.message as m", (join) =>
      join
        .onRef("m.tenant_id", "=", "w.tenant_id")
        .onRef("m.conversation_id", "=", "w.conversation_id")
        .onRef("m.id", "=", "w.message_id"),
    )
    .where("w.tenant_id", "=", tenantId)
    .where("w.fact_id", "in", [...factIds])
    .select(["w.fact_id", "w.rule", "w.made_at", "w.last_day", "m.status"])
    .orderBy("w.id", "desc")
    .execute();
  const found = new Map<number, SentWarning[]>();
  for (const { fact_id, rule, made_at, last_day, status } of rows)
    found.set(fact_id, [
      ...(found.get(fact_id) ?? []),
      { rule, madeAt: made_at.toISOString(), lastDay: last_day, status: status ?? "" },
    ]);
  return found;
}
