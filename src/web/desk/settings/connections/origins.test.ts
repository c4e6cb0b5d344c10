import { expect, test } from "vitest";
import { readOrigins } from "./origins.ts";

test("addresses become origins, each once; what is none is named", () => {
  expect(readOrigins("https://Firma.example/kontakt?x=1\nwww.firma.example, https://firma.example")).toEqual({
    origins: ["https://firma.example", "https://www.firma.example"],
    faults: [],
  });
  expect(readOrigins("javascript://x\nhttps://")).toEqual({
    origins: [],
    faults: ["javascript://x", "https://"],
  });
  expect(readOrigins("")).toEqual({ origins: [], faults: [] });
});
