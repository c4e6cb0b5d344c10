import type { Effect } from "#kernel";
import { findOrder } from "../rules/index.ts";
import { answerTopic, optionsOf, wordsOf } from "./answer.ts";
import { type KnownTopic, titleOf } from "./knowledge.ts";
import { memoryOf } from "./memory.ts";
import { startOrder } from "./order.ts";
import type { Decision, Scene } from "./scene.ts";

/** Flows of the house that another skill goes on with: what a shop or register knows of an order, an appointment … */

export const LOOKUP_ORDER = "lookup_order";
const ROOM = "lookup";
/** A topic's flow `lookup_order` is that skill's flow `order`. */
const NAME = /^lookup_([a-z]+)$/;

export function isElsewhere(flow: string): boolean {
  return NAME.test(flow);
}

/** The topic opens what the register knows; where none is connected it collects the number, or answers. */
export function startElsewhere(scene: Scene, topic: KnownTopic): Decision {
  const collects = topic.flow === LOOKUP_ORDER || topic.flow === "lookup_parcel";
  const otherwise = collects ? startOrder(scene, topic) : answerTopic(scene, topic);
  const { text, answer } = wordsOf(scene, topic);
  const opening = answer && {
    text,
    source: titleOf(topic, scene.language),
    ...(answer.options.length > 0 && { options: optionsOf(answer) }),
    ...(answer.link && { link: answer.link }),
  };
  return {
    asked: topic.intent,
    answered: topic.intent,
    effects: [
      { do: "remember", topic: topic.intent },
      passTo(scene, topic.flow, { opening, otherwise: otherwise.effects }),
    ],
  };
}

/**
 * @param parts.opening the company's own words for asking what is missing
 * @param parts.reference a number that is known already, rather than the one in this message
 */
export function passTo(
  scene: Scene,
  flow: string,
  parts: { opening?: unknown; reference?: string; otherwise: readonly Effect[] },
): Effect {
  const said = findOrder(scene.text, scene.knowledge.orderStyle)?.order ?? memoryOf(scene).order;
  const order = parts.reference ?? said;
  return {
    do: "start",
    skill: ROOM,
    flow: NAME.exec(flow)?.[1] ?? "",
    data: {
      language: scene.language,
      ...(order !== undefined && { reference: order }),
      ...(parts.opening ? { opening: parts.opening } : {}),
    },
    otherwise: parts.otherwise,
  };
}
