import type pg from "pg";
import type { Kernel } from "../kernel.ts";

/**
 * Sorts what people wrote into the search index, behind the message's way: it follows each company's log of events in
 * bites, and a search reads directly what no bite has reached yet (kernel/desk/search.ts).
 */

/** Events of one company in a bite, and of all together: a few hundred messages, a tenth of a second. */
const COMPANY_EVENTS = 2_000;
const BITE_EVENTS = 4_000;
const FOREIGN_KEY_VIOLATION = "23503";

/**
 * One bite, one transaction: the companies with most to read first, because many words of one company cost less each.
 * The same messages twice change nothing.
 * @returns events it went through; 0 when nobody waits
 */
export async function gatherWords(pool: pg.Pool): Promise<number> {
  const events = await gather(pool);
  // New words stand in the index's waiting list until they are sorted in together, which costs a third of one by one.
  if (events > 0) await pool.query("select kernel.search_flush()");
  return events;
}

async function gather(pool: pg.Pool): Promise<number> {
  try {
    const { rows } = await pool.query<{ events: number }>({
      name: "gather-words",
      text: `with behind as (
          select s.tenant_id, coalesce(k.seq, 0) as seq, least(s.last_seq - coalesce(k.seq, 0), $1) as events
          from kernel.tenant_seq s left join kernel.search_mark k on k.tenant_id = s.tenant_id
          where s.last_seq > coalesce(k.seq, 0)),
        waiting as materialized (select tenant_id, seq, seq + events as until from (
            select *, sum(events) over (order by events desc, tenant_id) - events as before from behind) b
          where before < $2),
        gathered as (insert into kernel.message_words (tenant_id, conversation_id, message_id, words)
          select m.tenant_id, m.conversation_id, m.id, kernel.search_vector(m.tenant_id, m.content ->> 'text')
          from waiting w
          cross join lateral (select e.tenant_id, e.conversation_id, e.message_id from kernel.event e where e.tenant_id = w.tenant_id
            and e.seq > w.seq and e.seq <= w.until and e.type = 'message.created' order by e.seq limit $1) e
          join kernel.message m on m.tenant_id = e.tenant_id and m.conversation_id = e.conversation_id and m.id = e.message_id
          where m.author in ('customer', 'agent') and m.content ->> 'text' <> ''
          on conflict (tenant_id, conversation_id, message_id) do nothing),
        marked as (insert into kernel.search_mark as k (tenant_id, seq) select tenant_id, until from waiting
          on conflict (tenant_id) do update set seq = greatest(k.seq, excluded.seq))
        select coalesce(sum(until - seq), 0)::int as events from waiting`,
      values: [COMPANY_EVENTS, BITE_EVENTS],
    });
    return rows[0]?.events ?? 0;
  } catch (error) {
    // A conversation was erased between reading its message and storing the words: the next bite does not find it.
    if ((error as { code?: string }).code === FOREIGN_KEY_VIOLATION) return 1;
    throw error;
  }
}

/** Pause when nothing waits. */
const IDLE_MS = 3_000;
/** Share of the time that bites may take: customers come first. */
const SHARE = 0.1;
const LONGEST_PAUSE_MS = 5_000;
/** Until a bite is worth its look at every company: a search reads what waits directly. */
const GATHER_MS = 1_000;

/** Follows the log of events until it is stopped; the node calls it once. */
export function followWords(kernel: Kernel): { stop(): void } {
  let isStopped = false;
  let timer = setTimeout(bite, IDLE_MS);
  async function bite(): Promise<void> {
    const begun = performance.now();
    let events = 0;
    try {
      events = await gatherWords(kernel.db.node);
    } catch (error) {
      kernel.log.warn({ error: (error as Error).message }, "search words: tried again later");
    }
    if (isStopped) return;
    const pause = (performance.now() - begun) * (1 / SHARE - 1);
    const least = events === 0 ? IDLE_MS : events < BITE_EVENTS ? GATHER_MS : 0;
    timer = setTimeout(bite, Math.max(least, Math.min(pause, LONGEST_PAUSE_MS)));
  }
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
