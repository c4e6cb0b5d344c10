import { afterAll, beforeAll, expect, test } from "vitest";
import { EveningStage } from "../../../../tests/outside/evening-stage.ts";
import { ACROSS } from "../rules/timer-kinds.ts";
import { sayAcross } from "./across.ts";

/** Messages to another company's customers, as an older version left them. */

let on: EveningStage;
beforeAll(async () => {
  on = await EveningStage.open();
  await on.planned(5);
}, 60_000);
afterAll(() => on.close());

test("a kind of message that is no more is given up, and the desk sees that it was not said", async () => {
  const { tenantId } = on.stage;
  const { id } = await on.booked(700);
  const payload = { kind: "given", deliveryId: id, reference: "r", liveKey: "k", expiresAt: on.now() };
  await on.rows(`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    values (${tenantId}, '${ACROSS}', 'old', '2026-11-24', '${JSON.stringify(payload)}')`);
  await sayAcross(on.house, { tenantId, kind: ACROSS, key: "old", payload, attempts: 1 });
  expect(await on.rows(`select untold_reason from delivery.delivery where id = ${id}`)).toEqual([
    { untold_reason: "expired" },
  ]);
  expect(await on.rows("select 1 from kernel.timer where key = 'old'")).toEqual([]);
});
