import type { Judged } from "./calibration.ts";
import { type Corpus, readCorpus } from "./corpus.ts";
import { CHOICES, readEvidence, TOP } from "./evidence.ts";
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
import { SMALL_TALK } from "./small-talk.ts";
import type { Space } from "./vector.ts";

/** Fewer messages outside all topics than this say too little about the next one. */
const ENOUGH_STRANGERS = 30;
/** The share of messages that belong to no topic, as the thresholds suppose it, where such messages were given. */
const STRANGER_SHARE = 0.1;
/** The shares that stand in for them: what anybody writes to any company, and topics left out on trial. */
const SMALL_TALK_SHARE = 0.05;
/**
 * Low, because a neighbouring topic is the hardest stranger there is: at 0.1 a bank's bot answered 63 % instead of 80 %
 * of its questions, 0.9 % of them wrong at a limit of 3 %.
 */
const LEFT_OUT_SHARE = 0.03;
/** So many texts of left-out topics are judged at most; more only take time. */
const MAX_LEFT_OUT = 2_500;

/** Messages outside all topics, and their share of what a customer writes. */
interface Strangers {
  readonly jury: Jury;
  readonly partition: Partition;
  readonly share: number;
}

/** Cross-validation that goes along with training: every message is judged by borders that have not seen it. */
export interface Trial {
  readonly lesson: Lesson;
  readonly byText: Partition;
  readonly texts: Jury;
  readonly strangers: readonly Strangers[];
}

export function openTrial(lesson: Lesson, space: Space, corpus: Corpus): Trial {
  const choice = { features: space.idf.length, count: lesson.examples, limit: MAX_LEFT_OUT };
  const byText = divideTexts(lesson);
  const byTopic = divideIntents(lesson);
  const foreign = (texts: readonly string[], share: number): Strangers => ({
    jury: callStrangers(readCorpus(space, texts), byText.groups),
    partition: byText,
    share,
  });
  const hasOwn = lesson.strangers.length >= ENOUGH_STRANGERS;
  return {
    lesson,
    byText,
    texts: callHeldOut(corpus, byText, { ...choice, limit: Number.POSITIVE_INFINITY }),
    strangers: [
      foreign([...SMALL_TALK, ...lesson.strangers], hasOwn ? STRANGER_SHARE : SMALL_TALK_SHARE),
      { jury: callHeldOut(corpus, byTopic, choice), partition: byTopic, share: LEFT_OUT_SHARE },
    ],
  };
}

/** Lets one intent's border judge every message; to be called for each intent. */
export function hear(trial: Trial, border: Border): void {
  const { byText, texts, strangers } = trial;
  const together = strangers.filter(({ partition }) => partition === byText);
  scoreHeldOut(border, byText, [texts, ...together.map(({ jury }) => jury)]);
  for (const { jury, partition } of strangers) {
    if (partition !== byText) scoreHeldOut(border, partition, [jury]);
  }
}

/** What came out: the examples in the lesson's order, then the strangers, weighted to their share. */
export function closeTrial(trial: Trial): Judged[] {
  const { lesson, byText, texts } = trial;
  const examples = lesson.texts.slice(0, lesson.examples).map((_, text): Judged => {
    const label = lesson.labels[text] as number;
    const listed = texts.top.intents.subarray(TOP * text, TOP * text + CHOICES);
    return {
      evidence: evidenceOf(texts, text),
      isFirstRight: listed[0] === label,
      isListed: listed.includes(label),
      weight: 1,
      fold: byText.groupOf[text] as number,
    };
  });
  return [...examples, ...trial.strangers.flatMap((strangers) => judgeStrangers(strangers, examples.length))];
}

function judgeStrangers({ jury, share }: Strangers, examples: number): Judged[] {
  const messages = jury.members.flatMap((group) => [...group]);
  const weight = (examples * share) / (1 - share) / messages.length;
  return messages.map((message) => ({
    evidence: evidenceOf(jury, message),
    isFirstRight: false,
    isListed: false,
    weight,
    fold: message % jury.members.length,
  }));
}

function evidenceOf(jury: Jury, message: number): Float64Array {
  const known = jury.known[message] as number;
  return readEvidence(jury.top, TOP * message, { known, words: jury.words[message] as number });
}
