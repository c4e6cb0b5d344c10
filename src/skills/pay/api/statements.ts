import { z } from "zod";
import { contract, idParam, language, page, pageQuery, time } from "#kernel/api";
import { base, day, id, minor, tag } from "./shared.ts";

/** 8 MiB of XML as Base64. */
const FILE_BYTES = 12 * 1024 * 1024;

const why = z.enum(["reference", "reference_ended", "several_references", "amount_and_name", "amount"]);
const entryState = z.enum([
  "matched",
  "proposed",
  "unknown",
  "dismissed",
  "other",
  "reversal",
  "foreign_currency",
]);
export type EntryStateName = z.output<typeof entryState>;

const statement = z.object({
  id,
  iban: z.string(),
  externalId: z.string(),
  sequence: z.string(),
  fromOn: day.nullable(),
  toOn: day,
  currency: z.string(),
  openingMinor: minor,
  closingMinor: minor,
  entries: z.number(),
  notes: z.array(z.enum(["out_of_order", "gap", "overlap"])),
  importedAt: time,
});
export type Statement = z.output<typeof statement>;

/** Why a file or a statement is not taken. Stable: systems and the desk know them. */
const refusal = z.enum([
  "not_camt",
  "broken_xml",
  "document_type",
  "too_large",
  "too_many_entries",
  "bad_amount",
  "account_missing",
  "balance_missing",
  "entry_sum_wrong",
  "wrong_sum",
  "other_account",
  "other_currency",
  "doubled",
]);
export type RefusalName = z.output<typeof refusal>;

const report = z.object({
  taken: z.array(statement),
  refused: z.array(
    z.object({
      externalId: z.string().describe('the statement\'s id; "" = the whole file'),
      code: refusal,
      text: z.string().describe("what happened, what was kept, what to do"),
    }),
  ),
  matched: z.number(),
  proposed: z.number(),
  unknown: z.number(),
  twice: z.number().describe("entries that another statement had brought already; booked once"),
});
export type ImportReport = z.output<typeof report>;

const entry = z.object({
  id,
  statementId: id,
  isCredit: z.boolean(),
  amountMinor: minor,
  currency: z.string(),
  bookedOn: day,
  name: z.string(),
  iban: z.string(),
  reference: z.string(),
  words: z.string(),
  state: entryState,
  requestId: id.nullable().describe("the request it is booked to"),
  proposals: z.array(
    z.object({
      requestId: id,
      why,
      title: z.string(),
      name: z.string(),
      owedMinor: minor,
      dueOn: day,
    }),
  ),
});
export type Entry = z.output<typeof entry>;

export const listStatements = contract({
  method: "GET",
  path: `${base}/statements`,
  tag,
  access: "staff",
  summary: "Bank statements that were brought in, newest first",
  query: pageQuery,
  reply: page(statement),
});
export const importStatements = contract({
  method: "POST",
  path: `${base}/statements`,
  tag,
  access: "staff",
  bodyBytes: FILE_BYTES,
  summary:
    "Bring in a camt.053 file (.001.02 or .001.08); each statement is taken whole or refused by a code",
  body: z.strictObject({
    name: z.string().max(200),
    content: z.base64().describe("the file, Base64"),
    language: language.optional().describe("of the sentences; default: the company's"),
  }),
  reply: report,
});
export const listEntries = contract({
  method: "GET",
  path: `${base}/entries`,
  tag,
  access: "staff",
  summary: "Entries of the account; todo: those that wait for a person",
  query: pageQuery.extend({
    state: entryState.or(z.literal("todo")).optional(),
    statementId: z.coerce.number().int().positive().optional(),
  }),
  reply: page(entry),
});
export const matchEntry = contract({
  method: "POST",
  path: `${base}/entries/:id/match`,
  tag,
  access: "staff",
  summary: "Say which request an entry paid; for a reversal, which booking it takes back",
  params: idParam,
  body: z.strictObject({ requestId: id }),
  reply: entry,
});
export const undoEntry = contract({
  method: "POST",
  path: `${base}/entries/:id/undo`,
  tag,
  access: "staff",
  summary: "Take a match back: the request is as before, the entry waits again",
  params: idParam,
  reply: entry,
});
export const dismissEntry = contract({
  method: "POST",
  path: `${base}/entries/:id/dismiss`,
  tag,
  access: "staff",
  summary: "It has nothing to do with requests; undo brings it back",
  params: idParam,
  reply: entry,
});
