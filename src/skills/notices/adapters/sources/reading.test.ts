import { expect, test } from "vitest";
import { readSource } from "../../rules/feeds/read-source.ts";
import { readBody } from "./reading.ts";

const setting = {
  language: "de" as const,
  timeZone: "Europe/Berlin",
  now: Date.parse("2026-11-24T09:00:00Z"),
};

/** A feed of so many articles. */
const feed = (articles: number): Uint8Array =>
  Buffer.from(
    `<rss version="2.0"><channel><title>Neues</title>${Array.from(
      { length: articles },
      (_, n) =>
        `<item><guid>a${n}</guid><title>Artikel ${n}</title><description>${"Worte ".repeat(40)}</description></item>`,
    ).join("")}</channel></rss>`,
  );

test("a large body is read beside the event loop, with the same result", async () => {
  const bytes = feed(3_000);
  expect(bytes.length).toBeGreaterThan(500_000);
  let ticks = 0;
  const clock = setInterval(() => ticks++, 5);
  const read = await readBody({ kind: "feed", bytes, setting });
  clearInterval(clock);
  expect(read).toEqual(readSource("feed", bytes, setting));
  expect(read.items).toHaveLength(3_000);
  // Nothing stood still meanwhile: the process alone takes longer to start than a few ticks.
  expect(ticks).toBeGreaterThan(3);
});

test("a small one is read at once", async () => {
  expect((await readBody({ kind: "feed", bytes: feed(2), setting })).items.map(({ id }) => id)).toEqual([
    "a0",
    "a1",
  ]);
});
