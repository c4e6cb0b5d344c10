import { expect, test } from "vitest";
import { readList } from "../rules/call-list.ts";
import { AT_ONCE_BYTES, FILES_WAITING } from "../rules/limits.ts";
import { readListAside } from "./list-reading.ts";

const order = {
  mapping: null,
  plan: { countryCode: "49", areaCode: "40" },
  timeZone: "Europe/Berlin",
  now: Date.parse("2026-11-24T12:00:00Z"),
  first: null,
};
const HEAD = "Typ;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer";
const bytesOf = (lines: number) =>
  Buffer.from([HEAD, ...Array(lines).fill("2;24.11.26 09:37;;015112345678;;97911585;0:00")].join("\n"));

test("a large list is read in a process of its own and says the same; who comes while others wait is told to come again", async () => {
  const bytes = bytesOf(Math.ceil(AT_ONCE_BYTES / 40));
  expect(bytes.length).toBeGreaterThan(AT_ONCE_BYTES);
  const reads = Array.from({ length: FILES_WAITING }, (_, n) =>
    readListAside({ ...order, bytes, first: n === 0 ? null : 1 }),
  );
  await expect(readListAside({ ...order, bytes })).rejects.toMatchObject({ code: "too_many_requests" });
  // A small one waits for nobody.
  expect(await readListAside({ ...order, bytes: bytesOf(1) })).toMatchObject({ lines: 1 });
  const [whole, ...parts] = await Promise.all(reads);
  expect(whole).toEqual(readList({ ...order, bytes }));
  for (const part of parts) expect(part).toMatchObject({ calls: [{ line: 2 }] });
}, 60_000);

test("what is no table, or too long a one, is said so", () => {
  expect(readList({ ...order, bytes: Buffer.from("Guten Tag\n") })).toBe("none");
  expect(readList({ ...order, bytes: bytesOf(50_001) })).toEqual({ tooLong: 50_001 });
});
