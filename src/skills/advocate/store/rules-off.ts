import { type House, localDate, openTenantCache, type TenantCache } from "#kernel";
import type { RuleId } from "../rules/rule-list.ts";
import type { AdvocateTables } from "../tables.ts";
import type { AdvocateTx } from "./customers.ts";
import { lookAgain } from "./facts.ts";
import { wakeRound } from "./timers.ts";

/** Kinds of warning that a company does not offer. */

/** Topic of the announcement after a change. */
export const RULES_OFF = "advocate_rules";
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

const LIMIT_BYTES = 8 * 2 ** 20;
const RULE_BYTES = 100;

/** What the flows of this process know about each company. */
export function openRulesOff(house: House): TenantCache<ReadonlySet<string>> {
  return openTenantCache(house, {
    topic: RULES_OFF,
    none: NONE,
    limitBytes: LIMIT_BYTES,
    bytesOf: (rules) => rules.size * RULE_BYTES,
    async read(tenantIds) {
      const { rows } = await house.db.node.query<{ tenant_id: number; rules: string[] }>({
        name: "advocate-rules-off",
        text: `select o.tenant_id, array_agg(o.rule) as rules from advocate.rule_off o
          where o.tenant_id = any($1::int[]) group by o.tenant_id`,
        values: [[...tenantIds]],
      });
      return new Map(rows.map(({ tenant_id, rules }) => [tenant_id, new Set(rules)]));
    },
  });
}
