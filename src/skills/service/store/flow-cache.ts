import type { House } from "#kernel";
import { EMPTY_FLOWS, makeStoredFlows, type StoredFlows } from "../flows/stored-flows.ts";

/** Topic of the announcement after another version went live. */
export const FLOWS = "flows";

/** The live flows of the tenants a process answers for, and the versions that conversations may still be in. */
export interface FlowCache {
  /** Loads what is missing or was announced as changed. Nearly free when nothing is. */
  prepare(tenantIds: readonly number[]): Promise<void>;
  of(tenantId: number): StoredFlows;
}

/** A missed announcement is found by looking this often. */
const CHECK_EVERY_MS = 15_000;
/** A conversation that slept longer on a replaced version goes to a person. */
const RETIRED_KEPT_MS = 90 * 86_400_000;

interface Entry {
  readonly revision: number;
  readonly flows: StoredFlows;
}

interface Row {
  tenant_id: number;
  revision: number;
  id: number | null;
  name: string;
  version: number;
  text: string;
  is_live: boolean;
}

const caches = new WeakMap<House, FlowCache>();

/** One cache a process, whoever asks first. */
export function flowCacheOf(house: House): FlowCache {
  const cache = caches.get(house) ?? openFlowCache(house);
  caches.set(house, cache);
  return cache;
}

function openFlowCache(house: House): FlowCache {
  const entries = new Map<number, Entry>();
  const stale = new Set<number>();
  let checkedAt = house.clock.now();
  house.onAnnounce(FLOWS, (tenantId) => stale.add(tenantId));

  async function check(): Promise<void> {
    const { rows } = await house.db.node.query<{ tenant_id: number; revision: number }>({
      name: "service-flow-heads",
      text: "select tenant_id, revision from service.flow_head where tenant_id = any($1::int[])",
      values: [[...entries.keys()]],
    });
    for (const { tenant_id, revision } of rows)
      if (entries.get(tenant_id)?.revision !== revision) stale.add(tenant_id);
  }

  return {
    async prepare(tenantIds) {
      const now = house.clock.now();
      if (now - checkedAt >= CHECK_EVERY_MS && entries.size > 0) {
        checkedAt = now;
        check().catch((error: Error) =>
          house.log.warn({ error: error.message }, "flows: not checked for changes"),
        );
      }
      const wanted = tenantIds.filter((id) => !entries.has(id) || stale.has(id));
      if (wanted.length === 0) return;
      // Before the question: what is announced while it is answered counts again.
      for (const id of wanted) stale.delete(id);
      try {
        const found = await load(house, wanted, now);
        for (const id of wanted) entries.set(id, found.get(id) ?? { revision: 0, flows: EMPTY_FLOWS });
      } catch (error) {
        for (const id of wanted) stale.add(id);
        throw error;
      }
    },
    of: (tenantId) => entries.get(tenantId)?.flows ?? EMPTY_FLOWS,
  };
}

async function load(house: House, tenantIds: readonly number[], now: number): Promise<Map<number, Entry>> {
  const { rows } = await house.db.node.query<Row>({
    name: "service-flows",
    text: `select h.tenant_id, h.revision, f.id, f.name, v.version, v.text, coalesce(v.version = f.live_version, false) as is_live
      from service.flow_head h
      left join service.flow f on f.tenant_id = h.tenant_id
      left join service.flow_version v on v.tenant_id = f.tenant_id and v.flow_id = f.id and (v.version = f.live_version or v.retired_at > $2)
      where h.tenant_id = any($1::int[]) order by f.name, v.version`,
    values: [tenantIds, new Date(now - RETIRED_KEPT_MS)],
  });
  const byTenant = Map.groupBy(rows, (row) => row.tenant_id);
  return new Map(
    [...byTenant].map(([tenantId, all]) => {
      const versions = all.flatMap(({ id, name, version, text, is_live }) =>
        id === null || version === null ? [] : [{ id, name, version, text, isLive: is_live }],
      );
      return [tenantId, { revision: all[0]?.revision ?? 0, flows: makeStoredFlows(versions) }];
    }),
  );
}
