import type { Conversation, Message } from "#kernel/api";
import * as api from "#kernel/api";
import type { NodeReport } from "../node.ts";
import { ApiClient } from "./api-client.ts";
import { until } from "./until.ts";

/** What a journey looks up at the desk, by the API. */

export const originOf = (report: NodeReport): string => new URL(report.desk).origin;

/** As the demo's owner, by API key. */
export function ownerOf(report: NodeReport): ApiClient {
  return new ApiClient(originOf(report), { [report.apiKeyHeader]: report.apiKey ?? "" });
}

/** Signs in with e-mail and password, as a browser does. */
export async function signedIn(base: string, who: { email: string; password: string }): Promise<ApiClient> {
  const answer = await fetch(`${base}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: base },
    body: JSON.stringify(who),
  });
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
  return new ApiClient(base, { cookie, origin: base });
}

/** Conversations with a contact of that name, newest first; looks through every page. */
export async function conversationsOf(desk: ApiClient, name: string): Promise<Conversation[]> {
  const found: Conversation[] = [];
  let cursor: string | undefined;
  do {
    const page = await desk.call(api.listConversations, {
      query: { view: "all", sort: "newest", limit: 100, ...(cursor ? { cursor } : {}) },
    });
    found.push(...page.items.filter((row) => row.contact.name === name));
    cursor = page.next ?? undefined;
  } while (cursor);
  return found;
}

/** Waits for the one conversation with a contact of that name. */
export function conversationOf(desk: ApiClient, name: string): Promise<Conversation> {
  return until(`a conversation with ${name}`, async () => {
    const found = await conversationsOf(desk, name);
    if (found.length > 1) throw new Error(`${found.length} conversations with ${name}`);
    return found[0];
  });
}

/** Every message of a conversation in reading order. */
export async function messagesOf(desk: ApiClient, id: number): Promise<Message[]> {
  const all: Message[] = [];
  let cursor: string | undefined;
  do {
    const page = await desk.call(api.listMessages, {
      params: { id },
      query: { limit: 100, ...(cursor ? { cursor } : {}) },
    });
    all.unshift(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return all;
}

/** Waits until a conversation holds what is expected. */
export function messagesWhen(
  desk: ApiClient,
  id: number,
  what: { named: string; holds: (messages: Message[]) => boolean },
): Promise<Message[]> {
  return until(`messages: ${what.named}`, async () => {
    const messages = await messagesOf(desk, id);
    return what.holds(messages) && messages;
  });
}
