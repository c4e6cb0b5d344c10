import { byteLru, type FlowState, type House, type OpenFlow } from "#kernel";
import { STORED } from "../flows/stored.ts";
import {
  EMPTY_FLOWS,
  makeStoredFlows,
  readStored,
  type StoredFlow,
  type StoredFlows,
  type VersionText,
} from "../flows/stored-flows.ts";

/** Topic of the announcement after another version went live. */
export const FLOWS = "flows";

/** The live flows of the tenants a process answers for, and older versions that open conversations are in. */
export interface FlowCache {
  /**
   * Loads what is missing or was announced as changed. Nearly free when nothing is.
   * @param open what conversations stand in: of the versions that are live no more only these are read
   */
  prepare(tenantIds: readonly number[], open?: readonly OpenFlow[]): Promise<void>;
  of(tenantId: number): StoredFlows;
}

/** A missed announcement is found by looking this often. */
const CHECK_EVERY_MS = 15_000;
/** A conversation that slept longer on a replaced version goes to a person. */
const RETIRED_KEPT_MS = 90 * 86_400_000;
/** Read flows of all companies, and older versions of them; what a batch needs stays whatever it takes. */
const LIVE_LIMIT_BYTES = 96 * 2 ** 20;
const OLDER_LIMIT_BYTES = 16 * 2 ** 20;
/** Memory of a flow that is read, for each character of its text: measured 6 for one of the demo, 28 for the densest. */
const BYTES_PER_CHARACTER = 30;

interface Head {
  readonly revision: number;
  /** Companies without flows need no place in the cache. */
  readonly hasFlows: boolean;
}

interface Loaded {
  readonly revision: number;
  readonly texts: readonly VersionText[];
}

interface Row {
  tenant_id: number;
  revision: number;
  id: number | null;
  name: string;
  version: number;
  text: string;
}

interface Version {
  readonly tenantId: number;
  readonly id: number;
  readonly version: number;
}

const caches = new WeakMap<House, FlowCache>();

/** One cache a process, whoever asks first. */
export function flowCacheOf(house: House): FlowCache {
  const cache = caches.get(house) ?? openFlowCache(house);
  caches.set(house, cache);
  return cache;
}

function openFlowCache(house: House): FlowCache {
  const heads = new Map<number, Head>();
  const lives = byteLru<StoredFlows>(LIVE_LIMIT_BYTES);
  const older = byteLru<StoredFlow>(OLDER_LIMIT_BYTES);
  const stale = new Set<number>();
  let checkedAt = house.clock.now();
  house.onAnnounce(FLOWS, (tenantId) => stale.add(tenantId));

  async function check(): Promise<void> {
    const { rows } = await house.db.node.query<{ tenant_id: number; revision: number }>({
      name: "service-flow-heads",
      text: "select tenant_id, revision from service.flow_head where tenant_id = any($1::int[])",
      values: [[...heads.keys()]],
    });
    for (const { tenant_id, revision } of rows)
      if (heads.get(tenant_id)?.revision !== revision) stale.add(tenant_id);
  }

  const olderOf = (tenantId: number) => (id: number, version: number) =>
    older.peek(keyOf({ tenantId, id, version }));
  // A flow that was taken off is still open where somebody is in the middle of it.
  const none = (tenantId: number): StoredFlows => ({ ...EMPTY_FLOWS, version: olderOf(tenantId) });
  const of = (tenantId: number) =>
    (heads.get(tenantId)?.hasFlows ? lives.peek(String(tenantId)) : undefined) ?? none(tenantId);

  function keep(tenantId: number, { revision, texts }: Loaded): void {
    heads.set(tenantId, { revision, hasFlows: texts.length > 0 });
    if (texts.length > 0)
      lives.set(String(tenantId), makeStoredFlows(texts, olderOf(tenantId)), bytesOf(texts));
  }

  async function readLive(tenantIds: readonly number[]): Promise<void> {
    const isMissing = (id: number) => {
      const head = heads.get(id);
      const isKept = head?.hasFlows === false || (head && lives.use(String(id)) !== undefined);
      return !isKept || stale.has(id);
    };
    const wanted = tenantIds.filter(isMissing);
    if (wanted.length === 0) return;
    // Before the question: what is announced while it is answered counts again.
    for (const id of wanted) stale.delete(id);
    try {
      const found = await loadLive(house, wanted);
      for (const id of wanted) keep(id, found.get(id) ?? { revision: 0, texts: [] });
    } catch (error) {
      for (const id of wanted) stale.add(id);
      throw error;
    }
  }

  async function readOlder(open: readonly OpenFlow[]): Promise<void> {
    const wanted = new Map<string, Version>();
    for (const { tenantId, flow } of open) {
      const version = versionIn(tenantId, flow);
      if (!version || of(tenantId).isLive(version.id, version.version)) continue;
      if (!older.use(keyOf(version))) wanted.set(keyOf(version), version);
    }
    if (wanted.size === 0) return;
    const since = house.clock.now() - RETIRED_KEPT_MS;
    for (const row of await loadVersions(house, [...wanted.values()], since))
      older.set(keyOf({ ...row, tenantId: row.tenant_id }), readStored(row), bytesOf([row]));
  }

  return {
    async prepare(tenantIds, open = []) {
      const now = house.clock.now();
      if (now - checkedAt >= CHECK_EVERY_MS && heads.size > 0) {
        checkedAt = now;
        check().catch((error: Error) =>
          house.log.warn({ error: error.message }, "flows: not checked for changes"),
        );
      }
      lives.trim();
      older.trim();
      await readLive(tenantIds);
      await readOlder(open);
    },
    of,
  };
}

function keyOf({ tenantId, id, version }: Version): string {
  return `${tenantId}.${id}.${version}`;
}

function bytesOf(texts: readonly VersionText[]): number {
  return texts.reduce((sum, { text }) => sum + text.length * BYTES_PER_CHARACTER, 0);
}

/** Which version a conversation stands in; null where it is in no flow of the company's. */
function versionIn(tenantId: number, { skill, flow, data }: FlowState): Version | null {
  const [id, version] = [Number(data.id), Number(data.version)];
  const isStored = skill === "service" && flow === STORED;
  return isStored && Number.isInteger(id) && Number.isInteger(version) ? { tenantId, id, version } : null;
}

async function loadLive(house: House, tenantIds: readonly number[]): Promise<Map<number, Loaded>> {
  const { rows } = await house.db.node.query<Row>({
    name: "service-flows",
    text: `select h.tenant_id, h.revision, f.id, f.name, v.version, v.text
      from service.flow_head h
      left join (service.flow f join service.flow_version v on v.tenant_id = f.tenant_id and v.flow_id = f.id and v.version = f.live_version)
        on f.tenant_id = h.tenant_id
      where h.tenant_id = any($1::int[]) order by f.name`,
    values: [tenantIds],
  });
  const byTenant = Map.groupBy(rows, (row) => row.tenant_id);
  return new Map(
    [...byTenant].map(([tenantId, all]) => {
      const texts = all.flatMap(({ id, name, version, text }) =>
        id === null ? [] : [{ id, name, version, text }],
      );
      return [tenantId, { revision: all[0]?.revision ?? 0, texts }];
    }),
  );
}

/** @param since versions that were replaced before are forgotten */
async function loadVersions(
  house: House,
  versions: readonly Version[],
  since: number,
): Promise<(VersionText & { tenant_id: number })[]> {
  const { rows } = await house.db.node.query<VersionText & { tenant_id: number }>({
    name: "service-flow-versions",
    text: `select v.tenant_id, v.flow_id as id, f.name, v.version, v.text
      from unnest($1::int[], $2::int[], $3::int[]) w(tenant_id, flow_id, version)
      join service.flow_version v on v.tenant_id = w.tenant_id and v.flow_id = w.flow_id and v.version = w.version
      join service.flow f on f.tenant_id = v.tenant_id and f.id = v.flow_id
      where v.retired_at is null or v.retired_at > $4`,
    values: [
      versions.map(({ tenantId }) => tenantId),
      versions.map(({ id }) => id),
      versions.map(({ version }) => version),
      new Date(since),
    ],
  });
  return rows;
}
