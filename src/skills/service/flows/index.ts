import type { Turn } from "#kernel";
import type { Hours } from "../ports.ts";
import { answerTopic } from "./answer.ts";
import { CALLBACK, callbackSteps, startCallback } from "./callback.ts";
import { openChoice, readChoice } from "./choices.ts";
import { decideLate, decideNow, type Ways } from "./decide.ts";
import { isElsewhere, startElsewhere } from "./elsewhere.ts";
import type { KnownTopic } from "./knowledge.ts";
import { withMemory } from "./memory.ts";
import { COLLECT_ORDER, orderSteps, startOrder } from "./order.ts";
import { type Decision, type Known, readScene, type Scene, type SpokenDecision } from "./scene.ts";
import { openRun, startStored, storedSteps, withFacts } from "./stored.ts";
import type { StoredFlow } from "./stored-flows.ts";
import { decideWaiting } from "./waiting.ts";

/**
 * What the first level does with one message. Pure: the same turn and knowledge give the same decision.
 * Order: a person is always within reach; then the step that stands open, wishes that are no topic, choices, courtesy,
 * and last the classifier.
 */
export function decide(turn: Turn, known: Known, hours: Hours): SpokenDecision {
  const scene = readScene(turn, known, hours);
  if (turn.conversation.isWaiting) return { ...decideWaiting(scene, WAYS), language: scene.language };
  const decision = turn.late
    ? decideLate(scene)
    : withMemory(scene, startByWords(scene) ?? withFacts(scene, decideNow(scene, WAYS)));
  const { language } = scene;
  if (language === turn.conversation.language) return { ...decision, language };
  return { ...decision, language, effects: [{ do: "remember", language }, ...decision.effects] };
}

const WAYS: Ways = { begin, steps: [storedSteps, orderSteps, callbackSteps], hasFlow };

/** A topic answers, or opens its flow. */
function begin(scene: Scene, topic: KnownTopic): Decision {
  const stored = storedFlow(scene, topic);
  if (stored) return startStored(scene, stored, topic);
  if (isElsewhere(topic.flow)) return startElsewhere(scene, topic);
  if (topic.flow === COLLECT_ORDER && !topic.isUnfilled) return startOrder(scene, topic);
  if (topic.flow === CALLBACK) {
    const counted = { asked: topic.intent, answered: topic.intent };
    return { ...startCallback(scene), ...counted };
  }
  return answerTopic(scene, topic);
}

/** Does the topic open a flow, rather than only answer? */
function hasFlow(scene: Scene, topic: KnownTopic): boolean {
  const { flow } = topic;
  return (
    storedFlow(scene, topic) !== undefined || [COLLECT_ORDER, CALLBACK].includes(flow) || isElsewhere(flow)
  );
}

/** A flow of the company's own takes the place of the house's. */
function storedFlow({ flows }: Scene, { intent, flow }: KnownTopic): StoredFlow | undefined {
  return flows?.ofTopic(intent) ?? flows?.named(flow);
}

/** The words that begin a flow, unless they answer another one. */
function startByWords(scene: Scene): Decision | null {
  const { flow: open } = scene.turn.conversation;
  const isChoice = openChoice(scene) !== null && readChoice(scene) !== undefined;
  const isAnswer =
    isChoice || scene.request !== undefined || WAYS.steps.some((steps) => open && steps.owns(open));
  const flow = openRun(scene) === null && !isAnswer ? scene.flows?.ofWords(scene.bare) : undefined;
  return flow ? startStored(scene, flow, null) : null;
}
