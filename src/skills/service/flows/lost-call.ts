import { handOver } from "./hand-over.ts";
import type { Decision, Scene } from "./scene.ts";

/** A call to a company's service whose timer failed for good, or was lost with its node. */

/** Timer that looks whether a call came to an end. */
export const FLOW_WATCH = "service_flow_watch";
/** The longest call, with its retries, ends within two minutes; the rest is a queue, or a node that was away. */
export const CALL_LOST_MS = 10 * 60_000;

export function isCallLost(since: number, now: number): boolean {
  return now - since >= CALL_LOST_MS;
}

/** Nobody waits for ever: the customer hears that nothing came, and a person goes on. */
export function giveUpCall(scene: Scene): Decision {
  return handOver(scene, { reason: "flow", key: "flowLost" });
}
