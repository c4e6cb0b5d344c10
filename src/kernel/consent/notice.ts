import { pgArray } from "../db/array.ts";
import type { Tx } from "../db/open.ts";
import type { Content } from "../dialogue/content.ts";
import { previewOf } from "../dialogue/preview.ts";
import { appendEvents, type NewEvent } from "../events/append.ts";
import type { Language } from "../i18n/catalogue.ts";
import { messageId, seenKey } from "../ids.ts";
import type { House } from "../skill.ts";
import { localDate } from "../tenants/local-date.ts";
import { type GateReason, mayContact } from "./gate.ts";
import { type Run, runIn } from "./run.ts";

/** A message that the company begins, allowed by a grant. There is no other way to begin one. */
export interface Notice {
  /** Unique per tenant; the same reference is queued once, however often it is asked for. */
  reference: string;
  grantId: number;
  content: Content;
  /** ms; after it the message is of no use and does not leave. */
  expiresAt: number | null;
  /** 5 notices (default), 6 what can wait. Answers go first. */
  priority?: 5 | 6;
}

export type NoticeFate = { reference: string } & (
  | { queued: true; conversationId: number; messageId: string }
  | { queued: false; reason: GateReason | "no_grant" | "no_address" }
);

/** Identities by which a person is reached who has no conversation on a channel yet; the web chat cannot be begun. */
const ADDRESS_KINDS: Readonly<Record<string, readonly string[]>> = {
  whatsapp: ["wa_id", "phone", "bsuid"],
  telegram: ["telegram"],
  email: ["email"],
};

/** Client ids and references are unique in a tenant, not in a channel. */
const NO_CHANNEL = 0;
export const NOTICES_AT_ONCE = 500;

interface Place {
  grant_id: number;
  contact_id: number;
  channel_id: number;
  kind: string;
  purpose: string;
  granted_at: Date;
  expires_at: Date | null;
  withdrawn_at: Date | null;
  stopped_at: Date | null;
  erased_at: Date | null;
  active: boolean;
  conversation_id: number | null;
  reply_address: string | null;
  last_customer_at: Date | null;
  language: Language | null;
}

/**
 * Asks the gate for each notice and queues those it allows, set-wise, in the caller's transaction. The sender asks the
 * gate again at its claim.
 * @param house a kernel, as every skill has one
 * @returns one fate for each, in order
 * @throws Error for more than 500 at once
 */
export async function queueNotices(
  house: House,
  tx: Tx,
  parts: { tenantId: number; notices: readonly Notice[]; now: number },
): Promise<NoticeFate[]> {
  const { tenantId, notices, now } = parts;
  if (notices.length > NOTICES_AT_ONCE) throw new Error(`At most ${NOTICES_AT_ONCE} notices at once`);
  if (notices.length === 0) return [];
  const run = runIn(tx);
  const places = await placesOf(run, tenantId, notices);
  const before = await queuedBefore(run, tenantId, notices);
  const fates = new Map<string, NoticeFate>();
  const allowed: Allowed[] = [];
  for (const notice of notices) {
    const { reference } = notice;
    if (fates.has(reference)) continue;
    const known = before.get(reference);
    const place = places.get(notice.grantId);
    const refusal = known ? null : refusalOf(house, notice, { place, now });
    if (known) fates.set(reference, { reference, queued: true, ...known });
    else if (refusal || !place)
      fates.set(reference, { reference, queued: false, reason: refusal ?? "no_grant" });
    else {
      const id = messageId(now, now);
      allowed.push({ notice, place, id });
      fates.set(reference, { reference, queued: true, conversationId: 0, messageId: id });
    }
  }
  const profile = await house.profile(tenantId);
  await openConversations(run, { tenantId, allowed, now, language: profile.language });
  await store(run, { tenantId, allowed, now, day: localDate(now, profile.timeZone) });
  for (const { notice, place, id } of allowed)
    fates.set(notice.reference, {
      reference: notice.reference,
      queued: true,
      conversationId: place.conversation_id as number,
      messageId: id,
    });
  await tell(tx, tenantId, allowed, now);
  return notices.map((notice) => fates.get(notice.reference) as NoticeFate);
}

interface Allowed {
  notice: Notice;
  place: Place;
  id: string;
}

/**
 * The grants are locked, so that a withdrawal comes wholly before or wholly after; their conversations before them, in
 * the house's order (contact, conversation, grant, message, outbox).
 */
async function placesOf(run: Run, tenantId: number, notices: readonly Notice[]): Promise<Map<number, Place>> {
  const grantIds = pgArray.int8([...new Set(notices.map((notice) => notice.grantId))]);
  await run(
    `select v.id from kernel.consent_grant g join kernel.conversation v
      on v.tenant_id = g.tenant_id and v.contact_id = g.contact_id and v.channel_id = g.channel_id and v.thread = ''
      where g.tenant_id = $1 and g.id = any($2::bigint[]) order by v.id for no key update of v`,
    [tenantId, grantIds],
  );
  const rows = await run<Place>(
    `with g as materialized (select * from kernel.consent_grant where tenant_id = $1 and id = any($2::bigint[]) order by id for share)
      select g.id as grant_id, g.contact_id, g.channel_id, h.kind, g.purpose, g.granted_at, g.expires_at, g.withdrawn_at,
        c.stopped_at, c.erased_at, h.active, v.id as conversation_id,
        coalesce(v.reply_address, (select i.value from kernel.identity i join unnest($3::text[], $4::text[]) with ordinality k(channel, kind, n)
          on k.channel = h.kind and k.kind = i.kind where i.tenant_id = g.tenant_id and i.contact_id = g.contact_id order by k.n limit 1)) as reply_address,
        v.last_customer_at, coalesce(v.language, c.language) as language
      from g join kernel.contact c on c.tenant_id = g.tenant_id and c.id = g.contact_id
      join kernel.channel h on h.tenant_id = g.tenant_id and h.id = g.channel_id
      left join kernel.conversation v on v.tenant_id = g.tenant_id and v.contact_id = g.contact_id and v.channel_id = g.channel_id and v.thread = ''`,
    [
      tenantId,
      grantIds,
      pgArray.text(Object.entries(ADDRESS_KINDS).flatMap(([channel, kinds]) => kinds.map(() => channel))),
      pgArray.text(Object.values(ADDRESS_KINDS).flat()),
    ],
  );
  return new Map(rows.map((row) => [row.grant_id, row]));
}

function refusalOf(
  house: House,
  notice: Notice,
  { place, now }: { place: Place | undefined; now: number },
): GateReason | "no_grant" | "no_address" | null {
  if (!place) return "no_grant";
  const answer = mayContact({
    purpose: place.purpose,
    basis: {
      kind: "grant",
      id: String(notice.grantId),
      at: place.granted_at.getTime(),
      withdrawnAt: place.withdrawn_at?.getTime() ?? null,
      expiresAt: place.expires_at?.getTime() ?? null,
      lastCustomerAt: place.last_customer_at?.getTime() ?? null,
    },
    contact: {
      stoppedAt: place.stopped_at?.getTime() ?? null,
      erasedAt: place.erased_at?.getTime() ?? null,
    },
    channel: { active: place.active, windowMs: house.limitsOf(place.kind)?.windowMs ?? null },
    isTemplate: notice.content.type === "template",
    expiresAt: notice.expiresAt,
    now,
  });
  if (!answer.allowed) return answer.reason;
  return place.reply_address === null ? "no_address" : null;
}

const keyOf = (reference: string): string => seenKey(NO_CHANNEL, `notice:${reference}`);

async function queuedBefore(
  run: Run,
  tenantId: number,
  notices: readonly Notice[],
): Promise<Map<string, { conversationId: number; messageId: string }>> {
  const byKey = new Map(notices.map(({ reference }) => [keyOf(reference), reference]));
  const rows = await run<{ key: string; conversation_id: number; message_id: string }>(
    "select key, conversation_id, message_id from kernel.seen where tenant_id = $1 and key = any($2::uuid[])",
    [tenantId, pgArray.uuid([...byKey.keys()])],
  );
  return new Map(
    rows.map((row) => [
      byKey.get(row.key) as string,
      { conversationId: row.conversation_id, messageId: row.message_id },
    ]),
  );
}

/** Persons who never wrote on this channel get a conversation; several notices to one person share it. */
async function openConversations(
  run: Run,
  parts: { tenantId: number; allowed: readonly Allowed[]; now: number; language: Language },
): Promise<void> {
  const { tenantId, allowed, now } = parts;
  const missing = new Map<string, Place>();
  for (const { place } of allowed)
    if (place.conversation_id === null) missing.set(`${place.contact_id} ${place.channel_id}`, place);
  if (missing.size === 0) return;
  const places = [...missing.values()];
  const rows = await run<{ id: number; contact_id: number; channel_id: number }>(
    `insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, last_message_at, last_day, created_at)
      select $1, t.channel_id, t.contact_id, t.reply_address, t.language, $2, $2::timestamptz::date, $2
      from unnest($3::int[], $4::bigint[], $5::text[], $6::text[]) t(channel_id, contact_id, reply_address, language)
      on conflict (tenant_id, contact_id, channel_id, thread) do update set last_message_at = greatest(conversation.last_message_at, excluded.last_message_at)
      returning id, contact_id, channel_id`,
    [
      tenantId,
      new Date(now),
      pgArray.int4(places.map((place) => place.channel_id)),
      pgArray.int8(places.map((place) => place.contact_id)),
      pgArray.text(places.map((place) => place.reply_address)),
      pgArray.text(places.map((place) => place.language ?? parts.language)),
    ],
  );
  const ids = new Map(rows.map((row) => [`${row.contact_id} ${row.channel_id}`, row.id]));
  for (const { place } of allowed)
    place.conversation_id ??= ids.get(`${place.contact_id} ${place.channel_id}`) ?? null;
}

async function store(
  run: Run,
  parts: { tenantId: number; allowed: readonly Allowed[]; now: number; day: string },
): Promise<void> {
  const { tenantId, allowed, now, day } = parts;
  if (allowed.length === 0) return;
  const conversations = pgArray.int8(allowed.map(({ place }) => place.conversation_id));
  const ids = pgArray.uuid(allowed.map(({ id }) => id));
  const at = new Date(now);
  await run(
    `update kernel.conversation c set preview = t.preview, last_message_at = greatest(c.last_message_at, $2), last_day = $3::date
      from (select distinct on (id) id, preview from unnest($4::bigint[], $5::text[]) u(id, preview) order by id) t
      where c.tenant_id = $1 and c.id = t.id`,
    [tenantId, at, day, conversations, pgArray.text(allowed.map(({ notice }) => previewOf(notice.content)))],
  );
  await run(
    `insert into kernel.message (tenant_id, conversation_id, id, author, content, status, language, purpose, basis_grant, sent_at, received_at, processed_at)
      select $1, t.conversation_id, t.id, 'bot', t.content, 'queued', t.language, t.purpose, t.grant_id, $2, $2, $2
      from unnest($3::bigint[], $4::uuid[], $5::jsonb[], $6::text[], $7::text[], $8::bigint[]) t(conversation_id, id, content, language, purpose, grant_id)`,
    [
      tenantId,
      at,
      conversations,
      ids,
      pgArray.jsonb(allowed.map(({ notice }) => notice.content)),
      pgArray.text(allowed.map(({ place }) => place.language)),
      pgArray.text(allowed.map(({ place }) => place.purpose)),
      pgArray.int8(allowed.map(({ notice }) => notice.grantId)),
    ],
  );
  await run(
    `insert into kernel.seen (tenant_id, key, conversation_id, message_id, seen_at)
      select $1, t.key, t.conversation_id, t.id, $2 from unnest($3::uuid[], $4::bigint[], $5::uuid[]) t(key, conversation_id, id)`,
    [tenantId, at, pgArray.uuid(allowed.map(({ notice }) => keyOf(notice.reference))), conversations, ids],
  );
  await run(
    `insert into kernel.outbox (tenant_id, id, conversation_id, contact_id, channel_id, reply_address, content, priority, purpose, basis_kind, basis_id, basis_at, basis_grant, expires_at, due_at)
      select $1, t.id, t.conversation_id, t.contact_id, t.channel_id, t.reply_address, t.content, t.priority, t.purpose, 'grant', t.grant_id::text, t.granted_at, t.grant_id, t.expires_at, $2
      from unnest($3::bigint[], $4::uuid[], $5::jsonb[], $6::bigint[], $7::int[], $8::text[], $9::smallint[], $10::text[], $11::bigint[], $12::timestamptz[], $13::timestamptz[])
        t(conversation_id, id, content, contact_id, channel_id, reply_address, priority, purpose, grant_id, granted_at, expires_at)`,
    [
      tenantId,
      at,
      conversations,
      ids,
      pgArray.jsonb(allowed.map(({ notice }) => notice.content)),
      pgArray.int8(allowed.map(({ place }) => place.contact_id)),
      pgArray.int4(allowed.map(({ place }) => place.channel_id)),
      pgArray.text(allowed.map(({ place }) => place.reply_address)),
      pgArray.int2(allowed.map(({ notice }) => notice.priority ?? 5)),
      pgArray.text(allowed.map(({ place }) => place.purpose)),
      pgArray.int8(allowed.map(({ notice }) => notice.grantId)),
      pgArray.timestamptz(allowed.map(({ place }) => place.granted_at.getTime())),
      pgArray.timestamptz(allowed.map(({ notice }) => notice.expiresAt)),
    ],
  );
  await run("select pg_notify('ah', 'outbox')", []);
}

async function tell(tx: Tx, tenantId: number, allowed: readonly Allowed[], now: number): Promise<void> {
  const events: NewEvent[] = allowed.map(({ place, id }) => ({
    type: "message.created",
    conversationId: place.conversation_id,
    messageId: id,
  }));
  await appendEvents(tx, tenantId, events, now);
}
