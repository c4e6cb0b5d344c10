// npm test: types, lint, unused code, then every test. The last line is "N passed, N failed, N skipped".
// With --quick: without the tests.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
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

const STEP_LIMIT_MS = 11 * 60_000;
const RESULTS = join(ROOT, "build", "tests");
/** A pattern that no test's name matches: Vitest then reports all of them as skipped and runs no hook. */
const NO_TEST = "(?!)";

const total = { passed: 0, failed: 0, skipped: 0 };
/** What failed and why, told once more at the end, where the eye is. */
const failures = [];

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
for (const failure of failures) console.log(failure);
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
  if (!passed) failures.push(`FAIL ${name}`);
  console.log(`${passed ? "ok  " : "FAIL"} ${name} (${seconds(begun)})`);
}

function run(node, args, env = {}) {
  const options = { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"], timeout: STEP_LIMIT_MS };
  return (
    spawnSync(node, [...NODE_FLAGS, ...args], { ...options, env: { ...process.env, ...env } }).status === 0
  );
}

function vitest(node, name, args, env) {
  const file = join(RESULTS, `${name}.json`);
  mkdirSync(RESULTS, { recursive: true });
  rmSync(file, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", "--reporter=junit"];
  const outputs = [`--outputFile.json=${file}`, `--outputFile.junit=${join(RESULTS, `${name}.xml`)}`];
  const passed = run(
    node,
    ["node_modules/vitest/vitest.mjs", "run", "--passWithNoTests", ...args, ...reporters, ...outputs],
    env,
  );
  const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
  const counted = report ? countTests(report) : { failed: 0 };
  failures.push(...(report?.testResults ?? []).flatMap(failuresOf));
  // An error outside a test (a crash, an unhandled rejection) fails the run with no test to blame.
  if (!passed && counted.failed === 0) counted.failed = 1;
  for (const kind of Object.keys(total)) total[kind] += counted[kind] ?? 0;
}

function failuresOf(file) {
  const tests = file.assertionResults.filter((test) => test.status === "failed");
  const place = file.name.slice(ROOT.length + 1);
  if (tests.length === 0 && file.status === "failed") {
    const unfinished = file.assertionResults.filter(({ status }) => status === "pending");
    const why =
      file.message || `its process ended during: ${unfinished.map((test) => test.fullName).join("; ")}`;
    return [`FAIL ${place}: ${firstLines(why)}`];
  }
  return tests.map(
    (test) => `FAIL ${place} > ${test.fullName}: ${firstLines(test.failureMessages.join(" "))}`,
  );
}

function firstLines(text) {
  return stripVTControlCharacters(text).split("\n").slice(0, 4).join("\n     ");
}

function countTests(report) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function hasBrowserTests() {
  const folder = join(ROOT, "tests", "browser");
  return (
    existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => name.endsWith(".test.ts"))
  );
}
