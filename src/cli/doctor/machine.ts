import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { createRequire } from "node:module";
import { freemem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "#kernel";
import type { Finding } from "./finding.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const MEBIBYTE = 2 ** 20;
const GIBIBYTE = 2 ** 30;
/** The oldest Node that runs our TypeScript without a flag; tools/ensure.mjs brings a newer one. */
const OLDEST_NODE = [22, 18] as const;
/** What the processes of a node need beside PostgreSQL's shared buffers, at rest and with some models loaded. */
const NODE_BYTES = 512 * MEBIBYTE;
/** PostgreSQL's write-ahead log may grow to 8 GiB (db/embedded/settings.ts). */
const DISK_WARN_BYTES = 10 * GIBIBYTE;
/** Part of all inodes. */
const LEAST_INODES = 0.01;
const DISK_BAD_BYTES = 2 * GIBIBYTE;

/** Node, packages, pages, disk, memory and the system's clock. */
export async function checkMachine(config: Config, state: { isNodeRunning: boolean }): Promise<Finding[]> {
  return [
    checkNode(),
    checkPackages(),
    checkPages(),
    await checkDisk(config),
    checkMemory(config, state),
    checkTimeService(),
  ];
}

function one(level: Finding["level"], name: string, text: string): Finding {
  return { level, name, text };
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isFit = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  if (isFit) return one("ok", "node", `Node ${process.versions.node} runs the program.`);
  return one(
    "bad",
    "node",
    `Node ${process.versions.node} is too old: start with bin/augenhoehe, which brings a newer one, or install Node ${OLDEST_NODE.join(".")}.`,
  );
}

/** The versions are pinned, so every package that the server needs has exactly one right version. */
function checkPackages(): Finding {
  const require = createRequire(join(ROOT, "package.json"));
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const wrong = Object.entries(dependencies).filter(
    ([name, version]) => installed(require, name) !== version,
  );
  if (wrong.length === 0)
    return one(
      "ok",
      "packages",
      `${Object.keys(dependencies).length} packages are there in the versions that were tested.`,
    );
  return one(
    "bad",
    "packages",
    `${wrong.map(([name, version]) => `${name} ${version}`).join(", ")} missing or of another version: run npm ci in the project's folder.`,
  );
}

function installed(require: NodeJS.Require, name: string): string | undefined {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8")).version;
    } catch {
      // It may stand in a folder further up.
    }
  }
  return undefined;
}

function checkPages(): Finding {
  const pages = ["desk/index.html", "page/index.html", "widget/widget.js", "widget/chat.js"];
  const missing = pages.filter((page) => !existsSync(join(ROOT, "dist", "web", page)));
  if (missing.length === 0) return one("ok", "pages", "Desk, company page and widget are built.");
  return one(
    "warn",
    "pages",
    `${missing.join(", ")} not built yet: augenhoehe start builds them, or run npm run build.`,
  );
}

/** Space and inodes below the data folder, and what stops first. */
export async function checkDisk(config: Config): Promise<Finding> {
  let folder = resolve(config.dataDir);
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize, files, ffree } = await statfs(folder);
  // Some file systems do not count their files and say 0.
  if (files > 0 && ffree / files < LEAST_INODES)
    return one(
      "bad",
      "disk",
      `Hardly any files can be made in ${config.dataDir} (inodes): remove small files.`,
    );
  const free = bavail * bsize;
  const text = `${gibibytes(free)} GiB free for ${config.dataDir}`;
  if (free < DISK_BAD_BYTES)
    return one(
      "bad",
      "disk",
      `${text}: free some now. When none is left the database stops first: nothing acknowledged is lost, new messages are refused and providers deliver them again for days, and the web chat says that it is busy.`,
    );
  if (free < DISK_WARN_BYTES)
    return one(
      "warn",
      "disk",
      `${text}: a busy node may need ${gibibytes(DISK_WARN_BYTES)} GiB, mostly for the database's log.`,
    );
  return one("ok", "disk", `${text}.`);
}

function checkMemory(config: Config, state: { isNodeRunning: boolean }): Finding {
  const free = availableBytes();
  const needed = state.isNodeRunning ? NODE_BYTES / 4 : NODE_BYTES + config.sharedBuffersMegabytes * MEBIBYTE;
  const text = `${gibibytes(free)} GiB of memory available`;
  if (free >= needed) return one("ok", "memory", `${text}.`);
  const remedy =
    "give the machine more, or set AUGENHOEHE_PROCESSES=1 and lower SHARED_BUFFERS_MEGABYTES and MODEL_CACHE_MEGABYTES";
  return one(
    free < needed / 4 ? "bad" : "warn",
    "memory",
    `${text}, ${gibibytes(needed)} GiB are wanted: ${remedy}.`,
  );
}

/** A container's own limit counts, too. */
function availableBytes(): number {
  const limited = process.availableMemory?.() ?? freemem();
  try {
    const line = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync("/proc/meminfo", "utf8"));
    return line ? Math.min(limited, Number(line[1]) * 1024) : limited;
  } catch {
    return limited;
  }
}

function gibibytes(bytes: number): string {
  return (bytes / GIBIBYTE).toFixed(1);
}

const TIMEDATECTL_MS = 3_000;

/** Promised times and the order of messages hang on the clock; systemd knows whether somebody keeps it. */
function checkTimeService(): Finding {
  const asked = spawnSync("timedatectl", ["show", "--property=NTPSynchronized", "--value"], {
    encoding: "utf8",
    timeout: TIMEDATECTL_MS,
  });
  const answer = asked.status === 0 ? asked.stdout.trim() : "";
  if (answer === "yes") return one("ok", "time service", "The system keeps its clock by NTP.");
  if (answer === "no")
    return one(
      "warn",
      "time service",
      "The system does not keep its clock: switch NTP on (timedatectl set-ntp true).",
    );
  return one(
    "ok",
    "time service",
    "Not known here (no timedatectl, as in containers); the host keeps the clock.",
  );
}
