import { fileURLToPath } from "node:url";
import { defineSkill, type House, type SkillManifest } from "#kernel";
import { events } from "./events.ts";
import { decide } from "./flows/index.ts";
import { catalogue } from "./flows/scene.ts";
import { reportTimers } from "./jobs.ts";
import type { NoticeDrafts } from "./ports.ts";
import { reportRoutes } from "./routes/reports.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { purposes, restrictiveEdges } from "./rules/purposes.ts";
import { eraseReports, exportReports, personNumbers } from "./store/personal.ts";
import { openSettingsCache } from "./store/settings-cache.ts";

/**
 * Customers report what is wrong outside; a field team looks after it, and those who reported hear of it.
 * @param drafts makes a notice of a report after an editor's yes; without it that is refused
 */
export function openReports({ drafts }: { drafts?: NoticeDrafts } = {}): SkillManifest {
  return defineSkill({
    id: "reports",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    purposes,
    restrictiveEdges,
    events,
    personNumbers,
    messages: catalogue,
    routes: (house) => [...settingsRoutes(house), ...reportRoutes(house, drafts)],
    flow: reportFlow,
    timers: reportTimers,
    personalData: {
      export: exportReports,
      erase: (tx, contactIds) => eraseReports(tx, contactIds, catalogue),
    },
  });
}

/** The flow as the pump calls it: settings at hand before a batch, one pure decision a turn. */
function reportFlow(house: House) {
  const cache = openSettingsCache(house);
  return {
    prepare: (tenantIds: readonly number[]) => cache.prepare(tenantIds),
    turn: (turn: Parameters<typeof decide>[0]) =>
      decide(turn, cache.of(turn.tenant.id), house.limitsOf(turn.channel.kind)?.windowMs ?? null),
  };
}
