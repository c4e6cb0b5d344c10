import type { House, Timer } from "#kernel";
import { modelKey, type TrainOptions } from "./engine/index.ts";
import { TRAIN } from "./store/changes.ts";
import { KNOWLEDGE } from "./store/heads.ts";
import { dropUnusedModels, goLive, hasModel, type Lesson, markFailed, readLesson } from "./store/models.ts";
import { forgetUnanswered } from "./store/unanswered.ts";
import type { ServiceTables } from "./tables.ts";
import { TrainingError, trainInWorker } from "./training.ts";

/** Who saves while a training runs makes the next round; more rounds wait for the next timer. */
const MOST_ROUNDS = 5;

/**
 * Brings a tenant's model up to its knowledge: trains in a thread, or takes the model that equal knowledge has
 * already. Repeatable; does nothing when the model is up to date.
 * @throws Error when the thread crashed or the database is away; what the examples themselves refuse is a state
 */
export async function trainTenant(house: House, tenantId: number): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const lesson = await house.db.tenant<Lesson | null, ServiceTables>(tenantId, (tx) =>
      readLesson(tx, tenantId),
    );
    if (!lesson || lesson.isTrained) return;
    try {
      await learn(house, tenantId, lesson);
    } catch (error) {
      if (!(error instanceof TrainingError)) throw error;
      await markFailed(house, tenantId, error.message);
      if (error.reason === "crashed") throw error;
      return;
    }
    await house.announce(KNOWLEDGE, tenantId);
  }
}

async function learn(house: House, tenantId: number, lesson: Lesson): Promise<void> {
  const { revision, examples, hints } = lesson;
  if (examples.length === 0) return goLive(house, { tenantId, revision, modelKey: null, seconds: null });
  const options: TrainOptions = { seed: 1, hints };
  const key = keyOf(lesson, options);
  if (await hasModel(house, key)) return goLive(house, { tenantId, revision, modelKey: key, seconds: null });
  const model = await trainInWorker({ examples, options });
  await goLive(house, { tenantId, revision, modelKey: model.key, model, seconds: model.ms / 1000 });
  await dropUnusedModels(house);
}

/** Too many examples or topics are a fault of the knowledge, not of the machine. */
function keyOf({ examples }: Lesson, options: TrainOptions): string {
  try {
    return modelKey(examples, options);
  } catch (error) {
    throw error instanceof RangeError
      ? new TrainingError("refused", `The examples were refused: ${error.message}.`)
      : error;
  }
}

/** kind -> what happens when it is due. */
export function serviceTimers(house: House): Readonly<Record<string, (timer: Timer) => Promise<void>>> {
  return {
    [TRAIN]: ({ tenantId }) => trainTenant(house, tenantId),
    service_forget: ({ tenantId }) => forgetUnanswered(house, tenantId),
  };
}
