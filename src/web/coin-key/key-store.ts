/**
 * Key pairs under names, in this browser alone: IndexedDB keeps what cannot be extracted as an object that only signs.
 */

const DATABASE = "augenhoehe-keys";
const STORE = "key";

/** @returns null where this browser has none under the name */
export async function readKeyPair(name: string): Promise<CryptoKeyPair | null> {
  const found = await inStore("readonly", (store) => store.get(name));
  return (found as CryptoKeyPair | undefined) ?? null;
}

/** Keeps a pair; one under the same name goes. Asks the browser not to clear it away when space runs short. */
export async function keepKeyPair(name: string, pair: CryptoKeyPair): Promise<void> {
  await inStore("readwrite", (store) => store.put(pair, name));
  await navigator.storage?.persist?.().catch(() => false);
}

async function inStore<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await settled(opening);
  try {
    const transaction = database.transaction(STORE, mode);
    const result = await settled(work(transaction.objectStore(STORE)));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
      // A reading one may be over already.
      if (mode === "readonly") resolve();
    });
    return result;
  } finally {
    database.close();
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
