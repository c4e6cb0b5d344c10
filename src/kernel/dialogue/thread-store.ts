import type pg from "pg";
import { pgArray } from "../db/array.ts";
import type { Located } from "./sort.ts";

/** The kinds of items that may name a thread. */
export type Threaded = Located<"message"> | Located<"preference">;

/** A conversation that a message names. */
export interface KnownThread {
  conversationId: number;
  thread: string;
  /** null where no mail of a customer opened it. */
  subject: string | null;
  participants: readonly string[];
  /** Of its contact, in lower case. */
  addresses: readonly string[];
}

/** What one message names, nearest first. */
export interface Asked {
  tenantId: number;
  channelId: number;
  names: readonly { conversationId?: number; key?: string }[];
}

interface Row extends KnownThread {
  n: number;
}

/** @returns for each the conversations of the same mailbox that it names, in its order */
export async function knownThreads(client: pg.PoolClient, all: readonly Asked[]): Promise<KnownThread[][]> {
  const names = all.flatMap((asked, n) => asked.names.map((name) => ({ ...asked, ...name, n })));
  if (names.length === 0) return all.map(() => []);
  const { rows } = await client.query<Row>({
    name: "known-threads",
    text: `with named as (
        select k.n, k.position, coalesce(k.conversation_id, m.conversation_id) as id, k.tenant_id, k.channel_id
        from unnest($1::int[], $2::int[], $3::int[], $4::bigint[], $5::uuid[]) with ordinality k(n, tenant_id, channel_id, conversation_id, key, position)
        left join kernel.mail_id m on k.key is not null and m.tenant_id = k.tenant_id and m.channel_id = k.channel_id and m.key = k.key)
      select d.n, c.id as "conversationId", c.thread, t.subject, coalesce(t.participants::text[], '{}') as participants,
        array(select i.value from kernel.identity i where i.tenant_id = c.tenant_id and i.contact_id = c.contact_id and i.kind = 'email' order by i.first_seen_at) as addresses
      from named d join kernel.conversation c on c.tenant_id = d.tenant_id and c.id = d.id and c.channel_id = d.channel_id
      left join kernel.mail_thread t on t.tenant_id = c.tenant_id and t.conversation_id = c.id
      order by d.position`,
    values: [
      pgArray.int4(names.map(({ n }) => n)),
      pgArray.int4(names.map(({ tenantId }) => tenantId)),
      pgArray.int4(names.map(({ channelId }) => channelId)),
      pgArray.int8(names.map(({ conversationId }) => conversationId ?? null)),
      pgArray.uuid(names.map(({ key }) => key ?? null)),
    ],
  });
  return all.map((_, n) => rows.filter((row) => row.n === n));
}

const HOUR_MS = 3_600_000;

/** Automatic answers of the last hour, by "CHANNEL ADDRESS". */
export async function recentAnswers(
  client: pg.PoolClient,
  items: readonly Threaded[],
  now: number,
): Promise<Map<string, number>> {
  const { rows } = await client.query<{ channel_id: number; value: string; n: number }>({
    name: "recent-answers",
    text: `select k.channel_id, k.value, count(*)::int as n
      from (select distinct * from unnest($1::int[], $2::int[], $3::text[]) u(tenant_id, channel_id, value)) k
      join kernel.identity i on i.tenant_id = k.tenant_id and i.kind = 'email' and i.value = k.value
      join kernel.conversation c on c.tenant_id = k.tenant_id and c.contact_id = i.contact_id and c.channel_id = k.channel_id and c.last_message_at > $4
      join kernel.message m on m.tenant_id = c.tenant_id and m.conversation_id = c.id and m.author = 'bot' and m.basis_grant is null and m.sent_at > $4
      group by 1, 2`,
    values: [
      pgArray.int4(items.map(({ account }) => account.tenantId)),
      pgArray.int4(items.map(({ account }) => account.id)),
      pgArray.text(items.map(({ item }) => item.identities[0]?.value ?? "")),
      new Date(now - HOUR_MS),
    ],
  });
  return new Map(rows.map((row) => [`${row.channel_id} ${row.value}`, row.n]));
}

/** The first mail says what a thread is about; later ones add who takes part. */
export async function writeThread(
  client: pg.PoolClient,
  thread: {
    tenantId: number;
    conversationId: number;
    subject: string;
    linkedId: number | null;
    participants: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: "write-thread",
    text: `insert into kernel.mail_thread (tenant_id, conversation_id, subject, linked_id, participants) values ($1, $2, $3, $4, $5::uuid[])
      on conflict (tenant_id, conversation_id) do update
      set participants = array(select distinct unnest(mail_thread.participants || excluded.participants) limit 200)`,
    values: [
      thread.tenantId,
      thread.conversationId,
      thread.subject,
      thread.linkedId,
      pgArray.uuid(thread.participants),
    ],
  });
}

export async function writeIds(
  client: pg.PoolClient,
  ids: readonly { tenantId: number; channelId: number; key: string; conversationId: number }[],
): Promise<void> {
  if (ids.length === 0) return;
  await client.query({
    name: "write-mail-ids",
    text: `insert into kernel.mail_id (tenant_id, channel_id, key, conversation_id)
      select distinct on (1, 2, 3) * from unnest($1::int[], $2::int[], $3::uuid[], $4::bigint[]) on conflict do nothing`,
    values: [
      pgArray.int4(ids.map(({ tenantId }) => tenantId)),
      pgArray.int4(ids.map(({ channelId }) => channelId)),
      pgArray.uuid(ids.map(({ key }) => key)),
      pgArray.int8(ids.map(({ conversationId }) => conversationId)),
    ],
  });
}
