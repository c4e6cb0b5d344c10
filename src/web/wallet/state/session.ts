import { makeKey, publicKeyOf } from "../../coin-key/p256-key.ts";
import { CallError } from "../../customer-page/call.ts";
import { type Anybody, isStatus, type Owner } from "../client.ts";
import type { Movement, Outcome } from "../contract.ts";
import { doingOf, type Payable } from "./payable.ts";
import { type Doing, randomHex, signed } from "./signing.ts";
import type { KeptWallet, Store, Waiting } from "./wallet-store.ts";

/** The wallets of this device, and what happens to them. What is signed is kept first and sent then. */

export interface Snapshot {
  readonly wallets: readonly KeptWallet[];
  /** The one that is shown. */
  readonly wallet: KeptWallet | null;
  readonly queue: readonly Waiting[];
  readonly net: "unknown" | "online" | "offline" | "busy";
  /** The node does not know the wallet's token any more. */
  readonly isEnded: boolean;
  /** Where older movements begin; null = there are none. */
  readonly older: string | null;
}

export interface Parts {
  readonly store: Store;
  readonly anybody: Anybody;
  ownerOf(wallet: { tenantId: number; token: string }): Owner;
  now(): number;
  /** One tab at a time signs and sends. */
  lock<T>(work: () => Promise<T>): Promise<T>;
}

/** So long the net may be gone at a till. */
const OFFLINE_LIFE_MS = 4 * 3_600_000;
const LIFE_MS = 15 * 60_000;
const MOVEMENTS_KEPT = 50;
const TOLD_KEPT = 30;
/** The number was used by somebody else of this account; nothing happened, and another number may be taken. */
const OTHER_NUMBER = ["nonce_used", "nonce_too_old", "nonce_too_new"];

export type Paid =
  | { readonly is: "done"; readonly id: string }
  | { readonly is: "refused"; readonly result: string; readonly sentence: string }
  /** Signed and kept; nobody has answered. */
  | { readonly is: "waiting"; readonly waiting: Waiting };

export class Session {
  readonly parts: Parts;
  #snapshot: Snapshot = {
    wallets: [],
    wallet: null,
    queue: [],
    net: "unknown",
    isEnded: false,
    older: null,
  };
  readonly #listeners = new Set<() => void>();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #set(change: Partial<Snapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }

  /** Reads what the device keeps. @param tenantId whose coin is meant; null = any */
  async start(tenantId: number | null): Promise<void> {
    const [wallets, queue] = await Promise.all([this.parts.store.wallets(), this.parts.store.queue()]);
    const meant = wallets.filter((one) => tenantId === null || one.tenantId === tenantId);
    const isOpen = ({ account }: KeptWallet) => account !== "";
    const wallet = meant.find(isOpen) ?? meant[0] ?? wallets.find(isOpen) ?? null;
    this.#set({ wallets, queue, wallet });
  }

  show(id: string): void {
    const wallet = this.#snapshot.wallets.find((one) => one.id === id) ?? null;
    this.#set({ wallet, isEnded: false, older: null });
    void this.refresh();
  }

  /** A request may be in another coin than the one that is shown. */
  choose(tenantId: number): void {
    const { wallet, wallets } = this.#snapshot;
    if (wallet?.tenantId === tenantId) return;
    const found = wallets.find((one) => one.tenantId === tenantId && one.account !== "");
    if (found) this.show(found.id);
  }

  /** Keeps a wallet, and shows it when it is the one that is shown. */
  async keep(wallet: KeptWallet, waiting?: Waiting): Promise<void> {
    await this.parts.store.write({ wallet, ...(waiting && { waiting }) });
    const { wallets, queue, wallet: shown } = this.#snapshot;
    const isKnown = wallets.some(({ id }) => id === wallet.id);
    this.#set({
      wallets: isKnown ? wallets.map((one) => (one.id === wallet.id ? wallet : one)) : [...wallets, wallet],
      wallet: shown === null || shown.id === wallet.id ? wallet : shown,
      queue: waiting ? [...queue.filter(({ id }) => id !== waiting.id), waiting] : queue,
    });
  }

  /** As the device keeps it now: another tab may have signed since. */
  async #fresh(id: string): Promise<KeptWallet> {
    const found = (await this.parts.store.wallets()).find((one) => one.id === id);
    if (!found) throw new Error("The wallet is gone from this device.");
    return found;
  }

  /** A wallet with a key of its own, not opened yet. */
  async prepare(
    tenantId: number,
    more: Pick<KeptWallet, "invitation" | "recovery" | "label">,
  ): Promise<KeptWallet> {
    const pair = await makeKey();
    const wallet: KeptWallet = {
      id: randomHex(8),
      tenantId,
      account: "",
      token: "",
      secret: randomHex(16),
      key: { pair, point: await publicKeyOf(pair) },
      lastNonce: -1,
      me: null,
      meAt: 0,
      movements: [],
      told: [],
      ...more,
    };
    await this.keep(wallet);
    return wallet;
  }

  /** Opens an account by an invitation; what broke off goes on with the same key. @throws CallError */
  async open(place: string, label: string, language: "de" | "en"): Promise<void> {
    const tenantId = Number(place.split(".")[0]);
    const begun = this.#snapshot.wallets.find((one) => one.account === "" && one.invitation === place);
    const wallet = begun ?? (await this.prepare(tenantId, { invitation: place, recovery: null, label }));
    const { key, secret } = wallet;
    const opened = await this.parts.anybody.open({
      invitation: place,
      key: key.point,
      secret,
      label,
      language,
    });
    const { account, token } = opened;
    await this.keep({ ...wallet, account, token, invitation: null });
    this.show(wallet.id);
  }

  /** Asks the node for everything that is shown, and sends what waits. */
  async refresh(): Promise<void> {
    const shown = this.#snapshot.wallet;
    if (!shown?.token) return;
    try {
      await this.flush();
      const owner = this.parts.ownerOf(shown);
      const [me, page] = await Promise.all([owner.me(), owner.movements(null)]);
      const movements = page.items.slice(0, MOVEMENTS_KEPT);
      await this.keep({ ...(await this.#fresh(shown.id)), me, meAt: this.parts.now(), movements });
      this.#set({ net: "online", isEnded: false, older: page.next });
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    const { failure } = error instanceof CallError ? error : new CallError("refused");
    if (failure === "ended") this.#set({ isEnded: true, net: "online" });
    else this.#set({ net: failure === "offline" || failure === "busy" ? failure : "online" });
  }

  /** What happened before what is shown. @throws CallError */
  async loadOlder(): Promise<void> {
    const { wallet, older } = this.#snapshot;
    if (!wallet || older === null) return;
    const page = await this.parts.ownerOf(wallet).movements(older);
    const movements: Movement[] = [...wallet.movements, ...page.items];
    // Shown, and not kept: the device remembers the newest only.
    this.#set({ wallet: { ...wallet, movements }, older: page.next });
  }

  /** Milliseconds of the node's clock. */
  nodeTime(wallet: KeptWallet): number {
    const { now } = this.parts;
    return wallet.me ? wallet.me.now + (now() - wallet.meAt) : now();
  }

  /** Signs a payment, keeps it and sends it; one that waits already is sent again and never signed twice. */
  pay(payable: Payable): Promise<Paid> {
    return this.parts.lock(async () => {
      const shown = this.#snapshot.wallet;
      if (!shown?.me) throw new Error("There is no wallet.");
      if (shown.me.coin.chainId !== payable.chainId)
        return { is: "refused", result: "wrong_chain", sentence: "" };
      const before = (await this.parts.store.queue()).find(
        ({ request, state }) => request === payable.request && state === "waiting",
      );
      const waiting = before ?? (await this.#sign(shown.id, payable));
      const paid = await this.#send(waiting);
      if (paid.is !== "refused" || before || !OTHER_NUMBER.includes(paid.result)) return paid;
      await this.#renewNumber(shown.id);
      await this.#drop(waiting.id);
      return this.#send(await this.#sign(shown.id, payable));
    });
  }

  async #sign(walletId: string, payable: Payable): Promise<Waiting> {
    const wallet = await this.#fresh(walletId);
    const { net } = this.#snapshot;
    const nonce = nextNonce(wallet);
    const expiresAt = this.nodeTime(wallet) + (net === "online" ? LIFE_MS : OFFLINE_LIFE_MS);
    const id = randomHex(16);
    const { chainId, request, amount, merchant, title, hold } = payable;
    const doing = doingOf(payable);
    const bytes = await signed(wallet.key, {
      chainId,
      id,
      account: wallet.account,
      nonce,
      expiresAt,
      doing,
    });
    const waiting: Waiting = {
      id,
      walletId,
      bytes,
      request,
      kind: hold ? "hold" : "now",
      amount,
      merchant,
      title,
      signedAt: this.parts.now(),
      expiresAt,
      state: "waiting",
      result: "",
      sentence: "",
    };
    await this.keep({ ...wallet, lastNonce: nonce }, waiting);
    return waiting;
  }

  async #renewNumber(walletId: string): Promise<void> {
    const wallet = await this.#fresh(walletId);
    const me = await this.parts.ownerOf(wallet).me();
    await this.keep({ ...wallet, me, meAt: this.parts.now() });
  }

  async #send(waiting: Waiting): Promise<Paid> {
    const wallet = this.#snapshot.wallets.find(({ id }) => id === waiting.walletId);
    if (!wallet) return { is: "waiting", waiting };
    let outcome: Outcome;
    try {
      outcome = await this.parts.ownerOf(wallet).submit(waiting.bytes);
      this.#set({ net: "online" });
    } catch (error) {
      this.#failed(error);
      return { is: "waiting", waiting };
    }
    const { result, sentence } = outcome;
    if (result === "applied") {
      await this.#drop(waiting.id);
      return { is: "done", id: waiting.id };
    }
    if (result === "expired") return this.#settleExpired(waiting, sentence);
    await this.#mark({ ...waiting, state: "refused", result, sentence });
    return { is: "refused", result, sentence };
  }

  /** An answer may have been lost: the request says whether this very payment was done in time. */
  async #settleExpired(waiting: Waiting, sentence: string): Promise<Paid> {
    const { request, id } = waiting;
    try {
      const { receipt } = await this.parts.anybody.request(request);
      if (receipt?.txId === id) {
        await this.#drop(id);
        return { is: "done", id };
      }
    } catch (error) {
      if (!isStatus(error, 404)) return { is: "waiting", waiting };
    }
    await this.#mark({ ...waiting, state: "over", result: "expired", sentence });
    return { is: "refused", result: "expired", sentence };
  }

  async #mark(waiting: Waiting): Promise<void> {
    await this.parts.store.write({ waiting });
    this.#set({ queue: this.#snapshot.queue.map((one) => (one.id === waiting.id ? waiting : one)) });
  }

  async #drop(id: string): Promise<void> {
    await this.parts.store.drop(id);
    this.#set({ queue: this.#snapshot.queue.filter((one) => one.id !== id) });
  }

  /** The person has read that it was not done. */
  dismiss(id: string): Promise<void> {
    return this.#drop(id);
  }

  /** Sends what waits, in the order in which it was signed. */
  flush(): Promise<void> {
    return this.parts.lock(async () => {
      for (const waiting of await this.parts.store.queue()) {
        if (waiting.state !== "waiting") continue;
        if ((await this.#send(waiting)).is === "waiting") return;
      }
    });
  }

  /** Signs and sends at once what is no payment; nothing is kept of it. @throws CallError */
  doNow(doing: Doing, labels?: Record<string, string>): Promise<Outcome> {
    return this.parts.lock(async () => {
      const shown = this.#snapshot.wallet;
      if (!shown?.me) throw new CallError("offline");
      const wallet = await this.#fresh(shown.id);
      const nonce = nextNonce(wallet);
      const expiresAt = this.nodeTime(wallet) + LIFE_MS;
      const { chainId } = shown.me.coin;
      const bytes = await signed(wallet.key, {
        chainId,
        id: randomHex(16),
        account: wallet.account,
        nonce,
        expiresAt,
        doing,
      });
      await this.keep({ ...wallet, lastNonce: nonce });
      return this.parts.ownerOf(wallet).submit(bytes, labels);
    });
  }

  /** Remembers a publication: the same height must never have another root. */
  async remember(told: KeptWallet["told"][number]): Promise<void> {
    const shown = this.#snapshot.wallet;
    if (!shown) return;
    const wallet = await this.#fresh(shown.id);
    const isKnown = wallet.told.some(
      ({ sealedHeight, root, total }) =>
        sealedHeight === told.sealedHeight && root === told.root && total === told.total,
    );
    if (!isKnown) await this.keep({ ...wallet, told: [...wallet.told, told].slice(-TOLD_KEPT) });
  }
}

function nextNonce({ me, lastNonce }: KeptWallet): number {
  return Math.max(me?.nextNonce ?? 0, lastNonce + 1);
}
