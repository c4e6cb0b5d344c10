import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { EnsureError, NODE_FLAGS, ROOT, seconds, tell } from "./ensure.mjs";
import { withLock } from "./lock.mjs";

const OUTPUT = join(ROOT, "dist", "web");
const STAMP = join(OUTPUT, ".stamp");
const VITE = join(ROOT, "node_modules", "vite", "bin", "vite.js");

/** One build each: the desk, the company's page, the widget. */
const CONFIGS = /^vite(\.[\w-]+)?\.config\.ts$/;
/** What the pages are made of, beside src/web: contracts and panels live with the kernel and the skills. */
const SINGLE_SOURCES = ["package-lock.json", "tsconfig.json"];
const CONTRACTS = /(^|\/)(panels\/|api\/|api\.ts$|contract\.ts$|messages\/)/;

/**
 * Builds the web pages when they are missing or older than their sources.
 * @param {string} node a fit Node
 * @throws {EnsureError} when the build fails
 */
export function ensurePages(node) {
  if (!existsSync(join(ROOT, "src", "web")) || configs().length === 0) return;
  if (isBuilt(sourceHash())) return;
  withLock("pages", () => {
    const hash = sourceHash();
    if (!isBuilt(hash)) buildPages(node, hash);
  });
}

function configs() {
  return readdirSync(ROOT)
    .filter((name) => CONFIGS.test(name))
    .sort();
}

function isBuilt(hash) {
  try {
    return readFileSync(STAMP, "utf8") === hash;
  } catch {
    return false;
  }
}

function buildPages(node, hash) {
  const begun = Date.now();
  tell("Building the web pages ...");
  for (const config of configs()) {
    const args = [...NODE_FLAGS, VITE, "build", "--config", config, "--logLevel", "warn"];
    const result = spawnSync(node, args, { cwd: ROOT, stdio: ["ignore", 2, 2] });
    if (result.status !== 0) {
      throw new EnsureError(`The web pages could not be built (${config}): see the message above.`);
    }
  }
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(STAMP, hash);
  tell(`Web pages built in ${seconds(begun)}.`);
}

/** Contents, not times: a clone and a checkout set new times. */
function sourceHash() {
  const pages = filesBelow(join(ROOT, "src", "web"));
  const contracts = ["kernel", "skills"]
    .flatMap((name) => filesBelow(join(ROOT, "src", name)))
    .filter((file) => CONTRACTS.test(file));
  const single = [...configs(), ...SINGLE_SOURCES].map((name) => join(ROOT, name)).filter(existsSync);
  const hash = createHash("sha256");
  for (const file of [...pages, ...contracts, ...single].sort()) {
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
  });
}
