import type pg from "pg";
import { pgArray } from "../db/array.ts";
import type { MessageLinks } from "./message-links.ts";
import { parseCorrelation } from "./receipts.ts";
import { type SideAnswer, type SideBounce, sideTimer } from "./side-mail.ts";
import type { Located, SortedBatch } from "./sort.ts";
import type { Outcome } from "./state.ts";

/**
 * Which of a batch's mails answer a mail beside a conversation. They are taken out of the batch before anybody looks for
 * their person: a colleague becomes no contact, and a bounce of a question ends nobody's consent.
 */

interface Asked {
  tenantId: number;
  key: string | null;
  id: number | null;
  conversationId: number;
  /** Who writes; "" = nobody, it is a bounce. */
  sender: string;
}

interface Found {
  n: number;
  id: number;
  room: string;
  is_customer: boolean;
}

type Carrier = Located<"message"> | Located<"preference"> | Located<"receipt">;

/** Takes them out of the batch and stores them, with a timer for the room that asked. */
export async function claimSideMails(
  client: pg.PoolClient,
  sorted: SortedBatch,
  outcome: Outcome,
  parts: { now: number; links: () => Promise<MessageLinks> },
): Promise<void> {
  const carriers = carriersIn(sorted);
  if (carriers.length === 0) return;
  const hasTokens = carriers.some(({ item }) => "thread" in item && (item.thread?.tokens.length ?? 0) > 0);
  const links = hasTokens ? await parts.links() : null;
  const asked = carriers.map((carrier) => namesIn(carrier, links));
  const found = await findSideMails(client, asked);
  const mine = new Map<Carrier, Found>();
  for (const [n, carrier] of carriers.entries()) {
    const first = found.find((one) => one.n === n);
    // A customer who was shown the question still speaks for themselves.
    if (first && !first.is_customer) mine.set(carrier, first);
  }
  if (mine.size === 0) return;
  const isLeft = (one: Carrier): boolean => !mine.has(one);
  const gone = new Set(sorted.preferences.filter((one) => mine.has(one)).map(({ inbox }) => inbox.id));
  const answers = mailsOf(sorted.messages.filter((one) => mine.has(one)));
  const bounces = sorted.receipts.filter((one) => mine.has(one));
  sorted.beside = sorted.messages.filter((one) => mine.has(one));
  sorted.messages = sorted.messages.filter(isLeft);
  sorted.preferences = sorted.preferences.filter(isLeft);
  sorted.receipts = sorted.receipts.filter(isLeft);
  for (const mail of answers) {
    const [first] = mail as [Located<"message">];
    // Our own words that came back answer nothing.
    if (first.item.thread?.writtenBy === first.account.address) continue;
    await store(
      client,
      outcome,
      { at: first, to: mine.get(first) as Found, mail: answerOf(mail) },
      parts.now,
    );
  }
  for (const bounce of bounces) {
    const mail: SideBounce = {
      kind: "bounce",
      isGone: gone.has(bounce.inbox.id),
      error: bounce.item.errors[0] ?? null,
    };
    await store(client, outcome, { at: bounce, to: mine.get(bounce) as Found, mail }, parts.now);
  }
}

/** Only what names an earlier mail can answer one. */
function carriersIn(sorted: SortedBatch): Carrier[] {
  const naming = ({ item }: Located<"message"> | Located<"preference">): boolean =>
    item.thread !== undefined && item.thread.refers.length + item.thread.tokens.length > 0;
  return [
    ...sorted.messages.filter(naming),
    ...sorted.preferences.filter(naming),
    // Other channels' receipts name messages: only mails bounce.
    ...sorted.receipts.filter(({ item, account }) => account.kind === "email" && item.status === "failed"),
  ];
}

/** Nearest first: ids, then signed tokens of this company. */
function namesIn({ item, account }: Carrier, links: MessageLinks | null): Asked[] {
  const { tenantId } = account;
  const sender = item.kind === "message" ? (item.identities[0]?.value ?? "") : "";
  const refers =
    item.kind === "receipt"
      ? item.correlation === undefined
        ? []
        : [item.correlation]
      : (item.thread?.refers ?? []);
  const tokens = item.kind === "receipt" ? [] : (item.thread?.tokens ?? []);
  return [
    ...refers.flatMap((id) => {
      const ours = parseCorrelation(id);
      return ours
        ? [{ tenantId, sender, id: null, key: ours.messageId, conversationId: ours.conversationId }]
        : [];
    }),
    ...tokens.flatMap((token) => {
      const side = links?.sideOf(token) ?? null;
      return side && side.tenantId === tenantId ? [{ ...side, sender, key: null }] : [];
    }),
  ];
}

/** A chain of merges longer than this does not occur. */
const DEEPEST = 50;

/** SQL: the root of a contact's person; a customer may write from an address of another of their contacts. */
const rootOf = (contact: string): string => `(with recursive up as (
    select p.id, p.merged_into, 0 as depth from kernel.contact p where p.tenant_id = c.tenant_id and p.id = ${contact}
    union all
    select p.id, p.merged_into, up.depth + 1 from up
    join kernel.contact p on p.tenant_id = c.tenant_id and p.id = up.merged_into where up.depth < ${DEEPEST})
  select up.id from up where up.merged_into is null)`;

/** A company finds its own only, and only by the conversation that the mail was about. */
async function findSideMails(client: pg.PoolClient, asked: readonly (readonly Asked[])[]): Promise<Found[]> {
  const names = asked.flatMap((all, n) => all.map((one) => ({ ...one, n })));
  if (names.length === 0) return [];
  const { rows } = await client.query<Found>({
    name: "find-side-mails",
    text: `select k.n, s.id, s.room, exists (select 1 from kernel.conversation c
          join kernel.identity i on i.tenant_id = c.tenant_id and i.kind = 'email' and i.value = k.sender
          where c.tenant_id = s.tenant_id and c.id = s.conversation_id
            and (i.contact_id = c.contact_id or ${rootOf("i.contact_id")} = ${rootOf("c.contact_id")})) as is_customer
      from unnest($1::int[], $2::int[], $3::uuid[], $4::bigint[], $5::bigint[], $6::text[]) with ordinality
        k(n, tenant_id, key, id, conversation_id, sender, position)
      join kernel.side_mail s on s.tenant_id = k.tenant_id and (s.key = k.key or s.id = k.id) and s.conversation_id = k.conversation_id
      order by k.position`,
    values: [
      pgArray.int4(names.map(({ n }) => n)),
      pgArray.int4(names.map(({ tenantId }) => tenantId)),
      pgArray.uuid(names.map(({ key }) => key)),
      pgArray.int8(names.map(({ id }) => id)),
      pgArray.int8(names.map(({ conversationId }) => conversationId)),
      pgArray.text(names.map(({ sender }) => sender)),
    ],
  });
  return rows;
}

/** The words and the files of one mail stand in the batch as items of their own. */
function mailsOf(items: readonly Located<"message">[]): Located<"message">[][] {
  const byMail = new Map<string, Located<"message">[]>();
  for (const one of items) {
    const name = `${one.inbox.id} ${one.item.thread?.id}`;
    const known = byMail.get(name);
    if (known) known.push(one);
    else byMail.set(name, [one]);
  }
  return [...byMail.values()];
}

function answerOf(items: readonly Located<"message">[]): SideAnswer {
  const { item, account, inbox } = items[0] as Located<"message">;
  const mail = (item.detail?.mail ?? {}) as Partial<Record<"whole" | "automatic", string>> & {
    unproven?: boolean;
  };
  const { content } = item;
  return {
    kind: "answer",
    key: item.externalId,
    from: item.identities[0]?.value ?? "",
    fromName: item.profileName ?? "",
    text: content.type === "text" ? content.text : "",
    whole: mail.whole ?? "",
    automatic: mail.automatic ?? null,
    isUnproven: mail.unproven === true,
    files: items.flatMap(({ item: { content } }) => {
      const media = "media" in content ? content.media : undefined;
      if (media?.providerId === undefined) return [];
      const { providerId, mime, name = "", size = 0 } = media;
      return [{ providerId, mime, name, size }];
    }),
    inboxId: inbox.id,
    channelId: account.id,
    sentAt: item.sentAt,
  };
}

async function store(
  client: pg.PoolClient,
  outcome: Outcome,
  reply: { at: Carrier; to: Found; mail: SideAnswer | SideBounce },
  now: number,
): Promise<void> {
  const { tenantId } = reply.at.account;
  const { rows } = await client.query<{ id: number }>({
    name: "insert-side-reply",
    text: "insert into kernel.side_reply (tenant_id, side_mail_id, mail, received_at) values ($1, $2, $3, $4) returning id",
    values: [tenantId, reply.to.id, JSON.stringify(reply.mail), new Date(reply.at.inbox.receivedAt)],
  });
  const id = (rows[0] as { id: number }).id;
  outcome.timers.push({
    tenantId,
    kind: sideTimer(reply.to.room),
    key: String(id),
    dueAt: now,
    payload: {},
  });
}
