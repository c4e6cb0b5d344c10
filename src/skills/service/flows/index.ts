import type { Turn } from "#kernel";
import { type Prediction, predict } from "../engine/index.ts";
import type { Hours } from "../ports.ts";
import { answerTopic } from "./answer.ts";
import { CALLBACK, continueCallback, repeatCallback, startCallback } from "./callback.ts";
import { askToDescribe, offer, openChoice, readChoice } from "./choices.ts";
import { answerCourtesy, greet } from "./courtesy.ts";
import { handOver } from "./hand-over.ts";
import type { KnownTopic } from "./knowledge.ts";
import { ELSE_ID, PERSON_ID } from "./option-ids.ts";
import { COLLECT_ORDER, continueOrder, isBareOrderNumber, passOn, repeatOrder, startOrder } from "./order.ts";
import { type Decision, type Known, readScene, type Scene, type SpokenDecision, words } from "./scene.ts";

/**
 * What the first level does with one message. Pure: the same turn and knowledge give the same decision.
 * Order: a person is always within reach; then the step that stands open, wishes that are no topic, choices, courtesy,
 * and last the classifier.
 */
export function decide(turn: Turn, known: Known, hours: Hours): SpokenDecision {
  const scene = readScene(turn, known, hours);
  const decision = turn.late ? decideLate(scene) : decideNow(scene);
  const { language } = scene;
  if (language === turn.conversation.language) return { ...decision, language };
  return { ...decision, language, effects: [{ do: "remember", language }, ...decision.effects] };
}

/** What interrupts no open step: yes and no belong to the step. */
const COURTESIES: ReadonlySet<string> = new Set(["greeting", "thanks", "goodbye", "who"]);

/** "?" and "…" say that somebody waits, not for what. */
const WORDS = /[\p{L}\p{N}]/u;

function decideNow(scene: Scene): Decision {
  const silent = decideWithoutText(scene);
  if (silent) return silent;
  if (scene.request === "person") return handOver(scene, { reason: "asked", key: "asked" });
  const hasOpenStep = scene.turn.conversation.flow?.skill === "service";
  if (hasOpenStep) {
    if (scene.request === "stop") {
      return { effects: [{ do: "say", text: words(scene, "stopped") }, { do: "endFlow" }] };
    }
    const step = continueOrder(scene) ?? continueCallback(scene);
    if (step) return step;
  }
  if (scene.request === "callback") return startCallback(scene);
  const chosen = readChoice(scene);
  if (chosen === PERSON_ID)
    return handOver(scene, { reason: "asked", key: "asked", earlier: earlierOf(scene) });
  if (chosen === ELSE_ID) return askToDescribe(scene, "describe");
  if (chosen !== undefined) return begin(scene, chosen);
  if (isBareOrderNumber(scene)) return passOn(scene);
  if (!WORDS.test(scene.text) && !scene.request && !hasOpenStep) return askToDescribe(scene, "describe");
  const isCourtesy = !hasOpenStep || COURTESIES.has(scene.request ?? "");
  return (isCourtesy ? answerCourtesy(scene) : null) ?? classify(scene);
}

/** Without words there is nothing to classify: people look at pictures, a sticker is a greeting. */
function decideWithoutText(scene: Scene): Decision | null {
  const { content } = scene.turn.message;
  if (scene.text !== "" || content.type === "choice") return null;
  if (content.type === "sticker") return greet(scene);
  return handOver(scene, { reason: "media", key: "media", earlier: earlierOf(scene) });
}

function begin(scene: Scene, topic: KnownTopic): Decision {
  if (scene.turn.late) return answerTopic(scene, topic);
  if (topic.flow === COLLECT_ORDER) return startOrder(scene, topic);
  if (topic.flow === CALLBACK) {
    const counted = { asked: topic.intent, answered: topic.intent };
    return { ...startCallback(scene), ...counted };
  }
  return answerTopic(scene, topic);
}

interface Judgement {
  /** Topics that were deleted since the training are left out. */
  readonly prediction: Prediction;
  readonly first: KnownTopic | undefined;
  readonly choices: readonly KnownTopic[];
  readonly guess: { intent: string; confidence: number } | undefined;
}

function judge({ model, knowledge, text }: Scene): Judgement | null {
  if (!model) return null;
  const { topics } = knowledge;
  const prediction = predict(model, text, (intent) => topics.has(intent));
  const [best] = prediction.candidates;
  return {
    prediction,
    first: best && topics.get(best.intent),
    choices: prediction.choices.map((intent) => topics.get(intent)).filter((topic) => topic !== undefined),
    guess: best && { intent: best.intent, confidence: best.score },
  };
}

function classify(scene: Scene): Decision {
  const judgement = judge(scene);
  const confidence = judgement?.guess && { confidence: judgement.guess.confidence };
  const zone = judgement?.prediction.zone;
  if (judgement?.first && zone === "answer") return { ...begin(scene, judgement.first), ...confidence };
  const repeated = repeatOrder(scene) ?? repeatCallback(scene);
  if (repeated) return repeated;
  const isSecondTime = openChoice(scene) !== null;
  if (zone === "choose" && judgement && !isSecondTime)
    return { ...offer(scene, judgement.choices), ...confidence };
  const unsure = zone === "choose";
  const decision = handOver(scene, {
    reason: unsure ? "unsure" : "unknown",
    key: unsure ? "unsure" : "unknown",
    guess: judgement?.guess,
    needed: judgement ? scene.model?.answerAt : undefined,
    earlier: earlierOf(scene),
  });
  const guess = judgement?.guess;
  return {
    ...decision,
    ...confidence,
    unanswered: { question: scene.text, guess: guess?.intent ?? null, confidence: guess?.confidence ?? null },
  };
}

/** An older message than one already answered: it moves no step; it is answered when sure, seen by a person when not. */
function decideLate(scene: Scene): Decision {
  if (scene.request === "person") return handOver(scene, { reason: "asked", key: "asked" });
  if (scene.request !== undefined && scene.request !== "callback") return { effects: [] };
  const chosen = scene.text === "" ? undefined : readChoice(scene);
  if (typeof chosen === "object") return answerTopic(scene, chosen);
  // A tap on something else that was answered meanwhile.
  if (scene.turn.message.content.type === "choice" && chosen !== PERSON_ID) return { effects: [] };
  const judgement = scene.text === "" ? null : judge(scene);
  if (judgement?.first && judgement.prediction.zone === "answer") return answerTopic(scene, judgement.first);
  return handOver(scene, {
    reason: "late",
    key: "asked",
    guess: judgement?.guess,
    needed: scene.model?.answerAt,
  });
}

function earlierOf(scene: Scene): string[] {
  const question = openChoice(scene)?.question ?? "";
  return question === "" ? [] : [question];
}
