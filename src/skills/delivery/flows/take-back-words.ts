import type { Effect } from "#kernel";
import type { Delivery } from "../plan/promises.ts";
import { ask, optionsOf } from "./scene.ts";
import type { Talk } from "./talk.ts";
import { type Speaking, say, valuesOf } from "./words.ts";

/** What is said when a customer wants to give something back at the door. */

export interface TakingBack {
  readonly delivery: Delivery;
  /** not: the sender's rule; late: the courier is near; ask: what is it?; noted; dropped: nothing, after all */
  readonly answer: "not" | "late" | "ask" | "noted" | "dropped";
  /** What is given back, or what may be. */
  readonly words: string;
}

export function sayTakeBack(speaking: Speaking, talk: Talk, taking: TakingBack): readonly Effect[] {
  const { delivery, answer, words } = taking;
  const values = { ...valuesOf(speaking, delivery), words };
  if (answer === "ask") {
    const text = say(speaking, words === "" ? "takeBack.ask" : "takeBack.ask.rule", values);
    return [ask("takeback", { ...talk, deliveryId: delivery.id, tries: 0 }, text)];
  }
  const options = optionsOf(speaking, [
    answer === "noted" ? ["optionNoTakeBack", "notakeback", delivery.id] : null,
  ]);
  return [
    { do: "say", text: say(speaking, `takeBack.${answer}`, values), ...(options.length > 0 && { options }) },
    { do: "endFlow" },
  ];
}
