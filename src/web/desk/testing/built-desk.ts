import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const SOURCES = ["src/web/desk", "src/web/ui", "src/web/client", "src/kernel/api", "vite.config.ts"];
const BUILT = "dist/web/desk/index.html";

function newestMs(path: string): number {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

/** The folder of the built desk; builds it when it is missing or older than its sources. */
export function builtDesk(): string {
  const last = join(ROOT, BUILT);
  const isFresh =
    existsSync(last) && SOURCES.every((path) => newestMs(join(ROOT, path)) <= statSync(last).mtimeMs);
  if (!isFresh) {
    const args = [join(ROOT, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn"];
    const env = { ...process.env, NODE_ENV: "production" };
    const built = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", env });
    if (built.status !== 0) throw new Error(`The desk could not be built:\n${built.stdout}${built.stderr}`);
  }
  return join(ROOT, "dist/web/desk");
}
