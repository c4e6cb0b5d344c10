import { type AnyRoute, AppError, type House, route } from "#kernel";
import {
  createFlow,
  deleteFlow,
  type Flow,
  type FlowSummary,
  flowSigningKey,
  getFlow,
  listFlows,
  listFlowVersions,
  publishFlow,
  saveFlow,
  setLiveFlow,
} from "../api/flows.ts";
import { type Fault, inspectFlow, locatedFault, missesOf, parseFlow } from "../flow-text/index.ts";
import { FLOWS } from "../store/flow-cache.ts";
import {
  type FlowRow,
  insertFlow,
  type ListedFlow,
  listFlows as listRows,
  readFlow,
  removeFlow,
  saveDraft,
} from "../store/flow-drafts.ts";
import { signingKey } from "../store/flow-signature.ts";
import { readSurroundings } from "../store/flow-surroundings.ts";
import { inFlows } from "../store/flow-tables.ts";
import { listVersions, lockLive, publishText, readVersion, takeLive } from "../store/flow-versions.ts";
import { contextFor } from "./flow-play.ts";
import type { RouteParts } from "./index.ts";

export function flowRoutes(house: House, parts: RouteParts): readonly AnyRoute[] {
  const now = () => house.clock.now();
  return [
    route(listFlows, async ({ actor }) => {
      const rows = await inFlows(house, actor.tenantId, (tx) => listRows(tx, actor.tenantId));
      return { items: rows.map(summaryOf) };
    }),
    route(getFlow, async ({ actor, params }) =>
      flowOf(await inFlows(house, actor.tenantId, (tx) => readFlow(tx, actor.tenantId, params.id))),
    ),
    route(createFlow, async ({ actor, body }) => {
      const { document, faults } = parseFlow(body.text);
      const { language } = await house.profile(actor.tenantId);
      if (document.name === "") throw refused(faults, language);
      return inFlows(house, actor.tenantId, async (tx) => {
        const flow = { name: document.name, draft: body.text, now: now() };
        return flowOf(await readFlow(tx, actor.tenantId, await insertFlow(tx, actor.tenantId, flow)));
      });
    }),
    route(saveFlow, ({ actor, params, body }) =>
      inFlows(house, actor.tenantId, async (tx) => {
        const { text: draft, revision } = body;
        await saveDraft(tx, actor.tenantId, { id: params.id, revision, draft, now: now() });
        return flowOf(await readFlow(tx, actor.tenantId, params.id));
      }),
    ),
    route(deleteFlow, async ({ actor, params }) => {
      await inFlows(house, actor.tenantId, (tx) => removeFlow(tx, actor.tenantId, params.id));
      await house.announce(FLOWS, actor.tenantId);
      return { ok: true as const };
    }),
    route(flowSigningKey, async ({ actor }) => ({ key: await signingKey(parts.secrets, actor.tenantId) })),
    ...versionRoutes(house, parts),
  ];
}

function versionRoutes(house: House, parts: RouteParts): readonly AnyRoute[] {
  return [
    route(publishFlow, async ({ actor, params, body }) => {
      const { tenantId } = actor;
      const { language } = await house.profile(tenantId);
      const context = await contextFor(house, parts, tenantId);
      const version = await inFlows(house, tenantId, async (tx) => {
        await lockLive(tx, tenantId);
        const row = await readFlow(tx, tenantId, params.id);
        if (row.revision !== body.revision) throw new AppError("conflict");
        const surroundings = await readSurroundings(tx, tenantId, row.name);
        const inspection = inspectFlow(row.draft, { surroundings, context, name: row.name });
        const faults = [...inspection.faults, ...missesOf(inspection)];
        if (faults.length > 0) throw refused(faults, language);
        return publishText(tx, tenantId, { id: row.id, text: row.draft, now: house.clock.now() });
      });
      await house.announce(FLOWS, tenantId);
      return { version };
    }),
    route(listFlowVersions, ({ actor, params }) =>
      inFlows(house, actor.tenantId, async (tx) => {
        const { live_version } = await readFlow(tx, actor.tenantId, params.id);
        const rows = await listVersions(tx, actor.tenantId, params.id);
        const items = rows.map(({ version, text, made_at, live_at, retired_at }) => ({
          version,
          text,
          madeAt: made_at.toISOString(),
          liveAt: live_at.toISOString(),
          retiredAt: retired_at?.toISOString() ?? null,
          isLive: version === live_version,
        }));
        return { items };
      }),
    ),
    route(setLiveFlow, async ({ actor, params, body }) => {
      const { tenantId } = actor;
      const { id } = params;
      const { version } = body;
      const { language } = await house.profile(tenantId);
      const context = await contextFor(house, parts, tenantId);
      const row = await inFlows(house, tenantId, async (tx) => {
        await lockLive(tx, tenantId);
        if (version !== null) {
          const { name } = await readFlow(tx, tenantId, id);
          const surroundings = await readSurroundings(tx, tenantId, name);
          const text = await readVersion(tx, tenantId, { id, version });
          // Its examples went well when it was new; a day that has passed since does not keep it from coming back.
          const { faults } = inspectFlow(text, { surroundings, context, name });
          if (faults.length > 0) throw refused(faults, language);
        }
        await takeLive(tx, tenantId, { id, version, now: house.clock.now() });
        return readFlow(tx, tenantId, id);
      });
      await house.announce(FLOWS, tenantId);
      return flowOf(row);
    }),
  ];
}

const MOST_NAMED = 10;

/** What is wrong in the first sentence, and all places as fields. */
function refused(faults: readonly Fault[], language: "de" | "en"): AppError {
  const [first] = faults;
  const fields = faults
    .slice(0, MOST_NAMED)
    .map((one) => ({ path: `${one.line}:${one.column}`, message: locatedFault(one, language) }));
  return new AppError("rule_broken", first && locatedFault(first, language), fields);
}

function flowOf(row: FlowRow): Flow {
  return {
    id: row.id,
    name: row.name,
    title: row.summary.title,
    draft: row.draft,
    revision: row.revision,
    changedAt: row.changed_at.toISOString(),
    liveVersion: row.live_version,
    isChanged: row.live_text !== null && row.live_text !== row.draft,
  };
}

function summaryOf({ id, name, summary, changed_at, live_version, is_changed }: ListedFlow): FlowSummary {
  return {
    id,
    name,
    ...summary,
    topics: [...summary.topics],
    changedAt: changed_at.toISOString(),
    liveVersion: live_version,
    isChanged: is_changed,
  };
}
