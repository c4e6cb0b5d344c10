import { CallError } from "../../customer-page/call.ts";
import { type Client, openClient } from "../client.ts";
import type { CourierEvent, CourierPage, Draft, RoundMap } from "../contract.ts";
import { waitAfter } from "./backoff.ts";
import type { Photo, Queued, Scan, Settings, Store } from "./phone-store.ts";
import { hasEnded, project, type SeenShift } from "./project.ts";
import { type Synced, sync } from "./sync.ts";

/** What the screens show, and everything that can be done: first kept on the phone, then told to the node. */

export type Net = "fresh" | "sending" | "offline" | "busy";

export interface Snapshot {
  readonly page: CourierPage | null;
  readonly shifts: readonly SeenShift[];
  readonly map: RoundMap | null;
  readonly queue: readonly Queued[];
  readonly scans: readonly Scan[];
  readonly settings: Settings;
  readonly net: Net;
  /** The key opens nothing any more. */
  readonly isEnded: boolean;
  /** What is kept would be lost with the page. */
  readonly isLasting: boolean;
  readonly readMessage: number;
  /** The phone could not keep what was done last: nothing was recorded. */
  readonly isFull: boolean;
}

export const SETTINGS: Settings = { theme: "auto", language: null, navigation: null, sharesPlace: false };
const POLL_MS = 30_000;

export class Session {
  readonly #store: Store;
  readonly #client: Client;
  readonly #listeners = new Set<() => void>();
  #now: Snapshot;
  #skewMs = 0;
  #failures = 0;
  #timer = 0;
  #isSyncing = false;
  #isWanted = false;
  #lastReadAt = 0;
  /** Of what was done last, ms: what is known of the node's clock may jump back with a slow answer, what is done may not. */
  #lastAt = 0;
  /** What is done is kept one after the other, so that each sees what was before it. */
  #keeping: Promise<unknown> = Promise.resolve();

  constructor(store: Store, key: string, isLasting: boolean) {
    this.#store = store;
    this.#client = openClient(key);
    this.#now = {
      page: null,
      shifts: [],
      map: null,
      queue: [],
      scans: [],
      settings: SETTINGS,
      net: "sending",
      isEnded: false,
      isLasting,
      readMessage: 0,
      isFull: false,
    };
  }

  get snapshot(): Snapshot {
    return this.#now;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The node's time, as far as the phone knows it: a phone's clock may be wrong. */
  now(): number {
    return Date.now() + this.#skewMs;
  }

  /** Shows what is kept, then asks the node. */
  async start(): Promise<void> {
    this.#skewMs = (await this.#store.read("skewMs")) ?? 0;
    this.#set({
      page: (await this.#store.read("page")) ?? null,
      map: (await this.#store.read("map")) ?? null,
      settings: { ...SETTINGS, ...(await this.#store.read("settings")) },
      readMessage: (await this.#store.read("readMessage")) ?? 0,
    });
    await this.#reload();
    await this.refresh();
  }

  /**
   * Kept before anything is shown, all of it or nothing. A stop that has ended does not end a second time.
   * @returns false when nothing was recorded
   */
  act(drafts: readonly Draft[], photo?: Photo): Promise<boolean> {
    const kept = this.#keeping.then(() => this.#keep(drafts, photo));
    // One that could not be kept must not hold up what is done after it.
    this.#keeping = kept.catch(() => false);
    return kept;
  }

  async #keep(drafts: readonly Draft[], photo?: Photo): Promise<boolean> {
    this.#lastAt = Math.max(
      this.now(),
      this.#lastAt + 1,
      ...this.#now.queue.map(({ event }) => Date.parse(event.at) + 1),
    );
    const at = new Date(this.#lastAt).toISOString();
    const events = drafts.map((draft) => ({ ...draft, key: newKey(), at }) as CourierEvent);
    if (events.some((event) => this.#isOver(event))) return false;
    try {
      await this.#store.enqueue(events, photo);
    } catch {
      this.#set({ isFull: true });
      return false;
    }
    if (this.#now.isFull) this.#set({ isFull: false });
    await this.#reload();
    void this.refresh();
    return true;
  }

  #isOver(event: CourierEvent): boolean {
    if (event.kind !== "done" && event.kind !== "not_there" && event.kind !== "refused") return false;
    const shift = this.#now.shifts.find(({ id }) => id === event.shiftId);
    const stop = shift?.stops.find(({ deliveryId }) => deliveryId === event.deliveryId);
    return stop !== undefined && hasEnded(stop);
  }

  /** Takes note of a refusal: it stands in the list no more. */
  async dismiss(seq: number): Promise<void> {
    await this.#store.settle({ taken: [seq], refused: [] });
    await this.#reload();
  }

  async change(settings: Partial<Settings>): Promise<void> {
    const changed = { ...this.#now.settings, ...settings };
    await this.#store.write("settings", changed);
    this.#set({ settings: changed });
  }

  async read(messageId: number): Promise<void> {
    if (messageId <= this.#now.readMessage) return;
    await this.#store.write("readMessage", messageId);
    this.#set({ readMessage: messageId });
  }

  /** Asks again when the page is looked at and some time has passed. */
  poll(): void {
    if (Date.now() - this.#lastReadAt >= POLL_MS && this.#failures === 0) void this.refresh();
  }

  /** Sends what waits and reads the page; one at a time. Called again meanwhile, it runs once more. */
  async refresh(): Promise<void> {
    window.clearTimeout(this.#timer);
    if (this.#isSyncing) {
      this.#isWanted = true;
      return;
    }
    this.#isSyncing = true;
    try {
      do {
        this.#isWanted = false;
        await this.#round();
      } while (this.#isWanted && this.#failures === 0);
    } finally {
      this.#isSyncing = false;
    }
  }

  async #round(): Promise<void> {
    if (this.#now.queue.some(({ state }) => state === "waiting")) this.#set({ net: "sending" });
    let failed: "ended" | "offline" | "busy" | null = null;
    try {
      const synced: Synced = await alone(() => sync(this.#store, this.#client));
      if (synced.is === "done") await this.#take(synced.page ?? (await this.#client.read()));
      else {
        failed = synced.failure;
        if (synced.page) await this.#take(synced.page);
      }
    } catch (error) {
      failed = error instanceof CallError && error.failure !== "refused" ? error.failure : "busy";
    }
    await this.#reload();
    if (failed === null) {
      this.#failures = 0;
      this.#set({ net: "fresh", isEnded: false });
    } else this.#fail(failed);
  }

  #fail(failure: "ended" | "offline" | "busy"): void {
    this.#failures += 1;
    if (failure === "ended") {
      this.#set({ isEnded: true });
      return;
    }
    this.#set({ net: failure });
    this.#timer = window.setTimeout(
      () => void this.refresh(),
      waitAfter(this.#failures, (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) / 255),
    );
  }

  async #take(page: CourierPage): Promise<void> {
    this.#skewMs = Date.parse(page.now) - Date.now();
    this.#lastReadAt = Date.now();
    await this.#store.write("skewMs", this.#skewMs);
    await this.#store.write("page", page);
    await this.#store.forgetShifts(page.shifts.map(({ id }) => id));
    this.#set({ page });
    void this.#needMap();
  }

  /** Once a round; without it the stops stand on plain ground. */
  async #needMap(): Promise<void> {
    const shift = this.#now.shifts.find(({ state, stops }) => state !== "done" && stops.length > 0);
    if (!shift || this.#now.map?.shiftId === shift.id) return;
    const map = await this.#client.readMap(shift.id).catch(() => null);
    if (!map) return;
    await this.#store.write("map", map);
    this.#set({ map });
  }

  async #reload(): Promise<void> {
    const [queue, scans] = [await this.#store.queue(), await this.#store.scans()];
    this.#set({ queue, scans });
  }

  #set(change: Partial<Snapshot>): void {
    const next = { ...this.#now, ...change };
    this.#now = { ...next, shifts: next.page ? project(withoutOld(next.page, this.now()), next.queue) : [] };
    for (const listener of this.#listeners) listener();
  }
}

/** Addresses of an evening that is long over are not shown, even where no net ever came back. */
const OLD_MS = 12 * 3_600_000;
function withoutOld(page: CourierPage, now: number): CourierPage {
  return { ...page, shifts: page.shifts.filter(({ latestAt }) => Date.parse(latestAt) + OLD_MS > now) };
}

/** Of several tabs one sends; the others' turn comes after it. Where the browser has no locks, the node's keys do it. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  return "locks" in navigator ? (navigator.locks.request("augenhoehe.courier", work) as Promise<T>) : work();
}

/** A UUID of version 4, also where the page has no secure context. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
