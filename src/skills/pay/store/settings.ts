import { sql } from "kysely";
import { AppError, bareIban, type CounterGap, isIban, type Tx } from "#kernel";
import type { PaySettings, StoredSettings } from "../api.ts";
import { receiptNumber } from "../rules/numbers.ts";
import { tell } from "./tx.ts";

/** A company that has said nothing yet; accounts as SKR 04 has them. */
const BLANK: PaySettings = {
  holder: "",
  iban: "",
  otherAccounts: [],
  bic: "",
  address: "",
  taxNumber: "",
  dueDays: 14,
  remindAfterDays: 7,
  mostReminders: 2,
  endDays: 0,
  receiptPrefix: "B",
  bookkeeping: {
    adviser: "",
    client: "",
    yearBegins: "01-01",
    bank: "1800",
    provider: "1460",
    cash: "1600",
    receivables: "1200",
  },
};
const GAPS_SHOWN = 20;

export async function readSettings(tx: Tx, tenantId: number): Promise<Omit<StoredSettings, "canAsk">> {
  const { rows } = await sql<{ details: PaySettings; revision: number }>`
    select details, revision from pay.settings where tenant_id = ${tenantId}`.execute(tx);
  const [row] = rows;
  const details = { ...BLANK, ...row?.details };
  return {
    ...details,
    revision: row?.revision ?? 0,
    missing: (["holder", "iban"] as const).filter((key) => details[key] === ""),
    gaps: await numberGaps(tx, tenantId, details.receiptPrefix),
  };
}

/** @param revision 0 = never saved before @throws AppError conflict, bad_request for an IBAN that is none */
export async function writeSettings(
  tx: Tx,
  tenantId: number,
  { revision, ...given }: PaySettings & { revision: number },
  now: number,
): Promise<void> {
  if (given.iban !== "" && !isIban(given.iban))
    throw new AppError("bad_request", undefined, [
      { path: "iban", message: "length or check digits do not fit" },
    ]);
  for (const [n, other] of given.otherAccounts.entries())
    if (!isIban(other))
      throw new AppError("bad_request", undefined, [
        { path: `otherAccounts.${n}`, message: "length or check digits do not fit" },
      ]);
  const otherAccounts = given.otherAccounts.map(bareIban);
  const json = JSON.stringify({ ...given, iban: bareIban(given.iban), otherAccounts });
  const { rows } =
    revision === 0
      ? await sql`insert into pay.settings (tenant_id, details) values (${tenantId}, ${json}::jsonb)
          on conflict do nothing returning revision`.execute(tx)
      : await sql`update pay.settings set details = ${json}::jsonb, revision = revision + 1
          where tenant_id = ${tenantId} and revision = ${revision} returning revision`.execute(tx);
  if (rows.length === 0) throw new AppError("conflict");
  await tell(tx, tenantId, "settings", now);
}

/** Numbers that restores left out, the newest first, as they stand on receipts. */
async function numberGaps(tx: Tx, tenantId: number, prefix: string): Promise<StoredSettings["gaps"]> {
  const { rows } = await sql<CounterGap & { year: number }>`
    select c.year, g."from", g."to", g.at from pay.counter c
    cross join lateral jsonb_to_recordset(c.gaps) as g ("from" int, "to" int, at text)
    where c.tenant_id = ${tenantId} order by g.at desc, c.year desc limit ${GAPS_SHOWN}`.execute(tx);
  return rows.map(({ year, from, to, at }) => ({
    from: receiptNumber(prefix, year, from),
    to: receiptNumber(prefix, year, to),
    at,
  }));
}
