import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { SeedParts } from "./seed.ts";

/** What only the demo needs to find again (its sign-in and key): a file in the data folder, for its owner only. */
export function demoMemory(dataDir: string): SeedParts["remember"] {
  const folder = resolve(dataDir);
  const file = join(folder, "demo.json");
  return {
    load() {
      try {
        return JSON.parse(readFileSync(file, "utf8"));
      } catch {
        return {};
      }
    },
    save(values) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, JSON.stringify(values, null, 2), { mode: 0o600 });
    },
  };
}
