import { createHash } from "node:crypto";
import type { House, Language, PersonNumber, Turn } from "#kernel";
import type { Known, SpokenDecision } from "../flows/scene.ts";
import { recordOf, type TurnRecord, writeTurns } from "./turns.ts";

/** Counts and records what was asked and how it ended beside the message's way, and keeps questions nobody could answer. */
export interface Tally {
  note(turn: Turn, decision: SpokenDecision, model?: Known["model"]): void;
  /** Writes what is noted; called by itself a few seconds after the first note. */
  flush(): Promise<void>;
}

const FLUSH_AFTER_MS = 3_000;
/** What is noted while the database is away is forgotten beyond this; counts may miss some, memory may not. */
const MOST_NOTES = 20_000;
const QUESTION_CHARACTERS = 1_000;
export const UNANSWERED_KEEP_DAYS = 90;

export const unansweredNumbers: readonly PersonNumber[] = [
  {
    column: "service.unanswered.confidence",
    origin: "derived",
    purpose: "service.teach",
    inputs: ["service.teach"],
    consequence: "sorts the questions that the editor reads to improve the answers",
    owner: "service",
    keepDays: UNANSWERED_KEEP_DAYS,
  },
];
const DAY_MS = 86_400_000;

interface Count {
  readonly tenantId: number;
  readonly intent: string;
  asked: number;
  answered: number;
}

interface Question {
  readonly tenantId: number;
  readonly conversationId: number;
  readonly messageId: string;
  readonly question: string;
  readonly language: Language;
  readonly guess: string | null;
  readonly confidence: number | null;
  readonly at: number;
}

export function openTally(house: House): Tally {
  let counts = new Map<string, Count>();
  let questions: Question[] = [];
  let turns: TurnRecord[] = [];
  /** Their message was not there yet: the batch is being written, or was rolled back. Tried once more. */
  let unwritten: TurnRecord[] = [];
  let timer: NodeJS.Timeout | null = null;

  function countOf(tenantId: number, intent: string): Count {
    const key = `${tenantId} ${intent}`;
    const count = counts.get(key) ?? { tenantId, intent, asked: 0, answered: 0 };
    counts.set(key, count);
    return count;
  }

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    const [taken, asked] = [[...counts.values()], questions];
    const [first, again] = [turns, unwritten];
    counts = new Map();
    questions = [];
    turns = [];
    unwritten = [];
    unwritten = await writeTurns(house, first);
    await writeTurns(house, again);
    if (unwritten.length > 0) flushSoon();
    await writeCounts(house, taken);
    await writeQuestions(house, asked);
    await scheduleForgetting(house, [...asked, ...first]);
  }

  function flushSoon(): void {
    if (timer) return;
    timer = setTimeout(() => {
      flush().catch((error: Error) =>
        house.log.warn({ error: error.message }, "knowledge: counts were not kept"),
      );
    }, FLUSH_AFTER_MS);
    timer.unref();
  }

  return {
    note(turn, decision, model = null) {
      const { language, asked, answered, unanswered } = decision;
      if (counts.size + questions.length + turns.length >= MOST_NOTES) return;
      const record = recordOf(turn, decision, model);
      if (record) turns.push(record);
      const tenantId = turn.tenant.id;
      if (asked !== undefined) countOf(tenantId, asked).asked++;
      if (answered !== undefined) countOf(tenantId, answered).answered++;
      if (unanswered) {
        questions.push({
          tenantId,
          conversationId: turn.conversation.id,
          messageId: turn.message.id,
          language,
          at: turn.now,
          ...unanswered,
        });
      }
      if (record || asked !== undefined || answered !== undefined || unanswered) flushSoon();
    },
    flush,
  };
}

async function writeCounts(house: House, counts: readonly Count[]): Promise<void> {
  if (counts.length === 0) return;
  // Sorted, so that two processes lock the rows in one order.
  const sorted = [...counts].sort((a, b) => a.tenantId - b.tenantId || (a.intent < b.intent ? -1 : 1));
  await house.db.node.query({
    name: "service-counts",
    text: `insert into service.topic_count as c (tenant_id, topic_id, asked, answered)
      select n.tenant_id, t.id, n.asked, n.answered
      from unnest($1::int[], $2::text[], $3::bigint[], $4::bigint[]) with ordinality n(tenant_id, intent, asked, answered, place)
      join service.topic t on t.tenant_id = n.tenant_id and t.intent = n.intent
      order by n.place
      on conflict (tenant_id, topic_id) do update set asked = c.asked + excluded.asked, answered = c.answered + excluded.answered`,
    values: [
      sorted.map((c) => c.tenantId),
      sorted.map((c) => c.intent),
      sorted.map((c) => c.asked),
      sorted.map((c) => c.answered),
    ],
  });
}

/** A batch that was rolled back and tried again notes a question twice; its key makes it one. */
async function writeQuestions(house: House, questions: readonly Question[]): Promise<void> {
  if (questions.length === 0) return;
  const cut = questions.map((q) => ({
    ...q,
    question: q.question.replaceAll("\0", "").slice(0, QUESTION_CHARACTERS),
  }));
  await house.db.node.query({
    name: "service-unanswered",
    // What was taken back or changed since is not kept; what comes after this, `retractTeaching` removes.
    text: `insert into service.unanswered (tenant_id, conversation_id, message_id, question_key, question, language, guess, confidence, asked_at)
      select q.tenant_id, q.conversation_id, q.message_id, q.question_key, q.question, q.language, q.guess, q.confidence, q.asked_at
      from unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::real[], $8::timestamptz[], $9::uuid[])
        q(tenant_id, conversation_id, question_key, question, language, guess, confidence, asked_at, message_id)
      join kernel.conversation c on c.tenant_id = q.tenant_id and c.id = q.conversation_id
      left join kernel.message m on m.tenant_id = q.tenant_id and m.conversation_id = q.conversation_id and m.id = q.message_id
      where not coalesce(m.revoked or m.edited, false)
      on conflict do nothing`,
    values: [
      cut.map((q) => q.tenantId),
      cut.map((q) => q.conversationId),
      cut.map((q) => createHash("sha256").update(q.question).digest("base64url")),
      cut.map((q) => q.question),
      cut.map((q) => q.language),
      cut.map((q) => q.guess),
      cut.map((q) => q.confidence),
      cut.map((q) => new Date(q.at)),
      cut.map((q) => q.messageId),
    ],
  });
}

/** One timer a tenant removes what is older than promised; it sets itself again while something is kept. */
async function scheduleForgetting(
  house: House,
  kept: readonly { tenantId: number; at: number }[],
): Promise<void> {
  if (kept.length === 0) return;
  const first = new Map<number, number>();
  for (const { tenantId, at } of kept) first.set(tenantId, Math.min(at, first.get(tenantId) ?? at));
  await house.db.node.query({
    name: "service-forget-timer",
    text: `insert into kernel.timer (tenant_id, kind, key, due_at)
      select t.tenant_id, 'service_forget', 'unanswered', t.due_at from unnest($1::int[], $2::timestamptz[]) t(tenant_id, due_at)
      on conflict (tenant_id, kind, key) do nothing`,
    values: [
      [...first.keys()],
      [...first.values()].map((at) => new Date(at + UNANSWERED_KEEP_DAYS * DAY_MS)),
    ],
  });
}
