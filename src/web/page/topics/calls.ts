import { type Choice, linkQuery } from "./choice.ts";
import type { Catalogue, Confirmed, FormBody, Ways } from "./contract.ts";

/** The node's answer was a no, or none at all. `status` 0 = no answer. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

async function answer<Reply>(path: string, init: RequestInit = {}): Promise<Reply> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "omit", ...init });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new Refused(0);
  }
  if (!response.ok) throw new Refused(response.status);
  return (await response.json()) as Reply;
}

function post<Reply>(path: string, body: object): Promise<Reply> {
  return answer(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** @param company address of the company's page, e.g. "/c/hansekontor" */
export function callsOf(company: string) {
  return {
    topics: () => answer<Catalogue>(`${company}/topics/data`),
    ways: (slug: string, choice: Choice, signal: AbortSignal) =>
      answer<Ways>(`${company}/topics/${encodeURIComponent(slug)}/link?${linkQuery(choice)}`, { signal }),
    ask: (body: FormBody) => post<{ ok: true }>(`${company}/subscriptions`, body),
    confirm: (token: string) => post<Confirmed>(`${company}/subscriptions/confirm`, { token }),
  };
}

export type Calls = ReturnType<typeof callsOf>;
