import type { Effect, Option } from "#kernel";
import { handOver } from "./hand-over.ts";
import { type KnownAnswer, type KnownTopic, other, titleOf } from "./knowledge.ts";
import { PERSON_ID, SAY_ID, TOPIC_ID } from "./option-ids.ts";
import { type Decision, type Scene, words } from "./scene.ts";

/** What a topic says in the language of the message. */
export interface TopicWords {
  readonly text: string;
  readonly answer: KnownAnswer | null;
}

/**
 * The topic's answer in the customer's language; in the other one where it is missing, and then it says so; where
 * nobody has written one yet, that is the answer, by the topic's name.
 */
export function wordsOf(scene: Scene, topic: KnownTopic): TopicWords {
  const own = topic.answers[scene.language];
  if (own) return { text: own.text, answer: own };
  const foreign = topic.answers[other(scene.language)];
  if (foreign) return { text: `${words(scene, "otherLanguage")}\n\n${foreign.text}`, answer: foreign };
  const title = titleOf(topic, scene.language);
  return { text: words(scene, "placeholder", { title, label: topic.label }), answer: null };
}

/**
 * Says a topic's answer with its link, picture and buttons, and remembers what it was about. Whoever asks about the same
 * topic again was not helped by these words: a person is offered with them.
 */
export function answerTopic(scene: Scene, topic: KnownTopic): Decision {
  if (topic.isUnfilled) return handOverUnfilled(scene, topic);
  const isRepeated = scene.turn.conversation.topic === topic.intent;
  const { answer } = wordsOf(scene, topic);
  return {
    effects: [sayTopic(scene, topic, { isRepeated }), { do: "remember", topic: topic.intent }],
    asked: topic.intent,
    // "The answer is not written yet" is none.
    ...(answer && { answered: topic.intent }),
  };
}

/** What was meant is clear, the company's own fact is not written yet: a person knows it. */
export function handOverUnfilled(scene: Scene, topic: KnownTopic): Decision {
  return { ...handOver(scene, { reason: "unknown", key: "unfilled" }), asked: topic.intent };
}

/** Both answers, in the order of the questions; the buttons stand under the last. */
export function answerBoth(scene: Scene, first: KnownTopic, second: KnownTopic): Decision {
  const [one, two] = [first, second].map((topic) => sayTopic(scene, topic, { isRepeated: false }));
  const { options: ways = [], ...above } = one as Say;
  const { options: more = [], ...below } = two as Say;
  const options = [...more, ...ways]
    .filter(({ id }, place, all) => all.findIndex((option) => option.id === id) === place)
    .filter(({ id }) => id !== `${TOPIC_ID}${first.intent}` && id !== `${TOPIC_ID}${second.intent}`)
    .slice(0, MOST_BUTTONS);
  return {
    effects: [
      above,
      { ...below, ...(options.length > 0 && { options }) },
      { do: "remember", topic: second.intent },
    ],
    asked: first.intent,
    answered: first.intent,
  };
}

type Say = Extract<Effect, { do: "say" }>;
/** As many as WhatsApp shows as buttons rather than as a list. */
const MOST_BUTTONS = 3;

function sayTopic(scene: Scene, topic: KnownTopic, { isRepeated }: { isRepeated: boolean }): Say {
  const { text, answer } = wordsOf(scene, topic);
  const person = { id: PERSON_ID, title: words(scene, "optionPerson") };
  const own = answer ? optionsOf(answer) : [person];
  const isOffered = own.some(({ id }) => id === PERSON_ID);
  const options = isRepeated && !isOffered ? [...own.slice(0, MOST_BUTTONS - 1), person] : own;
  return {
    do: "say",
    text,
    source: titleOf(topic, scene.language),
    ...(options.length > 0 && { options }),
    ...(answer?.link && { link: answer.link }),
    ...(answer?.fileId && { imageFileId: answer.fileId }),
  };
}

/** An answer in the middle of a flow: without buttons, which would lead away from the question that is still open. */
export function sayBetween(scene: Scene, topic: KnownTopic): Say {
  const { options: _, ...say } = sayTopic(scene, topic, { isRepeated: false });
  return say;
}

export function optionsOf(answer: KnownAnswer): Option[] {
  return answer.options.map(({ title, intent }) => ({
    id: intent === null ? `${SAY_ID}${title}` : `${TOPIC_ID}${intent}`,
    title,
  }));
}
