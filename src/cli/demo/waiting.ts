import { appendEvents, callPerson, type Kernel, messageId, type Tx, translate } from "#kernel";
import { catalogue } from "../../skills/service/flows/scene.ts";
import type { SeededPerson } from "./persons.ts";
import { personSays } from "./talks.ts";

/** Customers who wait for a person, so that the desk shows at the first look what it is for. */

export interface WaitingCase {
  /** By place among the persons. */
  person: number;
  minutesAgo: number;
  text: string;
  /** Why the automatic answers handed over: also the key of what they said then. */
  reason: "asked" | "unsure" | "unknown" | "complaint";
  /** What staff read above the conversation. */
  summary: string;
}

const MINUTE_MS = 60_000;
const ANSWERED_AFTER_MS = 350;
const WORDS = { asked: "asked", unsure: "unsure", unknown: "unknown", complaint: "upset" } as const;

export async function seedWaiting(
  kernel: Kernel,
  tenantId: number,
  { cases, persons }: { cases: readonly WaitingCase[]; persons: readonly SeededPerson[] },
): Promise<void> {
  const { timeZone, formOfAddress: form } = await kernel.profile(tenantId);
  const now = kernel.clock.now();
  await kernel.db.tenant(tenantId, async (tx) => {
    for (const { person: place, minutesAgo, text, reason, summary } of cases) {
      const person = persons[place];
      if (!person) throw new Error(`waiting.json: there is no person ${place}`);
      const at = now - minutesAgo * MINUTE_MS;
      const { conversationId, messageId: asked } = await personSays(tx, tenantId, {
        person,
        text,
        at,
        timeZone,
      });
      const { language } = person;
      const answer = translate(catalogue, { language, form }, WORDS[reason], {});
      const answered = await automatSays(tx, {
        tenantId,
        conversationId,
        asked,
        language,
        text: answer,
        at: at + ANSWERED_AFTER_MS,
      });
      // So that a search finds the words.
      const events = [asked, answered].map((messageId) => ({
        type: "message.created",
        conversationId,
        messageId,
      }));
      await appendEvents(tx, tenantId, events, at + ANSWERED_AFTER_MS);
      await callPerson(kernel, tx, {
        tenantId,
        conversationId,
        reason,
        summary,
        now: at + 2 * ANSWERED_AFTER_MS,
      });
    }
  });
}

async function automatSays(
  tx: Tx,
  said: {
    tenantId: number;
    conversationId: number;
    /** The message it answers. */
    asked: string;
    language: "de" | "en";
    text: string;
    at: number;
  },
): Promise<string> {
  const when = new Date(said.at);
  const id = messageId(said.at, said.at);
  await tx
    .insertInto("kernel.message")
    .values({
      tenant_id: said.tenantId,
      conversation_id: said.conversationId,
      id,
      author: "bot",
      content: JSON.stringify({ type: "text", text: said.text }),
      status: "read",
      external_id: null,
      client_id: null,
      reply_to: said.asked,
      language: said.language,
      purpose: "service.answer",
      basis_message: said.asked,
      sent_at: when,
      received_at: when,
      processed_at: when,
    })
    .execute();
  return id;
}
