import { CALIBRATION_SIZE, CALIBRATION_WITH_MEANING, type Calibration } from "./calibration.ts";
import { finish, SEED } from "./hashing.ts";
import type { Meaning } from "./meaning.ts";
import type { Model } from "./model.ts";

/** What a model's bytes begin with; another format has another, see `learnAnew`. */
export const MODEL_MARK: Uint8Array = Uint8Array.from("AHE6", (letter) => letter.charCodeAt(0));
const MAGIC = new DataView(MODEL_MARK.buffer).getUint32(0, true);
const ALIGNMENT = 8;

/** Magic, length of the facts, checksum of everything behind the head, and 4 bytes that are free. */
const HEAD_BYTES = 16;

/** Everything of a model that is small. */
interface Facts {
  readonly key: string;
  readonly intents: readonly string[];
  readonly maxWrong: number;
  readonly answerAt: number;
  readonly strictAt: Readonly<Record<string, number>>;
  readonly offerAt: number;
  readonly calibration: Calibration;
  readonly slots: number;
  readonly features: number;
  readonly exact: number;
  readonly lexicon: number;
  readonly meaning?: Omit<Meaning, "centroids">;
}

type Columns = Pick<
  Model,
  | "slots"
  | "slotRows"
  | "idf"
  | "scales"
  | "constants"
  | "exactHigh"
  | "exactLow"
  | "exactIntents"
  | "lexicon"
  | "reliability"
  | "weights"
> &
  Pick<Meaning, "centroids">;

/** A model's parts before they share one buffer. */
export type ModelParts = Omit<Model, "bytes">;

/** The columns in the order of the file: an element's size, how many, and how to see them in a buffer. */
function layout(facts: Facts): { [Name in keyof Columns]: readonly [size: number, count: number] } {
  return {
    slots: [4, facts.slots],
    slotRows: [4, facts.slots],
    idf: [4, facts.features],
    scales: [4, facts.features],
    constants: [4, facts.intents.length + 1],
    exactHigh: [4, facts.exact],
    exactLow: [4, facts.exact],
    exactIntents: [2, facts.exact],
    reliability: [4, facts.intents.length],
    lexicon: [1, facts.lexicon],
    centroids: [4, facts.meaning ? facts.intents.length * facts.meaning.dimensions : 0],
    weights: [1, facts.features * (facts.intents.length + 1)],
  };
}

function aligned(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}

/** Puts the parts into one buffer: the head, the facts as JSON, then the columns, each aligned. */
export function assemble(parts: ModelParts): Model {
  const facts: Facts = {
    key: parts.key,
    intents: parts.intents,
    maxWrong: parts.maxWrong,
    answerAt: parts.answerAt,
    strictAt: parts.strictAt,
    offerAt: parts.offerAt,
    calibration: parts.calibration,
    slots: parts.slots.length,
    features: parts.idf.length,
    exact: parts.exactHigh.length,
    lexicon: parts.lexicon.length,
  };
  const { centroids, ...meaning } = parts.meaning ?? {};
  const all = centroids ? { ...facts, meaning } : facts;
  const json = new TextEncoder().encode(JSON.stringify(all));
  let end = aligned(HEAD_BYTES + json.length);
  for (const [size, count] of Object.values(layout(all as Facts))) end = aligned(end + size * count);
  const bytes = new Uint8Array(end);
  const head = new Uint32Array(bytes.buffer, 0, 3);
  head.set([MAGIC, json.length]);
  bytes.set(json, HEAD_BYTES);
  const model = view(bytes);
  model.slots.set(parts.slots);
  model.slotRows.set(parts.slotRows);
  model.idf.set(parts.idf);
  model.scales.set(parts.scales);
  model.constants.set(parts.constants);
  model.exactHigh.set(parts.exactHigh);
  model.exactLow.set(parts.exactLow);
  model.exactIntents.set(parts.exactIntents);
  model.reliability.set(parts.reliability);
  model.lexicon.set(parts.lexicon);
  model.weights.set(parts.weights);
  if (centroids) model.meaning?.centroids.set(centroids);
  head[2] = checksum(bytes);
  return model;
}

/** The model as bytes, for the database or another process. Shares memory with the model: copy before changing. */
export function encodeModel(model: Model): Uint8Array {
  return model.bytes;
}

/** The bytes are no model, one of another version of the engine, or damaged. */
export class ModelFormatError extends RangeError {
  constructor(message: string) {
    super(message);
    this.name = "ModelFormatError";
  }
}

/**
 * Reads a model without copying: its columns are views into `bytes`, which must not change any more.
 * (Copies once when `bytes` does not begin at a multiple of 8 in its buffer.)
 * @throws ModelFormatError when the bytes are no model of this version or are damaged
 */
export function decodeModel(bytes: Uint8Array): Model {
  const own = bytes.byteOffset % ALIGNMENT === 0 ? bytes : bytes.slice();
  if (own.byteLength < HEAD_BYTES || own.byteLength % ALIGNMENT !== 0)
    throw new ModelFormatError("the model is cut short");
  const head = new Uint32Array(own.buffer, own.byteOffset, 3);
  if (head[0] !== MAGIC) throw new ModelFormatError("these bytes are no model of this version of the engine");
  if (head[2] !== checksum(own)) throw new ModelFormatError("the model is damaged");
  return view(own);
}

/** FNV-1a over words of 32 bits (Fowler, Noll, Vo), turned so that high bits reach low ones. */
function checksum(bytes: Uint8Array): number {
  const words = new Uint32Array(
    bytes.buffer,
    bytes.byteOffset + HEAD_BYTES,
    (bytes.byteLength - HEAD_BYTES) >> 2,
  );
  const [, length = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 2);
  let state: number = SEED.word ^ length;
  for (let i = 0; i < words.length; i++) {
    state = Math.imul(state ^ (words[i] as number), 0x01000193);
    state = (state << 13) | (state >>> 19);
  }
  return finish(state);
}

function view(own: Uint8Array): Model {
  const { facts, start } = readFacts(own);
  const places = layout(facts);
  let end = start;
  const place = (name: keyof Columns) => {
    const [size, count] = places[name];
    const at = end;
    end = aligned(end + size * count);
    if (end > own.byteLength) throw new ModelFormatError("the model is cut short");
    return [own.buffer, own.byteOffset + at, count] as const;
  };
  return {
    bytes: own,
    key: facts.key,
    intents: facts.intents,
    maxWrong: facts.maxWrong,
    answerAt: facts.answerAt,
    strictAt: facts.strictAt,
    offerAt: facts.offerAt,
    calibration: facts.calibration,
    slots: new Uint32Array(...place("slots")),
    slotRows: new Uint32Array(...place("slotRows")),
    idf: new Float32Array(...place("idf")),
    scales: new Float32Array(...place("scales")),
    constants: new Float32Array(...place("constants")),
    exactHigh: new Uint32Array(...place("exactHigh")),
    exactLow: new Uint32Array(...place("exactLow")),
    exactIntents: new Uint16Array(...place("exactIntents")),
    reliability: new Float32Array(...place("reliability")),
    lexicon: new Uint8Array(...place("lexicon")),
    ...meaningOf(facts.meaning, new Float32Array(...place("centroids"))),
    weights: new Int8Array(...place("weights")),
  };
}

function meaningOf(facts: Facts["meaning"], centroids: Float32Array): Pick<Model, "meaning"> {
  return facts ? { meaning: { ...facts, centroids } } : {};
}

function readFacts(bytes: Uint8Array): { facts: Facts; start: number } {
  const [, length = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 2);
  const end = HEAD_BYTES + length;
  if (end > bytes.byteLength) throw new ModelFormatError("the model is cut short");
  const facts = JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD_BYTES, end))) as Facts;
  const isFit = ({ first, listed }: Calibration, size: number) =>
    first.length === size && listed.length === size;
  const { calibration, meaning } = facts;
  if (
    !isFit(calibration, CALIBRATION_SIZE) ||
    (meaning && !isFit(meaning.calibration, CALIBRATION_WITH_MEANING))
  ) {
    throw new ModelFormatError("these bytes are no model of this version of the engine");
  }
  return { facts, start: aligned(end) };
}
