import { readEmergency } from "../rules/index.ts";
import { sayBetween } from "./answer.ts";
import { startCallback } from "./callback.ts";
import type { Ways } from "./decide.ts";
import { handOver, whenPeopleAnswer } from "./hand-over.ts";
import { judge } from "./judge.ts";
import { CALL_ID } from "./option-ids.ts";
import type { Decision, Scene } from "./scene.ts";

const SILENCE: Decision = { effects: [] };

/**
 * Between a hand-over and the person, while nobody is there: a question that is certain is answered, with the note that
 * a person follows; a call can be agreed on; whoever asks for somebody hears when people are there. Everything else is
 * left to the person, and so is everything while people are there.
 */
export function decideWaiting(scene: Scene, ways: Ways): Decision {
  const { turn, hours, text } = scene;
  const emergency = readEmergency(text);
  if (emergency) return handOver(scene, { reason: "emergency", key: emergency });
  if (hours.isOpen(turn.tenant, turn.now)) return SILENCE;
  const { content } = turn.message;
  const { flow } = turn.conversation;
  const open = flow?.skill === "service" ? ways.steps.find((steps) => steps.owns(flow)) : undefined;
  const step = open?.take(scene);
  if (step) return step;
  if (scene.request === "callback" || (content.type === "choice" && content.id === CALL_ID))
    return startCallback(scene);
  if (scene.request === "person" || scene.request === "who")
    return { effects: [{ do: "say", text: whenPeopleAnswer(scene) }] };
  const judgement = text === "" || scene.request !== undefined ? null : judge(scene);
  if (judgement?.zone !== "answer" || !judgement.first || judgement.several.length > 0) return SILENCE;
  if (judgement.first.isUnfilled) return SILENCE;
  const say = sayBetween(scene, judgement.first);
  const { intent } = judgement.first;
  return {
    effects: [{ ...say, text: `${say.text}\n\n${whenPeopleAnswer(scene)}` }],
    asked: intent,
    answered: intent,
    ...(judgement.guess && { confidence: judgement.guess.confidence }),
  };
}
