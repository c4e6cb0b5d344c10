import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CourierEvent, CourierPage } from "../contract.ts";
import { examplePage, exampleShift, exampleStop } from "../testing/example.ts";
import { memoryStore } from "./phone-store.ts";
import { Session } from "./session.ts";

/** The page's state over a net that carries words and no pictures. */

const done = (deliveryId: number) =>
  ({ kind: "done", shiftId: 5, deliveryId, outcome: "handed_over", to: "" }) as const;

let told: CourierEvent[] = [];

/** What the node shows: what it was told stands in it. */
const pageNow = (): CourierPage => ({
  ...examplePage(
    exampleShift(
      [1, 2].map((id) =>
        exampleStop(
          id,
          told.some((one) => one.kind === "done" && one.deliveryId === id) ? { state: "done" } : {},
        ),
      ),
      { state: "out" },
    ),
  ),
  now: new Date("2026-11-24T17:00:00Z").toISOString(),
});

beforeEach(() => {
  told = [];
  vi.useFakeTimers({ now: new Date("2026-11-24T17:00:00Z"), toFake: ["Date", "setTimeout", "clearTimeout"] });
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("fetch", async (url: string, { body }: { body: string | null }) => {
    if (url.endsWith("/photos")) throw new TypeError("no net");
    if (url.includes("/map")) return Response.json({ features: [], attribution: "" });
    if (!url.endsWith("/events")) return Response.json(pageNow());
    const { events } = JSON.parse(body ?? "") as { events: CourierEvent[] };
    told.push(...events);
    const results = events.map(({ key }) => ({ key, outcome: "taken", why: null }));
    return Response.json({ results, page: pageNow() });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const stateOf = (session: Session, id: number) =>
  session.snapshot.shifts[0]?.stops.find(({ deliveryId }) => deliveryId === id)?.state;

test("a stop that the node has taken stays done while a picture of another does not get through", async () => {
  const session = new Session(memoryStore(), "key", true);
  await session.start();
  await session.act([done(1)], { key: "photo", deliveryId: 1, jpeg: "/9j/" });
  await session.act([done(2)]);
  await vi.waitFor(() => expect(session.snapshot.net).toBe("offline"));
  await vi.waitFor(() => expect(session.snapshot.queue).toHaveLength(1));
  expect(told).toMatchObject([{ deliveryId: 2 }]);
  expect([stateOf(session, 1), stateOf(session, 2)]).toEqual(["done", "done"]);
  expect(await session.act([done(2)])).toBe(false);
});

test("one that could not be kept does not hold up what is done after it", async () => {
  const store = memoryStore();
  const session = new Session(store, "key", true);
  await session.start();
  const { scans } = store;
  store.scans = () => Promise.reject(new Error("closed"));
  await expect(session.act([done(1)])).rejects.toThrow("closed");
  store.scans = scans;
  expect(await session.act([done(2)])).toBe(true);
});
