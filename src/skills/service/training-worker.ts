import { parentPort, workerData } from "node:worker_threads";
import { encodeModel, health, trainWithReport } from "./engine/index.ts";
import { propose } from "./rules/intake/index.ts";
import type { HealthResult, TrainingOrder, TrainingResult, TrainingTask } from "./training.ts";

/** The thread's whole life: one order, one answer. A refused order ends it with the error. */
function work(task: TrainingTask): void {
  if (task.task === "propose") parentPort?.postMessage(propose(task.exchanges, task.options));
  else if (task.task === "health") measure(task);
  else learn(task);
}

function measure(order: TrainingOrder): void {
  const start_ms = performance.now();
  const result: HealthResult = {
    health: health(order.examples, order.options),
    ms: performance.now() - start_ms,
  };
  parentPort?.postMessage(result);
}

function learn(order: TrainingOrder): void {
  const start_ms = performance.now();
  const { model, report } = trainWithReport(order.examples, order.options);
  // Only a buffer that is wholly the model's own may leave this thread.
  const bytes = new Uint8Array(encodeModel(model));
  const result: TrainingResult = { key: model.key, bytes, report, ms: performance.now() - start_ms };
  parentPort?.postMessage(result, [bytes.buffer]);
}

work(workerData as TrainingTask);
