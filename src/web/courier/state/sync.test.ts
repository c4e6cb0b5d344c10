import { describe, expect, test } from "vitest";
import { CallError, type Failure } from "../../customer-page/call.ts";
import type { Client } from "../client.ts";
import type { CourierEvent, Result } from "../contract.ts";
import { examplePage, exampleShift, exampleStop } from "../testing/example.ts";
import { waitAfter } from "./backoff.ts";
import { memoryStore } from "./phone-store.ts";
import { sync } from "./sync.ts";

/** A node that keeps what it is told, as the contract says: the same key twice is one. */
class Node implements Client {
  readonly taken: CourierEvent[] = [];
  readonly photos = new Map<string, string>();
  calls = 0;
  /** What goes wrong at each call, first to last; "lost": done, but nobody hears of it. */
  faults: (Failure | "lost" | null)[] = [];
  /** Refused by the contract, whatever stands beside it. */
  unknownKind = "";

  read = async () => examplePage(exampleShift([exampleStop(1)]));

  readMap = async (shiftId: number) => ({ shiftId, features: [], attribution: "" });

  async tell(events: readonly CourierEvent[]) {
    this.calls += 1;
    const fault = this.faults.shift() ?? null;
    if (fault && fault !== "lost") throw new CallError(fault);
    if (events.some(({ kind }) => kind === this.unknownKind)) throw new CallError("refused");
    const results = events.map((event): Result => {
      const { key } = event;
      if (this.taken.some((one) => one.key === key)) return { key, outcome: "known", why: null };
      if (event.kind === "done" && event.code === "0000") return { key, outcome: "refused", why: "code" };
      this.taken.push(event);
      return { key, outcome: "taken", why: null };
    });
    if (fault === "lost") throw new CallError("offline");
    return { results, page: await this.read() };
  }

  async keepPhoto({ key, jpeg }: { key: string; jpeg: string }) {
    this.photos.set(key, jpeg);
    return `file-${key}`;
  }
}

let last = 0;
const key = () => `00000000-0000-4000-8000-${String(++last).padStart(12, "0")}`;
const of = { shiftId: 5, deliveryId: 1, at: "2026-11-24T17:00:00Z" };
const done = (more: { code?: string } = {}): CourierEvent => ({
  ...of,
  key: key(),
  kind: "done",
  outcome: "handed_over",
  to: "",
  ...more,
});
const arrive = (): CourierEvent => ({ ...of, key: key(), kind: "arrive" });

describe("what was done without a net", () => {
  test("is told in its order, and leaves the queue only then", async () => {
    const [store, node] = [memoryStore(), new Node()];
    const events = [arrive(), done(), arrive()];
    for (const one of events) await store.enqueue([one]);
    node.faults = ["offline"];
    expect(await sync(store, node)).toEqual({ is: "failed", failure: "offline", page: null });
    expect((await store.queue()).map(({ event }) => event.key)).toEqual(events.map((one) => one.key));
    expect(await sync(store, node)).toMatchObject({ is: "done" });
    expect(node.taken).toEqual(events);
    expect(await store.queue()).toEqual([]);
  });

  test("is one where the node's answer was lost on the way", async () => {
    const [store, node] = [memoryStore(), new Node()];
    await store.enqueue([arrive(), done()]);
    node.faults = ["lost"];
    expect(await sync(store, node)).toMatchObject({ is: "failed" });
    expect(await store.queue()).toHaveLength(2);
    expect(await sync(store, node)).toMatchObject({ is: "done" });
    expect(node.taken).toHaveLength(2);
    expect(await store.queue()).toEqual([]);
  });

  test("goes out in parts when it is much", async () => {
    const [store, node] = [memoryStore(), new Node()];
    await store.enqueue(Array.from({ length: 120 }, arrive));
    await sync(store, node);
    expect([node.calls, node.taken.length]).toEqual([3, 120]);
  });

  test("stays in the queue with its reason where the node refuses it, and holds up nothing", async () => {
    const [store, node] = [memoryStore(), new Node()];
    await store.enqueue([done({ code: "0000" }), arrive()]);
    await sync(store, node);
    expect(await store.queue()).toMatchObject([{ state: "refused", why: "code" }]);
    expect(node.taken).toHaveLength(1);
    await sync(store, node);
    expect(node.calls).toBe(1);
  });

  test("one that the contract does not know is found and put aside", async () => {
    const [store, node] = [memoryStore(), new Node()];
    node.unknownKind = "done";
    await store.enqueue([arrive(), done(), arrive()]);
    expect(await sync(store, node)).toMatchObject({ is: "done" });
    expect(node.taken.map(({ kind }) => kind)).toEqual(["arrive", "arrive"]);
    expect(await store.queue()).toMatchObject([{ state: "refused", why: "invalid" }]);
  });

  test("a picture goes before its event, and is kept until the event is taken", async () => {
    const [store, node] = [memoryStore(), new Node()];
    const photo = { key: key(), deliveryId: 1, jpeg: "/9j/" };
    await store.enqueue([arrive(), done()], photo);
    node.faults = ["busy"];
    expect(await sync(store, node)).toEqual({ is: "failed", failure: "busy", page: null });
    expect(await store.photo(photo.key)).toEqual(photo);
    await sync(store, node);
    expect(node.taken).toMatchObject([
      { kind: "arrive" },
      { kind: "done", photoFileId: `file-${photo.key}` },
    ]);
    expect(await store.photo(photo.key)).toBeUndefined();
  });

  test("a picture that the net does not carry holds up nothing else, and waits", async () => {
    const [store, node] = [memoryStore(), new Node()];
    const heavy = { key: key(), deliveryId: 1, jpeg: "heavy" };
    const light = { key: key(), deliveryId: 1, jpeg: "light" };
    await store.enqueue([done()], heavy);
    await store.enqueue([arrive()]);
    await store.enqueue([done()], light);
    node.keepPhoto = async (photo) => {
      if (photo.jpeg === "heavy") throw new CallError("offline");
      return `file-${photo.key}`;
    };
    // What left the queue is in the page that comes with the failure.
    expect(await sync(store, node)).toEqual({ is: "failed", failure: "offline", page: await node.read() });
    expect(node.taken).toMatchObject([{ kind: "arrive" }, { photoFileId: `file-${light.key}` }]);
    expect(await store.queue()).toMatchObject([{ photo: heavy.key, state: "waiting" }]);
    expect(await store.photo(heavy.key)).toEqual(heavy);
  });

  test("the end of a round waits for the pictures before it: no stop that was done is left behind", async () => {
    const [store, node] = [memoryStore(), new Node()];
    const heavy = { key: key(), deliveryId: 1, jpeg: "heavy" };
    const back = (shiftId: number): CourierEvent => ({
      key: key(),
      kind: "back",
      shiftId,
      at: "2026-11-24T20:00:00Z",
    });
    const leaveAgain: CourierEvent = { ...back(of.shiftId), key: key(), kind: "leave" };
    await store.enqueue([arrive()]);
    await store.enqueue([done()], heavy);
    await store.enqueue([back(of.shiftId)]);
    await store.enqueue([leaveAgain]);
    await store.enqueue([back(6)]);
    const { keepPhoto } = node;
    node.keepPhoto = async () => {
      throw new CallError("offline");
    };
    expect(await sync(store, node)).toMatchObject({ is: "failed", failure: "offline" });
    expect(node.taken).toMatchObject([{ kind: "arrive" }, { kind: "back", shiftId: 6 }]);
    node.keepPhoto = keepPhoto;
    expect(await sync(store, node)).toMatchObject({ is: "done" });
    expect(node.taken.slice(2)).toMatchObject([{ kind: "done" }, { kind: "back" }, { kind: "leave" }]);
    expect(await store.queue()).toEqual([]);
  });

  test("waits for a new link when the old one ended, and loses nothing", async () => {
    const [store, node] = [memoryStore(), new Node()];
    await store.enqueue([done()]);
    node.faults = ["ended"];
    expect(await sync(store, node)).toEqual({ is: "failed", failure: "ended", page: null });
    expect(await store.queue()).toHaveLength(1);
  });
});

test("waits twice as long each time, up to a minute, and never all at once", () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((n) => waitAfter(n, 1))).toEqual([
    2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
  ]);
  expect(waitAfter(3, 0)).toBe(4_000);
});
