import { encodeModel, health, trainWithReport } from "./engine/index.ts";
import { IntakeError, pairGathered, propose } from "./rules/intake/index.ts";
import type {
  HealthResult,
  ProposeAnswer,
  ProposeOrder,
  TrainingOrder,
  TrainingResult,
  TrainingTask,
} from "./training.ts";

/** What the process for trainings does: one order, one answer. A refused order throws. */
export function work(task: TrainingTask): TrainingResult | HealthResult | ProposeAnswer {
  if (task.task === "propose") return proposed(task);
  return task.task === "health" ? measure(task) : learn(task);
}

function proposed({ gathered, options }: ProposeOrder): ProposeAnswer {
  try {
    const { exchanges, counts, own, isPage } = pairGathered(gathered);
    return { ...propose(exchanges, { ...options, isPage }), counts, own };
  } catch (error) {
    if (error instanceof IntakeError) return { fault: error.fault };
    throw error;
  }
}

function measure(order: TrainingOrder): HealthResult {
  const start_ms = performance.now();
  return { health: health(order.examples, order.options), ms: performance.now() - start_ms };
}

function learn(order: TrainingOrder): TrainingResult {
  const start_ms = performance.now();
  const { model, report } = trainWithReport(order.examples, order.options);
  return {
    key: model.key,
    bytes: new Uint8Array(encodeModel(model)),
    report,
    ms: performance.now() - start_ms,
  };
}
