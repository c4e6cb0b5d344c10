import { AppError } from "#kernel";
import type { Colleague, ColleagueInput, ColleagueSettings } from "../api.ts";
import { addressFault, domainFault, plainAddress } from "../rules/addresses.ts";
import type { OwnTx } from "./tx.ts";

/** Whom a company may ask, and its rules for it. */

/** A list that nobody reads through is no list of colleagues. */
const COLLEAGUES_MAX = 300;

export const defaults: ColleagueSettings = {
  domains: [],
  allowsDirect: false,
  remindHours: 8,
  answerDays: 14,
};

export async function readSettings(tx: OwnTx, tenantId: number): Promise<ColleagueSettings> {
  const row = await tx
    .selectFrom("colleagues.settings")
    .selectAll()
    .where("tenant_id", "=", tenantId)
    .executeTakeFirst();
  if (!row) return defaults;
  return {
    domains: row.domains,
    allowsDirect: row.allows_direct,
    remindHours: row.remind_hours,
    answerDays: row.answer_days,
  };
}

/** @throws AppError bad_request: no_domain, everybodys */
export async function saveSettings(
  tx: OwnTx,
  tenantId: number,
  wanted: ColleagueSettings,
): Promise<ColleagueSettings> {
  const domains = [...new Set(wanted.domains.map((one) => plainAddress(one).replace(/^@/, "")))].sort();
  for (const domain of domains) {
    const fault = domainFault(domain);
    if (fault) throw new AppError("bad_request", domain, [{ path: "domains", message: fault }]);
  }
  const values = {
    domains,
    allows_direct: wanted.allowsDirect,
    remind_hours: wanted.remindHours,
    answer_days: wanted.answerDays,
  };
  await tx
    .insertInto("colleagues.settings")
    .values({ tenant_id: tenantId, ...values })
    .onConflict((conflict) => conflict.column("tenant_id").doUpdateSet(values))
    .execute();
  return { ...wanted, domains };
}

export async function listColleagues(tx: OwnTx, tenantId: number): Promise<Colleague[]> {
  const rows = await tx
    .selectFrom("colleagues.colleague")
    .select(["id", "name", "email", "topic", "language"])
    .where("tenant_id", "=", tenantId)
    .orderBy("name")
    .orderBy("id")
    .execute();
  return rows;
}

/** @throws AppError bad_request: no_address, own_mailbox, taken, too_many */
export async function addColleague(tx: OwnTx, tenantId: number, input: ColleagueInput): Promise<Colleague> {
  const fields = await checked(tx, tenantId, input);
  const { count } = await tx
    .selectFrom("colleagues.colleague")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("tenant_id", "=", tenantId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= COLLEAGUES_MAX) throw refused("too_many");
  const made = await tx
    .insertInto("colleagues.colleague")
    .values({ tenant_id: tenantId, ...fields })
    .onConflict((conflict) => conflict.columns(["tenant_id", "email"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!made) throw refused("taken");
  return { id: made.id, ...fields };
}

/** @throws AppError not_found, and as `addColleague` */
export async function replaceColleague(
  tx: OwnTx,
  tenantId: number,
  { id, ...input }: Colleague,
): Promise<Colleague> {
  const fields = await checked(tx, tenantId, input);
  const other = await tx
    .selectFrom("colleagues.colleague")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("email", "=", fields.email)
    .where("id", "<>", id)
    .executeTakeFirst();
  if (other) throw refused("taken");
  const changed = await tx
    .updateTable("colleagues.colleague")
    .set(fields)
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .returning("id")
    .executeTakeFirst();
  if (!changed) throw new AppError("not_found");
  return { id, ...fields };
}

/** @throws AppError not_found */
export async function removeColleague(tx: OwnTx, tenantId: number, id: number): Promise<void> {
  const gone = await tx
    .deleteFrom("colleagues.colleague")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .returning("id")
    .executeTakeFirst();
  if (!gone) throw new AppError("not_found");
}

async function checked(tx: OwnTx, tenantId: number, input: ColleagueInput): Promise<ColleagueInput> {
  const email = plainAddress(input.email);
  const mailboxes = (await mailboxesOf(tx, tenantId)).map(({ address }) => address);
  const fault = addressFault(email, { listed: [email], domains: [], mailboxes, customer: [] });
  if (fault) throw refused(fault);
  return { ...input, email };
}

const refused = (message: string): AppError =>
  new AppError("bad_request", undefined, [{ path: "email", message }]);

/** The company's mailboxes, the oldest first. */
export async function mailboxesOf(
  tx: OwnTx,
  tenantId: number,
): Promise<{ id: number; address: string; active: boolean }[]> {
  const rows = await tx
    .selectFrom("kernel.channel")
    .select(["id", "address", "active"])
    .where("tenant_id", "=", tenantId)
    .where("kind", "=", "email")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({ ...row, address: row.address.toLowerCase() }));
}
