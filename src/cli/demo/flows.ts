import type { House } from "#kernel";
import { inspectFlow, missesOf } from "../../skills/service/flow-text/index.ts";
import { BARE_ORDER_NUMBER } from "../../skills/service/rules/index.ts";
import { FLOWS } from "../../skills/service/store/flow-cache.ts";
import { insertFlow } from "../../skills/service/store/flow-drafts.ts";
import { readSurroundings } from "../../skills/service/store/flow-surroundings.ts";
import { inFlows } from "../../skills/service/store/flow-tables.ts";
import { publishText } from "../../skills/service/store/flow-versions.ts";

/**
 * Takes the demo company's flows live, in an order in which each finds those it starts.
 * @throws Error when one of them could not go live at the desk either
 */
export async function seedFlows(house: House, tenantId: number, texts: readonly string[]): Promise<void> {
  const { timeZone } = await house.profile(tenantId);
  const now = house.clock.now();
  const context = { now, timeZone, orderStyle: BARE_ORDER_NUMBER, isOpen: true };
  await inFlows(house, tenantId, async (tx) => {
    for (const text of texts) {
      const { name } = inspectFlow(text, { surroundings: null, context }).document;
      const surroundings = await readSurroundings(tx, tenantId, name);
      const found = inspectFlow(text, { surroundings, context });
      const [fault] = [...found.faults, ...missesOf(found)];
      if (fault) throw new Error(`The demo's flow ${name}: ${fault.code} in line ${fault.line}`);
      const id = await insertFlow(tx, tenantId, { name, draft: text, now });
      await publishText(tx, tenantId, { id, text, now });
    }
  });
  await house.announce(FLOWS, tenantId);
}
