import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** The image is built elsewhere; here it is only held that what it names is there. */

const ROOT = join(import.meta.dirname, "..");
const read = (name: string): string => readFileSync(join(ROOT, name), "utf8");
const dockerfile = read("Dockerfile");

test("the image copies and runs what the project has", () => {
  const scripts = (JSON.parse(read("package.json")) as { scripts: Record<string, string> }).scripts;
  for (const [, script = ""] of dockerfile.matchAll(/npm run (\S+)/g)) expect(scripts).toHaveProperty(script);
  const [, copied = ""] = /^COPY (package\.json .*) \.\/$/m.exec(dockerfile) ?? [];
  for (const name of copied.split(" ")) expect(existsSync(join(ROOT, name)), name).toBe(true);
  const entry = JSON.parse(/^ENTRYPOINT (.+)$/m.exec(dockerfile)?.[1] ?? "[]") as string[];
  expect(existsSync(join(ROOT, entry.at(-1) ?? ""))).toBe(true);
  const program = read("src/cli/main.ts");
  const [command = ""] = JSON.parse(/^CMD (.+)$/m.exec(dockerfile)?.[1] ?? "[]") as string[];
  expect(program).toContain(`  ${command}: async () =>`);
});

test("every setting that image and compose file name is one of the node's", () => {
  const known = read("src/kernel/config.ts");
  const named = [
    ...(/^ENV (.+)$/m.exec(dockerfile)?.[1] ?? "").matchAll(/([A-Z_]+)=/g),
    ...read("compose.yaml").matchAll(/^ {6}([A-Z_]+):/gm),
  ].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(6);
  for (const name of named.filter((one) => one !== "NODE_ENV")) expect(known).toContain(`"${name}"`);
});

test("what the image needs is not kept from it", () => {
  const ignored = read(".dockerignore").trim().split("\n");
  for (const name of ["src", "bin", "packs", "package.json", "package-lock.json", "tools", "docs"])
    expect(ignored).not.toContain(name);
  // Data and keys of whoever builds stay outside.
  for (const name of ["data", ".env", ".git"]) expect(ignored).toContain(name);
});
