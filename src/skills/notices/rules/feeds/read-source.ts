import { readCalendar } from "./calendar.ts";
import { readFeed } from "./feed.ts";
import { readAlerts } from "./gtfs-alerts.ts";
import type { ReadSetting, SourceRead } from "./item.ts";
import { readTable } from "./table.ts";

/** Kinds that come as bytes; what is pushed comes as checked JSON, see pushed.ts. */
const READERS = {
  feed: readFeed,
  gtfs_rt: readAlerts,
  ical: readCalendar,
  csv: readTable,
} as const;

/**
 * What a source's bytes say. Pure, and never throws for what stands in them: bytes that cannot be read at all are
 * `isBroken`, parts that cannot are `problems`.
 */
export function readSource(kind: keyof typeof READERS, bytes: Uint8Array, setting: ReadSetting): SourceRead {
  return READERS[kind](bytes, setting);
}
