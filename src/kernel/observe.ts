import { Counter, Gauge, Histogram, Registry } from "prom-client";

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
