import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT, tell } from "./ensure.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const INSTALL_LIMIT_MS = 4 * 60_000;

/**
 * Finds a Chromium that runs, or installs one: as root from the system's packages, else Playwright's build.
 * @param {string} node a fit Node
 * @returns {string | undefined} its path; undefined when there is none, which is then said in one sentence
 */
export function ensureChromium(node) {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && runs("apt-get", ["--version"])) {
    tell("Installing Chromium for the browser tests (apt-get) ...");
    install("apt-get", ["update", "-qq"]);
    install("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
  }
  const packaged = findChromium();
  if (packaged) return packaged;
  tell("Installing Chromium for the browser tests (playwright) ...");
  install(node, [join(ROOT, "node_modules", "playwright-core", "cli.js"), "install", "chromium"]);
  const downloaded = findChromium();
  if (!downloaded) {
    tell(
      "No Chromium could be found or installed: install one, or set CHROMIUM_PATH; the browser tests are skipped.",
    );
  }
  return downloaded;
}

function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named && runs(named, ["--version"])) return named;
  for (const folder of (process.env.PATH ?? "").split(":")) {
    for (const name of NAMES) {
      const path = join(folder, name);
      // Ubuntu's chromium-browser may be a note that says to install a snap: it exists and does not run.
      if (existsSync(path) && runs(path, ["--version"])) return path;
    }
  }
  const path = playwrightPath();
  return path && existsSync(path) && runs(path, ["--version"]) ? path : undefined;
}

function playwrightPath() {
  try {
    return createRequire(join(ROOT, "package.json"))("playwright-core").chromium.executablePath();
  } catch {
    return undefined;
  }
}

function runs(file, args) {
  return spawnSync(file, args, { stdio: "ignore", timeout: 20_000 }).status === 0;
}

function install(file, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync(file, args, { stdio: ["ignore", "ignore", 2], timeout: INSTALL_LIMIT_MS, env });
}
