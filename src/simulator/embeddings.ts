import { type Ask, json, objectOf, type Reply, type SimulatorServer, serve } from "./http.ts";

/**
 * A service for embeddings, `POST /v1/embeddings` as OpenAI documents it. Its "model" adds a direction for every word;
 * words of one group have one direction and weigh more, so that texts of other words can mean the same.
 */

export interface EmbeddingSettings {
  port?: number;
  /** Wanted as `Authorization: Bearer KEY`; "" wants none. */
  key?: string;
  /** Words that mean the same. */
  groups?: readonly (readonly string[])[];
  dimensions?: number;
}

/**
 * hang: never answers; reset: cuts the connection; refuse: 503; words: answers in another form; short: one vector too few;
 * mixed: the first vector is longer than the others.
 */
export type EmbeddingMood = "well" | "hang" | "reset" | "refuse" | "words" | "short" | "mixed";

export interface EmbeddingSimulator extends SimulatorServer {
  mood: EmbeddingMood;
  /** Every text that was sent, in order, and the body of every question. */
  readonly texts: string[];
  readonly bodies: string[];
}

export async function startEmbeddings(settings: EmbeddingSettings = {}): Promise<EmbeddingSimulator> {
  const { port = 0, key = "", groups = [], dimensions = 48 } = settings;
  const meantBy = new Map(groups.flatMap((group) => group.map((word) => [word, group[0] ?? word] as const)));
  const simulator = { mood: "well" as EmbeddingMood, texts: [] as string[], bodies: [] as string[] };
  const vectorOf = (text: string) => vectorOfWords(text.split(" "), { meantBy, dimensions });
  const handle = (ask: Ask): Reply => {
    simulator.bodies.push(ask.body.toString("utf8"));
    const { mood } = simulator;
    if (mood === "hang" || mood === "reset") return { status: 0, body: "", silent: mood };
    if (mood === "refuse") return fault(503, "The server is overloaded.");
    if (ask.method !== "POST" || ask.path !== "/v1/embeddings") return fault(404, "There is nothing here.");
    if (key !== "" && ask.headers.authorization !== `Bearer ${key}`)
      return fault(401, "Incorrect API key provided.");
    const { model, input, encoding_format: format = "float" } = objectOf(ask.body) ?? {};
    const texts = typeof input === "string" ? [input] : input;
    if (typeof model !== "string" || model === "") return fault(400, "you must provide a model parameter");
    if (!isListOfTexts(texts) || format !== "float") return fault(400, "Invalid input.");
    simulator.texts.push(...texts);
    if (mood === "words") return json({ answer: "I am a language model." });
    const data = texts.map((text, index) => ({ object: "embedding", index, embedding: vectorOf(text) }));
    if (mood === "short") data.pop();
    if (mood === "mixed") data[0]?.embedding.push(0.5);
    const tokens = texts.reduce((sum, text) => sum + text.split(" ").length, 0);
    // The order is not promised; the index is.
    return json({
      object: "list",
      data: data.reverse(),
      model,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    });
  };
  const server = await serve(handle, { port });
  return Object.assign(simulator, server);
}

function fault(status: number, message: string): Reply {
  return json({ error: { message, type: "invalid_request_error", param: null, code: null } }, status);
}

/** At most 2,048, none empty. */
function isListOfTexts(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= 2_048 &&
    value.every((text) => typeof text === "string" && text !== "")
  );
}

const GROUPED = 5;

function vectorOfWords(
  words: readonly string[],
  { meantBy, dimensions }: { meantBy: ReadonlyMap<string, string>; dimensions: number },
): number[] {
  const sum = new Array<number>(dimensions).fill(0);
  for (const word of words) {
    const weight = meantBy.has(word) ? GROUPED : 1;
    let state = 0x811c9dc5;
    for (const sign of meantBy.get(word) ?? word)
      state = Math.imul(state ^ (sign.codePointAt(0) ?? 0), 0x01000193);
    for (let i = 0; i < dimensions; i++) {
      state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
      sum[i] = (sum[i] ?? 0) + weight * (((state >>> 8) & 0xffff) / 0x7fff - 1);
    }
  }
  const length = Math.hypot(...sum) || 1;
  return sum.map((value) => value / length);
}
