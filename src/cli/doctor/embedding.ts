import type { Config } from "#kernel";
import { embeddingOf } from "../../skills.ts";
import type { Finding } from "./finding.ts";

const ANSWER_MS = 3_000;

/** Does the service for embeddings answer, where one is named? The first level goes on without it in any case. */
export async function checkEmbedding(config: Config): Promise<Finding[]> {
  const service = embeddingOf(config);
  if (!service) return [];
  const name = "embedding service";
  const answer = await service.embed(["hallo"], ANSWER_MS);
  if ("failed" in answer)
    return [
      {
        name,
        level: "warn",
        text: `It ${answer.failed}: see EMBEDDING_URL, EMBEDDING_MODEL and EMBEDDING_KEY. The first level goes on without it.`,
      },
    ];
  if (config.embeddingCompanies === "")
    return [
      { name, level: "warn", text: "It answers, but EMBEDDING_COMPANIES names no company that uses it." },
    ];
  return [
    { name, level: "ok", text: `It answers with vectors of ${answer.vectors[0]?.length ?? 0} figures.` },
  ];
}
