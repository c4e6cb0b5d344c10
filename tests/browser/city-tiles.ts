import { zxyToTileId } from "pmtiles";

/**
 * A small map in one file, made from GeoJSON: vector tiles (vector-tile-spec 2.1) of one zoom in a PMTiles archive (version 3),
 * nothing compressed. Only what the pages draw: polygons without holes, lines and points with a `kind` and a `name`.
 */

type Place = readonly [lon: number, lat: number];
export interface TileFeature {
  readonly layer: string;
  readonly kind: string;
  readonly name: string;
  readonly type: "Polygon" | "LineString" | "Point";
  readonly places: readonly Place[];
}

const ZOOM = 11;
const EXTENT = 4096;
const HEADER_BYTES = 127;
/** geometry types and commands of the specification, 4.3 */
const TYPES = { Point: 1, LineString: 2, Polygon: 3 } as const;
const [MOVE_TO, LINE_TO, CLOSE_PATH] = [1, 2, 7];

/** @param box west, south, east, north: every tile that touches it is written */
export function cityTiles(
  features: readonly TileFeature[],
  [west, south, east, north]: readonly [number, number, number, number],
): Buffer {
  const [left, top] = toTile([west, north]).map(Math.floor) as [number, number];
  const [right, bottom] = toTile([east, south]).map(Math.floor) as [number, number];
  const tiles: { id: number; bytes: Buffer }[] = [];
  for (let x = left; x <= right; x++)
    for (let y = top; y <= bottom; y++)
      tiles.push({ id: zxyToTileId(ZOOM, x, y), bytes: tileOf(features, x, y) });
  tiles.sort((a, b) => a.id - b.id);
  const directory = directoryOf(tiles);
  const layers = [...new Set(features.map(({ layer }) => layer))];
  const metadata = Buffer.from(
    JSON.stringify({
      vector_layers: layers.map((id) => ({ id, fields: { kind: "String", name: "String" } })),
    }),
  );
  const data = Buffer.concat(tiles.map(({ bytes }) => bytes));
  const header = Buffer.alloc(HEADER_BYTES);
  header.write("PMTiles", 0, "latin1");
  header[7] = 3;
  const longs = [
    HEADER_BYTES,
    directory.length,
    HEADER_BYTES + directory.length,
    metadata.length,
    0,
    0,
    HEADER_BYTES + directory.length + metadata.length,
    data.length,
    tiles.length,
    tiles.length,
    tiles.length,
  ];
  for (const [n, long] of longs.entries()) header.writeBigUInt64LE(BigInt(long), 8 + 8 * n);
  // Clustered; directories and tiles without compression (1); vector tiles (1); one zoom.
  header.set([1, 1, 1, 1, ZOOM, ZOOM], 96);
  for (const [n, degrees] of [west, south, east, north].entries())
    header.writeInt32LE(Math.round(degrees * 1e7), 102 + 4 * n);
  header[118] = ZOOM;
  return Buffer.concat([header, directory, metadata, data]);
}

/** Web Mercator, in tiles of the zoom. */
function toTile([lon, lat]: Place): [number, number] {
  const sine = Math.sin((lat * Math.PI) / 180);
  const scale = 2 ** ZOOM;
  return [((lon + 180) / 360) * scale, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * scale];
}

/** Ids, run lengths, lengths, offsets: each a column (PMTiles specification, "Directory"). */
function directoryOf(tiles: readonly { id: number; bytes: Buffer }[]): Buffer {
  const ids = tiles.map(({ id }, n) => id - (tiles[n - 1]?.id ?? 0));
  const offsets = tiles.map((_, n) => (n === 0 ? 1 : 0));
  return numbers([
    tiles.length,
    ...ids,
    ...tiles.map(() => 1),
    ...tiles.map(({ bytes }) => bytes.length),
    ...offsets,
  ]);
}

function tileOf(features: readonly TileFeature[], x: number, y: number): Buffer {
  const layers = [...new Set(features.map(({ layer }) => layer))];
  return Buffer.concat(
    layers.map((layer) =>
      field(
        3,
        layerOf(
          layer,
          features.filter((feature) => feature.layer === layer),
          { x, y },
        ),
      ),
    ),
  );
}

function layerOf(name: string, features: readonly TileFeature[], at: { x: number; y: number }): Buffer {
  const values = [...new Set(features.flatMap((feature) => [feature.kind, feature.name]))];
  return Buffer.concat([
    field(15, 2),
    field(1, Buffer.from(name)),
    ...features.map((feature) => {
      const tags = [0, values.indexOf(feature.kind), 1, values.indexOf(feature.name)];
      return field(
        2,
        Buffer.concat([
          field(2, numbers(tags)),
          field(3, TYPES[feature.type]),
          field(4, numbers(commandsOf(feature, at))),
        ]),
      );
    }),
    ...["kind", "name"].map((key) => field(3, Buffer.from(key))),
    ...values.map((value) => field(4, field(1, Buffer.from(value)))),
    field(5, EXTENT),
  ]);
}

function commandsOf({ type, places }: TileFeature, at: { x: number; y: number }): number[] {
  const points = places.map((place) => {
    const [x, y] = toTile(place);
    return [Math.round((x - at.x) * EXTENT), Math.round((y - at.y) * EXTENT)] as const;
  });
  const steps = points.map(([x, y], n) => {
    const [beforeX, beforeY] = points[n - 1] ?? [0, 0];
    return [zigzag(x - beforeX), zigzag(y - beforeY)];
  });
  const [first = [], ...rest] = steps;
  return [
    command(MOVE_TO, 1),
    ...first,
    ...(rest.length > 0 ? [command(LINE_TO, rest.length), ...rest.flat()] : []),
    ...(type === "Polygon" ? [command(CLOSE_PATH, 1)] : []),
  ];
}

const command = (id: number, count: number): number => id + count * 8;
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

/** A field of a protocol buffer: a number, or bytes with their length. */
function field(number: number, value: number | Buffer): Buffer {
  return typeof value === "number"
    ? Buffer.concat([numbers([number * 8]), numbers([value])])
    : Buffer.concat([numbers([number * 8 + 2, value.length]), value]);
}

/** Seven bits a byte, the lowest first. */
function numbers(values: readonly number[]): Buffer {
  const bytes: number[] = [];
  for (let value of values) {
    while (value >= 128) {
      bytes.push((value % 128) + 128);
      value = Math.floor(value / 128);
    }
    bytes.push(value);
  }
  return Buffer.from(bytes);
}
