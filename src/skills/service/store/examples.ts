import { sql } from "kysely";
import type { Tx } from "#kernel";
import type { Topic } from "../api.ts";
import { oneLine } from "../rules/index.ts";
import type { ServiceTables } from "../tables.ts";
import { unlearn } from "./unlearn.ts";

type ServiceTx = Tx<ServiceTables>;

/** An example as the desk sends it; with an id it is one that stands already. */
export type WrittenExample = Topic["examples"][number];

interface StandingExample {
  readonly id: number;
  readonly language: "de" | "en";
  readonly text: string;
  /** Said by a person, with whom it goes. */
  readonly is_taught: boolean;
}

/** What saving a topic's examples does to the rows. */
export interface ExamplePlan {
  readonly remove: readonly StandingExample[];
  /** Corrected ones: they keep their person, and measure or teach as before. */
  readonly rewrite: readonly { readonly id: number; readonly language: "de" | "en"; readonly text: string }[];
  /** `of`: a part of that example, hence of the same person. */
  readonly insert: readonly {
    readonly language: "de" | "en";
    readonly text: string;
    readonly of: number | null;
  }[];
}

/**
 * A row stays when it is sent by its id or by its words. One that a person said and that the writer was not shown
 * stays, too: a colleague accepted it meanwhile. Two that are sent with one id are parts of that example.
 * @param shown ids of the examples that the writer saw
 */
export function planExamples(
  standing: readonly StandingExample[],
  written: readonly WrittenExample[],
  shown: readonly number[],
): ExamplePlan {
  const keyOf = (row: { language: string; text: string }) => `${row.language} ${row.text}`;
  const byId = new Map(standing.map((row) => [row.id, row]));
  const byWords = new Map(standing.map((row) => [keyOf(row), row]));
  const wanted = new Map<string, WrittenExample>();
  for (const { id, language, text } of written) {
    const example = { language, text: oneLine(text) };
    const key = keyOf(example);
    const before = wanted.get(key);
    if (before?.id === undefined) wanted.set(key, id === undefined ? example : { ...example, id });
  }
  const kept = new Set([...wanted.keys()].flatMap((key) => byWords.get(key)?.id ?? []));
  const rewrite: { id: number; language: "de" | "en"; text: string }[] = [];
  const insert: { language: "de" | "en"; text: string; of: number | null }[] = [];
  for (const [key, { id, language, text }] of wanted) {
    if (byWords.has(key)) continue;
    // An id that is gone went with its person, perhaps: the words do not come back without who said them.
    if (id === undefined) insert.push({ language, text, of: null });
    else if (byId.has(id) && kept.has(id)) insert.push({ language, text, of: id });
    else if (byId.has(id)) {
      rewrite.push({ id, language, text });
      kept.add(id);
    }
  }
  const seen = new Set(shown);
  const remove = standing.filter(({ id, is_taught }) => !kept.has(id) && (!is_taught || seen.has(id)));
  return { remove, rewrite, insert };
}

/** Brings a topic's examples to what was written; whatever learnt from a person's words that go is unlearnt. */
export async function saveExamples(
  tx: ServiceTx,
  tenantId: number,
  topic: { id: number; examples: readonly WrittenExample[]; shown: readonly number[] },
): Promise<void> {
  const { examples } = topic;
  // What measures is not shown, and nobody's to edit. Whoever writes the same words has them taught.
  await sql`update service.example x set held_out = false
    from unnest(${examples.map((e) => e.language)}::text[], ${examples.map((e) => oneLine(e.text))}::text[]) e(language, text)
    where x.tenant_id = ${tenantId} and x.topic_id = ${topic.id} and x.held_out and x.language = e.language and x.text = e.text`.execute(
    tx,
  );
  const { rows } = await sql<StandingExample>`
    select id, language, text, source_at is not null as is_taught from service.example
    where tenant_id = ${tenantId} and topic_id = ${topic.id} and not held_out order by id for update`.execute(
    tx,
  );
  const { remove, rewrite, insert } = planExamples(rows, examples, topic.shown);
  await sql`delete from service.example where tenant_id = ${tenantId} and id = any(${remove.map((r) => r.id)}::bigint[])`.execute(
    tx,
  );
  const ids = rewrite.map(({ id }) => id);
  // First out of each other's way: two that change places would meet the unique key.
  await sql`update service.example set text = chr(1) || id where tenant_id = ${tenantId} and id = any(${ids}::bigint[])`.execute(
    tx,
  );
  await sql`update service.example e set language = n.language, text = n.text
    from unnest(${ids}::bigint[], ${rewrite.map((r) => r.language)}::text[], ${rewrite.map((r) => r.text)}::text[]) n(id, language, text)
    where e.tenant_id = ${tenantId} and e.id = n.id`.execute(tx);
  await insertExamples(tx, tenantId, { id: topic.id, examples: insert });
  if (remove.some(({ is_taught }) => is_taught)) await unlearn(tx, tenantId);
}

/** Adds examples that no person said, in their order; what stands already stays as it is. */
export async function addExamples(
  tx: ServiceTx,
  tenantId: number,
  topic: { id: number; examples: readonly WrittenExample[] },
): Promise<void> {
  const examples = topic.examples.map(({ language, text }) => ({ language, text: oneLine(text), of: null }));
  await insertExamples(tx, tenantId, { id: topic.id, examples });
}

async function insertExamples(
  tx: ServiceTx,
  tenantId: number,
  { id, examples }: { id: number; examples: ExamplePlan["insert"] },
): Promise<void> {
  await sql`insert into service.example (tenant_id, topic_id, language, text, source_conversation_id, source_message_id, source_at, accepted_at, held_out)
    select ${tenantId}, ${id}, n.language, n.text, s.source_conversation_id, s.source_message_id, s.source_at, s.accepted_at, coalesce(s.held_out, false)
    from unnest(${examples.map((e) => e.language)}::text[], ${examples.map((e) => e.text)}::text[], ${examples.map((e) => e.of)}::bigint[])
      with ordinality n(language, text, part_of, place)
    left join service.example s on s.tenant_id = ${tenantId} and s.topic_id = ${id} and s.id = n.part_of
    order by n.place
    on conflict do nothing`.execute(tx);
}
