import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { SHOP } from "../skills/service/engine/shop-examples.fixture.ts";
import { assistantCommand } from "./assistant.ts";
import { UsageError } from "./options.ts";

const folder = mkdtempSync(join(tmpdir(), "assistant-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`;
const csv = (rows: readonly { text: string; intent: string }[]) =>
  `text,intent\n${rows.map(({ text, intent }) => `${quoted(text)},${intent}`).join("\n")}\n`;
const train = file("train.csv", csv(SHOP));
const test_ = file(
  "test.csv",
  csv([
    { text: "wo bleibt denn meine lieferung, bitte", intent: "delivery" },
    { text: 'kann ich mit "karte" zahlen', intent: "payment" },
    { text: "bäckst du mir einen kuchen", intent: "oos" },
  ]),
);

let printed = "";
let told = "";
beforeEach(() => {
  printed = "";
  told = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    told += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

test("evaluate prints the figures and writes a verdict for every row", async () => {
  const out = join(folder, "out.csv");
  const code = await assistantCommand([
    "evaluate",
    "--train",
    train,
    "--test",
    test_,
    "--predictions",
    out,
    "--json",
  ]);
  expect(code).toBe(0);
  const figures = JSON.parse(printed) as Record<string, unknown>;
  expect(Object.keys(figures)).toEqual([
    "accuracy",
    "answered",
    "answeredRight",
    "wrongAmongAnswered",
    "oosRejected",
    "coverage",
    "resolvableWithChoices",
    "trainCpuSeconds",
    "predictionsPerCpuSecond",
    "modelBytes",
  ]);
  expect(figures).toMatchObject({ accuracy: 1, oosRejected: 1 });
  const [head, first, second, third] = readFileSync(out, "utf8").split("\n");
  expect(head).toBe("text,intent,predicted,confidence,zone");
  expect(first).toMatch(
    /^"wo bleibt denn meine lieferung, bitte",delivery,delivery(\|\w+){0,2},0\.\d{4},(answer|choose)$/,
  );
  expect(second).toMatch(/^"kann ich mit ""karte"" zahlen",payment,/);
  expect(third).toMatch(/,oos,.*,(choose|handover)$/);
});

test("contradictions are named by their lines, and the rest is measured", async () => {
  const torn = file(
    "torn.csv",
    csv([...SHOP, { text: "hilfe!", intent: "payment" }, { text: "Hilfe", intent: "returns" }]),
  );
  expect(await assistantCommand(["evaluate", "--train", torn, "--test", test_, "--json"])).toBe(0);
  expect(told).toContain(
    `line ${SHOP.length + 3} says "Hilfe" is returns, line ${SHOP.length + 2} says payment`,
  );
});

describe("is refused with a sentence that names the fault", () => {
  test.each([
    ["wrong headers", "frage,thema\nWo?,x\n", /first line must be text,intent; it is frage,thema/],
    ["nothing", "", /first line must be text,intent; it is empty/],
    ["no row", "text,intent\n", /has no row/],
    ["one intent", "text,intent\na b,x\nc d,x\n", /one topic only/],
    ["one row", "text,intent\na b,x\n", /one topic only/],
    ["a row without an intent", "text,intent\na b,x\nc d,\n", /line 3: it names no intent/],
  ])("%s", async (name, text, fault) => {
    const bad = file(`${name}.csv`, text);
    const refused = assistantCommand(["evaluate", "--train", bad, "--test", test_]);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(fault);
  });

  test.each([
    [["evaluate", "--train", train]],
    [["evaluate", "--train", train, "--test", "missing.csv"]],
    [["evaluate", "--train", train, "--test", test_, "--max-wrong", "3"]],
    [["evaluate", "--train", train, "--test", test_, "--seed", "x"]],
    [["compare", "another", "--train", train, "--test", test_]],
    [["guess"]],
  ])("%j", async (args) => {
    await expect(assistantCommand(args)).rejects.toThrow(UsageError);
  });
});
