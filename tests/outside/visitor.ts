import { randomBytes, randomUUID } from "node:crypto";
import * as api from "#kernel/api";
import { ApiClient } from "./api-client.ts";
import { follow, type Stream } from "./sse.ts";
import { until } from "./until.ts";

/** A visitor of a web page, as the widget plays it. */

export class Visitor {
  readonly client: ApiClient;
  readonly key: string;

  /** @param origin of the page, when it is a foreign one */
  constructor(base: string, key: string, origin?: string) {
    this.key = key;
    const authorization = `Visitor ${randomBytes(24).toString("base64url")}`;
    this.client = new ApiClient(base, { authorization, ...(origin ? { origin } : {}) });
  }

  async say(
    text: string,
    more: { clientId?: string; choice?: string; fileId?: string; language?: "de" | "en"; name?: string } = {},
  ): Promise<string> {
    const clientId = more.clientId ?? randomUUID();
    await this.client.call(api.visitorSend, {
      params: { key: this.key },
      body: { text, ...more, clientId },
    });
    return clientId;
  }

  history() {
    return this.client.call(api.visitorHistory, { params: { key: this.key } });
  }

  /** Waits until that many answers of ours stand in the history. @returns them in order */
  answers(count = 1): Promise<api.VisitorMessage[]> {
    const ask = async () => {
      const { items } = await this.history();
      const ours = items.filter((message) => message.author !== "customer");
      return ours.length >= count && ours;
    };
    // Slowly: one address may look ten times a second.
    return until(`${count} answers in the chat`, ask, 15_000, 150);
  }

  stream(lastEventId?: string): Promise<Stream> {
    return follow(`${this.client.base}/web/${this.key}/stream`, this.client.headers, lastEventId);
  }

  upload(bytes: Buffer, name: string, type: string): Promise<Response> {
    return fetch(`${this.client.base}/web/${this.key}/files?name=${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { ...this.client.headers, "content-type": type },
      body: new Uint8Array(bytes),
    });
  }
}

/** The company page's widget key. */
export async function pageKey(base: string, slug: string): Promise<string> {
  return (await new ApiClient(base, {}).call(api.companyPage, { params: { slug } })).key;
}
