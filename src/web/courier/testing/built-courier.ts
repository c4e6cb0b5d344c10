import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const SOURCES = [
  "src/web/courier",
  "src/web/customer-page",
  "src/web/ui/tokens.css",
  "src/skills/delivery/api",
  "src/web/widget/chat/lucide-node.ts",
  "vite.customer.config.ts",
];
/** Written last. */
const BUILT = "dist/web/courier/sw.js";

function newestMs(path: string): number {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

/** The folder of the built pages; the courier's page in it is never older than its sources. @throws Error when it cannot be built */
export function builtCourier(): string {
  const built = join(ROOT, BUILT);
  const isFresh =
    existsSync(built) && SOURCES.every((path) => newestMs(join(ROOT, path)) <= statSync(built).mtimeMs);
  if (!isFresh) {
    const vite = join(ROOT, "node_modules/vite/bin/vite.js");
    const result = spawnSync(
      process.execPath,
      [vite, "build", "-c", "vite.customer.config.ts", "--mode", "courier", "--logLevel", "warn"],
      { cwd: ROOT, encoding: "utf8", env: { ...process.env, NODE_ENV: "production" } },
    );
    if (result.status !== 0)
      throw new Error(`The courier's page could not be built:\n${result.stdout}${result.stderr}`);
  }
  return join(ROOT, "dist/web");
}
