import { type Tx, writeCsv } from "#kernel";
import type { AnswerOption, ServiceTables } from "../tables.ts";

/** The two files as text. */
export interface KnowledgeExport {
  readonly examples: string;
  readonly answers: string;
}

/**
 * What a company wrote as the two files that `importKnowledge` reads. Examples that customers said stay out: they go with
 * their person and with their time, which a file cannot.
 */
export async function exportKnowledge(tx: Tx<ServiceTables>, tenantId: number): Promise<KnowledgeExport> {
  const topics = await tx
    .selectFrom("service.topic")
    .where("tenant_id", "=", tenantId)
    .orderBy("intent")
    .selectAll()
    .execute();
  const answers = await tx
    .selectFrom("service.answer")
    .where("tenant_id", "=", tenantId)
    .selectAll()
    .execute();
  const examples = await tx
    .selectFrom("service.example")
    .where("tenant_id", "=", tenantId)
    .where("topic_id", "is not", null)
    .where("source_at", "is", null)
    .orderBy("id")
    .select(["topic_id", "language", "text"])
    .execute();
  const intents = new Map(topics.map(({ id, intent }) => [id, intent]));
  const rows = topics.flatMap((topic) =>
    (["de", "en"] as const).flatMap((language) => {
      const answer = answers.find((one) => one.topic_id === topic.id && one.language === language);
      const title = language === "de" ? topic.title_de : topic.title_en;
      if (!answer && title === "") return [];
      return [
        [
          topic.intent,
          language,
          answer?.text ?? "",
          title,
          answer?.link ?? "",
          buttonsOf(answer?.options ?? []),
          topic.flow,
        ],
      ];
    }),
  );
  return {
    examples: writeCsv([
      ["text", "intent", "lang"],
      ...examples.map(({ topic_id, language, text }) => [text, intents.get(topic_id ?? 0) ?? "", language]),
    ]),
    answers: writeCsv([["intent", "lang", "answer", "title", "link", "buttons", "flow"], ...rows]),
  };
}

function buttonsOf(options: readonly AnswerOption[]): string {
  return options.map(({ title, intent }) => (intent === null ? title : `${title}>${intent}`)).join("|");
}
