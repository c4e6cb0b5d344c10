import { spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import {
  type Config,
  type DatabaseAddress,
  isBackupDue,
  isDrillDue,
  mergeTakebacks,
  openPlace,
  readTakebacks,
  surveyBackups,
  TAKEBACKS_DAYS,
  TAKEBACKS_FILE,
} from "#kernel";
import { withClient } from "../../kernel/db/client.ts";
import { tell } from "../options.ts";
import { findTakebacks } from "./source.ts";

/** The node's own nightly backup and weekly drill, each as a process of low priority: answering comes first. */

const LOOK_MS = 60_000;
const TAKEBACKS_MS = 900_000;
const DAY_MS = 86_400_000;
const PROGRAM = fileURLToPath(new URL("../main.ts", import.meta.url));

export interface BackupSchedule {
  stop(): Promise<void>;
}

/** Does nothing without BACKUP_TO. With several nodes on one database the one that looks first takes it. */
export function startBackupSchedule(config: Config, address: DatabaseAddress): BackupSchedule {
  if (!config.backupTo) return { stop: async () => {} };
  let running: { end(): void; gone: Promise<void> } | null = null;
  let lastTakebacks = 0;
  const look = async (): Promise<void> => {
    const now = new Date();
    if (now.getTime() - lastTakebacks >= TAKEBACKS_MS) {
      lastTakebacks = now.getTime();
      await keepTakebacks(config, address, now.getTime());
    }
    if (running) return;
    const state = await surveyBackups(address);
    const last = { goodAt: state.lastBackup?.begunAt ?? null, failedAt: state.failedBackup?.begunAt ?? null };
    const drilledAt = Math.max(state.lastDrill?.begunAt ?? 0, state.failedDrill?.begunAt ?? 0);
    if (isBackupDue(config.backupAt, now, last)) running = begin(backupArguments(config), config);
    else if (state.lastBackup && isDrillDue(now, drilledAt || null))
      running = begin(drillArguments(config), config);
    await running?.gone;
    running = null;
  };
  const quietly = (): void =>
    void look().catch((error: Error) => {
      running = null;
      tell(`Backup: ${error.message}`);
    });
  const timer = setInterval(quietly, LOOK_MS);
  quietly();
  return {
    async stop() {
      clearInterval(timer);
      running?.end();
      await running?.gone;
    },
  };
}

const backupArguments = (config: Config): string[] => [
  "backup",
  ...["--to", config.backupTo, "--keep", String(config.backupKeep), "--data", config.dataDir],
];
const drillArguments = (config: Config): string[] => ["restore", "--drill", "--data", config.dataDir];

/** Its progress is nobody's; what went wrong stands on stderr and in the database. */
function begin(args: readonly string[], config: Config): { end(): void; gone: Promise<void> } {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", PROGRAM, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, BACKUP_TO: config.backupTo, BACKUP_KEY_FILE: config.backupKeyFile },
  });
  if (child.pid) lowerPriority(child.pid);
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    words = (words + part).slice(-1_000);
  });
  const gone = new Promise<void>((done) => {
    child.once("error", () => done());
    child.once("close", (code) => {
      if (code !== 0) tell(`The ${args[0]} ended with ${code}: ${words.trim().split("\n").at(-1) ?? ""}`);
      done();
    });
  });
  return { end: () => void child.kill("SIGTERM"), gone };
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It works without, too.
  }
}

/** Beside the backups, so that a restore can take back again what persons took back since. Numbers and times only. */
async function keepTakebacks(config: Config, address: DatabaseAddress, now: number): Promise<void> {
  const since = now - TAKEBACKS_DAYS * DAY_MS;
  const own = await withClient(address, "ah_node", (client) => readTakebacks(client, { since, now }));
  const { place } = openPlace(config.backupTo, { now: Date.now, environment: process.env });
  const kept = await findTakebacks({ place });
  const list = kept ? mergeTakebacks(own, kept, since) : own;
  await place.replace(TAKEBACKS_FILE, Buffer.from(JSON.stringify(list)));
}
