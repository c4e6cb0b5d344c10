import type { Effect, Turn } from "#kernel";
import { readAnswer } from "../rules/spoken/answers.ts";
import { readDeliveryWish } from "../rules/spoken/delivery-wish.ts";
import { meanwhile } from "./meanwhile.ts";
import { type Known, later, type ReadTime, type Scene, sceneOf, tapOf, words } from "./scene.ts";
import { tell, wish } from "./standing.ts";
import { takePin, takeStep } from "./steps.ts";
import { tapped } from "./taps.ts";

/**
 * What this skill does with one message. Pure: what asks a plan, a map or the database is done by the timer that is set.
 * @returns null when the message is about something else, or the company does not deliver
 */
export function decide(turn: Turn, known: Known, readTime: ReadTime): readonly Effect[] | null {
  if (turn.late || !known.isServed) return null;
  const scene = sceneOf(turn, known, readTime);
  const { isHeld, isWaiting } = turn.conversation;
  const isOthers = isHeld === true || isWaiting === true;
  const tap = isOthers && turn.message.content.type !== "choice" ? null : tapOf(scene);
  if (tap) return tapped(scene, tap);
  if (isOthers) return whileOthers(scene);
  const { content } = turn.message;
  if (content.type === "location") return takePin(scene, { lat: content.latitude, lon: content.longitude });
  if (content.type !== "text" || scene.text === "") return null;
  return (scene.open && continued(scene)) ?? meanwhile(scene) ?? wished(scene);
}

/** What is written while a person has the conversation, or will have it, is for that person, but a yes or no to what is held. */
function whileOthers(scene: Scene): readonly Effect[] | null {
  const { open, turn } = scene;
  const isAnswer = open?.step === "held" && turn.message.content.type === "text" && readAnswer(scene.text);
  return isAnswer ? continued(scene) : null;
}

/** The answer to what was asked; what is no answer, we or others may understand otherwise. */
function continued(scene: Scene): readonly Effect[] | null {
  const { open, text } = scene;
  if (!open) return null;
  if (readAnswer(text) === "stop") return stopped(scene);
  return takeStep(scene, open);
}

function stopped(scene: Scene): readonly Effect[] {
  const { open } = scene;
  const id = open?.talk.deliveryId;
  if (open?.step === "held" && id !== undefined)
    return later(scene, open.talk, { do: "release", deliveryId: id });
  return [{ do: "say", text: words(scene, "stopped") }, { do: "endFlow" }];
}

function wished(scene: Scene): readonly Effect[] | null {
  const { turn, known, text } = scene;
  const read = readDeliveryWish(text, { hasPromise: known.standing.length > 0 });
  if (!read) return null;
  const spoken: Scene = { ...scene, language: read.language };
  const effects = wish(spoken, read.wish);
  if (!effects || read.language === turn.conversation.language) return effects;
  return tell(read.language, effects);
}
