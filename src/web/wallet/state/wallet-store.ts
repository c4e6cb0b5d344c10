import type { Me, Movement } from "../contract.ts";
import type { DeviceKey } from "./signing.ts";

/** What the device keeps. The key, and every signed payment, are here before anything is sent. */

export interface KeptWallet {
  /** Made by this device: one coin may have two accounts here, after a recovery. */
  readonly id: string;
  /** The company that issues the coin. */
  readonly tenantId: number;
  /** It was opened by, as TENANT.HEX; the same key again brings the same account. */
  readonly invitation: string | null;
  /** "" until the node has opened it, or given it back. */
  readonly account: string;
  /** "" as above. Reads, and spends nothing. */
  readonly token: string;
  /** Hides the own leaf in the published tree; hexadecimal. */
  readonly secret: string;
  readonly key: DeviceKey;
  readonly label: string;
  /** The highest number that this device has signed with; -1 = none. */
  readonly lastNonce: number;
  /** As the node last told, and when (ms of this device). */
  readonly me: Me | null;
  readonly meAt: number;
  readonly movements: readonly Movement[];
  /** Publications as this device saw them, newest last. */
  readonly told: readonly Told[];
  /** A lost account that this device has asked for. */
  readonly recovery: AskedBack | null;
}

export interface AskedBack {
  /** TENANT.HEX */
  readonly place: string;
  readonly account: string;
  readonly expiresAt: number;
  readonly needed: number;
}

export interface Told {
  readonly sealedHeight: number;
  readonly root: string;
  readonly total: number;
}

/** A signed payment of which the ledger has not answered yet, or which it refused. */
export interface Waiting {
  /** Of the transaction, hexadecimal. */
  readonly id: string;
  /** Of the kept wallet. */
  readonly walletId: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** TENANT.HEX of the request, the merchant's tenant. */
  readonly request: string;
  readonly kind: "now" | "hold";
  /** Base units. */
  readonly amount: number;
  readonly merchant: string;
  readonly title: string;
  /** ms of this device */
  readonly signedAt: number;
  /** ms of the ledger */
  readonly expiresAt: number;
  /** `over`: it ran out without an answer, and can never be done any more. */
  readonly state: "waiting" | "refused" | "over";
  /** The ledger's word for a refusal, and the node's sentence. */
  readonly result: string;
  readonly sentence: string;
}

export interface Store {
  wallets(): Promise<KeptWallet[]>;
  queue(): Promise<Waiting[]>;
  /** All of it or nothing. */
  write(parts: { readonly wallet?: KeptWallet; readonly waiting?: Waiting }): Promise<void>;
  drop(id: string): Promise<void>;
  forget(walletId: string): Promise<void>;
}

const NAME = "augenhoehe.wallet";
const VERSION = 1;

/** @returns null where the browser keeps nothing: a key that is gone with the page would take its money along */
export async function openStore(): Promise<Store | null> {
  try {
    return indexedStore(await openDatabase());
  } catch {
    return null;
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("wallets", { keyPath: "id" });
      request.result.createObjectStore("queue", { keyPath: "id" });
    };
    request.onsuccess = () => {
      // A newer page in another tab may bring a newer version.
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = () => fail(request.error);
    request.onblocked = () => fail(new Error("blocked"));
  });
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

function indexedStore(db: IDBDatabase): Store {
  const all = (name: string) => asked(db.transaction(name).objectStore(name).getAll());
  /** Resolves when all of it is on the disk. */
  function writing(work: (tx: IDBTransaction) => void): Promise<void> {
    return new Promise((done, fail) => {
      const tx = db.transaction(["wallets", "queue"], "readwrite", { durability: "strict" });
      tx.oncomplete = () => done();
      tx.onabort = () => fail(tx.error);
      tx.onerror = () => fail(tx.error);
      work(tx);
    });
  }
  return {
    wallets: () => all("wallets") as Promise<KeptWallet[]>,
    queue: async () => inOrder((await all("queue")) as Waiting[]),
    write: ({ wallet, waiting }) =>
      writing((tx) => {
        if (wallet) tx.objectStore("wallets").put(wallet);
        if (waiting) tx.objectStore("queue").put(waiting);
      }),
    drop: (id) => writing((tx) => tx.objectStore("queue").delete(id)),
    forget: (id) => writing((tx) => tx.objectStore("wallets").delete(id)),
  };
}

export function inOrder(queue: readonly Waiting[]): Waiting[] {
  return [...queue].sort((a, b) => a.signedAt - b.signedAt);
}
