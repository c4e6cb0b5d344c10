import type { House } from "#kernel";
import { type Knowledge, makeKnowledge } from "../flows/knowledge.ts";
import type { Known } from "../flows/scene.ts";
import { bytesOf, type Model } from "../rules/index.ts";
import { byteLru, type CacheFigures } from "./byte-lru.ts";
import { type Head, loadContents, loadHeads, loadModels } from "./load.ts";

/** Topic of the announcement after a change of knowledge or model. */
export const KNOWLEDGE = "knowledge";

export interface KnowledgeCache {
  /** Loads what is missing or was announced as changed, set-wise. Nearly free when nothing is. */
  prepare(tenantIds: readonly number[], options?: { withModels: boolean }): Promise<void>;
  /** What stands ready since `prepare`. */
  known(tenantId: number): Known;
  figures(): { models: CacheFigures; contents: CacheFigures };
}

/** Answers of companies with different knowledge; a company of 60 topics in two languages takes about 0.2 MB. */
const CONTENT_LIMIT_BYTES = 96 * 2 ** 20;
/** A missed announcement is found by looking this often. */
const CHECK_EVERY_MS = 15_000;

const NOTHING: Head = { revision: 0, contentKey: "", modelKey: null };
const EMPTY: Knowledge = makeKnowledge([]);

/**
 * Knowledge and models of the tenants a process answers for. Both are shared by content: companies with equal
 * knowledge share one copy.
 * @param modelLimitBytes memory of loaded models
 */
export function openKnowledgeCache(house: House, modelLimitBytes: number): KnowledgeCache {
  const heads = new Map<number, Head>();
  const stale = new Set<number>();
  const contents = byteLru<Knowledge>(CONTENT_LIMIT_BYTES);
  const models = byteLru<Model>(modelLimitBytes);
  let checkedAt = house.clock.now();
  house.onAnnounce(KNOWLEDGE, (tenantId) => stale.add(tenantId));

  async function readHeads(tenantIds: readonly number[]): Promise<void> {
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

  async function readContents(tenantIds: readonly number[]): Promise<void> {
    const missing = new Map<string, number>();
    for (const id of tenantIds) {
      const { contentKey } = heads.get(id) ?? NOTHING;
      if (contentKey !== "" && !contents.use(contentKey)) missing.set(contentKey, id);
    }
    if (missing.size === 0) return;
    const found = await loadContents(house.db, [...missing.values()]);
    for (const [key, knowledge] of found) contents.set(key, knowledge, knowledge.bytes);
    // A tenant without topics has a key and no rows.
    for (const key of missing.keys()) if (!found.has(key)) contents.set(key, EMPTY, 0);
  }

  async function readModels(tenantIds: readonly number[]): Promise<void> {
    const missing = new Set<string>();
    for (const id of tenantIds) {
      const key = heads.get(id)?.modelKey;
      if (key && !missing.has(key) && !models.use(key)) missing.add(key);
    }
    if (missing.size === 0) return;
    for (const [key, model] of await loadModels(house.db, [...missing]))
      models.set(key, model, bytesOf(model));
  }

  /** Finds what changed without an announcement; nobody waits for it. */
  function checkNowAndThen(): void {
    const now = house.clock.now();
    if (now - checkedAt < CHECK_EVERY_MS || heads.size === 0) return;
    checkedAt = now;
    loadHeads(house.db, [...heads.keys()])
      .then((found) => {
        for (const [id, head] of heads) {
          const current = found.get(id) ?? NOTHING;
          if (current.contentKey !== head.contentKey || current.modelKey !== head.modelKey) stale.add(id);
        }
      })
      .catch((error: Error) =>
        house.log.warn({ error: error.message }, "knowledge: not checked for changes"),
      );
  }

  return {
    async prepare(tenantIds, { withModels } = { withModels: true }) {
      checkNowAndThen();
      await readHeads(tenantIds);
      contents.trim();
      await readContents(tenantIds);
      if (!withModels) return;
      models.trim();
      await readModels(tenantIds);
    },
    known(tenantId) {
      const head = heads.get(tenantId) ?? NOTHING;
      return {
        knowledge: contents.peek(head.contentKey) ?? EMPTY,
        model: head.modelKey === null ? null : (models.peek(head.modelKey) ?? null),
      };
    },
    figures: () => ({ models: models.figures(), contents: contents.figures() }),
  };
}
