import { type Customer, type Fact, fact as factContract } from "../api.ts";
import { faultOf } from "./judge.ts";

/** A fact as a line of a CSV file says it. */
export interface FactRow {
  readonly reference: string;
  readonly customer: Customer;
  readonly title: string;
  readonly fact: Fact;
}

const NUMBERS = new Set([
  "priceCents",
  "intervalDays",
  "minimumMonths",
  "renewalMonths",
  "monthlyCents",
  "amount",
]);
/** Empty means null here, elsewhere it means "as usual". */
const EMPTY_IS_NULL = new Set(["renewalMonths"]);
const LONGEST = 120;

/**
 * @param fields by the file's column names
 * @returns what the line says, or why it is refused
 */
export function readFactRow(
  kind: Fact["kind"],
  fields: ReadonlyMap<string, string>,
): FactRow | { refused: string } {
  const text = (name: string): string => (fields.get(name) ?? "").trim();
  const [reference, title] = [text("reference"), text("title")];
  if (reference === "" || reference.length > LONGEST)
    return { refused: `reference has 1 to ${LONGEST} characters` };
  if (title === "" || title.length > LONGEST) return { refused: `title has 1 to ${LONGEST} characters` };
  const customer = customerOf(text("contactId"), text("identity"));
  if (!customer) return { refused: "contactId (a number) or identity (KIND:VALUE) must say who it is" };
  const values = [...fields].map(([name, value]) => [name, columnValue(name, value.trim())] as const);
  const parsed = factContract.safeParse({ ...Object.fromEntries(values), kind });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { refused: `${issue?.path.join(".") || "the line"}: ${issue?.message ?? "cannot be read"}` };
  }
  const fault = faultOf(parsed.data);
  return fault ? { refused: fault } : { reference, customer, title, fact: parsed.data };
}

function customerOf(contactId: string, identity: string): Customer | null {
  if (/^\d{1,15}$/.test(contactId) && Number(contactId) > 0) return { contactId: Number(contactId) };
  const [, kind, value] = /^([a-z_]{1,30}):(.{1,200})$/.exec(identity) ?? [];
  return kind !== undefined && value !== undefined ? { identity: { kind, value } } : null;
}

function columnValue(name: string, text: string): unknown {
  if (text === "") return EMPTY_IS_NULL.has(name) ? null : undefined;
  return NUMBERS.has(name) && /^\d+$/.test(text) ? Number(text) : text;
}
