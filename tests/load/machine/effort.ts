import { availableParallelism, loadavg } from "node:os";
import { busySeconds, cpuSeconds, cpuSecondsOfTree } from "./processes.ts";

/** Whose CPU time is counted apart. */
export interface Parties {
  web: number;
  worker: number;
  postgres: number;
  simulator: number;
}

/** CPU seconds of a stretch of time by who used them, and how busy the machine was. */
export interface Effort {
  seconds: number;
  web: number;
  worker: number;
  postgres: number;
  simulator: number;
  /** This process: the load generator and its bookkeeping. */
  generator: number;
  /** Cores busy with what is not ours: how much the measurement was disturbed. */
  strangersCores: number;
  coresBusy: number;
  cores: number;
  loadBefore: number;
  loadAfter: number;
}

interface Reading {
  at: number;
  busy: number;
  used: Record<keyof Parties | "generator", number>;
}

function readingOf(parties: Parties): Reading {
  const own = process.cpuUsage();
  const merged = parties.worker === parties.web;
  return {
    at: performance.now(),
    busy: busySeconds(),
    used: {
      web: cpuSeconds(parties.web),
      worker: merged ? 0 : cpuSeconds(parties.worker),
      postgres: cpuSecondsOfTree(parties.postgres),
      simulator: cpuSeconds(parties.simulator),
      generator: (own.user + own.system) / 1e6,
    },
  };
}

/** Starts counting. @returns the stop, which gives what was used since */
export function startEffort(parties: Parties): () => Effort {
  const loadBefore = loadavg()[0] ?? 0;
  const from = readingOf(parties);
  return () => {
    const to = readingOf(parties);
    const seconds = (to.at - from.at) / 1000;
    const used = (who: keyof Reading["used"]): number => Math.max(0, to.used[who] - from.used[who]);
    const ours = used("web") + used("worker") + used("postgres") + used("simulator") + used("generator");
    const busy = to.busy - from.busy;
    return {
      seconds,
      web: used("web"),
      worker: used("worker"),
      postgres: used("postgres"),
      simulator: used("simulator"),
      generator: used("generator"),
      strangersCores: Math.max(0, busy - ours) / seconds,
      coresBusy: busy / seconds,
      cores: availableParallelism(),
      loadBefore,
      loadAfter: loadavg()[0] ?? 0,
    };
  };
}

/** Microseconds of CPU per thing handled, by party. */
export function perThing(effort: Effort, things: number): Record<string, number> {
  const micros = (seconds: number): number => Math.round((seconds * 1e6) / Math.max(1, things));
  return {
    webMicros: micros(effort.web),
    workerMicros: micros(effort.worker),
    postgresMicros: micros(effort.postgres),
    worldMicros: micros(effort.generator + effort.simulator),
  };
}

/** One sentence on the machine, printed with every figure. */
export function machineNote(effort: Effort): string {
  const shown = (n: number): string => n.toFixed(2);
  return (
    `machine: ${shown(effort.coresBusy)} of ${effort.cores} cores busy, ${shown(effort.strangersCores)} of them with strangers; ` +
    `load ${shown(effort.loadBefore)} -> ${shown(effort.loadAfter)}`
  );
}
