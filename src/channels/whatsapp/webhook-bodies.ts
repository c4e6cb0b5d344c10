import { readFileSync } from "node:fs";
import type { Inbound, ProviderApp } from "#kernel";
import { parse } from "./parse.ts";

/** Webhook bodies for the tests of the parser. */

export const app: ProviderApp = { id: "app", kind: "whatsapp", secret: "s", verifyToken: null };
export const RECEIVED_AT = 1_700_000_000_000;

export function parsed(body: unknown): Inbound[] {
  return parse(Buffer.from(typeof body === "string" ? body : JSON.stringify(body)), app, RECEIVED_AT);
}

export function fixture(name: string): Inbound[] {
  return parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url)), app, RECEIVED_AT);
}

/** A body with one change of the field "messages". */
export function change(value: Record<string, unknown>, field = "messages"): unknown {
  const metadata = { display_phone_number: "4940", phone_number_id: "77" };
  return {
    object: "whatsapp_business_account",
    entry: [{ id: "9", changes: [{ field, value: { messaging_product: "whatsapp", metadata, ...value } }] }],
  };
}

export function one(message: Record<string, unknown>): Inbound {
  const items = parsed(
    change({ messages: [{ from: "491", id: "wamid.1", timestamp: "1697043223", ...message }] }),
  );
  if (items.length !== 1) throw new Error(`${items.length} items instead of one`);
  return items[0] as Inbound;
}

export function contentOf(message: Record<string, unknown>): unknown {
  const item = one({ from: "4915112345", ...message });
  return item.kind === "message" ? item.content : item;
}
