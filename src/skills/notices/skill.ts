import { fileURLToPath } from "node:url";
import { defineSkill, type House, type SkillManifest } from "#kernel";
import { events } from "./events.ts";
import { decideTurn } from "./flows/index.ts";
import { noticesTimers } from "./jobs.ts";
import type { OptIn, Vetoes } from "./ports.ts";
import { noticesRoutes } from "./routes/index.ts";
import { openSources } from "./routes/open-sources.ts";
import { catalogue } from "./rules/describe.ts";
import { purposes, restrictiveEdges } from "./rules/purposes.ts";
import { openFeeder } from "./store/feeder.ts";
import { openKnownTopics } from "./store/known-topics.ts";
import { takeStories } from "./store/lifecycle.ts";
import { erasePerson, exportPerson } from "./store/personal.ts";
import { topicNames } from "./store/topics.ts";

export interface NoticesOptions {
  /** An advocate's objections to advertising; null = there is no advocate. */
  vetoes: Vetoes | null;
  /** Asks an address for its yes; null = no subscriptions by form. */
  optIn: OptIn | null;
  publicUrl(house: House): string;
  /** Hosts that sources may be read from although their address is private. */
  allowedHosts?: (house: House) => readonly string[];
}

/** Topics, subscriptions and notices that people asked for. */
export function openNotices(options: NoticesOptions): SkillManifest {
  const sources = openSources({
    take: takeStories,
    begin: (house, tenantId, noticeId) => openFeeder(house, options.vetoes).begin(tenantId, noticeId),
    ...(options.allowedHosts ? { allowedHosts: options.allowedHosts } : {}),
  });
  return defineSkill({
    id: "notices",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    purposes,
    topicNames,
    events,
    restrictiveEdges,
    messages: catalogue,
    routes: (house) => [
      ...noticesRoutes(house, openFeeder(house, options.vetoes), options),
      ...sources.routes(house),
    ],
    flow(house) {
      const known = openKnownTopics(house);
      return {
        prepare: known.prepare,
        turn: (turn) => decideTurn(turn, known.of(turn.tenant.id)),
      };
    },
    timers: (house) => ({
      ...noticesTimers(house, openFeeder(house, options.vetoes)),
      ...sources.timers(house),
    }),
    personalData: { export: exportPerson, erase: erasePerson },
  });
}
