import type { Installation } from "../node/installation.ts";
import type { Ledger } from "./kill-ledger.ts";

/** What must hold after any number of kills. Every count is a number of offences; 0 is right. */
export interface Offences {
  lost: number;
  storedTwice: number;
  unanswered: number;
  answeredTwice: number;
  outOfOrder: number;
  answerBeforeQuestion: number;
  sentOutOfOrder: number;
  sequenceGaps: number;
  leftInInbox: number;
  leftInOutbox: number;
  parkedRows: number;
  telegramDoubled: number;
  wrongStatus: number;
}

/** Not offences, but told. */
export interface Doubts {
  whatsappDoubled: number;
  telegramParked: number;
  /** Of those parked, how many had reached the provider. */
  telegramParkedButSent: number;
}

interface Row {
  tenant_id: number;
  conversation_id: number;
  id: string;
  author: string;
  external_id: string | null;
  reply_to: string | null;
  status: string;
  kind: "whatsapp" | "telegram";
  to: string;
}

export interface Verdict {
  offences: Offences;
  doubts: Doubts;
  examples: string[];
  messages: number;
}

/** Compares the database and the provider's list with what was written. Run it when nothing waits any more. */
export async function judge({ sql }: Installation, ledger: Ledger): Promise<Verdict> {
  const { rows: all } = await sql.query<Row>(
    `select m.tenant_id, m.conversation_id, m.id, m.author, m.external_id, m.reply_to, m.status, ch.kind, c.reply_address as to
      from kernel.message m join kernel.conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
      join kernel.channel ch on ch.tenant_id = c.tenant_id and ch.id = c.channel_id order by m.conversation_id, m.id`,
  );
  // The questions that were only asked to find out whether they are answered are not part of the run.
  const ours = new Set([...ledger.written.values()].map((written) => written.to));
  const rows = all.filter((row) => ours.has(row.to));
  const examples = await storiesOfDoubles(sql, ledger);
  const say = (what: string, row: unknown): number => {
    if (examples.length < 16) examples.push(`${what}: ${JSON.stringify(row)}`);
    return 1;
  };
  const offences = { ...stored(rows, ledger, say), ...ordered(rows, ledger, say), ...(await leftOver(sql)) };
  return { ...answers(rows, ledger, say, offences), examples, messages: ledger.written.size };
}

type Say = (what: string, row: unknown) => number;

function stored(rows: readonly Row[], ledger: Ledger, say: Say) {
  const times = new Map<string, number>();
  for (const row of rows)
    if (row.author === "customer" && row.external_id)
      times.set(row.external_id, (times.get(row.external_id) ?? 0) + 1);
  let lost = 0;
  let storedTwice = 0;
  for (const written of ledger.acknowledged) {
    const count = times.get(written.externalId) ?? 0;
    if (count === 0) lost += say("lost", written);
    if (count > 1) storedTwice += say("stored twice", written);
  }
  return { lost, storedTwice };
}

/** A customer's messages stand in the provider's order, an answer never before its question. */
function ordered(rows: readonly Row[], ledger: Ledger, say: Say) {
  let outOfOrder = 0;
  let answerBeforeQuestion = 0;
  let sentOutOfOrder = 0;
  const lastPlace = new Map<number, number>();
  const place = new Map<string, number>();
  for (const [n, row] of rows.entries()) {
    place.set(row.id, n);
    if (row.author === "bot" && row.reply_to && (place.get(row.reply_to) ?? Number.POSITIVE_INFINITY) > n)
      answerBeforeQuestion += say("answer before question", row);
    const written = row.author === "customer" ? ledger.written.get(row.external_id ?? "") : undefined;
    if (!written) continue;
    if ((lastPlace.get(row.conversation_id) ?? -1) > written.place) outOfOrder += say("out of order", row);
    lastPlace.set(row.conversation_id, written.place);
  }
  for (const [to, correlations] of ledger.order) {
    const ids = correlations.map((correlation) => correlation.slice(correlation.indexOf(".") + 1));
    for (const [n, id] of ids.entries())
      if (n > 0 && (place.get(id) ?? 0) < (place.get(ids[n - 1] as string) ?? 0))
        sentOutOfOrder += say("sent out of order", { to, id, after: ids[n - 1] });
  }
  return { outOfOrder, answerBeforeQuestion, sentOutOfOrder };
}

/** Every message has one answer that left, or on Telegram one that is parked; nothing left twice on Telegram. */
function answers(
  rows: readonly Row[],
  ledger: Ledger,
  say: Say,
  before: Omit<Offences, "unanswered" | "answeredTwice" | "telegramDoubled" | "wrongStatus">,
): Pick<Verdict, "offences" | "doubts"> {
  const byQuestion = Map.groupBy(
    rows.filter((row) => row.author === "bot" && row.reply_to),
    (row) => row.reply_to as string,
  );
  const counts = { unanswered: 0, answeredTwice: 0, telegramDoubled: 0, wrongStatus: 0 };
  const doubts: Doubts = { whatsappDoubled: 0, telegramParked: 0, telegramParkedButSent: 0 };
  for (const row of rows) {
    if (row.author === "customer") {
      const found = byQuestion.get(row.id) ?? [];
      if (found.length === 0) counts.unanswered += say("unanswered", row);
      if (found.length > 1) counts.answeredTwice += say("answered twice", row);
    }
    if (row.author !== "bot") continue;
    const sent =
      row.kind === "whatsapp"
        ? ledger.sends.has(`${row.conversation_id}.${row.id}`)
        : ledger.chats.has(row.to);
    if (row.status === "uncertain" && row.kind === "telegram") {
      doubts.telegramParked += 1;
      if (sent) doubts.telegramParkedButSent += 1;
    } else if (!["sent", "delivered", "read"].includes(row.status) || !sent)
      counts.wrongStatus += say("not sent", { ...row, sent });
  }
  for (const { atMs } of ledger.doubled) doubts.whatsappDoubled += atMs.length - 1;
  for (const [chat, times] of ledger.chats)
    if (times > 1) counts.telegramDoubled += say("doubled on Telegram", { chat, times });
  return { offences: { ...before, ...counts }, doubts };
}

/** When a doubled message left, and when its receipts reached us: why was the first send not believed? */
async function storiesOfDoubles(sql: Installation["sql"], ledger: Ledger): Promise<string[]> {
  const stories: string[] = [];
  const clock = (at: number | Date): string => new Date(at).toISOString().slice(11, 23);
  for (const { correlation, atMs } of ledger.doubled.slice(0, 4)) {
    const { rows } = await sql.query<{ received_at: Date }>(
      "select received_at from kernel.inbox where position(convert_to($1, 'UTF8') in body) > 0 order by id",
      [correlation],
    );
    stories.push(
      `doubled ${correlation}: sent ${atMs.map(clock).join(", ")}; receipts ${rows.map((row) => clock(row.received_at)).join(", ")}`,
    );
  }
  return stories;
}

async function leftOver(sql: Installation["sql"]) {
  const { rows } = await sql.query<{ gaps: number; inbox: number; outbox: number; parked: number }>(
    `select (select count(*)::int from (select s.tenant_id from kernel.tenant_seq s left join kernel.event e on e.tenant_id = s.tenant_id
        group by s.tenant_id, s.last_seq having count(e.seq) <> s.last_seq or coalesce(max(e.seq), 0) <> s.last_seq) t) as gaps,
      (select count(*)::int from kernel.inbox_queue) as inbox, (select count(*)::int from kernel.outbox where state <> 'uncertain') as outbox,
      (select count(*)::int from kernel.parked) as parked`,
  );
  const row = rows[0];
  return {
    sequenceGaps: row?.gaps ?? -1,
    leftInInbox: row?.inbox ?? -1,
    leftInOutbox: row?.outbox ?? -1,
    parkedRows: row?.parked ?? -1,
  };
}

export function sumOf(offences: Offences): number {
  return Object.values(offences).reduce((sum, count) => sum + count, 0);
}
