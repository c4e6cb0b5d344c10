import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const SOURCES = ["src/web/widget", "src/web/page", "src/web/ui/tokens.css", "vite.widget.config.ts"];
const LAST_BUILT = "dist/web/widget/widget.js";

function newestMs(path: string): number {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

/**
 * The folder of the built pages; builds them when they are missing or older than their sources, so that a test never
 * looks at yesterday's.
 */
export function builtPages(): string {
  const last = join(ROOT, LAST_BUILT);
  const isFresh =
    existsSync(last) && SOURCES.every((path) => newestMs(join(ROOT, path)) <= statSync(last).mtimeMs);
  if (!isFresh) {
    const vite = join(ROOT, "node_modules/vite/bin/vite.js");
    const built = spawnSync(
      process.execPath,
      [vite, "build", "-c", "vite.widget.config.ts", "--logLevel", "warn"],
      {
        cwd: ROOT,
        encoding: "utf8",
        env: { ...process.env, NODE_ENV: "production" },
      },
    );
    if (built.status !== 0) throw new Error(`The widget could not be built:\n${built.stdout}${built.stderr}`);
  }
  return join(ROOT, "dist/web");
}

export function screenshotFolder(): string {
  return join(ROOT, "build/screenshots");
}
