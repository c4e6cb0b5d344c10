import { expect, test } from "vitest";
import type { MapFeature } from "../api/map-layers.ts";
import { featuresAround } from "./city-maps.ts";

const HERE = { lat: 53.55, lon: 9.99 };
/** A street of so many points that begins so many metres north. */
const street = (name: string, north: number, points = 2): MapFeature => ({
  kind: "street",
  name,
  isArea: false,
  lines: [Array.from({ length: points }, (_, n) => [9.99 + n * 1e-7, 53.55 + north / 111_195] as const)],
});
const names = (features: readonly MapFeature[]) => features.map(({ name }) => name);

test("what is far is left out, what reaches in stays whole", () => {
  const long: MapFeature = {
    ...street("through", 0),
    lines: [
      [
        [9.9, 53.5],
        [10.1, 53.6],
      ],
    ],
  };
  expect(names(featuresAround([street("far", 6_000), street("near", 900), long], HERE, 5_000))).toEqual([
    "through",
    "near",
  ]);
});

test("of too many the farthest are left out", () => {
  const shown = featuresAround(
    [street("c", 3_000, 6_000), street("a", 10, 6_000), street("b", 500, 6_000)],
    HERE,
    5_000,
  );
  expect(names(shown)).toEqual(["a", "b"]);
});
