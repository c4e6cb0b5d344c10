import { cpuSeconds } from "../../../src/cli/assistant-measure.ts";
import type { Example } from "../../../src/skills/service/engine/index.ts";
import { trainInWorker } from "../../../src/skills/service/training.ts";
import { seeded } from "../machine/random.ts";
import { mistype, readSet } from "./sets.ts";

/**
 * A process of its own, so that its highest memory is that of one training in its thread, under the thread's limit of
 * memory: prints one line of JSON.
 */

const ROWS = 50_000;
const TYPING_ERRORS = 0.03;
/** Longer than a node allows: on a busy machine the clock says little. */
const TIME_LIMIT_MS = 900_000;

/** CLINC150's rows, and mistyped copies of them until there are enough different ones. */
function manyRows(): Example[] {
  const rows = readSet("clinc150/train.csv");
  const random = seeded(11);
  const seen = new Set(rows.map(({ text }) => text));
  const all = [...rows];
  for (let n = 0; all.length < ROWS; n++) {
    const { text, intent } = rows[n % rows.length] as Example;
    const typed = mistype(text, TYPING_ERRORS, random);
    if (seen.has(typed)) continue;
    seen.add(typed);
    all.push({ text: typed, intent });
  }
  return all;
}

const examples = manyRows();
const before = cpuSeconds();
const { bytes } = await trainInWorker({ examples, options: { seed: 1 } }, { timeLimit_ms: TIME_LIMIT_MS });
const result = {
  rows: examples.length,
  cpuSeconds: cpuSeconds() - before,
  highestMegabytes: process.resourceUsage().maxRSS / 1_024,
  modelMegabytes: bytes.byteLength / 1e6,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
