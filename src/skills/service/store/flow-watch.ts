import type { House, Timer } from "#kernel";
import { giveUpCall } from "../flows/lost-call.ts";
import { withFacts } from "../flows/stored.ts";
import { type CallParts, readPlace, runOf } from "./flow-calls.ts";
import { applyLater } from "./flow-effects.ts";
import { inFlows } from "./flow-tables.ts";

/**
 * The timer that looks after a call. A conversation that waits for the very call still, long after it should have come to
 * an end, goes to a person. Repeatable; everything else is left alone.
 */
export function flowWatches(house: House, parts: CallParts): (timer: Timer) => Promise<void> {
  return async (timer) => {
    const { tenantId } = timer;
    await parts.cache.prepare([tenantId], { withModels: false });
    await inFlows(house, tenantId, async (tx) => {
      const place = await readPlace(house, tx, timer, parts);
      if (!place || !runOf(place, timer)) return;
      const { scene } = place;
      const decision = { ...withFacts(scene, giveUpCall(scene)), language: scene.language };
      await applyLater(house, tx, { turn: scene.turn, decision });
    });
  };
}
