import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type World, world } from "#kernel/testing";
import { callRoute } from "./fixtures/call-route.ts";
import { hours } from "./fixtures/hansekontor.ts";
import { openService } from "./skill.ts";

const thread = vi.hoisted(() => ({ dies: false }));
vi.mock("./training.ts", async (importActual) => {
  const actual = await importActual<typeof import("./training.ts")>();
  return {
    ...actual,
    trainInWorker: (order: Parameters<typeof actual.trainInWorker>[0]) =>
      thread.dies
        ? Promise.reject(new actual.TrainingError("crashed", "The training thread ended with code 1."))
        : actual.trainInWorker(order),
    measureInWorker: (order: Parameters<typeof actual.measureInWorker>[0]) =>
      thread.dies
        ? Promise.reject(new actual.TrainingError("crashed", "The measuring thread ended with code 1."))
        : actual.measureInWorker(order),
  };
});

const service = openService({ hours });
let here: World;
beforeAll(async () => {
  here = await world({ parts: (kernel) => ({ timers: service.skill.timers?.(kernel) ?? {} }) });
});
afterAll(() => here?.close());

test("a training that dies keeps the model before, says so, and is tried again by itself", async () => {
  const tenantId = (await here.tenant()).id;
  const call = (summary: RegExp, body?: unknown) =>
    callRoute(service.skill, here.kernel, { tenantId, summary })({ body });
  const learn = async (text: string) => {
    await call(/^Import CSV/, {
      language: "de",
      examples: `text,intent\n${text},hours\nhabt ihr auf,hours\nware zurückgeben,returns\nich will umtauschen,returns`,
      answers: "intent,lang,answer\nhours,de,Von zehn bis sieben.\nreturns,de,Dreißig Tage lang.",
    });
    here.clock.advance(20_000);
    await here.settle();
  };
  const state = () => call(/^Which knowledge is live/);
  const answer = async (text: string) => (await call(/^What would be answered/, { text })).text;
  await learn("öffnungszeiten");
  expect(await state()).toMatchObject({ state: "live", error: null });
  thread.dies = true;
  await learn("wie lange ist offen");
  const measured = () => call(/^What can be expected/);
  expect((await measured()).state).toBe("measuring");
  here.clock.advance(1_000);
  await here.settle();
  expect(await measured()).toMatchObject({
    state: "failed",
    error: "The measuring thread ended with code 1.",
  });
  expect(await state()).toMatchObject({ state: "failed", error: "The training thread ended with code 1." });
  expect(await answer("öffnungszeiten")).toContain("Von zehn bis sieben.");
  thread.dies = false;
  here.clock.advance(3_600_000);
  await here.settle();
  expect(await state()).toMatchObject({ state: "live", error: null });
  expect(await measured()).toMatchObject({ state: "ready", error: null });
  await expect.poll(() => answer("wie lange ist offen")).toContain("Von zehn bis sieben.");
}, 90_000);
