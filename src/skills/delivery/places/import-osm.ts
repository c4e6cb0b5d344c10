import { type ByteSource, ImportFault } from "./byte-source.ts";
import { AddressGatherer, type ImportReport, type StreetRow } from "./gather.ts";
import type { Bounds } from "./geocoder.ts";
import { readBlocks } from "./osm-blobs.ts";
import { readBlock, type Tags } from "./osm-block.ts";
import { WireError } from "./osm-wire.ts";

/**
 * Addresses of an OpenStreetMap extract: nodes and outlines of buildings with addr:*. The data are © OpenStreetMap
 * contributors under the ODbL, and whoever shows them says so.
 */
export const OSM_ATTRIBUTION = "© OpenStreetMap contributors";

/** A house number comes first: what has none is no address. */
const KEYS = [
  "addr:housenumber",
  "addr:street",
  "addr:place",
  "addr:postcode",
  "addr:city",
  "addr:suburb",
] as const;
/** Corners of one outline that its middle is made from. */
const MOST_CORNERS = 24;
const MOST_WAYS = 1_500_000;
const MOST_CORNERS_IN_ALL = 12_000_000;

export interface OsmImport {
  readonly source: ByteSource;
  readonly bounds: Bounds;
  /** Name of the city, for addresses that do not say theirs. */
  readonly locality?: string;
  /** Called now and then with the bytes read so far; the file is read twice. */
  readonly onProgress?: (bytes: number) => void;
}

interface Outline {
  readonly tags: Tags;
  /** Where its corners begin among all. */
  readonly from: number;
  readonly count: number;
}

/**
 * Reads the file twice, a block at a time: first addresses and the corners of outlines, then where those corners are.
 * Memory: some 40 bytes a corner and 200 bytes an outline, beside one block.
 * @throws ImportFault for a file that is none or holds far more than a city, TooManyAddresses
 */
export async function importOsm(options: OsmImport): Promise<{ rows: StreetRow[]; report: ImportReport }> {
  const gatherer = new AddressGatherer(options.bounds);
  const add = (tags: Tags, lat: number, lon: number, line: number) =>
    gatherer.add(
      {
        street: tags["addr:street"] ?? tags["addr:place"] ?? "",
        houseNumber: tags["addr:housenumber"] ?? "",
        postcode: tags["addr:postcode"] ?? "",
        locality: tags["addr:city"] ?? options.locality ?? "",
        district: tags["addr:suburb"] ?? "",
        lat,
        lon,
      },
      line,
    );
  const outlines: Outline[] = [];
  const corners: number[] = [];
  let block = 0;
  await eachBlock(options, (bytes) => {
    block++;
    readBlock(bytes, {
      keys: KEYS,
      node: (tags, lat, lon) => add(tags, lat, lon, block),
      way: (tags, refs) => {
        const picked = pickCorners(refs);
        outlines.push({ tags, from: corners.length, count: picked.length });
        for (const ref of picked) corners.push(ref);
        if (outlines.length > MOST_WAYS || corners.length > MOST_CORNERS_IN_ALL)
          throw new ImportFault(
            "tooLarge",
            "The file holds more buildings than a city has. Cut it to the city first.",
          );
      },
      relation: () => gatherer.unread(),
    });
  });
  const places = await placesOf(corners, options);
  for (const { tags, from, count } of outlines) {
    const middle = middleOf(corners.slice(from, from + count), places);
    if (middle) add(tags, middle.lat, middle.lon, block);
    else gatherer.skip("noPlace", block);
  }
  return gatherer.finish();
}

async function eachBlock(
  { source, onProgress }: OsmImport,
  work: (bytes: Uint8Array) => void,
): Promise<void> {
  try {
    for await (const bytes of readBlocks(source, onProgress)) work(bytes);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new ImportFault("notPbf", `This is no whole .osm.pbf file: ${error.message}. Download it again.`);
  }
}

/** Without the last one, which closes the outline and is the first again. */
function pickCorners(refs: readonly number[]): readonly number[] {
  const open = refs.length > 1 && refs[0] === refs.at(-1) ? refs.slice(0, -1) : refs;
  if (open.length <= MOST_CORNERS) return open;
  return Array.from(
    { length: MOST_CORNERS },
    (_, n) => open[Math.floor((n * open.length) / MOST_CORNERS)] as number,
  );
}

interface Places {
  readonly ids: Float64Array;
  readonly lat: Float64Array;
  readonly lon: Float64Array;
}

async function placesOf(corners: readonly number[], options: OsmImport): Promise<Places> {
  const ids = distinctSorted(corners);
  const lat = new Float64Array(ids.length).fill(Number.NaN);
  const lon = new Float64Array(ids.length).fill(Number.NaN);
  if (ids.length > 0)
    await eachBlock(options, (bytes) =>
      readBlock(bytes, {
        keys: [],
        place: (id, atLat, atLon) => {
          const at = find(ids, id);
          if (at < 0) return;
          lat[at] = atLat;
          lon[at] = atLon;
        },
      }),
    );
  return { ids, lat, lon };
}

function distinctSorted(values: readonly number[]): Float64Array {
  const sorted = Float64Array.from(values).sort();
  let kept = 0;
  for (const value of sorted) if (kept === 0 || sorted[kept - 1] !== value) sorted[kept++] = value;
  return sorted.slice(0, kept);
}

function find(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const there = sorted[middle] as number;
    if (there === value) return middle;
    if (there < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function middleOf(refs: readonly number[], { ids, lat, lon }: Places): { lat: number; lon: number } | null {
  let [sumLat, sumLon, count] = [0, 0, 0];
  for (const ref of refs) {
    const at = find(ids, ref);
    // A corner may lie beyond the edge of the extract.
    if (at < 0 || Number.isNaN(lat[at])) continue;
    sumLat += lat[at] as number;
    sumLon += lon[at] as number;
    count++;
  }
  return count === 0 ? null : { lat: sumLat / count, lon: sumLon / count };
}
