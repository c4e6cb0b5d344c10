import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { drawMap, type MapInput } from "./map.ts";
import { clipArea, simplify, viewOf } from "./map-geometry.ts";
import { MapFault, readMapLayers } from "./map-layers.ts";
import { mapSvg } from "./map-svg.ts";

const feature = (type: string, coordinates: unknown, properties: Record<string, unknown>) => ({
  type: "Feature",
  properties,
  geometry: { type, coordinates },
});
const collection = (...features: unknown[]) => ({ type: "FeatureCollection", features });

const DISTRICT = feature(
  "Polygon",
  [
    [
      [9.9, 53.5],
      [10.1, 53.5],
      [10.1, 53.6],
      [9.9, 53.6],
      [9.9, 53.5],
    ],
  ],
  { kind: "district", name: 'Sankt <Georg> & "Co"' },
);
const WATER = feature(
  "MultiPolygon",
  [
    [
      [
        [9.98, 53.55],
        [10.02, 53.55],
        [10.02, 53.57],
        [9.98, 53.55],
      ],
    ],
  ],
  { natural: "water", name: "Alster" },
);
const STREET = feature(
  "LineString",
  [
    [9.95, 53.52],
    [9.96, 53.53],
    [10.05, 53.58],
  ],
  { highway: "primary" },
);

function input(more: Partial<MapInput> = {}): MapInput {
  const { features } = readMapLayers(collection(DISTRICT, WATER, STREET));
  return {
    features,
    width: 600,
    height: 400,
    stops: [
      { id: "1", at: [9.95, 53.53], sign: "1", label: 'Meier <script>alert("x")</script>', state: "next" },
      { id: "2", at: [10.04, 53.57], sign: "2", label: "Müller", state: "risk" },
    ],
    routes: [
      {
        id: "7",
        places: [
          [9.95, 53.53],
          [10.04, 53.57],
        ],
        colour: 2,
        isDimmed: false,
      },
    ],
    ...more,
  };
}

/** Reads it as XML, which it must be. */
function elements(svg: string): string[] {
  const names: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("opentag", ({ name }) => names.push(name));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(svg).close();
  return names;
}

describe("an owner's file", () => {
  test("districts, water and streets are known by their kind or by OpenStreetMap's tags", () => {
    const { features, skipped } = readMapLayers(
      collection(DISTRICT, WATER, STREET, feature("Point", [10, 53], { shop: "bakery" })),
    );
    expect(features.map(({ kind, isArea, name }) => [kind, isArea, name])).toEqual([
      ["district", true, 'Sankt <Georg> & "Co"'],
      ["water", true, "Alster"],
      ["street", false, ""],
    ]);
    expect(skipped).toBe(1);
  });

  test.each([
    [null, "notGeoJson"],
    [{ type: "Feature" }, "notGeoJson"],
    [collection(), "nothingToDraw"],
    [
      collection(
        feature(
          "LineString",
          [
            [200, 53],
            [10, 54],
          ],
          { kind: "street" },
        ),
      ),
      "nothingToDraw",
    ],
    [collection(feature("LineString", "x", { kind: "__proto__" })), "nothingToDraw"],
    [collection(...Array.from({ length: 50_001 }, () => null)), "tooManyFeatures"],
    [
      collection(
        feature(
          "LineString",
          Array.from({ length: 400_001 }, () => [10, 53.5]),
          { kind: "street" },
        ),
      ),
      "tooManyPoints",
    ],
  ])("what is none or too much is refused: %#", (value, code) => {
    expect(() => readMapLayers(value)).toThrow(MapFault);
    expect(() => readMapLayers(value)).toThrow(code);
  });
});

describe("a drawing", () => {
  test("stops and routes fill the picture, north is up, and a sign stands where its place is", () => {
    const { stops, routes, shapes } = drawMap(input());
    const [first, second] = stops;
    expect(first?.x).toBeLessThan(second?.x ?? 0);
    expect(first?.y).toBeGreaterThan(second?.y ?? 0);
    for (const { x, y } of stops) {
      expect(x).toBeGreaterThanOrEqual(39);
      expect(x).toBeLessThanOrEqual(561);
      expect(y).toBeGreaterThanOrEqual(39);
      expect(y).toBeLessThanOrEqual(361);
    }
    expect(routes[0]?.d).toBe(`M${first?.x} ${first?.y}L${second?.x} ${second?.y}`);
    expect(shapes.map(({ kind }) => kind)).toEqual(["district", "water", "street"]);
  });

  test("without stops the whole map is shown; one stop is shown with its surroundings", () => {
    const whole = drawMap(input({ stops: [], routes: [] }));
    expect(whole.shapes.length).toBe(3);
    const one = drawMap(input({ stops: input().stops.slice(0, 1), routes: [] }));
    expect(one.stops[0]).toMatchObject({ x: 300, y: 200 });
  });

  test("a map of any size is as much as a page carries", () => {
    let state = 1;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const lines = Array.from({ length: 3_000 }, () => {
      const at = () => [9.93 + 0.13 * random(), 53.52 + 0.06 * random()];
      return feature("LineString", Array.from({ length: 12 }, at), { kind: "street" });
    });
    const drawing = drawMap({ ...input(), features: readMapLayers(collection(...lines)).features });
    expect(drawing.isThinned).toBe(true);
    expect(mapSvg(drawing, { theme: "light", title: "", attribution: "" }).length).toBeLessThan(320_000);
  });

  test("leaving out points keeps every point within the tolerance", () => {
    const points = fc.array(
      fc.record({ x: fc.integer({ min: 0, max: 99 }), y: fc.integer({ min: 0, max: 99 }) }),
      {
        minLength: 2,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(points, (line) => {
        const kept = simplify(line, 2);
        expect([kept[0], kept.at(-1)]).toEqual([line[0], line.at(-1)]);
        for (const point of line) {
          const gaps = kept.slice(1).map((b, n) => gapTo(point, kept[n] as typeof point, b));
          expect(Math.min(...gaps)).toBeLessThanOrEqual(2 + 1e-9);
        }
      }),
    );
  });

  test("areas are cut at the picture's edge", () => {
    const view = viewOf([[10, 53.5]], { width: 100, height: 100, padding: 0 });
    const huge = [
      { x: -1_000, y: -1_000 },
      { x: 1_000, y: -1_000 },
      { x: 1_000, y: 1_000 },
      { x: -1_000, y: 1_000 },
    ];
    for (const { x, y } of clipArea(huge, view)) {
      expect([-8, 108]).toContain(x);
      expect([-8, 108]).toContain(y);
    }
    expect(
      clipArea(
        huge.map(({ x, y }) => ({ x: x + 5_000, y })),
        view,
      ),
    ).toEqual([]);
  });
});

function gapTo(
  p: { x: number; y: number },
  a: { x: number; y: number },
  b: { x: number; y: number },
): number {
  const square = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
  const along = square === 0 ? 0 : ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / square;
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(p.x - a.x - at * (b.x - a.x), p.y - a.y - at * (b.y - a.y));
}

describe("as SVG", () => {
  const svg = (theme: "page" | "light" | "dark") =>
    mapSvg(drawMap(input()), { theme, title: "Tour <7>", attribution: "© OpenStreetMap contributors" });

  test("it is XML, and nobody's words become elements", () => {
    const names = elements(svg("light"));
    expect(names).not.toContain("script");
    expect(names.filter((name) => name === "g").length).toBe(2);
    expect(svg("light")).toContain("Tour &lt;7&gt;");
    expect(svg("light")).toContain("© OpenStreetMap contributors");
  });

  test("any words are carried", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (words) => {
        const stops = [
          { id: words, at: [10, 53.5] as const, sign: words, label: words, state: "open" as const },
        ];
        const drawing = drawMap({ ...input(), stops, routes: [] });
        elements(mapSvg(drawing, { theme: "dark", title: words, attribution: words }));
      }),
    );
  });

  test("in a page it takes the page's colours, elsewhere its own, light or dark", () => {
    expect(svg("page")).toContain("var(--ah-map-water)");
    expect(svg("page")).not.toMatch(/#[0-9a-f]{6}/);
    expect(svg("light")).not.toContain("var(");
    expect(svg("dark")).not.toContain("var(");
    expect(svg("dark")).not.toBe(svg("light"));
  });
});
