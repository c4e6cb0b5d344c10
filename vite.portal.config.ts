import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** Builds the customer's own page (`dist/web/portal`, served as /me with its parts below /portal/). */
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at("./src/web/portal"),
  base: "/portal/",
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
    outDir: at("./dist/web/portal"),
    emptyOutDir: true,
    target: ["chrome109", "firefox115", "safari16.4"],
    // The page's policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
