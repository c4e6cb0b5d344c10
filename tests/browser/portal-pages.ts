import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SHARED = [
  "vite.customer.config.ts",
  "src/web/customer-page",
  "src/web/ui/tokens.css",
  "src/web/widget/chat",
];
/** Pages of customers, each with what it is made of beside the shared parts. */
const PAGES = {
  portal: ["src/web/portal"],
  live: ["src/web/live", "src/skills/delivery/api"],
  pay: ["src/web/pay", "src/web/page/qr-code.tsx"],
  coin: ["src/web/coin", "src/skills/wallet/api"],
  wallet: [
    "src/web/wallet",
    "src/web/coin-key",
    "src/web/page/qr-code.tsx",
    "src/skills/wallet/api",
    "src/skills/coin/api.ts",
    "src/skills/coin/engine/encode.ts",
    "src/skills/coin/engine/decode.ts",
  ],
} as const;

function newestMs(path: string): number {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

/** The folder of the built pages; this one in it is never older than its sources. @throws Error when it cannot be built */
function builtPage(page: keyof typeof PAGES): string {
  const built = join(ROOT, `dist/web/${page}/index.html`);
  const sources = [...SHARED, ...PAGES[page]];
  const isFresh =
    existsSync(built) && sources.every((path) => newestMs(join(ROOT, path)) <= statSync(built).mtimeMs);
  if (!isFresh) {
    const vite = join(ROOT, "node_modules/vite/bin/vite.js");
    const result = spawnSync(
      process.execPath,
      [vite, "build", "-c", "vite.customer.config.ts", "--mode", page, "--logLevel", "warn"],
      { cwd: ROOT, encoding: "utf8", env: { ...process.env, NODE_ENV: "production" } },
    );
    if (result.status !== 0)
      throw new Error(`The page ${page} could not be built:\n${result.stdout}${result.stderr}`);
  }
  return join(ROOT, "dist/web");
}

export const builtPortal = (): string => builtPage("portal");
export const builtLive = (): string => builtPage("live");
export const builtWallet = (): string => builtPage("wallet");
export const builtCoin = (): string => builtPage("coin");
export const builtPay = (): string => builtPage("pay");
