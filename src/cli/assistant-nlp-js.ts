import type { Nlp as NlpJs } from "@nlpjs/basic";
import {
  type Evaluation,
  type Example,
  evaluate,
  OUT_OF_SCOPE,
  type Verdict,
} from "../skills/service/engine/index.ts";
import { cpuSeconds, type Figures, type Measured } from "./assistant-measure.ts";
import { UsageError } from "./options.ts";

export interface RivalFigures extends Evaluation {
  readonly trainCpuSeconds: number;
  readonly predictionsPerCpuSecond: number;
}

export interface Comparison {
  readonly augenhoehe: Figures;
  readonly "nlp.js": RivalFigures;
  readonly ratios: {
    /** Percentage points. */
    readonly accuracyPoints: number;
    /** Our wrong answers among answers over theirs. */
    readonly wrongAmongAnswered: number;
    /** How many times faster we are, by CPU seconds. */
    readonly training: number;
    readonly prediction: number;
  };
}

/** Runs nlp.js on the same rows in this process. @throws UsageError without the development dependency */
export async function compareWithNlpJs(
  data: { readonly train: readonly Example[]; readonly test: readonly Example[] },
  ours: Measured,
): Promise<Comparison> {
  const locale = looksGerman(data.train) ? "de" : "en";
  const nlp = await openNlpJs(locale);
  for (const { text, intent } of data.train) {
    if (intent !== OUT_OF_SCOPE) nlp.addDocument(locale, text, intent);
  }
  const beforeTraining = cpuSeconds();
  await nlp.train();
  const trainCpuSeconds = cpuSeconds() - beforeTraining;
  const beforeTest = cpuSeconds();
  const verdicts: Verdict[] = [];
  for (const row of data.test) verdicts.push(await judge(nlp, locale, row));
  const predictionsPerCpuSecond = data.test.length / (cpuSeconds() - beforeTest);
  const theirs = { ...evaluate(verdicts), trainCpuSeconds, predictionsPerCpuSecond };
  return { augenhoehe: ours.figures, "nlp.js": theirs, ratios: ratiosOf(ours.figures, theirs) };
}

async function openNlpJs(locale: "de" | "en"): Promise<NlpJs> {
  try {
    const { dockStart } = await import("@nlpjs/basic");
    const quiet = { autoSave: false, log: false, nlu: { log: false }, languages: [locale] };
    const settings = { settings: { nlp: quiet, [`nlu-${locale}`]: { log: false } }, use: ["Basic"] };
    const dock = await dockStart(settings);
    const nlp = dock.get("nlp");
    if (locale === "de") {
      const { LangDe } = await import("@nlpjs/lang-de");
      nlp.container.use(LangDe);
    }
    nlp.addLanguage(locale);
    return nlp;
  } catch (error) {
    throw new UsageError(
      `nlp.js is not installed (${(error as Error).message.split("\n")[0]}). It is a development dependency: npm ci brings it.`,
    );
  }
}

/** nlp.js answers from a score of 0.5 on by default and says "None" below; it offers no choices. */
async function judge(nlp: NlpJs, locale: string, { text, intent }: Example): Promise<Verdict> {
  const { intent: decided, score, classifications } = await nlp.process(locale, text);
  const isAnswered = decided !== "None";
  const best = isAnswered ? decided : classifications?.find((one) => one.intent !== "None")?.intent;
  const confidence = isAnswered ? score : 0;
  return {
    text,
    intent,
    predicted: best ?? "",
    confidence,
    zone: isAnswered ? "answer" : "handover",
    choices: [],
  };
}

function ratiosOf(ours: Figures, theirs: RivalFigures): Comparison["ratios"] {
  return {
    accuracyPoints: 100 * (ours.accuracy - theirs.accuracy),
    wrongAmongAnswered:
      theirs.wrongAmongAnswered === 0 ? 1 : ours.wrongAmongAnswered / theirs.wrongAmongAnswered,
    training: theirs.trainCpuSeconds / ours.trainCpuSeconds,
    prediction: ours.predictionsPerCpuSecond / theirs.predictionsPerCpuSecond,
  };
}

const GERMAN = /\b(ich|nicht|ist|und|wie|das|ein|eine|kann|mein|meine|der|die)\b/i;

function looksGerman(rows: readonly Example[]): boolean {
  return rows.filter(({ text }) => GERMAN.test(text)).length > rows.length / 5;
}
