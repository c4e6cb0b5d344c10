import type { Effect } from "#kernel";
import { answerTap } from "./afterwards.ts";
import { askPlace } from "./offer.ts";
import { type Tap, type TapAct, tappedPlace } from "./option-ids.ts";
import {
  ask,
  choose,
  freshTalk,
  later,
  optionsOf,
  type Scene,
  type Standing,
  speakingOf,
  words,
} from "./scene.ts";
import { absent, askCancel, atHome, begin, change, leaveThere, neighbour, takeBack } from "./standing.ts";
import type { Talk } from "./talk.ts";
import { valuesOf } from "./words.ts";

/** What was tapped, whenever it was offered: what is gone meanwhile is said where it is done. */

export function tapped(scene: Scene, tap: Tap): readonly Effect[] | null {
  const talk = talkOf(scene);
  if (tap.act === "window") {
    const { deliveryId, window } = tap;
    if (deliveryId > 0) return choose(scene, { ...talk, deliveryId }, window);
    const { deliveryId: _, ...fresh } = talk;
    return choose(scene, fresh, window);
  }
  const standing = scene.known.standing.find(({ id }) => id === tap.id);
  return beside(scene, tap, talk) ?? ofDelivery(scene, tap, { talk, standing });
}

/** What was said before in this matter, without the answers that were not understood. */
function talkOf(scene: Scene): Talk {
  const before = scene.open ?? scene.busy;
  return before ? { ...before.talk, tries: 0 } : freshTalk(scene);
}

/** Taps about no delivery that stands. */
function beside(
  scene: Scene,
  { act, id }: { act: TapAct; id: number },
  talk: Talk,
): readonly Effect[] | null {
  const { deliveryId: _, ...fresh } = talk;
  switch (act) {
    case "windows":
      return later(scene, fresh, { do: "look" });
    case "more": {
      const after = talk.shown?.at(-1)?.earliestAt;
      return later(scene, talk, { do: "look", ...(after !== undefined && { after }) });
    }
    case "address": {
      const { where: _where, heard: _heard, shown: _shown, pin: _pin, ...bare } = fresh;
      return [ask("address", bare, words(scene, "askNewAddress"))];
    }
    case "place": {
      const { places = [], ...placed } = fresh;
      const where = tappedPlace(places, id);
      if (where) return later(scene, { ...placed, where }, { do: "look" });
      // A button of an older list: the one that stands is shown once more.
      return places.length > 0 ? [askPlace(speakingOf(scene), fresh, places)] : begin(scene);
    }
    case "good":
    case "bad":
      return answerTap(scene, act, id);
    default:
      return null;
  }
}

function ofDelivery(
  scene: Scene,
  { act, id }: { act: TapAct; id: number },
  { talk, standing }: { talk: Talk; standing: Standing | undefined },
): readonly Effect[] {
  const of: Talk = { ...talk, deliveryId: id };
  // A hold that is over may be booked all the same, if its window is still free: the plan says.
  if (act === "book") return later(scene, of, { do: "book", deliveryId: id });
  if (act === "release") return later(scene, of, { do: "release", deliveryId: id });
  if (act === "reallycancel") return later(scene, of, { do: "cancel", deliveryId: id });
  if (!standing) {
    const options = optionsOf(speakingOf(scene), [["optionLook", "windows"]]);
    return [{ do: "say", text: words(scene, "nothingPromised"), options }, { do: "endFlow" }];
  }
  if (act === "change" || act === "another") return change(scene, standing);
  if (act === "neighbour") return neighbour(scene, standing);
  if (act === "takeback") return takeBack(scene, standing);
  if (act === "notakeback")
    return later(scene, of, { do: "takeBack", deliveryId: id, words: "", isDropped: true });
  if (act === "leave") return leaveThere(scene, standing);
  if (act === "cancel") return askCancel(scene, standing);
  if (act === "absent") return absent(scene, standing);
  if (act === "here") return atHome(scene, standing);
  const values = valuesOf(speakingOf(scene, standing.timeZone), standing);
  return [{ do: "say", text: words(scene, "kept", values) }, { do: "endFlow" }];
}
