import { ApartError, workApart } from "#kernel";
import type { Example, Health, TrainingReport, TrainOptions } from "./engine/index.ts";
import {
  type ArchiveCounts,
  type Gathered,
  IntakeError,
  type IntakeFault,
  type Proposals,
  type ProposeOptions,
} from "./rules/intake/index.ts";

export interface TrainingOrder {
  readonly examples: readonly Example[];
  readonly options: TrainOptions;
}

export interface ProposeOrder {
  readonly gathered: Gathered;
  readonly options: Omit<ProposeOptions, "isPage">;
}

export interface ProposeResult extends Proposals {
  readonly counts: ArchiveCounts;
  /** Whose words were taken for the company's. */
  readonly own: string;
}

/** An error would lose its class on the way out of the process. */
export type ProposeAnswer = ProposeResult | { readonly fault: IntakeFault };

/** What the process is asked for. */
export type TrainingTask =
  | (TrainingOrder & { readonly task: "train" | "health" })
  | (ProposeOrder & { readonly task: "propose" });

/** What can be expected of the examples, and how long finding it out took, in milliseconds. */
export interface HealthResult {
  readonly health: Health;
  readonly ms: number;
}

export interface TrainingResult {
  /** `modelKey` of the order. */
  readonly key: string;
  /** For `decodeModel`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly report: TrainingReport;
  /** How long the training took, in milliseconds, without the time in the queue and the process' start. */
  readonly ms: number;
}

export type TrainingFailure = "tookTooLong" | "refused" | "crashed" | "cancelled";

/** Says why there is no model; the model before stays in use. */
export class TrainingError extends Error {
  readonly reason: TrainingFailure;

  constructor(reason: TrainingFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "TrainingError";
    this.reason = reason;
  }
}

export interface TrainingLimits {
  /** Counted from the process' start; a training of 15,000 examples of 150 topics takes 12 to 16 s. */
  readonly timeLimit_ms?: number;
  /** Ends a training whose knowledge has changed meanwhile. */
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_TIME_LIMIT_MS = 120_000;
const MAX_HEAP_MB = 1_024;

/** One training at a time, so that customers of all tenants are answered on the other cores. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Trains in a process of its own, after those asked for before.
 * @throws TrainingError
 */
export function trainInWorker(order: TrainingOrder, limits: TrainingLimits = {}): Promise<TrainingResult> {
  return queue<TrainingResult>({ ...order, task: "train" }, limits);
}

/**
 * Measures in a process of its own, in the same queue.
 * @throws TrainingError
 */
export function measureInWorker(order: TrainingOrder, limits: TrainingLimits = {}): Promise<HealthResult> {
  return queue<HealthResult>({ ...order, task: "health" }, limits);
}

/**
 * Pairs and groups the questions of an archive in a process of its own, in the same queue.
 * @throws TrainingError, IntakeError
 */
export async function proposeInWorker(
  order: ProposeOrder,
  limits: TrainingLimits = {},
): Promise<ProposeResult> {
  const answer = await queue<ProposeAnswer>({ ...order, task: "propose" }, limits);
  if ("fault" in answer) throw new IntakeError(answer.fault);
  return answer;
}

function queue<Result>(task: TrainingTask, limits: TrainingLimits): Promise<Result> {
  const result = last.then(() => run<Result>(task, limits));
  last = result.catch(() => undefined);
  return result;
}

async function run<Result>(task: TrainingTask, limits: TrainingLimits): Promise<Result> {
  const { timeLimit_ms = DEFAULT_TIME_LIMIT_MS, signal } = limits;
  try {
    const program = new URL("./training-process.ts", import.meta.url);
    return await workApart<Result>(program, task, { timeLimit_ms, maxHeap_mb: MAX_HEAP_MB, signal });
  } catch (error) {
    throw explainFailure(error);
  }
}

function explainFailure(error: unknown): TrainingError {
  if (error instanceof ApartError) return new TrainingError(error.reason, error.message, error);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError)
    return new TrainingError("refused", `The examples were refused: ${message}.`, error);
  return new TrainingError("crashed", `The training failed: ${message}`, error);
}
