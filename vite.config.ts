import { pathToFileURL } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const CONTRACTS = /^(.*\/src\/(?:kernel\/api\/index|skills\/[\w-]+\/api)\.ts)(\?first)?$/;
/** What the rail asks on every desk stands apart from the rest of its skill's contracts, which only the room's pages need. */
const FIRST = /^get[A-Z]\w*Room$/;

/**
 * The desk imports the contracts for their types; at run time it needs only method and path. The server does
 * the checking, so zod (about 30 kB gzip) stays out of the browser: each contract module is evaluated here and
 * replaced by what is plain data in it. Importing a schema from a page is therefore a build error.
 */
function contractsAsData(): Plugin {
  return {
    name: "contracts-as-data",
    enforce: "pre",
    async load(id) {
      const [, file = "", part] = CONTRACTS.exec(id) ?? [];
      if (file === "") return null;
      const exported: Record<string, unknown> = await import(pathToFileURL(file).href);
      // The coin's says how a transaction is written: pure code that pages run as it is.
      if (!Object.values(exported).some(isContract)) return null;
      const lines = Object.entries(exported).flatMap(([name, value]) => {
        const isFirst = FIRST.test(name);
        if (part !== undefined && !isFirst) return [];
        if (part === undefined && isFirst)
          return [`export { ${name} } from ${JSON.stringify(`${file}?first`)};`];
        const plain = plainPart(value);
        return plain === undefined ? [] : [`export const ${name} = ${JSON.stringify(plain)};`];
      });
      return { code: lines.join("\n"), moduleSideEffects: false };
    },
  };
}

function plainPart(value: unknown): unknown {
  if (Array.isArray(value) || typeof value === "number") return value;
  return isContract(value) ? { method: value.method, path: value.path } : undefined;
}

function isContract(value: unknown): value is { method: unknown; path: unknown } {
  return typeof value === "object" && value !== null && "path" in value && "method" in value;
}

/** Files that the measure of the first load asks for by name (tests/load/dialogue/web-sizes.ts). */
const NAMED = /^(de|sign-in-page)$/;

export default defineConfig({
  root: "src/web/desk",
  base: "/desk/",
  plugins: [contractsAsData(), react(), tailwindcss()],
  build: {
    outDir: "../../../dist/web/desk",
    emptyOutDir: true,
    target: "es2023",
    // The node's Content-Security-Policy allows no inline data: every font and picture is a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // MapLibre, fetched only where a city has tiles; what a page loads first is measured by the tests.
    chunkSizeWarningLimit: 1_200,
    // What every desk loads first names each file that is loaded later: with short names it is 1.6 kB smaller.
    rolldownOptions: {
      output: { chunkFileNames: ({ name }) => `assets/${NAMED.test(name) ? "[name]" : "c"}-[hash].js` },
    },
  },
  server: { proxy: { "/api": process.env.AUGENHOEHE_URL ?? "http://127.0.0.1:8080" } },
});
