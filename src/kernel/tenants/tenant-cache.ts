import { byteLru } from "../byte-lru.ts";
import type { House } from "../skill.ts";

/**
 * What the flows of one process know about each company: read set-wise before a batch, at hand during it. Bounded; what is
 * announced as changed is read again, and a missed announcement is made good within a minute.
 */
export interface TenantCache<Value> {
  /** Reads what is missing, announced as changed or old. Nearly free when nothing is. */
  prepare(tenantIds: readonly number[]): Promise<void>;
  of(tenantId: number): Value;
}

export interface TenantCacheParts<Value> {
  /** Of the announcement after a change. */
  readonly topic: string;
  /** What a company without anything has. */
  readonly none: Value;
  readonly limitBytes: number;
  /** @returns the companies that have something, by id; now in ms */
  read(tenantIds: readonly number[], now: number): Promise<ReadonlyMap<number, Value>>;
  /** About how much memory it takes. */
  bytesOf(value: Value): number;
}

const FRESH_MS = 60_000;
/** Of an entry, whatever it holds. */
const ENTRY_BYTES = 200;

export function openTenantCache<Value>(house: House, parts: TenantCacheParts<Value>): TenantCache<Value> {
  const kept = byteLru<{ readonly value: Value; readonly readAt: number }>(parts.limitBytes);
  // Marked, not dropped: a batch that is under way still answers with what it has.
  const stale = new Set<number>();
  house.onAnnounce(parts.topic, (tenantId) => void stale.add(tenantId));

  async function read(wanted: readonly number[], now: number): Promise<void> {
    // Before the question: what is announced while it is answered counts again.
    for (const id of wanted) stale.delete(id);
    try {
      const found = await parts.read(wanted, now);
      for (const id of wanted) {
        const value = found.get(id);
        const bytes = value === undefined ? 0 : parts.bytesOf(value);
        kept.set(String(id), { value: value ?? parts.none, readAt: now }, ENTRY_BYTES + bytes);
      }
    } catch (error) {
      for (const id of wanted) stale.add(id);
      throw error;
    }
  }

  return {
    async prepare(tenantIds) {
      const now = house.clock.now();
      kept.trim();
      const wanted = [...new Set(tenantIds)].filter((id) => {
        const entry = kept.use(String(id));
        return !entry || stale.has(id) || now - entry.readAt > FRESH_MS;
      });
      if (wanted.length > 0) await read(wanted, now);
    },
    of: (tenantId) => kept.peek(String(tenantId))?.value ?? parts.none,
  };
}
