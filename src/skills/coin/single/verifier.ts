import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Checked, checkSigned } from "./signatures.ts";

/** Who checks signatures for the engine. */
export interface Verifier {
  /** So many batches may be under way at once. */
  readonly places: number;
  /** @returns a verdict for each, in their order; rejects when the thread died, then nothing is known of them */
  check(batch: readonly Uint8Array[]): Promise<readonly Checked[]>;
  close(): Promise<void>;
}

export const VERDICTS: readonly Checked["verdict"][] = ["good", "bad_signature", "malformed"];
/** A verdict and a digest. */
export const CHECKED_BYTES = 33;
/** While one is checked the next one waits in the thread's mailbox. */
const BATCHES_A_THREAD = 2;
const THREADS_MOST = 8;

/** To a thread: transaction n stands from offsets[n] to offsets[n + 1]. */
export interface Order {
  readonly buffer: ArrayBuffer;
  readonly offsets: Uint32Array;
}

export interface Answer {
  readonly out: Uint8Array;
}

interface Task {
  readonly count: number;
  resolve(checked: readonly Checked[]): void;
  reject(error: Error): void;
}

interface Thread {
  readonly worker: Worker;
  readonly tasks: Task[];
}

/** Checks in threads of their own, as many as there are cores. A thread that dies is replaced. */
export function openVerifier(threads = Math.min(THREADS_MOST, availableParallelism())): Verifier {
  const pool = new Set<Thread>();
  let isClosed = false;
  const begin = (): void => {
    const thread: Thread = { worker: new Worker(new URL("./verify-worker.ts", import.meta.url)), tasks: [] };
    pool.add(thread);
    thread.worker.on("message", ({ out }: Answer) => {
      const task = thread.tasks.shift();
      if (thread.tasks.length === 0) thread.worker.unref();
      task?.resolve(Array.from({ length: task.count }, (_, n) => checkedAt(out, n)));
    });
    const end = (reason: Error): void => {
      if (!pool.delete(thread)) return;
      for (const { reject } of thread.tasks) reject(reason);
      if (!isClosed) begin();
    };
    thread.worker.on("error", (error) => end(error as Error));
    thread.worker.on("exit", () => end(new Error("a thread that checks signatures has ended")));
    thread.worker.unref();
  };
  for (let n = 0; n < threads; n++) begin();
  return {
    places: threads * BATCHES_A_THREAD,
    check: (batch) =>
      new Promise((resolve, reject) => {
        const thread = [...pool].sort((a, b) => a.tasks.length - b.tasks.length)[0];
        if (!thread) return reject(new Error("nobody checks signatures any more"));
        thread.tasks.push({ count: batch.length, resolve, reject });
        const order = orderOf(batch);
        thread.worker.ref();
        thread.worker.postMessage(order, [order.buffer]);
      }),
    async close() {
      isClosed = true;
      await Promise.all([...pool].map(({ worker }) => worker.terminate()));
    },
  };
}

/** Checks in this thread; for commands and tests. */
export function verifierHere(): Verifier {
  return { places: 1, check: async (batch) => batch.map(checkSigned), close: async () => {} };
}

function orderOf(batch: readonly Uint8Array[]): Order {
  const offsets = new Uint32Array(batch.length + 1);
  for (const [n, { length }] of batch.entries()) offsets[n + 1] = (offsets[n] as number) + length;
  const bytes = new Uint8Array(offsets[batch.length] as number);
  for (const [n, one] of batch.entries()) bytes.set(one, offsets[n]);
  return { buffer: bytes.buffer, offsets };
}

function checkedAt(out: Uint8Array, n: number): Checked {
  const at = n * CHECKED_BYTES;
  const verdict = VERDICTS[out[at] as number] as Checked["verdict"];
  return { verdict, digest: out.subarray(at + 1, at + CHECKED_BYTES) };
}
