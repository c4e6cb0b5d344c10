import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sealedTown } from "./coin-proof.ts";

/** `augenhoehe coin check`, as a customer calls it: no node, no data folder. */

const MAIN = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
const { proof } = sealedTown();
const folder = mkdtempSync(join(tmpdir(), "coin-check-"));
const server = createServer((request, response) => {
  response.statusCode = request.url === "/proof.json" ? 200 : 404;
  response.end(JSON.stringify(proof));
});

beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const at = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

async function check(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [
    "--disable-warning=ExperimentalWarning",
    MAIN,
    "coin",
    "check",
    ...args,
  ]);
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (part: string) => {
      text[name] += part;
    });
  const code = await new Promise<number>((done) => child.once("close", (end) => done(end ?? -1)));
  return { code, ...text };
}

test("a saved proof that holds is told step by step, from a file and from an address", async () => {
  for (const place of [file("proof.json", proof), at("/proof.json")]) {
    const { code, stdout, stderr } = await check(place);
    expect(stderr).toBe("");
    expect(stdout).toContain("holds: From the account's leaf the way leads to the published root.");
    expect(stdout).toContain("holds: The attested reserve covers every coin.");
    expect(stdout).toContain("cannot be told from this file: Others were told the same.");
    expect(stdout).toContain(
      `The proof holds: ${proof.sum} base units of account ${proof.account} are among the ${proof.total} `,
    );
    expect(code).toBe(0);
  }
});

test("a proof that somebody changed fails, with what was found, and as data", async () => {
  const changed = file("changed.json", { ...proof, total: proof.total - 1 });
  const { code, stdout } = await check(changed);
  expect(code).toBe(1);
  expect(stdout).toContain("DOES NOT HOLD: What is below the root adds up to something else");
  expect(stdout).toContain(`found ${proof.total}, expected ${proof.total - 1}`);
  const asData = await check(changed, "--json");
  expect(asData.code).toBe(1);
  expect(JSON.parse(asData.stdout)).toMatchObject({ isGood: false });
});

test.each([
  ["nothing", [], "coin check wants one file or address of a proof."],
  ["a file that is not there", [join(folder, "none.json")], "none.json cannot be read: ENOENT"],
  ["what is not JSON", [file("text.json", "balance: 5")], "This is no proof: it is not JSON."],
  ["what is no proof", [file("other.json", { sum: 5 })], "This is no proof: format is missing"],
])("%s is refused in a sentence", async (_what, args, sentence) => {
  const { code, stdout, stderr } = await check(...args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(sentence);
});

test("an address without a proof is named", async () => {
  const { code, stderr } = await check(at("/nothing"));
  expect(code).toBe(2);
  expect(stderr).toContain("cannot be read: it answers 404");
});
