import type { ResultName } from "./faults.ts";
import { CHAIN, EURO, idOf, type Person, person } from "./ledger.fixture.ts";
import type { Operation, Role, Transaction } from "./transaction.ts";

/** Transactions that mostly make sense and often do not quite: poor accounts, late holds, doubled ids, missing approvals. */

/** Mulberry32 (Tommy Ettinger, public domain). */
export function chance(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Known {
  readonly people: Person[];
  readonly governors: readonly Person[];
  readonly attestors: readonly Person[];
  readonly registrar: Person;
  readonly exchange: Person;
}

type Bare = Operation extends infer O ? (O extends Operation ? Omit<O, "by"> : never) : never;

const ROLES: readonly Role[] = ["customer", "customer", "merchant", "exchange", "registrar", "governor"];
const MOST = Number.MAX_SAFE_INTEGER;

export class RandomAsks {
  readonly #random: () => number;
  readonly #known: Known;
  readonly #holds: { readonly id: Uint8Array; readonly payee: Uint8Array }[] = [];
  readonly #preburns: Uint8Array[] = [];
  readonly #sent: Transaction[] = [];
  #counter = 5_000_000;
  #opened = 0;

  constructor(seed: number, known: Known) {
    this.#random = chance(seed);
    this.#known = known;
  }

  /** @param time of the block */
  next(time: number): Transaction {
    if (this.#sent.length > 0 && this.#below(25) === 0) return this.#again();
    const operations: Operation[] = [];
    const signers: Person[] = [];
    const count = this.#below(12) === 0 ? 2 + this.#below(3) : 1;
    for (let n = 0; n < count; n++) {
      const { who, bare } = this.#some(time);
      for (const one of who) if (!signers.includes(one) && signers.length < 8) signers.push(one);
      const by = Math.max(0, signers.indexOf(who[0] as Person));
      operations.push({ ...bare, by } as Operation);
    }
    const id = idOf(this.#counter++);
    const transaction: Transaction = {
      chainId: this.#below(200) === 0 ? CHAIN + 1 : CHAIN,
      id,
      expiresAt: time + (this.#below(30) === 0 ? this.#of([0, 90_000_000]) : this.#of([3_600_000, 60_000])),
      signers: signers.map((one) => ({
        account: one.id,
        nonce: this.#nonce(one),
        scheme: "ed25519" as const,
        key: this.#below(300) === 0 ? person(1).key : one.key,
      })),
      operations,
    };
    this.#sent.push(transaction);
    if (this.#sent.length > 100) this.#sent.shift();
    return transaction;
  }

  /** What came of it: only who was let in, and what was set aside, is of use later. */
  learn({ id, operations }: Transaction, result: ResultName): void {
    if (result !== "applied") return;
    for (const operation of operations) {
      if (operation.kind === "open")
        this.#known.people.push({ ...person(new DataView(operation.account.slice().buffer).getUint32(12)) });
      if (operation.kind === "hold") this.#holds.push({ id, payee: operation.to });
      if (operation.kind === "preburn") this.#preburns.push(id);
    }
    if (this.#holds.length > 12) this.#holds.shift();
    if (this.#preburns.length > 6) this.#preburns.shift();
  }

  /** What was sent before, sometimes with other content. */
  #again(): Transaction {
    const before = this.#of(this.#sent);
    return this.#below(3) === 0 ? { ...before, expiresAt: before.expiresAt + 1 } : before;
  }

  #nonce(one: Person): number {
    const pick = this.#below(40);
    if (pick === 0) return Math.max(0, one.nonce - 1 - this.#below(70));
    if (pick === 1) one.nonce += this.#below(90);
    return one.nonce++;
  }

  #some(time: number): { who: readonly Person[]; bare: Bare } {
    const { people, governors, attestors, registrar, exchange } = this.#known;
    const who = this.#of(people);
    const other = this.#of([...people, exchange]);
    const council = this.#below(8) === 0 ? governors.slice(0, 1) : governors.slice(this.#below(2));
    const reference = new Uint8Array(32);
    switch (this.#below(30)) {
      case 0:
        return { who: [registrar], bare: this.#opening(people) };
      case 1:
        return {
          who: council,
          bare: { kind: "mint", to: this.#below(9) ? exchange.id : who.id, amount: this.#amount(50) },
        };
      case 2:
        return { who: [exchange], bare: { kind: "preburn", amount: this.#amount(20) } };
      case 3:
        return {
          who: council,
          bare: { kind: this.#below(3) ? "burn" : "cancel", preburn: this.#of([...this.#preburns, who.id]) },
        };
      case 4:
        return {
          who: council,
          bare: { kind: "freeze", account: other.id, isFrozen: this.#below(8) === 0, reason: reference },
        };
      case 5:
        return {
          who: this.#below(5) ? attestors : [exchange],
          bare: {
            kind: "attest",
            asset: this.#below(20) ? "EUR" : "USD",
            amount: this.#below(6) === 0 ? this.#below(100_000) : 900_000,
            statedAt: time - this.#of([0, 0, 0, 0, 0, 3_600_000, -1_000, 49 * 3_600_000]),
            statement: reference,
          },
        };
      case 6:
        return this.#rule(who, other, council);
      case 7:
      case 8:
      case 9:
      case 10:
        return {
          who: [who],
          bare: {
            kind: "hold",
            to: other.id,
            arbiter: this.#of([other, registrar, who]).id,
            amount: this.#amount(5),
            until: time + this.#of([3_600_000, 3_600_000, 5_000, 5_000, 500, 1, 0, 500 * 86_400_000]),
            reference,
          },
        };
      case 11:
      case 12:
      case 13:
      case 14:
        return this.#handling("capture", other);
      case 15:
        return this.#handling("void", other);
      case 16:
      case 17:
      case 18:
        return {
          who: [exchange],
          bare: { kind: "transfer", to: who.id, amount: this.#amount(20), reference },
        };
      default:
        return { who: [who], bare: { kind: "transfer", to: other.id, amount: this.#amount(5), reference } };
    }
  }

  #opening(people: readonly Person[]): Bare {
    const isNew = people.length < 30 && this.#below(6) > 0;
    const { id, key, secret } = isNew ? person(10_000 + this.#opened++) : this.#of(people);
    return { kind: "open", account: id, role: this.#of(ROLES), scheme: "ed25519", key, secret };
  }

  /** Mostly by who may, sometimes of a hold that never was. */
  #handling(kind: "capture" | "void", other: Person): { who: readonly Person[]; bare: Bare } {
    const { people, registrar } = this.#known;
    const found = this.#holds.length > 0 && this.#below(10) > 0 ? this.#of(this.#holds) : null;
    const payee = people.find(({ id }) => id === found?.payee) ?? registrar;
    const who = [this.#below(6) === 0 ? other : payee];
    const hold = found?.id ?? other.id;
    return { who, bare: kind === "void" ? { kind, hold } : { kind, hold, amount: this.#amount(4) } };
  }

  #rule(who: Person, other: Person, council: readonly Person[]): { who: readonly Person[]; bare: Bare } {
    const { governors, attestors } = this.#known;
    switch (this.#below(6)) {
      case 0:
        return {
          who: council,
          bare: {
            kind: "limit",
            role: this.#of(ROLES),
            holdingMost: this.#of([MOST, MOST, MOST, 300 * EURO]),
            dayMost: this.#of([MOST, MOST, MOST, 40 * EURO]),
          },
        };
      case 1:
        return { who: council, bare: { kind: "role", account: other.id, role: this.#of(ROLES.slice(0, 4)) } };
      case 2: {
        const members = [other, this.#of(this.#known.people)].map(({ id }) => id);
        return { who: [who], bare: { kind: "recoverers", needed: 1 + this.#below(3), members } };
      }
      case 3:
        return {
          who: [this.#of([who, other])],
          bare: { kind: "rotate", account: who.id, scheme: "ed25519", key: who.key },
        };
      case 4:
        return {
          who: council,
          bare: {
            kind: "council",
            council: this.#of(["governors", "attestors"] as const),
            needed: this.#of([2, 2, 2, 4]),
            members: this.#of([governors, attestors]).map(({ id }) => id),
          },
        };
      default:
        return { who: [this.#of([this.#known.registrar, who])], bare: { kind: "seal" } };
    }
  }

  #amount(euros: number): number {
    return this.#below(40) === 0 ? this.#of([0, MOST]) : 1 + this.#below(euros * EURO);
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #of<T>(all: readonly T[]): T {
    return all[this.#below(all.length)] as T;
  }
}
