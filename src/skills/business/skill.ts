import { fileURLToPath } from "node:url";
import { defineSkill, type House, type OpenFlow, type Said, type SkillManifest } from "#kernel";
import { events } from "./events.ts";
import { decide } from "./flows/index.ts";
import { businessTimers } from "./jobs.ts";
import type { Desk } from "./ports.ts";
import { belongingRoutes } from "./routes/belongings.ts";
import { companyRoutes } from "./routes/companies.ts";
import { letterheadRoutes } from "./routes/letterhead.ts";
import { quotationRoutes } from "./routes/quotations.ts";
import { catalogue } from "./rules/catalogue.ts";
import { NUMBER_KINDS } from "./rules/numbers.ts";
import { purposes, restrictiveEdges } from "./rules/purposes.ts";
import { openKnown } from "./store/known.ts";
import { eraseBusiness, exportBusiness } from "./store/personal.ts";

/** Customers that are companies: who speaks for them, what is offered and ordered, and who looks after which machine. */
export function openBusiness(ports: { desk: Desk; now: () => number }): SkillManifest {
  return defineSkill({
    id: "business",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    purposes,
    restrictiveEdges,
    events,
    messages: catalogue,
    routes: (house) => [
      ...companyRoutes(house),
      ...belongingRoutes(house),
      ...quotationRoutes(house, ports.desk),
      ...letterheadRoutes(house),
    ],
    flow: businessFlow,
    timers: (house) => businessTimers(house, ports.desk),
    counters: [{ table: "business.counter", kinds: NUMBER_KINDS }],
    personalData: {
      export: exportBusiness,
      erase: (tx, contactIds) => eraseBusiness(tx, contactIds, ports.now()),
    },
  });
}

/** The flow as the pump calls it: what is known at hand before a batch, one pure decision a turn. */
function businessFlow(house: House) {
  const cache = openKnown(house);
  return {
    prepare: (tenantIds: readonly number[], _open: readonly OpenFlow[], said: readonly Said[]) =>
      cache.prepare(tenantIds, said),
    turn: (turn: Parameters<typeof decide>[0]) => decide(turn, cache.known(turn.tenant.id)),
    // An order is heard also while the agent who sent the quotation has the conversation.
    whileWaiting: true as const,
    whileHeld: true as const,
  };
}
