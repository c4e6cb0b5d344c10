import type { z } from "zod";

/**
 * A route as data: handler, validation, OpenAPI and the typed web client all follow from it.
 * Browser-safe: this file and every api.ts import zod only.
 */

/** Who may call: anyone, any signed-in staff or API key, a manager or owner, an owner. */
export type Access = "public" | "staff" | "manager" | "owner";

export interface Contract<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Fastify style, e.g. /api/v1/conversations/:id */
  path: string;
  tag: string;
  summary: string;
  access: Access;
  params?: Params;
  query?: Query;
  body?: Body;
  reply: Reply;
  /** Largest body, bytes; default 1 MiB. */
  bodyBytes?: number;
  /** Takes a form as well as JSON; only where no session counts, because any page can send a form. */
  acceptsForm?: true;
  /** Pages of other sites call it; the route itself says which may, by `access-control-allow-origin`. Without a session only. */
  isCrossOrigin?: true;
  /** Success status; default 200. */
  status?: 200 | 201 | 202;
}

/** Declares a contract and keeps its exact types. */
export function contract<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Reply extends z.ZodType = z.ZodType,
>(definition: Contract<Params, Query, Body, Reply>): Contract<Params, Query, Body, Reply> {
  return definition;
}

export type ParamsOf<C> = C extends Contract<infer P, z.ZodType, z.ZodType, z.ZodType> ? z.output<P> : never;
export type QueryOf<C> = C extends Contract<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.output<Q> : never;
export type BodyOf<C> = C extends Contract<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.output<B> : never;
export type ReplyOf<C> = C extends Contract<z.ZodType, z.ZodType, z.ZodType, infer R> ? z.output<R> : never;
