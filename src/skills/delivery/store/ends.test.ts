import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { EveningStage } from "../../../../tests/outside/evening-stage.ts";
import { endsOfDeliveries, promisedUntil } from "./ends.ts";

/** What money that is set aside for a delivery waits for, on evenings as couriers drive them. */

let on: EveningStage;
beforeAll(async () => {
  on = await EveningStage.open();
}, 60_000);
afterAll(() => on.close());
beforeEach(() => on.nextDay());

const ends = async (...ids: number[]) =>
  Object.fromEntries(await endsOfDeliveries(on.house, on.stage.tenantId, ids));
const promised = (id: number) => promisedUntil(on.house, on.stage.tenantId, id);

test("what is on its way is open and promised; handed over in its window it was brought; nobody else's counts", async () => {
  await on.planned(5);
  const [one, two] = [await on.booked(800), await on.booked(2_500)];
  expect(await promised(one.id)).toBe(on.clock(20));
  expect(await promised(9_999_999)).toBeNull();
  expect(await ends(one.id, two.id)).toEqual({});
  on.goTo(on.clock(17, 10));
  await on.tick();
  await on.tell(one, [on.leave(one)]);
  on.goTo(on.clock(18, 5));
  await on.tell(one, [on.arrive(one), on.done(one)]);
  expect(await ends(one.id, two.id)).toEqual({ [one.id]: "brought" });
  expect(await promised(one.id)).toBeNull();
});

test("too late, cancelled, or recorded by nobody: it was not brought", async () => {
  await on.planned(5);
  const [late, silent, gone] = [await on.booked(800), await on.booked(1_500), await on.booked(2_500)];
  on.goTo(on.clock(17, 10));
  await on.tick();
  await on.tell(late, [on.leave(late)]);
  await on.rows(`update delivery.delivery set state = 'cancelled' where id = ${gone.id}`);
  await on.until(on.clock(20, 30));
  await on.tell(late, [on.arrive(late), on.done(late)]);
  expect(await ends(late.id, gone.id)).toEqual({ [late.id]: "missed", [gone.id]: "missed" });
  await on.until(on.clock(24, 1));
  expect(await ends(silent.id)).toEqual({ [silent.id]: "missed" });
});
