import type { Inbound } from "#kernel";
import { type Fields, fieldsOf, listOf, NAME_MAX_CHARS, stringOf } from "./fields.ts";
import { templateNews } from "./template-news.ts";

/** Webhooks about the account itself: what they say, and what they mean for the channel's light. */

type Health = "ok" | "warn" | "bad" | null;

interface Notice {
  /** The value that decides, e.g. the event's name. */
  key: (value: Fields) => string;
  /** Words in the key -> light; anything else leaves the light as it is. */
  health: Readonly<Record<string, Health>>;
  /** Further values worth reading. */
  say: readonly string[];
}

const byEvent = (value: Fields) => stringOf(value.event, NAME_MAX_CHARS);
const by = (name: string) => (value: Fields) => stringOf(value[name], NAME_MAX_CHARS);
const template = ["message_template_name", "message_template_language"];

const notices: Readonly<Record<string, Notice>> = {
  account_update: {
    // a ban has one event for three states
    key: (value) => stringOf(fieldsOf(value.ban_info).waba_ban_state, NAME_MAX_CHARS) || byEvent(value),
    health: {
      ACCOUNT_DELETED: "bad",
      ACCOUNT_OFFBOARDED: "bad",
      ACCOUNT_RESTRICTION: "bad",
      ACCOUNT_VIOLATION: "warn",
      DISABLE: "bad",
      DISABLED_UPDATE: "bad",
      SCHEDULE_FOR_DISABLE: "warn",
      REINSTATE: "ok",
      PARTNER_REMOVED: "bad",
      PARTNER_APP_UNINSTALLED: "bad",
      ACCOUNT_RECONNECTED: "ok",
      VERIFIED_ACCOUNT: "ok",
    },
    say: ["restriction_info", "violation_info", "disconnection_info", "partner_client_certification_info"],
  },
  account_review_update: { key: by("decision"), health: { REJECTED: "bad", APPROVED: "ok" }, say: [] },
  account_alerts: {
    key: (value) =>
      stringOf(value.alert_severity, NAME_MAX_CHARS) ||
      stringOf(fieldsOf(value.alert_info).alert_severity, NAME_MAX_CHARS),
    health: { CRITICAL: "bad", WARNING: "warn" },
    say: ["alert_type", "alert_status", "alert_description", "alert_info"],
  },
  account_settings_update: { key: by("type"), health: {}, say: [] },
  business_capability_update: {
    key: by("messaging_limit_tier"),
    health: {},
    say: [
      "max_daily_conversation_per_phone",
      "max_daily_conversations_per_business",
      "max_phone_numbers_per_business",
    ],
  },
  business_status_update: { key: byEvent, health: {}, say: [] },
  phone_number_name_update: {
    key: by("decision"),
    health: { REJECTED: "warn" },
    say: ["requested_verified_name"],
  },
  phone_number_quality_update: {
    key: byEvent,
    health: { FLAGGED: "warn", UNFLAGGED: "ok", DOWNGRADE: "warn", UPGRADE: "ok" },
    say: ["display_phone_number", "old_limit", "current_limit"],
  },
  message_template_status_update: {
    key: byEvent,
    health: { REJECTED: "warn", PAUSED: "warn", DISABLED: "warn", FLAGGED: "warn", PENDING_DELETION: "warn" },
    say: [...template, "message_template_category", "reason"],
  },
  message_template_quality_update: {
    key: by("new_quality_score"),
    health: { RED: "warn" },
    say: [...template, "previous_quality_score"],
  },
  message_template_components_update: {
    key: () => "UPDATED",
    health: {},
    say: [...template, "message_template_element"],
  },
  template_correct_category_detection: {
    key: by("category_type"),
    health: { MARKETING: "warn" },
    say: template,
  },
  // Another category is another price and needs another consent.
  template_category_update: {
    key: by("new_category"),
    health: { MARKETING: "warn" },
    say: [...template, "previous_category", "correct_category"],
  },
  security: { key: byEvent, health: {}, say: ["display_phone_number"] },
};

const TEXT_MAX_CHARS = 1000;

/**
 * @param from whom it is about, and when it was said, ms
 * @returns null when the field is not about the account
 */
export function accountNotice(
  field: string,
  value: Fields,
  { address, at }: { address: string; at: number },
): Inbound | null {
  const notice = Object.hasOwn(notices, field) ? notices[field] : undefined;
  if (!notice) return null;
  const key = notice.key(value);
  const said = notice.say.flatMap((name) => scalarsOf(value[name], 2)).filter((word) => word !== "NONE");
  const text = `${field}${key ? ` ${key}` : ""}${said.length > 0 ? `: ${said.join(", ")}` : ""}`;
  const health = Object.hasOwn(notice.health, key) ? (notice.health[key] ?? null) : null;
  const news = templateNews(field, value, at);
  return {
    kind: "account",
    address,
    field,
    health,
    text: text.slice(0, TEXT_MAX_CHARS),
    ...(news && { template: news }),
  };
}

/** The words and numbers inside a value, e.g. every restriction's type. */
function scalarsOf(value: unknown, depthLeft: number): string[] {
  const word = stringOf(value, NAME_MAX_CHARS);
  if (word) return [word];
  if (depthLeft === 0) return [];
  const inner = Array.isArray(value) ? listOf(value) : Object.values(fieldsOf(value));
  return inner.slice(0, 20).flatMap((each) => scalarsOf(each, depthLeft - 1));
}
