import { Agent, fetch as fetchOver } from "undici";
import type { z } from "zod";
import type { Contract } from "#kernel/api";

/** Calls the REST API as a foreign program does; every reply is checked against its contract. */

export interface Given<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  params?: z.input<P>;
  query?: z.input<Q>;
  body?: z.input<B>;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  errors?: { path: string; message: string }[];
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
}

export class ApiClient {
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly #agent: Agent | undefined;

  /**
   * @param headers of every call, e.g. the API key or the session's cookie
   * @param agent connects, where it is not the usual way
   */
  constructor(base: string, headers: Readonly<Record<string, string>>, agent?: Agent) {
    this.base = base;
    this.headers = headers;
    this.#agent = agent;
  }

  /** @throws Error with the problem, when the answer is not the contract's success */
  async call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
    contract: Contract<P, Q, B, R>,
    given: Given<P, Q, B> = {},
  ): Promise<z.output<R>> {
    const reply = await this.send(contract, given);
    if (reply.status !== (contract.status ?? 200))
      throw new Error(`${contract.method} ${contract.path} answered ${reply.status}: ${reply.text}`);
    return contract.reply.parse(JSON.parse(reply.text));
  }

  /** The call must be refused. @returns the problem, its shape checked */
  async refused<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
    contract: Contract<P, Q, B, R>,
    given: Given<P, Q, B> = {},
  ): Promise<Problem> {
    const reply = await this.send(contract, given);
    if (reply.status < 400)
      throw new Error(`${contract.method} ${contract.path} was not refused: ${reply.status} ${reply.text}`);
    return problemOf(reply);
  }

  send<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
    contract: Contract<P, Q, B, R>,
    given: Given<P, Q, B> = {},
  ): Promise<Reply> {
    const path = contract.path.replace(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(String((given.params as Record<string, unknown> | undefined)?.[name])),
    );
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries((given.query ?? {}) as Record<string, unknown>))
      if (value !== undefined) query.set(name, String(value));
    return this.raw(contract.method, query.size > 0 ? `${path}?${query}` : path, given.body);
  }

  async raw(method: string, path: string, body?: unknown): Promise<Reply> {
    const call = {
      method,
      headers: { ...this.headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const response = this.#agent
      ? await fetchOver(this.base + path, { ...call, dispatcher: this.#agent })
      : await fetch(this.base + path, call);
    return {
      status: response.status,
      headers: new Headers([...response.headers]),
      text: await response.text(),
    };
  }

  /** @param address of this machine from which to call: calls of one address are limited, too */
  from(address: string): ApiClient {
    return new ApiClient(this.base, this.headers, new Agent({ localAddress: address }));
  }

  with(headers: Readonly<Record<string, string>>): ApiClient {
    return new ApiClient(this.base, { ...this.headers, ...headers }, this.#agent);
  }
}

/** @throws Error when the answer is no RFC 9457 problem with a code of the catalogue's shape */
export function problemOf(reply: Reply): Problem {
  const type = reply.headers.get("content-type") ?? "";
  const problem = JSON.parse(reply.text) as Problem;
  if (!type.startsWith("application/problem+json")) throw new Error(`No problem+json but ${type}`);
  if (problem.status !== reply.status || !/^[a-z_]+$/.test(problem.code) || !problem.title)
    throw new Error(`Not a problem: ${reply.text}`);
  return problem;
}
