import type { SourceRead } from "../../rules/feeds/item.ts";
import { readSource } from "../../rules/feeds/read-source.ts";
import type { ReadingOrder } from "./reading.ts";

/** What the process for large bodies does: one body, one answer. */
export function work({ kind, bytes, setting }: ReadingOrder): SourceRead {
  return readSource(kind, bytes, setting);
}
