import type { Effect, Option } from "#kernel";
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

/** Says a topic's answer with its link, picture and buttons, and remembers what it was about. */
export function answerTopic(scene: Scene, topic: KnownTopic): Decision {
  const { text, answer } = wordsOf(scene, topic);
  const options = answer ? optionsOf(answer) : [{ id: PERSON_ID, title: words(scene, "optionPerson") }];
  const say: Effect = {
    do: "say",
    text,
    source: titleOf(topic, scene.language),
    ...(options.length > 0 && { options }),
    ...(answer?.link && { link: answer.link }),
    ...(answer?.fileId && { imageFileId: answer.fileId }),
  };
  return {
    effects: [say, { do: "remember", topic: topic.intent }],
    asked: topic.intent,
    answered: topic.intent,
  };
}

export function optionsOf(answer: KnownAnswer): Option[] {
  return answer.options.map(({ title, intent }) => ({
    id: intent === null ? `${SAY_ID}${title}` : `${TOPIC_ID}${intent}`,
    title,
  }));
}
