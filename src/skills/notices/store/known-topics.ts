import { type House, openTenantCache, type TenantCache } from "#kernel";
import type { KnownTopic } from "../rules/wish.ts";
import { KNOWN_TOPICS, type KnownTopicRow } from "./topics.ts";

/** What every process is told when topics changed. */
export const TOPICS = "notices";

const LIMIT_BYTES = 64 * 2 ** 20;
/** Of a topic with its parameters. */
const TOPIC_BYTES = 2_000;

/** Public topics by company, in memory; the flow asks for them at every message. */
export function openKnownTopics(house: House): TenantCache<readonly KnownTopic[]> {
  return openTenantCache<readonly KnownTopic[]>(house, {
    topic: TOPICS,
    none: [],
    limitBytes: LIMIT_BYTES,
    bytesOf: (topics) => topics.length * TOPIC_BYTES,
    async read(tenantIds) {
      const { rows } = await house.db.node.query<KnownTopicRow>({
        name: "notices-known-topics",
        text: KNOWN_TOPICS,
        values: [[...tenantIds]],
      });
      return Map.groupBy(rows, (row) => row.tenant_id);
    },
  });
}
