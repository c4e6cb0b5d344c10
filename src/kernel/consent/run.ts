import { CompiledQuery } from "kysely";
import type pg from "pg";
import type { Tx } from "../db/open.ts";

/** One statement inside the caller's transaction, be it a tenant's own or the message path's. */
export type Run = <Row extends object>(text: string, values: readonly unknown[]) => Promise<Row[]>;

export function runIn(tx: Tx): Run {
  return async <Row extends object>(text: string, values: readonly unknown[]) =>
    (await tx.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows;
}

export function runOn(client: pg.PoolClient): Run {
  return async <Row extends object>(text: string, values: readonly unknown[]) =>
    (await client.query<Row>(text, [...values])).rows;
}
