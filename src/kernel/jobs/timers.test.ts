import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type World, world } from "#kernel/testing";
import { scheduleTimer, startTimers, type TimerRunner } from "./timers.ts";

let node: World;
let timers: TimerRunner | undefined;
let tenantId: number;

beforeEach(async () => {
  node = await world();
  tenantId = (await node.tenant()).id;
});
afterEach(async () => {
  await timers?.stop();
  await node.close();
});

const put = (kind: string, key: string) =>
  scheduleTimer(node.kernel, { tenantId, kind, key, dueAt: node.clock.now() });

it("many of one kind that take their time delay no other kind", async () => {
  for (let n = 0; n < 12; n++) await put("training", String(n));
  node.clock.advance(1);
  await put("alarm", "one");
  let running = 0;
  const rung: string[] = [];
  const ends: (() => void)[] = [];
  timers = startTimers(node.kernel, {
    training: () => {
      running += 1;
      return new Promise((done) => ends.push(done));
    },
    alarm: async ({ key }) => void rung.push(key),
  });
  await vi.waitFor(() => expect(rung).toEqual(["one"]), { timeout: 5_000 });
  expect(running).toBe(4);
  for (const end of ends) end();
});

it("a handler that hangs loses its place, and its timer comes again", async () => {
  await put("media", "hangs");
  let begun = 0;
  timers = startTimers(
    node.kernel,
    {
      media: () => {
        begun += 1;
        return begun === 1 ? new Promise(() => {}) : Promise.resolve();
      },
    },
    50,
  );
  const row = async () =>
    (await node.kernel.db.node.query("select attempts, last_error from kernel.timer")).rows[0];
  await vi.waitFor(async () => expect((await row())?.last_error).toMatch(/not done within 50 ms/), {
    timeout: 5_000,
  });
  node.clock.advance(60_000);
  await timers.settle();
  expect([begun, await row()]).toEqual([2, undefined]);
});

it("what one company's slow service holds up is its own: two places a company, taken in turn", async () => {
  const other = (await node.tenant()).id;
  for (let n = 0; n < 40; n++) await put("call", `slow ${n}`);
  node.clock.advance(1);
  await scheduleTimer(node.kernel, {
    tenantId: other,
    kind: "call",
    key: "quick",
    dueAt: node.clock.now(),
  });
  const running = new Map<string, () => void>();
  const rung: string[] = [];
  timers = startTimers(node.kernel, {
    call: {
      run: async ({ key }) => {
        rung.push(key);
        if (key !== "quick") await new Promise<void>((done) => running.set(key, done));
      },
      places: { all: 3, perTenant: 2 },
    },
  });
  await vi.waitFor(() => expect(rung.toSorted()).toEqual(["quick", "slow 0", "slow 1"]), { timeout: 5_000 });
  // The third place stays free for other companies; who is done makes room at once.
  running.get("slow 0")?.();
  await vi.waitFor(() => expect(rung).toContain("slow 2"), { timeout: 5_000 });
  expect(rung).toHaveLength(4);
  for (const end of running.values()) end();
});

it("what came while it was looking is done before it says that nothing is left", async () => {
  const { node: real } = node.kernel.db;
  let answer = () => {};
  const answered = new Promise<void>((done) => {
    answer = done;
  });
  let looks = 0;
  // The first look has its answer, and it is on its way for long.
  const query = async (...given: unknown[]) => {
    const found = await (real.query as (...all: unknown[]) => Promise<unknown>).apply(real, given);
    if ((given[0] as { name?: string }).name === "timers-claim" && ++looks === 1) await answered;
    return found;
  };
  const slow = { ...node.kernel, db: { ...node.kernel.db, node: { ...real, query } as typeof real } };
  const done: string[] = [];
  timers = startTimers(slow, { late: async ({ key }) => void done.push(key) });
  await vi.waitFor(() => expect(looks).toBe(1), { timeout: 10_000 });
  await put("late", "one");
  const settled = timers.settle();
  answer();
  await settled;
  expect(done).toEqual(["one"]);
});
