import { fileURLToPath } from "node:url";
import { build, defineConfig, type InlineConfig } from "vite";

/**
 * Builds the small pages that people open from a link: `dist/web/NAME` each, its parts served below /NAME/. All of them, or
 * with `--mode NAME` one.
 */
const PAGES = ["portal", "live", "pay", "courier", "wallet", "coin"];
/** Can be installed and open without a net: they have icons, a manifest and a service worker. */
const INSTALLABLE = ["courier", "wallet"];
const TARGET = ["chrome109", "firefox115", "safari16.4"];
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

function pageConfig(name: string): InlineConfig {
  return {
    root: at(`./src/web/${name}`),
    base: `/${name}/`,
    publicDir: INSTALLABLE.includes(name) && "public",
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
      target: TARGET,
      // The page's policy allows no data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  };
}

/** A classic script: not every browser knows workers that are modules. */
function workerConfig(name: string): InlineConfig {
  return {
    publicDir: false,
    build: {
      outDir: at(`./dist/web/${name}`),
      emptyOutDir: false,
      target: TARGET,
      modulePreload: false,
      rolldownOptions: {
        input: at(`./src/web/${name}/worker/sw.ts`),
        output: { format: "iife", entryFileNames: "sw.js" },
      },
    },
  };
}

export default defineConfig(({ mode }) => {
  const names = PAGES.includes(mode) ? [mode] : PAGES;
  const [first = "", ...others] = names;
  const rest = [
    ...others.map(pageConfig),
    // Written last: who looks whether a page is built looks for this.
    ...names.filter((name) => INSTALLABLE.includes(name)).map(workerConfig),
  ];
  const closeBundle = async () => {
    for (const one of rest) await build({ ...one, configFile: false, logLevel: "warn" });
  };
  return { ...pageConfig(first), plugins: [{ name: "augenhoehe-other-pages", apply: "build", closeBundle }] };
});
