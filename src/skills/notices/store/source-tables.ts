import type { SourceFault } from "../rules/feeds/health.ts";
import type { Problem, SourceItem, SourceKind } from "../rules/feeds/item.ts";

/** Row types of migrations/002_sources.sql, as the database hands them out. */

export interface SourceRow {
  id: number;
  name: string;
  kind: SourceKind;
  url: string | null;
  names_url: string | null;
  language: "de" | "en";
  topic_id: number;
  is_automatic: boolean;
  mapping: Record<string, string>;
  interval_seconds: number;
  active: boolean;
  secret: string | null;
  created_at: Date;
  etag: string | null;
  last_modified: string | null;
  next_at: Date | null;
  tried_at: Date | null;
  succeeded_at: Date | null;
  failures: number;
  fault: SourceFault | null;
  problems: Problem[];
  names_etag: string | null;
  names_last_modified: string | null;
  names_at: Date | null;
  names_fault: SourceFault | null;
  topic_ended: boolean;
  /** Parameters that its topic has now. */
  topic_keys: string[];
  live_items: number;
  names: number;
}

export interface SourceItemRow {
  item_id: string;
  story: string;
  item: SourceItem;
  is_live: boolean;
  revision: number;
  told_hash: string;
  told_starts_at: Date | null;
  told_ends_at: Date | null;
  misses: number;
  seen_at: Date;
}
