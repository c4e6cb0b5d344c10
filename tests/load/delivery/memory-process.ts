import { CITY_WINDOWS, cityTravel, improvePlan } from "../../../src/skills/delivery/engine/index.ts";
import { seeded } from "../machine/random.ts";
import { planWith, requestsOf } from "./offers.ts";

/** A plan alone in its process. */

export interface MemoryOrder {
  readonly stops: number;
  /** Tries of the optimiser in the same process; 0 for none. */
  readonly tries: number;
}

export interface MemoryReport {
  readonly open: number;
  /** Megabytes: before there was a plan, and the most at any time. */
  readonly before_mb: number;
  readonly most_mb: number;
}

const OFFERS = 20_000;
const MB = 1e6;

function measure({ stops, tries }: MemoryOrder): MemoryReport {
  const before_mb = process.memoryUsage.rss() / MB;
  const random = seeded(stops);
  const travel = cityTravel();
  const plan = planWith(stops, travel, random);
  const requests = requestsOf(random);
  for (let n = 0; n < OFFERS; n++) {
    const request = requests[n % requests.length];
    if (request) plan.offers(request, CITY_WINDOWS);
  }
  if (tries > 0) improvePlan(plan, travel, { seed: 1, tries });
  return { open: plan.open, before_mb, most_mb: (process.resourceUsage().maxRSS * 1_024) / MB };
}

process.once("message", (order: MemoryOrder) => {
  process.send?.(measure(order), () => process.disconnect());
});
