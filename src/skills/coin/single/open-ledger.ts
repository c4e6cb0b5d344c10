import type { DatabaseAddress } from "#kernel";
import { openPgLedgerStore } from "../store/pg-ledger-store.ts";
import { type Engine, type EngineParts, openEngine } from "./engine.ts";
import { snapshotApart } from "./snapshot-thread.ts";
import { openVerifier } from "./verifier.ts";

export interface LedgerPlace {
  readonly address: Pick<DatabaseAddress, "config">;
  readonly tenantId: number;
  /** ms */
  readonly now: () => number;
}

/** What ran out is given back at the latest so much later, when nobody asks for anything. */
const TICK_MS = 1_000;

/**
 * A company's ledger with all that belongs to it: PostgreSQL, threads for signatures, snapshots in a thread of their own.
 * @throws NoLedger, HistoryChanged naming the block
 */
export async function openLedgerEngine(
  place: LedgerPlace,
  parts: Partial<Pick<EngineParts, "say" | "limits" | "verifier">> = {},
): Promise<{ readonly engine: Engine; close(): Promise<void> }> {
  const { address, tenantId, now } = place;
  const store = openPgLedgerStore(place);
  const verifier = parts.verifier ?? openVerifier();
  const end = async (): Promise<void> => {
    await verifier.close();
    await store.close();
  };
  try {
    const takeSnapshot = async (): Promise<void> => {
      await snapshotApart({ connection: address.config("ah_coin"), tenantId, at: now() });
    };
    const engine = await openEngine({ takeSnapshot, ...parts, store, verifier, now });
    const timer = setInterval(() => engine.tick(), TICK_MS);
    timer.unref();
    return {
      engine,
      async close() {
        clearInterval(timer);
        await engine.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
