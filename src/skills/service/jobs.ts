import { type House, instantOf, localDate, type Timer } from "#kernel";
import type { Embedder } from "./adapters/embedding/embedder.ts";
import { modelKey, OUT_OF_SCOPE } from "./engine/index.ts";
import { MEASURE, NIGHT, TRAIN } from "./store/changes.ts";
import { FORGET, forgetOld } from "./store/forget.ts";
import { KNOWLEDGE } from "./store/heads.ts";
import { type Lesson, readLesson } from "./store/lesson.ts";
import {
  dropUnusedModels,
  finishTraining,
  hasModel,
  keepHealth,
  markFailed,
  markStarted,
  startNight,
  trainAgainLater,
} from "./store/models.ts";
import type { ServiceTables } from "./tables.ts";
import { measureInWorker, TrainingError, trainInWorker } from "./training.ts";

/** Who saves while a training runs makes the next round; more rounds wait for the next timer. */
const MOST_ROUNDS = 5;
const NIGHT_MINUTES = 3 * 60;

/**
 * Brings a tenant's model up to its knowledge: trains in a process of its own, or takes the model that equal knowledge has
 * already. Repeatable; does nothing when the model is up to date.
 * @throws Error when the process crashed or the database is away, and whenever words of a person have to go (then it is
 * tried again until they are gone); otherwise what the examples themselves refuse is a state
 * @param embedder has vectors made of the examples of companies that want them
 */
export async function trainTenant(
  house: House,
  tenantId: number,
  embedder: Embedder | null = null,
): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const lesson = await lessonOf(house, tenantId);
    if (!lesson || lesson.isTrained) return;
    const forgets = lesson.reason === "forget";
    // At once, whatever becomes of this training: models of versions that went with the words.
    if (forgets) await dropUnusedModels(house, { fresh: true });
    try {
      await learn(house, tenantId, { lesson, embedder: await embedderFor(house, tenantId, embedder) });
    } catch (error) {
      // Words of a person have to go: that is more than a state to be shown.
      if (forgets) await trainAgainLater(house, tenantId);
      if (!(error instanceof TrainingError)) throw error;
      await markFailed(house, tenantId, error.message);
      if (error.reason === "crashed" || forgets) throw error;
      return;
    }
    if (forgets) await dropUnusedModels(house, { fresh: true });
    await house.announce(KNOWLEDGE, tenantId);
  }
}

function lessonOf(house: House, tenantId: number): Promise<Lesson | null> {
  return house.db.tenant<Lesson | null, ServiceTables>(tenantId, (tx) => readLesson(tx, tenantId));
}

async function embedderFor(house: House, tenantId: number, embedder: Embedder | null) {
  return embedder?.serves((await house.profile(tenantId)).slug) ? embedder : null;
}

async function learn(
  house: House,
  tenantId: number,
  { lesson, embedder }: { lesson: Lesson; embedder: Embedder | null },
): Promise<void> {
  const { revision, reason, examples, options } = lesson;
  const own = examples.filter(({ intent }) => intent !== OUT_OF_SCOPE);
  const outcome = {
    tenantId,
    revision,
    reason,
    examples: own.length,
    topics: new Set(own.map(({ intent }) => intent)).size,
    seconds: null,
  };
  if (own.length === 0) {
    await finishTraining(house, { ...outcome, modelKey: null });
    return;
  }
  const finishWith = async (key: string) => {
    if (!(await hasModel(house, key))) return false;
    await finishTraining(house, { ...outcome, modelKey: key });
    return true;
  };
  if (await finishWith(keyOf(lesson, embedder?.name))) return;
  await markStarted(house, tenantId);
  const vectors = (await embedder?.learn(examples, options)) ?? undefined;
  // The service did not answer: what was learnt without it may stand there already.
  if (embedder && !vectors && (await finishWith(keyOf(lesson)))) return;
  const model = await trainInWorker({ examples, options: { ...options, ...(vectors && { vectors }) } });
  await finishTraining(house, { ...outcome, modelKey: model.key, model, seconds: model.ms / 1000 });
  await dropUnusedModels(house, { fresh: false });
}

/** Too many examples or topics are a fault of the knowledge, not of the machine. */
function keyOf({ examples, options }: Lesson, embedding?: string): string {
  try {
    return modelKey(examples, options, embedding);
  } catch (error) {
    throw error instanceof RangeError
      ? new TrainingError("refused", `The examples were refused: ${error.message}.`)
      : error;
  }
}

/** What can be expected of the knowledge as it is written now; asked for by who opens the page, takes a training's time. */
async function measureTenant(house: House, tenantId: number, embedder: Embedder | null): Promise<void> {
  const lesson = await lessonOf(house, tenantId);
  if (!lesson || lesson.examples.length === 0) return;
  try {
    const { examples, options } = lesson;
    const vectors = await (await embedderFor(house, tenantId, embedder))?.learn(examples, options);
    const { health, ms } = await measureInWorker({
      examples,
      options: { ...options, ...(vectors && { vectors }) },
    });
    await keepHealth(house, { tenantId, revision: lesson.revision, report: health, seconds: ms / 1000 });
  } catch (error) {
    // Kept, so that whoever looks at the page reads why, and does not have it tried again and again.
    const why = error instanceof Error ? error.message : String(error);
    await keepHealth(house, { tenantId, revision: lesson.revision, error: why, seconds: 0 });
    // What is wrong with the machine may pass.
    if (!(error instanceof TrainingError) || error.reason === "crashed") throw error;
  }
}

/** What colleagues taught during the day is learnt at once, when few people write. */
async function learnAtNight(house: House, tenantId: number, embedder: Embedder | null): Promise<void> {
  await startNight(house, tenantId);
  await trainTenant(house, tenantId, embedder);
}

/** The next 3:00 where the company is, ms since the epoch. */
export function nextNight(timeZone: string, now: number): number {
  const today = instantOf(timeZone, localDate(now, timeZone), NIGHT_MINUTES);
  return today > now ? today : instantOf(timeZone, localDate(now, timeZone), NIGHT_MINUTES + 24 * 60);
}

/** kind -> what happens when it is due. */
export function serviceTimers(
  house: House,
  embedder: Embedder | null,
): Readonly<Record<string, (timer: Timer) => Promise<void>>> {
  return {
    [TRAIN]: ({ tenantId }) => trainTenant(house, tenantId, embedder),
    [MEASURE]: ({ tenantId }) => measureTenant(house, tenantId, embedder),
    [NIGHT]: ({ tenantId }) => learnAtNight(house, tenantId, embedder),
    [FORGET]: ({ tenantId }) => forgetOld(house, tenantId),
  };
}
