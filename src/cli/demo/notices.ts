import { type Kernel, translate } from "#kernel";
import type { NoticeInput, TemplateInput, TopicInput } from "../../skills/notices/api.ts";
import { planOf } from "../../skills/notices/rules/choice.ts";
import { catalogue, describeRhythm, describeTopic } from "../../skills/notices/rules/describe.ts";
import type { KnownTopic } from "../../skills/notices/rules/wish.ts";
import { publishIn } from "../../skills/notices/store/lifecycle.ts";
import { subscribe } from "../../skills/notices/store/subscriptions.ts";
import { insertTemplate } from "../../skills/notices/store/templates.ts";
import { insertTopic, listTopics } from "../../skills/notices/store/topics.ts";
import { inTenant, type NoticesTx } from "../../skills/notices/store/tx.ts";
import { type SeededPerson, staffByName } from "./persons.ts";

/** Topics, who subscribed to them and how that is known, and notices in each state. */

export interface NoticesFile {
  evidence: string;
  topics: TopicInput[];
  templates: TemplateInput[];
  subscriptions: {
    persons: number[];
    topic: string;
    values: string[];
    hours: [string, string] | null;
    days: number;
  }[];
  notices: DemoNotice[];
}

interface DemoNotice {
  topic: string;
  title: string;
  author: string;
  values: Record<string, string[]>;
  de: string;
  en: string;
  about: string[];
  link: string | null;
  /** null = a draft */
  startsInMinutes: number | null;
  livesHours: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ALL_WEEK = [1, 2, 3, 4, 5, 6, 7];

export async function seedNotices(
  kernel: Kernel,
  tenantId: number,
  { file, persons }: { file: NoticesFile; persons: readonly SeededPerson[] },
): Promise<Map<string, number>> {
  const { name: company } = await kernel.profile(tenantId);
  const staff = await staffByName(kernel, tenantId);
  const now = kernel.clock.now();
  return inTenant(kernel, tenantId, async (tx) => {
    const oldest = now - Math.max(0, ...file.subscriptions.map(({ days }) => days)) * DAY_MS;
    for (const topic of file.topics) await insertTopic(tx, tenantId, topic, oldest);
    for (const template of file.templates) await insertTemplate(tx, tenantId, template, oldest);
    const topics = new Map((await listTopics(tx, tenantId)).map((topic) => [topic.slug, topic]));
    for (const one of file.subscriptions) {
      const topic = topics.get(one.topic);
      if (!topic) throw new Error(`demo: no topic ${one.topic}`);
      for (const place of one.persons)
        await subscribeOne(tx, tenantId, {
          person: persons[place] as SeededPerson,
          topic,
          one,
          company,
          evidence: file.evidence,
          now: now - one.days * DAY_MS,
        });
    }
    const ids = new Map([...topics.values()].map(({ slug, id }) => [slug, id]));
    for (const [n, notice] of file.notices.entries())
      await publishIn(
        tx,
        {
          tenantId,
          input: inputOf(notice, ids, now),
          by: staff.get(notice.author) ?? notice.author,
          reference: `demo ${n}`,
          story: null,
          phase: "alert",
          startAt: now + (notice.startsInMinutes ?? 0) * MINUTE_MS,
          isDraft: notice.startsInMinutes === null,
        },
        now,
      );
    return ids;
  });
}

/** As the chat asks for it: the same words, kept with the sheet that was signed. */
async function subscribeOne(
  tx: NoticesTx,
  tenantId: number,
  parts: {
    person: SeededPerson;
    topic: KnownTopic;
    one: NoticesFile["subscriptions"][number];
    company: string;
    evidence: string;
    now: number;
  },
): Promise<void> {
  const { person, topic, one, company, evidence, now } = parts;
  const { language, contactId, channelId } = person;
  const [from, to] = one.hours ?? [];
  const found = planOf(topic, {
    values: one.values.length === 0 ? {} : { [topic.parameters[0]?.key ?? ""]: one.values },
    window: from && to ? { weekdays: ALL_WEEK, from, to } : null,
    quiet: "default",
    digestAt: null,
    timeZone: null,
  });
  if ("fault" in found) throw new Error(`demo: ${topic.slug} has no such ${found.fault}`);
  const { plan } = found;
  const text = translate(catalogue, { language, form: "sie" }, "agreement", {
    company,
    topic: describeTopic(topic, plan.values, language),
    when: describeRhythm(plan.rhythm, language),
  });
  await subscribe(tx, {
    tenantId,
    contactId,
    channelId,
    topic,
    plan,
    language,
    text,
    how: "import",
    evidence: { evidence, givenAt: new Date(now).toISOString() },
    expiresAt: null,
    now,
  });
}

function inputOf(notice: DemoNotice, topics: ReadonlyMap<string, number>, now: number): NoticeInput {
  const { topic, title, values, de, en, about, link, startsInMinutes, livesHours } = notice;
  const startAt = now + (startsInMinutes ?? 0) * MINUTE_MS;
  return {
    topicId: topics.get(topic) as number,
    title,
    values,
    texts: { de, en },
    channelTexts: [],
    link,
    templates: { de: null, en: null },
    about,
    expiresAt:
      startsInMinutes === null ? null : new Date(startAt + livesHours * 60 * MINUTE_MS).toISOString(),
  };
}
