import {
  type SimulatedEvening,
  type Summary,
  simulate,
  summarise,
} from "../../skills/delivery/engine/index.ts";
import { print, readOptions, tell, UsageError } from "../options.ts";
import { cpuSeconds } from "./cpu-clock.ts";
import { wholeOf } from "./whole-number.ts";

const OPTIONS = {
  seed: { type: "string", default: "1" },
  requests: { type: "string", default: "2000" },
  couriers: { type: "string", default: "38" },
  evenings: { type: "string", default: "3" },
  tail: { type: "string", default: "normal" },
  "no-optimiser": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

/** An evening's plan holds some ten thousand places, its matrix their square. */
const MOST_REQUESTS = 8_000;
const MOST_COURIERS = 400;
const MOST_EVENINGS = 1_000;
const MOST_SEED = 2 ** 31 - 1;
const PROGRESS_MS = 5_000;

/**
 * `augenhoehe delivery simulate`: customers who ask, choose, change and disappear, and couriers on noisy streets, through the
 * plan, the optimiser and the rules of the evening. Equal options give equal results but for the CPU time.
 */
export async function simulateEvenings(args: string[]): Promise<number> {
  const { values } = readOptions(args, { options: OPTIONS });
  const { tail } = values;
  if (tail !== "normal" && tail !== "heavy") throw new UsageError(`--tail is normal or heavy, not ${tail}.`);
  const orders = {
    seed: wholeOf("seed", values.seed, { least: 0, most: MOST_SEED }),
    requests: wholeOf("requests", values.requests, { least: 1, most: MOST_REQUESTS }),
    couriers: wholeOf("couriers", values.couriers, { least: 1, most: MOST_COURIERS }),
    evenings: wholeOf("evenings", values.evenings, { least: 1, most: MOST_EVENINGS }),
  };
  const hasOptimiser = !values["no-optimiser"];
  const evenings = simulate({
    ...orders,
    tail,
    ...(hasOptimiser ? {} : { background: null }),
    cpuSeconds,
    progress: progressTeller(orders.evenings),
  });
  const summary = summarise(evenings, tail);
  print(
    values.json
      ? JSON.stringify({ ...orders, tail, optimiser: hasOptimiser, ...summary })
      : wordsOf(summary, orders.requests),
  );
  return 0;
}

function progressTeller(evenings: number): (evening: SimulatedEvening) => void {
  let next = performance.now() + PROGRESS_MS;
  return ({ evening }) => {
    if (performance.now() < next) return;
    next += PROGRESS_MS;
    tell(`${evening + 1} of ${evenings} evenings are over.`);
  };
}

function wordsOf(summary: Summary, requests: number): string {
  const { notice, costPerStop, footprint, replans } = summary;
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  return [
    `Accepted: ${percent(summary.acceptance)} of ${requests} requests; ${summary.stops} stops an evening`,
    `Window kept: ${percent(summary.windowKept)}${summary.lateAnnounced === null ? "" : `; announced before its end: ${percent(summary.lateAnnounced)} of the others`}`,
    `Notice: mean error ${notice.meanError_min} minutes, ${notice.lead_min} minutes ahead; inside the half-hour ${percent(notice.inside)}; said again ${percent(notice.again)}`,
    `First attempt: ${percent(summary.firstAttempt)}, by the assumptions that --json prints`,
    `Cost per stop: ${costPerStop.minutes} minutes, ${costPerStop.underWay_min} of them under way, ${costPerStop.eur} EUR`,
    `For each parcel handed over: ${footprint.notice.kilometres.toFixed(2)} km and ${footprint.notice.co2_g.toFixed(0)} g of CO2; with nothing agreed and a second attempt ${footprint.nothing.kilometres.toFixed(2)} km and ${footprint.nothing.co2_g.toFixed(0)} g`,
    `Orders changed: ${replans.perEvening} an evening, ${replans.movedCustomersPerEvening} customers moved by more than ten minutes`,
  ].join("\n");
}
