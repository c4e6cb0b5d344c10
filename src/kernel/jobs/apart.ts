import { fork } from "node:child_process";
import { setPriority } from "node:os";

/** Work that would keep customers waiting: each order in a process of its own, behind everything else on the machine. */

export interface ApartLimits {
  /** Counted from the process' start. */
  readonly timeLimit_ms: number;
  /** Of the JavaScript heap, which does not count typed arrays: it bounds what is wrong with the input. */
  readonly maxHeap_mb: number;
  /** Ends work that nobody waits for any more. */
  readonly signal?: AbortSignal | undefined;
}

export type ApartFailure = "tookTooLong" | "crashed" | "cancelled";

/** The process gave no answer; what the module itself threw is thrown as it is. */
export class ApartError extends Error {
  readonly reason: ApartFailure;

  constructor(reason: ApartFailure, message: string) {
    super(message);
    this.name = "ApartError";
    this.reason = reason;
  }
}

/** Half the processor's time of what answers customers; much more, and a full machine would never learn. */
const NICE = 3;

/** From the process that works apart. */
export type ApartReply = { readonly result: unknown } | { readonly error: unknown };

export interface ApartOrder {
  readonly module: string;
  readonly order: unknown;
  /** From here on; the process ends itself then, whatever it computes. */
  readonly timeLimit_ms: number;
}

/** The one who ordered ends it first and knows why; the process' own limit is for when nobody is left to do that. */
const GRACE_MS = 2_000;

/**
 * Runs `work(order)` of a module in a process of its own and ends it. A process rather than a thread: it has a lower
 * priority, its memory is its own, and what crashes it (a thread that was ended took its whole process along, Node 24)
 * leaves the node standing. Its environment is empty: no secret of the node is there to be lost.
 *
 * @param module of a file that exports `work`
 * @param order, and the result: what structured cloning can carry
 * @throws ApartError, or what `work` threw
 */
export function workApart<Result>(module: URL, order: unknown, limits: ApartLimits): Promise<Result> {
  const { timeLimit_ms, maxHeap_mb, signal } = limits;
  if (signal?.aborted) return Promise.reject(cancelled());
  const child = fork(new URL("./apart-process.ts", import.meta.url), [], {
    execArgv: ["--disable-warning=ExperimentalWarning", `--max-old-space-size=${maxHeap_mb}`],
    env: {},
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  giveWay(child.pid);
  return new Promise<Result>((resolve, reject) => {
    const timer = setTimeout(() => {
      const seconds = Math.round(timeLimit_ms / 1_000);
      reject(new ApartError("tookTooLong", `The work did not end within ${seconds} s and was stopped.`));
    }, timeLimit_ms);
    const cancel = () => reject(cancelled());
    signal?.addEventListener("abort", cancel, { once: true });
    const crashed = (how: string) =>
      reject(new ApartError("crashed", `The process ended (${how}) before it was done.`));
    child.once("message", (reply: ApartReply) =>
      "error" in reply ? reject(reply.error) : resolve(reply.result as Result),
    );
    // Not once: a kill that is refused is an error, too, and one that nobody hears would end the node.
    child.on("error", ({ message }) => crashed(message));
    child.once("exit", (code, killedBy) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
      crashed(killedBy ?? `code ${code}`);
    });
    const message: ApartOrder = { module: module.href, order, timeLimit_ms: timeLimit_ms + GRACE_MS };
    child.send(message, (error) => {
      if (error) crashed(error.message);
    });
  }).finally(() => child.kill("SIGKILL"));
}

function cancelled(): ApartError {
  return new ApartError("cancelled", "The work was cancelled.");
}

/** Where the system refuses it, the work runs like any other. */
function giveWay(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, NICE);
  } catch {
    // Ended already, or not allowed here.
  }
}
