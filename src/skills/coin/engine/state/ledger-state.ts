import { ROLES } from "../encode.ts";
import type { Genesis } from "../genesis.ts";
import { Liabilities } from "../liabilities.ts";
import { AMOUNT_MOST } from "../limits.ts";
import type { Council, Id } from "../transaction.ts";
import { Accounts } from "./accounts.ts";
import { type Hold, Holds, hex } from "./holds.ts";
import { Recent } from "./recent.ts";

/** k of n accounts, by their rows. */
export interface Members {
  readonly needed: number;
  readonly members: readonly number[];
}

export interface Preburn {
  readonly account: number;
  readonly amount: number;
}

export interface Attestation {
  /** Minor units of the asset. */
  readonly amount: number;
  readonly statedAt: number;
  readonly statement: Uint8Array;
}

export interface Sealed {
  readonly height: number;
  readonly root: Uint8Array;
  /** Base units; equal to the supply of that moment. */
  readonly total: number;
}

/** Everything that the rules know. Changed only through its methods, which can be undone as long as a group is open. */
export class LedgerState {
  readonly genesis: Genesis;
  readonly accounts: Accounts;
  readonly holds: Holds;
  readonly recent: Recent;
  readonly liabilities = new Liabilities();
  /** By id, hexadecimal. */
  readonly preburns = new Map<string, Preburn>();
  readonly preburnsOf = new Map<number, number>();
  readonly councils: Record<Council, Members> = {
    governors: { needed: 1, members: [] },
    attestors: { needed: 1, members: [] },
  };
  readonly recoverers = new Map<number, Members>();
  /** By role, in the order of ROLES. */
  readonly holdingMost = ROLES.map(() => AMOUNT_MOST);
  readonly dayMost = ROLES.map(() => AMOUNT_MOST);
  readonly attested = new Map<string, Attestation>();
  supply = 0;
  height = 0;
  /** ms, of the last block. */
  time = 0;
  chainHash: Uint8Array = new Uint8Array(32);
  sealed: Sealed | null = null;
  #undo: (() => void)[] | null = null;

  constructor(genesis: Genesis, seed: number) {
    this.genesis = genesis;
    this.accounts = new Accounts(seed);
    this.holds = new Holds(seed);
    this.recent = new Recent(seed);
  }

  /** From here on changes can be taken back, until `close`. */
  open(): void {
    this.#undo = [];
  }

  /** @param keeps false takes everything back since `open` */
  close(keeps: boolean): void {
    const undo = this.#undo ?? [];
    this.#undo = null;
    if (!keeps) for (const step of undo.reverse()) step();
  }

  /** Several operations are linked at this moment. */
  get isInGroup(): boolean {
    return this.#undo !== null;
  }

  /** Tells how a change is taken back; nothing is kept where no group is open. */
  undoBy(step: () => void): void {
    this.#undo?.push(step);
  }

  credit(row: number, amount: number): void {
    const { balance } = this.accounts;
    balance[row] = (balance[row] as number) + amount;
    this.accounts.touch(row);
    this.undoBy(() => {
      this.accounts.balance[row] = (this.accounts.balance[row] as number) - amount;
    });
  }

  /** @param amount that the account has */
  debit(row: number, amount: number): void {
    const { balance } = this.accounts;
    balance[row] = (balance[row] as number) - amount;
    this.accounts.touch(row);
    this.undoBy(() => {
      this.accounts.balance[row] = (this.accounts.balance[row] as number) + amount;
    });
  }

  /** @param amount to set aside; below 0 gives back */
  setAside(row: number, amount: number): void {
    const { balance, held } = this.accounts;
    balance[row] = (balance[row] as number) - amount;
    held[row] = (held[row] as number) + amount;
    this.undoBy(() => {
      this.accounts.balance[row] = (this.accounts.balance[row] as number) + amount;
      this.accounts.held[row] = (this.accounts.held[row] as number) - amount;
    });
  }

  /** Takes out of what was set aside. */
  takeHeld(row: number, amount: number): void {
    const { held } = this.accounts;
    held[row] = (held[row] as number) - amount;
    this.accounts.touch(row);
    this.undoBy(() => {
      this.accounts.held[row] = (this.accounts.held[row] as number) + amount;
    });
  }

  /** Counts what an account pays in a UTC day. */
  countOut(row: number, day: number, amount: number): void {
    const { accounts } = this;
    const before = { day: accounts.day[row] as number, out: accounts.dayOut[row] as number };
    accounts.dayOut[row] = amount + (before.day === day ? before.out : 0);
    accounts.day[row] = day;
    this.undoBy(() => {
      accounts.day[row] = before.day;
      accounts.dayOut[row] = before.out;
    });
  }

  addHold(id: Id, hold: Hold): void {
    this.holds.add(id, hold);
    this.#countHolds(hold.payer, 1);
    this.undoBy(() => this.holds.remove(id));
  }

  removeHold(id: Id, hold: Hold): void {
    this.holds.remove(id);
    this.#countHolds(hold.payer, -1);
    this.undoBy(() => this.holds.add(id, hold));
  }

  #countHolds(row: number, by: number): void {
    const { accounts } = this;
    accounts.holds[row] = (accounts.holds[row] as number) + by;
    this.undoBy(() => {
      accounts.holds[row] = (accounts.holds[row] as number) - by;
    });
  }

  addPreburn(id: Id, preburn: Preburn): void {
    this.#setPreburn(hex(id), preburn, preburn.account);
  }

  removePreburn(id: Id, { account }: Preburn): void {
    this.#setPreburn(hex(id), null, account);
  }

  #setPreburn(key: string, preburn: Preburn | null, account: number): void {
    const before = this.preburns.get(key);
    const count = this.preburnsOf.get(account) ?? 0;
    put(this.preburns, key, preburn ?? undefined);
    put(this.preburnsOf, account, count + (preburn ? 1 : -1) || undefined);
    this.undoBy(() => {
      put(this.preburns, key, before);
      put(this.preburnsOf, account, count || undefined);
    });
  }

  changeSupply(by: number): void {
    this.supply += by;
    this.undoBy(() => {
      this.supply -= by;
    });
  }

  /** Puts a value into a map of rules; undefined takes it out. */
  setRule<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
    const before = map.get(key);
    put(map, key, value);
    this.undoBy(() => put(map, key, before));
  }
}

function put<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
