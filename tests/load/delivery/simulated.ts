import { loadavg } from "node:os";
import { simulateInNode } from "../../../src/cli/delivery/simulate-product.ts";
import {
  type SimulatedEvening,
  type Summary,
  simulate,
  summarise,
  type Tail,
} from "../../../src/skills/delivery/engine/index.ts";
import {
  type ProductEvening,
  type ProductSummary,
  summariseProduct,
} from "../../../src/skills/delivery/simulation/index.ts";
import type { Reading } from "../dialogue/figure.ts";
import type { Wishes } from "./figures.ts";
import { writeProductSection } from "./product-section.ts";
import { percent } from "./solving.ts";

/** Evenings through the whole product, beside the engine's of the same seeds: where they differ, one of them is wrong. */

/** The facts' city takes minutes an evening on a busy machine; the sample is a fifth of it. */
const FULL = { requests: 2_000, couriers: 38, evenings: 3 } as const;
const SAMPLE = { requests: 400, couriers: 8, evenings: 2 } as const;
const SEEDS = 3;
const TAILS: readonly Tail[] = ["normal", "heavy"];
/** What a small evening's chance allows beside the engine's share of windows kept. */
const KEPT_LESS = 0.01;

/** The same evenings twice. */
export interface Compared {
  readonly tail: Tail;
  readonly engine: Summary;
  readonly product: ProductSummary;
  /** Seconds by the clock that an evening through the product took. */
  readonly evening_s: number;
}

export interface SimulatedSize {
  readonly requests: number;
  readonly couriers: number;
  readonly evenings: number;
  readonly seeds: readonly number[];
}

export async function measureSimulated(wishes: Wishes): Promise<Reading> {
  const { seed, full, say } = wishes;
  const { requests, couriers, evenings } = full ? FULL : SAMPLE;
  const seeds = Array.from({ length: full ? SEEDS : 1 }, (_, n) => seed + n);
  const size: SimulatedSize = { requests, couriers, evenings: wishes.evenings ?? evenings, seeds };
  const compared: Compared[] = [];
  for (const tail of TAILS) compared.push(await compare(tail, size, say));
  if (wishes.report) writeProductSection(wishes.report, { compared, size, load: loadavg()[0] ?? 0 });
  const of = (measure: (one: Compared) => string) => compared.map(measure).join(" / ");
  return {
    measured: `over-promises ${of(({ product }) => `${product.product.overPromises}`)}; kept ${of(({ product }) => percent(product.windowKept))} (engine ${of(({ engine }) => percent(engine.windowKept))}); notice ${of(({ product }) => `${product.notice.meanError_min}`)} min (${of(({ engine }) => `${engine.notice.meanError_min}`)}); ${of(({ evening_s }) => evening_s.toFixed(0))} s an evening`,
    meets: compared.every(
      ({ engine, product }) =>
        product.product.overPromises + product.product.recordedWrong + product.product.faults.length === 0 &&
        product.windowKept >= engine.windowKept - KEPT_LESS,
    ),
    values: { size, compared },
    notes: [
      `${size.evenings} evenings of ${requests} requests and ${couriers} couriers from seeds ${seeds.join(", ")}, phones as they are; ${of(({ product }) => `${product.product.plansChecked}`)} plans judged by the checker`,
      `accepted ${of(({ product }) => percent(product.acceptance))} (engine ${of(({ engine }) => percent(engine.acceptance))}); under way ${of(({ product }) => `${product.costPerStop.underWay_min}`)} min a stop (${of(({ engine }) => `${engine.costPerStop.underWay_min}`)})`,
      `CPU of the node, without optimiser and PostgreSQL: ${of(({ product }) => `${product.product.cpu.booking_ms} ms`)} a booking, ${of(({ product }) => `${product.product.cpu.minute_ms} ms`)} a minute; load ${(loadavg()[0] ?? 0).toFixed(1)}`,
    ],
  };
}

async function compare(tail: Tail, size: SimulatedSize, say: Wishes["say"]): Promise<Compared> {
  const engine: SimulatedEvening[] = [];
  const product: ProductEvening[] = [];
  const begun = performance.now();
  for (const seed of size.seeds) {
    const orders = { ...size, seed, tail };
    engine.push(...simulate(orders));
    say(`${tail}, seed ${seed}`);
    product.push(...(await simulateInNode({ ...orders, say })));
  }
  const evening_s = (performance.now() - begun) / 1_000 / product.length;
  return { tail, engine: summarise(engine, tail), product: summariseProduct(product, tail), evening_s };
}
