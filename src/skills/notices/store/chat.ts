import {
  AppError,
  answerLater,
  type House,
  type Language,
  type Option,
  type Timer,
  translate,
} from "#kernel";
import type { Subscription } from "../api.ts";
import { rhythmOf } from "../rules/choice.ts";
import { catalogue, describeRhythm, titleOf } from "../rules/describe.ts";
import { decodeRhythm } from "../rules/rhythm.ts";
import { endSubscriptions, listSubscriptions, personOf, subscribe } from "./subscriptions.ts";
import { readTopic } from "./topics.ts";
import { inTenant, type NoticesTx } from "./tx.ts";

/** What the chat asked for, done after its turn: written, looked up and answered in one transaction. */

/** The purpose of an answer to a question about subscriptions; its basis is the customer's message. */
export const ANSWER = "notices.answer";
const LISTED_MOST = 20;
/** WhatsApp's list has ten rows. */
const OPTIONS_MOST = 10;
const TITLE_MOST = 24;

interface Asked {
  tenantId: number;
  conversationId: number;
  contactId: number;
  channelId: number;
  messageId: string;
  language: Language;
  payload: Timer["payload"];
}

function askedOf({ tenantId, payload }: Timer): Asked {
  return {
    tenantId,
    conversationId: Number(payload.conversationId),
    contactId: Number(payload.contactId),
    channelId: Number(payload.channelId),
    messageId: String(payload.messageId),
    language: payload.language === "en" ? "en" : "de",
    payload,
  };
}

/** The yes: grant and subscription. What it cannot make it says. */
export async function subscribeFromChat(house: House, timer: Timer): Promise<void> {
  const asked = askedOf(timer);
  const { tenantId, payload } = asked;
  const now = house.clock.now();
  try {
    await inTenant(house, tenantId, async (tx) => {
      const values = (payload.values as string[] | undefined) ?? [];
      await subscribe(tx, {
        tenantId,
        contactId: asked.contactId,
        channelId: asked.channelId,
        topic: await readTopic(tx, tenantId, Number(payload.topicId)),
        plan: {
          values: values.length > 0 ? values : [""],
          filters: {},
          rhythm: decodeRhythm(String(payload.rhythm)),
        },
        language: asked.language,
        text: String(payload.text),
        how: "message",
        evidence: { messageId: asked.messageId, conversationId: asked.conversationId },
        expiresAt: null,
        now,
      });
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const key = error.code === "not_found" ? "failed" : "tooMany";
    await inTenant(house, tenantId, (tx) => reply(house, tx, asked, { key, values: { topic: "" } }));
  }
}

export async function endFromChat(house: House, timer: Timer): Promise<void> {
  const asked = askedOf(timer);
  const { tenantId, payload } = asked;
  const now = house.clock.now();
  await inTenant(house, tenantId, async (tx) => {
    const contactIds = await personOf(tx, tenantId, asked.contactId);
    const parts = { how: "message", now };
    const id = Number(payload.subscriptionId);
    if (id > 0) {
      const [one] = await listSubscriptions(tx, tenantId, { contactIds, id, limit: 1 });
      if (!one) return;
      await endSubscriptions(tx, { tenantId, contactIds, id }, parts);
      await reply(house, tx, asked, { key: "ended", values: { topic: nameOf(one, asked.language) } });
      return;
    }
    const values = (payload.values as string[] | undefined) ?? [];
    const selection = { tenantId, contactIds, topicId: Number(payload.topicId) };
    await endSubscriptions(tx, values.length > 0 ? { ...selection, values } : selection, parts);
  });
}

export async function listFromChat(house: House, timer: Timer): Promise<void> {
  const asked = askedOf(timer);
  const { tenantId, language } = asked;
  await inTenant(house, tenantId, async (tx) => {
    const contactIds = await personOf(tx, tenantId, asked.contactId);
    const items = await listSubscriptions(tx, tenantId, { contactIds, limit: LISTED_MOST });
    if (items.length === 0) return reply(house, tx, asked, { key: "listEmpty" });
    const { formOfAddress: form } = await house.profile(tenantId);
    const say = (key: string, values: Record<string, string | number>) =>
      translate(catalogue, { language, form }, key, values);
    const lines = items.map((one, n) => {
      const item = say("listItem", {
        n: n + 1,
        topic: nameOf(one, language),
        when: describeRhythm(rhythmOf(one), language),
      });
      return one.pausedUntil === null
        ? item
        : say("listPaused", { item, until: new Date(one.pausedUntil).toLocaleDateString(language) });
    });
    const options = items.slice(0, OPTIONS_MOST).map((one, n) => ({
      id: `notices:end:${one.id}`,
      title: `${n + 1}. ${say("endOption", { topic: nameOf(one, language) })}`.slice(0, TITLE_MOST),
    }));
    await reply(house, tx, asked, { key: "list", values: { items: lines.join("\n") }, options });
  });
}

function nameOf(one: Subscription, language: Language): string {
  const title = titleOf({ title: one.topicTitle }, language);
  return one.value === "" ? title : `${title}: ${one.value}`;
}

async function reply(
  house: House,
  tx: NoticesTx,
  asked: Asked,
  said: { key: string; values?: Record<string, string>; options?: readonly Option[] },
): Promise<void> {
  const { formOfAddress: form } = await house.profile(asked.tenantId);
  const text = translate(catalogue, { language: asked.language, form }, said.key, said.values);
  await answerLater(house, tx, {
    tenantId: asked.tenantId,
    conversationId: asked.conversationId,
    messageId: asked.messageId,
    purpose: ANSWER,
    content: { type: "text", text, ...(said.options ? { options: said.options } : {}) },
    now: house.clock.now(),
  });
}
