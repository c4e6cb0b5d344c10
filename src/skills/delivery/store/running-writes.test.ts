import { afterAll, beforeAll, expect, test } from "vitest";
import { EveningStage } from "../../../../tests/outside/evening-stage.ts";
import { Draft } from "../evening/draft.ts";
import { askToTake } from "./live.ts";
import { readRunningEvening } from "./running-rows.ts";
import { saveDraft } from "./running-writes.ts";
import { inTenant } from "./tx.ts";

/** What an evening's transaction writes, beside what customers say at the same moment. */

let on: EveningStage;
beforeAll(async () => {
  on = await EveningStage.open();
  await on.rows("update delivery.city set takes_back = true");
  await on.planned(5);
}, 60_000);
afterAll(() => on.close());

test("what a customer asks to be taken back while an evening is written stays asked, and can be asked again", async () => {
  const { tenantId } = on.stage;
  const { id } = await on.booked(700);
  const draftNow = () =>
    inTenant(
      on.house,
      tenantId,
      async (tx) => new Draft(await readRunningEvening(tx, tenantId, on.eveningId)),
    );
  const save = (draft: Draft) => inTenant(on.house, tenantId, (tx) => saveDraft(tx, draft, on.now()));
  const ask = () =>
    inTenant(on.house, tenantId, (tx) =>
      askToTake(tx, {
        tenantId,
        id,
        what: "Ein Sessel",
        line: "Mitnehmen: Ein Sessel",
        kind: "Mitnehmen",
        now: on.now(),
      }),
    );
  const stateOf = async () =>
    (await on.rows(`select take_back_state as state from delivery.delivery where id = ${id}`))[0]?.state;
  const early = await draftNow();
  expect(await ask()).toMatchObject({ takeBack: { what: "Ein Sessel", state: "asked" } });
  early.setDelivery(id, { untoldReason: "no_channel" });
  await save(early);
  expect(await stateOf()).toBe("asked");
  // The courier's own word is written.
  const late = await draftNow();
  late.setDelivery(id, { takeBack: { what: "Ein Sessel", state: "not_taken", why: "zu groß" } });
  await save(late);
  expect(await stateOf()).toBe("not_taken");
  expect(await ask()).toMatchObject({ takeBack: { state: "asked", why: "" } });
  expect(await stateOf()).toBe("asked");
});
