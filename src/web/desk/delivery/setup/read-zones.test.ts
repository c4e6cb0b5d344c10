import { expect, test } from "vitest";
import { readZones } from "./read-zones.ts";

const ring = [
  [9.9, 53.5],
  [10, 53.5],
  [10, 53.6],
  [9.9, 53.5],
];

test("polygons are found however they are wrapped, with the names that they have", () => {
  const feature = (name: string, coordinates: unknown, type = "Polygon") => ({
    type: "Feature",
    properties: { name },
    geometry: { type, coordinates },
  });
  const file = {
    type: "FeatureCollection",
    features: [
      feature("Altona", [ring]),
      feature("Inseln", [[ring], [ring]], "MultiPolygon"),
      feature("Weg", [[9.9, 53.5]], "LineString"),
    ],
  };
  expect(readZones(JSON.stringify(file))?.map(({ name }) => name)).toEqual([
    "Altona",
    "Inseln 1",
    "Inseln 2",
  ]);
  expect(readZones(JSON.stringify({ type: "Polygon", coordinates: [ring] }))).toEqual([
    { name: "", polygon: { type: "Polygon", coordinates: [ring] } },
  ]);
});

test("heights are dropped and open rings closed; what has no area is nothing", () => {
  const high = ring.slice(0, 3).map(([lon, lat]) => [lon, lat, 12]);
  expect(
    readZones(JSON.stringify({ type: "Polygon", coordinates: [high] }))?.[0]?.polygon.coordinates,
  ).toEqual([ring]);
  for (const text of [
    "",
    "{",
    "[]",
    '{"type":"Point","coordinates":[1,2]}',
    '{"type":"Polygon","coordinates":[[[1]]]}',
  ])
    expect(readZones(text), text).toBeNull();
});
