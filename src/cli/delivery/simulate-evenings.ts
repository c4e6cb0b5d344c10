import {
  type SimulatedEvening,
  type Summary,
  simulate,
  summarise,
  type Tail,
} from "../../skills/delivery/engine/index.ts";
import type { ProductSummary } from "../../skills/delivery/simulation/index.ts";
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
  engine: { type: "boolean", default: false },
  "good-phones": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

/** An evening's plan holds some ten thousand places, its matrix their square. */
const MOST_REQUESTS = 8_000;
const MOST_COURIERS = 400;
const MOST_EVENINGS = 1_000;
const MOST_SEED = 2 ** 31 - 1;
const PROGRESS_MS = 5_000;
/** As shells say it of Ctrl+C. */
const BROKEN_OFF = 130;

interface Orders {
  readonly seed: number;
  readonly requests: number;
  readonly couriers: number;
  readonly evenings: number;
  readonly tail: Tail;
}

/**
 * `augenhoehe delivery simulate`: customers who ask, choose, change and disappear, and couriers on noisy streets, through the
 * booking and evening code on a PostgreSQL of its own; with `--engine` through the engine alone. Equal options give equal results
 * but for the CPU time. @returns 1 where something was promised that no plan held, or recorded otherwise than it happened
 */
export async function simulateEvenings(args: string[]): Promise<number> {
  const { values } = readOptions(args, { options: OPTIONS });
  const { tail } = values;
  if (tail !== "normal" && tail !== "heavy") throw new UsageError(`--tail is normal or heavy, not ${tail}.`);
  if (values.engine && values["good-phones"])
    throw new UsageError("--good-phones is of the product's simulation: with --engine there are no phones.");
  const orders: Orders = {
    seed: wholeOf("seed", values.seed, { least: 0, most: MOST_SEED }),
    requests: wholeOf("requests", values.requests, { least: 1, most: MOST_REQUESTS }),
    couriers: wholeOf("couriers", values.couriers, { least: 1, most: MOST_COURIERS }),
    evenings: wholeOf("evenings", values.evenings, { least: 1, most: MOST_EVENINGS }),
    tail,
  };
  const optimiser = !values["no-optimiser"];
  if (values.engine) {
    const summary = throughEngine(orders, optimiser);
    const head = { ...orders, optimiser, through: "engine" };
    print(
      values.json ? JSON.stringify({ ...head, ...summary }) : wordsOf(summary, orders.requests).join("\n"),
    );
    return 0;
  }
  const phones = values["good-phones"] ? "good" : "as they are";
  const summary = await throughProduct(orders, { optimiser, hasGoodPhones: values["good-phones"] });
  if (!summary) return BROKEN_OFF;
  const head = { ...orders, optimiser, through: "product", phones };
  print(
    values.json
      ? JSON.stringify({ ...head, ...summary })
      : [...wordsOf(summary, orders.requests), ...productWords(summary)].join("\n"),
  );
  const { overPromises, recordedWrong, faults } = summary.product;
  for (const fault of faults) tell(`Wrong: ${fault}`);
  return overPromises + recordedWrong + faults.length > 0 ? 1 : 0;
}

function throughEngine(orders: Orders, optimiser: boolean): Summary {
  const evenings = simulate({
    ...orders,
    ...(optimiser ? {} : { background: null }),
    cpuSeconds,
    progress: progressTeller(orders.evenings),
  });
  return summarise(evenings, orders.tail);
}

/** @returns null when it was broken off */
async function throughProduct(
  orders: Orders,
  { optimiser, hasGoodPhones }: { readonly optimiser: boolean; readonly hasGoodPhones: boolean },
): Promise<ProductSummary | null> {
  // Only this opens a database.
  const { simulateInNode } = await import("./simulate-product.ts");
  const { GOOD_PHONES, summariseProduct } = await import("../../skills/delivery/simulation/index.ts");
  try {
    const evenings = await simulateInNode({
      ...orders,
      ...(optimiser ? {} : { background: null }),
      ...(hasGoodPhones ? { phones: GOOD_PHONES } : {}),
      say: tell,
    });
    return summariseProduct(evenings, orders.tail);
  } catch (error) {
    if ((error as Error).name !== "AbortError") throw error;
    tell("Broken off; the database that was made for it is removed.");
    return null;
  }
}

function progressTeller(evenings: number): (evening: SimulatedEvening) => void {
  let next = performance.now() + PROGRESS_MS;
  return ({ evening }) => {
    if (performance.now() < next) return;
    next += PROGRESS_MS;
    tell(`${evening + 1} of ${evenings} evenings are over.`);
  };
}

type Told = Omit<Summary, "replans"> & { readonly replans: Partial<Summary["replans"]> };

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

function wordsOf(summary: Told, requests: number): string[] {
  const { notice, costPerStop, footprint, replans } = summary;
  const moved = replans.movedCustomersPerEvening;
  return [
    `Accepted: ${percent(summary.acceptance)} of ${requests} requests; ${summary.stops} stops an evening`,
    `Window kept: ${percent(summary.windowKept)}${summary.lateAnnounced === null ? "" : `; announced before its end: ${percent(summary.lateAnnounced)} of the others`}`,
    `Notice: mean error ${notice.meanError_min} minutes, ${notice.lead_min} minutes ahead; inside the half-hour ${percent(notice.inside)}; said again ${percent(notice.again)}`,
    `First attempt: ${percent(summary.firstAttempt)}, by the assumptions that --json prints`,
    `Cost per stop: ${costPerStop.minutes} minutes, ${costPerStop.underWay_min} of them under way, ${costPerStop.eur} EUR`,
    `For each parcel handed over: ${footprint.notice.kilometres.toFixed(2)} km and ${footprint.notice.co2_g.toFixed(0)} g of CO2; with nothing agreed and a second attempt ${footprint.nothing.kilometres.toFixed(2)} km and ${footprint.nothing.co2_g.toFixed(0)} g`,
    `Orders changed: ${replans.perEvening} an evening${moved === undefined ? "" : `, ${moved} customers moved by more than ten minutes`}`,
  ];
}

function productWords({ product }: ProductSummary): string[] {
  const { perEvening, cpu } = product;
  return [
    `Promises that no plan held: ${product.overPromises}, of ${product.plansChecked} plans that the checker judged`,
    `Handed over at the first attempt, as it was drawn: ${percent(product.firstAttemptSeen)}`,
    `An evening: ${perEvening.booked} bookings and changes, ${perEvening.expired} holds that ran out, ${perEvening.events} things told by couriers, ${perEvening.messages} messages queued for customers`,
    `CPU of the node: ${cpu.booking_ms} ms a booking, ${cpu.minute_ms} ms a minute of the evening, without optimiser and PostgreSQL`,
  ];
}
