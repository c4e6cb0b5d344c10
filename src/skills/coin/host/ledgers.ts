import { setTimeout as pause } from "node:timers/promises";
import { AppError, type DatabaseAddress, type House } from "#kernel";
import type { Genesis } from "../engine/genesis.ts";
import type { LedgerState } from "../engine/state/ledger-state.ts";
import type { Id } from "../engine/transaction.ts";
import type { Engine, Outcome } from "../single/engine.ts";
import { LedgerBusy, LedgerUnavailable, NoLedger, Superseded } from "../single/faults.ts";
import { openLedgerEngine } from "../single/open-ledger.ts";
import { openVerifier, type Verifier } from "../single/verifier.ts";
import { createLedger } from "../store/create-ledger.ts";
import { findDecided } from "../store/find-decided.ts";
import {
  type AccountFacts,
  accountFacts,
  type HoldFacts,
  holdFacts,
  type LedgerFacts,
  ledgerFacts,
  type PreburnFacts,
  type ProofFacts,
  preburnFacts,
  proofFacts,
} from "./facts.ts";

/** The ledgers of a node's companies, for the process that has their engines. */
export interface Ledgers {
  /** @returns false where the company has one already @throws RangeError where the councils do not fit */
  create(tenantId: number, genesis: Genesis): Promise<boolean>;
  /** @throws AppError busy: whether it was done is told by sending the same again; not_found: there is no ledger */
  submit(tenantId: number, bytes: Uint8Array): Promise<Outcome>;
  /** What became of a transaction, read from the blocks. @param since ms; it was not decided before */
  decided(tenantId: number, id: Id, since: number): Promise<{ code: number; height: number } | null>;
  account(tenantId: number, id: Id): Promise<AccountFacts | null>;
  hold(tenantId: number, id: Id): Promise<HoldFacts | null>;
  preburns(tenantId: number): Promise<PreburnFacts[]>;
  /** @returns null where the company has none */
  ledger(tenantId: number): Promise<LedgerFacts | null>;
  proof(tenantId: number, account: Id): Promise<(ProofFacts & { ledger: LedgerFacts }) | null>;
  close(): Promise<void>;
}

export interface HostParts {
  readonly address: Pick<DatabaseAddress, "config">;
  /** ms */
  readonly now: () => number;
  readonly say: (sentence: string) => void;
  readonly verifier?: Verifier;
}

interface Opened {
  readonly engine: Engine;
  close(): Promise<void>;
}

/** Two processes that both want a ledger must not take it from one another at every turn. */
const AGAIN_MS = 5_000;
const STEP_MS = 2;
/** What was decided and does not become durable in this time is not known. */
const PATIENCE_MS = 15_000;

/** Opens a company's engine when it is first asked for, and keeps it. */
export function openLedgers(parts: HostParts): Ledgers {
  const { address, now, say } = parts;
  const opened = new Map<number, Promise<Opened>>();
  const lostAt = new Map<number, number>();
  let verifier = parts.verifier;
  let isClosed = false;

  function open(tenantId: number): Promise<Opened> {
    if (isClosed) return Promise.reject(new LedgerUnavailable("the node is stopping"));
    if (Date.now() - (lostAt.get(tenantId) ?? 0) < AGAIN_MS)
      return Promise.reject(new LedgerUnavailable("another process has it"));
    verifier ??= openVerifier();
    const opening = openLedgerEngine({ address, tenantId, now }, { say, verifier: shared(verifier) });
    opened.set(tenantId, opening);
    opening.catch(() => opened.delete(tenantId));
    return opening;
  }

  async function engineOf(tenantId: number): Promise<Engine> {
    const known = await opened.get(tenantId);
    if (known && known.engine.phase !== "ended") return known.engine;
    if (known) {
      opened.delete(tenantId);
      await known.close();
    }
    return (await (opened.get(tenantId) ?? open(tenantId))).engine;
  }

  async function on<T>(tenantId: number, work: (engine: Engine) => Promise<T>): Promise<T> {
    try {
      return await work(await engineOf(tenantId));
    } catch (error) {
      if (error instanceof Superseded) lostAt.set(tenantId, Date.now());
      throw asKnown(error);
    }
  }

  const read = <T>(tenantId: number, look: (state: LedgerState) => T): Promise<T> =>
    on(tenantId, (engine) => readDurable(engine, look));

  return {
    create: (tenantId, genesis) => createLedger(address, { tenantId, genesis, now: now() }),
    submit: (tenantId, bytes) => on(tenantId, (engine) => engine.submit(bytes)),
    decided: (tenantId, id, since) => findDecided(address, { tenantId, id, since }),
    account: (tenantId, id) => read(tenantId, (state) => accountFacts(state, id, now())),
    hold: (tenantId, id) => read(tenantId, (state) => holdFacts(state, id)),
    preburns: (tenantId) => read(tenantId, preburnFacts),
    ledger: (tenantId) =>
      read(tenantId, ledgerFacts).catch((error) => {
        if (error instanceof AppError && error.code === "not_found") return null;
        throw error;
      }),
    proof: (tenantId, account) => read(tenantId, (state) => proofFacts(state, account)),
    async close() {
      isClosed = true;
      const all = await Promise.allSettled(opened.values());
      for (const one of all) if (one.status === "fulfilled") await one.value.close();
      await verifier?.close();
    },
  };
}

/** One pool of threads serves all ledgers: whoever closes a ledger leaves it. */
const shared = (verifier: Verifier): Verifier => ({
  places: verifier.places,
  check: (batch) => verifier.check(batch),
  close: async () => {},
});

/** What is in memory may be ahead of what is durable; nobody is told that. */
async function readDurable<T>(engine: Engine, look: (state: LedgerState) => T): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const { state } = engine;
    const found = look(state);
    const { height } = state;
    while (engine.state === state && engine.durableHeight < height) {
      if (engine.phase === "ended" || Date.now() > until)
        throw new LedgerUnavailable("what was decided is not durable yet");
      await pause(STEP_MS);
    }
    if (engine.state === state) return found;
  }
}

function asKnown(error: unknown): unknown {
  if (error instanceof NoLedger) return new AppError("not_found", error.message);
  const isBusy =
    error instanceof LedgerBusy || error instanceof LedgerUnavailable || error instanceof Superseded;
  return isBusy ? new AppError("busy", error.message) : error;
}

const hosts = new WeakMap<object, Ledgers>();

/** The ledgers of this process; one host a house, however many ask. */
export function ledgersOf(house: House): Ledgers {
  const known = hosts.get(house.db);
  if (known) return known;
  const host = openLedgers({
    address: house.db.address,
    now: () => house.clock.now(),
    say: (sentence) => house.log.warn(sentence),
  });
  hosts.set(house.db, host);
  return host;
}
