import { fileURLToPath } from "node:url";
import { build, defineConfig, type InlineConfig, type Plugin } from "vite";

/**
 * Builds what customers see: the company's page (`dist/web/page`, served below /page/), the loader
 * (`dist/web/widget/widget.js`, served as /widget.js) and the chat (`dist/web/widget/chat.js`, below /widget/).
 */
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const WIDGET = at("./dist/web/widget");

/** Browsers of the last three years: constructed style sheets, private fields, findLast. */
const TARGET = ["chrome109", "firefox115", "safari16.4"];
// Not the development runtime, whatever NODE_ENV a test run sets.
const preact = { jsx: { runtime: "automatic" as const, importSource: "preact", development: false } };
const shared: InlineConfig = { configFile: false, publicDir: false, logLevel: "warn", oxc: preact };

/** lucide's drawings without React: see src/web/widget/chat/lucide-node.ts. */
const bareIcons = [
  { find: /^\.\.\/createLucideIcon\.mjs$/, replacement: at("./src/web/widget/chat/lucide-node.ts") },
];

/** The chat: one module, loaded by the click. Its fonts lie beside it and are found from its own address. */
const chat: InlineConfig = {
  ...shared,
  base: "./",
  resolve: { alias: bareIcons },
  build: {
    outDir: WIDGET,
    emptyOutDir: true,
    target: TARGET,
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: at("./src/web/widget/chat/main.tsx"),
      preserveEntrySignatures: "strict",
      output: {
        format: "es",
        entryFileNames: "chat.js",
        assetFileNames: "assets/[name]-[hash][extname]",
        codeSplitting: false,
      },
    },
  },
};

/** The loader: a classic script that leaves no name behind in the foreign page. */
const loader: InlineConfig = {
  ...shared,
  build: {
    outDir: WIDGET,
    emptyOutDir: false,
    target: TARGET,
    modulePreload: false,
    rolldownOptions: {
      input: at("./src/web/widget/loader.ts"),
      output: { format: "iife", entryFileNames: "widget.js" },
    },
  },
};

/** Windows of delivery in a shop's checkout: alone, without the chat. */
const checkout: InlineConfig = {
  ...shared,
  build: {
    outDir: WIDGET,
    emptyOutDir: false,
    target: TARGET,
    modulePreload: false,
    rolldownOptions: {
      input: at("./src/web/widget/checkout/main.ts"),
      output: { format: "iife", entryFileNames: "delivery-widget.js" },
    },
  },
};

function withWidget(): Plugin {
  return {
    name: "augenhoehe-widget",
    apply: "build",
    async closeBundle() {
      await build(chat);
      await build(loader);
      await build(checkout);
    },
  };
}

export default defineConfig({
  root: at("./src/web/page"),
  base: "/page/",
  publicDir: false,
  oxc: preact,
  plugins: [withWidget()],
  resolve: { alias: bareIcons },
  build: {
    outDir: at("./dist/web/page"),
    emptyOutDir: true,
    target: TARGET,
    // The page's policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
