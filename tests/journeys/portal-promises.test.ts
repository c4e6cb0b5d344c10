import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** The page of guarantees names a test for each; a promise whose test was renamed or removed is none. */

const ROOT = join(import.meta.dirname, "../..");
const page = readFileSync(join(ROOT, "docs/guide/what-we-know.md"), "utf8");
const named = [...page.matchAll(/`((?:src|tests)\/[\w/-]+\.test\.ts)`: "([^"]+)"/g)].map(
  ([, file = "", name = ""]) => ({ file, name }),
);

test("every test that the page of guarantees names exists under that name", () => {
  expect(named.length).toBeGreaterThan(30);
  const missing = named.filter(({ file, name }) => {
    const path = join(ROOT, file);
    return !existsSync(path) || !readFileSync(path, "utf8").includes(`"${name}"`);
  });
  expect(missing).toEqual([]);
});

test("every line of the page that names a test file is read as one", () => {
  const lines = page.split("\n").filter((line) => /^\s+\* `(src|tests)\//.test(line));
  expect(lines).toHaveLength(named.length);
});
