import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { type Config, type Progress, recordRun } from "#kernel";
import { hasDatabase } from "../beside.ts";
import { joinDatabase } from "../database.ts";
import { type Filled, fillFrom, requireReadable } from "./fill.ts";
import { inScratch } from "./scratch.ts";
import type { Source } from "./source.ts";

/** A restore that proves a backup and leaves nothing behind: in a server of its own, on this disk, removed at the end. */

export interface Drilled extends Filled {
  seconds: Filled["seconds"] & { all: number };
  isGood: boolean;
}

/** The machine serves customers meanwhile: a drill takes a modest part of its memory. */
const BUFFERS_MAX_MEGABYTES = 256;

export async function drill(parts: {
  config: Config;
  source: Source;
  keyText: string;
  report(progress: Progress): void;
  signal: AbortSignal;
}): Promise<Drilled> {
  const { source } = parts;
  const begunAt = Date.now();
  const dataDir = resolve(parts.config.dataDir);
  const { databaseUrl: _apart, ...own } = parts.config;
  const config = {
    ...own,
    sharedBuffersMegabytes: Math.min(BUFFERS_MAX_MEGABYTES, own.sharedBuffersMegabytes),
  };
  const record = (isGood: boolean, rows: number, note: string) =>
    recordDrill(parts.config, { begunAt, isGood, rows, note });
  try {
    mkdirSync(dataDir, { recursive: true });
    await requireReadable(parts, dataDir);
    const filled = await inScratch(config, { dataDir, kind: "drill", signal: parts.signal }, (scratch) =>
      fillFrom({ ...parts, ...scratch, config, takebacks: null }),
    );
    const ill = filled.checks.filter(({ level }) => level === "bad");
    await record(ill.length === 0, filled.rows, ill.map(({ text }) => text).join(" ") || source.name);
    const all = (Date.now() - begunAt) / 1000;
    return { ...filled, isGood: ill.length === 0, seconds: { ...filled.seconds, all } };
  } catch (error) {
    await record(false, 0, (error as Error).message);
    throw error;
  }
}

/** The node's own database remembers it, when there is one. */
async function recordDrill(
  config: Config,
  run: { begunAt: number; isGood: boolean; rows: number; note: string },
): Promise<void> {
  if (!hasDatabase(config)) return;
  const database = await joinDatabase(config);
  try {
    await recordRun(database.address, { kind: "drill", endedAt: Date.now(), bytes: 0, ...run });
  } finally {
    await database.stop();
  }
}
