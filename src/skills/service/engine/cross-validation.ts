import { type Corpus, readCorpus } from "./corpus.ts";
import { type Familiarity, keepTop, newTopScores, TOP, type TopScores } from "./evidence.ts";
import { familiarityIn } from "./familiarity.ts";
import { divideTexts, divideTopics, type Partition } from "./folds.ts";
import { type Borders, type Problem, type Solution, scoreAll, solveWithout } from "./joint-svm.ts";
import { type Lesson, QUESTION } from "./lesson.ts";
import { logRatios } from "./naive-bayes.ts";
import { estrange } from "./strange-texts.ts";
import type { Space } from "./vector.ts";

/** Messages as models judged them that had not seen them. */
export interface Jury {
  readonly top: TopScores;
  readonly familiar: readonly Familiarity[];
  /** Further signs of trust by `signsOf`; undefined for a message that has none. */
  readonly signs?: readonly (readonly number[] | undefined)[];
}

/** What cross-validation found out. */
export interface CrossValidation {
  readonly partition: Partition;
  /** How much naive Bayes counts beside the borders. */
  readonly blend: number;
  /** All texts of the lesson; hints and names are not judged. */
  readonly texts: Jury;
  /** Texts of topics that the judging model did not know, and which. */
  readonly leftOut: Jury;
  readonly leftOutTexts: readonly number[];
}

interface Setting {
  readonly lesson: Lesson;
  readonly problem: Problem;
  readonly solution: Solution;
  readonly features: number;
}

/** What naive Bayes may count; which, is chosen by the held-out texts. */
const BLENDS = [0, 0.03, 0.06];
/** So many texts of left-out topics are judged at most; more only take time. */
const MAX_LEFT_OUT = 1_500;
/** With fewer topics than this, those that stay say nothing about those that are left out. */
const LEAST_TOPICS = 9;

export function crossValidate(setting: Setting): CrossValidation {
  const { lesson, problem, features } = setting;
  const partition = divideTexts(lesson);
  const strange = estrange(problem.corpus, partition, features);
  const tops = BLENDS.map(() => newTopScores(problem.corpus.size));
  for (let group = 0; group < partition.groups; group++) {
    const members = membersOf(partition, group);
    const judge = judgeWithout(setting, partition, group);
    for (const text of members) {
      const scores = judge(strange.corpus, text);
      BLENDS.forEach((blend, index) => {
        keepTop(tops[index] as TopScores, text, scores(blend));
      });
    }
  }
  const hits = tops.map((top) => countHits(lesson, top));
  const best = hits.indexOf(Math.max(...hits));
  const blend = BLENDS[best] as number;
  return {
    partition,
    blend,
    texts: { top: tops[best] as TopScores, familiar: strange.familiar },
    ...leaveTopicsOut(setting, blend),
  };
}

function countHits(lesson: Lesson, top: TopScores): number {
  let hits = 0;
  for (let text = 0; text < lesson.examples; text++) {
    if (top.topics[TOP * text] === lesson.labels[text]) hits++;
  }
  return hits;
}

function leaveTopicsOut(setting: Setting, blend: number): Pick<CrossValidation, "leftOut" | "leftOutTexts"> {
  const { lesson, problem, features } = setting;
  const partition = divideTopics(lesson);
  const strange = estrange(problem.corpus, partition, features);
  const top = newTopScores(problem.corpus.size);
  const leftOutTexts: number[] = [];
  if (lesson.intents.length < LEAST_TOPICS)
    return { leftOut: { top, familiar: strange.familiar }, leftOutTexts };
  const every = Math.max(1, Math.ceil(lesson.examples / MAX_LEFT_OUT));
  const topicGroup = new Int32Array(lesson.intents.length);
  lesson.labels.forEach((label, text) => {
    if (label < lesson.intents.length) topicGroup[label] = partition.groupOf[text] as number;
  });
  for (let group = 0; group < partition.groups; group++) {
    const judge = judgeWithout(setting, partition, group);
    for (const text of membersOf(partition, group)) {
      if (lesson.kinds[text] !== QUESTION || text % every !== 0) continue;
      keepTop(top, text, judge(strange.corpus, text)(blend), (topic) => topicGroup[topic] === group);
      leftOutTexts.push(text);
    }
  }
  return { leftOut: { top, familiar: strange.familiar }, leftOutTexts };
}

function membersOf({ groupOf }: Partition, group: number): number[] {
  const members: number[] = [];
  groupOf.forEach((one, text) => {
    if (one === group) members.push(text);
  });
  return members;
}

/** Scores by a model without a group's texts: the borders', with naive Bayes added to taste. */
function judgeWithout({ problem, solution, features }: Setting, { groupOf }: Partition, group: number) {
  const isLeft = (text: number) => groupOf[text] !== group;
  const borders = solveWithout(problem, solution, isLeft);
  const { topics } = borders;
  const ratios: Borders = {
    weights: logRatios(problem, { features, topics }, isLeft),
    constants: new Float32Array(topics),
    topics,
  };
  const own = new Float32Array(topics);
  const likely = new Float32Array(topics);
  const mixed = new Float32Array(topics);
  return (corpus: Corpus, text: number) => {
    scoreAll(corpus, borders, text, own);
    scoreAll(corpus, ratios, text, likely);
    return (blend: number): Float32Array => {
      for (let topic = 0; topic < topics; topic++) {
        mixed[topic] = (own[topic] as number) + blend * (likely[topic] as number);
      }
      return mixed;
    };
  };
}

/** Messages that were not trained on, judged by the model itself. */
export function judgeMessages(space: Space, borders: Borders, texts: readonly string[]): Jury {
  const corpus = readCorpus(space, texts);
  const top = newTopScores(texts.length);
  const scores = new Float32Array(borders.topics);
  const familiar = texts.map((_, text) => {
    scoreAll(corpus, borders, text, scores);
    keepTop(top, text, scores);
    return familiarityIn(corpus, text);
  });
  return { top, familiar };
}
