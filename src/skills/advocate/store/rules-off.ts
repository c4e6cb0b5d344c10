import { type House, localDate } from "#kernel";
import type { RuleId } from "../rules/rule-list.ts";
import type { AdvocateTables } from "../tables.ts";
import type { AdvocateTx } from "./customers.ts";
import { lookAgain } from "./facts.ts";
import { wakeRound } from "./timers.ts";

/** Kinds of warning that a company does not offer. */

/** Topic of the announcement after a change. */
export const RULES_OFF = "advocate_rules";
/** A missed announcement is made good by reading again this often. */
const FRESH_MS = 60_000;
const NONE: ReadonlySet<string> = new Set();

export async function readRulesOff(tx: AdvocateTx, tenantId: number): Promise<Map<string, Date>> {
  const rows = await tx
    .selectFrom("advocate.rule_off")
    .select(["rule", "off_since"])
    .where("tenant_id", "=", tenantId)
    .execute();
  return new Map(rows.map(({ rule, off_since }) => [rule, off_since]));
}

/** What was missed while it was off and is still of use goes out with the next round. */
export async function switchRule(
  house: House,
  tenantId: number,
  { rule, isOn }: { rule: RuleId; isOn: boolean },
): Promise<void> {
  const now = house.clock.now();
  const { timeZone } = await house.profile(tenantId);
  await house.db.tenant<void, AdvocateTables>(tenantId, async (tx) => {
    if (isOn) {
      const gone = await tx
        .deleteFrom("advocate.rule_off")
        .where("tenant_id", "=", tenantId)
        .where("rule", "=", rule)
        .returning("rule")
        .execute();
      if (gone.length === 0) return;
      await lookAgain(tx, tenantId, { rule, day: localDate(now, timeZone) });
      await wakeRound(tx, tenantId, now);
      return;
    }
    await tx
      .insertInto("advocate.rule_off")
      .values({ tenant_id: tenantId, rule, off_since: new Date(now) })
      .onConflict((conflict) => conflict.columns(["tenant_id", "rule"]).doNothing())
      .execute();
  });
  await house.announce(RULES_OFF, tenantId);
}

export interface RulesOffCache {
  /** Reads what is missing, announced as changed or old, set-wise. */
  prepare(tenantIds: readonly number[]): Promise<void>;
  known(tenantId: number): ReadonlySet<string>;
}

/** What the flows of this process know about each company. */
export function openRulesOff(house: House): RulesOffCache {
  const known = new Map<number, { off: ReadonlySet<string>; readAt: number }>();
  house.onAnnounce(RULES_OFF, (tenantId) => {
    const old = known.get(tenantId);
    if (old) old.readAt = -Infinity;
  });
  return {
    async prepare(tenantIds) {
      const now = house.clock.now();
      const wanted = tenantIds.filter((id) => now - (known.get(id)?.readAt ?? -Infinity) > FRESH_MS);
      if (wanted.length === 0) return;
      const { rows } = await house.db.node.query<{ tenant_id: number; rules: string[] }>({
        name: "advocate-rules-off",
        text: `select t.id as tenant_id, array(select o.rule from advocate.rule_off o where o.tenant_id = t.id) as rules
          from unnest($1::int[]) t(id)`,
        values: [[...wanted]],
      });
      for (const { tenant_id, rules } of rows)
        known.set(tenant_id, { off: rules.length === 0 ? NONE : new Set(rules), readAt: now });
    },
    known: (tenantId) => known.get(tenantId)?.off ?? NONE,
  };
}
