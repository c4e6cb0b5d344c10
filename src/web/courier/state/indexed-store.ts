import type { CourierEvent } from "../contract.ts";
import {
  type Kept,
  memoryStore,
  type Photo,
  type Queued,
  type Scan,
  type Store,
  withPhoto,
} from "./phone-store.ts";

/** The store in the browser's database. A transaction is complete only when the browser says that it is on the disk. */

const NAME = "augenhoehe.courier";
const VERSION = 1;

interface ScanRow extends Scan {
  readonly id: string;
}

/** @returns a store that forgets with the page where the browser keeps nothing; `isLasting` says which it is */
export async function openStore(): Promise<{ store: Store; isLasting: boolean }> {
  try {
    return { store: indexedStore(await openDatabase()), isLasting: true };
  } catch {
    return { store: memoryStore(), isLasting: false };
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore("kept");
      db.createObjectStore("queue", { keyPath: "seq", autoIncrement: true });
      db.createObjectStore("photos", { keyPath: "key" });
      db.createObjectStore("scans", { keyPath: "id" });
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
  const reading = (name: string) => db.transaction(name).objectStore(name);
  /** Resolves when all of it is written. */
  function writing(names: string[], work: (tx: IDBTransaction) => void): Promise<void> {
    return new Promise((done, fail) => {
      const tx = db.transaction(names, "readwrite", { durability: "strict" });
      tx.oncomplete = () => done();
      tx.onabort = () => fail(tx.error);
      tx.onerror = () => fail(tx.error);
      work(tx);
    });
  }
  return {
    read: async <Name extends keyof Kept>(name: Name) =>
      (await asked(reading("kept").get(name))) as Kept[Name] | undefined,
    write: (name, value) => writing(["kept"], (tx) => tx.objectStore("kept").put(value, name)),
    remove: (name) => writing(["kept"], (tx) => tx.objectStore("kept").delete(name)),
    queue: () => asked(reading("queue").getAll()) as Promise<Queued[]>,
    enqueue: (events, photo) =>
      writing(["queue", "photos", "scans"], (tx) => {
        if (photo) tx.objectStore("photos").put(photo);
        for (const one of withPhoto(events, photo)) {
          tx.objectStore("queue").add(one);
          rememberScan(tx, one.event);
        }
      }),
    settle: ({ taken, refused }) =>
      writing(["queue", "photos"], (tx) => {
        const queue = tx.objectStore("queue");
        for (const seq of taken)
          change(queue, seq, ({ photo }) => {
            if (photo) tx.objectStore("photos").delete(photo);
            queue.delete(seq);
          });
        for (const { seq, why } of refused)
          change(queue, seq, (one) => queue.put({ ...one, state: "refused", why }));
      }),
    photo: async (key) => (await asked(reading("photos").get(key))) as Photo | undefined,
    scans: async () =>
      ((await asked(reading("scans").getAll())) as ScanRow[]).map(({ shiftId, code }) => ({ shiftId, code })),
    async forgetShifts(known) {
      const rows = (await asked(reading("scans").getAll())) as ScanRow[];
      const gone = rows.filter(({ shiftId }) => !known.includes(shiftId));
      if (gone.length === 0) return;
      await writing(["scans"], (tx) => {
        for (const { id } of gone) tx.objectStore("scans").delete(id);
      });
    },
  };
}

function rememberScan(tx: IDBTransaction, event: CourierEvent): void {
  if (event.kind !== "scan") return;
  const { shiftId, code } = event;
  tx.objectStore("scans").put({ id: `${shiftId} ${code}`, shiftId, code });
}

function change(queue: IDBObjectStore, seq: number, then: (one: Queued) => void): void {
  const request = queue.get(seq);
  request.onsuccess = () => {
    if (request.result) then(request.result as Queued);
  };
}
