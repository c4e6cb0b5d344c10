import { instantOf, type Kernel, messageId, readCsv, type Tx } from "#kernel";
import { type TurnRecord, writeTurns } from "../../skills/service/store/turns.ts";
import { addDays, lastWeek } from "../../skills/week/rules/weeks.ts";
import { staffByName } from "./persons.ts";

/** Two weeks of work that lie behind, so that the owner's Monday page has something to say on the first day. */

interface WeeksFile {
  topics: { intent: string; last: Share; before: Share }[];
  /** What colleagues answered, in turn. */
  person: string[];
}
interface Share {
  settled: number;
  byPerson: number;
}

interface PastCase {
  intent: string;
  at: number;
  question: string;
  answer: string;
  /** A colleague's answer came so much later; null = the automatic answer was enough. */
  person: { by: string; afterMs: number } | null;
}

const OPENS_MINUTES = 9 * 60;
const OPEN_MINUTES = 9 * 60;
/** Prime to the minutes of a day: cases lie all over it, the same in each demo. */
const STEP_MINUTES = 37;
const MINUTE_MS = 60_000;
const ANSWERED_AFTER_MS = 350;

export async function seedWeeks(
  kernel: Kernel,
  tenantId: number,
  read: (name: string) => Promise<string>,
): Promise<void> {
  const file = JSON.parse(await read("weeks.json")) as WeeksFile;
  const questions = await columnOf(read, "examples.csv", { key: 1, value: 0, language: 2 });
  const answers = await columnOf(read, "topics.csv", { key: 0, value: 3, language: 1 });
  const staff = [...(await staffByName(kernel, tenantId)).values()];
  const { timeZone } = await kernel.profile(tenantId);
  const { monday } = lastWeek(timeZone, kernel.clock.now());
  const cases: PastCase[] = [];
  for (const [week, start] of [
    ["last", monday],
    ["before", addDays(monday, -7)],
  ] as const)
    for (const { intent, [week]: share } of file.topics)
      for (let n = 0; n < share.settled + share.byPerson; n++) {
        const place = cases.length;
        const minutes = OPENS_MINUTES + ((place * STEP_MINUTES) % OPEN_MINUTES);
        const isPersons = n >= share.settled;
        cases.push({
          intent,
          at: instantOf(timeZone, addDays(start, place % 6), minutes),
          question: questions.get(intent)?.[n] ?? intent,
          answer: isPersons ? (file.person[n % file.person.length] ?? "") : (answers.get(intent)?.[0] ?? ""),
          person: isPersons
            ? { by: staff[place % staff.length] ?? "", afterMs: (4 + ((place * 7) % 40)) * MINUTE_MS }
            : null,
        });
      }
  const turns = await kernel.db.tenant(tenantId, (tx) => storeCases(tx, tenantId, cases));
  await writeTurns(kernel, turns);
}

/** The German values of a column by their intent. */
async function columnOf(
  read: (name: string) => Promise<string>,
  name: string,
  columns: { key: number; value: number; language: number },
): Promise<Map<string, string[]>> {
  const values = new Map<string, string[]>();
  for (const { fields } of readCsv(await read(name)).records) {
    if (fields[columns.language] !== "de") continue;
    const key = fields[columns.key] ?? "";
    values.set(key, [...(values.get(key) ?? []), fields[columns.value] ?? ""]);
  }
  return values;
}

/** Visitors of the company's own chat, who have no name. */
async function storeCases(tx: Tx, tenantId: number, cases: readonly PastCase[]): Promise<TurnRecord[]> {
  const channel = await tx
    .selectFrom("kernel.channel")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("kind", "=", "web")
    .executeTakeFirstOrThrow();
  const contacts = await tx
    .insertInto("kernel.contact")
    .values(
      cases.map(({ at }) => ({
        tenant_id: tenantId,
        name: "",
        language: "de" as const,
        merged_into: null,
        first_seen_at: new Date(at),
      })),
    )
    .returning("id")
    .execute();
  const conversations = await tx
    .insertInto("kernel.conversation")
    .values(
      cases.map(({ at, question, intent }, place) => ({
        tenant_id: tenantId,
        channel_id: channel.id,
        contact_id: contacts[place]?.id as number,
        reply_address: `demo-${contacts[place]?.id}`,
        state: "closed" as const,
        language: "de" as const,
        topic: intent,
        preview: question.slice(0, 120),
        last_message_at: new Date(at),
        last_day: new Date(at).toISOString().slice(0, 10),
        created_at: new Date(at),
        closed_at: new Date(at),
      })),
    )
    .returning(["id", "contact_id"])
    .execute();
  const idOf = new Map(conversations.map(({ id, contact_id }) => [contact_id, id]));
  const placed = cases.map((one, place) => ({
    ...one,
    conversationId: idOf.get(contacts[place]?.id as number) as number,
    messageId: messageId(one.at, one.at),
  }));
  await tx
    .insertInto("kernel.message")
    .values(placed.flatMap((one) => messagesOf(tenantId, one)))
    .execute();
  return placed.map(({ conversationId, messageId: id, at, intent, person }) => ({
    tenantId,
    conversationId,
    messageId: id,
    at,
    topic: intent,
    language: "de",
    outcome: person ? "handed_over" : "answered",
    zone: person ? "handover" : "answer",
    confidence: person ? 0.4 : 0.9,
    modelKey: null,
  }));
}

function messagesOf(tenantId: number, said: PastCase & { conversationId: number; messageId: string }) {
  const { conversationId, messageId: asked, at, question, answer, person } = said;
  const answeredAt = person ? at + person.afterMs : at;
  const shared = { tenant_id: tenantId, conversation_id: conversationId, external_id: null, client_id: null };
  const words = (text: string) => JSON.stringify({ type: "text", text });
  return [
    {
      ...shared,
      id: asked,
      author: "customer" as const,
      staff_id: null,
      content: words(question),
      status: "received",
      reply_to: null,
      language: null,
      purpose: null,
      basis_message: null,
      sent_at: new Date(at),
      received_at: new Date(at),
      processed_at: new Date(at + ANSWERED_AFTER_MS),
    },
    {
      ...shared,
      id: messageId(answeredAt, answeredAt),
      author: person ? ("agent" as const) : ("bot" as const),
      staff_id: person?.by ?? null,
      content: words(answer),
      status: "read",
      reply_to: null,
      language: "de",
      purpose: "service.answer",
      basis_message: asked,
      sent_at: new Date(answeredAt),
      received_at: new Date(answeredAt),
      processed_at: new Date(answeredAt + ANSWERED_AFTER_MS),
    },
  ];
}
