import type { Judged } from "./calibration.ts";
import { type Corpus, readCorpus } from "./corpus.ts";
import { readEvidence, type TopScores } from "./evidence.ts";
import type { Lesson } from "./examples.ts";
import { divideIntents, divideTexts } from "./folds.ts";
import {
  type Border,
  callHeldOut,
  callStrangers,
  type Jury,
  type Partition,
  scoreHeldOut,
} from "./held-out.ts";
import type { Space } from "./vector.ts";

/** Fewer messages outside all topics than this say too little about the next one. */
const ENOUGH_STRANGERS = 30;
/** The share of messages that belong to no topic, as the thresholds suppose it, where such messages were given. */
const STRANGER_SHARE = 0.1;
/**
 * The same where left-out topics stand in for them. Lower, because a neighbouring topic is the hardest stranger there
 * is: at 0.1 a bank's bot answered 63 % instead of 80 % of its questions, 0.9 % of them wrong at a limit of 3 %.
 */
const LEFT_OUT_SHARE = 0.03;
/** So many texts of left-out topics are judged at most; more only take time. */
const MAX_LEFT_OUT = 2_500;

/** Cross-validation that goes along with training: every message is judged by borders that have not seen it. */
export interface Trial {
  readonly lesson: Lesson;
  readonly byText: Partition;
  readonly texts: Jury;
  readonly byTopic: Partition;
  /** Messages outside all topics: those given, else examples of topics that their judge does not know. */
  readonly strangers: Jury;
  readonly hasRealStrangers: boolean;
}

export function openTrial(lesson: Lesson, space: Space, corpus: Corpus): Trial {
  const choice = { features: space.idf.length, count: lesson.examples, limit: MAX_LEFT_OUT };
  const byText = divideTexts(lesson);
  const byTopic = divideIntents(lesson);
  const hasRealStrangers = lesson.strangers.length >= ENOUGH_STRANGERS;
  const strangers = hasRealStrangers
    ? callStrangers(readCorpus(space, lesson.strangers), byText.groups)
    : callHeldOut(corpus, byTopic, choice);
  const texts = callHeldOut(corpus, byText, { ...choice, limit: Number.POSITIVE_INFINITY });
  return { lesson, byText, texts, byTopic, strangers, hasRealStrangers };
}

/** Lets one intent's border judge every message; to be called for each intent. */
export function hear(trial: Trial, border: Border): void {
  if (trial.hasRealStrangers) {
    scoreHeldOut(border, trial.byText, [trial.texts, trial.strangers]);
  } else {
    scoreHeldOut(border, trial.byText, [trial.texts]);
    scoreHeldOut(border, trial.byTopic, [trial.strangers]);
  }
}

/** What came out: the examples in the lesson's order, then the strangers, weighted to their share. */
export function closeTrial(trial: Trial): Judged[] {
  const { lesson, byText, texts, strangers } = trial;
  const examples = lesson.texts.slice(0, lesson.examples).map((_, text): Judged => {
    const label = lesson.labels[text] as number;
    const listed = texts.top.intents.subarray(3 * text, 3 * text + 3);
    return {
      evidence: evidenceOf(texts, text),
      isFirstRight: listed[0] === label,
      isListed: listed.includes(label),
      weight: 1,
      fold: byText.groupOf[text] as number,
    };
  });
  const judges = strangers.members.flatMap((messages) => [...messages]);
  const share = trial.hasRealStrangers ? STRANGER_SHARE : LEFT_OUT_SHARE;
  const weight = (examples.length * share) / (1 - share) / judges.length;
  return examples.concat(
    judges.map((message) => ({
      evidence: evidenceOf(strangers, message),
      isFirstRight: false,
      isListed: false,
      weight,
      fold: message % byText.groups,
    })),
  );
}

function evidenceOf(jury: Jury, message: number): Float64Array {
  const top: TopScores = jury.top;
  const known = jury.known[message] as number;
  return readEvidence(top, 3 * message, { known, words: jury.words[message] as number });
}
