import { findEntities, fold, tokens } from "../rules/index.ts";
import { answerTopic, wordsOf } from "./answer.ts";
import { offer } from "./choices.ts";
import type { KnownTopic } from "./knowledge.ts";
import type { Decision, Scene } from "./scene.ts";

const MOST_WORDS = 8;
/** How a question that leans on the last one begins. */
const LEANING =
  /^(?:ok |okay |ja |gut |danke |super |thanks |yes |und |aber |oder |and |but |or )*(?:(?:was ist|wie ist es|wie sieht es(?: aus)?|wie schaut es(?: aus)?|wie siehts(?: aus)?|gilt das(?: auch)?|geht das(?: auch)?|what about|how about|does that(?: also)?(?: apply| go)?|is that(?: also)?(?: the same| true)?)(?: mit| am| an| in| fuer| on| in| for| at| with)?|und|aber|oder|and|but|or|auch|also)(?: |$)/;
/** Words that name nothing of their own. */
const EMPTY = new Set(
  "am an im in der die das dem den des ein eine einen einem auch noch mit fuer zu zum zur bei auf es ist denn so dann the a an on at for in is it that also with to of and und oder or aber but aus was wie sieht about what how".split(
    " ",
  ),
);
const STEM = 5;

/**
 * "Und am Sonntag?" after an answer: taken as the last topic's where nothing else is named than a day, a place, a line or
 * one word, and where the topic's answer speaks of it; then the sentences that do are the answer. Where the answer says
 * nothing of it the customer is asked, because it may be a new matter.
 * @returns null when the message stands on its own
 */
export function followUp(scene: Scene): Decision | null {
  const topic = scene.knowledge.topics.get(scene.turn.conversation.topic ?? "");
  const leaning = LEANING.exec(`${scene.bare} `);
  if (!topic || !leaning || scene.bare.split(" ").length > MOST_WORDS) return null;
  const named = scene.bare
    .slice(leaning[0].trimEnd().length)
    .split(" ")
    .filter((word) => word !== "" && !EMPTY.has(word));
  if (named.length === 0 || !isBare(scene, named)) return null;
  const sentences = sentencesAbout(wordsOf(scene, topic).text, named);
  if (sentences.length === 0) return offer(scene, [topic]);
  return answerWith(scene, topic, sentences);
}

/** One word, or nothing but what is found as a date, a place and the like. */
function isBare(scene: Scene, named: readonly string[]): boolean {
  if (named.length === 1) return true;
  const { turn, knowledge } = scene;
  const context = {
    now: new Date(turn.now),
    timeZone: turn.tenant.timeZone,
    orderStyle: knowledge.orderStyle,
  };
  const found = findEntities(scene.text, context).map(({ start, end }) => scene.text.slice(start, end));
  const covered = new Set(found.flatMap((one) => tokens(fold(one))));
  return named.every((word) => covered.has(word));
}

/** "sonntags" is about "Sonntag": the first letters count. */
function sentencesAbout(answer: string, named: readonly string[]): string[] {
  const stems = named.filter((word) => word.length > 2).map((word) => word.slice(0, STEM));
  const sentences = answer.split(/(?<=[.!?])\s+(?=\p{Lu})|\n+/u).filter((sentence) => sentence.trim() !== "");
  return sentences.filter((sentence) => {
    const said = tokens(fold(sentence));
    return stems.length > 0 && stems.some((stem) => said.some((word) => word.startsWith(stem)));
  });
}

function answerWith(scene: Scene, topic: KnownTopic, sentences: readonly string[]): Decision {
  const decision = answerTopic(scene, topic);
  const text = sentences.join(" ");
  const effects = decision.effects.map((effect) => (effect.do === "say" ? { ...effect, text } : effect));
  return { ...decision, effects };
}
