import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { EnsureError, NODE_FLAGS, ROOT, seconds, tell } from "./ensure.mjs";
import { withLock } from "./lock.mjs";

const OUTPUT = join(ROOT, "dist", "web");
const STAMP = join(OUTPUT, ".stamp");
const VITE = join(ROOT, "node_modules", "vite", "bin", "vite.js");

/** What the pages are made of, beside src/web: contracts and panels live with their skills. */
const SINGLE_SOURCES = ["vite.config.ts", "package-lock.json", "tsconfig.json"];
const SKILL_SOURCES = /(^|\/)(panels\/|api\.ts$|messages\/)/;

/**
 * Builds the web pages when they are missing or older than their sources.
 * @param {string} node a fit Node
 * @throws {EnsureError} when the build fails
 */
export function ensurePages(node) {
  if (!existsSync(join(ROOT, "src", "web")) || !existsSync(join(ROOT, "vite.config.ts"))) return;
  if (isBuilt(sourceHash())) return;
  withLock("pages", () => {
    const hash = sourceHash();
    if (!isBuilt(hash)) buildPages(node, hash);
  });
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
  const args = [...NODE_FLAGS, VITE, "build", "--logLevel", "warn"];
  const result = spawnSync(node, args, { cwd: ROOT, stdio: ["ignore", 2, 2] });
  if (result.status !== 0) throw new EnsureError("The web pages could not be built: see the message above.");
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(STAMP, hash);
  tell(`Web pages built in ${seconds(begun)}.`);
}

/** Contents, not times: a clone and a checkout set new times. */
function sourceHash() {
  const skills = filesBelow(join(ROOT, "src", "skills")).filter((file) => SKILL_SOURCES.test(file));
  const files = [...filesBelow(join(ROOT, "src", "web")), ...skills];
  const single = SINGLE_SOURCES.map((name) => join(ROOT, name)).filter(existsSync);
  const hash = createHash("sha256");
  for (const file of [...files.sort(), ...single]) {
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
