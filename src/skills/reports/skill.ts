import { fileURLToPath } from "node:url";
import { defineSkill, type House, type SkillManifest } from "#kernel";
import { events } from "./events.ts";
import { decide } from "./flows/index.ts";
import { catalogue } from "./flows/scene.ts";
import { reportTimers } from "./jobs.ts";
import type { NoticeDrafts } from "./ports.ts";
import { reportRoutes } from "./routes/reports.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { eraseReports, exportReports, KEEP_DAYS, personNumbers } from "./store/personal.ts";
import { HANDLE, PROGRESS, PROGRESS_DAYS } from "./store/progress.ts";
import { openSettingsCache } from "./store/settings-cache.ts";
import { WORK } from "./store/teams.ts";

const WORK_KEEP_DAYS = 1_095;

/**
 * Customers report what is wrong outside; a field team looks after it, and those who reported hear of it.
 * @param drafts makes a notice of a report after an editor's yes; without it that is refused
 */
export function openReports({ drafts }: { drafts?: NoticeDrafts } = {}): SkillManifest {
  return defineSkill({
    id: "reports",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    purposes: [
      {
        id: HANDLE,
        legalBasis: "legitimate_interest",
        text: {
          de: "Was Sie uns melden, geben wir an die weiter, die sich darum kümmern, und sagen Ihnen, was daraus wird.",
          en: "What you report we pass to those who look after it, and tell you what becomes of it.",
        },
        keepDays: KEEP_DAYS,
      },
      {
        id: PROGRESS,
        legalBasis: "consent",
        text: {
          de: "Wir geben Ihnen zu Ihren Meldungen auch dann Bescheid, wenn es länger dauert.",
          en: "We tell you about your reports even if it takes longer.",
        },
        keepDays: PROGRESS_DAYS,
      },
      {
        id: WORK,
        legalBasis: "consent",
        text: {
          de: "Meldungen von Kunden kommen in das Gespräch des Feldteams.",
          en: "Reports from customers come into the field team's conversation.",
        },
        keepDays: WORK_KEEP_DAYS,
        byTopic: true,
      },
    ],
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
      decide(turn, cache.known(turn.tenant.id), house.limitsOf(turn.channel.kind)?.windowMs ?? null),
  };
}
