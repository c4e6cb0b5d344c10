import { type AnyRoute, type House, type Timer, translate } from "#kernel";
import { openFetcher, type SourceFetcher } from "../adapters/sources/fetch-source.ts";
import { type PollParts, sourceTimers } from "../adapters/sources/poll.ts";
import type { TakeStories } from "../adapters/sources/take-reading.ts";
import { de } from "../messages/de.ts";
import { en } from "../messages/en.ts";
import type { Lead } from "../rules/feeds/notice-of-story.ts";
import { pushRoutes } from "./source-pushes.ts";
import { sourceRoutes } from "./sources.ts";

export interface SourcesOptions {
  /** Makes a notice or a draft of each part of a story. */
  readonly take: TakeStories;
  /** The first recipients of a notice that began. */
  readonly begin?: (house: House, tenantId: number, noticeId: number) => Promise<void>;
  /** `host` or `host:port` that may be asked although their address is private; set by the node's operator. */
  readonly allowedHosts?: (house: House) => readonly string[];
}

/** The sources of notices, ready for the manifest. */
export interface Sources {
  routes(house: House): readonly AnyRoute[];
  timers(house: House): Readonly<Record<string, (timer: Timer) => Promise<void>>>;
}

export function openSources({ take, begin, allowedHosts = () => [] }: SourcesOptions): Sources {
  const fetchers = new WeakMap<House, SourceFetcher>();
  const partsOf = (house: House): PollParts => {
    const fetcher = fetchers.get(house) ?? openFetcher({ allowedHosts: allowedHosts(house) });
    fetchers.set(house, fetcher);
    const first = (tenantId: number, noticeId: number) =>
      begin?.(house, tenantId, noticeId) ?? Promise.resolve();
    return { fetcher, teller: { take, lead, begin: first }, random: Math.random };
  };
  return {
    routes(house) {
      const parts = partsOf(house);
      return [...sourceRoutes(house, parts), ...pushRoutes(house, parts.teller)];
    },
    timers: (house) => sourceTimers(house, partsOf(house)),
  };
}

/** Alerts go as they are; what follows says what it is. */
const lead: Lead = (phase, language) =>
  phase === "alert"
    ? ""
    : translate({ de, en }, { language, form: "sie" }, phase === "update" ? "storyUpdate" : "storyOver");
