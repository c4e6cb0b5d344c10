import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readConfig } from "#kernel";
import { cloneDatabase } from "#kernel/testing";
import { openNode } from "../../src/main.ts";
import { simulate } from "../../src/skills/delivery/engine/index.ts";
import {
  PHONES,
  type ProductEvening,
  simulateProduct,
  simulationClock,
  summariseProduct,
} from "../../src/skills/delivery/simulation/index.ts";

/** Evenings through the whole product, small ones: what `augenhoehe delivery simulate` does at size. */

/** Phones that are worse than any, so that a small evening meets everything. */
const BAD_PHONES = { ...PHONES, late: 0.3, twice: 0.3, offline: 1 };
const SMALL = { seed: 5, requests: 30, couriers: 2, tail: "heavy" } as const;
const LEAVING = { disappear: 0.15, change: 0.2, cancel: 0.15 };
const BACKGROUND = { every: 20, tries: 10 };
/** Each evening is more than three hundred minutes that the product looks at. */
const LONG = { timeout: 240_000 };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ah-simulation-"));
  // PostgreSQL runs as somebody else where this is root.
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function through(evenings: number): Promise<ProductEvening[]> {
  const database = await cloneDatabase();
  const clock = simulationClock();
  const config = readConfig({ dataDir: folder, logLevel: "error" }, {});
  const node = await openNode(config, database.address, clock);
  try {
    return await simulateProduct({
      ...SMALL,
      evenings,
      phones: BAD_PHONES,
      habits: LEAVING,
      kernel: node.kernel,
      clock,
      background: BACKGROUND,
      cpuSeconds: () => 0,
      signal: new AbortController().signal,
      progress: () => {},
    });
  } finally {
    await node.close();
    await database.drop();
  }
}

test(
  "the same seed gives the same evening, however bad the phones are; nothing is promised or recorded wrongly",
  LONG,
  async () => {
    const [once, [again]] = await Promise.all([through(2), through(1)]);
    expect(again).toEqual(once[0]);
    const { product, stops, notice, windowKept, buffers_min } = summariseProduct(once, SMALL.tail);
    expect(product).toMatchObject({ overPromises: 0, recordedWrong: 0, notRecorded: 0, faults: [] });
    expect(product.plansChecked).toBe(4);
    const { booked, expired, cancelled, changed, known, messages } = product.perEvening;
    expect(Math.min(booked, expired, cancelled, changed, known)).toBeGreaterThan(0);
    expect(stops).toBe(booked - changed - cancelled);
    // Each customer hears of the courier and of the hand-over at least.
    expect(messages).toBeGreaterThan(1.8 * stops);
    expect(notice.sent).toBeGreaterThan(0.9);
    expect(windowKept).toBeGreaterThan(0.8);
    expect(buffers_min[0]).toBe(15);
    // Its customers are the engine's.
    const [engine] = simulate({ ...SMALL, evenings: 1, habits: LEAVING, background: BACKGROUND });
    expect(once[0]?.asked).toBe(engine?.asked);
    expect(Math.abs((once[0]?.offered ?? 0) - (engine?.offered ?? 0))).toBeLessThanOrEqual(3);
  },
);

/** @returns the command once its PostgreSQL runs, in a folder of temporary files of its own */
async function simulating(name: string): Promise<{ child: ChildProcess; place: string }> {
  const place = await mkdtemp(join(folder, name));
  await chmod(place, 0o755);
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "bin/augenhoehe", "delivery", "simulate", "--couriers", "4"],
    { env: { ...process.env, TMPDIR: place }, stdio: ["ignore", "ignore", "pipe"] },
  );
  await new Promise<void>((done, fail) => {
    child.once("exit", (code) => fail(new Error(`it ended with ${code} before it was broken off`)));
    child.stderr?.on("data", (text) => {
      if (String(text).includes("were asked")) done();
    });
  });
  child.removeAllListeners("exit");
  return { child, place };
}

test.concurrent.for(["SIGKILL", "SIGINT"] as const)("%s leaves nothing behind", LONG, async (signal) => {
  const { child, place } = await simulating(signal);
  expect(await readdir(place)).not.toEqual([]);
  const over = new Promise<number | null>((done) => void child.once("exit", (code) => done(code)));
  child.kill(signal);
  expect(await over).toBe(signal === "SIGINT" ? 130 : null);
  await vi.waitFor(async () => expect(await readdir(place)).toEqual([]), { timeout: 120_000, interval: 100 });
});
