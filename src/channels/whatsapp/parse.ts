import type { Inbound, ProviderApp } from "#kernel";
import { accountNotice } from "./account-notice.ts";
import { callItem } from "./call.ts";
import { classOf, errorRules } from "./errors.ts";
import { type Fields, fieldsOf, isFields, NAME_MAX_CHARS, stringOf, timeOf } from "./fields.ts";
import { echoItem, messageItem, type Surroundings } from "./message-item.ts";
import { preferenceItem } from "./preference.ts";
import { errorOf } from "./provider-errors.ts";
import { receiptItems } from "./receipt.ts";

const OBJECT = "whatsapp_business_account";

/** A list's name and the account it stands under, for what is said of a broken element. */
interface Where {
  name: string;
  address: string;
}

/**
 * A webhook body -> its elements, in order. Every element stands alone: a broken one becomes `broken` and the
 * rest is kept. The address is the phone_number_id; `waba:<id>` for what concerns the business account as a
 * whole; "" when the body names neither.
 * @param receivedAt ms since the epoch; stands in where the provider's time is missing or absurd.
 */
export function parse(raw: Buffer, _app: ProviderApp, receivedAt: number): Inbound[] {
  let body: unknown;
  try {
    body = JSON.parse(raw.toString("utf8"));
  } catch {
    return [{ kind: "broken", address: "", reason: "body is not JSON" }];
  }
  if (!isFields(body)) return [{ kind: "broken", address: "", reason: "body is no object" }];
  if (body.object !== undefined && body.object !== OBJECT) {
    return [{ kind: "ignored", address: "", field: `object ${stringOf(body.object, NAME_MAX_CHARS)}` }];
  }
  const items: Inbound[] = [];
  each(body.entry, { name: "entry", address: "" }, items, (entry) => readEntry(entry, receivedAt, items));
  return items;
}

function readEntry(entry: Fields, receivedAt: number, items: Inbound[]): void {
  const id = stringOf(entry.id, NAME_MAX_CHARS);
  const waba = id ? `waba:${id}` : "";
  const from: Origin = { waba, receivedAt, at: timeOf(entry.time, receivedAt) };
  each(entry.changes, { name: "changes", address: waba }, items, (change) => readChange(change, from, items));
}

interface Origin {
  waba: string;
  receivedAt: number;
  /** When Meta wrote the entry: what is said of an account names no other time. */
  at: number;
}

function readChange(change: Fields, from: Origin, items: Inbound[]): void {
  const field = stringOf(change.field, NAME_MAX_CHARS);
  if (!isFields(change.value)) {
    items.push({
      kind: "broken",
      address: from.waba,
      reason: `value of ${field || "a change"} is no object`,
    });
    return;
  }
  const value = change.value;
  const metadata = fieldsOf(value.metadata);
  const around: Surroundings = {
    address: stringOf(metadata.phone_number_id, NAME_MAX_CHARS),
    displayPhone: stringOf(metadata.display_phone_number, NAME_MAX_CHARS),
    contacts: value.contacts,
    receivedAt: from.receivedAt,
  };
  const before = items.length;
  readValue(value, around, items);
  if (items.length > before) {
    // Which business account a number belongs to is said only beside what goes through the number.
    if (around.address && from.waba) for (const item of items.slice(before)) item.business = from.waba;
    return;
  }
  // A partner hears about its clients' accounts under its own id; the value names the one that is meant.
  const client = stringOf(fieldsOf(value.waba_info).waba_id, NAME_MAX_CHARS);
  const address = around.address || (client ? `waba:${client}` : from.waba);
  const notice = accountNotice(field, value, { address, at: from.at });
  items.push(notice ?? { kind: "ignored", address, field: field || "change without field" });
}

/** The lists decide, not the field's name: a new field with messages in it still reaches the desk. */
function readValue(value: Fields, around: Surroundings, items: Inbound[]): void {
  const { address, receivedAt } = around;
  const read = (name: string, use: (element: Fields) => void) => {
    if (value[name] !== undefined) each(value[name], { name, address }, items, use);
  };
  read("messages", (message) => items.push(messageItem(message, around)));
  read("message_echoes", (message) => items.push(echoItem(message, around)));
  read("statuses", (status) => items.push(...receiptItems(status, address, receivedAt)));
  read("user_preferences", (preference) => items.push(preferenceItem(preference, around)));
  read("calls", (call) => items.push(callItem(call, around)));
  // beside calls, errors are those of the call
  if (value.calls === undefined) read("errors", (error) => items.push(accountError(error, address)));
}

function accountError(value: Fields, address: string): Inbound {
  const error = errorOf(value);
  const name = classOf(error.code);
  const text = `${error.code} ${error.title}${error.details ? `: ${error.details}` : ""}`;
  return { kind: "account", address, field: "errors", health: name ? errorRules[name].health : null, text };
}

/** Runs `use` for every element; what is no object, or makes it throw, becomes `broken`. */
function each(list: unknown, where: Where, items: Inbound[], use: (element: Fields) => void): void {
  const broken = (reason: string): Inbound => ({ kind: "broken", address: where.address, reason });
  if (!Array.isArray(list)) {
    items.push(broken(`${where.name} is not a list`));
    return;
  }
  for (const element of list) {
    try {
      if (isFields(element)) use(element);
      else items.push(broken(`element of ${where.name} is no object`));
    } catch (error) {
      items.push(broken(`element of ${where.name}: ${error instanceof Error ? error.name : "error"}`));
    }
  }
}
