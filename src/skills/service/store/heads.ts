import type { House } from "#kernel";
import { type Head, loadHeads } from "./load.ts";

/** Topic of the announcement after a change of knowledge or model. */
export const KNOWLEDGE = "knowledge";

/** Which knowledge and model each tenant of this process stands at. */
export interface Heads {
  of(tenantId: number): Head;
  /** Reads those that are missing or expired. */
  read(tenantIds: readonly number[]): Promise<void>;
  expire(tenantId: number): void;
  /** The model cannot be had; the next change brings another. */
  leaveModel(tenantId: number): void;
  /** Finds what changed without an announcement; nobody waits for it. */
  checkNowAndThen(): void;
}

/** A missed announcement is found by looking this often. */
const CHECK_EVERY_MS = 15_000;

const NOTHING: Head = { revision: 0, contentKey: "", modelKey: null };

export function openHeads(house: House): Heads {
  const heads = new Map<number, Head>();
  const stale = new Set<number>();
  let checkedAt = house.clock.now();
  house.onAnnounce(KNOWLEDGE, (tenantId) => stale.add(tenantId));

  async function read(tenantIds: readonly number[]): Promise<void> {
    const wanted = tenantIds.filter((id) => !heads.has(id) || stale.has(id));
    if (wanted.length === 0) return;
    // Before the question: what is announced while it is answered counts again.
    for (const id of wanted) stale.delete(id);
    try {
      const found = await loadHeads(house.db, wanted);
      for (const id of wanted) heads.set(id, found.get(id) ?? NOTHING);
    } catch (error) {
      for (const id of wanted) stale.add(id);
      throw error;
    }
  }

  async function check(): Promise<void> {
    const found = await loadHeads(house.db, [...heads.keys()]);
    for (const [id, head] of heads) {
      const current = found.get(id) ?? NOTHING;
      if (current.contentKey !== head.contentKey || current.modelKey !== head.modelKey) stale.add(id);
    }
  }

  return {
    of: (tenantId) => heads.get(tenantId) ?? NOTHING,
    read,
    expire: (tenantId) => void stale.add(tenantId),
    leaveModel: (tenantId) =>
      void heads.set(tenantId, { ...(heads.get(tenantId) ?? NOTHING), modelKey: null }),
    checkNowAndThen() {
      const now = house.clock.now();
      if (now - checkedAt < CHECK_EVERY_MS || heads.size === 0) return;
      checkedAt = now;
      check().catch((error: Error) =>
        house.log.warn({ error: error.message }, "knowledge: not checked for changes"),
      );
    },
  };
}
