import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Inbound, ProviderApp } from "#kernel";
import { parse } from "./parse.ts";

/**
 * Every webhook of the shared set. The expectations were written by reading the files, one line each: the kind of
 * each item, and for a message its content, a receipt its status, an account event its light.
 */
const expected: Readonly<Record<string, string>> = {
  chatwoot__bsuid_only_no_wa_id_no_from: "message text",
  chatwoot__bsuid_phone_and_bsuid: "message text",
  chatwoot__bsuid_username_parent_only: "message text",
  chatwoot__ctwa_referral_welcome_message: "message text",
  chatwoot__document_accented_filename: "message document",
  chatwoot__flow_reply_invalid_json: "message form",
  chatwoot__flow_reply_missing: "message form",
  chatwoot__flow_reply_valid: "message form",
  chatwoot__image_minimal_no_message_id: "message image",
  chatwoot__image_with_message_errors: "message image",
  chatwoot__invalid_entry_object: "broken",
  chatwoot__smb_message_echo: "message text by us",
  chatwoot__two_bsuids_same_username_A: "message text",
  chatwoot__two_bsuids_same_username_B: "message text",
  metaopenapi__ButtonMessage: "message choice",
  metaopenapi__ContactSharingMessage: "message contacts",
  metaopenapi__InteractiveMessageReply: "message choice",
  metaopenapi__OrderMessage: "message order",
  metaopenapi__SystemMessage: "message system",
  pywa__account_update__account_offboarded: "account bad",
  pywa__account_update__account_restriction: "account bad",
  pywa__account_update__account_violation: "account warn",
  pywa__account_update__ad_account_linked: "account -",
  pywa__account_update__mm_api_for_wa_terms_of_service: "account -",
  pywa__account_update__partner_added: "account -",
  pywa__account_update__partner_app_installed: "account -",
  pywa__account_update__partner_app_uninstalled: "account bad",
  pywa__account_update__partner_led_business_verification_status: "account -",
  pywa__account_update__partner_removed: "account bad",
  pywa__account_update__partner_removed_wa_app_disconnection: "account bad",
  pywa__call_connect__user_initiated: "message system",
  pywa__call_status__call_status: "ignored",
  pywa__call_terminate__call_terminate: "ignored",
  pywa__callback_button__quick_reply: "message choice",
  pywa__callback_button__quick_reply_without_context: "message choice",
  pywa__callback_selection__callback: "message choice",
  pywa__callback_selection__description: "message choice",
  pywa__deleted_message__revoke: "revoke",
  pywa__edited_message__image: "edit",
  pywa__flow_completion__completion: "message form",
  pywa__flow_completion__without_flow_token: "message form",
  pywa__message__animated_sticker: "message sticker",
  pywa__message__audio: "message audio",
  pywa__message__chosen_location: "message location",
  pywa__message__contacts: "message contacts",
  pywa__message__current_location: "message location",
  pywa__message__document: "message document",
  pywa__message__forwarded: "message text",
  pywa__message__image: "message image",
  pywa__message__order: "message order",
  pywa__message__reaction: "message reaction",
  pywa__message__referral: "message text",
  pywa__message__reply: "message text",
  pywa__message__static_sticker: "message sticker",
  pywa__message__text: "message text",
  pywa__message__unreaction_empty: "message reaction",
  pywa__message__unreaction_no_emoji: "message reaction",
  pywa__message__unsupported: "message unsupported",
  pywa__message__unsupported_with_type: "message unsupported",
  pywa__message__voice: "message audio",
  pywa__message_status__delivered: "receipt delivered",
  pywa__message_status__failed: "receipt failed",
  pywa__message_status__group: "receipt read",
  pywa__message_status__played: "receipt played",
  pywa__message_status__sent: "receipt sent",
  pywa__message_status__with_tracker: "receipt sent",
  pywa__outgoing_message__delete: "revoke",
  pywa__outgoing_message__edit: "edit",
  pywa__system__identity_change: "message system",
  pywa__system__phone_number_change: "message system",
  pywa__template_category_update__marketing: "account warn",
  pywa__template_components_update__element: "account -",
  pywa__template_status_update__approved: "account -",
  pywa__user_marketing_preferences__resume: "preference resume",
  pywa__user_marketing_preferences__signup: "preference resume",
};

const folder = new URL("../../../../shared/fixtures/whatsapp/", import.meta.url);
const app: ProviderApp = { id: "app", kind: "whatsapp", secret: "s", verifyToken: null };
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
const read = (name: string) => readFileSync(new URL(name, folder));

function summary(item: Inbound): string {
  if (item.kind === "message") return `message ${item.content.type}${item.fromBusiness ? " by us" : ""}`;
  if (item.kind === "receipt") return `receipt ${item.status}`;
  if (item.kind === "account") return `account ${item.health ?? "-"}`;
  return item.kind === "preference" ? `preference ${item.preference}` : item.kind;
}

describe.skipIf(files.length === 0)("the shared webhooks (skipped where ../shared is absent)", () => {
  test.each(files)("%s", (name) => {
    const items = parse(read(name), app, 1_700_000_000_000);
    expect(items.map(summary).join(", ")).toBe(expected[name.replace(".json", "")]);
  });

  test("all in one body give the same items as each alone", () => {
    const bodies = files.map((name) => JSON.parse(read(name).toString("utf8")) as { entry: unknown });
    const entry = bodies.flatMap((body) => body.entry);
    const raw = Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry }));
    const joined = parse(raw, app, 1_700_000_000_000).map(summary);
    expect(joined).toEqual(files.flatMap((name) => parse(read(name), app, 1_700_000_000_000).map(summary)));
    expect(joined.filter((each) => each.startsWith("message"))).toHaveLength(46);
  });
});
