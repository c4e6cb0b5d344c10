import { readdirSync, readFileSync } from "node:fs";

/** What Linux says of processes. Everything is read from /proc; a process that is gone counts as nothing. */

/** USER_HZ, which every Linux of ours has at 100. */
const TICKS_PER_SECOND = 100;

interface Stat {
  pid: number;
  parent: number;
  /** CPU seconds of the process itself. */
  own: number;
  /** CPU seconds of its children that have ended. */
  ended: number;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function statOf(pid: number): Stat | null {
  const text = read(`/proc/${pid}/stat`);
  // The name stands in brackets and may hold spaces.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  if (fields.length < 16) return null;
  const ticks = (at: number): number => Number(fields[at]) / TICKS_PER_SECOND;
  return { pid, parent: Number(fields[1]), own: ticks(11) + ticks(12), ended: ticks(13) + ticks(14) };
}

/** A process and everything below it. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null;
    if (stat) children.set(stat.parent, [...(children.get(stat.parent) ?? []), stat.pid]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** CPU seconds of one process. */
export function cpuSeconds(pid: number): number {
  return statOf(pid)?.own ?? 0;
}

/** CPU seconds of a process, what lives below it and what has ended below it: a PostgreSQL with its backends. */
export function cpuSecondsOfTree(root: number): number {
  return processTree(root).reduce((sum, pid) => {
    const stat = statOf(pid);
    return sum + (stat ? stat.own + stat.ended : 0);
  }, 0);
}

/** Proportional set size in bytes: private pages plus each shared page divided by who shares it. */
export function pssBytes(pid: number): number {
  const line = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`));
  return Number(line?.[1] ?? 0) * 1024;
}

/** CPU seconds of the whole machine that were not idle, stolen time included. */
export function busySeconds(): number {
  const fields = (read("/proc/stat").split("\n")[0] ?? "").trim().split(/\s+/).slice(1, 9).map(Number);
  const idle = (fields[3] ?? 0) + (fields[4] ?? 0);
  return (fields.reduce((sum, ticks) => sum + ticks, 0) - idle) / TICKS_PER_SECOND;
}
