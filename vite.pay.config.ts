import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** Builds the page of one payment (`dist/web/pay`, served as /pay with its parts below it). */
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at("./src/web/pay"),
  base: "/pay/",
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
    outDir: at("./dist/web/pay"),
    emptyOutDir: true,
    target: ["chrome109", "firefox115", "safari16.4"],
    // The page's policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
