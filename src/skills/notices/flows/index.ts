import type { Effect, FlowState, Turn } from "#kernel";
import { describeTopic, titleOf } from "../rules/describe.ts";
import { readStart } from "../rules/entry.ts";
import { wordsOf } from "../rules/fold.ts";
import { ANY_TIME, type Rhythm } from "../rules/rhythm.ts";
import { type KnownTopic, readWish } from "../rules/wish.ts";
import {
  END_ID,
  FLOW,
  inLanguage,
  later,
  type Making,
  NO_ID,
  type Scene,
  say,
  sceneOf,
  TOPIC_ID,
  YES_ID,
} from "./scene.ts";
import { agree, chooseTopic, offerTopics, readValue } from "./subscribe.ts";

const YES = / (?:ja|yes|ok|okay|gern|gerne|einverstanden|abonnieren|subscribe|sure) /;
const NO = / (?:nein|no|nicht|lieber nicht|abbrechen|cancel) /;
const ANSWER_MOST_CHARACTERS = 40;
/** Ids of buttons whose title is what the customer says (the service skill's SAY_ID). */
const SAID = "say:";

/**
 * What this skill says to a message; pure.
 * @param topics those of the company that anybody may subscribe to
 * @returns null when the message is about something else
 */
export function decideTurn(turn: Turn, topics: readonly KnownTopic[]): readonly Effect[] | null {
  // A late message moves nothing: the customer has said something else since.
  if (turn.late) return null;
  const scene = sceneOf(turn, topics);
  const effects = tapped(scene) ?? continued(scene) ?? wished(scene);
  return effects && inLanguage(scene, effects);
}

/** An option of ours, whenever it was offered. */
function tapped(scene: Scene): readonly Effect[] | null {
  const { content } = scene.turn.message;
  if (content.type !== "choice") return null;
  if (content.id.startsWith(TOPIC_ID)) {
    const topic = topicOf(scene, Number(content.id.slice(TOPIC_ID.length)));
    return topic ? chooseTopic(scene, topic, { values: [] }) : offerTopics(scene);
  }
  if (content.id.startsWith(END_ID))
    return [
      later(scene, "notices_end", {
        subscriptionId: Number(content.id.slice(END_ID.length)),
        language: scene.language,
      }),
    ];
  return null;
}

function continued(scene: Scene): readonly Effect[] | null {
  const { flow } = scene.turn.conversation;
  if (flow?.skill !== "notices" || flow.flow !== FLOW) return null;
  if (flow.step === "topic") return typedTopic(scene);
  const making = makingOf(flow);
  const topic = topicOf(scene, making.topicId);
  if (!topic) return null;
  if (flow.step === "choose") return readValue(scene, topic, making);
  const { content } = scene.turn.message;
  const isShort = scene.turn.message.text.length <= ANSWER_MOST_CHARACTERS;
  const isYes =
    content.type === "choice"
      ? content.id === YES_ID
      : isShort && YES.test(scene.words) && !NO.test(scene.words);
  const isNo = content.type === "choice" ? content.id === NO_ID : isShort && NO.test(scene.words);
  // What is agreed to are the words that were shown, so their language stays.
  const shown = { ...scene, language: flow.data.language === "en" ? ("en" as const) : ("de" as const) };
  if (isYes) return agree(shown, topic, making);
  return isNo ? [{ do: "say", text: say(shown, "notSubscribed") }] : null;
}

/** A title typed, or its number in the list. */
function typedTopic(scene: Scene): readonly Effect[] | null {
  const { topics, words, turn } = scene;
  const number = /^ (\d{1,2}) $/.exec(words)?.[1];
  const topic = number
    ? topics[Number(number) - 1]
    : topics.find((one) => [one.title.de, one.title.en, one.slug].some((name) => wordsOf(name) === words));
  if (topic) return chooseTopic(scene, topic, { values: [] });
  return turn.message.content.type === "choice" ? null : wished(scene);
}

function wished(scene: Scene): readonly Effect[] | null {
  const { turn, topics, language } = scene;
  const { content } = turn.message;
  // A button that says something for the customer counts as said; every other tap belongs to who offered it.
  if (content.type !== "text" && !(content.type === "choice" && content.id.startsWith(SAID))) return null;
  const linked = readStart(turn.message.text, topics);
  if (linked) return chooseTopic(scene, linked, { values: [] });
  const wish = readWish(turn.message.text, topics);
  if (!wish) return null;
  if (wish.kind === "topics") return offerTopics(scene);
  if (wish.kind === "list") return [later(scene, "notices_list", { language })];
  if (wish.kind === "subscribe") return chooseTopic(scene, wish.topic, wish);
  if (!wish.topic) return [later(scene, "notices_list", { language })];
  const topic =
    wish.values.length > 0 ? describeTopic(wish.topic, wish.values, language) : titleOf(wish.topic, language);
  return [
    { do: "say", text: say(scene, "ended", { topic }) },
    later(scene, "notices_end", { topicId: wish.topic.id, values: wish.values, language }),
  ];
}

function topicOf({ topics }: Scene, id: number): KnownTopic | undefined {
  return topics.find((topic) => topic.id === id);
}

/** What stands in the conversation was written by us, perhaps by an older version. */
function makingOf({ data }: FlowState): Making {
  const { topicId, values, rhythm, tries } = data;
  return {
    topicId: Number(topicId),
    values: Array.isArray(values) ? values.map(String) : [],
    rhythm: { ...ANY_TIME, ...(rhythm as Partial<Rhythm> | undefined) },
    tries: Number(tries) || 0,
  };
}
