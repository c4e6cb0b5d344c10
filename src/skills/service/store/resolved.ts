import { type RawBuilder, sql } from "kysely";

/** The customer came back on the topic within this time: then it was not resolved. */
export const RESOLVED_AFTER_HOURS = 72;

/** Turns that are looked at. */
export interface CaseSpan {
  readonly from: Date;
  /** Cases are judged as of this moment. */
  readonly now: Date;
  /** Turns before this; missing = all. Leave room after the last case that counts: it may go on. */
  readonly until?: Date;
  /** One conversation in so many; missing = each. */
  readonly every?: number;
}

/** How a case ended, in the order in which the reasons are asked. */
export type CaseEnd =
  | "handed_over"
  | "not_helped"
  | "abandoned"
  | "person"
  | "came_back"
  | "pending"
  | "resolved";

/**
 * The one rule of "resolved". A case is a run of turns on one matter: it goes on while the automaton waits for a choice
 * or a fact, and when the customer says that it did not help. It is resolved when it was answered at the first level, no
 * person wrote, the customer did not come back on the topic within 72 hours, did not abandon in the middle and did not
 * say that it did not help. Before the 72 hours are over it is pending. Containment alone counts for nothing.
 *
 * Rows: topic, conversation_id, first_at, ending (CaseEnd).
 */
export function caseRows(tenantId: number, span: CaseSpan): RawBuilder<unknown> {
  const wait = sql`make_interval(hours => ${RESOLVED_AFTER_HOURS})`;
  const until = span.until === undefined ? sql`` : sql`and t.at < ${span.until}`;
  const sample = (span.every ?? 1) === 1 ? sql`` : sql`and t.conversation_id % ${span.every} = 0`;
  return sql`
    with marked as (
      select t.*, lag(outcome) over w as before, lag(at) over w as before_at
      from service.turn t where t.tenant_id = ${tenantId} and t.at >= ${span.from} ${until} ${sample}
      window w as (partition by conversation_id order by at, message_id)),
    grouped as (
      select m.*, sum(case when outcome = 'not_helped' then 0
          when before in ('asked', 'offered', 'not_helped') and at < before_at + ${wait} then 0 else 1 end)
        over (partition by conversation_id order by at, message_id) as nth
      from marked m where outcome <> 'not_helped' or at < before_at + ${wait}),
    cases as (
      select conversation_id, nth, min(at) as first_at, max(at) as last_at, (array_agg(message_id order by at, message_id))[1] as first_message,
        coalesce((array_agg(topic order by at desc, message_id desc) filter (where topic is not null and outcome <> 'offered'))[1],
          (array_agg(topic order by at, message_id) filter (where topic is not null))[1]) as topic,
        (array_agg(outcome order by at desc, message_id desc))[1] as last_outcome,
        bool_or(outcome = 'handed_over') as was_handed_over, bool_or(outcome = 'not_helped') as was_not_helped
      from grouped group by conversation_id, nth),
    -- The next case on the same topic is the first that can be a coming back; a look at all others of the conversation
    -- for each case costs a company of 80,000 turns half a minute.
    followed as (select cases.*, lead(first_at) over (partition by conversation_id, topic order by nth) as next_at from cases)
    select c.topic, c.conversation_id, c.first_at, case
      when c.was_handed_over then 'handed_over'
      when c.was_not_helped then 'not_helped'
      when c.last_outcome <> 'answered' and ${span.now} >= c.last_at + ${wait} then 'abandoned'
      when exists (select from kernel.message m where m.tenant_id = ${tenantId} and m.conversation_id = c.conversation_id
        and m.id > c.first_message and m.author = 'agent' and m.status <> 'note' and m.sent_at <= c.last_at + ${wait}) then 'person'
      when c.topic is not null and c.next_at <= c.last_at + ${wait} then 'came_back'
      when ${span.now} < c.last_at + ${wait} then 'pending'
      else 'resolved' end as ending
    from followed c`;
}
