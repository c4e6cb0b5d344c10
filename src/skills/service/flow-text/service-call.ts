import type { Call } from "./document.ts";
import type { Value, Values } from "./slot-values.ts";
import { cutWellFormed } from "./well-formed.ts";
import { fillSlots } from "./words-of-slots.ts";

/** What is asked of the company's service; slots are escaped and never part of its host (the validator holds that). */
export interface ServiceRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  /** JSON, of POST. */
  readonly body: string | null;
  readonly timeoutMs: number;
  readonly retries: number;
}

/** What came back: an answer, or nothing in time, too much, or from where it must not come. */
export type ServiceAnswer = { readonly status: number; readonly body: string } | { readonly failed: string };

const VALUE_CHARACTERS = 500;
/** What would lead a step up in the path of an address. */
const DOTS = /^\.{1,2}$/;

export function requestOf(call: Call, values: Values): ServiceRequest {
  let climbs = false;
  const filled = fillSlots(call.url, (name) => {
    const value = String(values[name] ?? "").toWellFormed();
    climbs ||= DOTS.test(value);
    return encodeURIComponent(value);
  });
  // Escaping does not help against dots: "%2e%2e" climbs, too. Such an address is none, and the fallback is taken.
  const url = climbs ? "" : filled;
  const body = Object.fromEntries(call.send.map((name) => [name, values[name] ?? null]));
  const { method, timeoutMs, retries } = call;
  return { method, url, body: method === "POST" ? JSON.stringify(body) : null, timeoutMs, retries };
}

/** What failed before anything was asked fails again, and so does what was given up. */
const FINAL: ReadonlySet<string> = new Set(["bad_address", "private_address", "bad_redirect", "gave_up"]);

/** Would asking again help? What the service refused it refuses again. */
export function isWorthRetrying(answer: ServiceAnswer): boolean {
  return "failed" in answer ? !FINAL.has(answer.failed) : answer.status >= 500;
}

/**
 * Reads what the flow wants from the answer.
 * @returns null when the answer is no JSON object with it: then the fallback is taken, never half an answer
 */
export function readAnswer(call: Call, body: string): Values | null {
  if (call.reads.length === 0) return {};
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return null;
  }
  const found: Record<string, Value> = {};
  for (const { path, slot } of call.reads) {
    const value = path.split(".").reduce(member, json);
    // 1e999 is JSON, but no number that could be kept.
    if (typeof value === "boolean" || Number.isFinite(value)) found[slot] = value as Value;
    else if (typeof value === "string") found[slot] = cutWellFormed(value, VALUE_CHARACTERS);
    // Missing or null: the slot stays empty, and the flow can ask for that.
    else if (value !== undefined && value !== null) return null;
  }
  return found;
}

function member(within: unknown, name: string): unknown {
  return typeof within === "object" && within !== null && Object.hasOwn(within, name)
    ? (within as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
