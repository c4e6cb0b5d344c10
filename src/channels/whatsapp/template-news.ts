import type { Inbound } from "#kernel";
import { type Fields, fieldsOf, NAME_MAX_CHARS, stringOf } from "./fields.ts";

/** What Meta says of a template, in the words of the room that keeps templates. */

type News = NonNullable<Extract<Inbound, { kind: "account" }>["template"]>;

/** Meta's events (message_template_status_update) -> state; anything else, e.g. FLAGGED, changes nothing yet. */
const STATES: Readonly<Record<string, NonNullable<News["state"]>>> = {
  APPROVED: "approved",
  REINSTATED: "approved",
  UNPAUSED: "approved",
  PENDING: "pending",
  IN_APPEAL: "pending",
  REJECTED: "rejected",
  PAUSED: "paused",
  DISABLED: "disabled",
  PENDING_DELETION: "disabled",
  DELETED: "disabled",
};
const CATEGORIES: Readonly<Record<string, NonNullable<News["category"]>>> = {
  UTILITY: "utility",
  MARKETING: "marketing",
  AUTHENTICATION: "authentication",
};

/**
 * @param at when it was said, ms
 * @returns null for a field that is not about a template's state or category, or names none
 */
export function templateNews(field: string, value: Fields, at: number): News | null {
  const word = (name: string) => stringOf(value[name], NAME_MAX_CHARS);
  const name = word("message_template_name");
  const language = word("message_template_language");
  if (name === "" || language === "") return null;
  if (field === "message_template_status_update") {
    const state = STATES[word("event")];
    return state ? { name, language, state, category: null, reason: reasonOf(value), at } : null;
  }
  if (field !== "template_category_update") return null;
  // `correct_category` alone announces a change that has not come yet.
  const category = CATEGORIES[word("new_category")];
  return category ? { name, language, state: null, category, reason: "", at } : null;
}

function reasonOf(value: Fields): string {
  const reason = stringOf(value.reason, NAME_MAX_CHARS);
  const more = stringOf(fieldsOf(value.other_info).title, NAME_MAX_CHARS);
  return [reason === "NONE" ? "" : reason, more].filter(Boolean).join(", ");
}
