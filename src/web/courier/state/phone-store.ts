import type { CourierEvent, CourierPage, RoundMap, Why } from "../contract.ts";

/** What the phone keeps: the round, what happened, pictures. Everything that must not be lost is here before it is shown. */

/** An event that the node has not taken yet, or has refused. */
export interface Queued {
  /** Counts up; the order in which things were done. */
  readonly seq: number;
  readonly event: CourierEvent;
  /** Key of a picture that is sent before it. */
  readonly photo?: string;
  readonly state: "waiting" | "refused";
  readonly why: Why | "invalid" | null;
}

export interface Photo {
  readonly key: string;
  readonly deliveryId: number;
  /** base64 */
  readonly jpeg: string;
}

export type Theme = "auto" | "light" | "dark";
export type Navigation = "geo" | "google" | "apple" | "osm";

export interface Settings {
  readonly theme: Theme;
  readonly language: "de" | "en" | null;
  /** null: not chosen yet. */
  readonly navigation: Navigation | null;
  /** The courier allowed that the round's dispatcher sees the place. */
  readonly sharesPlace: boolean;
}

/** Single values by name. */
export interface Kept {
  key: string;
  page: CourierPage;
  map: RoundMap;
  settings: Settings;
  /** Node's clock minus phone's, ms. */
  skewMs: number;
  /** Id of the last message that was read. */
  readMessage: number;
}

/** What a synchronisation brought. */
export interface Settled {
  readonly taken: readonly number[];
  readonly refused: readonly { readonly seq: number; readonly why: Queued["why"] }[];
}

export interface Store {
  read<Name extends keyof Kept>(name: Name): Promise<Kept[Name] | undefined>;
  write<Name extends keyof Kept>(name: Name, value: Kept[Name]): Promise<void>;
  remove(name: keyof Kept): Promise<void>;
  /** In the order in which things were done. */
  queue(): Promise<Queued[]>;
  /** All of it or nothing; scanned codes are remembered beyond the queue. */
  enqueue(events: readonly CourierEvent[], photo?: Photo): Promise<void>;
  settle(settled: Settled): Promise<void>;
  photo(key: string): Promise<Photo | undefined>;
  /** The codes that were scanned for a shift. */
  scans(): Promise<readonly Scan[]>;
  /** Drops what belongs to shifts that are no more. */
  forgetShifts(known: readonly number[]): Promise<void>;
}

export interface Scan {
  readonly shiftId: number;
  readonly code: string;
}

/** Which queued event carries the picture: the last one. */
export function withPhoto(events: readonly CourierEvent[], photo: Photo | undefined): Omit<Queued, "seq">[] {
  return events.map((event, n) => ({
    event,
    ...(photo && n === events.length - 1 && { photo: photo.key }),
    state: "waiting",
    why: null,
  }));
}

/** A store that lives as long as the page: for browsers that keep nothing, and for tests. */
export function memoryStore(): Store {
  const kept = new Map<string, unknown>();
  const queue = new Map<number, Queued>();
  const photos = new Map<string, Photo>();
  const scans = new Map<string, Scan>();
  let last = 0;
  return {
    read: async <Name extends keyof Kept>(name: Name) => kept.get(name) as Kept[Name] | undefined,
    write: async (name, value) => void kept.set(name, value),
    remove: async (name) => void kept.delete(name),
    queue: async () => [...queue.values()].sort((a, b) => a.seq - b.seq),
    async enqueue(events, photo) {
      if (photo) photos.set(photo.key, photo);
      for (const one of withPhoto(events, photo)) {
        last += 1;
        queue.set(last, { ...one, seq: last });
        const { event } = one;
        if (event.kind === "scan") scans.set(`${event.shiftId} ${event.code}`, event);
      }
    },
    async settle({ taken, refused }) {
      for (const seq of taken) {
        const photo = queue.get(seq)?.photo;
        if (photo) photos.delete(photo);
        queue.delete(seq);
      }
      for (const { seq, why } of refused) {
        const one = queue.get(seq);
        if (one) queue.set(seq, { ...one, state: "refused", why });
      }
    },
    photo: async (key) => photos.get(key),
    scans: async () => [...scans.values()].map(({ shiftId, code }) => ({ shiftId, code })),
    async forgetShifts(known) {
      for (const [id, { shiftId }] of scans) if (!known.includes(shiftId)) scans.delete(id);
    },
  };
}
