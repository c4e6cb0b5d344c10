import { sql } from "kysely";
import type { Tx } from "./open.ts";

/**
 * Runs `work` in a savepoint: when it throws, what it wrote is gone, the locks that it took are free, and the transaction
 * goes on. Savepoints nest. @throws what `work` threw
 */
export async function inSavepoint<T, Own>(tx: Tx<Own>, work: () => Promise<T>): Promise<T> {
  await sql`savepoint part`.execute(tx);
  let result: T;
  try {
    result = await work();
  } catch (error) {
    // Of several with this name the innermost is meant.
    await sql`rollback to savepoint part`.execute(tx);
    await sql`release savepoint part`.execute(tx);
    throw error;
  }
  await sql`release savepoint part`.execute(tx);
  return result;
}
