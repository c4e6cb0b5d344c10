import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { testServer, type World, world } from "#kernel/testing";
import { tryLease } from "../kernel/db/lease.ts";
import { trainTenant } from "../skills/service/jobs.ts";
import { knowledgeCommand } from "./knowledge.ts";

/** The command against a real PostgreSQL: alone, and beside a node that holds the worker's lease. */

let here: World;
let folder: string;
let printed: string;
let told: string;

beforeAll(async () => {
  here = await world();
  folder = await mkdtemp(join(tmpdir(), "ah-knowledge-"));
  const { host, port } = testServer();
  const { database } = here.kernel.db.address.config("owner");
  vi.stubEnv("DATABASE_URL", `postgres://augenhoehe@${encodeURIComponent(host)}:${port}/${database}`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await here?.close();
  await rm(folder, { recursive: true, force: true });
});
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

async function file(name: string, text: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const EXAMPLES =
  'text,intent\nwhere is my card,card_arrival\nhas my card been sent,card_arrival\nmy card is lost,card_lost\n"open,card_lost\n';

test("import without a node at work learns by itself, names what it left out, and exports the same", async () => {
  const tenant = String((await here.tenant()).id);
  const examples = await file("examples.csv", EXAMPLES);
  const answers = await file("answers.csv", "intent,lang,answer\ncard_lost,en,Block it.\n");
  const args = [examples, "--tenant", tenant, "--lang", "en", "--answers", answers, "--json"];
  expect(await knowledgeCommand(["import", ...args])).toBe(0);
  expect(JSON.parse(printed)).toMatchObject({
    topics: 2,
    examples: 3,
    answers: 1,
    placeholders: 1,
    state: "live",
    skipped: [{ line: 5 }],
  });
  expect(told).toContain("Line 5 was left out");
  printed = "";
  expect(await knowledgeCommand(["export", "--tenant", tenant, "--out", join(folder, "out"), "--json"])).toBe(
    0,
  );
  const written = JSON.parse(printed);
  expect(await readFile(written.examples, "utf8")).toContain("where is my card,card_arrival,en\r\n");
  expect(await readFile(written.answers, "utf8")).toContain("card_lost,en,Block it.,,,,\r\n");
});

test("import beside a node leaves the learning to it and waits until it is done", async () => {
  const { id } = await here.tenant();
  const lease = await tryLease(here.kernel.db.address, "worker", "a node");
  const examples = await file("beside.csv", EXAMPLES.replaceAll("card", "ticket"));
  const command = knowledgeCommand(["import", examples, "--tenant", String(id), "--lang", "en"]);
  await expect.poll(() => told, { timeout: 20_000 }).toContain("The node learns it.");
  await trainTenant(here.kernel, id);
  expect(await command).toBe(0);
  expect(printed).toContain(`Company ${id} knows 2 topics from 3 examples.`);
  await lease?.release();
});

test("what is wrong is said in one sentence, and nothing is changed", async () => {
  const tenant = String((await here.tenant()).id);
  const latin = await file("latin.csv", Buffer.from([0xfc, 0x2c, 0x61]));
  const good = await file("good.csv", EXAMPLES);
  for (const [args, sentence] of [
    [[], "Say `knowledge import"],
    [["import", good, "--tenant", tenant], "--lang de or --lang en"],
    [["import", good, "--lang", "en"], "--tenant ID"],
    [["import", good, "--lang", "en", "--tenant", "999999"], "There is no company 999999"],
    [["import", "/nowhere.csv", "--lang", "en", "--tenant", tenant], "cannot be read (ENOENT)"],
    [["import", latin, "--lang", "en", "--tenant", tenant], "is not UTF-8"],
    [["export", "--tenant", tenant], "--out DIR"],
  ] as const) {
    await expect(knowledgeCommand([...args]), args.join(" ")).rejects.toThrow(sentence);
  }
});
