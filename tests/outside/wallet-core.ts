import { applyTransaction } from "../../src/skills/coin/engine/apply.ts";
import { decodeSigned } from "../../src/skills/coin/engine/decode.ts";
import { RESULTS, type ResultName } from "../../src/skills/coin/engine/faults.ts";
import {
  type Association,
  association,
  attests,
  CHAIN,
  does,
  EURO,
  idOf,
  mints,
  nextBlock,
  opens,
  type Person,
  pays,
  T0,
} from "../../src/skills/coin/engine/ledger.fixture.ts";
import type { Transaction } from "../../src/skills/coin/engine/transaction.ts";
import { checkSigned } from "../../src/skills/coin/single/signatures.ts";
import { CallError } from "../../src/web/customer-page/call.ts";
import type { Anybody, Owner } from "../../src/web/wallet/client.ts";
import type { Asked, Coin, Me, Movement, Proof } from "../../src/web/wallet/contract.ts";

/** The wallet's node as far as its page sees it: the ledger's own core in memory, and what can go wrong on the way. */

export const TENANT = 3;
export const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "hex"));

export interface CoreRequest {
  readonly key: string;
  readonly amount: number;
  readonly title: string;
  readonly hold: { readonly until: number } | null;
  state: Asked["state"];
  paid: { txId: string; height: number; paidAt: number } | null;
}

interface Lost {
  /** Before the node has it, or after it was done: its answer. */
  readonly what: "question" | "answer";
}

export class WalletCore {
  readonly all: Association = association();
  readonly shop: Person;
  readonly requests = new Map<string, CoreRequest>();
  readonly movements = new Map<string, Movement[]>();
  /** Tokens by account, as the node gave them out. */
  readonly #tokens = new Map<string, string>();
  readonly #opened = new Map<string, string>();
  legal: Coin["legal"] = "voucher";
  names = { company: "Hafenmarkt e. V.", coin: "Hafentaler", merchant: "Hansekontor" };
  isOffline = false;
  lose: Lost[] = [];
  submitted = 0;
  #row = 10_000;

  constructor(euros = 100_000) {
    attests(this.all, euros);
    mints(this.all, euros);
    this.shop = opens(this.all, 90, "merchant");
    nextBlock(this.all);
  }

  now = (): number => this.all.state.time;

  /** Of the devices, in the order in which they were opened. */
  accounts(): string[] {
    return [...this.#tokens.keys()];
  }

  coin(): Coin {
    return {
      tenantId: TENANT,
      name: this.names.coin,
      symbol: "HT",
      legal: this.legal,
      chainId: CHAIN,
      issuerName: this.names.company,
      page: "/coin/hafenmarkt",
    };
  }

  dress() {
    return {
      company: {
        name: this.names.company,
        logo: null,
        accent: { light: {}, dark: {} },
        page: "/c/hafenmarkt",
        legal: { imprint: "https://hafenmarkt.example/impressum", privacy: "" },
      },
      formOfAddress: "sie" as const,
      language: "de" as const,
      timeZone: "Europe/Berlin",
    };
  }

  /** The exchange sells so many coins to an account. */
  sells(account: string, coins: number): void {
    nextBlock(this.all);
    const to = { id: bytesOf(account) } as Person;
    const result = pays(this.all, this.all.exchange, to, Math.round(coins * EURO));
    if (result !== "applied") throw new Error(result);
    this.#move(account, {
      kind: "bought",
      amount: Math.round(coins * EURO),
      merchant: this.names.company,
      title: "",
    });
  }

  asks(coins: number, more: Partial<Pick<CoreRequest, "title" | "hold">> = {}): CoreRequest {
    const key = hex(idOf(this.#row++)).padStart(32, "0");
    const one = { key, amount: Math.round(coins * EURO), title: "Glasknopf", hold: null, ...more };
    const request: CoreRequest = { ...one, state: "open", paid: null };
    this.requests.set(key, request);
    return request;
  }

  referenceOf({ key }: CoreRequest): string {
    return key.repeat(2);
  }

  seals(): void {
    nextBlock(this.all);
    const result = does(this.all, [this.all.registrar], { kind: "seal" });
    if (result !== "applied") throw new Error(result);
  }

  readonly anybody: Anybody = {
    invitation: async () => ({ ...this.dress(), coin: this.coin(), label: "", isOpen: true }),
    open: async ({ key, secret }) => {
      this.#meets();
      const account = this.#opened.get(key) ?? this.#openAccount(key, secret);
      this.#opened.set(key, account);
      this.#tokens.set(account, account);
      return { account, token: account, coin: this.coin() };
    },
    request: async (place) => this.asked(this.#request(place)),
    askRecovery: async () => {
      throw new CallError("refused", 404);
    },
    recovery: async () => {
      throw new CallError("refused", 404);
    },
  };

  #request(place: string): CoreRequest {
    this.#meets();
    const found = this.requests.get(place.split(".")[1] ?? "");
    if (!found) throw new CallError("refused", 404);
    return found;
  }

  asked(one: CoreRequest): Asked {
    const { paid, amount, title, hold, state } = one;
    return {
      ...this.dress(),
      merchant: { name: this.names.merchant, logo: null },
      title,
      amount,
      kind: hold ? "hold" : "now",
      to: hex(this.shop.id),
      arbiter: hold ? hex(this.all.registrar.id) : null,
      until: hold?.until ?? null,
      reference: this.referenceOf(one),
      state,
      expiresAt: T0 + 86_400_000,
      coin: this.coin(),
      receipt: paid && { ...paid, amount, refundedAmount: 0 },
    };
  }

  #openAccount(key: string, secret: string): string {
    const account = hex(idOf(this.#row++));
    nextBlock(this.all);
    const result = does(this.all, [this.all.registrar], {
      kind: "open",
      account: bytesOf(account),
      role: "customer",
      scheme: "p256",
      key: bytesOf(key),
      secret: bytesOf(secret),
    });
    if (result !== "applied") throw new Error(result);
    return account;
  }

  #meets(): void {
    if (this.isOffline) throw new CallError("offline");
  }

  ownerOf = ({ token }: { token: string }): Owner => ({
    me: async () => this.me(token),
    movements: async () => {
      this.#meets();
      return { items: this.movements.get(token) ?? [], next: null };
    },
    submit: async (bytes) => {
      this.#meets();
      const lost = this.lose.shift();
      if (lost?.what === "question") throw new CallError("offline");
      const outcome = this.submit(bytes);
      if (lost?.what === "answer") throw new CallError("offline");
      return outcome;
    },
    buy: async () => ({ payUrl: "/pay#1.00" }),
    proof: async () => this.proof(token),
    inviteDevice: async () => ({ invitation: `${TENANT}.${"ab".repeat(16)}`, expiresAt: T0 + 3_600_000 }),
    recoveries: async () => [],
    signRecovery: async () => {
      throw new CallError("refused", 404);
    },
  });

  /** As the node hands a transaction to the ledger, and settles the request that it pays. */
  submit(bytes: Uint8Array) {
    this.submitted += 1;
    const { verdict, digest } = checkSigned(bytes);
    if (verdict !== "good") return this.#said(verdict as ResultName, false);
    const { transaction } = decodeSigned(bytes);
    nextBlock(this.all);
    const { result, isKnown } = applyTransaction(this.all.state, this.all.block, { transaction, digest });
    if (result === "applied" && !isKnown) this.#settle(transaction);
    return this.#said(result, isKnown);
  }

  #said(result: ResultName, isKnown: boolean) {
    return { result, isKnown, height: this.all.state.height, sentence: `${result} (${RESULTS[result]})` };
  }

  #settle({ id, signers, operations }: Transaction): void {
    const account = hex(signers[0]?.account ?? new Uint8Array());
    for (const operation of operations) {
      if (operation.kind !== "transfer" && operation.kind !== "hold") continue;
      const request = this.requests.get(hex(operation.reference).slice(0, 32));
      if (!request) continue;
      const isHold = operation.kind === "hold";
      request.state = isHold ? "held" : "paid";
      const { height, time } = this.all.state;
      request.paid = { txId: hex(id), height, paidAt: time };
      this.#move(account, {
        kind: isHold ? "held" : "paid",
        amount: -operation.amount,
        merchant: this.names.merchant,
        title: request.title,
        requestKey: `${TENANT}.${request.key}`,
      });
    }
  }

  #move(account: string, one: Pick<Movement, "kind" | "amount" | "merchant" | "title"> & Partial<Movement>) {
    const before = this.movements.get(account) ?? [];
    const { height, time } = this.all.state;
    const row = { id: this.#row++, at: time, requestKey: null, txId: "00".repeat(16), height, ...one };
    this.movements.set(account, [row, ...before]);
  }

  /** @param token here the account itself */
  me(token: string): Me {
    this.#meets();
    if (!this.#tokens.has(token)) throw new CallError("ended", 401);
    const { accounts, holdingMost, dayMost, recoverers, time } = this.all.state;
    const row = accounts.table.find(bytesOf(token));
    const own = recoverers.get(row);
    const most = (value: number | undefined) =>
      value === undefined || value === Number.MAX_SAFE_INTEGER ? null : value;
    return {
      ...this.dress(),
      account: token,
      label: "Telefon",
      key: hex(accounts.keyOf(row).key),
      balance: accounts.balance[row] ?? 0,
      held: accounts.held[row] ?? 0,
      isFrozen: accounts.isFrozen[row] === 1,
      nextNonce: accounts.nonces.read(row).low,
      limits: { holdingMost: most(holdingMost[0]), dayMost: most(dayMost[0]) },
      dayOut: accounts.dayOut[row] ?? 0,
      coin: this.coin(),
      time,
      now: time,
      recoverers: {
        needed: own?.needed ?? 0,
        members: (own?.members ?? []).map((one) => ({ account: hex(accounts.table.idOf(one)), label: "" })),
      },
      helps: [],
      canBuy: true,
    };
  }

  proof(token: string): Proof {
    this.#meets();
    const { accounts, liabilities, sealed, supply, height, chainHash, time, attested } = this.all.state;
    const row = accounts.table.find(bytesOf(token));
    const proof = liabilities.proof(accounts, row);
    if (!proof || !sealed) throw new CallError("refused", 409);
    return {
      account: token,
      secret: hex(accounts.secretOf(row)),
      row: proof.row,
      leafHeight: proof.height,
      sum: proof.sum,
      path: proof.path.map((one) => ({ sum: one.sum, hash: hex(one.hash) })),
      root: hex(sealed.root),
      total: sealed.total,
      sealedHeight: sealed.height,
      supply,
      height,
      chainHash: hex(chainHash),
      time,
      backing: [...this.all.genesis.backing],
      attestationLasts: this.all.genesis.attestationLasts,
      attested: [...attested].map(([asset, one]) => ({
        asset,
        amount: one.amount,
        statedAt: one.statedAt,
        statement: hex(one.statement),
      })),
    };
  }
}
