import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { BodyOf, Contract, ParamsOf, QueryOf, ReplyOf } from "./contract.ts";

/** Who calls. API keys act as staff of their tenant. */
export interface Actor {
  tenantId: number;
  role: "owner" | "manager" | "agent";
  /** Staff user id, or `key:ID` for an API key. */
  staffId: string;
  name: string;
}

export interface Call<C> {
  params: ParamsOf<C>;
  query: QueryOf<C>;
  body: BodyOf<C>;
  /** Present unless the contract's access is "public". */
  actor: Actor;
  request: FastifyRequest;
  reply: FastifyReply;
}

export interface Route<C extends Contract> {
  contract: C;
  use: (call: Call<C>) => Promise<ReplyOf<C>>;
}

/** A route whose contract's types are forgotten; the registry validates at run time. */
export interface AnyRoute {
  contract: Contract<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;
  use: (call: Call<Contract>) => Promise<unknown>;
}

/** Binds a contract to its use; the types of params, query, body and reply follow from the contract. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  contract: Contract<P, Q, B, R>,
  use: (call: Call<Contract<P, Q, B, R>>) => Promise<z.input<R>>,
): AnyRoute {
  return { contract, use: use as unknown as AnyRoute["use"] };
}
