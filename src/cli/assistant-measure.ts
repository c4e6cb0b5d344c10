import {
  bytesOf,
  decodeModel,
  type Evaluation,
  type Example,
  encodeModel,
  evaluate,
  predict,
  type TrainOptions,
  train,
  type Verdict,
  verdictOf,
} from "../skills/service/engine/index.ts";

/** What `assistant evaluate` prints. */
export interface Figures extends Evaluation {
  readonly trainCpuSeconds: number;
  readonly predictionsPerCpuSecond: number;
  /** Memory of the loaded model. */
  readonly modelBytes: number;
}

export interface Measured {
  readonly figures: Figures;
  readonly verdicts: readonly Verdict[];
  /** Wall time of single predictions, in milliseconds, not sorted. */
  readonly latencies_ms: readonly number[];
}

/** So much CPU time is measured at least; a clock of 1 to 10 ms says little about fewer predictions. */
const LEAST_SECONDS = 1;
const MOST_ROUNDS = 50;

/** CPU seconds of this process so far, all its threads. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Trains, loads the model as the node does, and predicts every test row. */
export function measureEngine(
  data: { readonly train: readonly Example[]; readonly test: readonly Example[] },
  options: TrainOptions,
): Measured {
  const beforeTraining = cpuSeconds();
  const bytes = encodeModel(train(data.train, options));
  const trainCpuSeconds = cpuSeconds() - beforeTraining;
  const model = decodeModel(bytes);
  const verdicts = data.test.map((row) => verdictOf(row, predict(model, row.text)));
  const latencies_ms = data.test.map(({ text }) => {
    const start = performance.now();
    predict(model, text);
    return performance.now() - start;
  });
  const speed = ratePerCpuSecond(data.test, ({ text }) => void predict(model, text));
  return {
    figures: {
      ...evaluate(verdicts),
      trainCpuSeconds,
      predictionsPerCpuSecond: speed,
      modelBytes: bytesOf(model),
    },
    verdicts,
    latencies_ms,
  };
}

function ratePerCpuSecond(rows: readonly Example[], predictOne: (row: Example) => void): number {
  if (rows.length === 0) return 0;
  const start = cpuSeconds();
  let rounds = 0;
  do {
    for (const row of rows) predictOne(row);
    rounds++;
  } while (cpuSeconds() - start < LEAST_SECONDS && rounds < MOST_ROUNDS);
  return (rounds * rows.length) / (cpuSeconds() - start);
}
