// npm test: types, lint, unused code, then every test. The last line is "N passed, N failed, N skipped".
// With --quick: without the tests.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureChromium } from "./chromium.mjs";
import {
  EnsureError,
  ensurePackages,
  findNode,
  NODE_FLAGS,
  ROOT,
  runTool,
  seconds,
  tell,
} from "./ensure.mjs";
import { ensurePages } from "./pages.mjs";

/** For what hangs; a slow machine is no fault. */
const STEP_LIMIT_MS = 30 * 60_000;
const RESULTS = join(ROOT, "build", "tests");
/** More files than this at once are no chance. */
const MOST_SECOND_TRIES = 3;
/** A pattern that no test's name matches: Vitest then reports all of them as skipped and runs no hook. */
const NO_TEST = "(?!)";

const total = { passed: 0, failed: 0, skipped: 0 };
/** What failed and why, and what needed a second try: told once more at the end, where the eye is. */
const remarks = [];

await runTool(() => {
  ensurePackages();
  const node = findNode();
  check(node, "types", ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "."]);
  check(node, "lint", ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."]);
  check(node, "unused code", ["node_modules/knip/bin/knip.js"]);
  if (process.argv.includes("--quick")) return;
  count("pages", () => {
    ensurePages(node);
    return true;
  });
  vitest(node, "main", ["--project", "unit", "--project", "journeys"], {});
  if (!hasBrowserTests()) return;
  const chromium = ensureChromium(node);
  const pattern = chromium ? [] : ["--testNamePattern", NO_TEST];
  vitest(node, "browser", ["--project", "browser", ...pattern], { CHROMIUM_PATH: chromium ?? "" });
});

// A failure before the first check (no packages, no Node) must not look like success.
if (process.exitCode) total.failed += 1;
for (const remark of remarks) console.log(remark);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

function check(node, name, args) {
  count(name, () => run(node, args));
}

/** A step that passes or fails as a whole; the steps after it are taken all the same. */
function count(name, step) {
  const begun = Date.now();
  let passed = false;
  try {
    passed = step();
  } catch (error) {
    if (!(error instanceof EnsureError)) throw error;
    tell(error.message);
  }
  total[passed ? "passed" : "failed"] += 1;
  if (!passed) remarks.push(`FAIL ${name}`);
  console.log(`${passed ? "ok  " : "FAIL"} ${name} (${seconds(begun)})`);
}

function run(node, args, env = {}) {
  const options = { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"], timeout: STEP_LIMIT_MS };
  return (
    spawnSync(node, [...NODE_FLAGS, ...args], { ...options, env: { ...process.env, ...env } }).status === 0
  );
}

/**
 * A set of tests, and once more the files of journeys and browsers that failed, whole, since what their tests do builds on each
 * other: a machine that was busy for a second is no fault, a fault fails twice. What needed its second try is named.
 */
function vitest(node, name, args, env) {
  const first = runVitest(node, name, args, env);
  const failed = first.files.filter((file) => file.failed > 0);
  const again = failed.filter(({ project }) => project !== "unit");
  const mayBeChance = again.length > 0 && again.length <= MOST_SECOND_TRIES;
  const second = mayBeChance
    ? runVitest(node, `${name}-again`, [...args, ...again.map(({ place }) => place)], env)
    : { files: [], errors: [] };
  const passedNow = (place) => second.files.some((file) => file.place === place && file.failed === 0);
  for (const file of first.files) {
    const healed = file.failed > 0 && passedNow(file.place);
    const counted = healed ? second.files.find(({ place }) => place === file.place) : file;
    for (const kind of Object.keys(total)) total[kind] += counted[kind];
    remarks.push(...file.lines.map((line) => `${healed ? "SECOND TRY" : "FAIL"} ${line}`));
  }
  const errors = [...first.errors, ...second.errors];
  remarks.push(...errors.map((error) => `ERROR ${error}`));
  // Ended without a report, or by something that no test is to blame for.
  if (errors.length > 0 || (!first.passed && failed.length === 0)) total.failed += 1;
}

/** @returns whether it passed as a whole, and what test-report.mjs wrote; without files when it ended before that */
function runVitest(node, name, args, env) {
  const file = join(RESULTS, `${name}.json`);
  mkdirSync(RESULTS, { recursive: true });
  rmSync(file, { force: true });
  const reporters = ["--reporter=default", "--reporter=junit", "--reporter=./tools/test-report.mjs"];
  const passed = run(
    node,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--passWithNoTests",
      ...args,
      ...reporters,
      `--outputFile.junit=${join(RESULTS, `${name}.xml`)}`,
    ],
    { ...env, TEST_REPORT: file },
  );
  const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { files: [], errors: [] };
  return { passed, ...report };
}

function hasBrowserTests() {
  const folder = join(ROOT, "tests", "browser");
  return (
    existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => name.endsWith(".test.ts"))
  );
}
