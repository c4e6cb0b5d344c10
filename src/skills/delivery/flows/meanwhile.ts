import type { Effect } from "#kernel";
import { readAddress } from "../rules/spoken/address.ts";
import { isAnotherMatter, isCourtesy, readAnswer, refuses } from "../rules/spoken/answers.ts";
import { later, type Scene, stay } from "./scene.ts";
import type { Doing } from "./talk.ts";

/**
 * What is written while a timer is at work on the message before: people write in pieces ("Lange Reihe 12" and "20099
 * Hamburg", "Ja" and "bitte").
 * @returns null for what is about something else
 */
export function meanwhile(scene: Scene): readonly Effect[] | null {
  const { busy, text } = scene;
  if (!busy) return null;
  const more = busy.act.do === "find" || busy.act.do === "look" ? takeMore(scene, busy) : null;
  if (more) return more;
  const answer = readAnswer(text);
  // "Ja", and at once "nein, doch nicht": whichever is done first, the other is told how things stand then.
  if (busy.act.do === "book" && (answer === "no" || answer === "stop"))
    return later(scene, busy.talk, { do: "release", deliveryId: busy.act.deliveryId });
  return answer !== null || isCourtesy(text) ? [stay(busy)] : null;
}

/** The rest of an address, or the time that is wished: the one timer that waits takes it along. */
function takeMore(scene: Scene, { talk, act }: Doing): readonly Effect[] | null {
  const { text } = scene;
  if (isAnotherMatter(text)) return null;
  const named = scene.readTime(text);
  const heard = talk.deliveryId === undefined ? readAddress(text, talk.heard) : null;
  if (named && !heard?.postcode && !refuses(text))
    return act.do === "find"
      ? later(scene, { ...talk, wanted: named }, act)
      : later(scene, talk, { do: "look", named });
  if (!heard) return null;
  const wanted = act.do === "look" ? (act.named ?? talk.wanted) : talk.wanted;
  return later(scene, { ...talk, heard, ...(wanted && { wanted }) }, { do: "find" });
}
