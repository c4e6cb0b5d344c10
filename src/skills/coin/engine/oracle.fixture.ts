import type { Genesis } from "./genesis.ts";
import type { Operation, Transaction } from "./transaction.ts";

/**
 * The rules once more, as plainly as they can be said: maps, big integers, texts as ids, and a copy of everything before a
 * transaction that links several operations. Slow, and shares nothing with the ledger but the types of what is asked.
 */

type Account = ReturnType<typeof fresh>;

interface World {
  accounts: Map<string, Account>;
  holds: Map<string, { payer: string; payee: string; arbiter: string; amount: bigint; until: number }>;
  preburns: Map<string, { account: string; amount: bigint }>;
  councils: Map<string, { needed: number; members: string[] }>;
  holding: Map<string, bigint>;
  daily: Map<string, bigint>;
  attested: Map<string, { amount: bigint; statedAt: number }>;
  supply: bigint;
}

const MOST = 2n ** 53n - 1n;
const name = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

export class Oracle {
  world: World;
  time = 0;
  readonly #genesis: Genesis;
  readonly #seen = new Map<string, { digest: string; result: string; expiresAt: number }>();

  constructor(genesis: Genesis) {
    this.#genesis = genesis;
    const accounts = new Map<string, Account>();
    for (const { id, role, key } of genesis.accounts) accounts.set(name(id), fresh(role, key));
    const council = (one: Genesis["governors"]) => ({ needed: one.needed, members: one.members.map(name) });
    this.world = {
      accounts,
      holds: new Map(),
      preburns: new Map(),
      councils: new Map([
        ["governors", council(genesis.governors)],
        ["attestors", council(genesis.attestors)],
      ]),
      holding: new Map(),
      daily: new Map(),
      attested: new Map(),
      supply: 0n,
    };
  }

  block(time: number): void {
    this.time = Math.max(this.time, time);
    for (const [id, { expiresAt }] of this.#seen)
      if (Math.floor(expiresAt / 60_000) < Math.floor(this.time / 60_000)) this.#seen.delete(id);
    const over = [...this.world.holds].filter(([, { until }]) => until <= this.time);
    for (const [id, { payer, amount }] of over) {
      this.world.holds.delete(id);
      const account = this.#account(payer);
      account.held -= amount;
      account.balance += amount;
      account.holds--;
    }
  }

  apply(transaction: Transaction, digest: Uint8Array): string {
    const id = name(transaction.id);
    const before = this.#seen.get(id);
    if (before) return before.digest === name(digest) ? before.result : "id_conflict";
    if (transaction.chainId !== this.#genesis.chainId) return "wrong_chain";
    if (transaction.expiresAt <= this.time) return "expired";
    if (transaction.expiresAt > this.time + 86_400_000) return "expires_too_late";
    const signers: string[] = [];
    for (const { account, key, nonce } of transaction.signers) {
      const who = name(account);
      const known = this.world.accounts.get(who);
      if (!known) return "unknown_signer";
      if (signers.includes(who)) return "same_signer_twice";
      if (known.key !== name(key)) return "wrong_key";
      if (nonce < known.low) return "nonce_too_old";
      if (nonce >= known.low + 64 + 10_000) return "nonce_too_new";
      if (known.used.has(nonce)) return "nonce_used";
      signers.push(who);
    }
    for (const [n, { nonce }] of transaction.signers.entries())
      use(this.#account(signers[n] as string), nonce);
    const kept = transaction.operations.length > 1 ? structuredClone(this.world) : null;
    let result = "applied";
    for (const operation of transaction.operations) {
      const isGroup = transaction.operations.length > 1;
      result = this.#do(operation, { id, signers, isGroup });
      if (result !== "applied") break;
    }
    // Numbers stay used, whatever became of it.
    if (result !== "applied" && kept) this.world = kept;
    this.#seen.set(id, { digest: name(digest), result, expiresAt: transaction.expiresAt });
    return result;
  }

  #account(who: string): Account {
    const account = this.world.accounts.get(who);
    if (!account) throw new Error(`no account ${who}`);
    return account;
  }

  #approved(council: string, signers: readonly string[]): boolean {
    const { needed, members } = this.world.councils.get(council) as { needed: number; members: string[] };
    return members.filter((one) => signers.includes(one)).length >= needed;
  }

  #do(op: Operation, { id, signers, isGroup }: { id: string; signers: string[]; isGroup: boolean }): string {
    const by = signers[op.by] as string;
    const actor = this.#account(by);
    if (actor.frozen) return "frozen";
    const council = ["mint", "burn", "cancel", "freeze", "role", "limit", "council"];
    if (council.includes(op.kind) && !this.#approved("governors", signers)) return "not_enough_approvals";
    if (op.kind === "attest" && !this.#approved("attestors", signers)) return "not_enough_approvals";
    return (
      this.#pay(op, { id, by, signers, isGroup }) ??
      this.#supply(op, { id, by }) ??
      this.#rule(op, { by, signers, isGroup })
    );
  }

  #pay(
    op: Operation,
    { id, by, signers, isGroup }: { id: string; by: string; signers: string[]; isGroup: boolean },
  ): string | null {
    const { world } = this;
    const actor = this.#account(by);
    switch (op.kind) {
      case "open": {
        const everyday = op.role === "customer" || op.role === "merchant";
        if (!(everyday && actor.role === "registrar") && !this.#approved("governors", signers))
          return everyday ? "not_allowed" : "not_enough_approvals";
        if (world.accounts.has(name(op.account))) return "account_exists";
        if (isGroup) return "not_allowed";
        world.accounts.set(name(op.account), fresh(op.role, op.key));
        return "applied";
      }
      case "transfer": {
        const why =
          this.#refuse(by, name(op.to), BigInt(op.amount)) ?? this.#tooMuchOut(by, BigInt(op.amount));
        if (why) return why;
        const over = this.#tooMuchIn(name(op.to), BigInt(op.amount));
        if (over) return over;
        actor.balance -= BigInt(op.amount);
        this.#account(name(op.to)).balance += BigInt(op.amount);
        this.#spent(actor, BigInt(op.amount));
        return "applied";
      }
      case "hold": {
        if (!world.accounts.has(name(op.to)) || !world.accounts.has(name(op.arbiter)))
          return "unknown_account";
        if (world.holds.has(id)) return "id_taken";
        if (op.until <= this.time || op.until > this.time + 400 * 86_400_000) return "bad_end";
        if (actor.holds >= 256) return "too_many_holds";
        const amount = BigInt(op.amount);
        const why = this.#refuse(by, name(op.to), amount) ?? this.#tooMuchOut(by, amount);
        if (why) return why;
        actor.balance -= amount;
        actor.held += amount;
        actor.holds++;
        this.#spent(actor, amount);
        world.holds.set(id, {
          payer: by,
          payee: name(op.to),
          arbiter: name(op.arbiter),
          amount,
          until: op.until,
        });
        return "applied";
      }
      case "capture":
      case "void":
        return this.#settle(op, by);
      default:
        return null;
    }
  }

  #supply(op: Operation, { id, by }: { id: string; by: string }): string | null {
    const { world } = this;
    const actor = this.#account(by);
    switch (op.kind) {
      case "mint": {
        const to = world.accounts.get(name(op.to));
        if (!to) return "unknown_account";
        if (to.role !== "exchange") return "not_allowed";
        if (to.frozen) return "frozen";
        if (op.amount === 0) return "amount_zero";
        const supply = world.supply + BigInt(op.amount);
        if (supply > MOST) return "overflow";
        for (const { asset, minor, per } of this.#genesis.backing) {
          const stated = world.attested.get(asset);
          if (!stated || this.time - stated.statedAt >= this.#genesis.attestationLasts)
            return "attestation_stale";
          if (stated.amount * BigInt(per) < supply * BigInt(minor)) return "not_backed";
        }
        const over = this.#tooMuchIn(name(op.to), BigInt(op.amount));
        if (over) return over;
        world.supply = supply;
        to.balance += BigInt(op.amount);
        return "applied";
      }
      case "preburn": {
        if (actor.role !== "exchange") return "not_allowed";
        if (op.amount === 0) return "amount_zero";
        if (actor.balance < BigInt(op.amount)) return "insufficient";
        if ([...world.preburns.values()].filter(({ account }) => account === by).length >= 256)
          return "too_many_preburns";
        if (world.preburns.has(id)) return "id_taken";
        actor.balance -= BigInt(op.amount);
        actor.held += BigInt(op.amount);
        world.preburns.set(id, { account: by, amount: BigInt(op.amount) });
        return "applied";
      }
      case "burn":
      case "cancel": {
        const found = world.preburns.get(name(op.preburn));
        if (!found) return "unknown_preburn";
        world.preburns.delete(name(op.preburn));
        const account = this.#account(found.account);
        account.held -= found.amount;
        if (op.kind === "burn") world.supply -= found.amount;
        else account.balance += found.amount;
        return "applied";
      }
      case "attest": {
        if (!this.#genesis.backing.some(({ asset }) => asset === op.asset)) return "unknown_asset";
        const last = world.attested.get(op.asset);
        if (op.statedAt > this.time || op.statedAt < (last?.statedAt ?? 0)) return "attestation_out_of_order";
        world.attested.set(op.asset, { amount: BigInt(op.amount), statedAt: op.statedAt });
        return "applied";
      }
      default:
        return null;
    }
  }

  #rule(
    op: Operation,
    { by, signers, isGroup }: { by: string; signers: string[]; isGroup: boolean },
  ): string {
    const { world } = this;
    const actor = this.#account(by);
    switch (op.kind) {
      case "freeze": {
        const account = world.accounts.get(name(op.account));
        if (!account) return "unknown_account";
        if (account.role === "governor" || account.role === "attestor") return "protected_account";
        account.frozen = op.isFrozen;
        return "applied";
      }
      case "rotate": {
        const account = world.accounts.get(name(op.account));
        if (!account) return "unknown_account";
        const { recoverers } = account;
        const found = recoverers?.members.filter((one) => signers.includes(one)).length ?? 0;
        if (by !== name(op.account) && (!recoverers || found < recoverers.needed))
          return "not_enough_approvals";
        account.key = name(op.key);
        return "applied";
      }
      case "recoverers": {
        if (op.needed === 0 && op.members.length === 0) {
          actor.recoverers = null;
          return "applied";
        }
        const members = op.members.map(name);
        if (!this.#fits(op.needed, members) || members.includes(by)) return "bad_members";
        actor.recoverers = { needed: op.needed, members };
        return "applied";
      }
      case "role": {
        const account = world.accounts.get(name(op.account));
        if (!account) return "unknown_account";
        const seats = [...world.councils.values()].flatMap(({ members }) => members);
        if (seats.includes(name(op.account))) return "protected_account";
        if (account.balance !== 0n || account.held !== 0n) return "account_in_use";
        account.role = op.role;
        return "applied";
      }
      case "limit":
        world.holding.set(op.role, BigInt(op.holdingMost));
        world.daily.set(op.role, BigInt(op.dayMost));
        return "applied";
      case "council": {
        const members = op.members.map(name);
        const wanted = op.council === "governors" ? "governor" : "attestor";
        const fits =
          this.#fits(op.needed, members) && members.every((one) => this.#account(one).role === wanted);
        if (!fits) return "bad_members";
        world.councils.set(op.council, { needed: op.needed, members });
        return "applied";
      }
      case "seal":
        return (actor.role === "registrar" || actor.role === "governor") && !isGroup
          ? "applied"
          : "not_allowed";
      default:
        throw new Error(`nobody knows ${op.kind}`);
    }
  }

  #fits(needed: number, members: readonly string[]): boolean {
    const areKnown = members.every((one) => this.world.accounts.has(one));
    return areKnown && new Set(members).size === members.length && needed >= 1 && needed <= members.length;
  }

  #settle(op: Extract<Operation, { kind: "capture" | "void" }>, by: string): string {
    const { world } = this;
    const found = world.holds.get(name(op.hold));
    if (!found) return "unknown_hold";
    if (by !== found.payee && by !== found.arbiter) return "not_your_hold";
    if (found.until <= this.time) return "hold_is_over";
    const payer = this.#account(found.payer);
    const payee = this.#account(found.payee);
    let paid = 0n;
    if (op.kind === "capture") {
      paid = BigInt(op.amount);
      if (paid === 0n) return "amount_zero";
      if (paid > found.amount) return "above_hold";
      if (payer.frozen || payee.frozen) return "frozen";
      const over = this.#tooMuchIn(found.payee, paid);
      if (over) return over;
    }
    world.holds.delete(name(op.hold));
    payer.holds--;
    payer.held -= found.amount;
    payer.balance += found.amount - paid;
    payee.balance += paid;
    return "applied";
  }

  #refuse(from: string, to: string, amount: bigint): string | null {
    const payee = this.world.accounts.get(to);
    if (!payee) return "unknown_account";
    if (amount === 0n) return "amount_zero";
    if (from === to) return "same_account";
    const payer = this.#account(from);
    if (payer.frozen || payee.frozen) return "frozen";
    const way = `${payer.role} to ${payee.role}`;
    const everyday = ["customer", "merchant", "exchange"];
    const allowed =
      this.#genesis.profile === "issuer"
        ? everyday.flatMap((a) => everyday.map((b) => `${a} to ${b}`))
        : [
            "customer to merchant",
            "merchant to customer",
            "merchant to merchant",
            "merchant to exchange",
            "exchange to customer",
          ];
    return allowed.includes(way) ? null : "not_allowed";
  }

  #tooMuchOut(from: string, amount: bigint): string | null {
    const payer = this.#account(from);
    if (payer.balance < amount) return "insufficient";
    const today = payer.day === Math.floor(this.time / 86_400_000) ? payer.out : 0n;
    return today + amount > (this.world.daily.get(payer.role) ?? 2n ** 60n) ? "over_flow_limit" : null;
  }

  #tooMuchIn(to: string, amount: bigint): string | null {
    const payee = this.#account(to);
    const after = payee.balance + payee.held + amount;
    if (after > MOST) return "overflow";
    return after > (this.world.holding.get(payee.role) ?? MOST) ? "over_holding_limit" : null;
  }

  #spent(account: Account, amount: bigint): void {
    const today = Math.floor(this.time / 86_400_000);
    account.out = amount + (account.day === today ? account.out : 0n);
    account.day = today;
  }
}

function fresh(role: string, key: Uint8Array) {
  return {
    role,
    key: name(key),
    balance: 0n,
    held: 0n,
    holds: 0,
    frozen: false,
    used: new Set<number>(),
    low: 0,
    day: 0,
    out: 0n,
    recoverers: null as { needed: number; members: string[] } | null,
  };
}

/** A window of 64 that moves on when a number lies beyond it, and past all at its beginning that are used. */
function use(account: Account, nonce: number): void {
  account.used.add(nonce);
  account.low = Math.max(account.low, nonce - 63);
  while (account.used.has(account.low)) account.low++;
  for (const one of account.used) if (one < account.low) account.used.delete(one);
}
