import { expect, test } from "vitest";
import { type BackupState, readConfig } from "#kernel";
import { backupFindings } from "./backups.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const HOUR_MS = 3_600_000;
const planned = readConfig({ backupTo: "/mnt/disk" }, {});
const none: BackupState = {
  lastBackup: null,
  lastDrill: null,
  failedBackup: null,
  failedDrill: null,
  heldSince: null,
};

function run(kind: "backup" | "drill", hoursAgo: number, note = "") {
  const begunAt = NOW - hoursAgo * HOUR_MS;
  return { kind, begunAt, endedAt: begunAt, isGood: true, bytes: 1, rows: 1, note };
}

const levels = (state: Partial<BackupState>, config = planned): Record<string, string> =>
  Object.fromEntries(
    backupFindings({ ...none, ...state }, config, NOW).map(({ name, level }) => [name, level]),
  );

test.each<[string, Partial<BackupState>, Record<string, string>]>([
  ["none", {}, { backup: "warn" }],
  [
    "last night's, proved this week",
    { lastBackup: run("backup", 10), lastDrill: run("drill", 60) },
    { backup: "ok", "restore drill": "ok" },
  ],
  [
    "last night's, never proved",
    { lastBackup: run("backup", 10) },
    { backup: "ok", "restore drill": "warn" },
  ],
  [
    "two days old",
    { lastBackup: run("backup", 48), lastDrill: run("drill", 60) },
    { backup: "warn", "restore drill": "ok" },
  ],
  [
    "eight days old and failing",
    { lastBackup: run("backup", 192), failedBackup: run("backup", 2, "full"), lastDrill: run("drill", 60) },
    { backup: "bad", "restore drill": "ok" },
  ],
  [
    "one that cannot be restored",
    { lastBackup: run("backup", 10), failedDrill: run("drill", 5, "damaged") },
    { backup: "ok", "restore drill": "bad" },
  ],
  [
    "messages held after a restore",
    { lastBackup: run("backup", 1), lastDrill: run("drill", 1), heldSince: NOW - HOUR_MS },
    { backup: "ok", "restore drill": "ok", restore: "warn" },
  ],
])("%s", (_, state, expected) => {
  expect(levels(state)).toEqual(expected);
});

test("without a plan a fresh backup is no peace of mind, and the reason of a failure is told", () => {
  expect(
    levels({ lastBackup: run("backup", 1), lastDrill: run("drill", 1) }, readConfig({}, {})).backup,
  ).toBe("warn");
  const [finding] = backupFindings(
    { ...none, failedBackup: run("backup", 2, "The disk is full.") },
    planned,
    NOW,
  );
  expect(finding?.text).toContain("The disk is full.");
});
