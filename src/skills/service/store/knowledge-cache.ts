import { byteLru, type CacheFigures, type House } from "#kernel";
import { bytesOf, type Model } from "../engine/index.ts";
import { type Knowledge, makeKnowledge } from "../flows/knowledge.ts";
import type { Known } from "../flows/scene.ts";
import { openHeads } from "./heads.ts";
import { loadContents, loadModels } from "./load.ts";
import { replaceModels } from "./outdated-models.ts";

export interface KnowledgeCache {
  /** Loads what is missing or was announced as changed, set-wise. Nearly free when nothing is. */
  prepare(tenantIds: readonly number[], options?: { withModels: boolean }): Promise<void>;
  /** What stands ready since `prepare`. */
  known(tenantId: number): Known;
  figures(): { models: CacheFigures; contents: CacheFigures };
}

/** Answers of companies with different knowledge; a company of 60 topics in two languages takes about 0.2 MB. */
const CONTENT_LIMIT_BYTES = 96 * 2 ** 20;
/** Knowledge that changes while it is read is read again, but not for ever. */
const MOST_ATTEMPTS = 3;

const MODEL_CACHE_BYTES = 400 * 2 ** 20;

/** One cache a process, whoever asks first. @param limit memory of loaded models, bytes */
export function openKnowledgeCaches(limit: (house: House) => number = () => MODEL_CACHE_BYTES) {
  const caches = new WeakMap<House, KnowledgeCache>();
  return (house: House): KnowledgeCache => {
    const cache = caches.get(house) ?? openKnowledgeCache(house, limit(house));
    caches.set(house, cache);
    return cache;
  };
}

const EMPTY: Knowledge = makeKnowledge([]);

/**
 * Knowledge and models of the tenants a process answers for. Both are shared by content: companies with equal
 * knowledge share one copy.
 * @param modelLimitBytes memory of loaded models
 */
export function openKnowledgeCache(house: House, modelLimitBytes: number): KnowledgeCache {
  const table = openHeads(house);
  const contents = byteLru<Knowledge>(CONTENT_LIMIT_BYTES);
  const models = byteLru<Model>(modelLimitBytes);

  /** @returns false when a tenant's knowledge changed between the two questions */
  async function readContents(tenantIds: readonly number[]): Promise<boolean> {
    const missing = new Map<string, number>();
    for (const id of tenantIds) {
      const { contentKey } = table.of(id);
      if (contentKey !== "" && !contents.use(contentKey)) missing.set(contentKey, id);
    }
    if (missing.size === 0) return true;
    const found = await loadContents(house.db, [...missing.values()]);
    for (const [key, knowledge] of found) contents.set(key, knowledge, knowledge.bytes);
    const moved = [...missing].filter(([key]) => !found.has(key));
    for (const [, id] of moved) table.expire(id);
    return moved.length === 0;
  }

  async function readModels(tenantIds: readonly number[]): Promise<void> {
    const missing = new Map<string, number[]>();
    for (const id of tenantIds) {
      const key = table.of(id).modelKey;
      if (!key) continue;
      const waiting = missing.get(key);
      if (waiting) waiting.push(id);
      else if (!models.use(key)) missing.set(key, [id]);
    }
    if (missing.size === 0) return;
    const loaded = await loadModels(house.db, [...missing.keys()]);
    for (const [key, model] of loaded.models) models.set(key, model, bytesOf(model));
    // Without a model they hand over; the next look at the heads finds the new one.
    for (const [key, ids] of missing) {
      if (!loaded.models.has(key)) for (const id of ids) table.leaveModel(id);
    }
    if (loaded.unreadable.length > 0) await replaceModels(house, loaded.unreadable);
  }

  return {
    async prepare(tenantIds, { withModels } = { withModels: true }) {
      table.checkNowAndThen();
      contents.trim();
      for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        await table.read(tenantIds);
        if (await readContents(tenantIds)) break;
      }
      if (!withModels) return;
      models.trim();
      await readModels(tenantIds);
    },
    known(tenantId) {
      const head = table.of(tenantId);
      return {
        knowledge: contents.peek(head.contentKey) ?? EMPTY,
        model: head.modelKey === null ? null : (models.peek(head.modelKey) ?? null),
      };
    },
    figures: () => ({ models: models.figures(), contents: contents.figures() }),
  };
}
