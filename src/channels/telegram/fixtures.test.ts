import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Inbound, ProviderApp } from "#kernel";
import { parse } from "./parse.ts";

/** Counted by hand from the files: `message`s by their content, everything else by its kind. */
const byHand: Readonly<Record<string, string>> = {
  "chatwoot__caption_only.json": "text",
  "chatwoot__sticker.json": "sticker",
  "chatwoot__text.json": "text",
  "chatwoot__voice.json": "audio",
  "official__audio.json": "audio",
  "official__callback_query_inline.json": "choice",
  "official__document.json": "document",
  "official__edited_message.json": "edit",
  "official__entities.json": "text",
  "official__forwarded_channel_message.json": "text",
  "official__forwarded_message.json": "text",
  "official__text_no_chat_type.json": "text",
  "official__text_start.json": "text",
  "official__voice.json": "audio",
  "teloxide__messageobject__de_image.json": "image",
  "teloxide__messageobject__de_media_group_forwarded.json": "video",
  "teloxide__messageobject__de_sticker.json": "sticker",
  "teloxide__messageobject__de_text.json": "text",
  "teloxide__messageobject__empty_message.json": "unsupported",
  "teloxide__messageobject__issue_419.json": "ignored",
  "teloxide__messageobject__issue_427.json": "ignored",
  "teloxide__messageobject__issue_481.json": "location",
  "teloxide__update__chat_boost_removed.json": "ignored",
  "teloxide__update__chat_boost_updated.json": "ignored",
  "teloxide__update__de_private_chat_text_message.json": "text",
  "teloxide__update__issue_1107.json": "ignored",
  "teloxide__update__issue_1107_1.json": "ignored",
  "teloxide__update__message.json": "text",
  "teloxide__update__message_reaction_count_updated.json": "ignored",
  "teloxide__update__message_reaction_updated.json": "ignored",
  "teloxide__update__message_reaction_updated_1.json": "ignored",
  "teloxide__update__new_update_kind_error.json": "ignored",
  "teloxide__update__paid_media_purchased_de.json": "ignored",
  "teloxide__update__pinned_message_works.json": "ignored",
};

const app: ProviderApp = { id: "bot-1", kind: "telegram", secret: "s", verifyToken: null };
const receivedAt = Date.UTC(2026, 10, 22);
const shared = new URL("../../../../shared/fixtures/telegram/", import.meta.url);
const own = new URL("./fixtures/", import.meta.url);

function updateOf(name: string, json: string): Buffer {
  return Buffer.from(name.includes("__messageobject__") ? `{"update_id":1,"message":${json}}` : json);
}

function kindsIn(folder: URL, names: readonly string[]): Record<string, string> {
  const kindOf = (item: Inbound) => (item.kind === "message" ? item.content.type : item.kind);
  const found = names.map((name) => {
    const items = parse(updateOf(name, readFileSync(new URL(name, folder), "utf8")), app, receivedAt);
    return [name, items.map(kindOf).join("+")] as const;
  });
  return Object.fromEntries(found);
}

function updatesIn(folder: URL): string[] {
  return readdirSync(folder).filter((name) => name.endsWith(".json") && !name.includes("__apiresponse__"));
}

describe("payload examples of Telegram and of two libraries", () => {
  it("are read as counted by hand (the copied ones)", () => {
    const names = updatesIn(own);
    expect(names).toHaveLength(9);
    expect(kindsIn(own, names)).toEqual(Object.fromEntries(names.map((name) => [name, byHand[name]])));
  });

  it.skipIf(!existsSync(shared))("are read as counted by hand (../shared/fixtures/telegram)", () => {
    expect(kindsIn(shared, updatesIn(shared))).toEqual(byHand);
  });
});
