// npm run pictures: runs the browser journeys that take pictures, and takes what they saw into the guide.
// npm run pictures -- business: only those of journeys whose file is named so.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { ensureChromium } from "./chromium.mjs";
import { EnsureError, ensurePackages, findNode, NODE_FLAGS, ROOT, runTool, tell } from "./ensure.mjs";
import { ensurePages } from "./pages.mjs";

const JOURNEYS = join(ROOT, "tests", "browser");
const TAKEN = join(ROOT, "build", "pictures");
const GUIDE = join(ROOT, "docs", "guide", "pictures");
/** As tests/pictures.test.ts holds it. */
const MOST_BYTES = 120_000;

await runTool(() => {
  ensurePackages();
  const node = findNode();
  ensurePages(node);
  const chromium = ensureChromium(node);
  if (!chromium) throw new EnsureError("Without a Chromium there are no pictures; none was changed.");
  rmSync(TAKEN, { recursive: true, force: true });
  const files = journeys(process.argv.slice(2));
  const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
  const { status } = spawnSync(node, [...NODE_FLAGS, vitest, "run", "--project", "browser", ...files], {
    cwd: ROOT,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, CHROMIUM_PATH: chromium },
  });
  if (status !== 0)
    throw new EnsureError("A journey failed, see above: no picture of the guide was changed.");
  takeOver();
});

/** Journeys that take pictures, and whose file has one of these words in its name, if there are words. */
function journeys(words) {
  const all = readdirSync(JOURNEYS).filter((name) => name.endsWith(".test.ts"));
  const taking = all.filter((name) => readFileSync(join(JOURNEYS, name), "utf8").includes('"./picture.ts"'));
  const chosen = taking.filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
  if (chosen.length === 0)
    throw new EnsureError(`No such journey takes pictures. These do: ${taking.join(", ")}.`);
  return chosen.map((name) => `tests/browser/${name}`);
}

function takeOver() {
  const names = readdirSync(TAKEN);
  const large = names.filter((name) => statSync(join(TAKEN, name)).size > MOST_BYTES);
  if (large.length > 0)
    throw new EnsureError(`Larger than ${MOST_BYTES} bytes: ${large.join(", ")}; no picture was changed.`);
  mkdirSync(GUIDE, { recursive: true });
  for (const name of names) copyFileSync(join(TAKEN, name), join(GUIDE, name));
  tell(`${names.length} pictures are new in docs/guide/pictures.`);
}
