import { createHash } from "node:crypto";
import { Agent, type Dispatcher } from "undici";
import { z } from "zod";
import type { EmbeddingService } from "../../ports.ts";

/**
 * A service that speaks the protocol of `POST /v1/embeddings` (OpenAI; also vLLM, Ollama, text-embeddings-inference,
 * llama.cpp and others). It stands wherever the operator says, so its address is not guarded.
 */
export interface EmbeddingAddress {
  /** Up to and with the version, such as "http://gpu.example:8000/v1". */
  readonly url: string;
  readonly model: string;
  /** "" where the service asks for none. */
  readonly key: string;
  /** Short names of the companies whose texts may be sent there. */
  readonly companies: readonly string[];
}

const CONNECTIONS = 4;
/** 256 vectors of 4,096 figures, each of up to 24 signs. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
const MOST_DIMENSIONS = 4_096;

const answer = z.object({
  data: z.array(
    z.object({
      index: z.number().int().min(0),
      embedding: z.array(z.number()).min(1).max(MOST_DIMENSIONS),
    }),
  ),
});

/** @returns null where none is named: then nothing is ever asked, and not one byte leaves the house */
export function openEmbeddingApi({ url, model, key, companies }: EmbeddingAddress): EmbeddingService | null {
  if (url === "") return null;
  const base = url.replace(/\/+$/, "");
  const served = new Set(companies);
  // Opened with the first question.
  let agent: Agent | undefined;
  return {
    name: createHash("sha256").update(`${base}\n${model}`).digest("hex").slice(0, 16),
    serves: (company) => served.has(company),
    async embed(texts, timeoutMs) {
      const time = AbortSignal.timeout(timeoutMs);
      try {
        agent ??= new Agent({ connections: CONNECTIONS, pipelining: 1, maxResponseSize: MAX_ANSWER_BYTES });
        const address = new URL(`${base}/embeddings`);
        const reply = await agent.request({
          origin: address.origin,
          path: address.pathname + address.search,
          method: "POST",
          headers: {
            "content-type": "application/json",
            accept: "application/json",
            ...(key !== "" && { authorization: `Bearer ${key}` }),
          },
          body: JSON.stringify({ model, input: texts, encoding_format: "float" }),
          signal: time,
        });
        return await read(reply, texts.length);
      } catch (error) {
        return { failed: time.aborted ? "gave no answer in time" : faultOf(error) };
      }
    },
  };
}

type Answered = Awaited<ReturnType<EmbeddingService["embed"]>>;

async function read(reply: Dispatcher.ResponseData, wanted: number): Promise<Answered> {
  if (reply.statusCode !== 200) {
    reply.body.on("error", () => {}).destroy();
    return { failed: `answered ${reply.statusCode}` };
  }
  const { data } = answer.parse(await reply.body.json());
  const vectors: Float32Array[] = [];
  for (const { index, embedding } of data) vectors[index] = Float32Array.from(embedding);
  const size = vectors[0]?.length ?? 0;
  const isWhole =
    data.length === wanted &&
    vectors.length === wanted &&
    Array.from(vectors, (vector) => vector?.length === size && vector.every(Number.isFinite)).every(Boolean);
  return isWhole ? { vectors } : { failed: "did not give one vector a text" };
}

/** Never the answer's words: they may quote what was sent. */
function faultOf(error: unknown): string {
  if (error instanceof z.ZodError || error instanceof SyntaxError) return "answered in another form";
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code ? `could not be asked (${code})` : "could not be asked";
}
