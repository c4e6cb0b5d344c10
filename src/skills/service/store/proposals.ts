import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import { detectLanguage, oneLine, readRequest } from "../rules/index.ts";
import type { ServiceTables } from "../tables.ts";
import { NIGHT } from "./changes.ts";
import { scheduleForgetting } from "./forget.ts";
import { checkLimits } from "./topics.ts";

type ServiceTx = Tx<ServiceTables>;

/** Who chooses later speaks of something else. */
const CHOSEN_WITHIN_HOURS = 1;
/** A case seldom lasts longer. */
const CASE_HOURS = 72;

/** Of these the matter is chosen. */
const LAST_MESSAGES = 20;
const FEWEST_WORDS = 2;

export interface TaughtMessage {
  readonly message_id: string;
  readonly text: string;
  readonly sent_at: Date;
}

/**
 * The question of a case that went to a person: what the automaton handed over last, else what it understood last, else
 * the customer's last words that are more than a courtesy or a wish for a person; of the days of this case. What was
 * answered is never it.
 * @throws AppError not_found when there is no such conversation
 */
export async function readQuestion(
  tx: ServiceTx,
  tenantId: number,
  conversationId: number,
): Promise<(TaughtMessage & { topic: string | null }) | null> {
  const conversation = await tx
    .selectFrom("kernel.conversation")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", conversationId)
    .select("id")
    .executeTakeFirst();
  if (!conversation) throw new AppError("not_found");
  const { rows } = await sql<TaughtMessage & { topic: string | null }>`
    select m.id as message_id, left(m.content ->> 'text', 1000) as text, m.sent_at, t.topic
    from kernel.message m
    left join service.turn t on t.tenant_id = m.tenant_id and t.conversation_id = m.conversation_id and t.message_id = m.id
    where m.tenant_id = ${tenantId} and m.conversation_id = ${conversationId} and m.author = 'customer'
      and coalesce(btrim(m.content ->> 'text'), '') <> '' and not m.revoked and t.outcome is distinct from 'answered'
      and m.sent_at > (select c.last_customer_at - make_interval(hours => ${CASE_HOURS}) from kernel.conversation c
        where c.tenant_id = m.tenant_id and c.id = m.conversation_id)
    order by (t.outcome is not distinct from 'handed_over' and t.zone is not null) desc, (t.zone is not null) desc, m.id desc limit ${LAST_MESSAGES}`.execute(
    tx,
  );
  const said = rows.filter(({ text }) => oneLine(text) !== "");
  const matter = said.find(
    ({ text }) => readRequest(text) === undefined && text.trim().split(/\s+/).length >= FEWEST_WORDS,
  );
  return matter ?? said[0] ?? null;
}

interface MessagePlace {
  readonly conversationId: number;
  readonly messageId: string;
}

/**
 * A message whose words are to be learnt, as it stands now.
 * @throws AppError not_found when the customer never said it, or has taken it back meanwhile
 */
export async function readSaid(tx: ServiceTx, tenantId: number, of: MessagePlace): Promise<TaughtMessage> {
  const { rows } = await sql<TaughtMessage>`
    select m.id as message_id, left(m.content ->> 'text', 1000) as text, m.sent_at from kernel.message m
    where m.tenant_id = ${tenantId} and m.conversation_id = ${of.conversationId} and m.id = ${of.messageId}
      and m.author = 'customer' and not m.revoked and coalesce(btrim(m.content ->> 'text'), '') <> ''`.execute(
    tx,
  );
  const [row] = rows;
  if (!row || oneLine(row.text) === "") throw new AppError("not_found");
  return row;
}

export interface Taught {
  /** null = none of our topics */
  readonly intent: string | null;
  readonly is_accepted: boolean;
}

/** What was said of a message already: the proposal that waits, else the example that was accepted. */
export async function readTaught(tx: ServiceTx, tenantId: number, of: MessagePlace): Promise<Taught | null> {
  const { rows } = await sql<Taught>`
    select t.intent, s.is_accepted from (
      select p.topic_id, false as is_accepted from service.proposal p
      where p.tenant_id = ${tenantId} and p.conversation_id = ${of.conversationId} and p.message_id = ${of.messageId}
      union all
      select e.topic_id, true from service.example e
      where e.tenant_id = ${tenantId} and e.source_conversation_id = ${of.conversationId} and e.source_message_id = ${of.messageId}) s
    left join service.topic t on t.tenant_id = ${tenantId} and t.id = s.topic_id
    order by s.is_accepted limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** @throws AppError bad_request for a topic that is not there */
export async function propose(
  tx: ServiceTx,
  tenantId: number,
  proposal: {
    conversationId: number;
    message: TaughtMessage;
    topicId: number | null;
    language: "de" | "en";
    now: number;
  },
): Promise<void> {
  const { message, topicId, conversationId } = proposal;
  await demandTopic(tx, tenantId, topicId);
  const now = new Date(proposal.now);
  await sql`insert into service.proposal (tenant_id, conversation_id, message_id, topic_id, language, text, said_at, proposed_at)
    values (${tenantId}, ${conversationId}, ${message.message_id}, ${topicId}, ${detectLanguage(message.text, proposal.language)}, ${oneLine(message.text)}, ${message.sent_at}, ${now})
    on conflict (tenant_id, conversation_id, message_id) do update set topic_id = excluded.topic_id, proposed_at = excluded.proposed_at`.execute(
    tx,
  );
  await scheduleForgetting(tx, tenantId, now);
}

export async function demandTopic(tx: ServiceTx, tenantId: number, topicId: number | null): Promise<void> {
  if (topicId === null) return;
  const topic = await tx
    .selectFrom("service.topic")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", topicId)
    .select("id")
    .executeTakeFirst();
  if (!topic)
    throw new AppError("bad_request", "There is no such topic.", [
      { path: "topicId", message: "is not there" },
    ]);
}

const MOST_COLLECTED = 500;

/**
 * Customers say themselves what they meant when they choose from what was offered: the question and the topic become a
 * proposal like a colleague's. Repeatable; what an editor has seen does not come again.
 */
export async function collectChoices(
  tx: ServiceTx,
  tenantId: number,
  span: { from: Date; now: Date },
): Promise<void> {
  const { numAffectedRows } = await sql`
    insert into service.proposal (tenant_id, conversation_id, message_id, topic_id, language, text, origin, said_at, proposed_at)
    select o.tenant_id, o.conversation_id, o.message_id, t.id, o.language, btrim(regexp_replace(left(m.content ->> 'text', 1000), '[[:space:]]+', ' ', 'g')), 'choice', m.sent_at, ${span.now}
    from service.turn o
    cross join lateral (select n.* from service.turn n where n.tenant_id = o.tenant_id and n.conversation_id = o.conversation_id
      and (n.at, n.message_id) > (o.at, o.message_id) order by n.at, n.message_id limit 1) n
    join service.topic t on t.tenant_id = o.tenant_id and t.intent = n.topic
    join kernel.message m on m.tenant_id = o.tenant_id and m.conversation_id = o.conversation_id and m.id = o.message_id
    where o.tenant_id = ${tenantId} and o.at >= ${span.from} and o.outcome = 'offered' and o.zone = 'choose' and not o.checked
      and n.zone is null and n.outcome in ('answered', 'asked') and n.at < o.at + make_interval(hours => ${CHOSEN_WITHIN_HOURS})
      and btrim(m.content ->> 'text') <> '' and not m.revoked
      and not exists (select from service.example e where e.tenant_id = o.tenant_id and e.source_conversation_id = o.conversation_id
        and e.source_message_id = o.message_id)
    order by o.at limit ${MOST_COLLECTED}
    on conflict do nothing`.execute(tx);
  if (numAffectedRows) await scheduleForgetting(tx, tenantId, span.now);
}

export interface ProposalRow {
  readonly id: number;
  readonly conversation_id: number;
  readonly topic_id: number | null;
  readonly intent: string | null;
  readonly language: "de" | "en";
  readonly text: string;
  readonly origin: "colleague" | "choice";
  readonly proposed_at: Date;
  /** What the automaton had held it for. */
  readonly held_for: string | null;
}

/** Oldest first, after an id. */
export async function listProposals(
  tx: ServiceTx,
  tenantId: number,
  page: { after: number; limit: number },
): Promise<ProposalRow[]> {
  const { rows } = await sql<ProposalRow>`
    select p.id, p.conversation_id, p.topic_id, t.intent, p.language, p.text, p.origin, p.proposed_at, u.topic as held_for
    from service.proposal p
    left join service.topic t on t.tenant_id = p.tenant_id and t.id = p.topic_id
    left join service.turn u on u.tenant_id = p.tenant_id and u.conversation_id = p.conversation_id and u.message_id = p.message_id
    where p.tenant_id = ${tenantId} and p.id > ${page.after} order by p.id limit ${page.limit}`.execute(tx);
  return rows;
}

export interface InboxState {
  /** Proposals that wait for an editor. */
  readonly open: number;
  /** When the next training of accepted ones begins; null = none wait. */
  readonly night_at: Date | null;
  /** Examples that no training has seen. */
  readonly waiting: number;
}

export async function readInboxState(tx: ServiceTx, tenantId: number): Promise<InboxState> {
  const { rows } = await sql<InboxState>`
    select (select count(*) from service.proposal where tenant_id = ${tenantId}) as open,
      (select due_at from kernel.timer where tenant_id = ${tenantId} and kind = ${NIGHT} and key = 'knowledge') as night_at,
      (select count(*) from service.example where tenant_id = ${tenantId} and accepted_at is not null and not held_out
        and accepted_at > coalesce((select trained_at from service.tenant_model where tenant_id = ${tenantId}), '-infinity')) as waiting`.execute(
    tx,
  );
  return rows[0] ?? { open: 0, night_at: null, waiting: 0 };
}

/** The customer's last words that no person has answered yet, else the last ones at all; at most three messages. */
export async function readLastWords(
  tx: ServiceTx,
  tenantId: number,
  conversationId: number,
): Promise<{ text: string; language: "de" | "en" }> {
  const { rows } = await sql<{ text: string | null; language: "de" | "en" }>`
    select c.language, (select string_agg(l.text, ' ' order by l.id) from (
        select m.id, left(m.content ->> 'text', 1000) as text from kernel.message m
        where m.tenant_id = c.tenant_id and m.conversation_id = c.id and m.author = 'customer' and coalesce(m.content ->> 'text', '') <> ''
          and m.id > coalesce((select max(a.id::text)::uuid from kernel.message a where a.tenant_id = c.tenant_id and a.conversation_id = c.id
            and a.author = 'agent' and a.status <> 'note'), '00000000-0000-0000-0000-000000000000')
        order by m.id desc limit 3) l) as text
    from kernel.conversation c where c.tenant_id = ${tenantId} and c.id = ${conversationId}`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found");
  return { text: row.text ?? "", language: row.language };
}

export interface Decided {
  readonly accepted: number;
  readonly rejected: number;
}

/**
 * Accepted ones become examples that keep their source and are no open question any more; all that were decided leave the
 * inbox. What was decided by somebody else meanwhile counts for neither.
 * @throws AppError rule_broken beyond the limit of examples
 */
export async function decideProposals(
  tx: ServiceTx,
  tenantId: number,
  decisions: { accept: readonly number[]; reject: readonly number[]; now: Date },
): Promise<Decided> {
  const { rows: taken } = await sql<{ id: number }>`
    with gone as (delete from service.proposal where tenant_id = ${tenantId} and id = any(${[...decisions.accept]}::bigint[]) returning *),
    -- What was taken for something else before is not learnt as both.
    moved as (delete from service.example e using gone g where e.tenant_id = g.tenant_id and e.source_conversation_id = g.conversation_id
      and e.source_message_id = g.message_id and not e.held_out and e.topic_id is distinct from g.topic_id),
    closed as (
      delete from service.unanswered u using gone g where u.tenant_id = g.tenant_id and u.conversation_id = g.conversation_id and (u.message_id = g.message_id or u.question = g.text)),
    put as (
      insert into service.example (tenant_id, topic_id, language, text, source_conversation_id, source_message_id, source_at, accepted_at)
      select tenant_id, topic_id, language, text, conversation_id, message_id, said_at, ${decisions.now} from gone order by id
      on conflict do nothing)
    select id from gone`.execute(tx);
  const { rows: rejected } = await sql`
    with gone as (delete from service.proposal where tenant_id = ${tenantId} and id = any(${[...decisions.reject]}::bigint[]) returning *),
    seen as (update service.turn u set checked = true from gone g
      where u.tenant_id = g.tenant_id and u.conversation_id = g.conversation_id and u.message_id = g.message_id)
    select id from gone`.execute(tx);
  await checkLimits(tx, tenantId);
  return { accepted: taken.length, rejected: rejected.length };
}
