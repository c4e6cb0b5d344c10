import type { Flow, House } from "#kernel";
import type { Hours } from "../ports.ts";
import { flowCacheOf } from "../store/flow-cache.ts";
import type { KnowledgeCache } from "../store/knowledge-cache.ts";
import { openTally } from "../store/tally.ts";
import { decide } from "./index.ts";

/** The flow as the pump calls it: knowledge at hand before a batch, one pure decision a turn, counted afterwards. */
export function serviceFlow(house: House, cache: KnowledgeCache, hours: Hours): Flow {
  const tally = openTally(house);
  const flows = flowCacheOf(house);
  return {
    async prepare(tenantIds, open) {
      await cache.prepare(tenantIds);
      await flows.prepare(tenantIds, open);
    },
    turn(turn) {
      const known = cache.known(turn.tenant.id);
      const decision = decide(turn, { ...known, flows: flows.of(turn.tenant.id) }, hours);
      tally.note(turn, decision, known.model);
      // Silence leaves the conversation to the person, and to other skills.
      return turn.conversation.isWaiting && decision.effects.length === 0 ? null : decision.effects;
    },
    whileWaiting: true,
  };
}
