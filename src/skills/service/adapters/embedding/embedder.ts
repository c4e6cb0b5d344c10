import { createHash } from "node:crypto";
import { byteLru, type House } from "#kernel";
import { type Example, reduce, type TrainOptions, textsToEmbed, type Vectors } from "../../engine/index.ts";
import type { EmbeddingService } from "../../ports.ts";

/** What the house does with a service for embeddings: remembers, bundles, waits briefly, and leaves it alone when it fails. */
export interface Embedder {
  /** Of service and model. */
  readonly name: string;
  /** Whether texts of a company may be sent there. */
  serves(company: string): boolean;
  /** Asks for what is not known yet. Never waits longer than the time limit, never throws. */
  prepare(texts: readonly string[]): Promise<void>;
  /** What is known of a text now; undefined: go on without. */
  vectorOf(text: string): Float32Array | undefined;
  /** Vectors of everything that a training needs. @returns null when one is missing: then the training goes without */
  learn(examples: readonly Example[], options: TrainOptions): Promise<Vectors | null>;
  /** Asks once, for who looks whether it is well. @returns what is wrong, or null */
  probe(): Promise<string | null>;
}

interface EmbedderParts {
  /** What a batch of messages waits at most, ms. */
  readonly timeout_ms: number;
  /** ms since the epoch. */
  now(): number;
  /** Told of failures, without a word of what was sent. */
  warn(fault: string): void;
}

const CACHE_BYTES = 64 * 2 ** 20;
/** Texts of one question to the service. */
const BATCH = 64;
/** Texts of one batch of messages; what is beyond goes without. */
const MOST_AT_ONCE = 256;
/** Whoever writes more has said it before. */
const MOST_CHARACTERS = 1_000;
const TRAINING_TIMEOUT_MS = 30_000;
const PROBE_TIMEOUT_MS = 3_000;
/** After so many failures in a row nobody waits for it ... */
const MOST_FAILURES = 3;
/** ... for so long. */
const PAUSE_MS = 60_000;

const EMAIL = /[^\s@<>()]+@[^\s@<>()]+/g;

/** What is sent of a text: its words in lower case, figures as 0, without e-mail addresses. */
export function asSent(text: string): string {
  return reduce(text.slice(0, 2 * MOST_CHARACTERS).replace(EMAIL, " ")).slice(0, MOST_CHARACTERS);
}

/** Who is asked, and what a batch of messages waits for it at most. */
export type EmbeddingSetting = (house: House) => { service: EmbeddingService | null; timeout_ms: number };

/** One a process, whoever asks first. @param setting none: nobody is ever asked */
export function openEmbedders(setting?: EmbeddingSetting): (house: House) => Embedder | null {
  const embedders = new WeakMap<House, Embedder>();
  return (house) => {
    const embedder = embedders.get(house);
    if (embedder) return embedder;
    const { service = null, timeout_ms = 0 } = setting?.(house) ?? {};
    if (!service) return null;
    const opened = openEmbedder(service, {
      timeout_ms,
      now: () => house.clock.now(),
      warn: (fault) => house.log.warn({ fault }, "embedding service: the first level goes on without it"),
    });
    embedders.set(house, opened);
    return opened;
  };
}

export function openEmbedder(service: EmbeddingService, parts: EmbedderParts): Embedder {
  const known = byteLru<Float32Array>(CACHE_BYTES);
  let failures = 0;
  let pausedUntil = 0;
  const keyOf = (sent: string) => createHash("sha256").update(sent).digest("base64url");

  async function ask(texts: readonly string[], timeout_ms: number): Promise<string | null> {
    const answer = await service.embed(texts, timeout_ms);
    if ("failed" in answer) {
      parts.warn(answer.failed);
      return answer.failed;
    }
    answer.vectors.forEach((vector, place) => {
      known.set(keyOf(texts[place] as string), vector, vector.byteLength + 128);
    });
    return null;
  }

  function note(fault: string | null): void {
    failures = fault === null ? 0 : failures + 1;
    if (failures >= MOST_FAILURES) pausedUntil = parts.now() + PAUSE_MS;
  }

  const missing = (sent: readonly string[]) =>
    [...new Set(sent)].filter((text) => text !== "" && known.use(keyOf(text)) === undefined);

  return {
    name: service.name,
    serves: service.serves,
    async prepare(texts) {
      known.trim();
      const wanted = missing(texts.map(asSent)).slice(0, MOST_AT_ONCE);
      if (wanted.length === 0 || parts.now() < pausedUntil) return;
      note(await ask(wanted, parts.timeout_ms));
    },
    vectorOf: (text) => known.peek(keyOf(asSent(text))),
    async learn(examples, options) {
      known.trim();
      const written = new Map(
        [...examples, ...(options.validation ?? [])].map(({ text }) => [reduce(text), text] as const),
      );
      const sentOf = new Map(
        textsToEmbed(examples, options).map((text) => [text, asSent(written.get(text) ?? text)] as const),
      );
      const wanted = missing([...sentOf.values()]);
      for (let from = 0; from < wanted.length; from += BATCH)
        if ((await ask(wanted.slice(from, from + BATCH), TRAINING_TIMEOUT_MS)) !== null) return null;
      const of = new Map<string, Float32Array>();
      for (const [text, sent] of sentOf) {
        const vector = known.peek(keyOf(sent));
        if (vector === undefined) return null;
        of.set(text, vector);
      }
      return { name: service.name, of };
    },
    async probe() {
      const answer = await service.embed(["hallo"], PROBE_TIMEOUT_MS);
      return "failed" in answer ? answer.failed : null;
    },
  };
}
