import { sql } from "kysely";
import type { House, Language } from "#kernel";
import { inTenant, type WeekTx } from "./tx.ts";

/** Who wants the week by mail, and which mails went. */

export interface Reader {
  readonly userId: string;
  readonly language: Language;
}

export async function readReaders(tx: WeekTx, tenantId: number): Promise<Reader[]> {
  const rows = await tx
    .selectFrom("week.reader")
    .select(["user_id", "language"])
    .where("tenant_id", "=", tenantId)
    .orderBy("user_id")
    .execute();
  return rows.map(({ user_id, language }) => ({ userId: user_id, language }));
}

export async function addReader(tx: WeekTx, tenantId: number, reader: Reader): Promise<void> {
  const { userId, language } = reader;
  await tx
    .insertInto("week.reader")
    .values({ tenant_id: tenantId, user_id: userId, language })
    .onConflict((conflict) => conflict.columns(["tenant_id", "user_id"]).doUpdateSet({ language }))
    .execute();
}

export async function removeReader(tx: WeekTx, tenantId: number, userId: string): Promise<void> {
  await tx
    .deleteFrom("week.reader")
    .where("tenant_id", "=", tenantId)
    .where("user_id", "=", userId)
    .execute();
}

/** The company's one timer; where it waits already it stays, for it may be there to try a colleague's mail again. */
export async function wakeBy(
  tx: WeekTx,
  tenantId: number,
  { kind, dueAt }: { kind: string; dueAt: number },
): Promise<void> {
  await tx
    .insertInto("kernel.timer")
    .values({
      tenant_id: tenantId,
      kind,
      key: "monday",
      due_at: new Date(dueAt),
      payload: "{}",
      last_error: null,
    })
    .onConflict((conflict) => conflict.columns(["tenant_id", "kind", "key"]).doNothing())
    .execute();
}

interface MailPlace {
  tenantId: number;
  monday: string;
  userId: string;
}

/** @returns false: it went already, or somebody was killed while it went. Committed before anything is sent. */
export async function takeMail(house: House, place: MailPlace): Promise<boolean> {
  const { rows } = await inTenant(house, place.tenantId, (tx) =>
    sql`insert into week.mail (tenant_id, monday, user_id, state, at)
      values (${place.tenantId}, ${place.monday}::date, ${place.userId}, 'sending', ${new Date(house.clock.now())})
      on conflict do nothing returning user_id`.execute(tx),
  );
  return rows.length > 0;
}

export async function markSent(house: House, place: MailPlace): Promise<void> {
  await inTenant(house, place.tenantId, (tx) =>
    sql`update week.mail set state = 'sent', at = ${new Date(house.clock.now())}
      where tenant_id = ${place.tenantId} and monday = ${place.monday}::date and user_id = ${place.userId}`.execute(
      tx,
    ),
  );
}

/** So long a mail takes at most; who has been sending for longer was killed. */
const SENDING_MS = 10 * 60_000;

/** Was this mail under way when its process was killed? Nobody knows then whether it went. */
export async function isMailDoubtful(
  tx: WeekTx,
  { tenantId, monday, userId, now }: MailPlace & { now: number },
): Promise<boolean> {
  const { rows } = await sql`select from week.mail where tenant_id = ${tenantId} and monday = ${monday}::date
    and user_id = ${userId} and state = 'sending' and at < ${new Date(now - SENDING_MS)}`.execute(tx);
  return rows.length > 0;
}

/** The server said that it did not take it: it may be sent again. */
export async function giveBackMail(house: House, place: MailPlace): Promise<void> {
  await inTenant(house, place.tenantId, (tx) =>
    sql`delete from week.mail where tenant_id = ${place.tenantId} and monday = ${place.monday}::date
      and user_id = ${place.userId} and state = 'sending'`.execute(tx),
  );
}

/** Rows of weeks that no mail is sent about any more. */
export async function forgetMails(house: House, tenantId: number, before: string): Promise<void> {
  await inTenant(house, tenantId, (tx) =>
    sql`delete from week.mail where tenant_id = ${tenantId} and monday < ${before}::date`.execute(tx),
  );
}
