import { AggregatorRegistry, Counter, Gauge, Histogram, Registry } from "prom-client";

/**
 * The figures of this process, in Prometheus' text format at GET /metrics. A metric is made once, where it is
 * counted; labels are few and never hold a person or a conversation.
 */
export const metrics = new Registry();

/** Seconds; from a quick answer to a stuck one. */
const SECONDS_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30];

export function counter<Label extends string = never>(
  name: `ah_${string}_total`,
  help: string,
  labelNames: readonly Label[] = [],
): Counter<Label> {
  return new Counter({ name, help, labelNames, registers: [metrics] });
}

export function gauge<Label extends string = never>(
  name: `ah_${string}`,
  help: string,
  labelNames: readonly Label[] = [],
): Gauge<Label> {
  return new Gauge({ name, help, labelNames, registers: [metrics] });
}

/** @param name ends with its unit, seconds */
export function histogram<Label extends string = never>(
  name: `ah_${string}_seconds`,
  help: string,
  labelNames: readonly Label[] = [],
): Histogram<Label> {
  return new Histogram({ name, help, labelNames, buckets: SECONDS_BUCKETS, registers: [metrics] });
}

export const httpSeconds = histogram("ah_http_request_seconds", "Time to answer a request", [
  "method",
  "route",
  "status",
]);

/** A figure that somebody else keeps, read when it is asked for. The last process part to name it is asked. */
export interface KeptFigure {
  name: `ah_${string}`;
  help: string;
  /** rises: only ever grows while the process lives. */
  kind: "rises" | "moves";
  read(): number;
}

export function showFigure({ name, help, kind, read }: KeptFigure): void {
  metrics.removeSingleMetric(name);
  if (kind === "moves") {
    new Gauge({
      name,
      help,
      registers: [metrics],
      collect() {
        this.set(read());
      },
    });
    return;
  }
  new Counter({
    name,
    help,
    registers: [metrics],
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}

/** Figures as they travel between processes. */
export type Figures = Awaited<ReturnType<Registry["getMetricsAsJSON"]>>;

let besides: (() => Promise<Figures>) | null = null;

/** Where the node's other process is asked for its figures; they are added to ours. */
export function addFiguresOf(ask: () => Promise<Figures>): void {
  besides = ask;
}

/** @returns all figures of the node; those of the other process are missing when it does not answer */
export async function allFigures(): Promise<string> {
  const own = await metrics.getMetricsAsJSON();
  const others = await besides?.().catch(() => []);
  return AggregatorRegistry.aggregate([own, others ?? []]).metrics();
}
