import { expect, test } from "vitest";
import { decodeModel, encodeModel, modelKey, predict, train } from "./engine/index.ts";
import { SHOP } from "./engine/shop-examples.fixture.ts";
import { TrainingError, trainInWorker } from "./training.ts";

const order = { examples: SHOP, options: { seed: 7, hints: [{ text: "Klarna", intent: "payment" }] } };

test("the process makes the same model as training at home, and says how good it is", async () => {
  const result = await trainInWorker(order);
  const model = decodeModel(result.bytes);
  expect(Buffer.compare(encodeModel(model), encodeModel(train(SHOP, order.options)))).toBe(0);
  expect(result.key).toBe(modelKey(SHOP, order.options));
  expect(predict(model, "wo bleibt denn meine lieferung").candidates[0]?.intent).toBe("delivery");
  expect(result.report.examples).toBe(SHOP.length);
  expect(result.report.accuracy).toBeGreaterThan(0.6);
  expect(result.ms).toBeGreaterThan(0);
});

test("a training that takes too long is stopped, and the next one still runs", async () => {
  const slow = trainInWorker(order, { timeLimit_ms: 1 });
  const next = trainInWorker(order);
  await expect(slow).rejects.toMatchObject({ reason: "tookTooLong" });
  expect((await next).key).toBe(modelKey(SHOP, order.options));
});

test("a training can be cancelled before and while it runs", async () => {
  await expect(trainInWorker(order, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    reason: "cancelled",
  });
  const controller = new AbortController();
  const running = trainInWorker(order, { signal: controller.signal });
  setTimeout(() => controller.abort(), 5);
  await expect(running).rejects.toMatchObject({ reason: "cancelled" });
});

test("examples that are refused say why", async () => {
  const refused = trainInWorker({ examples: SHOP, options: { seed: 1, maxWrong: 2 } });
  await expect(refused).rejects.toThrow(TrainingError);
  await expect(refused).rejects.toMatchObject({
    reason: "refused",
    message: expect.stringContaining("maxWrong"),
  });
});
