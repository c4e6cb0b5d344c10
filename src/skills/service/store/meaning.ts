import type { House } from "#kernel";
import type { Embedder } from "../adapters/embedding/embedder.ts";
import { meantIn } from "../flows/judge.ts";
import type { Known } from "../flows/scene.ts";
import type { KnowledgeCache } from "./knowledge-cache.ts";

/**
 * Has vectors made of what companies' customers wrote, where the company has them made and its live model has learnt from
 * such. Waits no longer than the embedder's time limit.
 */
export async function askForMeaning(
  house: House,
  { cache, embedder }: { cache: KnowledgeCache; embedder: Embedder },
  said: readonly { readonly tenantId: number; readonly text: string }[],
): Promise<void> {
  const wanted: string[] = [];
  for (const { tenantId, text } of said) {
    if (text === "" || cache.known(tenantId).model?.meaning?.name !== embedder.name) continue;
    if (embedder.serves((await house.profile(tenantId)).slug)) wanted.push(...meantIn(text));
  }
  if (wanted.length > 0) await embedder.prepare(wanted);
}

/** Knowledge with the vectors that stand ready, where its model can use them. */
export function withMeaning(known: Known, embedder: Embedder | null): Known {
  if (!embedder || known.model?.meaning?.name !== embedder.name) return known;
  return { ...known, vectorOf: embedder.vectorOf };
}
