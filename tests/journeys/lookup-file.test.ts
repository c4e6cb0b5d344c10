import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type World, world } from "#kernel/testing";
import { openLookup } from "../../src/skills/lookup/skill.ts";
import { insertConnection, listConnections } from "../../src/skills/lookup/store/connections.ts";
import { findRows } from "../../src/skills/lookup/store/files.ts";
import { inLookup } from "../../src/skills/lookup/store/tx.ts";
import { readRegisterFile } from "../../src/skills/lookup/store/watched-folder.ts";
import { watchSoon } from "../../src/skills/lookup/store/watching.ts";

/** A file that another program writes into the company's folder: looked at each minute, read when its time has changed. */

const MINUTE = 60_000;
let here: World;
let folder: string;
let reads = 0;

const lookup = openLookup({
  outside: () => ({
    ask: async () => ({ failed: "unreachable" }),
    mayBePlain: () => false,
    secret: async () => "secret",
    sign: () => "",
    async readFile(file) {
      const found = await readRegisterFile(folder, file);
      if (found !== null && found.text !== null) reads += 1;
      return found;
    },
  }),
});

beforeAll(async () => {
  here = await world({ parts: (kernel) => ({ timers: lookup.timers?.(kernel) ?? {} }) });
  folder = await mkdtemp(join(tmpdir(), "ah-registers-"));
});
afterAll(async () => {
  await here?.close();
  await rm(folder, { recursive: true, force: true });
});

test("is read once for each time it has, also when it was no register", async () => {
  const tenantId = (await here.tenant()).id;
  const path = join(folder, "registers", String(tenantId), "orders.csv");
  await mkdir(join(path, ".."), { recursive: true });
  /** Times in seconds: each writing has its own, however quick the test is. */
  const write = async (text: string, at: number) => {
    await writeFile(path, text);
    await utimes(path, at, at);
  };
  const order = (number: string) => `Bestellnummer;Status;PLZ\r\n${number};versandt;20099\r\n`;
  await write(order("1001"), 1_000);
  const input = { kind: "csv", name: "Datei", address: "orders.csv", prefix: "", active: true } as const;
  const { id } = await inLookup(here.kernel, tenantId, async (tx) => {
    const now = here.clock.now();
    const made = await insertConnection(tx, tenantId, { ...input, kinds: ["order"], token: "", now });
    await watchSoon(tx, tenantId, made.id, now);
    return made;
  });
  const look = async () => {
    here.clock.advance(MINUTE);
    await here.settle();
    return inLookup(here.kernel, tenantId, async (tx) => {
      const [connection] = await listConnections(tx, tenantId);
      const knows = async (reference: string) =>
        (await findRows(tx, { tenantId, connectionId: id, prefix: "" }, { kind: "order", reference }))
          .length > 0;
      return { reads, fault: connection?.fault, one: await knows("1001"), two: await knows("1002") };
    });
  };
  expect(await look()).toEqual({ reads: 1, fault: "", one: true, two: false });
  expect(await look()).toMatchObject({ reads: 1 });
  await write("Liebes Tagebuch\r\n", 2_000);
  // What stood there stays until something takes its place.
  expect(await look()).toEqual({ reads: 2, fault: "changed", one: true, two: false });
  expect(await look()).toMatchObject({ reads: 2, fault: "changed" });
  await write(order("1002"), 3_000);
  expect(await look()).toEqual({ reads: 3, fault: "", one: false, two: true });
  await rm(path);
  expect(await look()).toMatchObject({ reads: 3, fault: "no_file", two: true });
  // It comes back as it was: it is a file again.
  await write(order("1002"), 3_000);
  expect(await look()).toEqual({ reads: 4, fault: "", one: false, two: true });
});
