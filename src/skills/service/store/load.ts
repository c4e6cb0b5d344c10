import type { Database } from "#kernel";
import { decodeModel, type Model, ModelFormatError } from "../engine/index.ts";
import { type Knowledge, type KnownAnswer, type KnownTopic, makeKnowledge } from "../flows/knowledge.ts";

/** Reads knowledge and models of many tenants at once, in the node's role. */

/** Which knowledge and which model a tenant stands at. */
export interface Head {
  readonly revision: number;
  readonly contentKey: string;
  readonly modelKey: string | null;
}

export async function loadHeads(db: Database, tenantIds: readonly number[]): Promise<Map<number, Head>> {
  const { rows } = await db.node.query<{
    tenant_id: number;
    revision: number;
    content_key: string;
    model_key: string | null;
  }>({
    name: "service-heads",
    text: "select tenant_id, revision, coalesce(live_content, content_key) as content_key, model_key from service.tenant_model where tenant_id = any($1::int[])",
    values: [tenantIds],
  });
  return new Map(
    rows.map((row) => [
      row.tenant_id,
      { revision: row.revision, contentKey: row.content_key, modelKey: row.model_key },
    ]),
  );
}

/** A topic as it is loaded and as a version keeps it; its columns come from {@link TOPIC_ROW}. */
export interface TopicRow {
  content_key: string;
  /** null: the one row of a tenant without topics */
  intent: string | null;
  label: string;
  title_de: string;
  title_en: string;
  flow: string;
  most_asked: { de: string; en: string; place?: number } | null;
  answers: { de?: KnownAnswer; en?: KnownAnswer };
}

export const TOPIC_ROW = `t.intent, t.label, t.title_de, t.title_en, t.flow, t.most_asked,
        coalesce((select jsonb_object_agg(a.language, jsonb_build_object('text', a.text, 'link', a.link, 'fileId', a.file_id, 'options', a.options))
          from service.answer a where a.tenant_id = t.tenant_id and a.topic_id = t.id), '{}') as answers`;

/** Content key and topics come from one statement, so that a key never names another content. */
export async function loadContents(
  db: Database,
  tenantIds: readonly number[],
): Promise<Map<string, Knowledge>> {
  const { rows } = await db.node.query<TopicRow>({
    name: "service-contents",
    text: `select m.content_key, ${TOPIC_ROW}
      from service.tenant_model m left join service.topic t on t.tenant_id = m.tenant_id
      where m.tenant_id = any($1::int[]) and m.live_content is null
      order by (t.most_asked ->> 'place')::int nulls last, t.intent`,
    values: [tenantIds],
  });
  const { rows: kept } = await db.node.query<{ key: string; topics: Omit<TopicRow, "content_key">[] }>({
    name: "service-kept-contents",
    text: `select c.key, c.topics from service.tenant_model m
      join service.content c on c.tenant_id = m.tenant_id and c.key = m.live_content where m.tenant_id = any($1::int[])`,
    values: [tenantIds],
  });
  const byKey = Map.groupBy(rows, (row) => row.content_key);
  return new Map([
    ...[...byKey].map(([key, topics]) => [key, makeKnowledge(topics.flatMap(topicOf))] as const),
    ...kept.map(({ key, topics }) => [key, makeKnowledge(topics.flatMap(topicOf))] as const),
  ]);
}

export function topicOf(row: Omit<TopicRow, "content_key">): KnownTopic[] {
  if (row.intent === null) return [];
  const { de, en } = row.most_asked ?? {};
  const topic = {
    intent: row.intent,
    label: row.label,
    title: { de: row.title_de, en: row.title_en },
    flow: row.flow,
    mostAsked: row.most_asked ? { de: de ?? "", en: en ?? "" } : null,
    answers: row.answers,
  };
  return [topic];
}

/** Models by their keys; what cannot be read (of an older engine, cut short) is named instead. */
export interface LoadedModels {
  readonly models: ReadonlyMap<string, Model>;
  readonly unreadable: readonly string[];
}

export async function loadModels(db: Database, keys: readonly string[]): Promise<LoadedModels> {
  const { rows } = await db.node.query<{ key: string; bytes: Buffer }>({
    name: "service-models",
    text: "select key, bytes from service.model where key = any($1::text[])",
    values: [keys],
  });
  const models = new Map<string, Model>();
  const unreadable: string[] = [];
  for (const { key, bytes } of rows) {
    try {
      models.set(key, decodeModel(bytes));
    } catch (error) {
      if (!(error instanceof ModelFormatError)) throw error;
      unreadable.push(key);
    }
  }
  return { models, unreadable };
}
