import type { Effect } from "#kernel";
import { askToDescribe } from "./choices.ts";
import { titleOf } from "./knowledge.ts";
import { PERSON_ID, TOPIC_ID } from "./option-ids.ts";
import { type Decision, type Scene, words } from "./scene.ts";

const MOST_QUESTIONS = 3;

const DECLINES = /^(?:nein|nee|ne|no|nope)(?:,)? (?:vielen |lieben )?(?:danke|dank|thanks|thank you)/;

/** Answers to what is no question: a greeting, thanks, a yes or no to nothing in particular. */
export function answerCourtesy(scene: Scene): Decision | null {
  switch (scene.request) {
    case "greeting":
      return greet(scene);
    case "thanks":
      return { effects: [{ do: "say", text: words(scene, "thanks") }] };
    case "goodbye":
      return { effects: [{ do: "say", text: words(scene, "goodbye") }] };
    case "who":
      return sayWho(scene);
    case "yes":
      return { effects: [{ do: "say", text: words(scene, "acknowledged") }] };
    case "no":
      // "Nein danke" declines what was offered; only a bare no says that the answer did not help.
      if (DECLINES.test(scene.bare)) return { effects: [{ do: "say", text: words(scene, "acknowledged") }] };
      return { ...askToDescribe(scene, "notHelped"), notHelped: true };
    default:
      return null;
  }
}

/** Whoever asks is told that a machine answers, and offered a person. */
function sayWho(scene: Scene): Decision {
  const options = [{ id: PERSON_ID, title: words(scene, "optionPerson") }];
  return { effects: [{ do: "say", text: words(scene, "who"), options }] };
}

/** The company's own greeting, with what is asked most. */
export function greet(scene: Scene): Decision {
  const { turn, language, knowledge } = scene;
  const options = knowledge.mostAsked.slice(0, MOST_QUESTIONS).map((topic) => ({
    id: `${TOPIC_ID}${topic.intent}`,
    title: titleOf(topic, language),
  }));
  const say: Effect = { do: "say", text: turn.tenant.greeting[language] || words(scene, "greeting") };
  return { effects: [options.length > 0 ? { ...say, options } : say] };
}
