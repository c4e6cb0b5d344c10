import type { Option } from "#kernel";
import { spokenClock, spokenDay, windowTitle } from "../rules/spoken/spoken-window.ts";
import type { AfterFailure } from "../tables.ts";
import { windowId } from "./option-ids.ts";
import { optionsOf } from "./scene.ts";
import { type Priced, price, type Speaking, say } from "./words.ts";

/** What is said after a vain attempt, and the question afterwards. */

/** An attempt that came to nothing. */
export interface Vain {
  readonly id: number;
  /** `not_recorded`: nobody came. */
  readonly outcome: "not_there" | "refused" | "not_recorded";
  /** ms */
  readonly endedAt: number;
  readonly next: AfterFailure | null;
  /** Where it can be fetched, and until which day (ms). */
  readonly depotName: string;
  readonly collectUntil: number;
  /** To whom it goes back. */
  readonly senderName: string;
  /** For another attempt; empty where none is free or none is offered. */
  readonly windows: readonly Priced[];
}

export interface Words {
  readonly text: string;
  readonly options: readonly Option[];
}

/** So many fit into the buttons of every messenger. */
export const MOST_WINDOWS = 3;

export function vainWords(speaking: Speaking, one: Vain): Words {
  const happened = say(speaking, `end.${one.outcome}`, { at: spokenClock(speaking, one.endedAt) });
  const offered = one.next === "another_window" ? one.windows.slice(0, MOST_WINDOWS) : [];
  const options = offered.map((window) => ({
    id: windowId(window, one.id),
    title: windowTitle(speaking, window),
    description: price(speaking, window.priceMinor, window.currency),
  }));
  return { text: `${happened} ${nextWords(speaking, one, options.length > 0)}`, options };
}

function nextWords(speaking: Speaking, one: Vain, isOffered: boolean): string {
  if (one.next === "another_window") return say(speaking, isOffered ? "end.again" : "end.noWindow");
  if (one.next === "collect" && one.depotName !== "")
    return say(speaking, "end.collect", {
      place: one.depotName,
      day: spokenDay(speaking, one.collectUntil),
    });
  return say(speaking, "end.return", { sender: one.senderName });
}

/** The one question of the next morning. */
export function questionWords(speaking: Speaking, deliveryId: number): Words {
  return {
    text: say(speaking, "askWell"),
    options: optionsOf(speaking, [
      ["optionGood", "good", deliveryId],
      ["optionBad", "bad", deliveryId],
    ]),
  };
}
