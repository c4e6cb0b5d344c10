import { fileURLToPath } from "node:url";
import { build, defineConfig, type InlineConfig, type Plugin } from "vite";

/** Builds the courier's page (`dist/web/courier`, served as /courier with its parts below /courier/) and its service worker. */
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const OUT = at("./dist/web/courier");
const TARGET = ["chrome109", "firefox115", "safari16.4"];

/** A classic script: not every browser knows workers that are modules. */
const worker: InlineConfig = {
  configFile: false,
  publicDir: false,
  logLevel: "warn",
  build: {
    outDir: OUT,
    emptyOutDir: false,
    target: TARGET,
    modulePreload: false,
    rolldownOptions: {
      input: at("./src/web/courier/worker/sw.ts"),
      output: { format: "iife", entryFileNames: "sw.js" },
    },
  },
};

function withWorker(): Plugin {
  return {
    name: "augenhoehe-courier-worker",
    apply: "build",
    async closeBundle() {
      await build(worker);
    },
  };
}

export default defineConfig({
  root: at("./src/web/courier"),
  base: "/courier/",
  publicDir: "public",
  // Not the development runtime, whatever NODE_ENV a test run sets.
  oxc: { jsx: { runtime: "automatic", importSource: "preact", development: false } },
  plugins: [withWorker()],
  resolve: {
    // lucide's drawings without React: see src/web/widget/chat/lucide-node.ts.
    alias: [
      { find: /^\.\.\/createLucideIcon\.mjs$/, replacement: at("./src/web/widget/chat/lucide-node.ts") },
    ],
  },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: TARGET,
    // The page's policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
