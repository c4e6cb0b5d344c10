import { fileURLToPath } from "node:url";
import { build, defineConfig, type InlineConfig } from "vite";

/**
 * Builds the small pages that customers open from a link: `dist/web/NAME` each, its parts served below /NAME/. All of
 * them, or with `--mode NAME` one.
 */
const PAGES = ["portal", "live", "pay"];
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

function pageConfig(name: string): InlineConfig {
  return {
    root: at(`./src/web/${name}`),
    base: `/${name}/`,
    publicDir: false,
    // Not the development runtime, whatever NODE_ENV a test run sets.
    oxc: { jsx: { runtime: "automatic", importSource: "preact", development: false } },
    resolve: {
      // lucide's drawings without React: see src/web/widget/chat/lucide-node.ts.
      alias: [
        { find: /^\.\.\/createLucideIcon\.mjs$/, replacement: at("./src/web/widget/chat/lucide-node.ts") },
      ],
    },
    build: {
      outDir: at(`./dist/web/${name}`),
      emptyOutDir: true,
      target: ["chrome109", "firefox115", "safari16.4"],
      // The page's policy allows no data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  };
}

export default defineConfig(({ mode }) => {
  const [first = "", ...others] = PAGES.includes(mode) ? [mode] : PAGES;
  const closeBundle = async () => {
    for (const name of others) await build({ ...pageConfig(name), configFile: false, logLevel: "warn" });
  };
  return { ...pageConfig(first), plugins: [{ name: "augenhoehe-other-pages", apply: "build", closeBundle }] };
});
