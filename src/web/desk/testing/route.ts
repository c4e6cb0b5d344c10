import type { IncomingMessage, ServerResponse } from "node:http";
import type { BodyOf, Contract, ParamsOf, QueryOf, ReplyOf } from "#kernel/api";
import type { World } from "./world.ts";

export interface FakeInput<C> {
  params: ParamsOf<C>;
  query: QueryOf<C>;
  body: BodyOf<C>;
  request: IncomingMessage;
  response: ServerResponse;
}

export interface FakeRoute {
  contract: Contract;
  handle(world: World, input: never): unknown;
}

/** A contract and what answers it. */
export function on<C extends Contract>(
  contract: C,
  handle: (world: World, input: FakeInput<C>) => ReplyOf<C> | Promise<ReplyOf<C>>,
): FakeRoute {
  return { contract, handle };
}
