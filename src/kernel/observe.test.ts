import { expect, test } from "vitest";
import { addFiguresOf, allFigures, counter, metrics, showFigure } from "./observe.ts";

const figureOf = (text: string, name: string): number =>
  Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);

test("a figure that somebody else keeps is read when it is asked for", async () => {
  let hits = 3;
  showFigure({ name: "ah_try_hits_total", help: "hits", kind: "rises", read: () => hits });
  expect(figureOf(await allFigures(), "ah_try_hits_total")).toBe(3);
  hits = 5;
  expect(figureOf(await allFigures(), "ah_try_hits_total")).toBe(5);
});

test("the other process's figures are added to ours, and may be missing", async () => {
  const tries = counter("ah_try_total", "tries");
  tries.inc(2);
  const others = await metrics.getMetricsAsJSON();
  addFiguresOf(async () => others);
  expect(figureOf(await allFigures(), "ah_try_total")).toBe(4);
  addFiguresOf(() => Promise.reject(new Error("away")));
  expect(figureOf(await allFigures(), "ah_try_total")).toBe(2);
});
