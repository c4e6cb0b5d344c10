import type { Language, Tx } from "#kernel";
import type { ServiceTables } from "../tables.ts";

/** A topic as other lists name it. */
export interface TopicName {
  readonly id: number;
  readonly intent: string;
  readonly title: string;
}

/** Of all topics, by intent, in one language where they have it. */
export async function readTopicNames(
  tx: Tx<ServiceTables>,
  tenantId: number,
  language: Language,
): Promise<Map<string, TopicName>> {
  const rows = await tx
    .selectFrom("service.topic")
    .where("tenant_id", "=", tenantId)
    .select(["id", "intent", "label", "title_de", "title_en"])
    .orderBy("intent")
    .execute();
  return new Map(
    rows.map(({ id, intent, label, title_de, title_en }) => {
      const title = language === "de" ? title_de || title_en : title_en || title_de;
      return [intent, { id, intent, title: title || label }];
    }),
  );
}
