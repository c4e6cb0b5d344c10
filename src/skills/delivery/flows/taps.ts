import type { Effect } from "#kernel";
import { answerTap } from "./afterwards.ts";
import type { Tap, TapAct } from "./option-ids.ts";
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
import { absent, askCancel, begin, change, neighbour } from "./standing.ts";
import type { Talk } from "./talk.ts";
import { valuesOf } from "./words.ts";

/** What was tapped, whenever it was offered: what is gone meanwhile is said where it is done. */

export function tapped(scene: Scene, tap: Tap): readonly Effect[] | null {
  const talk = talkOf(scene);
  if (tap.act === "window") {
    if (tap.deliveryId > 0)
      return [
        later(
          scene,
          { ...talk, deliveryId: tap.deliveryId },
          {
            do: "move",
            deliveryId: tap.deliveryId,
            window: tap.window,
          },
        ),
      ];
    const { deliveryId: _, ...fresh } = talk;
    return choose(scene, fresh, tap.window);
  }
  const standing = scene.known.standing.find(({ id }) => id === tap.id);
  return beside(scene, tap, talk) ?? ofDelivery(scene, tap, { talk, standing });
}

/** What was said before in this matter, without the answers that were not understood. */
function talkOf({ open, ...scene }: Scene): Talk {
  return open ? { ...open.talk, tries: 0 } : freshTalk({ ...scene, open: null });
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
      return [later(scene, fresh, { do: "look" })];
    case "more": {
      const after = talk.shown?.at(-1)?.earliestAt;
      return [later(scene, talk, { do: "look", ...(after !== undefined && { after }) })];
    }
    case "address": {
      const { where: _where, heard: _heard, shown: _shown, pin: _pin, ...bare } = fresh;
      return [ask("address", bare, words(scene, "askNewAddress"))];
    }
    case "place": {
      const where = talk.places?.[id];
      const { places: _places, ...placed } = fresh;
      return where ? [later(scene, { ...placed, where }, { do: "look" })] : begin(scene);
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
  if (act === "book") return [later(scene, of, { do: "book", deliveryId: id })];
  if (act === "release") return [later(scene, of, { do: "release", deliveryId: id }), { do: "endFlow" }];
  if (act === "reallycancel") return [later(scene, of, { do: "cancel", deliveryId: id }), { do: "endFlow" }];
  if (!standing) {
    const options = optionsOf(speakingOf(scene), [["optionLook", "windows"]]);
    return [{ do: "say", text: words(scene, "nothingPromised"), options }, { do: "endFlow" }];
  }
  if (act === "change") return change(scene, standing);
  if (act === "neighbour") return neighbour(scene, standing);
  if (act === "cancel") return askCancel(scene, standing);
  if (act === "absent") return absent(scene, standing);
  if (act === "here") return [{ do: "say", text: words(scene, "here") }];
  const values = valuesOf(speakingOf(scene, standing.timeZone), standing);
  return [{ do: "say", text: words(scene, "kept", values) }, { do: "endFlow" }];
}
