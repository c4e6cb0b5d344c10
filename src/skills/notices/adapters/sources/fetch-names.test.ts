import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { zip } from "../../fixtures/zip.ts";
import type { EntityName } from "../../rules/feeds/gtfs-names.ts";
import { readArchive } from "./fetch-names.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ah-names-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(bytes: Buffer): Promise<EntityName[]> {
  const file = join(folder, "feed.zip");
  await writeFile(file, bytes);
  const names: EntityName[] = [];
  const count = await readArchive(file, async (some) => void names.push(...some));
  expect(count).toBe(names.length);
  return names;
}

test("names of lines, stops and agencies are read from wherever they stand in the archive", async () => {
  const names = await read(
    zip({
      "gtfs/stops.txt": '\ufeffstop_id,stop_code,stop_name\r\n1,,"Messehallen, Süd"\r\n2,,\r\n',
      "gtfs/routes.txt": "route_id,route_short_name,route_long_name,route_type\na,,Hafenfähre,4\nb,U3,,400\n",
      "gtfs/agency.txt": "agency_id,agency_name\nhha,Hochbahn\n",
      "gtfs/stop_times.txt": "trip_id\n1\n",
    }),
  );
  expect(names).toEqual([
    { kind: "stop", ref: "1", name: "Messehallen, Süd", mode: "" },
    { kind: "route", ref: "a", name: "Hafenfähre", mode: "ferry" },
    { kind: "route", ref: "b", name: "U3", mode: "subway" },
    { kind: "agency", ref: "hha", name: "Hochbahn", mode: "" },
  ]);
});

test("twenty thousand stops come in batches", async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => `${at},Halt ${at}\n`).join("");
  expect(await read(zip({ "stops.txt": `stop_id,stop_name\n${rows}` }))).toHaveLength(20_000);
});

test("what is no archive, is cut off, lies about a size or is damaged is refused", async () => {
  const whole = zip({ "stops.txt": `stop_id,stop_name\n${"1,Halt\n".repeat(2_000)}` });
  const lying = Buffer.from(whole);
  // The size in the directory: 22 bytes before its name.
  lying.writeUInt32LE(5, lying.lastIndexOf("stops.txt") - 22);
  const damaged = Buffer.from(whole);
  damaged.fill(0xff, 60, 90);
  const bad = [
    Buffer.from("<html>404</html>"),
    Buffer.alloc(0),
    whole.subarray(0, whole.length - 30),
    lying,
    damaged,
  ];
  for (const bytes of bad) await expect(read(bytes)).rejects.toThrow("broken_body");
});

test("an archive of a thousand files and one, or of a file too large, is refused", async () => {
  const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, at) => [`f${at}`, ""]));
  await expect(read(zip(many))).rejects.toThrow("too_large");
  const large = zip({ "stops.txt": "stop_id\n" });
  large.writeUInt32LE(400 * 1024 * 1024, large.lastIndexOf("stops.txt") - 22);
  await expect(read(large)).rejects.toThrow("too_large");
});

test("a fault of whoever takes the names is not called a fault of the archive", async () => {
  const file = join(folder, "feed.zip");
  await writeFile(file, zip({ "stops.txt": "stop_id,stop_name\n1,Halt\n" }));
  await expect(readArchive(file, () => Promise.reject(new Error("database away")))).rejects.toThrow(
    "database away",
  );
});
