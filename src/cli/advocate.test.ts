import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { advocateCommand } from "./advocate.ts";

/** `augenhoehe advocate check` as it is called; the dates are those of the golden cases. */

let folder: string;
let printed: string;
let told: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ah-advocate-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  printed = told = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    told += text;
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const HEADER = "id,start,minimumMonths,noticePeriod,renewalMonths,postTermNotice,cancelled";

async function check(lines: readonly string[], ...args: string[]): Promise<number> {
  const path = join(folder, "contracts.csv");
  await writeFile(path, lines.join("\r\n"));
  return advocateCommand(["check", "--contracts", path, ...args]);
}

test("prints term's end, last day and warnings; what is over is left out", async () => {
  const contracts = [
    HEADER,
    "gym,2025-01-01,12,1M,12,,",
    "phone,2025-01-01,24,1M,indefinite,1M,",
    "open,2024-01-01,12,1M,indefinite,1M,",
    "office,2025-01-15,12,3M EOQ,12,,",
    "once,2025-06-01,12,1M,,,",
    "ended,2025-01-01,24,3M,12,,2026-02-28",
  ];
  expect(await check(contracts, "--holidays", "DE-HH", "--today", "2026-03-02", "--json")).toBe(0);
  expect(JSON.parse(printed)).toEqual([
    {
      id: "gym",
      termEnd: "2026-12-31",
      lastDay: "2026-11-30",
      warnings: ["2026-10-19", "2026-11-19", "2026-11-27"],
    },
    {
      id: "phone",
      termEnd: "2026-12-31",
      lastDay: "2026-11-30",
      warnings: ["2026-10-19", "2026-11-19", "2026-11-27"],
    },
    { id: "open", termEnd: "2026-04-02", lastDay: "2026-03-02", warnings: [] },
    // 14 January 2027 goes to 31 March 2027; the last of December: 21 working days in it, 9 more.
    {
      id: "office",
      termEnd: "2027-03-31",
      lastDay: "2026-12-31",
      warnings: ["2026-11-18", "2026-12-21", "2026-12-30"],
    },
    { id: "once", termEnd: "2026-05-31", lastDay: null, warnings: [] },
    { id: "ended", termEnd: "2026-12-31", lastDay: null, warnings: [] },
  ]);
  printed = "";
  await check(contracts.slice(0, 2), "--holidays", "DE-SN", "--today", "2026-11-19", "--json");
  expect(JSON.parse(printed)[0].warnings).toEqual(["2026-11-19", "2026-11-27"]);
});

test("rows that cannot be read are refused with their line and reason; the others are answered; exit code 1", async () => {
  const code = await check(
    [
      HEADER,
      "a,2026-02-30,12,1M,12,,",
      "b,2026-01-01,twelve,1M,12,,",
      "c,2026-01-01,12,one month,12,,",
      "d,2026-01-01,12,1M,0,,",
      "e,2026-01-01,12,1M,indefinite,,",
      "f,2026-01-01,12,1M,indefinite,2M,",
      "g,2026-01-01,12,1M,12,,yesterday",
      ",2026-01-01,12,1M,12,,",
      "h,2026-01-01,12,1M,12,,",
      "h,2026-01-01,12,1M,12,,",
      "i,2026-01-01,0,1M,12,,",
      "j,2026-01-01,12,1M,12,,,more",
    ],
    "--holidays",
    "DE-HH",
    "--today",
    "2026-03-02",
    "--json",
  );
  expect(code).toBe(1);
  expect(JSON.parse(printed).map(({ id }: { id: string }) => id)).toEqual(["h"]);
  expect(
    told.split("\n").map((line) => line.replace(/^Line (\d+) was left out: (.{12}).*/, "$1 $2")),
  ).toEqual([
    "2 start is no ",
    "3 minimumMonth",
    "4 noticePeriod",
    "5 renewalMonth",
    "6 postTermNoti",
    "7 postTermNoti",
    "8 cancelled is",
    "9 id is empty.",
    '11 the id "h" s',
    "12 minimumMonth",
    "13 it has 8 fie",
    "",
  ]);
});

test("columns may stand in any order, quoted, with a byte order mark; a table is for people", async () => {
  const code = await check(
    [
      '\ufeff"noticePeriod","id",start,minimumMonths,cancelled,postTermNotice,renewalMonths',
      '"3M EOM","a, b",2025-01-15,12,,,12',
    ],
    "--today",
    "2025-02-01",
  );
  expect(code).toBe(0);
  expect(printed).toMatch(/a, b\s+2026-01-31\s+2025-10-31/);
});

test("a long answer comes whole through a pipe", async () => {
  const path = join(folder, "many.csv");
  const rows = Array.from({ length: 3_000 }, (_, n) => `contract-${n},2025-01-01,12,1M,12,,`);
  await writeFile(path, [HEADER, ...rows].join("\n"));
  const main = join(import.meta.dirname, "main.ts");
  const args = [main, "advocate", "check", "--contracts", path, "--today", "2026-03-02", "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 10_000_000 });
  expect(JSON.parse(stdout)).toHaveLength(3_000);
}, 60_000);

test("what is wrong with the call is said in one sentence", async () => {
  await expect(advocateCommand([])).rejects.toThrow("advocate check --contracts");
  await expect(check([HEADER], "--holidays", "DE-XX")).rejects.toThrow("--holidays is DE or one of");
  await expect(check([HEADER], "--today", "2026-02-29")).rejects.toThrow("--today is a date");
  await expect(check(["id,start"], "--today", "2026-03-02")).rejects.toThrow("missing: minimumMonths");
  await expect(advocateCommand(["check", "--contracts", join(folder, "none.csv")])).rejects.toThrow("ENOENT");
});
