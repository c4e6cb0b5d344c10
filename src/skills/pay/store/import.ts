import { createHash } from "node:crypto";
import { setImmediate as yieldToOthers } from "node:timers/promises";
import { sql } from "kysely";
import { type Actor, type House, type Tx, translate } from "#kernel";
import type { ImportReport, Statement } from "../api.ts";
import { openCamtReader } from "../rules/camt/read.ts";
import type { CamtRead, CamtStatement, Refusal } from "../rules/camt/statement.ts";
import { catalogue } from "../rules/catalogue.ts";
import { EURO } from "../rules/money.ts";
import { notesOf } from "../rules/order.ts";
import { bookEntries, bookLater } from "./book-entries.ts";
import { storeEntries } from "./entries.ts";
import { readSettings } from "./settings.ts";
import { type StatementRow, shownStatement } from "./statements.ts";
import { inTenant, moment, tell } from "./tx.ts";

/** Bringing bank statements in: each is taken whole, in a transaction of its own, or refused by a code. */

/** Characters read at a time; others get their turn between. */
const PIECE = 64 * 1024;
const MOST_BYTES = 8 * 1024 * 1024;
/** Of an account on which nobody pays: its balance is wanted, who stands on it is not. */
const NO_ENTRIES = { matched: 0, proposed: 0, unknown: 0, twice: 0 };

/** @param file the bytes as the bank gave them */
export async function importFile(
  house: House,
  actor: Actor,
  file: Buffer,
  language?: "de" | "en",
): Promise<ImportReport> {
  const { tenantId } = actor;
  const report: ImportReport = { taken: [], refused: [], matched: 0, proposed: 0, unknown: 0, twice: 0 };
  const profile = await house.profile(tenantId);
  const choice = { language: language ?? profile.language, form: profile.teamFormOfAddress };
  const refuse = (externalId: string, code: Refusal): void => {
    report.refused.push({ externalId, code, text: translate(catalogue, choice, `refusal.${code}`) });
  };
  const read = file.length > MOST_BYTES ? { refusal: "too_large" as const } : await readPieces(textOf(file));
  if ("refusal" in read) {
    refuse("", read.refusal);
    return report;
  }
  const sha256 = createHash("sha256").update(file).digest("hex");
  for (const one of inOrder(read.statements)) {
    if ("refusal" in one) refuse(one.id, one.refusal);
    else {
      const result = await take(house, actor, { statement: one.statement, sha256 });
      if (typeof result === "string") refuse(one.statement.id, result);
      else {
        await bookEntries(house, tenantId, result.statement.id);
        report.taken.push(result.statement);
        for (const key of ["matched", "proposed", "unknown", "twice"] as const) report[key] += result[key];
      }
    }
  }
  return report;
}

/** A file may hold several days in any order; the older is booked first. */
function inOrder(statements: readonly CamtRead[]): readonly CamtRead[] {
  const dayOf = (one: CamtRead): string => ("statement" in one ? one.statement.toOn : "");
  return [...statements].sort((a, b) => dayOf(a).localeCompare(dayOf(b)));
}

/** UTF-8, unless the file says another of the encodings that banks use. */
function textOf(file: Buffer): string {
  const head = file.subarray(0, 200).toString("latin1");
  const said = /encoding=["']([\w-]+)["']/i.exec(head)?.[1]?.toLowerCase();
  const isLatin = said !== undefined && ["iso-8859-1", "windows-1252", "latin1"].includes(said);
  return new TextDecoder(isLatin ? "windows-1252" : "utf-8").decode(file);
}

async function readPieces(text: string): Promise<ReturnType<ReturnType<typeof openCamtReader>["finish"]>> {
  const reader = openCamtReader();
  for (let at = 0; at < text.length; at += PIECE) {
    if (!reader.write(text.slice(at, at + PIECE))) break;
    await yieldToOthers();
  }
  return reader.finish();
}

type Taken = { statement: Statement } & Pick<ImportReport, "matched" | "proposed" | "unknown" | "twice">;

async function take(
  house: House,
  actor: Actor,
  { statement, sha256 }: { statement: CamtStatement; sha256: string },
): Promise<Taken | Refusal> {
  const { tenantId } = actor;
  const when = await moment(house, tenantId);
  return inTenant(house, tenantId, async (tx) => {
    const settings = await readSettings(tx, tenantId);
    const isOther = settings.otherAccounts.includes(statement.iban);
    if (!isOther && (settings.iban === "" || statement.iban !== settings.iban))
      return "other_account" as const;
    if (statement.currency !== "" && statement.currency !== EURO) return "other_currency" as const;
    // Two imports at once: the second waits, and finds what the first has brought.
    await sql`select from pay.settings where tenant_id = ${tenantId} for update`.execute(tx);
    const before = await neighbour(tx, tenantId, statement, statement.toOn);
    const newest = await neighbour(tx, tenantId, statement, null);
    const row = await insertStatement(tx, actor, { statement, sha256, now: when.now });
    if (!row) return "doubled" as const;
    const of = { statement, statementId: row.id };
    const counts = isOther ? NO_ENTRIES : await storeEntries(tx, tenantId, of, when);
    if (counts.matched > 0) await bookLater(tx, tenantId, row.id, when.now);
    const notes = notesOf(statement, { before, newest, twice: counts.twice });
    await sql`update pay.statement set notes = ${notes}::text[] where tenant_id = ${tenantId} and id = ${row.id}`.execute(
      tx,
    );
    await tell(tx, tenantId, `statement ${row.id}`, when.now);
    return { statement: shownStatement({ ...row, notes }), ...counts };
  });
}

/** @param until the last day that counts; null = any */
async function neighbour(
  tx: Tx,
  tenantId: number,
  { iban }: CamtStatement,
  until: string | null,
): Promise<{ toOn: string; closingMinor: number } | null> {
  const { rows } = await sql<{ toOn: string; closingMinor: number }>`
    select to_on::text as "toOn", closing_minor as "closingMinor" from pay.statement
    where tenant_id = ${tenantId} and iban = ${iban} and (${until}::date is null or to_on <= ${until}::date)
    order by to_on desc, id desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

async function insertStatement(
  tx: Tx,
  actor: Actor,
  { statement, sha256, now }: { statement: CamtStatement; sha256: string; now: number },
): Promise<StatementRow | undefined> {
  const { id, iban, sequence, fromOn, toOn, openingMinor, closingMinor, entries } = statement;
  const { rows } = await sql<StatementRow>`
    insert into pay.statement (tenant_id, iban, external_id, sequence, from_on, to_on, currency, opening_minor, closing_minor, entries, notes,
      sha256, imported_at, imported_by)
    values (${actor.tenantId}, ${iban}, ${id}, ${sequence}, ${fromOn}, ${toOn}, ${EURO}, ${openingMinor}, ${closingMinor}, ${entries.length},
      '{}', ${sha256}, ${new Date(now)}, ${actor.staffId})
    on conflict (tenant_id, iban, external_id) do nothing
    returning id, iban, external_id, sequence, from_on::text, to_on::text, currency, opening_minor, closing_minor, entries, notes, imported_at`.execute(
    tx,
  );
  return rows[0];
}
