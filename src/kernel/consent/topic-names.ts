import type { Tx } from "../db/open.ts";
import type { TopicNames } from "../skill.ts";

export type TopicName = Readonly<{ de: string; en: string }>;
interface Named {
  readonly purpose: string;
  readonly topic: string;
}

/**
 * What consents call a topic is for machines; here is what people call it.
 * @param rooms of the skills that have topics
 * @returns its name; null where nobody knows it any more, and for a purpose as a whole
 */
export async function nameTopics(
  rooms: readonly TopicNames[],
  { tx, tenantId }: { tx: Tx; tenantId: number },
  wanted: readonly Named[],
): Promise<(one: Named) => TopicName | null> {
  const topics = wanted.filter(({ topic }) => topic !== "");
  const names = new Map<string, TopicName>();
  if (topics.length > 0)
    for (const room of rooms)
      for (const { purpose, topic, name } of await room(tx, tenantId, topics))
        names.set(`${purpose}\n${topic}`, name);
  return ({ purpose, topic }) => names.get(`${purpose}\n${topic}`) ?? null;
}
