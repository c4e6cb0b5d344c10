import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { at } from "../../../../../tests/outside/delivery-stage.ts";
import { EveningStage } from "../../../../../tests/outside/evening-stage.ts";
import { tryAgain } from "./again.ts";

/** The attempt after one that came to nothing: of the same parcel, wherever it lies by now. */

let on: EveningStage;
beforeAll(async () => {
  on = await EveningStage.open();
}, 60_000);
afterAll(() => on.close());

test("what nobody fetched at its sender's counter is fetched there on the next attempt; what a courier had lies at the depot", async () => {
  const { tenantId, cityId } = on.stage;
  const { promises } = on.stage.room;
  await on.planned(5);
  const window = () => ({
    eveningId: on.eveningId,
    earliestAt: on.clock(18),
    latestAt: on.clock(20),
  });
  const first = window();
  const pickup = {
    place: at(900, 300),
    name: "Papeterie Osterstraße",
    fromMinute: 1_020,
    toMinute: 1_140,
    service_s: 240,
  };
  const booked = async (east: number): Promise<number> => {
    const wish = { cityId, place: at(east, 500), pickup };
    const detail = { key: randomUUID(), address: "Große Bleichen 1" };
    const answer = await promises.hold(tenantId, wish, first, detail);
    if (!("held" in answer)) throw new Error("gone");
    await promises.book(tenantId, answer.held.id);
    return answer.held.id;
  };
  const [lies, had] = [await booked(700), await booked(1_400)];
  on.goTo(on.clock(23));
  await on.rows(`update delivery.delivery set state = 'failed', outcome = 'not_recorded', ended_at = latest_at,
    picked_up_at = case when id = ${had} then earliest_at end where id in (${lies}, ${had})`);
  on.nextDay();
  await on.planned(5);
  const again = (deliveryId: number) =>
    tryAgain(on.house, promises, { tenantId, deliveryId, window: window() });
  expect(await again(lies)).toMatchObject({ booked: { state: "booked", pickup } });
  expect(await again(had)).toMatchObject({ booked: { state: "booked", pickup: null } });
});
