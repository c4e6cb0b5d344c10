import type { Flow, House } from "#kernel";
import type { Embedder } from "../adapters/embedding/embedder.ts";
import type { Hours } from "../ports.ts";
import { flowCacheOf } from "../store/flow-cache.ts";
import type { KnowledgeCache } from "../store/knowledge-cache.ts";
import { askForMeaning, withMeaning } from "../store/meaning.ts";
import { openTally } from "../store/tally.ts";
import { decide } from "./index.ts";

/** The flow as the pump calls it: knowledge at hand before a batch, one pure decision a turn, counted afterwards. */
export function serviceFlow(
  house: House,
  { cache, hours, embedder }: { cache: KnowledgeCache; hours: Hours; embedder: Embedder | null },
): Flow {
  const tally = openTally(house);
  const flows = flowCacheOf(house);
  return {
    async prepare(tenantIds, open, said) {
      await cache.prepare(tenantIds);
      await flows.prepare(tenantIds, open);
      if (embedder) await askForMeaning(house, { cache, embedder }, said);
    },
    turn(turn) {
      const known = withMeaning(cache.known(turn.tenant.id), embedder);
      const decision = decide(turn, { ...known, flows: flows.of(turn.tenant.id) }, hours);
      tally.note(turn, decision, known.model);
      // Silence leaves the conversation to the person, and to other skills.
      return turn.conversation.isWaiting && decision.effects.length === 0 ? null : decision.effects;
    },
    whileWaiting: true,
  };
}
