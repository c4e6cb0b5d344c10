import { type Summary, summarise, type Tail } from "../engine/index.ts";
import type { ProductEvening, ProductFigures } from "./index.ts";

/** Evenings through the product, together: the engine's own summary of the same shape, and what only the product can tell. */
export interface ProductSummary extends Omit<Summary, "replans"> {
  readonly replans: { readonly perEvening: number };
  readonly product: {
    /** Must be 0: what the checker found wrong with plans, and promises that stood in none. */
    readonly overPromises: number;
    readonly plansChecked: number;
    /** The share that was handed over at the first attempt, as it was drawn; `firstAttempt` is expected. */
    readonly firstAttemptSeen: number;
    /** Of an evening, on average. */
    readonly perEvening: Readonly<Record<Counted, number>>;
    /** Must be 0: arrivals and ends that stand otherwise than they happened. */
    readonly recordedWrong: number;
    readonly notRecorded: number;
    readonly untold: Readonly<Record<string, number>>;
    /** The first of what went wrong, in words. */
    readonly faults: readonly string[];
    /** Milliseconds of the node without optimiser and PostgreSQL: of a booking, and of a minute of the evening. */
    readonly cpu: { readonly booking_ms: number; readonly minute_ms: number };
  };
}

const COUNTED = [
  "booked",
  "expired",
  "changed",
  "cancelled",
  "gone",
  "events",
  "known",
  "saidAbsent",
  "messages",
] as const;
type Counted = (typeof COUNTED)[number];
const FAULTS_SHOWN = 5;

export function summariseProduct(evenings: readonly ProductEvening[], tail: Tail): ProductSummary {
  const { replans, ...summary } = summarise(evenings, tail);
  const list = evenings.map(({ product }) => product);
  const nights = Math.max(1, list.length);
  const sum = (measure: (one: ProductFigures) => number) => list.reduce((all, one) => all + measure(one), 0);
  const stops = evenings.reduce((all, one) => all + one.stops, 0);
  const untold: Record<string, number> = {};
  for (const [reason, count] of list.flatMap((one) => Object.entries(one.untold)))
    untold[reason] = (untold[reason] ?? 0) + count;
  const overPromises = list.flatMap((one) => one.overPromises);
  const per = (name: Counted) => rounded(sum((one) => one[name]) / nights, 1);
  const ms = (measure: (one: ProductFigures) => number) => rounded((1_000 * sum(measure)) / nights, 2);
  return {
    ...summary,
    replans: { perEvening: replans.perEvening },
    product: {
      overPromises: overPromises.length,
      plansChecked: sum((one) => one.plansChecked),
      firstAttemptSeen: rounded(sum((one) => one.handedOver) / Math.max(1, stops), 5),
      perEvening: Object.fromEntries(COUNTED.map((name) => [name, per(name)])) as Record<Counted, number>,
      recordedWrong: sum((one) => one.recordedWrong),
      notRecorded: sum((one) => one.notRecorded),
      untold,
      faults: [...overPromises, ...list.flatMap((one) => one.faults)].slice(0, FAULTS_SHOWN),
      cpu: { booking_ms: ms(({ cpu }) => cpu.booking_s), minute_ms: ms(({ cpu }) => cpu.minute_s) },
    },
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
