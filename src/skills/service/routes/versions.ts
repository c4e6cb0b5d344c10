import { type AnyRoute, AppError, type House, route } from "#kernel";
import { compareVersion, listVersions, setRelease, versionLive } from "../api.ts";
import { readPastMessages } from "../store/figures.ts";
import { flowCacheOf } from "../store/flow-cache.ts";
import { KNOWLEDGE } from "../store/heads.ts";
import { loadModels } from "../store/load.ts";
import { logShown } from "../store/readers.ts";
import {
  goLiveWith,
  listVersions as listRows,
  readContent,
  setRelease as writeRelease,
} from "../store/versions.ts";
import { inTenant } from "./change.ts";
import { compareVersions } from "./compare.ts";
import type { RouteParts } from "./index.ts";

const DAY_MS = 86_400_000;
const MOST_COMPARED = 2_000;
const MOST_LISTED = 200;

export function versionRoutes(house: House, { cache, hours }: RouteParts): readonly AnyRoute[] {
  const flows = flowCacheOf(house);
  return [
    route(listVersions, async ({ actor: { tenantId } }) => {
      const { release, live_version, versions } = await inTenant(house, tenantId, (tx) =>
        listRows(tx, tenantId),
      );
      return {
        release,
        items: versions.map((row) => ({
          id: row.id,
          isLive: row.id === live_version,
          reason: row.reason,
          examples: row.examples,
          topics: row.topics,
          madeAt: row.made_at.toISOString(),
          liveAt: row.live_at?.toISOString() ?? null,
        })),
      };
    }),
    route(setRelease, async ({ actor: { tenantId }, body }) => {
      await writeRelease(house, tenantId, body.release);
      await house.announce(KNOWLEDGE, tenantId);
      return { ok: true as const };
    }),
    route(versionLive, async ({ actor: { tenantId }, params }) => {
      await goLiveWith(house, tenantId, params.id);
      await house.announce(KNOWLEDGE, tenantId);
      return { ok: true as const };
    }),
    route(compareVersion, async ({ actor, actor: { tenantId }, params, query }) => {
      const from = new Date(house.clock.now() - query.days * DAY_MS);
      const { version, knowledge, live, messages } = await inTenant(house, tenantId, async (tx) => {
        const all = await listRows(tx, tenantId);
        const found = all.versions.find(({ id }) => id === params.id);
        if (!found) throw new AppError("not_found");
        return {
          version: found,
          live: all.live_version ?? 0,
          knowledge: await readContent(tx, tenantId, found.content_key),
          messages: await readPastMessages(tx, tenantId, { from, limit: MOST_COMPARED }),
        };
      });
      await cache.prepare([tenantId]);
      await flows.prepare([tenantId]);
      const own = { flows: flows.of(tenantId) };
      const draft = { knowledge, model: await modelOf(house, version.model_key), ...own };
      const place = { tenant: await house.profile(tenantId), hours, now: house.clock.now() };
      const both = { live: { ...cache.known(tenantId), ...own }, draft };
      const { zones, differences } = await compareVersions(both, messages, place);
      const listed = differences.slice(0, MOST_LISTED);
      const conversationIds = listed.map(({ message }) => message.conversationId);
      await inTenant(house, tenantId, (tx) => logShown(house, tx, { actor, conversationIds }));
      return {
        live,
        compared: messages.length,
        same: messages.length - differences.length,
        zones,
        differences: listed.map(({ message, ...difference }) => ({
          conversationId: message.conversationId,
          text: message.text,
          language: message.language,
          at: message.at.toISOString(),
          ...difference,
        })),
        more: Math.max(0, differences.length - MOST_LISTED),
      };
    }),
  ];
}

/** @throws AppError conflict when the model is gone or of an older engine */
async function modelOf(house: House, key: string | null) {
  if (key === null) return null;
  const { models } = await loadModels(house.db, [key]);
  const model = models.get(key);
  if (!model)
    throw new AppError("conflict", "The model of this version is gone; save any topic to train a new one.");
  return model;
}
