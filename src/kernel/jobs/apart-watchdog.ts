import { workerData } from "node:worker_threads";

/**
 * A thread that ends its whole process: work that computes without a pause hears neither "disconnect" nor a timer, and
 * when its node was killed nobody else is left to end it.
 */
export interface Watched {
  /** Who ordered the work. */
  parent: number;
  timeLimit_ms: number;
}

const LOOK_MS = 500;
const { parent, timeLimit_ms } = workerData as Watched;
const end = (): void => {
  process.kill(process.pid, "SIGKILL");
};

setTimeout(end, timeLimit_ms);
setInterval(() => {
  // Whose parent died is given another one.
  if (process.ppid !== parent) end();
}, LOOK_MS);
