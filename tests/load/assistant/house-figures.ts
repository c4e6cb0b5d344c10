import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cpuSeconds } from "../../../src/cli/assistant-measure.ts";
import {
  decodeModel,
  encodeModel,
  type Model,
  predict,
  train,
} from "../../../src/skills/service/engine/index.ts";
import { hours, knowDemo, readQuestions, turnOf } from "../../../src/skills/service/fixtures/hansekontor.ts";
import { decide } from "../../../src/skills/service/flows/index.ts";
import type { Figure } from "../dialogue/figure.ts";
import { areSetsHere, readSet } from "./sets.ts";

/** Figures that the house asks for beside those of the sets. */

const LOADS = 15;
const ROUNDS = 15;
const run = promisify(execFile);

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

function cpuMs(work: () => void): number {
  const before = cpuSeconds();
  work();
  return 1_000 * (cpuSeconds() - before);
}

/** As the node loads it: bytes from the database, checksum, first prediction with a mistyped word, which opens the speller. */
function load(bytes: Uint8Array): Model {
  const model = decodeModel(bytes.slice());
  predict(model, "how do i transfr mony to anothr acount");
  return model;
}

export const loading: Figure = {
  name: "loading",
  title: "Loading a model of 15,000 x 150 until its first prediction, CPU ms (median of 15); its bytes",
  goal: "< 200 ms",
  async measure() {
    if (!areSetsHere()) return missing;
    const bytes = encodeModel(train(readSet("clinc150/train.csv"), { seed: 1 }));
    const spent = Array.from({ length: LOADS }, () => cpuMs(() => load(bytes)));
    const ms = median(spent);
    return {
      measured: `${ms.toFixed(0)} ms; ${(bytes.byteLength / 1e6).toFixed(1)} MB`,
      meets: ms < 200,
      values: { ms, highest_ms: Math.max(...spent), bytes: bytes.byteLength },
      notes: [],
    };
  },
};

export const large: Figure = {
  name: "large",
  title: "Training 50,000 x 150: CPU seconds; highest memory of the process",
  goal: "within the thread's limit of 1,024 MB of heap",
  async measure() {
    if (!areSetsHere()) return missing;
    const script = fileURLToPath(new URL("./large-training.ts", import.meta.url));
    const { stdout } = await run(process.execPath, [script]);
    const result = JSON.parse(stdout) as { cpuSeconds: number; highestMegabytes: number };
    return {
      measured: `${result.cpuSeconds.toFixed(0)} s; ${result.highestMegabytes.toFixed(0)} MB`,
      // A thread that passes its limit ends, and the script with it.
      meets: true,
      values: result,
      notes: ["CLINC150's rows and mistyped copies of them; typed arrays do not count as heap"],
    };
  },
};

/** Bare questions, framed as in a mail, and with an order number before them. */
const FRAMES = [
  "%",
  "Hallo liebes Team, %\n\nViele Grüße\nAnna Muster",
  "%",
  "Guten Tag, es geht um HK-20417. %",
];

export const deciding: Figure = {
  name: "deciding",
  title:
    "The whole first level's decision on a message (demo company), CPU microseconds, median of 15 rounds",
  goal: "",
  async measure() {
    const known = knowDemo();
    const turns = readQuestions().map(({ text, language }, n) =>
      turnOf({ text: (FRAMES[n % FRAMES.length] as string).replace("%", text), language }),
    );
    const round = () => {
      for (const turn of turns) decide(turn, known, hours);
    };
    for (let n = 0; n < 3; n++) round();
    const spent = Array.from({ length: ROUNDS }, () => (1_000 * cpuMs(round)) / turns.length);
    return {
      measured: `${median(spent).toFixed(0)} us`,
      meets: null,
      values: { median_us: median(spent), lowest_us: Math.min(...spent), messages: turns.length },
      notes: [],
    };
  },
};

const missing = { measured: "-", meets: null, values: {}, notes: ["the public question sets are not here"] };
