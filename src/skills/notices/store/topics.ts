import { sql } from "kysely";
import { AppError, appendEvents, type TopicNames } from "#kernel";
import type { NoticeTopic, TopicInput } from "../api.ts";
import type { KnownTopic } from "../rules/wish.ts";
import type { NoticesTx } from "./tx.ts";

const TOPICS_MOST = 200;

interface TopicRow {
  id: number;
  slug: string;
  title: TopicInput["title"];
  description: TopicInput["description"];
  kind: TopicInput["kind"];
  parameters: TopicInput["parameters"];
  is_public: boolean;
  is_urgent: boolean;
  created_at: Date;
  subscribers: number;
}

export async function listTopics(tx: NoticesTx, tenantId: number, id?: number): Promise<NoticeTopic[]> {
  const { rows } = await sql<TopicRow>`
    select t.id, t.slug, t.title, t.description, t.kind, t.parameters, t.is_public, t.is_urgent, t.created_at,
      (select count(distinct s.contact_id)::int from notices.subscription s
        where s.tenant_id = t.tenant_id and s.topic_id = t.id and s.ended_at is null) as subscribers
    from notices.topic t where t.tenant_id = ${tenantId} and t.deleted_at is null and (${id ?? null}::int is null or t.id = ${id ?? null})
    order by t.id`.execute(tx);
  return rows.map(({ is_public, is_urgent, created_at, ...row }) => ({
    ...row,
    isPublic: is_public,
    isUrgent: is_urgent,
    createdAt: created_at.toISOString(),
  }));
}

/** @throws AppError not_found */
export async function readTopic(tx: NoticesTx, tenantId: number, id: number): Promise<NoticeTopic> {
  const [topic] = await listTopics(tx, tenantId, id);
  if (!topic) throw new AppError("not_found");
  return topic;
}

/** @throws AppError not_found */
export async function topicBySlug(tx: NoticesTx, tenantId: number, slug: string): Promise<NoticeTopic> {
  const row = await tx
    .selectFrom("notices.topic")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("slug", "=", slug)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (!row) throw new AppError("not_found");
  return readTopic(tx, tenantId, row.id);
}

function columnsOf(input: TopicInput) {
  return {
    slug: input.slug,
    title: JSON.stringify(input.title),
    description: JSON.stringify(input.description),
    parameters: JSON.stringify(input.parameters),
    is_public: input.isPublic,
    is_urgent: input.isUrgent,
  };
}

/** @throws AppError rule_broken when the company has as many as it may, or the short name is taken */
export async function insertTopic(
  tx: NoticesTx,
  tenantId: number,
  input: TopicInput,
  now: number,
): Promise<number> {
  const { count } = await tx
    .selectFrom("notices.topic")
    .where("tenant_id", "=", tenantId)
    .where("deleted_at", "is", null)
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  if (count >= TOPICS_MOST) throw new AppError("rule_broken", `At most ${TOPICS_MOST} topics.`);
  await refuseTaken(tx, tenantId, input.slug);
  const { id } = await tx
    .insertInto("notices.topic")
    .values({ tenant_id: tenantId, ...columnsOf(input), kind: input.kind, created_at: new Date(now) })
    .returning("id")
    .executeTakeFirstOrThrow();
  await tellTopic(tx, tenantId, id, now);
  return id;
}

async function refuseTaken(tx: NoticesTx, tenantId: number, slug: string): Promise<void> {
  const taken = await tx
    .selectFrom("notices.topic")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("slug", "=", slug)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (taken) throw new AppError("rule_broken", "Another topic has this short name.");
}

/**
 * Saves it whole. Its short name and its kind stay: whoever agreed to be told about disruptions did not agree to advertising.
 * @throws AppError not_found, rule_broken
 */
export async function updateTopic(
  tx: NoticesTx,
  tenantId: number,
  input: TopicInput & { id: number },
  now: number,
): Promise<void> {
  const before = await readTopic(tx, tenantId, input.id);
  if (before.kind !== input.kind)
    throw new AppError("rule_broken", "Service and promotion are different consents: make a new topic.");
  // Grants name the topic by it.
  if (before.slug !== input.slug)
    throw new AppError("rule_broken", "The short name of a topic stays as it is.");
  await tx
    .updateTable("notices.topic")
    .set(columnsOf(input))
    .where("tenant_id", "=", tenantId)
    .where("id", "=", input.id)
    .execute();
  await tellTopic(tx, tenantId, input.id, now);
}

/** Nobody subscribes any more; what is under way goes on. */
export async function markDeleted(tx: NoticesTx, tenantId: number, id: number, now: number): Promise<void> {
  await tx
    .updateTable("notices.topic")
    .set({ deleted_at: new Date(now) })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .execute();
  await tellTopic(tx, tenantId, id, now);
}

export function tellTopic(tx: NoticesTx, tenantId: number, id: number | "", now: number): Promise<void> {
  return appendEvents(tx, tenantId, [{ type: "notices.topics_changed", ref: String(id) }], now);
}

/** By the short names that grants carry; one that was deleted still has its title. */
export const topicNames: TopicNames = async (tx, tenantId, topics) => {
  const { rows } = await sql<{ purpose: string; topic: string; title: TopicInput["title"] }>`
    select distinct on (w.purpose, w.topic) w.purpose, w.topic, t.title
    from unnest(${topics.map(({ purpose }) => purpose)}::text[], ${topics.map(({ topic }) => topic)}::text[]) w(purpose, topic)
    join notices.topic t on t.tenant_id = ${tenantId} and t.slug = w.topic and 'notices.' || t.kind = w.purpose
    order by w.purpose, w.topic, t.deleted_at nulls first, t.id desc`.execute(tx);
  return rows.map(({ purpose, topic, title: { de, en } }) => ({
    purpose,
    topic,
    name: { de: de || en || topic, en: en || de || topic },
  }));
};

/** Public topics of many companies, for the pump. */
export const KNOWN_TOPICS = `select tenant_id, id, slug, title, kind, parameters from notices.topic
  where tenant_id = any($1::int[]) and is_public and deleted_at is null order by tenant_id, id`;
export type KnownTopicRow = KnownTopic & { tenant_id: number };
