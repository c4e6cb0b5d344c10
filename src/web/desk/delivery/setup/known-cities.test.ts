import { expect, test } from "vitest";
import { knownCity } from "./known-cities.ts";

test.each([
  ["Köln", 50.938],
  [" HAMBURG ", 53.551],
  ["Frankfurt am Main", 50.111],
  ["Frankfurt a. M.", 50.111],
  ["Frankfurt/Main", 50.111],
])("%s is known", (name, lat) => {
  expect(knownCity(name)?.lat).toBe(lat);
});

test.each(["Frankfurt (Oder)", "Essen (Oldenburg)", "Hamburg an der Förde", "constructor", ""])(
  "%s is not taken for another one",
  (name) => {
    expect(knownCity(name)).toBeNull();
  },
);
