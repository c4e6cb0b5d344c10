import { fileURLToPath } from "node:url";
import { defineSkill, type House, type SkillManifest } from "#kernel";
import { openProviders } from "./adapters/index.ts";
import { events } from "./events.ts";
import { decide } from "./flows/index.ts";
import { payTimers } from "./jobs.ts";
import type { Outside } from "./ports.ts";
import { pageRoutes } from "./routes/page.ts";
import { hookRoutes, providerRoutes } from "./routes/providers.ts";
import { refundRoutes } from "./routes/refunds.ts";
import { requestRoutes } from "./routes/requests.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { statementRoutes } from "./routes/statements.ts";
import { catalogue } from "./rules/catalogue.ts";
import { NUMBER_KINDS } from "./rules/numbers.ts";
import { purposes } from "./rules/purposes.ts";
import { openKnown } from "./store/known.ts";
import { erasePay, exportPay, requestNames } from "./store/personal.ts";
import { payRecipients } from "./store/providers.ts";

/** Payment requests in euro: asked for in the conversation, paid by transfer or at a service, matched, receipted. */
export function openPay(outside: Outside): SkillManifest {
  return defineSkill({
    id: "pay",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    purposes,
    topicNames: requestNames,
    events,
    messages: catalogue,
    recipients: payRecipients,
    routes: (house) => {
      const providers = openProviders(house, outside.ask(house));
      return [
        ...requestRoutes(house, outside),
        ...refundRoutes(house, outside),
        ...statementRoutes(house),
        ...settingsRoutes(house),
        ...providerRoutes(house, outside, providers),
        ...hookRoutes(house, providers),
        ...pageRoutes(house, outside, providers),
      ];
    },
    flow: payFlow,
    timers: (house) => payTimers(house, outside),
    counters: [{ table: "pay.counter", kinds: NUMBER_KINDS }],
    personalData: { export: exportPay, erase: erasePay },
  });
}

/** The flow as the pump calls it: who was asked is at hand before a batch, one pure decision a turn. */
function payFlow(house: House) {
  const known = openKnown(house);
  return {
    prepare: known.prepare,
    turn: (turn: Parameters<typeof decide>[0]) => decide(turn, known.of(turn.tenant.id)),
    // The agent who sent the request has the conversation: what is open is answered all the same.
    whileWaiting: true as const,
    whileHeld: true as const,
  };
}
