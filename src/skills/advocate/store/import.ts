import { type House, localDate, pseudonyms, readCsv, type SkippedLine } from "#kernel";
import type { Fact } from "../api.ts";
import { type FactRow, readFactRow } from "../rules/fact-row.ts";
import type { AdvocateTables } from "../tables.ts";
import { contactsOf } from "./customers.ts";
import { putFacts } from "./facts.ts";
import { noteFollowed } from "./outcomes.ts";
import { PURPOSE } from "./round.ts";

export interface ImportResult {
  readonly accepted: number;
  readonly refusedCount: number;
  /** The first 1,000, by line. */
  readonly refused: SkippedLine[];
}

const ROWS_AT_ONCE = 1_000;
const MOST_REFUSED = 1_000;

/**
 * Facts of one kind from CSV. What can be read is kept; every other line is refused with its reason. The same file again
 * changes nothing.
 */
export async function importFacts(
  house: House,
  tenantId: number,
  file: { kind: Fact["kind"]; csv: string },
): Promise<ImportResult> {
  const { records, skipped } = readCsv(file.csv);
  const [header, ...lines] = records;
  const names = (header?.fields ?? []).map((name) => name.trim());
  const refused: SkippedLine[] = [...skipped];
  const rows = new Map<string, FactRow & { line: number }>();
  for (const { line, fields } of lines) {
    const row = readFactRow(file.kind, new Map(names.map((name, place) => [name, fields[place] ?? ""])));
    if ("refused" in row) refused.push({ line, reason: row.refused });
    else if (rows.has(row.reference))
      refused.push({ line, reason: "its reference stands on an earlier line" });
    else rows.set(row.reference, { ...row, line });
  }
  let accepted = 0;
  const all = [...rows.values()];
  for (let at = 0; at < all.length; at += ROWS_AT_ONCE) {
    const unknown = await write(house, tenantId, { kind: file.kind, rows: all.slice(at, at + ROWS_AT_ONCE) });
    accepted += Math.min(ROWS_AT_ONCE, all.length - at) - unknown.length;
    refused.push(
      ...unknown.map((line) => ({ line, reason: "nobody is known by this contactId or identity" })),
    );
  }
  refused.sort((a, b) => a.line - b.line);
  return { accepted, refusedCount: refused.length, refused: refused.slice(0, MOST_REFUSED) };
}

/** @returns lines whose customer is unknown */
async function write(
  house: House,
  tenantId: number,
  { kind, rows }: { kind: Fact["kind"]; rows: readonly (FactRow & { line: number })[] },
): Promise<number[]> {
  const now = house.clock.now();
  const { timeZone } = await house.profile(tenantId);
  const today = localDate(now, timeZone);
  const mask = await pseudonyms(house, { tenantId, purpose: PURPOSE });
  return house.db.tenant<number[], AdvocateTables>(tenantId, async (tx) => {
    const contacts = await contactsOf(
      tx,
      tenantId,
      rows.map(({ customer }) => customer),
    );
    const facts = rows.flatMap(({ reference, title, fact }, place) => {
      const contactId = contacts[place];
      return contactId == null ? [] : [{ reference, title, fact, contactId }];
    });
    const ids = await putFacts(tx, { tenantId, kind, facts, came: "csv", today, now });
    const written = facts.map(({ fact }, place) => ({ id: ids[place]?.id ?? 0, fact }));
    await noteFollowed(tx, { tenantId, mask }, { facts: written, day: today });
    return rows.filter((_, place) => contacts[place] == null).map(({ line }) => line);
  });
}
