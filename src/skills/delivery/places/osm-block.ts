import { Wire } from "./osm-wire.ts";

/** One primitive block of an .osm.pbf file: nodes and ways with their words (OpenStreetMap wiki, "PBF Format"). */

/** Words of tags that are wanted, by what they stand for. */
export type Tags = Readonly<Record<string, string>>;

export interface BlockVisitor {
  /** Keys of tags to be read; what has not the first of them is passed over. */
  readonly keys: readonly string[];
  /** A node that has the first key. Degrees. */
  node?(tags: Tags, lat: number, lon: number): void;
  /** A way that has the first key, and its nodes. */
  way?(tags: Tags, refs: readonly number[]): void;
  /** A relation that has the first key: only counted. */
  relation?(): void;
  /** Every node, for the places of ways. */
  place?(id: number, lat: number, lon: number): void;
}

interface Block {
  readonly words: readonly Wire[];
  /** For each wanted key its number in this block; -1 where the block has not this word. */
  readonly wanted: readonly number[];
  readonly keys: readonly string[];
  readonly degrees: (units: number, isLat: boolean) => number;
}

/** Degrees a unit of granularity. */
const NANO = 1e-9;

/** @throws WireError when the bytes are no block */
export function readBlock(bytes: Uint8Array, visitor: BlockVisitor): void {
  const wire = new Wire(bytes);
  const groups: Wire[] = [];
  let words: Wire[] = [];
  let [granularity, latOffset, lonOffset] = [100, 0, 0];
  while (!wire.isDone) {
    const tag = wire.tag();
    if (tag === 10) words = readWords(wire.inside());
    else if (tag === 18) groups.push(wire.inside());
    else if (tag === 136) granularity = wire.integer();
    else if (tag === 152) latOffset = wire.integer();
    else if (tag === 160) lonOffset = wire.integer();
    else wire.skip(tag);
  }
  const block: Block = {
    words,
    wanted: visitor.keys.map((key) => indexOf(words, key)),
    keys: visitor.keys,
    degrees: (units, isLat) => NANO * ((isLat ? latOffset : lonOffset) + granularity * units),
  };
  for (const group of groups) readGroup(group, block, visitor);
}

function readWords(wire: Wire): Wire[] {
  const words: Wire[] = [];
  while (!wire.isDone) {
    const tag = wire.tag();
    if (tag === 10) words.push(wire.inside());
    else wire.skip(tag);
  }
  return words;
}

function indexOf(words: readonly Wire[], key: string): number {
  const bytes = Buffer.from(key, "utf8");
  return words.findIndex((word) => word.end - word.at === bytes.length && bytes.equals(word.bytes()));
}

const wordOf = ({ words }: Block, at: number): string =>
  Buffer.from(words[at]?.bytes() ?? []).toString("utf8");

function readGroup(group: Wire, block: Block, visitor: BlockVisitor): void {
  const hasKey = (block.wanted[0] ?? -1) > 0;
  while (!group.isDone) {
    const tag = group.tag();
    if (tag === 10 && (visitor.place || hasKey)) readNode(group.inside(), block, visitor);
    else if (tag === 18 && (visitor.place || hasKey)) readDense(group.inside(), block, visitor);
    else if (tag === 26 && hasKey && visitor.way) readWay(group.inside(), block, visitor);
    else if (tag === 34 && hasKey && visitor.relation) readRelation(group.inside(), block, visitor);
    else group.skip(tag);
  }
}

function numbers(list: Wire): number[] {
  const all: number[] = [];
  while (!list.isDone) all.push(list.unsigned());
  return all;
}

/** @returns null without the first wanted key */
function tagsOf(keys: readonly number[], values: readonly number[], block: Block): Tags | null {
  if (!keys.includes(block.wanted[0] as number)) return null;
  const tags: Record<string, string> = {};
  for (const [n, key] of keys.entries()) {
    const at = block.wanted.indexOf(key);
    if (at >= 0) tags[block.keys[at] as string] = wordOf(block, values[n] ?? 0);
  }
  return tags;
}

function readNode(wire: Wire, block: Block, visitor: BlockVisitor): void {
  let [id, lat, lon] = [0, 0, 0];
  let [keys, values]: [number[], number[]] = [[], []];
  while (!wire.isDone) {
    const tag = wire.tag();
    if (tag === 8) id = wire.signed();
    else if (tag === 18) keys = numbers(wire.inside());
    else if (tag === 26) values = numbers(wire.inside());
    else if (tag === 64) lat = wire.signed();
    else if (tag === 72) lon = wire.signed();
    else wire.skip(tag);
  }
  visitor.place?.(id, block.degrees(lat, true), block.degrees(lon, false));
  const tags = visitor.node && tagsOf(keys, values, block);
  if (tags) visitor.node?.(tags, block.degrees(lat, true), block.degrees(lon, false));
}

/** Ids and places as differences, tags of all nodes in one list that a 0 parts. */
function readDense(wire: Wire, block: Block, visitor: BlockVisitor): void {
  let [ids, lats, lons, keysValues]: (Wire | undefined)[] = [];
  while (!wire.isDone) {
    const tag = wire.tag();
    if (tag === 10) ids = wire.inside();
    else if (tag === 66) lats = wire.inside();
    else if (tag === 74) lons = wire.inside();
    else if (tag === 82) keysValues = wire.inside();
    else wire.skip(tag);
  }
  if (!ids || !lats || !lons) return;
  let [id, lat, lon] = [0, 0, 0];
  while (!ids.isDone) {
    id += ids.signed();
    lat += lats.signed();
    lon += lons.signed();
    visitor.place?.(id, block.degrees(lat, true), block.degrees(lon, false));
    const tags = visitor.node && keysValues && denseTags(keysValues, block);
    if (tags) visitor.node?.(tags, block.degrees(lat, true), block.degrees(lon, false));
  }
}

function denseTags(list: Wire, block: Block): Tags | null {
  const keys: number[] = [];
  const values: number[] = [];
  while (!list.isDone) {
    const key = list.unsigned();
    if (key === 0) break;
    const value = list.unsigned();
    if (!block.wanted.includes(key)) continue;
    keys.push(key);
    values.push(value);
  }
  return keys.length === 0 ? null : tagsOf(keys, values, block);
}

function readWay(wire: Wire, block: Block, visitor: BlockVisitor): void {
  let [keys, values]: [number[], number[]] = [[], []];
  let refs: Wire | undefined;
  while (!wire.isDone) {
    const tag = wire.tag();
    if (tag === 18) keys = numbers(wire.inside());
    else if (tag === 26) values = numbers(wire.inside());
    else if (tag === 66) refs = wire.inside();
    else wire.skip(tag);
  }
  const tags = tagsOf(keys, values, block);
  if (!tags || !refs) return;
  const ids: number[] = [];
  let id = 0;
  while (!refs.isDone) {
    id += refs.signed();
    ids.push(id);
  }
  visitor.way?.(tags, ids);
}

function readRelation(wire: Wire, block: Block, visitor: BlockVisitor): void {
  while (!wire.isDone) {
    const tag = wire.tag();
    if (tag !== 18) wire.skip(tag);
    else if (numbers(wire.inside()).includes(block.wanted[0] as number)) visitor.relation?.();
  }
}
