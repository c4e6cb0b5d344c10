import { createHash } from "node:crypto";
import type { SourceItem, SourceKind, SourceRead } from "./item.ts";

/**
 * From what a source says now and what it said before to what is new: an alert that is created, changed several times
 * and taken away is ONE story, whatever ids the source gives it.
 */

export interface KnownItem {
  /** The source's id, as last seen. */
  readonly id: string;
  /** The story's own key: the first id it came with. Stays when the source renames it. */
  readonly story: string;
  readonly item: SourceItem;
  readonly isLive: boolean;
  /** Parts told so far; 0 = it stood there when the source was connected, and nobody was told. */
  readonly revision: number;
  /** As last told. */
  readonly told: Told;
  /** Readings in a row that did not have it. */
  readonly misses: number;
}

export interface Told {
  /** Of words and values, see `contentHash`. */
  readonly hash: string;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
}

export type EndReason = "gone" | "cancelled" | "expired";

/** One part of a story. */
export interface Story {
  readonly key: string;
  /** 1, 2, 3 ...: the part's number, an idempotency key together with `key`. */
  readonly revision: number;
  readonly change: "created" | "changed" | "ended";
  /** Why it ended. */
  readonly reason: EndReason | null;
  readonly item: SourceItem;
}

/** How a kind of source tells its stories. */
export interface StoryRules {
  /** What stands there when the source is connected is news: alerts are, old articles are not. */
  readonly tellsFirst: boolean;
  readonly tellsChanges: boolean;
  /** Readings in a row without it until it counts as taken away: one gap in a feed is no all-clear. */
  readonly missesUntilEnded: number;
  /** A start or end that moves by less is no news, ms: some feeds move the end forward with every reading. */
  readonly timeTolerance_ms: number;
  /** An end that is reached is told: the all-clear. Appointments end quietly. */
  readonly tellsExpiry: boolean;
}

const MINUTE_MS = 60_000;
const PUSHED: StoryRules = {
  tellsFirst: true,
  tellsChanges: true,
  missesUntilEnded: 1,
  timeTolerance_ms: MINUTE_MS,
  tellsExpiry: false,
};

export const STORY_RULES: Readonly<Record<SourceKind, StoryRules>> = {
  feed: { ...PUSHED, tellsFirst: false, tellsChanges: false },
  gtfs_rt: { ...PUSHED, missesUntilEnded: 2, timeTolerance_ms: 60 * MINUTE_MS, tellsExpiry: true },
  ical: { ...PUSHED, tellsFirst: false, missesUntilEnded: 2 },
  csv: PUSHED,
  webhook: PUSHED,
  api: PUSHED,
};

export interface Telling {
  readonly stories: readonly Story[];
  /** New and changed rows; what is not named stays as it was. */
  readonly items: readonly KnownItem[];
  /** Ids that the source no longer uses, because it renamed their items. */
  readonly renamed: readonly string[];
  /** Items of this reading that say the same as another one. */
  readonly doubles: number;
}

/** Names that were looked up: they come later than the ids, and a corrected name is no news. */
const LOOKED_UP: Readonly<Record<string, string>> = {
  line: "route_id",
  stop: "stop_id",
  agency: "agency_id",
};
/** Of journeys and vehicles; no subscriber chooses by them, and they change with the timetable. */
const UNTOLD = new Set(["trip_id", "mode"]);

/**
 * SHA-256 of all that a reader would notice. Not of the id, nor of the time of publication: many feeds write both anew
 * with every reading.
 */
export function contentHash(item: SourceItem): string {
  const values = Object.entries(item.values)
    .filter(([key]) => !(UNTOLD.has(key) || (LOOKED_UP[key] ?? "") in item.values))
    .map(([key, list]) => [key, list.toSorted()] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const content = [
    item.title.de,
    item.title.en,
    item.text.de,
    item.text.en,
    item.link,
    item.isCancelled,
    values,
  ];
  return createHash("sha256").update(JSON.stringify(content)).digest("base64url");
}

/**
 * @param known what was known before; every live item of the source, and ended ones as long as they are kept
 * @param read null = nothing new was sent (304): only time has passed
 */
export function tellStories(
  known: readonly KnownItem[],
  read: SourceRead | null,
  at: { rules: StoryRules; now: number; isFirst: boolean },
): Telling {
  const teller = new Teller(known, at);
  if (read) teller.read(read);
  teller.passTime(read);
  return teller;
}

class Teller implements Telling {
  readonly stories: Story[] = [];
  readonly renamed: string[] = [];
  doubles = 0;
  private readonly changed = new Map<string, KnownItem>();
  private readonly byId: Map<string, KnownItem>;
  private readonly byHash: Map<string, KnownItem>;
  private readonly at: { rules: StoryRules; now: number; isFirst: boolean };

  constructor(known: readonly KnownItem[], at: { rules: StoryRules; now: number; isFirst: boolean }) {
    this.byId = new Map(known.map((one) => [one.id, one]));
    this.byHash = new Map(known.map((one) => [one.told.hash, one]));
    this.at = at;
  }

  get items(): readonly KnownItem[] {
    return [...this.changed.values()];
  }

  read(read: SourceRead): void {
    const present = new Set(read.items.map(({ id }) => id));
    const taken = new Set<string>();
    for (const item of read.items) {
      // The same id twice in one reading: the first one stands.
      if (taken.has(item.id)) {
        this.doubles++;
        continue;
      }
      taken.add(item.id);
      this.take(item, present);
    }
    for (const id of read.ended) {
      const known = this.byId.get(id);
      if (known?.isLive) this.end(known, "gone");
    }
  }

  private take(item: SourceItem, present: ReadonlySet<string>): void {
    const hash = contentHash(item);
    const known = this.byId.get(item.id) ?? this.rename(item, hash, present);
    if (known === "double") this.doubles++;
    else if (known === undefined) this.create(item, hash);
    else this.update(known, item, hash);
  }

  /** The same words under a new id: the source renamed its item, or has it twice. */
  private rename(
    item: SourceItem,
    hash: string,
    present: ReadonlySet<string>,
  ): KnownItem | "double" | undefined {
    const same = this.byHash.get(hash);
    if (!same) return undefined;
    if (present.has(same.id)) return "double";
    this.renamed.push(same.id);
    this.byId.delete(same.id);
    this.changed.delete(same.id);
    const known = { ...same, id: item.id, item };
    this.keep(known);
    return known;
  }

  private create(item: SourceItem, hash: string): void {
    const isOver = item.isCancelled || this.isOver(item);
    const isQuiet = (this.at.isFirst && !this.at.rules.tellsFirst) || isOver;
    const known: KnownItem = {
      id: item.id,
      story: item.id,
      item,
      isLive: !isOver,
      revision: isQuiet ? 0 : 1,
      told: toldOf(item, hash),
      misses: 0,
    };
    this.keep(known);
    if (!isQuiet) this.stories.push(partOf(known, "created"));
  }

  private update(known: KnownItem, item: SourceItem, hash: string): void {
    const { rules } = this.at;
    if (known.isLive && item.isCancelled) {
      this.end({ ...known, item }, "cancelled");
      return;
    }
    if (!known.isLive) {
      if (!item.isCancelled && !this.isOver(item)) this.reopen(known, item, hash);
      return;
    }
    const isNews = hash !== known.told.hash || this.hasMoved(known.told, item);
    if (!isNews) {
      if (known.misses > 0 || timesDiffer(known.item, item)) this.keep({ ...known, item, misses: 0 });
      return;
    }
    const next: KnownItem = { ...known, item, misses: 0, told: toldOf(item, hash) };
    if (rules.tellsChanges && !this.isOver(item)) this.tell(next, "changed");
    else this.keep(next);
  }

  private reopen(known: KnownItem, item: SourceItem, hash: string): void {
    this.tell({ ...known, item, isLive: true, misses: 0, told: toldOf(item, hash) }, "created");
  }

  /** Called once after each reading, also after one that brought nothing new. */
  passTime(read: SourceRead | null): void {
    const { rules } = this.at;
    const present = read?.isComplete ? new Set(read.items.map(({ id }) => id)) : null;
    for (const known of [...this.byId.values()]) {
      if (!known.isLive) continue;
      // 304 says that the last reading still holds, so what it did not have is missing once more.
      const isMissing = present ? !present.has(known.id) : read === null && known.misses > 0;
      if (this.isOver(known.item)) this.end(known, "expired");
      else if (!isMissing) continue;
      else if (known.misses + 1 < rules.missesUntilEnded) this.keep({ ...known, misses: known.misses + 1 });
      else this.end(known, "gone");
    }
  }

  private end(known: KnownItem, reason: EndReason): void {
    const over: KnownItem = { ...known, isLive: false, misses: 0 };
    // Who was never told of it needs no all-clear.
    const isTold = known.revision > 0 && (reason !== "expired" || this.at.rules.tellsExpiry);
    if (isTold) this.tell(over, "ended", reason);
    else this.keep(over);
  }

  private tell(known: KnownItem, change: Story["change"], reason: EndReason | null = null): void {
    const next = { ...known, revision: known.revision + 1 };
    this.keep(next);
    // What nobody was told about begins for them here.
    this.stories.push(partOf(next, next.revision === 1 ? "created" : change, reason));
  }

  private keep(known: KnownItem): void {
    this.byId.set(known.id, known);
    this.byHash.set(known.told.hash, known);
    this.changed.set(known.id, known);
  }

  private isOver({ endsAt }: SourceItem): boolean {
    return endsAt !== null && endsAt <= this.at.now;
  }

  private hasMoved(told: Told, item: SourceItem): boolean {
    const { rules, now } = this.at;
    const moved = (before: number | null, after: number | null) =>
      before === null || after === null
        ? before !== after
        : Math.abs(after - before) > rules.timeTolerance_ms;
    // A start that has passed is history; feeds like to move it to the time of the reading.
    const hasBegun = (told.startsAt ?? 0) <= now && (item.startsAt ?? 0) <= now;
    return moved(told.endsAt, item.endsAt) || (!hasBegun && moved(told.startsAt, item.startsAt));
  }
}

function toldOf(item: SourceItem, hash: string): Told {
  return { hash, startsAt: item.startsAt, endsAt: item.endsAt };
}

function timesDiffer(a: SourceItem, b: SourceItem): boolean {
  return a.startsAt !== b.startsAt || a.endsAt !== b.endsAt;
}

function partOf(known: KnownItem, change: Story["change"], reason: EndReason | null = null): Story {
  return { key: known.story, revision: known.revision, change, reason, item: known.item };
}
