import type { House } from "#kernel";
import type { KnownTopic } from "../rules/wish.ts";
import { KNOWN_TOPICS, type KnownTopicRow } from "./topics.ts";

/** What every process is told when topics changed. */
export const TOPICS = "notices";

/** Public topics by company, in memory; the flow asks for them at every message. */
export interface KnownTopics {
  prepare(tenantIds: readonly number[]): Promise<void>;
  of(tenantId: number): readonly KnownTopic[];
}

/** An announcement can be lost with a connection; then what is known here is this old at most. */
const STALE_MS = 60_000;
/** Companies kept at once; beyond it the oldest are read again when they are wanted. */
const COMPANIES_MOST = 20_000;

export function openKnownTopics(house: House): KnownTopics {
  const known = new Map<number, { topics: readonly KnownTopic[]; readAt: number }>();
  house.onAnnounce(TOPICS, (tenantId) => void known.delete(tenantId));
  return {
    async prepare(tenantIds) {
      const now = performance.now();
      const missing = tenantIds.filter(
        (id) => now - (known.get(id)?.readAt ?? Number.NEGATIVE_INFINITY) > STALE_MS,
      );
      if (missing.length === 0) return;
      const { rows } = await house.db.node.query<KnownTopicRow>({
        name: "notices-known-topics",
        text: KNOWN_TOPICS,
        values: [missing],
      });
      if (known.size + missing.length > COMPANIES_MOST) known.clear();
      for (const id of missing)
        known.set(id, { topics: rows.filter((row) => row.tenant_id === id), readAt: now });
    },
    of: (tenantId) => known.get(tenantId)?.topics ?? [],
  };
}
