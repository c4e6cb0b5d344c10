import { fileURLToPath } from "node:url";
import { defineSkill, type Flow, type House, type SkillManifest } from "#kernel";
import { catalogue, decide } from "./flows/index.ts";
import { lookupTimers } from "./jobs.ts";
import type { OpenOutside } from "./ports.ts";
import { lookupRoutes } from "./routes/index.ts";
import { eraseLookups, exportLookups, lookupPurposes } from "./store/personal.ts";
import { lookupRecipients } from "./store/recipients.ts";
import { openSettingsCache } from "./store/settings-cache.ts";

/** What became of an order, told to whom it belongs: shops and registers behind one contract, and a proof before it. */
export function openLookup({ outside }: { outside: OpenOutside }): SkillManifest {
  return defineSkill({
    id: "lookup",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    purposes: lookupPurposes,
    events: {},
    messages: catalogue,
    routes: (house) => lookupRoutes(house, outside(house)),
    flow: lookupFlow,
    recipients: lookupRecipients,
    timers: (house) => lookupTimers(house, outside(house)),
    personalData: { export: exportLookups, erase: eraseLookups },
  });
}

/** The flow as the pump calls it: what the registers know at hand before a batch, one pure decision a turn. */
function lookupFlow(house: House): Flow {
  const cache = openSettingsCache(house);
  return {
    prepare: (tenantIds) => cache.prepare(tenantIds),
    turn: (turn) => decide(turn, cache.of(turn.tenant.id)),
  };
}
