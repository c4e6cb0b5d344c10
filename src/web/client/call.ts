import type { z } from "zod";
import type { Contract, QueryOf, ReplyOf } from "#kernel/api";
import { NoContact, problemFrom } from "./problem.ts";
import { chosenTenant } from "./tenant.ts";

// biome-ignore format: one line a part reads best
type Part<Name extends string, Schema, Value> = Schema extends z.ZodUndefined ? unknown : { [key in Name]: Value };

/** What a contract asks for, from its own types; parts that it does not declare do not exist here either. */
export type InputOf<C> =
  C extends Contract<infer P, infer Q, infer B, z.ZodType>
    ? Part<"params", P, z.output<P>> &
        (Q extends z.ZodUndefined ? unknown : { query?: Partial<QueryOf<C>> }) &
        Part<"body", B, z.input<B>>
    : never;

/** The same for any contract, after the types have done their work. */
interface AnyInput {
  params?: Record<string, string | number>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/**
 * Calls a route by its contract, as the signed-in person and in the chosen company.
 * @returns the reply, typed by the contract (the server checks replies against it in its tests)
 * @throws Problem for an answer that is an error; NoContact when there was no answer at all
 */
export async function call<C extends Contract>(
  contract: C,
  input: InputOf<C>,
  signal?: AbortSignal,
): Promise<ReplyOf<C>> {
  const { params, query, body } = input as AnyInput;
  const headers = new Headers({ accept: "application/json" });
  if (body !== undefined) headers.set("content-type", "application/json");
  const response = await request(pathOf(contract.path, params) + queryOf(query), {
    method: contract.method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  });
  return (await response.json()) as ReplyOf<C>;
}

/** One request with session and company; turns every failure into Problem or NoContact. */
export async function request(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  const tenant = chosenTenant();
  if (tenant !== null) headers.set("x-tenant", String(tenant));
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers, credentials: "same-origin" });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new NoContact();
  }
  if (!response.ok) throw await problemFrom(response);
  return response;
}

function pathOf(template: string, params: Record<string, string | number> = {}): string {
  return template.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? "")));
}

function queryOf(query: Record<string, unknown> = {}): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) pairs.set(name, String(value));
  }
  const text = pairs.toString();
  return text && `?${text}`;
}
