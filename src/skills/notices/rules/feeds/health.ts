import type { Problem } from "./item.ts";

/** Why a source could not be fetched, each with a sentence of its own in the catalogue (`sourceFault_...`). */
export const FETCH_FAULTS = [
  "bad_address",
  "private_address",
  "no_such_host",
  "unreachable",
  "certificate",
  "too_slow",
  "too_large",
  "redirect_loop",
  "too_many_redirects",
  "bad_redirect",
  "broken_body",
  "not_found",
  "forbidden",
  "rate_limited",
  "server_error",
  "http_error",
] as const;
export type FetchFault = (typeof FETCH_FAULTS)[number];

/** unreadable: a fetch that worked and bytes that nobody can read; internal: a fault of ours. */
export type SourceFault = FetchFault | "unreadable" | "internal";

export interface SourceState {
  readonly isActive: boolean;
  readonly fault: SourceFault | null;
  /** In a row. */
  readonly failures: number;
  readonly succeededAt: number | null;
  readonly problems: readonly Problem[];
  readonly liveItems: number;
  /** It is asked; otherwise it waits for what is sent. */
  readonly isFetched: boolean;
  readonly nextAt: number | null;
  /** The topic of its notices was ended: nobody hears of it. */
  readonly hasTopicEnded: boolean;
  readonly namesFault: SourceFault | null;
}

export interface Health {
  readonly light: "ok" | "warn" | "bad" | "off";
  /** Of the catalogue. */
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Waiting does not help: somebody has to change the source. */
const LASTING: ReadonlySet<SourceFault> = new Set([
  "bad_address",
  "private_address",
  "too_large",
  "redirect_loop",
  "too_many_redirects",
  "bad_redirect",
  "not_found",
  "forbidden",
]);
const FAILURES_BAD = 3;

/** A reading that is so late will not come by itself. */
const OVERDUE_MS = 3_600_000;

/** The light of a source and the sentence that says why. */
export function healthOf(state: SourceState, now: number): Health {
  const { fault, failures, problems } = state;
  if (!state.isActive) return { light: "off", key: "sourcePaused", values: {} };
  if (state.hasTopicEnded) return { light: "bad", key: "sourceTopicEnded", values: {} };
  if (state.isFetched && state.nextAt !== null && now - state.nextAt > OVERDUE_MS)
    return { light: "bad", key: "sourceOverdue", values: {} };
  if (fault !== null) {
    const isBad = LASTING.has(fault) || failures >= FAILURES_BAD || state.succeededAt === null;
    return { light: isBad ? "bad" : "warn", key: `sourceFault_${fault}`, values: { failures } };
  }
  if (state.succeededAt === null)
    return { light: "off", key: state.isFetched ? "sourceNotYetRead" : "sourceNotYetSent", values: {} };
  if (state.namesFault !== null) return { light: "warn", key: "sourceWithoutNames", values: {} };
  const [problem] = problems;
  if (problem)
    return {
      light: "warn",
      key: `sourceProblem_${problem.code}`,
      values: { place: problem.place, count: problems.length },
    };
  return { light: "ok", key: "sourceFine", values: { count: state.liveItems } };
}
