import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { embeddedAddress, migrate } from "#kernel";
import { type EmbeddedPostgres, startEmbedded } from "../src/kernel/db/embedded.ts";
import { migrationSets } from "../src/migrations.ts";
import { fileLengths, lengthReport, noAny, tellingNames } from "./architecture/budgets.ts";
import { tokenColours } from "./architecture/colours.ts";
import { layers } from "./architecture/layers.ts";
import { migrations } from "./architecture/migrations.ts";
import { pureRules } from "./architecture/purity.ts";
import { skillFiles } from "./architecture/skill-files.ts";
import { type Fault, type Rule, readFixture, readTree } from "./architecture/source.ts";
import { ownTime, sqlPlaces } from "./architecture/sql.ts";
import { tenancyFaults } from "./architecture/tenancy.ts";

const ROOT = dirname(import.meta.dirname);
const FOLDERS = ["src", "tests", "demo", "tools"].filter((name) => existsSync(join(ROOT, name)));
const tree = readTree(ROOT, FOLDERS).filter(({ path }) => !path.startsWith("tests/architecture/bad/"));

const rules: Readonly<Record<string, Rule>> = {
  layers,
  "skill-files": skillFiles,
  "sql-places": sqlPlaces,
  "own-time": ownTime,
  migrations,
  "pure-rules": pureRules,
  "file-lengths": fileLengths,
  "no-any": noAny,
  "telling-names": tellingNames,
  "token-colours": tokenColours,
};

function bad(name: string): string {
  return readFileSync(join(import.meta.dirname, "architecture", "bad", name), "utf8");
}

function lines(faults: readonly Fault[]): string[] {
  return faults.map(({ path, line, message }) => `${path}${line ? `:${line}` : ""} ${message}`);
}

/** A fixture says in `expect:` lines what the rule must find in it: so every fault fires, and no more. */
function expected(text: string): string[] {
  return [...text.matchAll(/expect: (.+)$/gm)].map(([, line = ""]) => line.trim());
}

describe.each(Object.entries(rules))("rule %s", (name, rule) => {
  test("holds in the house", () => {
    expect(lines(rule(tree))).toEqual([]);
  });

  test("fires on its bad fixture", () => {
    const text = bad(`${name}.txt`);
    const found = lines(rule(readFixture(text.replace(/^expect: .*\n/gm, ""))));
    expect(found.sort()).toEqual(expected(text).sort());
    expect(found.length).toBeGreaterThan(0);
  });
});

test("files are short: median at most 80 lines, 90th percentile at most 200", ({ annotate }) => {
  const report = lengthReport(tree.filter(({ path }) => path.startsWith("src/")));
  annotate(`${report.files} files, median ${report.median} lines, p90 ${report.p90} lines`);
  expect(report.median).toBeLessThanOrEqual(80);
  expect(report.p90).toBeLessThanOrEqual(200);
});

describe("tenancy", () => {
  const folder = mkdtempSync(join(tmpdir(), "architecture-"));
  let server: EmbeddedPostgres;
  let client: pg.Client;

  beforeAll(async () => {
    server = await startEmbedded({ dataDir: folder, endsWithProcess: true });
    client = new pg.Client(server.connection());
    await client.connect();
    await migrate(embeddedAddress(server.connection()), migrationSets, Date.UTC(2030, 0, 1));
  });

  afterAll(async () => {
    await client?.end();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("every table has tenant_id and forced row security, and tenant_id leads every key", async () => {
    const { rows } = await client.query("select from pg_tables where schemaname = 'kernel'");
    expect(rows.length).toBeGreaterThan(20); // the migrations did run
    expect(lines(await tenancyFaults(client))).toEqual([]);
  });

  test("fires on its bad fixture", async () => {
    const text = bad("tenancy.sql");
    await client.query("begin");
    try {
      await client.query(text);
      expect(lines(await tenancyFaults(client)).sort()).toEqual(expected(text).sort());
    } finally {
      await client.query("rollback");
    }
  });
});
