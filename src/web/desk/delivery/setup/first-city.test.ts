import { afterEach, expect, test, vi } from "vitest";
import { type FirstMade, makeFirstCity } from "./first-city.ts";

afterEach(() => vi.unstubAllGlobals());

const given = {
  name: "Bremen",
  lat: 53.076,
  lon: 8.807,
  timeZone: "Europe/Berlin",
  depot: "Halle",
  weekdays: [1, 2],
  from: "17:00",
  to: "21:00",
  priceMinor: 350,
  courier: "Kim Albers",
};

test("an attempt after one that broke off makes no second city and no second courier, and takes what was typed last", async () => {
  const asked: string[] = [];
  let bodies: Record<string, unknown> = {};
  let isBroken = true;
  vi.stubGlobal("sessionStorage", { getItem: () => null });
  vi.stubGlobal("localStorage", { getItem: () => null });
  vi.stubGlobal("fetch", async (path: string, { method, body }: { method: string; body?: string }) => {
    const name = `${method} ${path.replace(/\?.*/, "")}`;
    asked.push(name);
    if (body) bodies = { ...bodies, [name]: JSON.parse(body) };
    if (path.endsWith("/evenings") && isBroken) throw new TypeError("no net");
    if (path.includes("/couriers")) return Response.json({ id: 9 });
    if (/\/cities(\/4)?$/.test(path)) return Response.json({ id: 4, depots: [{ id: 6 }] });
    return Response.json({ items: [], windows: [] });
  });
  const made: FirstMade = {};
  await expect(makeFirstCity(given, made, () => {})).rejects.toThrow();
  isBroken = false;
  await makeFirstCity({ ...given, depot: "Lager", courier: "Kim" }, made, () => {});
  const base = "/api/v1/delivery";
  expect(
    asked.filter((one) => one === `POST ${base}/cities` || one === `POST ${base}/couriers`),
  ).toHaveLength(2);
  expect(bodies[`PUT ${base}/cities/4`]).toMatchObject({ depots: [{ id: 6, name: "Lager" }] });
  expect(bodies[`PUT ${base}/couriers/9`]).toMatchObject({ name: "Kim" });
  expect(asked.at(-1)).toMatch(/^GET .*windows$/);
});
