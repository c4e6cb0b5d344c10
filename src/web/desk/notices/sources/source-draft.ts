import type { Source, SourceChange, SourceInput } from "../../../../skills/notices/api.ts";

/** What stands in the form of a source. */
export interface SourceDraft {
  kind: Source["kind"];
  name: string;
  url: string;
  namesUrl: string;
  language: "de" | "en";
  topicId: number | null;
  isAutomatic: boolean;
  mapping: Readonly<Record<string, string>>;
  /** Minutes as typed; "" = as is usual for its kind. */
  minutes: string;
  isActive: boolean;
}

export const sourceKinds = ["gtfs_rt", "feed", "ical", "csv", "webhook", "api"] as const;
const fetched: readonly Source["kind"][] = ["gtfs_rt", "feed", "ical"];

/** Is it asked by us? The others send by themselves. */
export function isFetched(kind: Source["kind"]): kind is "feed" | "gtfs_rt" | "ical" {
  return fetched.includes(kind);
}

export function emptySource(language: "de" | "en", topicId: number | null): SourceDraft {
  return {
    kind: "gtfs_rt",
    name: "",
    url: "",
    namesUrl: "",
    language,
    topicId,
    isAutomatic: false,
    mapping: {},
    minutes: "",
    isActive: true,
  };
}

const minuteSeconds = 60;

export function sourceDraftOf(source: Source): SourceDraft {
  const { kind, name, url, namesUrl, language, topicId, isAutomatic, mapping, isActive } = source;
  return {
    kind,
    name,
    url: url ?? "",
    namesUrl: namesUrl ?? "",
    language,
    topicId,
    isAutomatic,
    mapping,
    minutes: String(source.intervalSeconds / minuteSeconds),
    isActive,
  };
}

export type SourceFault = "name" | "url" | "namesUrl" | "topic" | "minutes";

export function sourceFaults(draft: SourceDraft): readonly SourceFault[] {
  const faults: SourceFault[] = [];
  if (!draft.name.trim()) faults.push("name");
  if (isFetched(draft.kind) && !isAddress(draft.url)) faults.push("url");
  if (draft.kind === "gtfs_rt" && draft.namesUrl.trim() && !isAddress(draft.namesUrl))
    faults.push("namesUrl");
  if (draft.topicId === null) faults.push("topic");
  const seconds = secondsOf(draft.minutes);
  if (isFetched(draft.kind) && seconds !== null && !(seconds >= 30 && seconds <= 86_400))
    faults.push("minutes");
  return faults;
}

export function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s@]+$/.test(text.trim());
}

/** @returns whole seconds; null where nothing is typed; NaN for what is no number */
function secondsOf(minutes: string): number | null {
  const text = minutes.trim().replace(",", ".");
  return text === "" ? null : Math.round(Number(text) * minuteSeconds);
}

export function sourceInputOf(draft: SourceDraft, topicId: number): SourceInput {
  const { kind, name, language, isAutomatic, isActive } = draft;
  const asked = isFetched(kind);
  return {
    kind,
    name: name.trim(),
    url: asked ? draft.url.trim() : null,
    namesUrl: kind === "gtfs_rt" ? draft.namesUrl.trim() || null : null,
    language,
    topicId,
    isAutomatic,
    mapping: Object.fromEntries(Object.entries(draft.mapping).filter(([, key]) => key !== "")),
    intervalSeconds: asked ? secondsOf(draft.minutes) : null,
    isActive,
  };
}

/** The same as a change: the kind stays, and only what is fetched has an address. */
export function sourceChangeOf(draft: SourceDraft, topicId: number): SourceChange {
  const { kind, url, namesUrl, intervalSeconds, ...rest } = sourceInputOf(draft, topicId);
  return {
    ...rest,
    ...(url !== null && { url, intervalSeconds }),
    ...(kind === "gtfs_rt" && { namesUrl }),
  };
}
