import type { Language } from "#kernel";
import { titleOf } from "../flows/knowledge.ts";
import { TOPIC_ID } from "../flows/option-ids.ts";
import type { KnowledgeCache } from "./knowledge-cache.ts";

export type MostAskedQuestions = Readonly<Record<Language, { id: string; title: string }[]>>;

const MOST_SHOWN = 5;

/** What the opening screen of the chat offers; loads no model. */
export async function readMostAsked(cache: KnowledgeCache, tenantId: number): Promise<MostAskedQuestions> {
  await cache.prepare([tenantId], { withModels: false });
  const topics = cache.known(tenantId).knowledge.mostAsked.slice(0, MOST_SHOWN);
  const shown = (language: Language) =>
    topics.map((topic) => ({
      id: `${TOPIC_ID}${topic.intent}`,
      title: topic.mostAsked?.[language] || titleOf(topic, language),
    }));
  return { de: shown("de"), en: shown("en") };
}
