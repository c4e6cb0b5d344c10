import { InstanceFault } from "../instance-fault.ts";
import type { Instance } from "./instance.ts";

/** A row as both formats say it: the siblings are places, or -1. */
export interface PairRow {
  readonly label: number;
  readonly demand: number;
  readonly pickup: number;
  readonly delivery: number;
}

/**
 * Couples of what rows say of their siblings. What names neither gets its demand out of the depot.
 * @throws InstanceFault naming the node whose sibling does not name it back, or whose demand does not match
 */
export function couplesOf(rows: readonly PairRow[]): NonNullable<Instance["pairs"]> {
  const couples: { pickup: number; delivery: number }[] = [];
  for (const [place, row] of rows.entries()) {
    if (row.pickup >= 0 && row.delivery >= 0)
      throw new InstanceFault(
        `Node ${row.label} names both a pick-up and a delivery; one of them is its own.`,
      );
    const sibling = rows[row.pickup >= 0 ? row.pickup : row.delivery];
    if (!sibling) {
      if (row.demand < 0)
        throw new InstanceFault(`The demand of node ${row.label} is ${row.demand} without a pick-up.`);
      continue;
    }
    const namedBack = row.pickup >= 0 ? sibling.delivery : sibling.pickup;
    if (namedBack !== place)
      throw new InstanceFault(`Node ${row.label} names ${sibling.label}, which does not name it back.`);
    if (row.delivery < 0) continue;
    if (row.demand < 0 || sibling.demand !== -row.demand)
      throw new InstanceFault(
        `Node ${row.label} picks up ${row.demand}, node ${sibling.label} gives off ${-sibling.demand}: they must be the same.`,
      );
    couples.push({ pickup: place, delivery: row.delivery });
  }
  return couples;
}
