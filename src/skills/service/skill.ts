import { fileURLToPath } from "node:url";
import { defineSkill, type House, type SkillManifest } from "#kernel";
import { type EmbeddingSetting, openEmbedders } from "./adapters/embedding/embedder.ts";
import { FLOW_WATCH } from "./flows/lost-call.ts";
import { catalogue } from "./flows/scene.ts";
import { serviceFlow } from "./flows/speak.ts";
import { FLOW_CALL } from "./flows/stored.ts";
import { serviceTimers } from "./jobs.ts";
import type { Hours, Outside } from "./ports.ts";
import { serviceRoutes } from "./routes/index.ts";
import { CALL_PLACES, flowCalls, nothingOutside } from "./store/flow-calls.ts";
import { flowWatches } from "./store/flow-watch.ts";
import { eraseTeaching, exportTeaching, retractTeaching } from "./store/forget.ts";
import { intakeTimers } from "./store/intake-run.ts";
import { type KnowledgeCache, openKnowledgeCaches } from "./store/knowledge-cache.ts";
import { type MostAskedQuestions, readMostAsked } from "./store/most-asked.ts";
import { learnAnew } from "./store/outdated-models.ts";
import { servicePersonNumbers, servicePurposes } from "./store/purposes.ts";
import { flowRecipients } from "./store/recipients.ts";

export interface ServiceOptions {
  hours: Hours;
  /** What the company's flows reach; without it every call takes its fallback. */
  outside?: (house: House) => Partial<Outside>;
  /** Memory of loaded models in one process, bytes. */
  modelCacheBytes?: (house: House) => number;
  /** Who turns texts into vectors; nobody unless named. */
  embedding?: EmbeddingSetting;
}

/** The skill, and what others ask of it. */
export interface Service {
  skill: SkillManifest;
  /** The questions of the opening screen, per language; the ids are those of a choice. */
  mostAsked(house: House, tenantId: number): Promise<MostAskedQuestions>;
  /** Loaded models and knowledge of this process, with hits, misses and evictions. */
  figures(house: House): ReturnType<KnowledgeCache["figures"]>;
}

/** First-level answers from the company's own knowledge, hand-over to people, and the loop that teaches. */
export function openService(options: ServiceOptions): Service {
  const { hours, outside = () => ({}) } = options;
  const embedderOf = openEmbedders(options.embedding);
  const cacheOf = openKnowledgeCaches(options.modelCacheBytes);
  return {
    skill: manifest({ hours, outside, cacheOf, embedderOf }),
    mostAsked: (house, tenantId) => readMostAsked(cacheOf(house), tenantId),
    figures: (house) => cacheOf(house).figures(),
  };
}

interface Parts extends Required<Pick<ServiceOptions, "hours" | "outside">> {
  cacheOf(house: House): KnowledgeCache;
  embedderOf: ReturnType<typeof openEmbedders>;
}

function manifest({ hours, outside, cacheOf, embedderOf }: Parts): SkillManifest {
  const held = (house: House) => ({ cache: cacheOf(house), hours, embedder: embedderOf(house) });
  const partsOf = (house: House) => ({ ...held(house), ...nothingOutside, ...outside(house) });
  return defineSkill({
    id: "service",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    purposes: servicePurposes,
    personNumbers: servicePersonNumbers,
    recipients: flowRecipients,
    events: {},
    messages: catalogue,
    routes: (house) => serviceRoutes(house, partsOf(house)),
    flow: (house) => serviceFlow(house, held(house)),
    timers: (house) => ({
      ...serviceTimers(house, embedderOf(house)),
      ...intakeTimers(house, partsOf(house)),
      [FLOW_WATCH]: flowWatches(house, partsOf(house)),
      [FLOW_CALL]: { run: flowCalls(house, partsOf(house)), places: CALL_PLACES },
    }),
    begin: learnAnew,
    personalData: { export: exportTeaching, erase: eraseTeaching, retract: retractTeaching },
  });
}
